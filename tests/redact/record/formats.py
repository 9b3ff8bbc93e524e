"""Files of other kinds than HAR, as people attach them: traces, logs, settings, commands, mail, archives."""

import gzip
import io
import json
import shlex
import tarfile
import zipfile
from urllib.parse import quote, urlencode

import saml
from calls import FAMILY, form, pair
from mint import NAMES, SHAPES, SPELLINGS, Sheet, b64, spelt
from service import ACCOUNT, CLIENT_ID, IDP, SIGN

WHEN = "2026-11-20T09:30:{:02}.{:03}Z"


def when(number):
    return WHEN.format(number % 60, number * 37 % 1000)


def spelled(sheet, spellings, prefix=""):
    """Names in these spellings, each with a secret: pairs."""
    pairs = {}
    for name in NAMES:
        for spelling in spellings:
            key = spelt(name, spelling)
            pairs.setdefault(key, sheet.make("opaque", f"{prefix}{key}", length=24))
    return pairs


def tracer(sheet):
    """What SAML-tracer exports: requests with headers, parameters and the decoded message."""
    sheet.keep(saml.ISSUER, "SAML-P", "HTTP/1.1 200 OK", "requestHeaders", "responseStatusText", "RelayState", "urn:oasis:names:tc:SAML:2.0:status:Success", "Legal")
    cookie = sheet.make("opaque", "Cookie JSESSIONID", "header")
    session = sheet.make("opaque", "Set-Cookie session", "header")
    message = saml.response(sheet, encoding="XML in JSON and base64")
    request = saml.authn_request()
    query = saml.redirect(sheet, "SAMLRequest", request)
    get = [part.split("=", 1) for part in query.split("&")]
    logout = saml.logout_request(sheet)
    code = sheet.make("opaque", "query code", "URL query", length=64)

    def entry(number, method, url, headers, answer, **more):
        return {
            "method": method, "url": url, "requestId": f"request-{number}-{method}-{number:08x}",
            "requestHeaders": [{"name": "Host", "value": url.split("/")[2]}, *headers], **more,
            "responseStatus": 200, "responseStatusText": "HTTP/1.1 200 OK", "responseHeaders": answer,
        }

    from urllib.parse import unquote
    entries = [
        entry(1, "GET", f"{IDP}/sso?{query}", [{"name": "Cookie", "value": f"lang=en; JSESSIONID={cookie}"}], [{"name": "Content-Type", "value": "text/html"}],
              get=[[name, unquote(value)] for name, value in get], protocol="SAML-P", saml=request),
        entry(2, "POST", f"{SIGN}/saml/acs", [{"name": "Content-Type", "value": "application/x-www-form-urlencoded"}],
              [{"name": "Set-Cookie", "value": f"session={session}; Path=/; HttpOnly"}],
              postData={"SAMLResponse": [b64(message)], "RelayState": ["/home"]},
              post=[["SAMLResponse", b64(message)], ["RelayState", "/home"]], protocol="SAML-P", saml=message),
        entry(3, "GET", f"{IDP}/slo?{saml.redirect(sheet, 'SAMLRequest', logout)}",
              [{"name": "Authorization", "value": f"Basic {pair(sheet, 'Authorization Basic')}"}], [], protocol="SAML-P", saml=logout),
        entry(4, "GET", f"{SIGN}/callback?code={code}&state=st-1", [{"name": "X-CSRF-Token", "value": sheet.make("bytes", "header X-CSRF-Token", "header")}], [],
              get=[["code", code], ["state", "st-1"]]),
        entry(5, "POST", f"{SIGN}/login", [], [], postData={"username": ["sam@example.com"], "password": [sheet.make("hard_password", "post password", "JSON string")]},
              post=[["username", "sam@example.com"], ["password", sheet.make("hard_password", "post password", "JSON string")]]),
    ]
    return json.dumps({"requests": entries, "timestamp": "2026-11-20T09:31:00.000Z"}, indent=2)


def saml_post(sheet):
    sheet.keep(saml.ISSUER)
    return b64(saml.response(sheet)) + "\n"


