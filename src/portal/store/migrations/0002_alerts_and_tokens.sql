-- Which case alerts with a key go to. A row goes when its case is closed, so the primary key is the promise:
-- at most one case that isn't closed per account and key.
CREATE TABLE dedupe_keys (
    account TEXT NOT NULL REFERENCES accounts (id),
    key     TEXT NOT NULL,
    number  INTEGER NOT NULL UNIQUE REFERENCES cases (number),
    PRIMARY KEY (account, key)
);

-- A token for a machine has a name; a login's has none.
ALTER TABLE tokens ADD COLUMN name TEXT;
ALTER TABLE tokens ADD COLUMN scope TEXT NOT NULL DEFAULT 'write';
CREATE UNIQUE INDEX tokens_by_name ON tokens (user_id, name);
