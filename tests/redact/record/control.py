"""Files with nothing to hide: what looks like a secret to those who look too quickly, and has to stay."""

import base64
import hashlib
import json
import random
import struct
import zlib

CHANCE = random.Random("docket-redact-control")
HEX = "0123456789abcdef"


def hexes(length):
    return "".join(CHANCE.choice(HEX) for _ in range(length))


def uuid():
    raw = hexes(32)
    return f"{raw[:8]}-{raw[8:12]}-4{raw[13:16]}-9{raw[17:20]}-{raw[20:]}"


def integrity(bits, text):
    return f"sha{bits}-" + base64.b64encode(hashlib.new(f"sha{bits}", text.encode()).digest()).decode()


def without_check_digit():
    """Sixteen digits that are no card: the sum of Luhn is off by one."""
    body = "4" + "".join(CHANCE.choice("0123456789") for _ in range(14))
    total = 0
    for at, digit in enumerate(reversed(body)):
        number = int(digit) * (2 if at % 2 == 0 else 1)
        total += number - 9 if number > 9 else number
    return body + str((-total + 1) % 10)


def picture(side=24):
    """A PNG of noise."""
    rows = b"".join(b"\0" + CHANCE.randbytes(side * 3) for _ in range(side))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def certificate():
    """Right in form: the DER head of a certificate, and noise."""
    body = base64.b64encode(bytes.fromhex("3082035b30820243a003020102021412") + CHANCE.randbytes(840)).decode()
    lines = [body[at : at + 64] for at in range(0, len(body), 64)]
    return "\n".join(["-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----"])


def har():
    """A page with pictures, scripts and an API, nobody logged in."""
    def entry(url, headers, kind, text, **content):
        return {
            "startedDateTime": "2026-11-20T09:30:00.123Z", "time": 31.4159, "connection": "443", "serverIPAddress": "127.0.0.1",
            "request": {"method": "GET", "url": url, "httpVersion": "HTTP/2", "cookies": [], "headersSize": -1, "bodySize": 0,
                        "headers": [{"name": "accept", "value": "*/*"}, {"name": "accept-language", "value": "en-GB,en;q=0.9"},
                                    {"name": "traceparent", "value": f"00-{hexes(32)}-{hexes(16)}-01"}, {"name": "x-request-id", "value": uuid()},
                                    {"name": "if-none-match", "value": f'W/"{hexes(40)}"'}, {"name": "sec-ch-ua-platform", "value": '"Linux"'}],
                        "queryString": [{"name": name, "value": value} for name, value in [part.split("=", 1) for part in url.split("?", 1)[1].split("&")]] if "?" in url else []},
            "response": {"status": 200, "statusText": "OK", "httpVersion": "HTTP/2", "cookies": [], "redirectURL": "", "headersSize": -1, "bodySize": 812,
                         "headers": [{"name": name, "value": value} for name, value in headers], "content": {"size": len(text), "mimeType": kind, "text": text, **content}},
            "cache": {}, "timings": {"send": 0.1, "wait": 30, "receive": 1.3}, "_initiator": {"type": "parser", "url": "https://www.example.com/", "lineNumber": 12},
        }

    common = [
        ("etag", f'"{hexes(40)}"'), ("x-amz-cf-id", base64.b64encode(CHANCE.randbytes(39)).decode()), ("x-amzn-trace-id", f"Root=1-673da1f0-{hexes(24)}"),
        ("access-control-allow-headers", "Authorization, X-Api-Key, X-CSRF-Token, X-Auth-Token, Cookie, Content-Type"), ("access-control-expose-headers", "X-Access-Token, Set-Cookie"),
        ("content-security-policy", f"default-src 'self'; script-src 'nonce-r4nd0m' '{integrity(256, 'inline')}'; report-uri /csp?token=none"),
        ("vary", "Authorization, Cookie"), ("www-authenticate", 'Bearer realm="sign", error="invalid_token", error_description="The access token expired"'),
        ("strict-transport-security", "max-age=31536000; includeSubDomains"), ("cf-ray", f"{hexes(16)}-LHR"), ("age", "1234567890"),
    ]
    image = base64.b64encode(picture()).decode()
    api = json.dumps({"error": "invalid_grant", "code": "AUTH_4012", "errorCode": "PASSWORD_EXPIRED", "message": "The password has expired. Choose a new password.", "token_type": "Bearer",
                      "expires_in": 3600, "country": {"code": "DE", "callingCode": "+49"}, "zipCode": "10115", "key": "envelope.sent", "keyCode": 13, "statusCode": 401, "sessionTimeout": 900,
                      "passwordRequired": True, "passwordPolicy": "min8", "tokenExpiresAt": "2026-11-20T10:30:00Z", "password": None, "apiKey": "", "secret": False, "authenticated": False})
    entries = [
        entry("https://www.example.com/?utm_source=mail&utm_campaign=2026-11&gclid=Cj0KCQiAexample&_ga=2.123456789.987654321.1763630000", common, "text/html; charset=utf-8", PAGE),
        entry("https://www.example.com/logo.png?v=" + hexes(8), common[:3], "image/png", image, encoding="base64"),
        entry("https://www.example.com/static/main." + hexes(8) + ".js", common[:4], "text/javascript", SCRIPT),
        entry("https://api.example.com/v1/codes?country_code=GB&sort_key=name&page_token_size=20&language_code=en-GB", common, "application/json", api),
        entry("https://account.example.com/.well-known/openid-configuration", common[:2], "application/json", json.dumps(DISCOVERY)),
        entry("https://api.example.com/reset-password?step=2&response_type=code&grant_type=authorization_code&code_challenge_method=S256", common[:2], "application/json", TRANSLATION),
    ]
    return json.dumps({"log": {"version": "1.2", "creator": {"name": "WebInspector", "version": "537.36"}, "pages": [], "entries": entries}}, indent=2)