def saml_redirect(sheet):
    sheet.keep(saml.AUDIENCE, "SigAlg=")
    return f"{IDP}/slo?{saml.redirect(sheet, 'SAMLRequest', saml.logout_request(sheet))}\n"


def saml_wrapped(sheet):
    """Base64 in lines of 76, as some programs print it."""
    sheet.keep("RelayState=%2Fhome")
    text = b64(saml.response(sheet, encoding="base64 in lines"))
    lines = "\r\n".join(text[at : at + 76] for at in range(0, len(text), 76))
    return f"POST /saml/acs\r\nRelayState=%2Fhome\r\nSAMLResponse:\r\n{lines}\r\n\r\ndone\r\n"


def saml_xml(sheet):
    sheet.keep(saml.ISSUER, "NotOnOrAfter", "Legal")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + saml.response(sheet, encoding="XML text")


def ndjson(sheet):
    sheet.keep("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736", "envelope sent", '"status":200')
    lines = []
    for number, (key, value) in enumerate(spelled(sheet, ["snake", "camel"]).items()):
        inner = json.dumps({"request": {key: value, "retry": number}, "took_ms": number * 3})
        record = {"time": when(number), "level": "info", "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736", "msg": "envelope sent", "status": 200}
        record[["body", "message", "data"][number % 3]] = inner if number % 2 else json.loads(inner)
        if number % 5 == 0:
            record["raw"] = json.dumps({"inner": inner})
        lines.append(json.dumps(record, separators=(",", ":")))
    head = json.dumps({"time": when(1), "msg": "headers", "headers": {name: sheet.make("opaque", f"headers object {name}") for name in FAMILY}})
    pem = json.dumps({"time": when(2), "msg": "loaded", "text": "key is " + sheet.make("pem-rsa", "PEM in NDJSON", "PEM in JSON")})
    twice = json.dumps({"time": when(3), "text": json.dumps({"value": sheet.make("pem-ec", "PEM in JSON in NDJSON", "PEM in JSON in JSON")})})
    return "\n".join([*lines, head, pem, twice]) + "\n"


def json_log(sheet):
    sheet.keep("production", "sign-worker", "ECONNRESET")
    pairs = spelled(sheet, ["pascal", "dotted", "kebab", "screaming"])
    number = sheet.digits("otp", "JSON number otp", 6, ['"otp": {}', '"otp":{}'])
    return json.dumps({
        "service": "sign-worker", "environment": "production", "values": pairs, "otp": int(number),
        "nested": {"config": [{"auth": {"password": sheet.make("hard_password", "nested password", "JSON string")}}]},
        "pairs": [{"key": "api_key", "value": sheet.make("opaque", "key and value api_key")}, {"Name": "DbPassword", "Value": sheet.make("password", "Name and Value DbPassword")}],
        "error": "ECONNRESET", "code": "E1042", "country": {"code": "GB"},
    }, indent=4) + "\n"


