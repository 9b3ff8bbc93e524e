//! Values under their names, in columns.

use super::{redacted, shown};

#[test]
fn a_column_is_found_by_its_name() {
    for (text, expected) in [
        (
            "user,password,role\nsam,hunter2x,admin\nkim,\"tr0ub,4dor\",user\nlee,,user",
            "user,password,role\nsam,[password],admin\nkim,\"[password]\",user\nlee,,user",
        ),
        // What somebody sends in bulk.
        (
            "Name,Email,Access Code,Role\r\nSam,sam@example.com,8842,Signer\r\n",
            "Name,Email,Access Code,Role\r\nSam,sam@example.com,[otp],Signer\r\n",
        ),
        (
            "\u{feff}\"user\";\"api_key\"\n\"x\";\"ab12cd34ef56\"\n",
            "\u{feff}\"user\";\"api_key\"\n\"x\";\"[api-key]\"\n",
        ),
        ("user\tpassword\nsam\thunter2x\nkim\t\n", "user\tpassword\nsam\t[password]\nkim\t\n"),
        ("user|password\nsam|hunter2x\n", "user|password\nsam|[password]\n"),
        (",user,password\n0,sam,hunter2x\n", ",user,password\n0,sam,[password]\n"),
        // Names as programs and people write them.
        ("Naam;PIN\nJan;4821\n", "Naam;PIN\nJan;[otp]\n"),
        ("user,pwd\nsam,hunter2x\n", "user,pwd\nsam,[password]\n"),
        (
            "Email,Password [Required],Org\na@b.nl,hunter2x,/\n",
            "Email,Password [Required],Org\na@b.nl,[password],/\n",
        ),
        ("id,,Password*\n1,2,hunter2x\n", "id,,Password*\n1,2,[password]\n"),
        // Behind lines that aren't of the table, with an empty one below the names, and set loosely.
        ("sep=;\nEmail;Wachtwoord\na@b.nl;Zomer2024!\n", "sep=;\nEmail;Wachtwoord\na@b.nl;[password]\n"),
        (
            "Users, May 2024\nName,Password\n\nSam,hunter2x\n",
            "Users, May 2024\nName,Password\n\nSam,[password]\n",
        ),
        ("Title;;\nNr;Name;Password\n1;Sam;hunter2x\n", "Title;;\nNr;Name;Password\n1;Sam;[password]\n"),
        ("id, name, password\n1, sam, hunter2x\n", "id, name, password\n1, sam, [password]\n"),
        // Several tables.
        (
            "user,password\nsam,hunter2x\n\nkey,token\na,ab12cd34ef56gh78ij\n",
            "user,password\nsam,[password]\n\nkey,token\na,[token]\n",
        ),
        (
            "{\"a\":\"user,password\\nsam,hunter2x\",\"b\":\"user,password\\nkim,hunter3x\"}",
            "{\"a\":\"user,password\\nsam,[password]\",\"b\":\"user,password\\nkim,[password]\"}",
        ),
        // Quotes and separators in values, and values without quotes that have them.
        (
            "user,password\nsam,\"hun\nter \"\"2\"\" x\"\nkim,tr0ub,4dor\nlee,\"zzz9\n",
            "user,password\nsam,\"[password]\"\nkim,[password]\nlee,\"[password]\n",
        ),
        // Behind other text, and up to an empty line.
        (
            "2026-01-02 exported\n\nuser,password\nsam,hunter2x\n\nred,green\n",
            "2026-01-02 exported\n\nuser,password\nsam,[password]\n\nred,green\n",
        ),
        // What databases print.
        (
            "+------+----------+\n| user | password |\n+------+----------+\n| sam  | correct horse |\n+------+----------+\n",
            "+------+----------+\n| user | password |\n+------+----------+\n| sam  | [password] |\n+------+----------+\n",
        ),
        (
            " user | password \n------+----------\n sam  | hunter2x\n(1 row)\n",
            " user | password \n------+----------\n sam  | [password]\n(1 row)\n",
        ),
        // The body of an answer.
        (
            r#"{"mimeType":"text/csv","text":"user,password\r\nsam,hunter2x\r\nkim,\"tr0ub,4dor\"\r\n"},{"a":"b,c"}"#,
            r#"{"mimeType":"text/csv","text":"user,password\r\nsam,[password]\r\nkim,\"[password]\"\r\n"},{"a":"b,c"}"#,
        ),
        (
            r#"{"text":"x\n\nuser;password\nsam;hunter2x"}"#,
            r#"{"text":"x\n\nuser;password\nsam;[password]"}"#,
        ),
    ] {
        assert_eq!(shown(&redacted(text)), expected);
    }
}

