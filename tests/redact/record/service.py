"""A small service that acts like one for e-signatures, with its log-in, its identity provider and its API.

It answers on one loopback port for all its names. What it gives out as a secret is made by the sheet of the file
that is being recorded, so whoever records knows what has to go.
"""

import gzip
import html
import json
from urllib.parse import quote

import tornado.httpserver
import tornado.web
import tornado.websocket

import saml
from mint import NAMES, SHAPES, SPELLINGS, b64, spelt

SIGN, ACCOUNT, IDP = "https://sign.example.com", "https://account.example.com", "https://idp.example.org"
CLIENT_ID = "5c5c9a0e-3d0b-4b8e-9d55-0f2f4c8e7a11"
ACCOUNT_ID = "0b1c2d3e-4f50-4a6b-8c7d-9e0fa1b2c3d4"
ENVELOPE_ID = "93be49ab-afa0-4adf-933c-f752070d71ec"

ROUTES = {}


def route(path):
    def add(answer):
        ROUTES[path] = answer
        return answer

    return add


class Request(tornado.web.RequestHandler):
    """One request, answered by the function of its path."""

    def set_default_headers(self):
        self.set_header("Server", "example-sign/1.4")

    async def get(self):
        answer = ROUTES.get(self.request.path)
        if answer is None:
            self.set_status(404)
            self.finish("not found")
            return
        for name, value in [("Access-Control-Allow-Origin", "*"), ("X-Request-Id", "req-000123")]:
            self.set_header(name, value)
        answer(self, self.application.settings["sheet"])

    post = put = delete = get

    def cors(self):
        self.set_header("Access-Control-Allow-Headers", "Authorization, X-Api-Key, X-CSRF-Token, Content-Type")

    def cookie(self, text):
        self.add_header("Set-Cookie", text)

    def to(self, url, status=302):
        self.set_status(status)
        self.set_header("Location", url)
        self.finish()

    def page(self, body, title="Sign"):
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(f"<!doctype html><html lang=en><head><title>{title}</title></head><body>{body}</body></html>")

    def json(self, value):
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(json.dumps(value))

    def plain(self, text, kind="text/plain; charset=utf-8"):
        self.set_header("Content-Type", kind)
        self.finish(text)


class Socket(tornado.websocket.WebSocketHandler):
    """Answers what a page sends: in text, in JSON and in bytes."""

    def on_message(self, message):
        sheet = self.application.settings["sheet"]
        if isinstance(message, bytes):
            token = sheet.make("opaque", "ws binary answer sessionToken", "base64 frame")
            self.write_message(f"\0\1sessionToken={token}&ok=1".encode(), binary=True)
            return
        token = sheet.make("opaque", "ws JSON answer resumeToken", "JSON string")
        self.write_message(json.dumps({"type": "welcome", "resume_token": token, "heartbeat": 30}))


def listen(sheet, port, tls, secrets):
    application = tornado.web.Application([("/ws", Socket), (".*", Request)], sheet=sheet, secrets=secrets, log_function=lambda _: None)
    server = tornado.httpserver.HTTPServer(application, ssl_options=tls)
    server.listen(port, "127.0.0.1")
    return server


# Log-in by a form, and cookies.