def app_log(sheet):
    sheet.keep("INFO", "GET /restapi/v2.1/accounts 200 31ms", "user=sam@example.com", "retrying in 5s", "codePage=utf-8", "worker-3")
    lines, number = [], 0

    def say(text):
        nonlocal number
        number += 1
        lines.append(f"{when(number)} INFO [worker-3] {text}")

    say("GET /restapi/v2.1/accounts 200 31ms user=sam@example.com codePage=utf-8")
    for at, (key, value) in enumerate(spelled(sheet, SPELLINGS).items()):
        say([f"{key}={value} retrying in 5s", f"{key}: {value}", f'{key}="{value}", attempt=2', f"using {{{key}: '{value}', retry: true}}"][at % 4])
    for name in FAMILY[:12]:
        say(f"> {name}: {sheet.make('opaque', f'header line {name}')}")
    say(f"> Authorization: Bearer {sheet.make('jwt', 'header line Authorization JWT', sub='sam')}")
    say(f"> Authorization: Basic {pair(sheet, 'header line Authorization Basic')}")
    say(f"> Proxy-Authorization: Basic {pair(sheet, 'header line Proxy-Authorization')}")
    say(f"> Cookie: lang=en; sid={sheet.make('opaque', 'header line Cookie sid')}; PHPSESSID={sheet.make('opaque', 'header line Cookie PHPSESSID', length=26)}")
    say(f"< Set-Cookie: JSESSIONID={sheet.make('hex', 'header line Set-Cookie JSESSIONID')}.node1; Path=/; HttpOnly")
    say(f"GET /callback?code={sheet.make('opaque', 'request line code')}&state=st-1 302")
    say(f"GET /view?next=%252Fopen%253Faccess_token%253D{sheet.make('opaque', 'access_token, percent twice', 'percent twice')}%2526page%253D2 200")
    say(f"otp={sheet.digits('otp', 'log otp', 6, 'otp={}')} pin={sheet.digits('pin', 'log pin', 4, 'pin={} ')} cvv={sheet.digits('cvv', 'log cvv', 3, 'cvv={}')}")
    say(f"DocuSign integration secret key: {sheet.make('uuid', 'secret key of an integration')}")
    say(f"twilio auth token {sheet.make('hex', 'auth token in words')}")
    say(f"aws_secret_access_key = {sheet.make('bytes', 'aws_secret_access_key', length=30)}")
    say(f"map[password:{sheet.make('password', 'Go map password')} user:sam]")
    say(f"User(name=sam, password={sheet.make('password', 'Java toString password')}, role=admin)")
    say(f"{{:api_key=>\"{sheet.make('opaque', 'Ruby hash api_key')}\", :page=>2}}")
    say(f"connecting to postgres://app:{sheet.make('opaque', 'URL with credentials', length=20)}@db.example.com/sign")
    say(f"html &lt;input type=&quot;password&quot; value=&quot;{sheet.make('opaque', 'escaped HTML input', 'HTML entity')}&quot;&gt;")
    return "\n".join(lines) + "\n"


def shapes(sheet):
    """Every shape in plain text."""
    lines = []
    for number, kind in enumerate(SHAPES):
        value = sheet.make(kind, f"line of {kind}")
        if "\n" in value:
            lines += [f"{when(number)} read this:", value, "end of it"]
        else:
            lines.append(f"{when(number)} " + ["saw {} in passing", "first|{}|last", "({})", "see '{}'.", "[{}]"][number % 5].format(value))
    return "\n".join(lines) + "\n"


def recurrences(sheet):
    """Named once, and then again in every encoding, before and after."""
    values = {
        "password": sheet.make("hard_password", "named password"),
        "api_key": sheet.make("opaque", "named api_key"),
        "client_secret": sheet.make("bytes", "named client_secret", length=33),
        "passphrase": "correct horse " + sheet.make("opaque", "named passphrase", length=16),
    }
    lines = []
    for name, value in values.items():
        forms = {
            "plain": value, "base64 at 0": b64(value), "base64 at 1": b64("a" + value + "zz"), "base64 at 2": b64("ab" + value + "z"),
            "base64url": b64(value, safe=True), "percent upper": quote(value, safe=""), "percent lower": "".join(f"%{byte:02x}" for byte in value.encode()),
            "form": urlencode({"q": value})[2:], "hex": value.encode().hex(), "HEX": value.encode().hex().upper(), "JSON-escaped": json.dumps(value)[1:-1],
            "unicode-escaped": "".join(f"\\u{ord(c):04x}" for c in value), "HTML entities": "".join(f"&#{ord(c)};" for c in value),
        }
        for form_name, written in forms.items():
            sheet.note(value, "recurrence", f"{name} again, {form_name}", form_name)
            lines.append(f"{when(len(lines))} item {len(lines)}: <{written}>")
    named = [json.dumps({name: value}) for name, value in values.items()]
    half = len(lines) // 2
    return "\n".join([*lines[:half], *named, *lines[half:]]) + "\n"