DISCOVERY = {
    "issuer": "https://account.example.com", "authorization_endpoint": "https://account.example.com/oauth/auth", "token_endpoint": "https://account.example.com/oauth/token",
    "jwks_uri": "https://account.example.com/oauth/keys", "grant_types_supported": ["authorization_code", "refresh_token", "password", "client_credentials"],
    "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "private_key_jwt"], "id_token_signing_alg_values_supported": ["RS256", "ES256"],
    "response_types_supported": ["code", "id_token", "code id_token"], "claims_supported": ["sub", "iss", "auth_time", "nonce"], "code_challenge_methods_supported": ["S256"],
}
TRANSLATION = json.dumps({
    "login.password": "Password", "password": "Passwort", "newPassword": "Neues Passwort", "passwordHint": "Password must have 8 characters", "token": "Token", "secret": "Geheimnis",
    "apiKey": "API-Schlüssel", "accessToken": "Zugriffstoken", "forgotPassword": "Forgot your password?", "pin": "PIN", "otp": "Einmalcode", "code": "Code", "session": "Sitzung",
    "api_key_description": "Paste your API key here", "errors.token": "Your token has expired. Please log in again.", "privateKey": "Privater Schlüssel", "cookie": "Cookies",
}, ensure_ascii=False)
SCRIPT = (
    "!function(){\"use strict\";var e={password:\"password\",token:null,key:13,code:\"Enter\"},t=function(e){return e.key===\"Escape\"||e.keyCode===27||e.code===\"KeyA\"};"
    "function n(e,t){var n=e.token,r=t.password;return n&&r?{token:n,password:r,apiKey:e.apiKey||void 0}:null}const csrfToken=document.querySelector(\"meta[name=csrf-token]\");"
    "var s=localStorage.getItem(\"access_token\"),i=e=>{e.headers[\"Authorization\"]=\"Bearer \"+s;e.headers[\"X-CSRF-Token\"]=o(csrfToken)};password=r.value;secret=process.env.SECRET;"
    "class u{constructor(e){this.password=e.password;this.passwordConfirmation=e.password2;this.token=a(e)}get sessionId(){return this._sessionId}}"
    "var tokenizer={token:/[a-z]+/g,keyword:\"return\"},pass=0;for(;pass<3;pass++);if(token=next()){}type:\"password\",autocomplete:\"current-password\"}();\n"
    "//# sourceMappingURL=main.js.map\n"
)
PAGE = (
    "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Reset your password</title><link rel=\"stylesheet\" href=\"/main.css\" integrity=\""
    + integrity(384, "main.css") + "\" crossorigin=\"anonymous\"><script src=\"/main.js\" integrity=\"" + integrity(512, "main.js") + "\"></script></head><body>"
    "<label for=\"password\">Password:</label><input type=\"password\" name=\"password\" id=\"password\" autocomplete=\"new-password\" placeholder=\"Password\" value=\"\">"
    "<p>Password must have 8 characters. Token: see below. Code: optional.</p><input type=\"hidden\" name=\"utf8\" value=\"✓\"><a href=\"/reset-password?token_type=mail\">Forgot password?</a>"
    "<select name=\"country_code\"><option value=\"GB\">GB</option></select></body></html>"
)
STYLE = (
    ".password-field{color:#a1b2c3}.token,.token.keyword{color:#07a}.code{font:13px/1.4 monospace}#password:focus{outline:1px solid}input[type=password]{width:12em}"
    ".secret:after{content:\"password: \"}.api-key{background:url(data:image/png;base64," + base64.b64encode(picture(6)).decode() + ")}:root{--token-color:#0af;--key-size:2048px}\n"
)
PROSE = """About passwords, and what docket does about them.

A password is a word that proves who you are. Your password must have at least 8 characters; the token that we
mail you is good for one hour. Never put a secret, an API key or a session cookie into a comment. If the access
token has expired, ask for another with the refresh token; the authorization code is used once.

Password: what you choose yourself.
Token: what the portal gives you.
PIN: four digits, like those of a card.
API key: see the administrator's guide, section "Keys".

The bearer of this letter, basic as it is, may sign. Bearer tokens, basic authentication and digest
authentication are explained in RFC 6750 and RFC 7617. The password is required. The passphrase is optional. The
code is below, the key is in the lock, and the secret is out.
Set `password = null` to be asked, or `token: ${TOKEN}`; `api_key: <your key here>` and `secret=********` are
placeholders, and so are Authorization: Bearer <token>, `-u user:$PASSWORD` and https://user:****@example.com/.
"""


