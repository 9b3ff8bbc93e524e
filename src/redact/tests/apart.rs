//! Values that stand apart from their names, or have signs in them that end others.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{redacted, shown};

#[test]
fn a_value_is_found_however_it_is_written() {
    for (text, expected) in [
        // Signs that end a value elsewhere belong to it where it is one of a list of settings, or has a line or quotes of its own.
        (
            "Server=db;User Id=app;Password=Kx7m&Q2vLp9aa;Encrypt=true",
            "Server=db;User Id=app;Password=[password];Encrypt=true",
        ),
        (
            r#"{"ConnectionStrings":{"Main":"Server=db;User Id=app;Password=Kx7m,Q2vLp9aa;Encrypt=true"}}"#,
            r#"{"ConnectionStrings":{"Main":"Server=db;User Id=app;Password=[password];Encrypt=true"}}"#,
        ),
        (
            r#"<add name="x" connectionString="Server=db;User Id=app;Password=Kx7m&amp;Q2vLp9aa;Encrypt=true" />"#,
            r#"<add name="x" connectionString="Server=db;User Id=app;Password=[password];Encrypt=true" />"#,
        ),
        ("Driver={x};UID=app;PWD={Kx7m;Q2vLp9};", "Driver={x};UID=app;PWD=[password];"),
        (
            "jdbc:sqlserver://db;user=app;password=Kx7m@Q2vLp9ae;encrypt=true",
            "jdbc:sqlserver://db;user=app;password=[password];encrypt=true",
        ),
        (
            "LoginRequest(user=sam, password=Kx7m&Q2vLp9an, ok=true)",
            "LoginRequest(user=sam, password=[password], ok=true)",
        ),
        (
            "GET https://x.example.com/login?password=Kx7m%22Q2vLp9&x=1",
            "GET https://x.example.com/login?password=[password]&x=1",
        ),
        (
            "curl -u 'sam:Kx7m'\\''Q2vLp9' https://x.example.com/a",
            "curl -u 'sam:[password]' https://x.example.com/a",
        ),
        // Lines that go on, and blocks of YAML.
        ("db.password=Kx7m\\\n  Q2vLp9\nnext=1", "db.password=[password]\nnext=1"),
        ("export PASSWORD=Kx7mQ2vLp9 \\\n  --next", "export PASSWORD=[password] \\\n  --next"),
        ("run --password=Kx7mQ2vLp9\\\n --next", "run --password=[password]\\\n --next"),
        (
            "https://x.example.com/reset?token=3Dab12cd34ef56gh78=\r\nij90kl12&x=3D1",
            "https://x.example.com/reset?token=[token]&x=3D1",
        ),
        ("password: |2-\n    hunter2x\nnext: 1", "password: |2-\n    [password]\nnext: 1"),
        ("password: > # why\n  hunter2x\nnext: 1", "password: > # why\n  [password]\nnext: 1"),
        ("a:\n- password: |\n    hunter2x\n  b: 1", "a:\n- password: |\n    [password]\n  b: 1"),
        (
            "machine example.com login sam password hunter2x macdef init",
            "machine example.com login sam password [password] macdef init",
        ),
        ("password: 'Kx7m''Q2vLp9'", "password: '[password]'"),
        ("DB_PASSWORD=Kx7m(Q2vLp9ak", "DB_PASSWORD=[password]"),
        ("DB_PASSWORD=~Q2vLp9aj", "DB_PASSWORD=[password]"),
        ("postgres://app:Kx7m#Q2vLp9am@db:5432/x", "postgres://app:[password]@db:5432/x"),
        (
            "mongodb+srv://app:Kx7m/Q2v#Lp9@cluster0.example.net/db?w=majority",
            "mongodb+srv://app:[password]@cluster0.example.net/db?w=majority",
        ),
        (
            r#"curl -d '{"password":"Kx7m'"'"'Q2vLp9"}' https://x.example.com/a"#,
            r#"curl -d '{"password":"[password]"}' https://x.example.com/a"#,
        ),
        (
            "<?xml version=\"1.0\"?>\n<r><Username>sam</Username><Password>Kx7m\"Q2vLp9</Password><apiToken>Zq8\"abcDEF77</apiToken></r>",
            "<?xml version=\"1.0\"?>\n<r><Username>sam</Username><Password>[password]</Password><apiToken>[api-key]</apiToken></r>",
        ),
        (r#"{"xml":"<Password>Kx7m\"Q2vLp9</Password>"}"#, r#"{"xml":"<Password>[password]</Password>"}"#),
        (
            "index-url = https://__token__:Zx9QmW3rT7yU1pLk5BnV@gitlab.example.com/api/v4/x",
            "index-url = https://__token__:[password]@gitlab.example.com/api/v4/x",
        ),
        (
            "cd /x; password=foo && run; token=$T; echo done",
            "cd /x; password=[password] && run; token=$T; echo done",
        ),
        // Lists, maps, calls, literals, as programs print and write them.
        (
            "map[Accept:[*/*] Authorization:[Bearer Kx7mQ2vLp9aa1234]]",
            "map[Accept:[*/*] Authorization:[Bearer [authorization]]]",
        ),
        (
            "headers={Authorization=[Bearer Kx7mQ2vLp9aa9999], Accept=[*/*]}",
            "headers={Authorization=[Bearer [authorization]], Accept=[*/*]}",
        ),
        (
            r#"Writing [{grant_type=[client_credentials], client_secret=[Kx7mQ2vLp9zz]}] as "application/x-www-form-urlencoded""#,
            r#"Writing [{grant_type=[client_credentials], client_secret=[[client-secret]]}] as "application/x-www-form-urlencoded""#,
        ),
        (
            "exec sp_addlogin @login=N'sam', @password=N'Kx7mQ2vLp9'",
            "exec sp_addlogin @login=N'sam', @password=N'[password]'",
        ),
        ("define( 'DB_PASSWORD', 'Kx7mQ2vLp9' );", "define( 'DB_PASSWORD', '[password]' );"),
        ("$db['password'] = 'Kx7mQ2vLp9';", "$db['password'] = '[password]';"),
        (r#"os.environ["DS_SECRET"] = "Kx7mQ2vLp9""#, r#"os.environ["DS_SECRET"] = "[secret]""#),
        (
            r#"props.put("mail.smtp.password", "Kx7mQ2vLp9")"#,
            r#"props.put("mail.smtp.password", "[password]")"#,
        ),
        (r#"req.Header.Set("X-Api-Key","Kx7mQ2vLp9aa")"#, r#"req.Header.Set("X-Api-Key","[api-key]")"#),
        (
            "  [\"password\"]=>\n  string(10) \"Kx7mQ2vLp9\"",
            "  [\"password\"]=>\n  string(10) \"[password]\"",
        ),
        ("('password', 'Kx7mQ2vLp9')", "('password', '[password]')"),
        ("{'password': b'Kx7mQ2vLp9'}", "{'password': b'[password]'}"),
        (
            r#"let a = 'x''y'; print('token','abc'); f("password", "Kx7mQ2vLp9", "sam")"#,
            r#"let a = 'x''y'; print('token','abc'); f("password", "[password]", "sam")"#,
        ),
        // Names and values in elements and members of their own.
        ("<key>password</key><string>Kx7mQ2vLp9</string>", "<key>password</key><string>[password]</string>"),
        (
            "<property><name>Private-Token</name><value>Kx7mQ2vLp9</value></property>",
            "<property><name>Private-Token</name><value>[token]</value></property>",
        ),
        ("<Password><Value>Kx7mQ2vLp9</Value></Password>", "<Password><Value>[password]</Value></Password>"),
        (
            r#"{"Args":["--db-password","Kx7mQ2vLp7"],"headers":[["X-Api-Key","Kx7mQ2vLp6bb"]],"smtp":{"user":"sam","pass":"Kx7mQ2vLp5"},"db_password":{"value":"Kx7mQ2vLp4","sensitive":true}}"#,
            r#"{"Args":["--db-password","[password]"],"headers":[["X-Api-Key","[api-key]"]],"smtp":{"user":"sam","pass":"[password]"},"db_password":{"value":"[password]","sensitive":true}}"#,
        ),
        (
            r#"{"ParameterKey":"DbPassword","ParameterValue":"Kx7mQ2vLp9"}"#,
            r#"{"ParameterKey":"DbPassword","ParameterValue":"[password]"}"#,
        ),
        (r#"{"SecretString":"Kx7mQ2vLp9"}"#, r#"{"SecretString":"[secret]"}"#),
        // Files of settings, and what people write to each other.
        (
            "docusign:\n  client_secret: |\n    c5b1e3a0-29f3-4fd8-9e11-6a9b6b1cbb20\n  password: >-\n    Kx7mQ2vLp9",
            "docusign:\n  client_secret: |\n    [client-secret]\n  password: >-\n    [password]",
        ),
        (
            "machine account-d.docusign.com\n  login sam\n  password Kx7mQ2vLp9\n",
            "machine account-d.docusign.com\n  login sam\n  password [password]\n",
        ),
        ("ENV DB_PASSWORD Kx7mQ2vLp9\n", "ENV DB_PASSWORD [password]\n"),
        ("requirepass Kx7mQ2vLp9\n", "requirepass [password]\n"),
        ("CREATE USER app WITH PASSWORD 'Kx7mQ2vLp9';", "CREATE USER app WITH PASSWORD '[password]';"),
        ("**Password:** Kx7mQ2vLp9", "**Password:** [password]"),
        ("pass: Kx7mQ2vLp9", "pass: [password]"),
        ("user=sam pass=Kx7mQ2vLp9", "user=sam pass=[password]"),
        (r#"log in with password "Kx7mQ2vLp9""#, r#"log in with password "[password]""#),
        (
            "- value: Kx7mQ2vLp9\n  name: DB_PASSWORD\n- {name: API_TOKEN, value: Kx7mQ2vLp9bb}",
            "- value: [password]\n  name: DB_PASSWORD\n- {name: API_TOKEN, value: [api-key]}",
        ),
        ("password: |\n  Kx7mQ2vLp9\n  Kx8mQ2vLp9\nother: y\n", "password: |\n  [password]\nother: y\n"),
        // No more than the value, and all of it.
        (
            r#"<a href="/x?user=sam&amp;password=tr0ub4dor&amp;next=1">go</a>"#,
            r#"<a href="/x?user=sam&amp;password=[password]&amp;next=1">go</a>"#,
        ),
        ("export PASSWORD=hunter2x; ./run.sh --x", "export PASSWORD=[password]; ./run.sh --x"),
        ("PASSWORD=hunter2x; export PASSWORD", "PASSWORD=[password]; export PASSWORD"),
        ("Cookie:[a=b; c=d] Host:[x]", "Cookie:[a=[cookie]; c=[cookie]] Host:[x]"),
        ("  password Tr0ub4dor3xQ!\n", "  password [password]\n"),
        ("ENV DB_PASSWORD hunter2x\n", "ENV DB_PASSWORD [password]\n"),
        ("x=1;PWD={my pass;word 9};y=2", "x=1;PWD=[password];y=2"),
        ("password=1234(abcX9", "password=[password]"),
        ("DB_PASSWORD=__(x9K", "DB_PASSWORD=[password]"),
        (
            "x:\n  password: |\n    correct9\n    horse battery staple\n  y: 1",
            "x:\n  password: |\n    [password]\n  y: 1",
        ),
    ] {
        let once = redacted(text);
        assert_eq!(shown(&once), expected, "{text}");
        assert_eq!(redacted(&once), once, "twice: {text}");
    }
}

#[test]
fn what_only_looks_like_a_name_and_its_value_stays() {
    for text in [
        "the password field is required and the password 'new_password1' must be set; password Abc is wrong",
        r#"{"required":["password","newPassword"],"fields":["email","password","remember"]}"#,
        "ERROR invalid password AUTH-10023 for user 7",
        "password reset at 2026-01-05T10:00:00Z",
        "session timeout 30000ms; token count 1200tokens",
        ".x{password:url(a)} var a={password:t,user:n};r.password=e.value;b=c;password=t,n=e",
        r#"if (form["password"] == x) { y["token"] = z.token; }"#,
        r#""token":{"type":"punctuation","value":"identifier"},"secret":{"name":"my-secret","key":"x"}"#,
        "[ERROR] password: [REDACTED] secret=[] token=[none] password=[a, b] keys=[1,2,3]",
        "key: uploads/2026/01/05/contract.pdf  cache key: envelopes:1703061:list",
        "mysql://root@localhost/db?x=a@b https://x.example/a:b/c@d redis://localhost:6379/0?u=a@b",
        "secret: |\n  line one of config\n  and two\nnext: x",
        " auth: >-\n   folded text here",
        r#"log: "<password>", "other": "x</password>""#,
        "The trace token is 3e0f6d0e-9c3f-4a83-9b7e-5a1d2a1d6a10.",
        "trace token: 3e0f6d0e-9c3f-4a83-9b7e-5a1d2a1d6a10",
        r#"["MYSQL_NATIVE_PASSWORD", "CACHING_SHA2_PASSWORD", "SIGNATURE_HMAC", "SIGNATURE_HMAC_SHA1_B64"]"#,
        "sid = u32tosid(repr[o + 1]); paren_token: parenthesized!(content in input), key = crypto_1.default.make({",
        "headers['Proxy-Authorization'] = `Basic ${Buffer.from(auth).toString('base64')}`;",
        r#"["INVALID_PASSWORD","USER_NOT_FOUND_404"] ["MYSQL_NATIVE_PASSWORD","POSTGRES_SCRAM_SHA_256"]"#,
        "['pkcs7_encrypted_st', 'RC4_KEY', '__darwin_ucontext64_t'] ('joe', 'password', 'db.example.com:5432')",
        r#"["--password", "--user", "sam"] ["psql","--password","--username=sam"] ["--no-token", "v1x2y3z4"]"#,
        r#"{"pattern":"secret:[a-zA-Z0-9/_+=.@-]+$"} grep -E 'token:[A-Za-z0-9._-]+' f"#,
        "password = base64.b64encode(buf)",
        r#"headers["proxy-authorization"] = `Basic ${Buffer.from(`${u}:${x}`).toString("base64")}`"#,
        r#"request.headers["x-api-key"] = apiKey2; errors["password"] = "too_short"; m["token"] = "invalid_token""#,
        r#"String.Format("Server={0};User Id={1};Password={2};Encrypt=True", a, b, c)"#,
        "Server=x;Uid=z;Password=$(DbPw1);A=1",
        "<key>token</key><integer>42</integer>",
        "client_secret: {type: string, writeOnly: true}\nusername: {type: string}",
        "private-key: ${{ secrets.KEY }}\ntoken: ${{ steps.t.outputs.token }}",
        "        self.db_password = db_password",
        r#""Server=" + s + ";Password=" + pw1 + ";Encrypt=True" x=";Password="+p1+";""#,
        r#"{"password":"密码","token":"令牌","secret":"Секрет"}"#,
        r#"<a accesskey="p">"#,
        "PWD=/home/sam/project\nOLDPWD=/x",
        "- value: hello-there-9x\nname: DB_PASSWORD",
        "Pin: release a=stable",
        "sid=S-1-5-21-1234567890-1234567890-1234567890-1001",
        r#"ssh_key: "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQC7 sam@x""#,
        "host key: SHA256:uNiVztksCsDhcc0u9e8BrB3sn6TTbLOtyVAsqtKnXWM",
        "def login(user: str, password: str, token: Optional[str] = None):",
        "password = config['password']",
        "Set-Cookie: removed",
    ] {
        assert_eq!(redacted(text), text);
    }
}
/// A key in PEM that is in base64 once more, and the part of a mail.
#[test]
fn what_base64_begins_with_gives_it_away() {
    let key = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----\n";
    let once = redacted(&format!("client-key-data: {}\nnext: x\n", STANDARD.encode(key)));
    let value = once.strip_prefix("client-key-data: ").and_then(|rest| rest.strip_suffix("\nnext: x\n"));
    let inner = String::from_utf8(STANDARD.decode(value.unwrap()).unwrap()).unwrap();
    assert_eq!(shown(&inner), "-----BEGIN PRIVATE KEY-----[private-key]-----END PRIVATE KEY-----\n");
    assert_eq!(redacted(&once), once);

    let body = STANDARD.encode("Hi,\nwe can't log in any more.\nuser: sam\npassword: Kx7mQ2vLp9\nRegards\n");
    let lines: Vec<&str> = [&body[..76], &body[76..]].to_vec();
    let head = "Content-Transfer-Encoding: base64\r\nX-Mailer: x\r\nX-Api-Key: [api-key]\r\n\r\n";
    let mail = format!("{head}{}\r\n", lines.join("\r\n")).replace("[api-key]", "Kx7mQ2vLp9aa");
    let once = redacted(&mail);
    let (left, packed) = once.split_once("\r\n\r\n").unwrap();
    assert_eq!(shown(left) + "\r\n\r\n", head);
    let packed = packed.replace("\r\n", "");
    let inner = String::from_utf8(STANDARD.decode(packed).unwrap()).unwrap();
    assert_eq!(shown(&inner), "Hi,\nwe can't log in any more.\nuser: sam\npassword: [password]\nRegards\n");
    assert_eq!(redacted(&once), once);
}

/// The last line of base64 is one, whatever follows it.
#[test]
fn all_lines_of_base64_are_read() {
    let packed = STANDARD.encode("a".repeat(103) + "\npassword=Kx7mQ2vLp9secret99\n");
    for behind in [");", ",", "}", "]", "|", "`", ".", "\nOTHER=1", "\nother: 1", "\n"] {
        let (first, rest) = packed.split_at(76);
        let (second, third) = rest.split_at(76);
        let text = format!("url(data:text/plain;base64,{first}\n{second}\n{third}{behind}");
        let once = redacted(&text);
        assert_ne!(once, text, "{behind}");
        assert!(once.ends_with(behind), "{once}");
    }
}

/// A sign that may end a value is judged by what is behind it, wherever a window ends.
#[test]
fn a_value_ends_in_the_same_place_wherever_the_window_ends() {
    for (before, sign, behind) in
        [("x?a password=", "&", " x"), ("Server=x;Password=", ",", ";x=1"), ("a=1;PWD=", ")", ";x=1")]
    {
        let value = format!("{}{sign}tail9secretTAIL", "Kx7m".repeat(80));
        for at in (1 << 20) - 340..(1 << 20) - 300 {
            let text = format!("{}\n{before}{value}{behind}", ".\n".repeat((at - before.len()) / 2));
            assert!(!redacted(&text).contains("tail9"), "{sign} at {at}");
        }
    }
}
