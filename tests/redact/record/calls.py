"""What a client asks of the service: one list for every recorder, so that each sees the same places.

A call is a method, a URL, headers and a body as it goes over the wire.
"""

import json
from urllib.parse import quote, urlencode

from mint import b64
from service import ACCOUNT, ACCOUNT_ID, CLIENT_ID, SIGN

FORM = "application/x-www-form-urlencoded"
ECHO = f"{SIGN}/restapi/v2.1/echo"
ENVELOPES = f"{SIGN}/restapi/v2.1/accounts/{ACCOUNT_ID}/envelopes"

# Headers that carry a secret and nothing else.
FAMILY = [
    "X-Api-Key", "X-Auth-Token", "X-CSRF-Token", "X-XSRF-TOKEN", "X-Amz-Security-Token", "X-Goog-Api-Key", "apikey",
    "Ocp-Apim-Subscription-Key", "X-Vault-Token", "Private-Token", "X-Access-Token", "X-Session-Token", "api-key",
    "X-Refresh-Token", "X-Id-Token", "X-Client-Secret", "X-Functions-Key", "X-Gitlab-Token", "X-Shopify-Access-Token",
    "X-Session-Id", "X-Auth-Key", "X-Device-Token", "X-Hub-Secret", "X-Password",
]


def secrets(sheet):
    """Those that come again where nothing tells what they are."""
    return {
        "bearer": sheet.make("opaque", "Authorization Bearer opaque", "header", length=48),
        "password": sheet.make("hard_password", "form password", "form"),
        "api key": sheet.make("opaque", "header X-Api-Key", "header"),
        "client secret": sheet.make("opaque", "form client_secret of refresh", "form", length=40),
        "cookie": sheet.make("opaque", "Set-Cookie sid", length=43),
        "refresh token": sheet.make("opaque", "form refresh_token", "form", length=96),
    }


def log_in(sheet):
    """The fields of the form."""
    return {
        "username": "sam@example.com",
        "password": sheet.make("hard_password", "form password", "form"),
        "otp": sheet.digits("otp", "form otp", 6, ["otp={}", '"otp", "value": "{}"', '"otp","value":"{}"', *(f'"otp",\n{" " * indent}"value": "{{}}"' for indent in range(4, 24))], "form"),
    }


def pair(sheet, where, name="app"):
    """`name:password` in base64."""
    return b64(f"{name}:{sheet.make('password', where, 'base64 pair')}")


def form(url, fields, **headers):
    return "POST", url, {"Content-Type": FORM, **headers}, urlencode(fields)


def oauth(sheet):
    token = f"{ACCOUNT}/oauth/token"
    basic = b64(f"{CLIENT_ID}:{sheet.make('uuid', 'Authorization Basic client secret', 'base64 pair')}")
    sheet.make("opaque", "redirect query code", "URL query", length=64)
    sheet.keep(CLIENT_ID, "urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer", "/oauth/token")
    return [
        form(token, {
            "grant_type": "authorization_code",
            "code": sheet.make("opaque", "redirect query code", "URL query", length=64),
            "code_verifier": sheet.make("opaque", "form code_verifier", "form", length=64),
            "redirect_uri": f"{SIGN}/callback",
        }, Authorization=f"Basic {basic}"),
        form(token, {
            "grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer",
            "assertion": sheet.make("jwt", "form assertion", "form", sub=CLIENT_ID, scope="signature impersonation"),
        }),
        form(token, {
            "grant_type": "refresh_token",
            "refresh_token": sheet.make("opaque", "form refresh_token", "form", length=96),
            "client_id": CLIENT_ID,
            "client_secret": sheet.make("opaque", "form client_secret of refresh", "form", length=40),
        }),
        form(f"{ACCOUNT}/oauth/device", {"client_id": CLIENT_ID, "scope": "signature"}),
        form(token, {
            "grant_type": "urn:ietf:params:oauth:grant-type:device_code",
            "device_code": sheet.make("opaque", "response device_code", "JSON string", length=48),
            "client_id": CLIENT_ID,
        }),
    ]