def log():
    lines = []
    for number in range(60):
        lines.append([
            f"2026-11-20T09:30:{number:02}.120Z INFO request_id={uuid()} trace_id={hexes(32)} span_id={hexes(16)} took=12ms",
            f"2026-11-20 09:30:{number:02} commit {hexes(40)} deployed, image sha256:{hexes(64)}",
            f"order {without_check_digit()} shipped, reference {1763630000000000 + number}",
            f"ERROR code=E{1000 + number} errorCode=INVALID_PASSWORD message=\"The password is wrong\" attempts={number}",
            f"GET /reset-password?country_code=GB&language_code=en&page={number} 200 {hexes(8)}",
            f"password policy loaded: minLength=8 maxLength=128 token_type=Bearer expires_in=3600 tokens_used={number}",
        ][number % 6])
    return "\n".join(lines) + "\n"


def openapi():
    def schema(*names):
        return {"type": "object", "required": list(names), "properties": {name: {"type": "string", "format": "password" if "pass" in name else "string", "description": f"The {name} of the account"} for name in names}}

    return json.dumps({
        "openapi": "3.1.0", "info": {"title": "Sign", "version": "2.1"},
        "components": {
            "securitySchemes": {"apiKey": {"type": "apiKey", "in": "header", "name": "X-Api-Key"}, "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
                                "oauth": {"type": "oauth2", "flows": {"authorizationCode": {"authorizationUrl": "https://account.example.com/oauth/auth", "tokenUrl": "https://account.example.com/oauth/token", "scopes": {"signature": "Sign"}}}}},
            "schemas": {"Login": schema("username", "password", "otp"), "Token": schema("access_token", "refresh_token", "token_type"), "Key": schema("api_key", "client_secret", "private_key")},
        },
        "security": [{"apiKey": []}, {"oauth": ["signature"]}],
        "paths": {"/password": {"post": {"operationId": "changePassword", "parameters": [{"name": "token", "in": "query", "required": True, "schema": {"type": "string"}}], "responses": {"401": {"description": "Wrong password"}}}}},
    }, indent=2) + "\n"


def source_map():
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    mappings = ";".join(",".join("".join(CHANCE.choice(letters) for _ in range(CHANCE.choice([4, 5]))) for _ in range(30)) for _ in range(40))
    return json.dumps({"version": 3, "file": "main.js", "sources": ["src/password.ts", "src/token.ts", "src/apiKey.ts"], "names": ["password", "token", "secretKey", "code"], "mappings": mappings}) + "\n"


def lock_file():
    packages = {f"node_modules/{name}": {"version": "1.0.0", "resolved": f"https://registry.example.com/{name}/-/{name}-1.0.0.tgz", "integrity": integrity(512, name)}
                for name in ["token-types", "password-prompt", "keyv", "cookie", "csrf", "js-tokens", "secret-stack"]}
    return json.dumps({"name": "sign", "lockfileVersion": 3, "packages": packages}, indent=2) + "\n"


def settings_xml():
    return f"""<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <!-- The password is asked for. -->
  <add key="TokenEndpoint" value="https://account.example.com/oauth/token"/>
  <add key="PasswordMinLength" value="8"/>
  <add key="CountryCode" value="GB"/>
  <Password required="true" minLength="8"/>
  <ApiKey></ApiKey>
  <KeySize>2048</KeySize>
  <Code>200</Code>
  <Assembly name="Sign" publicKeyToken="b77a5c561934e089" version="1.4.0.0"/>
  <EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example.org/metadata">
    <KeyDescriptor use="signing"><X509Certificate>{''.join(certificate().split(chr(10))[1:-1])}</X509Certificate></KeyDescriptor>
  </EntityDescriptor>
</configuration>
"""


def settings_yaml():
    return f"""# No secret here.
server:
  token_endpoint: https://account.example.com/oauth/token
  session_timeout: 30m
  password: null
  secret: ""
  api_key: ${{API_KEY}}
  key_file: /etc/sign/key.pem
  tokens_per_minute: 600
  country_code: GB
  cookie: {{ secure: true, http_only: true, same_site: lax }}
image: sign@sha256:{hexes(64)}
password_policy: {{ min_length: 8, hint: "At least one digit" }}
"""


def write(folder):
    folder.mkdir(exist_ok=True)
    spread = {
        "page.har": har(), "page.html": PAGE, "main.js": SCRIPT, "main.css": STYLE, "main.js.map": source_map(), "de.json": TRANSLATION + "\n", "prose.md": PROSE, "ids.log": log(),
        "openapi.json": openapi(), "package-lock.json": lock_file(), "certificate.pem": certificate() + "\n", "discovery.json": json.dumps(DISCOVERY, indent=2) + "\n",
        "settings.xml": settings_xml(), "settings.yaml": settings_yaml(),
    }
    for name, text in spread.items():
        (folder / name).write_text(text)
    (folder / "picture.png").write_bytes(picture(48))
