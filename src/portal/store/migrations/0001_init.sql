-- Keys and times are integers and text: times are seconds since 1970 in UTC. Words (status, plan, role, …)
-- are those of the API. Nothing here but AUTOINCREMENT is particular to SQLite.

CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE accounts (
    id          TEXT PRIMARY KEY,
    name        TEXT NOT NULL,
    plan        TEXT NOT NULL,
    products    TEXT NOT NULL, -- ids, a space between them
    environment TEXT NOT NULL,
    trial       INTEGER NOT NULL,
    created_at  INTEGER NOT NULL
);

CREATE TABLE users (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    email      TEXT NOT NULL UNIQUE, -- lower case
    name       TEXT NOT NULL,
    role       TEXT NOT NULL,
    language   TEXT,
    disabled   INTEGER NOT NULL DEFAULT 0,
    password   TEXT, -- argon2id, PHC string; without it nobody can log in with a password
    created_at INTEGER NOT NULL
);

CREATE TABLE members (
    user_id INTEGER NOT NULL REFERENCES users (id),
    account TEXT NOT NULL REFERENCES accounts (id),
    PRIMARY KEY (user_id, account)
);
CREATE INDEX members_of_account ON members (account);

CREATE TABLE tokens (
    hash         TEXT PRIMARY KEY, -- SHA-256, hex
    user_id      INTEGER NOT NULL REFERENCES users (id),
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    last_used_at INTEGER
);
CREATE INDEX tokens_of_user ON tokens (user_id);
CREATE INDEX tokens_by_end ON tokens (expires_at);

-- Logins that failed or are being tried.
CREATE TABLE login_attempts (
    id    INTEGER PRIMARY KEY AUTOINCREMENT,
    email TEXT NOT NULL,
    at    INTEGER NOT NULL
);
CREATE INDEX login_attempts_of_email ON login_attempts (email, at);

-- What was answered to requests that carried an idempotency key.
CREATE TABLE answers (
    user_id INTEGER NOT NULL REFERENCES users (id),
    key     TEXT NOT NULL,
    request TEXT NOT NULL, -- SHA-256 of the request, hex
    status  INTEGER NOT NULL,
    headers TEXT NOT NULL, -- a JSON object
    body    TEXT NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (user_id, key)
);
CREATE INDEX answers_by_time ON answers (at);

CREATE TABLE cases (
    number          INTEGER PRIMARY KEY AUTOINCREMENT,
    account         TEXT NOT NULL REFERENCES accounts (id),
    product         TEXT NOT NULL,
    category        TEXT NOT NULL,
    subcategory     TEXT NOT NULL,
    status          TEXT NOT NULL,
    subject         TEXT NOT NULL,
    description     TEXT,
    occurred_at     INTEGER,
    envelope_id     TEXT,
    user_impact     TEXT,
    environment     TEXT,
    business_impact TEXT,
    contact_method  TEXT NOT NULL,
    phone           TEXT,
    language        TEXT NOT NULL,
    occurred_before TEXT,
    product_version TEXT,
    browser         TEXT,
    steps           TEXT,
    further         TEXT, -- answers to fields that only this portal's form has, a JSON object
    opened_by       TEXT NOT NULL,
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    open_since      INTEGER NOT NULL, -- since when support has been asked to act
    closes_at       INTEGER,
    closed_at       INTEGER,
    close_reason    TEXT,
    follows         INTEGER REFERENCES cases (number)
);
-- A list is put together from lanes: the cases with the same account, status and product, in order.
CREATE INDEX cases_by_update ON cases (account, status, product, updated_at, number);
-- Experts see every account.
CREATE INDEX cases_by_update_everywhere ON cases (status, product, updated_at, number);
CREATE INDEX cases_by_opener ON cases (opened_by, updated_at, number);
CREATE INDEX cases_by_opening ON cases (created_at);
CREATE INDEX cases_by_waiting ON cases (status, product, open_since, number);
CREATE INDEX cases_by_closing ON cases (closes_at) WHERE closes_at IS NOT NULL;

-- How many cases a lane has.
CREATE TABLE lanes (
    account TEXT NOT NULL,
    status  TEXT NOT NULL,
    product TEXT NOT NULL,
    cases   INTEGER NOT NULL,
    PRIMARY KEY (account, status, product)
);

CREATE TABLE watchers (
    email      TEXT NOT NULL,
    number     INTEGER NOT NULL REFERENCES cases (number),
    updated_at INTEGER NOT NULL, -- when the case was
    PRIMARY KEY (email, number)
);
CREATE INDEX watchers_by_update ON watchers (email, updated_at, number);
CREATE INDEX watchers_of_case ON watchers (number, email);

CREATE TABLE comments (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    number INTEGER NOT NULL REFERENCES cases (number),
    author TEXT NOT NULL,
    role   TEXT NOT NULL,
    via    TEXT NOT NULL,
    at     INTEGER NOT NULL,
    body   TEXT NOT NULL
);
CREATE INDEX comments_of_case ON comments (number, id);

CREATE TABLE notes (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    number INTEGER NOT NULL REFERENCES cases (number),
    author TEXT NOT NULL,
    at     INTEGER NOT NULL,
    body   TEXT NOT NULL
);
CREATE INDEX notes_of_case ON notes (number, id);

CREATE TABLE calls (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    number INTEGER NOT NULL REFERENCES cases (number),
    phone  TEXT NOT NULL,
    by     TEXT NOT NULL,
    at     INTEGER NOT NULL
);
CREATE INDEX calls_of_case ON calls (number, id);

CREATE TABLE uploads (
    id         TEXT PRIMARY KEY,
    number     INTEGER NOT NULL REFERENCES cases (number),
    user_id    INTEGER NOT NULL REFERENCES users (id),
    name       TEXT NOT NULL,
    size       INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    done_at    INTEGER
);
CREATE INDEX uploads_by_time ON uploads (created_at);

CREATE TABLE attachments (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    number INTEGER NOT NULL REFERENCES cases (number),
    name   TEXT NOT NULL,
    size   INTEGER NOT NULL,
    sha256 TEXT NOT NULL, -- names the blob
    at     INTEGER NOT NULL,
    by     TEXT NOT NULL,
    UNIQUE (number, name)
);
CREATE INDEX attachments_by_blob ON attachments (sha256);

-- What has happened, written together with it and never changed.
CREATE TABLE events (
    seq    INTEGER PRIMARY KEY AUTOINCREMENT,
    number INTEGER NOT NULL REFERENCES cases (number),
    at     INTEGER NOT NULL,
    kind   TEXT NOT NULL,
    by     TEXT,
    role   TEXT,
    status TEXT NOT NULL,
    data   TEXT NOT NULL -- a JSON object
);
CREATE INDEX events_of_case ON events (number, seq);

-- Mail to be delivered, written together with the event that it tells of.
CREATE TABLE mails (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    event      INTEGER NOT NULL REFERENCES events (seq),
    kind       TEXT NOT NULL,
    answerable INTEGER NOT NULL, -- 0: comes from a do-not-reply address
    recipient  TEXT NOT NULL,
    subject    TEXT NOT NULL,
    body       TEXT NOT NULL,
    at         INTEGER NOT NULL,
    UNIQUE (event, recipient)
);

-- Which cases have a word or a mark; see search.rs and numbers.rs.
CREATE TABLE case_words (
    word  TEXT NOT NULL,
    piece INTEGER NOT NULL,
    cases BLOB NOT NULL,
    PRIMARY KEY (word, piece)
);