def schemes(sheet):
    """Ways to fill in `Authorization`."""
    digest = sheet.make("hex", "Authorization Digest response", "header")
    aws = sheet.make("hex", "Authorization AWS4 Signature", "header", length=64)
    signed = quote(sheet.make("bytes", "Authorization SharedAccessSignature sig", "percent in header"), safe="")
    sheet.keep("AWS4-HMAC-SHA256", "SignedHeaders=host;x-amz-date", 'realm=\\"sign\\"' , "eu-west-1")
    return [
        f"Bearer {sheet.make('opaque', 'Authorization Bearer opaque', 'header', length=48)}",
        f"Bearer {sheet.make('jwt', 'Authorization Bearer JWT', 'header', sub='sam', scp='signature')}",
        f"Basic {pair(sheet, 'Authorization Basic password')}",
        f'Digest username="sam", realm="sign", nonce="bm9uY2U", uri="/restapi", qop=auth, nc=00000001, response="{digest}"',
        f"AWS4-HMAC-SHA256 Credential={sheet.make('aws-key-id', 'Authorization AWS4 Credential', 'header')}/20261120/eu-west-1/s3/aws4_request, "
        f"SignedHeaders=host;x-amz-date, Signature={aws}",
        f"Token {sheet.make('hex', 'Authorization Token', 'header', length=40)}",
        f"ApiKey {sheet.make('opaque', 'Authorization ApiKey', 'header')}",
        f"Negotiate {sheet.make('bytes', 'Authorization Negotiate', 'header', length=90)}",
        f"SharedAccessSignature sr=files.example.com&sig={signed}&se=1795824000&skn=root",
        f"DPoP {sheet.make('jwt', 'Authorization DPoP', 'header', algorithm='ES256')}",
        f"SSWS 00{sheet.make('opaque', 'Authorization SSWS', 'header', length=40)}",
        f"Splunk {sheet.make('uuid', 'Authorization Splunk', 'header')}",
    ]


def headers(sheet):
    calls = [("GET", f"{ECHO}?case=scheme-{number}", {"Authorization": value}, None) for number, value in enumerate(schemes(sheet))]
    calls += [("GET", f"{ECHO}?case={name.lower()}", {name: sheet.make("opaque", f"header {name}", "header")}, None) for name in FAMILY]
    names = json.dumps({
        "Username": "sam@example.com",
        "Password": sheet.make("password", "header X-DocuSign-Authentication Password", "JSON in header"),
        "IntegratorKey": CLIENT_ID,
    })
    calls.append(("GET", f"{ECHO}?case=legacy", {"X-DocuSign-Authentication": names}, None))
    xml = f"<Credentials><Username>sam@example.com</Username><Password>{sheet.make('password', 'header XML Password', 'XML in header')}</Password></Credentials>"
    calls.append(("GET", f"{ECHO}?case=legacy-xml", {"X-DocuSign-Authentication": xml}, None))
    return calls


def queries(sheet):
    names = ["access_token", "api_key", "apikey", "token", "auth", "sig", "password", "sessionid", "jsessionid", "X-Amz-Signature",
             "X-Amz-Security-Token", "X-Goog-Signature", "client_secret", "id_token_hint", "ticket", "key"]
    calls = []
    for name in names:
        value = sheet.make("bytes", f"query {name}", "URL query", length=33)
        calls.append(("GET", f"{ECHO}?page=2&{name}={quote(value, safe='')}&sort=asc", {}, None))
    path = sheet.make("opaque", "path jsessionid", "URL path parameter")
    calls.append(("GET", f"{ECHO};jsessionid={path}?page=3", {}, None))
    sheet.keep("sort=asc", "page=2")
    return calls