#[test]
fn a_column_of_a_statement_is_found_by_its_name() {
    for (text, expected) in [
        (
            "INSERT INTO users (name, password) VALUES ('sam', 'hunter2x'),\n ('kim', 'it''s, ok 4'), ('lee', NULL), ('x', 123456);\nSELECT 'a', 'b';",
            "INSERT INTO users (name, password) VALUES ('sam', '[password]'),\n ('kim', '[password]'), ('lee', NULL), ('x', '[password]');\nSELECT 'a', 'b';",
        ),
        (
            "INSERT INTO \"u\" (\"name\", \"password\") VALUES ('sam', 'hunter2x');\nINSERT u (name, password) OUTPUT inserted.id VALUES ('kim', 'hunter3x');\n",
            "INSERT INTO \"u\" (\"name\", \"password\") VALUES ('sam', '[password]');\nINSERT u (name, password) OUTPUT inserted.id VALUES ('kim', '[password]');\n",
        ),
        ("ALTER ROLE app PASSWORD 'hunter2x'", "ALTER ROLE app PASSWORD '[password]'"),
        (
            "insert into `users` (`id`,`password`,`note`) values (1,'hun\\'ter2x','it\\'s'),(2,'C:\\',\"x\")",
            "insert into `users` (`id`,`password`,`note`) values (1,'[password]','it\\'s'),(2,'[password]',\"x\")",
        ),
        (
            "INSERT INTO [dbo].[Users]\n  ([Id],\n  [Password])\nVALUES\n  (1, N'hunter2x')",
            "INSERT INTO [dbo].[Users]\n  ([Id],\n  [Password])\nVALUES\n  (1, N'[password]')",
        ),
        (
            "INSERT INTO u (id, password) VALUES (1, MD5('hunter2x')), (2, crypt('hunter3x', gen_salt('bf')));",
            "INSERT INTO u (id, password) VALUES (1, MD5('[password]')), (2, crypt('[password]', gen_salt('bf')));",
        ),
        (
            r#"{"query":"INSERT INTO \"u\" (\"id\",\"password\") VALUES (1,'hunter2x')"}"#,
            r#"{"query":"INSERT INTO \"u\" (\"id\",\"password\") VALUES (1,'[password]')"}"#,
        ),
        (
            r#"{"q":"INSERT INTO t (a,password) VALUES (1,\"hunter2x\"),(2,\"hun\\\"ter\")"}"#,
            r#"{"q":"INSERT INTO t (a,password) VALUES (1,\"[password]\"),(2,\"[password]\")"}"#,
        ),
        (
            "COPY public.users (id, name, password) FROM stdin;\n1\tsam\thunter2x\n2\tkim\t\\N\n\\.\n\nSELECT 1;\n",
            "COPY public.users (id, name, password) FROM stdin;\n1\tsam\t[password]\n2\tkim\t\\N\n\\.\n\nSELECT 1;\n",
        ),
        (
            "CREATE USER 'app'@'%' IDENTIFIED BY 'hunter2x';\nALTER USER app IDENTIFIED WITH mysql_native_password BY 'hunter3x';",
            "CREATE USER 'app'@'%' IDENTIFIED BY '[password]';\nALTER USER app IDENTIFIED WITH mysql_native_password BY '[password]';",
        ),
        ("ALTER USER app WITH PASSWORD 'hunter2x';", "ALTER USER app WITH PASSWORD '[password]';"),
        ("UPDATE u SET password=MD5('hunter2x')", "UPDATE u SET password=MD5('[password]')"),
    ] {
        assert_eq!(shown(&redacted(text)), expected);
    }
}