def env(sheet):
    sheet.keep("NODE_ENV=production", "PORT=8080", "# Where", "TOKEN_URL=https://account.example.com/oauth/token", "export LANG=en_GB.UTF-8", "PASSWORD_MIN_LENGTH=8")
    lines = ["# Where the service runs", "NODE_ENV=production", "PORT=8080", "export LANG=en_GB.UTF-8", "TOKEN_URL=https://account.example.com/oauth/token", "PASSWORD_MIN_LENGTH=8"]
    for at, (key, value) in enumerate(spelled(sheet, ["screaming"], "env ").items()):
        lines.append([f"{key}={value}", f'{key}="{value}"', f"export {key}='{value}'", f"SIGN_{key}={value} # old"][at % 4])
    lines.append('PRIVATE_KEY="' + sheet.make("pem-rsa", "env PRIVATE_KEY with \\n", "PEM with \\n").replace("\n", "\\n") + '"')
    lines.append('SIGNING_KEY="' + sheet.make("pem-pkcs8", "env SIGNING_KEY over lines") + '"')
    lines.append(f"DATABASE_URL=postgres://app:{sheet.make('opaque', 'env DATABASE_URL', length=20)}@db.example.com/sign")
    lines.append(f"DOCUSIGN_SECRET_KEY={sheet.make('uuid', 'env DOCUSIGN_SECRET_KEY')}\nDOCUSIGN_INTEGRATION_KEY={CLIENT_ID}")
    sheet.keep(f"DOCUSIGN_INTEGRATION_KEY={CLIENT_ID}")
    return "\n".join(lines) + "\n"


def ini(sheet):
    sheet.keep("[server]", "host = sign.example.com", "timeout = 30", "; comment")
    pairs = [f"{key} = {value}" for key, value in spelled(sheet, ["kebab", "snake", "dotted"]).items()]
    quoted = f"smtp_password = \"{sheet.make('hard_password', 'quoted smtp_password')}\""
    return "\r\n".join(["; comment", "[server]", "host = sign.example.com", "timeout = 30", "[secrets]", *pairs, quoted]) + "\r\n"


def yaml(sheet):
    sheet.keep("replicas: 2", "image: sign:1.4", "kind: Deployment")
    pairs = "".join(f"    {key}: {value}\n" for key, value in spelled(sheet, ["camel"]).items())
    pem = "".join(f"      {line}\n" for line in sheet.make("pem-openssh", "YAML block", "PEM in lines that are indented").split("\n"))
    return (
        "kind: Deployment\nspec:\n  replicas: 2\n  image: sign:1.4\n  env:\n" + pairs + "    deployKey: |\n" + pem
        + f"    - name: DB_PASSWORD\n      value: \"{sheet.make('password', 'YAML name and value')}\"\n"
        + f"  data:\n    password: {b64(sheet.make('password', 'base64 in YAML', 'base64'))}\n"
    )


def toml(sheet):
    sheet.keep("[server]", 'listen = "127.0.0.1:8080"')
    return '[server]\nlisten = "127.0.0.1:8080"\n\n[secrets]\n' + "".join(f'{key} = "{value}"\n' for key, value in spelled(sheet, ["snake"]).items())


def xml_settings(sheet):
    sheet.keep("<Timeout>30</Timeout>", 'region="eu"', "<Host>sign.example.com</Host>")
    texts, attributes, cdata, adds = [], [], [], []
    for at, (key, value) in enumerate(spelled(sheet, ["kebab", "snake", "camel", "pascal", "dotted"]).items()):
        kind = at % 4
        if kind == 0:
            texts.append(f"<{key}>{value}</{key}>")
        elif kind == 1:
            attributes.append(f'<connection region="eu" {key}="{value}"/>')
        elif kind == 2:
            cdata.append(f"<{key}><![CDATA[{value}]]></{key}>")
        else:
            adds.append(f'<add key="{key}" value="{value}"/>')
    string = f'<add name="Main" connectionString="Server=db.example.com;User Id=app;Password={sheet.make("password", "connectionString Password", "XML attribute")};Encrypt=true"/>'
    entity = sheet.make("hard_password", "XML text with entities", "HTML entity")
    escaped = entity.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    body = "\n  ".join(["<Timeout>30</Timeout>", "<Host>sign.example.com</Host>", *texts, *attributes, *cdata, *adds, string, f"<Password>{escaped}</Password>"])
    return f'<?xml version="1.0" encoding="utf-8"?>\n<configuration>\n  {body}\n</configuration>\n'