@route("/login")
def login(request, sheet):
    if request.request.method == "GET":
        csrf = sheet.make("opaque", "hidden field csrf_token", "HTML attribute")
        meta = sheet.make("bytes", "meta csrf-token", "HTML attribute")
        request.cookie(f"JSESSIONID={sheet.make('opaque', 'Set-Cookie JSESSIONID')}; Path=/; Secure; HttpOnly")
        request.cookie(f"XSRF-TOKEN={quote(sheet.make('bytes', 'Set-Cookie XSRF-TOKEN', 'percent'), safe='')}; Path=/; Secure")
        request.cookie("lang=en-GB; Path=/; Max-Age=31536000; SameSite=Lax")
        request.page(
            f'<meta name="csrf-token" content="{meta}"><form method=post action="/login">'
            f'<input type="hidden" name="csrf_token" value="{csrf}"><input name=username autocomplete=username>'
            '<input type="password" name="password" placeholder="Password"><input name=otp><button>Log in</button></form>'
        )
        return
    for name, rest in [
        ("__Host-session", "; Path=/; Secure; HttpOnly; SameSite=Strict"),
        ("remember_me", "; Path=/; Max-Age=2592000; Secure; HttpOnly"),
        (".AspNetCore.Cookies", "; Path=/; Secure; HttpOnly; SameSite=None"),
        ("PHPSESSID", "; path=/"),
        ("sid", "; Path=/; Domain=example.com; Secure"),
        ("ASP.NET_SessionId", "; path=/; HttpOnly; SameSite=Lax"),
        ("laravel_session", "; expires=Fri, 27-Nov-2026 10:00:00 GMT; Max-Age=7200; path=/; httponly"),
        ("auth_token", "; Path=/; Secure"),
    ]:
        request.cookie(f"{name}={sheet.make('opaque', f'Set-Cookie {name}', length=43)}{rest}")
    signed = "s:" + sheet.make("opaque", "Set-Cookie connect.sid") + "." + sheet.make("bytes", "Set-Cookie connect.sid signature", "percent")
    request.cookie(f"connect.sid={quote(signed, safe='')}; Path=/; HttpOnly")
    request.cookie(f"jwt={sheet.make('jwt', 'Set-Cookie jwt', sub='sam')}; Path=/; Secure; HttpOnly")
    sheet.keep("SameSite=Strict", "Max-Age=31536000", "Domain=example.com", "HttpOnly; SameSite=Lax")
    request.to("/home?session_id=" + sheet.make("opaque", "Location query session_id") + "&tab=inbox")


@route("/home")
def home(request, sheet):
    view = f"https:\\/\\/sign.example.com\\/view?envelope=12\\u0026token={sheet.make('opaque', 'script URL after u0026', 'u0026 escape')}"
    equals = sheet.make("opaque", "script access_token after u003d", "u003d escape")
    entity = sheet.make("opaque", "link token after &amp;", "HTML entity")
    numeric = sheet.make("hard_password", "attribute data-password", "HTML entity")
    sheet.keep("window.__CONFIG__", "featureFlags", "tab=inbox")
    request.page(
        f'<script>window.__CONFIG__={{"apiKey":"{sheet.make("opaque", "inline script apiKey")}","featureFlags":["bulk"],'
        f'"viewUrl":"{view}","next":"?access_token\\u003d{equals}\\u0026state\\u003dx1"}};</script>'
        f'<a href="/view?envelope=12&amp;token={entity}&amp;locale=en">View</a>'
        f'<div data-password="{html.escape(numeric)}" data-code="GB">Code: GB</div>'
        f'<script src="/app.js?v=3&auth_token={sheet.make("opaque", "script src auth_token")}"></script>',
        "Home",
    )


@route("/app.js")
def script(request, sheet):
    request.plain(
        "async function ask(path, options) {\n  const answer = await fetch(path, options);\n  return answer.text();\n}\n"
        "function password(token) { return token ? token.key : 'code'; }\n",
        "text/javascript",
    )


# OAuth: code, JWT bearer, refresh, device, implicit.

@route("/oauth/auth")
def authorize(request, sheet):
    state = request.get_argument("state", "st-1")
    if request.get_argument("response_type") == "token":
        token = sheet.make("jwt", "fragment access_token", "URL fragment", sub="sam")
        identity = sheet.make("jwt", "fragment id_token", "URL fragment", algorithm="ES256")
        request.to(f"{SIGN}/app#access_token={token}&token_type=Bearer&expires_in=28800&state={state}&id_token={identity}")
        return
    code = sheet.make("opaque", "redirect query code", "URL query", length=64)
    request.to(f"{SIGN}/callback?code={code}&state={state}&iss=https%3A%2F%2Faccount.example.com")


@route("/callback")
def callback(request, sheet):
    request.page("<p>Signed in.</p>", "Callback")


@route("/app")
def app(request, sheet):
    request.page("<p>App.</p>", "App")


@route("/oauth/token")
def token(request, sheet):
    grant = request.get_argument("grant_type").rsplit(":", 1)[-1]
    sheet.keep("token_type", "expires_in", "28800", "grant_type=")
    request.set_header("Cache-Control", "no-store")
    answer = {
        "access_token": sheet.make("jwt", f"response access_token of {grant}", "JSON string", sub=CLIENT_ID, scp=["signature"]),
        "token_type": "Bearer",
        "refresh_token": sheet.make("opaque", f"response refresh_token of {grant}", "JSON string", length=96),
        "expires_in": 28800,
        "scope": "signature extended",
    }
    if grant == "authorization_code":
        answer["id_token"] = sheet.make("jwt", "response id_token", "JSON string", nonce="n-0S6", amr=["pwd", "otp"])
    request.json(answer)