#[test]
fn what_only_looks_like_a_column_stays() {
    for text in [
        "Please enter your user, password\nand then, go\n",
        "a,b,password\nsam\nkim\nlee\nx,y,z\n",
        // A dictionary of data names its columns elsewhere.
        "table,column,type\nusers,password,varchar(255)\nusers,created_at,timestamp\n",
        "const a = [\n  \"user\",\"password\",\n  \"a\",\"b\",\n]\n",
        "cat password | head\ncat x | grep y\n",
        "\tif (f(item, NULL,\n\t\tpassword, x))\n\t\treturn g(a, b);\n",
        "token,count\nthe,12\nand,9\n",
        "INSERT INTO u (name, password) VALUES (?, ?), ($1, $2), (:name, :password), (%s, %s), (new.name, new.password)",
        "INSERT INTO u (name, password) VALUES ('${name}', '${password}')",
        "f(user, password)\ng(a, b)\n",
        // JSON stays JSON.
        "[\n\"user\",\"password\"\n,12345\n,1,\"b\"\n]",
        r#"{"q":"INSERT INTO t (a,password) VALUES (1,","x":"hunter2x)"}"#,
        r#"{"q":"INSERT INTO t (a,password) VALUES (1,'abc","x":"it's')"}"#,
        r#"["a,password\n\"x\\","y"]"#,
        r#"["with password ",1,"x","identified by ",1,"x"]"#,
        "{\"a\":\"copy t (a,password) from stdin\",\n\t\"x\": \"abc\",\n\t\"y\": \"abd\"}",
        "SELECT name,password\nFROM users,roles\nGROUP BY name,password\nORDER BY a,b\n",
        "{\"help\":\"username,password\\nThe name, and the password\\n\"}",
        "item identified by 'ABC-123', sign in with password 'admin'",
        "message=Enter the \\\n   password: \\\n   twice\n",
        "INSERT INTO u (name, password) VALUES (:'name', :'pw'), ('\" + name + \"', '\" + password + \"')",
        "columns identified by \"colUsed\", identified by 'the user'",
    ] {
        assert_eq!(redacted(text), text);
    }
}

#[test]
fn a_table_ends_where_something_else_begins() {
    for (table, rest) in [
        ("name,password\nsam,[]\n", "{\"level\":\"info\",\"msg\":\"done 12\"}\n"),
        ("name,password\nsam,[]\n", "2026-05-01 10:00:01,456 INFO done\n"),
        ("COPY a (id, password) FROM stdin;\n1\t[]\n\\.\n", "COPY b (id, title) FROM stdin;\n1\tRomeo2\n"),
        (
            "+----+----------+\n| id | password |\n+----+----------+\n| 1  | [] |\n+----+----------+\n",
            "+----+-------+\n| id | title |\n+----+-------+\n| 1  | Romeo |\n+----+-------+\n",
        ),
        (" id | password\n----+---\n 1  | []\n(1 row)\n", " id | title\n----+---\n 1  | Romeo\n"),
    ] {
        let copy = shown(&redacted(&format!("{}{rest}", table.replace("[]", "hunter2x"))));
        assert_eq!(copy, format!("{}{rest}", table.replace("[]", "[password]")));
    }
}

#[test]
fn rows_are_found_however_far_they_go() {
    let rows = |value: &dyn Fn(usize) -> String| -> String {
        (0..60_000).map(|row| format!("{row},{},\"some note, {row}\"\n", value(row))).collect()
    };
    let text = format!("id,password,note\n{}", rows(&|row| format!("hunter{row}x")));
    assert_eq!(shown(&redacted(&text)), format!("id,password,note\n{}", rows(&|_| "[password]".to_owned())));
}