def curl_bash(sheet):
    sheet.keep("curl -sS", "--fail", "Content-Type: application/json", "-o envelopes.json")
    field = json.dumps({"password": sheet.make("password", "-d JSON password", "shell quotes"), "page": 2})
    hard = sheet.make("hard_password", "-u password in quotes", "shell quotes")
    ansi = sheet.make("opaque", "$'…' quoted", "shell quotes")
    data = form("", {"client_secret": sheet.make("hard_password", "-d client_secret", "form"), "grant_type": "refresh_token", "refresh_token": sheet.make("opaque", "-d refresh_token", "form", length=96)})[3]
    return "\n".join([
        "#!/bin/bash",
        f"curl -sS -H 'Authorization: Bearer {sheet.make('opaque', '-H Bearer', 'shell quotes')}' {SIGN}/restapi -o envelopes.json",
        f'curl -sS -H "X-Api-Key: {sheet.make("opaque", "-H X-Api-Key", "shell quotes")}" --fail {SIGN}/restapi',
        f"curl -u app:{sheet.make('opaque', '-u password')} {ACCOUNT}/oauth/userinfo",
        f"curl -u {shlex.quote('app:' + hard)} {ACCOUNT}/oauth/userinfo",
        f"curl --user=app:{sheet.make('opaque', '--user= password')} {SIGN}",
        f"curl -b 'lang=en; sid={sheet.make('opaque', '-b sid', 'shell quotes')}' {SIGN}/home",
        f"curl --cookie \"JSESSIONID={sheet.make('opaque', '--cookie JSESSIONID', 'shell quotes')}\" {SIGN}/home",
        f"curl --oauth2-bearer {sheet.make('opaque', '--oauth2-bearer')} {SIGN}/restapi",
        f"curl -H 'Content-Type: application/json' -d {shlex.quote(field)} {SIGN}/login",
        f"curl -d '{data}' {ACCOUNT}/oauth/token",
        f"curl --data-urlencode 'password={sheet.make('password', '--data-urlencode password', 'shell quotes')}' {SIGN}/login",
        f"curl -F 'api_key={sheet.make('opaque', '-F api_key', 'shell quotes')}' -F 'file=@deed.pdf' {SIGN}/files",
        f"curl --proxy-user robot:{sheet.make('opaque', '--proxy-user password')} --proxy http://proxy.example.com:3128 {SIGN}",
        f"curl -H $'X-Auth-Token: {ansi}' {SIGN}",
        f"curl https://robot:{sheet.make('opaque', 'URL of curl', length=20)}@files.example.com/in",
        f"curl --cert client.pem --pass {sheet.make('opaque', '--pass')} {SIGN}",
        f"wget --password={sheet.make('opaque', 'wget --password')} --user=app {SIGN}",
        f"mysql -u root -p{sheet.make('opaque', 'mysql -p', length=20)} sign",
        f"PGPASSWORD={sheet.make('opaque', 'PGPASSWORD before a command')} psql -h db.example.com",
    ]) + "\n"


def curl_cmd(sheet):
    sheet.keep("--compressed", "accept: application/json", "^\r\n")
    field = json.dumps({"clientSecret": sheet.make("opaque", "cmd --data-raw clientSecret", "cmd quotes"), "page": 2}).replace('"', '^\\^"')
    return "\r\n".join([
        f'curl ^"{SIGN}/restapi?access_token={sheet.make("opaque", "cmd URL access_token")}^&page=2^" ^',
        '  -H ^"accept: application/json^" ^',
        f'  -H ^"authorization: Bearer {sheet.make("jwt", "cmd authorization", "cmd quotes", sub="sam")}^" ^',
        f'  -b ^"lang=en; sid={sheet.make("opaque", "cmd -b sid", "cmd quotes")}; _csrf={sheet.make("opaque", "cmd -b _csrf", "cmd quotes")}^" ^',
        f'  -H ^"x-csrf-token: {sheet.make("opaque", "cmd x-csrf-token", "cmd quotes")}^" ^',
        f'  --data-raw ^"{field}^" ^',
        "  --compressed",
    ]) + "\r\n"


