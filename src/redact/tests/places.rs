//! Where a value is found, and what gives it away: the text before and after, marks without their digits.

use super::{redacted, shown};

/// What is found and what stays, for each way in which a value can stand beside a name.
#[test]
fn a_value_is_found_wherever_it_stands_beside_its_name() {
    for (text, expected) in [
        // What isn't there.
        (r#"{"a":"csrf_token = ","b":"x"}"#, r#"{"a":"csrf_token = ","b":"x"}"#),
        (r#"{"a":"<Passwd><![CDATA[","b":"x"}"#, r#"{"a":"<Passwd><![CDATA[","b":"x"}"#),
        (r#"{"a":"\"sid\":","b":"x"}"#, r#"{"a":"\"sid\":","b":"x"}"#),
        (r#"{"a":"curl --secret ","c":"x"}"#, r#"{"a":"curl --secret ","c":"x"}"#),
        (r#"{"a":"Cookie: b=","c":"x"}"#, r#"{"a":"Cookie: b=","c":"x"}"#),
        // What a program says about them.
        (
            "  idToken: undefined,\n  secret: refreshToken,\n",
            "  idToken: undefined,\n  secret: refreshToken,\n",
        ),
        (r#"  clientAssertion: undefined,\n"#, r#"  clientAssertion: undefined,\n"#),
        (r#"REFRESH_TOKEN: "refreshToken""#, r#"REFRESH_TOKEN: "refreshToken""#),
        (r#"' data-sid="' + id + '">'"#, r#"' data-sid="' + id + '">'"#),
        (
            "  password: letmein,\n  secret: s3cr3t-of-ours,\n",
            "  password: [password],\n  secret: [secret],\n",
        ),
        // JSON, however often it is quoted.
        (r#"{"password": "hunter2x", "user": "bob"}"#, r#"{"password": "[password]", "user": "bob"}"#),
        (r#"{"a": {"pin" : 1234}}"#, r#"{"a": {"pin" : "[otp]"}}"#),
        (r#"{"client_secret":"a\"b\\"}"#, r#"{"client_secret":"[client-secret]"}"#),
        (
            r#"{"b":"{\"access_token\":\"t-1234\",\"n\":1}"}"#,
            r#"{"b":"{\"access_token\":\"[token]\",\"n\":1}"}"#,
        ),
        (r#"{"b":"{\\\"id_token\\\":\\\"t-1234\\\"}"}"#, r#"{"b":"{\\\"id_token\\\":\\\"[token]\\\"}"}"#),
        (r#"{"b":"{\"pin\":98765}"}"#, r#"{"b":"{\"pin\":\"[otp]\"}"}"#),
        (
            r#"{"set-cookie":["a=b1; Path=/","c=d2"]}"#,
            r#"{"set-cookie":["a=[cookie]; Path=/","c=[cookie]"]}"#,
        ),
        ("{\n  \"refreshToken\":\n    \"t-1234\"\n}", "{\n  \"refreshToken\":\n    \"[token]\"\n}"),
        (r"{'password': 'hunter2x'}", r"{'password': '[password]'}"),
        ("&quot;password&quot;:&quot;hunter2x&quot;", "&quot;password&quot;:&quot;[password]&quot;"),
        ("%7B%22password%22%3A%22hunter2x%22%7D", "%7B%22password%22%3A%22[password]%22%7D"),
        // Pairs, in either order and with something in between.
        (r#"{"name":"X-Api-Key","value":"k-1234"}"#, r#"{"name":"X-Api-Key","value":"[api-key]"}"#),
        (r#"{"value": "k-1234", "name": "X-Api-Key"}"#, r#"{"value": "[api-key]", "name": "X-Api-Key"}"#),
        (
            r#"{"name":"password","type":"x","n":1,"value":"hunter2x"}"#,
            r#"{"name":"password","type":"x","n":1,"value":"[password]"}"#,
        ),
        (r#"{"key":"token","value":"t-1234"}"#, r#"{"key":"token","value":"[token]"}"#),
        (r#"["Authorization","Bearer t-12345678"]"#, r#"["Authorization","Bearer [authorization]"]"#),
        (
            r#"{"cookies":[{"name":"x","value":"v1","path":"/"},{"value":"v2","name":"y"}],"a":"v9"}"#,
            r#"{"cookies":[{"name":"x","value":"[cookie]","path":"/"},{"value":"[cookie]","name":"y"}],"a":"v9"}"#,
        ),
        // Headers.
        ("Authorization: Bearer t-1234 x", "Authorization: Bearer [authorization] x"),
        ("> authorization: Basic dTpwYXNz\n> Host: x", "> authorization: Basic [authorization]\n> Host: x"),
        (
            "Authorization: Digest username=\"u\", response=\"6629fae49393a05397450978507c4ef1\"\nHost: x",
            "Authorization: Digest username=\"u\", response=\"[authorization]\"\nHost: x",
        ),
        (
            "Authorization: AWS4-HMAC-SHA256 Credential=AKIA/2026, Signature=fe5f80\nHost: x",
            "Authorization: AWS4-HMAC-SHA256 Credential=[authorization]/2026, Signature=[authorization]\nHost: x",
        ),
        ("Proxy-Authorization: s3cr3t-value\r\n", "Proxy-Authorization: [authorization]\r\n"),
        (
            r#""raw":"GET /\r\nAuthorization: Bearer t-1234\r\nA: b""#,
            r#""raw":"GET /\r\nAuthorization: Bearer [authorization]\r\nA: b""#,
        ),
        ("Cookie: sid=abc; theme=dark\nA: b", "Cookie: sid=[cookie]; theme=[cookie]\nA: b"),
        ("Set-Cookie: sid=abc; Path=/; HttpOnly\nA: b", "Set-Cookie: sid=[cookie]; Path=/; HttpOnly\nA: b"),
        (
            r#"{"name":"set-cookie","value":"a=b1; Path=/\nc=d2; Secure"}"#,
            r#"{"name":"set-cookie","value":"a=[cookie]; Path=/\nc=[cookie]; Secure"}"#,
        ),
        ("X-CSRF-Token: abc123", "X-CSRF-Token: [csrf-token]"),
        // URLs and forms.
        ("GET /a?access_token=t-1&x=y HTTP/1.1", "GET /a?access_token=[token]&x=y HTTP/1.1"),
        ("/cb?code=SplxlOBeZQQYbYS6WxSbIA&x=1", "/cb?code=[code]&x=1"),
        ("/cb#id_token=abc.def&x=1", "/cb#id_token=[token]&x=1"),
        ("r=%2Fcb%3Faccess_token%3Dt-1%26x%3D1", "r=%2Fcb%3Faccess_token%3D[token]%26x%3D1"),
        (
            "r=%252Fcb%253Faccess_token%253Dt-1%2526x%253D1",
            "r=%252Fcb%253Faccess_token%253D[token]%2526x%253D1",
        ),
        (r#""u":"/cb?token=t-1\u0026x=1""#, r#""u":"/cb?token=[token]\u0026x=1""#),
        ("user=bob&password=hunter%202&x=1", "user=bob&password=[password]&x=1"),
        ("user[password]=hunter2x&x=1", "user[password]=[password]&x=1"),
        ("user%5Bpassword%5D=hunter2x&x=1", "user%5Bpassword%5D=[password]&x=1"),
        ("name=\"password\"\r\n\r\nhunter 2\r\n--b\r\n", "name=\"password\"\r\n\r\n[password]\r\n--b\r\n"),
        (
            r#""text":"name=\"password\"\r\n\r\nhunter2x\r\n--b--""#,
            r#""text":"name=\"password\"\r\n\r\n[password]\r\n--b--""#,
        ),
        // XML.
        ("<a><password>hunter2x</password></a>", "<a><password>[password]</password></a>"),
        (
            "<wsse:Password Type=\"x\">hunter2x</wsse:Password>",
            "<wsse:Password Type=\"x\">[password]</wsse:Password>",
        ),
        ("<Password><![CDATA[hunter2x]]></Password>", "<Password><![CDATA[[password]]]></Password>"),
        (
            r"\u003cpassword\u003ehunter2x\u003c/password\u003e",
            r"\u003cpassword\u003e[password]\u003c/password\u003e",
        ),
        ("&lt;password&gt;hunter2x&lt;/password&gt;", "&lt;password&gt;[password]&lt;/password&gt;"),
        (r#"<db user="u" password="hunter2x"/>"#, r#"<db user="u" password="[password]"/>"#),
        (r#"<add key="ApiKey" value="k-1234"/>"#, r#"<add key="ApiKey" value="[api-key]"/>"#),
        (
            r#"<input value="t-1234" type="hidden" name="csrf_token">"#,
            r#"<input value="[csrf-token]" type="hidden" name="csrf_token">"#,
        ),
        (
            "<ds:SignatureValue>\nabc+/=\ndef\n</ds:SignatureValue>",
            "<ds:SignatureValue>\n[saml-signature]\n</ds:SignatureValue>",
        ),
        // Settings and commands.
        ("DB_PASSWORD=p@ss;w,o&rd\nX=1", "DB_PASSWORD=[password]\nX=1"),
        ("export API_KEY='k 1234'\n", "export API_KEY='[api-key]'\n"),
        ("spring.datasource.password = hunter2x\n", "spring.datasource.password = [password]\n"),
        ("  password: hunter2x\n  user: x", "  password: [password]\n  user: x"),
        ("x=\"Server=y;Password=hunter2x;Encrypt=true\"", "x=\"Server=y;Password=[password];Encrypt=true\""),
        ("AccountKey=abc/def+g==;EndpointSuffix=x", "AccountKey=[secret];EndpointSuffix=x"),
        ("curl -u bob:hunter2 https://x/", "curl -u bob:[password] https://x/"),
        ("curl --user 'bob:hun ter' https://x/", "curl --user 'bob:[password]' https://x/"),
        ("curl -b 'a=b1; c=d2' https://x/", "curl -b 'a=[cookie]; c=[cookie]' https://x/"),
        ("curl -H \"X-Api-Key: k-1234\" x", "curl -H \"X-Api-Key: [api-key]\" x"),
        ("curl -H 'Cookie: a=b1' x", "curl -H 'Cookie: a=[cookie]' x"),
        ("curl --oauth2-bearer t-1234 x", "curl --oauth2-bearer [token] x"),
        ("mysql --password=hunter2x db", "mysql --password=[password] db"),
        ("tool --client-secret \"s 1\" y", "tool --client-secret \"[client-secret]\" y"),
        (
            "2026-11-20 INFO login user=bob password=hunter2x ip=x",
            "2026-11-20 INFO login user=bob password=[password] ip=x",
        ),
        // What begins as a key in PEM and is none.
        (
            "INFO private_key=-----BEGIN RSA PRIVATE KEY-----",
            "INFO private_key=[private-key] RSA PRIVATE KEY-----",
        ),
        (r#"{"private_key":"-----BEGIN"}"#, r#"{"private_key":"[private-key]"}"#),
        (
            r#"{"a":"-----BEGIN PRIVATE KEY-----END ","b":"x"}"#,
            r#"{"a":"-----BEGIN PRIVATE KEY-----[private-key]","b":"x"}"#,
        ),
        // Names whose words stand apart.
        ("Verification code: 482910", "Verification code: [otp]"),
        ("Recovery code: a8f3-22dd", "Recovery code: [secret]"),
        ("Security answer: Fluffy99", "Security answer: [secret]"),
        ("Card number: 4111111111111112", "Card number: [card-number]"),
        ("cc_number=4111111111111112", "cc_number=[card-number]"),
        // Without quotes behind a name in quotes.
        ("\"password\": 1qaz2wsx\n", "\"password\": [password]\n"),
        ("\"password\": 123456ab\n", "\"password\": [password]\n"),
        ("\"password\": $ecret99\n", "\"password\": [password]\n"),
        ("pwd1=Sommer2024&pwd2=Sommer2025", "pwd1=[password]&pwd2=[password]"),
        (r#"^\^"pwd^\^":^\^"hunter2x^\^""#, r#"^\^"pwd^\^":^\^"[password]^\^""#),
        ("mysql -u root -p'tr0ub4dor-1' db", "mysql -u root -p'[password]' db"),
        // The padding of base64 in front of the quote that ends a header.
        (
            r#"curl -H "Authorization: Basic dXNlcjpwdw==" -H "Accept: a/b""#,
            r#"curl -H "Authorization: Basic [authorization]" -H "Accept: a/b""#,
        ),
        (r#"{"h":"Cookie: a=YWJjZGVmZ2hpamtsbW5vcA==", "b":"x"}"#, r#"{"h":"Cookie: a=[cookie]", "b":"x"}"#),
    ] {
        let once = redacted(text);
        assert_eq!(shown(&once), expected, "{text}");
        assert_eq!(redacted(&once), once, "twice: {text}");
    }
}

/// What is the same elsewhere is replaced there, but not what an escape or JSON itself ends it with.
#[test]
fn what_is_known_stands_between_what_the_format_needs() {
    for (text, expected) in [
        (
            r#"{"b":"Set-Cookie: a=: fals","c":"\u0013A2066616C73"}"#,
            r#"{"b":"Set-Cookie: a=[cookie]","c":"\u0013A2066616C73"}"#,
        ),
        (
            r#"{"password":"\"riority7","c":"riority7","d":"\"riority7"}"#,
            r#"{"password":"[password]","c":"[password]","d":"\"[password]"}"#,
        ),
        (r#"{"Cookie":"a=\u0002yi5xz","b":"\u0002yi5xz"}"#, r#"{"Cookie":"a=[cookie]","b":"[cookie]"}"#),
        (r#"{"Cookie":"a=\/hsths9","b":"\\/hsths9"}"#, r#"{"Cookie":"a=[cookie]","b":"\\[cookie]"}"#),
        (
            r#"{"value":"\"value\":\""},{"a":"\",\"name\":\"sid\""}"#,
            r#"{"value":"\"value\":\""},{"a":"\",\"name\":\"sid\""}"#,
        ),
    ] {
        assert_eq!(shown(&redacted(text)), expected, "{text}");
    }
}

#[test]
fn a_secret_gives_itself_away() {
    let aws = format!("AKIA{}", "IOSFODNN7EXAMPLE".get(..16).unwrap());
    for (secret, kind) in [
        (aws.as_str(), "aws-key-id"),
        ("ghp_0123456789abcdefghijABCDEFGHIJ012345", "github-token"),
        ("xoxb-123456789012-abcdefABCDEF", "slack-token"),
        ("sk_live_0123456789abcdefABCD", "stripe-key"),
        ("AIzaSyA0123456789abcdefghijklmnopqrstuv", "google-key"),
        ("SK0123456789abcdef0123456789abcdef", "twilio-key"),
        ("SG.0123456789abcdefghijkl.0123456789abcdefghijklmnopqrstuvwxyzABCDEFG", "sendgrid-key"),
        ("4111 1111 1111 1111", "card-number"),
        ("5500-0055-5555-5559", "card-number"),
        ("378282246310005", "card-number"),
        ("DE89370400440532013000", "iban"),
        ("GB82 WEST 1234 5698 7654 32", "iban"),
        ("NL91ABNA0417164300", "iban"),
    ] {
        for (before, after) in [
            ("see ", " there"),
            ("\"", "\""),
            ("x%3D", "%26y"),
            (r"\n", r"\n"),
            ("", ""),
            ("(", ")."),
            ("a=", "&b"),
        ] {
            let text = format!("{before}{secret}{after}");
            let once = redacted(&text);
            assert_eq!(shown(&once), format!("{before}[{kind}]{after}"), "{text}");
            assert_eq!(redacted(&once), once, "twice: {text}");
        }
        let inside = format!("x{secret}x");
        assert_eq!(redacted(&inside), inside);
    }
    for (text, expected) in [
        ("postgres://app:pg%40ss@db.example/x", "postgres://app:[password]@db.example/x"),
        (r#""u":"https:\/\/app:pgpass@db.example\/x""#, r#""u":"https:\/\/app:[password]@db.example\/x""#),
        (
            "u=https%3A%2F%2Fapp%3Apgpass%40db.example%2Fx",
            "u=https%3A%2F%2Fapp%3A[password]%40db.example%2Fx",
        ),
        ("sent Bearer abcdef1234567890 ok", "sent Bearer [token] ok"),
        ("sent Basic dXNlcjpwYXNz ok", "sent Basic [basic-auth] ok"),
        (
            "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\nx",
            "-----BEGIN PRIVATE KEY-----[private-key]-----END PRIVATE KEY-----\nx",
        ),
        (
            r#"{"k":"-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n"}"#,
            r#"{"k":"-----BEGIN RSA PRIVATE KEY-----[private-key]-----END RSA PRIVATE KEY-----\n"}"#,
        ),
        ("-----BEGIN EC PRIVATE KEY-----\nMIIEabc\n", "-----BEGIN EC PRIVATE KEY-----[private-key]"),
    ] {
        let once = redacted(text);
        assert_eq!(shown(&once), expected, "{text}");
        assert_eq!(redacted(&once), once, "twice: {text}");
    }
}

/// Names that end like those of secrets, in each way in which a value can stand beside them.
#[test]
fn what_exempt_names_tell_of_stays() {
    for text in [
        "X-DocuSign-TraceToken: 3e0f6d0e-1a2b-4c3d-8e9f-0123456789ab\n",
        "x-docusign-tracetoken: 3e0f6d0e-1a2b-4c3d-8e9f-0123456789ab\n",
        "X-DocuSign-CorrelationToken: 3e0f6d0e-1a2b-4c3d-8e9f-0123456789ab\n",
        r#"{"name":"X-DocuSign-TraceToken","value":"3e0f6d0e-1a2b-4c3d-8e9f-0123456789ab"}"#,
        r#"{"X-DocuSign-TraceToken": ["3e0f6d0e-1a2b-4c3d-8e9f-0123456789ab"], "traceToken": "3e0f6d0e1a2b4c3d"}"#,
        r#"{"b":"{\"correlation_token\":\"3e0f6d0e-1a2b-4c3d-8e9f-0123456789ab\"}"}"#,
        "failed, the X-DocuSign-TraceToken is 3e0f6d0e-1a2b-4c3d-8e9f-0123456789ab; TraceToken=3e0f6d0e1a2b4c3d",
        "/?traceToken=3e0f6d0e-1a2b-4c3d-8e9f-0123456789ab&CORRELATION_TOKEN=3e0f6d0e1a2b4c3d",
        "S3_KEY=uploads/2026/a1b2c3d4e5f6 s3Key: a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6",
        r#"{"cacheKey":"a1b2c3d4e5f6a7b8c9d0","hostKey":"a1b2c3d4e5f6a7b8c9d0","sandbox_key":"a1b2c3d4e5f6a7b8c9d0"}"#,
        r#"{"sortKey":"a1b2c3d4e5f6a7b8c9d0","partition-key":"a1b2c3d4e5f6a7b8c9d0"}"#,
        "ORACLE_SID=ORCLCDB1 secretName: my-db-credentials-1a2b3c SECRET_ARN=arn:aws:secretsmanager:x:1:y",
    ] {
        assert_eq!(redacted(text), text);
    }
    for (text, expected) in [
        ("X-Auth-Token: 3e0f6d0e-1a2b-4c3d-8e9f-0123456789ab", "X-Auth-Token: [token]"),
        ("sid=ORCLCDB1", "sid=[session]"),
    ] {
        assert_eq!(shown(&redacted(text)), expected);
    }
}