@route("/oauth/device")
def device(request, sheet):
    code = sheet.chance("user_code").of("BCDFGHJKLMNPQRSTVWXZ", 8)
    code = f"{code[:4]}-{code[4:]}"
    sheet.note(code, "user_code", "response user_code", "JSON string")
    request.json({
        "device_code": sheet.make("opaque", "response device_code", "JSON string", length=48),
        "user_code": code,
        "verification_uri": f"{ACCOUNT}/device",
        "expires_in": 1800,
        "interval": 5,
    })


# SAML: a request by redirect, a response by post, a log-out by redirect.

@route("/saml/login")
def saml_login(request, sheet):
    request.to(f"{IDP}/sso?" + saml.redirect(sheet, "SAMLRequest", saml.authn_request()))


@route("/sso")
def sso(request, sheet):
    response = b64(saml.response(sheet))
    request.page(
        f'<form method="post" action="{SIGN}/saml/acs"><input type="hidden" name="SAMLResponse" value="{response}">'
        f'<input type="hidden" name="RelayState" value="/home"><button id=go>Continue</button></form>',
        "Single sign-on",
    )


@route("/saml/acs")
def acs(request, sheet):
    request.cookie(f"saml_session={sheet.make('opaque', 'Set-Cookie saml_session')}; Path=/; Secure; HttpOnly; SameSite=None")
    request.page(f'<a href="{IDP}/slo?{html.escape(saml.redirect(sheet, "SAMLRequest", saml.logout_request(sheet)))}" id=out>Log out</a>')


@route("/slo")
def slo(request, sheet):
    request.page("<p>Logged out.</p>", "Logged out")


# The API.

@route(f"/restapi/v2.1/accounts/{ACCOUNT_ID}/envelopes")
def envelopes(request, sheet):
    request.cors()
    sheet.keep(ENVELOPE_ID, "resultSetSize", "2026-11-20T09:30:00.0000000Z", "recipientIdGuid", "X-Request-Id", "req-000123")
    request.json({
        "resultSetSize": "1",
        "envelopes": [{
            "envelopeId": ENVELOPE_ID,
            "status": "sent",
            "sentDateTime": "2026-11-20T09:30:00.0000000Z",
            "recipients": {"signers": [{
                "recipientIdGuid": "6f1c7d0e-9a52-4a77-8ae5-4f6b3c2d1e0f",
                "accessCode": sheet.make("password", "response accessCode", "JSON string"),
                "countryCode": "GB",
            }]},
            "viewUrl": f"{SIGN}/signing?t=2&oauth_token={sheet.make('opaque', 'URL in JSON oauth_token', 'URL query')}",
        }],
    })


@route("/restapi/v2.1/settings")
def settings(request, sheet):
    """Every telling name in every spelling."""
    values = {}
    for name in NAMES:
        for spelling in SPELLINGS:
            key = spelt(name, spelling)
            if key not in values:
                values[key] = sheet.make("opaque", f"JSON key {key}", "JSON string", length=24)
    request.json({"locale": "en", "codePage": "utf-8", "passwordMinLength": 8, "settings": values})


@route("/restapi/v2.1/echo")
def echo(request, sheet):
    request.cors()
    request.json({"ok": True, "path": request.request.path})


@route("/notes")
def notes(request, sheet):
    """Every shape in a sentence that names nothing."""
    lines = [
        f"Note {number}: what they sent us was {sheet.make(kind, f'prose {kind}', 'JSON string')} and then it went quiet."
        for number, kind in enumerate(SHAPES, 1)
    ]
    request.json({"notes": lines})