def mail(sheet):
    sheet.keep("Subject: Re: signing fails", "Message-ID: <1@mail.example.com>", "Kind regards", "tried again")
    quoted = sheet.make("bytes", "quoted-printable text", "quoted-printable", length=48).replace("=", "=3D")
    return "\r\n".join([
        "From: sam@example.com", "To: expert@example.com", "Subject: Re: signing fails", "Message-ID: <1@mail.example.com>",
        "Content-Type: text/plain; charset=utf-8", "",
        "Hello,", "", "we tried again. The password is: " + sheet.make("password", "The password is: …"),
        f"and our API key is {sheet.make('opaque', 'API key is …')}. The new one:",
        f"> client secret: {sheet.make('uuid', 'quoted client secret')}",
        f">> Password = {sheet.make('password', 'twice quoted Password')}",
        f"> My token: {sheet.make('github-personal', 'token in a quote')}",
        f"api_token=3D{quoted}", "",
        sheet.make("pem-rsa", "key in a mail").replace("\n", "\r\n"), "", "Kind regards", "Sam",
    ]) + "\r\n"


def windows_log(sheet):
    sheet.keep("Ereignis", "über", "EventID=4625")
    pairs = "".join(f"{when(at)} EventID=4625 über {key}={value}\r\n" for at, (key, value) in enumerate(spelled(sheet, ["pascal"]).items()))
    return ("Ereignis\r\n" + pairs + f"Authorization: Bearer {sheet.make('jwt', 'UTF-16 Bearer', 'UTF-16', sub='sam')}\r\n").encode("utf-16")


PLAIN = {
    "saml-tracer.json": tracer, "saml-post.txt": saml_post, "saml-redirect.txt": saml_redirect, "saml-wrapped.txt": saml_wrapped,
    "saml.xml": saml_xml, "events.ndjson": ndjson, "state.json": json_log, "app.log": app_log, "shapes.log": shapes,
    "again.log": recurrences, "settings.env": env, "settings.ini": ini, "settings.yaml": yaml, "settings.toml": toml,
    "settings.xml": xml_settings, "curl.sh": curl_bash, "curl.cmd": curl_cmd, "mail.eml": mail, "windows.log": windows_log,
}


def data(made):
    return made if isinstance(made, bytes) else made.encode()


def archives(sheets):
    """Files of these kinds again, with secrets of their own, packed."""
    def packed(name, *makers):
        sheet = Sheet(name)
        return sheet, [(inner, data(PLAIN[inner](sheet))) for inner in makers]

    made = {}
    sheet, files = packed("app.log.gz", "app.log")
    made[sheet.file] = gzip.compress(files[0][1], mtime=0)
    sheets.append(sheet)

    sheet, files = packed("logs.zip", "settings.env", "settings.xml", "saml-post.txt")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for at, (name, content) in enumerate(files):
            entry = zipfile.ZipInfo(f"logs/{name}", (2026, 11, 20, 9, 30, 0))
            archive.writestr(entry, content, zipfile.ZIP_STORED if at == 0 else zipfile.ZIP_DEFLATED)
    made[sheet.file] = buffer.getvalue()
    sheets.append(sheet)

    for name, mode in [("logs.tar", "w"), ("logs.tar.gz", "w:gz")]:
        sheet, files = packed(name, "settings.ini", "curl.sh", "mail.eml")
        buffer = io.BytesIO()
        with tarfile.open(fileobj=buffer, mode=mode) as archive:
            for inner, content in files:
                entry = tarfile.TarInfo(f"logs/{inner}")
                entry.size = len(content)
                archive.addfile(entry, io.BytesIO(content))
        made[name] = buffer.getvalue()
        sheets.append(sheet)
    return made


def write(out):
    sheets = []
    for name, make in PLAIN.items():
        sheet = Sheet(name)
        (out / name).write_bytes(data(make(sheet)))
        sheets.append(sheet)
    for name, content in archives(sheets).items():
        (out / name).write_bytes(content)
    return sheets