def bodies(sheet):
    nested = json.dumps({"event": "login", "clientSecret": sheet.make("hard_password", "JSON in JSON clientSecret", "JSON in JSON"), "attempt": 2})
    twice = json.dumps({"payload": json.dumps({"refreshToken": sheet.make("opaque", "JSON in JSON in JSON refreshToken", "JSON in JSON")})})
    escaped = sheet.make("bytes", "JSON sessionToken with escaped slashes", "JSON string", length=48).replace("/", "\\/")
    pin = sheet.digits("pin", "JSON pin", 4, ['"pin": "{}"', '"pin":"{}"', '\\"pin\\": \\"{}\\"', '\\"pin\\":\\"{}\\"', '"pin", "value": "{}"', '"pin","value":"{}"'], "JSON string")
    cvv = sheet.digits("cvv", "JSON cvv", 3, ['"cvv": "{}"', '"cvv":"{}"', '\\"cvv\\": \\"{}\\"', '\\"cvv\\":\\"{}\\"', '"cvv", "value": "{}"', '"cvv","value":"{}"'], "JSON string")
    body = json.dumps({
        "userName": "sam@example.com",
        "password": sheet.make("password", "JSON password", "JSON string"),
        "newPassword": sheet.make("hard_password", "JSON newPassword", "JSON string"),
        "pin": pin,
        "payment": {"cardNumber": sheet.make("card-visa", "JSON cardNumber", "JSON string"), "cvv": cvv, "currency": "EUR"},
        "iban": sheet.make("iban-de", "JSON iban", "JSON string"),
        "privateKey": sheet.make("pem-rsa", "JSON privateKey", "PEM in JSON"),
        "log": nested,
        "outer": twice,
        "tokens": [sheet.make("opaque", "JSON array under tokens", "JSON string")],
        "headers": {"Authorization": "Bearer " + sheet.make("opaque", "JSON headers Authorization", "JSON string")},
        "pairs": [{"name": "X-Api-Key", "value": sheet.make("opaque", "JSON name and value pair", "JSON string")}],
    })
    body = body.replace('"payment"', f'"sessionToken": "{escaped}", "payment"')
    sheet.keep("currency", "EUR", "attempt")
    query = f'mutation {{ login(email: "sam@example.com", password: "{sheet.make("password", "GraphQL argument password", "JSON in JSON")}") {{ ok }} }}'
    graphql = json.dumps({"query": query, "variables": {"apiToken": sheet.make("opaque", "GraphQL variable apiToken", "JSON string")}})
    soap = (
        '<?xml version="1.0"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Header><wsse:Security '
        'xmlns:wsse="http://docs.example.org/wsse"><wsse:UsernameToken><wsse:Username>sam</wsse:Username><wsse:Password Type="PasswordText">'
        f"{sheet.make('password', 'SOAP wsse:Password', 'XML text')}</wsse:Password><wsse:Nonce>bm9uY2U=</wsse:Nonce></wsse:UsernameToken>"
        f"</wsse:Security></soap:Header><soap:Body><Ping apiKey=\"{sheet.make('opaque', 'SOAP attribute apiKey', 'XML attribute')}\"/></soap:Body></soap:Envelope>"
    )
    return [
        ("POST", ECHO, {"Content-Type": "application/json"}, body),
        ("POST", f"{SIGN}/restapi/v2.1/echo?graphql", {"Content-Type": "application/json"}, graphql),
        ("POST", f"{SIGN}/soap", {"Content-Type": "text/xml", "SOAPAction": '"Login"'}, soap),
        multipart(sheet),
        form(f"{SIGN}/error", {"user": "sam@example.com", "passwd": sheet.make("password", "form passwd, quoted by an error", "form"),
                               "passphrase": sheet.make("hard_password", "form passphrase, quoted by an error", "form")},
             Authorization=f"Bearer {sheet.make('opaque', 'Authorization, quoted by an error', 'header')}"),
    ]


def multipart(sheet):
    boundary = "----docket7MA4YWxkTrZu0gW"
    env = "\n".join([f"DB_PASSWORD={sheet.make('password', 'multipart file DB_PASSWORD', 'multipart')}", "REGION=eu",
                     f"export API_TOKEN='{sheet.make('opaque', 'multipart file API_TOKEN', 'multipart')}'"])
    part = json.dumps({"documentId": "1", "secretKey": sheet.make("opaque", "multipart JSON secretKey", "multipart")})
    fields = [
        ('name="apiKey"', sheet.make("opaque", "multipart field apiKey", "multipart")),
        ('name="password"', sheet.make("hard_password", "multipart field password", "multipart")),
        ('name="emailSubject"', "Please sign"),
        ('name="meta"; filename="meta.json"\r\nContent-Type: application/json', part),
        ('name="file"; filename="settings.env"\r\nContent-Type: text/plain', env),
        ('name="key"; filename="key.pem"\r\nContent-Type: application/x-pem-file', sheet.make("pem-pkcs8", "multipart file PEM", "multipart")),
    ]
    sheet.keep("emailSubject", "Please sign", "settings.env")
    body = "".join(f"--{boundary}\r\nContent-Disposition: form-data; {head}\r\n\r\n{value}\r\n" for head, value in fields)
    return "POST", f"{SIGN}/restapi/v2.1/echo?upload", {"Content-Type": f"multipart/form-data; boundary={boundary}"}, f"{body}--{boundary}--\r\n"


def reads(sheet):
    bearer = {"Authorization": f"Bearer {sheet.make('jwt', 'Authorization Bearer JWT', 'header', sub='sam', scp='signature')}"}
    paths = ["/restapi/v2.1/settings", "/notes", "/notes.txt", "/files/config.bin", "/files/config.gz", "/again"]
    return [("GET", f"{ENVELOPES}?from_date=2026-11-01&status=sent", bearer, None)] + [("GET", SIGN + path, {}, None) for path in paths]


def sign_calls(sheet):
    return headers(sheet) + queries(sheet) + bodies(sheet) + reads(sheet)