@route("/notes.txt")
def plain_notes(request, sheet):
    urls = {
        "https://robot:{}@files.example.com/in": "URL https",
        "postgres://app:{}@db.example.com:5432/sign?sslmode=require": "URL postgres",
        "mongodb+srv://app:{}@cluster.example.com/sign": "URL mongodb",
        "amqp://app:{}@queue.example.com:5672/%2F": "URL amqp",
        "redis://:{}@cache.example.com:6379/0": "URL redis",
        "mysql://root:{}@db.example.com/sign": "URL mysql",
    }
    lines = [f"reached {url.format(sheet.make('opaque', where, length=20))}" for url, where in urls.items()]
    lines.append("Server=db.example.com;Database=sign;User Id=app;Password=" + sheet.make("opaque", "connection string Password", length=20) + ";Encrypt=true")
    lines.append("DefaultEndpointsProtocol=https;AccountName=signfiles;AccountKey=" + sheet.make("bytes", "connection string AccountKey", length=64) + ";EndpointSuffix=core.example.net")
    lines.append("Endpoint=sb://bus.example.net/;SharedAccessKeyName=root;SharedAccessKey=" + sheet.make("bytes", "connection string SharedAccessKey"))
    sheet.keep("sslmode=require", "AccountName=signfiles", "Database=sign", "db.example.com:5432")
    request.plain("\n".join(lines) + "\n")


@route("/soap")
def soap(request, sheet):
    text = sheet.make("opaque", "SOAP SessionToken", "XML text")
    attribute = sheet.make("opaque", "SOAP attribute sessionToken", "XML attribute")
    cdata = sheet.make("hard_password", "SOAP CDATA Password", "CDATA")
    sheet.keep("EnvelopeStatus", "Completed")
    request.plain(
        '<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>'
        f'<LoginResult sessionToken="{attribute}"><SessionToken>{text}</SessionToken><Password><![CDATA[{cdata}]]></Password>'
        "<EnvelopeStatus>Completed</EnvelopeStatus></LoginResult></soap:Body></soap:Envelope>",
        "text/xml; charset=utf-8",
    )


@route("/files/config.bin")
def binary(request, sheet):
    """Bytes, which a recorder writes in base64."""
    lines = [f"api_key={sheet.make('opaque', 'binary content api_key', 'base64 content')}",
             f"db.password={sheet.make('password', 'binary content db.password', 'base64 content')}",
             f"note: {sheet.make('github-personal', 'binary content ghp', 'base64 content')}"]
    request.plain(b"\x00\x01\xfe\xff" + "\n".join(lines).encode() + b"\n\x00", "application/octet-stream")


@route("/files/config.gz")
def zipped(request, sheet):
    text = f"client_secret={sheet.make('opaque', 'gzip content client_secret', 'gzip in base64 content')}\nregion=eu\n"
    request.plain(gzip.compress(text.encode(), mtime=0), "application/gzip")


@route("/error")
def error(request, sheet):
    """An error page that quotes the request."""
    request.set_status(500)
    head = html.escape("\n".join(f"{name}: {value}" for name, value in sorted(request.request.headers.get_all())))
    string = sheet.make("opaque", "stack trace Password", length=20)
    request.page(
        f"<h1>500</h1><pre>{head}</pre><pre>Caused by: ConnectionError: Server=db;User=app;Password={string};\n"
        f"    at connect(db.js:17)\n</pre><p>Body: {html.escape(request.request.body.decode(errors='replace'))}</p>",
        "Error",
    )


@route("/bounce")
def bounce(request, sheet):
    inner = f"/view?access_token={sheet.make('opaque', 'twice percent-encoded access_token', 'percent twice')}&page=2"
    once = quote(f"/open?next={quote(inner, safe='')}", safe="")
    sheet.keep("returnUrl=")
    request.to(f"/app?returnUrl={once}&locale=en", 303)


@route("/again")
def again(request, sheet):
    """The same secrets once more, where nothing tells that they are secrets."""
    said = []
    for name, value in request.settings["secrets"].items():
        forms = {
            "plain": value,
            "base64 at 0": b64(value),
            "base64 at 1": b64("a" + value + "zz"),
            "base64 at 2": b64("ab" + value + "z"),
            "percent upper": "".join(f"%{byte:02X}" for byte in value.encode()),
            "percent lower": "".join(f"%{byte:02x}" for byte in value.encode()),
            "hex": value.encode().hex(),
            "HEX": value.encode().hex().upper(),
            "JSON in JSON": json.dumps(json.dumps(value)),
        }
        for form, written in forms.items():
            sheet.note(value, "recurrence", f"again {name} {form}", form)
            said.append(f"trace {len(said)} saw {written} pass")
    request.json({"trace": said})

