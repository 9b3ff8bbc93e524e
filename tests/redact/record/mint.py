"""Makes secrets that are worth nothing but right in form, and keeps the list of where each was planted.

Every value follows from a seed, the file it is planted in and the place, so a recording that is made again has
the same ones, in whatever order requests happen to run.
"""

import base64
import json
import random
import string
import zlib
from dataclasses import dataclass, field

SEED = "docket-redact-1"
ALNUM = string.ascii_letters + string.digits
BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase
URLSAFE = ALNUM + "-_"
HEX = "0123456789abcdef"
# Shorter values stand in a file by chance as well, so they are looked for together with what is around them.
SHORTEST = 8


def b64(data, safe=False):
    data = data.encode() if isinstance(data, str) else data
    return (base64.urlsafe_b64encode if safe else base64.b64encode)(data).decode()


def b64url(data):
    return b64(data, safe=True).rstrip("=")


class Chance(random.Random):
    def of(self, alphabet, length):
        return "".join(self.choice(alphabet) for _ in range(length))

    def opaque(self, length=32):
        # A digit and both cases, so that nobody takes it for a word.
        return self.choice("KQXZ") + self.choice("78") + self.choice("jqxz") + self.of(ALNUM, length - 3)

    def password(self):
        return self.choice("KQXZ") + self.of(ALNUM, 5) + self.choice("!*$") + self.of(ALNUM, 5) + "9"

    def hard_password(self):
        """With characters that every encoding writes in another way."""
        return self.of(ALNUM, 5) + "+/" + self.of(ALNUM, 4) + "&=\"" + self.of(ALNUM, 4) + "%<" + self.of(ALNUM, 3)

    def uuid(self):
        raw = self.of(HEX, 32)
        return f"{raw[:8]}-{raw[8:12]}-4{raw[13:16]}-a{raw[17:20]}-{raw[20:]}"

    def checked(self, prefix, length=30):
        """A token whose last six characters are the checksum of those before, as on GitHub and npm."""
        body = self.of(BASE62, length)
        number, check = zlib.crc32(body.encode()), ""
        for _ in range(6):
            number, digit = divmod(number, 62)
            check = BASE62[digit] + check
        return prefix + body + check

    def card(self, prefix, length):
        body = prefix + self.of(string.digits, length - 1 - len(prefix))
        total = 0
        for at, digit in enumerate(reversed(body)):
            number = int(digit) * (2 if at % 2 == 0 else 1)
            total += number - 9 if number > 9 else number
        return body + str(-total % 10)

    def iban(self, country, account):
        digits = "".join(str(int(c, 36)) for c in account + country + "00")
        return f"{country}{98 - int(digits) % 97:02}{account}"

    def jwt(self, algorithm="RS256", **claims):
        """The token, and its signature: the part that makes it worth stealing."""
        size = {"HS256": 32, "ES256": 64, "RS256": 256, "PS256": 256}[algorithm]
        head = {"typ": "JWT", "alg": algorithm, "kid": "key-2026-11"}
        body = {"iss": "https://account.example.com", "aud": "docket-corpus", "exp": 1795824000, **claims}
        signature = b64url(self.randbytes(size))
        packed = [b64url(json.dumps(part, separators=(",", ":"))) for part in (head, body)]
        return ".".join([*packed, signature]), signature

    def pem(self, label):
        starts = {
            "RSA PRIVATE KEY": "308204a40201000282010100",
            "PRIVATE KEY": "308204be020100300d06092a864886f70d0101010500048204a8308204a40201000282010100",
            "EC PRIVATE KEY": "307702010104204",
            "ENCRYPTED PRIVATE KEY": "308204fe302806092a864886f70d010c0103301a0414",
            "OPENSSH PRIVATE KEY": b"openssh-key-v1\0".hex() + "000000046e6f6e65000000046e6f6e65",
            "PGP PRIVATE KEY BLOCK": "9503be04",
        }
        start = starts[label]
        size = {"EC PRIVATE KEY": 121, "OPENSSH PRIVATE KEY": 380}.get(label, 700)
        body = b64(bytes.fromhex(start[: len(start) // 2 * 2]) + self.randbytes(size))
        lines = [body[at : at + 64] for at in range(0, len(body), 64)]
        if label.startswith("PGP"):
            lines = ["", *lines, "=" + b64(self.randbytes(3))]
        return "\n".join([f"-----BEGIN {label}-----", *lines, f"-----END {label}-----"])


def _azure_secret(c):
    return c.of(ALNUM, 3) + "8Q~" + c.of(ALNUM + "-._~", 34)


# Values that are told by their form alone.
SHAPES = {
    "jwt-hs256": lambda c: c.jwt("HS256", sub=c.uuid()),
    "jwt-es256": lambda c: c.jwt("ES256", sub=c.uuid()),
    "jwt-rs256": lambda c: c.jwt("RS256", sub=c.uuid(), scope="signature impersonation"),
    "pem-rsa": lambda c: c.pem("RSA PRIVATE KEY"),
    "pem-pkcs8": lambda c: c.pem("PRIVATE KEY"),
    "pem-ec": lambda c: c.pem("EC PRIVATE KEY"),
    "pem-encrypted": lambda c: c.pem("ENCRYPTED PRIVATE KEY"),
    "pem-openssh": lambda c: c.pem("OPENSSH PRIVATE KEY"),
    "pem-pgp": lambda c: c.pem("PGP PRIVATE KEY BLOCK"),
    "aws-key-id": lambda c: "AKIA" + c.of(string.ascii_uppercase + "234567", 16),
    "aws-temporary-id": lambda c: "ASIA" + c.of(string.ascii_uppercase + "234567", 16),
    "gcp-api-key": lambda c: "AIza" + c.of(URLSAFE, 34) + "x",
    "gcp-client-secret": lambda c: "GOCSPX-" + c.of(ALNUM, 28),
    "gcp-access-token": lambda c: "ya29.a0" + c.of(URLSAFE, 120) + "x",
    "azure-client-secret": _azure_secret,
    "github-personal": lambda c: c.checked("ghp_"),
    "github-oauth": lambda c: c.checked("gho_"),
    "github-user": lambda c: c.checked("ghu_"),
    "github-server": lambda c: c.checked("ghs_"),
    "github-refresh": lambda c: c.checked("ghr_", 70),
    "github-fine-grained": lambda c: "github_pat_" + c.of(ALNUM, 22) + "_" + c.of(ALNUM, 59),
    "gitlab-personal": lambda c: "glpat-" + c.of(ALNUM, 20),
    "gitlab-runner": lambda c: "glrt-" + c.of(ALNUM, 20),
    "gitlab-deploy": lambda c: "gldt-" + c.of(ALNUM, 20),
    "npm": lambda c: c.checked("npm_"),
    "pypi": lambda c: "pypi-AgEIcHlwaS5vcmc" + c.of(URLSAFE, 100) + "x",
    "slack-bot": lambda c: f"xoxb-{c.of('123456789', 12)}-{c.of('123456789', 13)}-{c.of(ALNUM, 24)}",
    "slack-user": lambda c: "xoxp-" + "-".join(c.of("123456789", 12) for _ in range(3)) + "-" + c.of(HEX, 32),
    "slack-app": lambda c: f"xapp-1-A{c.of(string.ascii_uppercase, 10)}-{c.of('123456789', 13)}-{c.of(HEX, 64)}",
    "discord-bot": lambda c: f"{b64url(c.of('123456789', 18))}.{c.of(ALNUM, 6)}.{c.of(ALNUM, 38)}",
    "stripe-secret": lambda c: "sk_live_" + c.of(ALNUM, 24),
    "stripe-restricted": lambda c: "rk_live_" + c.of(ALNUM, 24),
    "stripe-webhook": lambda c: "whsec_" + c.of(ALNUM, 32),
    "twilio-key": lambda c: "SK" + c.of(HEX, 32),
    "sendgrid": lambda c: f"SG.{c.of(ALNUM, 22)}.{c.of(ALNUM, 43)}",
    "mailgun": lambda c: "key-" + c.of(HEX, 32),
    "shopify-admin": lambda c: "shpat_" + c.of(HEX, 32),
    "shopify-secret": lambda c: "shpss_" + c.of(HEX, 32),
    "openai": lambda c: "sk-" + c.of(ALNUM, 20) + "T3BlbkFJ" + c.of(ALNUM, 20),
    "openai-project": lambda c: "sk-proj-" + c.of(ALNUM, 74) + "T3BlbkFJ" + c.of(ALNUM, 74),
    "anthropic": lambda c: "sk-ant-api03-" + c.of(ALNUM, 93) + "AA",
    "telegram": lambda c: f"{c.of('123456789', 10)}:AA{c.of(ALNUM, 33)}",
    "digitalocean": lambda c: "dop_v1_" + c.of(HEX, 64),
    "digitalocean-refresh": lambda c: "dor_v1_" + c.of(HEX, 64),
    "vault-service": lambda c: "hvs.CAESI" + c.of(ALNUM, 86),
    "vault-batch": lambda c: "hvb.AAAAAQ" + c.of(ALNUM, 130),
    "terraform-cloud": lambda c: f"{c.of(ALNUM, 14)}.atlasv1.{c.of(ALNUM, 67)}",
    "card-visa": lambda c: c.card("4", 16),
    "card-mastercard": lambda c: c.card("53", 16),
    "card-amex": lambda c: c.card("37", 15),
    "iban-de": lambda c: c.iban("DE", c.of(string.digits, 18)),
    "iban-gb": lambda c: c.iban("GB", "EXMP" + c.of(string.digits, 14)),
    "iban-fr": lambda c: c.iban("FR", c.of(string.digits, 23)),
}

# Names that give a value away, as words; and the ways in which programs spell them.
NAMES = [
    "password", "passwd", "pwd", "passphrase", "user password", "db password", "new password", "client secret",
    "secret key", "app secret", "access token", "refresh token", "id token", "auth token", "session token",
    "csrf token", "xsrf token", "api key", "api secret", "private key", "code verifier", "device code",
    "session id", "encryption key", "signing secret", "webhook secret", "bearer token", "access key",
]
SPELLINGS = {
    "kebab": "-".join,
    "snake": "_".join,
    "camel": lambda words: words[0] + "".join(word.title() for word in words[1:]),
    "pascal": lambda words: "".join(word.title() for word in words),
    "screaming": lambda words: "_".join(words).upper(),
    "dotted": ".".join,
}


def spelt(name, spelling):
    return SPELLINGS[spelling](name.split())


@dataclass
class Sheet:
    """The canaries of one file of the corpus, and the ordinary values that it must keep."""

    file: str
    canaries: list = field(default_factory=list)
    ordinary: list = field(default_factory=list)
    planted: dict = field(default_factory=dict)

    def chance(self, *of):
        return Chance("/".join([SEED, self.file, *map(str, of)]))

    def note(self, value, kind, where, encoding="plain", context=None):
        """Adds a line to the list. `context` is what a value that is short is looked for with."""
        if len(value) < SHORTEST and not context:
            raise ValueError(f"{kind} at {where} is too short to be looked for alone")
        line = {"value": value, "kind": kind, "file": self.file, "where": where, "encoding": encoding}
        if context:
            line["context"] = [context] if isinstance(context, str) else context
        if line not in self.canaries:
            self.canaries.append(line)
        return value

    def make(self, kind, where, encoding="plain", length=32, **more):
        """A new secret, listed; what has to be written. The same place gets the same one again."""
        key = (kind, where)
        if key in self.planted:
            return self.planted[key]
        chance = self.chance(*key)
        if kind in SHAPES:
            made = SHAPES[kind](chance)
        elif kind == "jwt":
            made = chance.jwt(more.pop("algorithm", "RS256"), **more)
        elif kind == "opaque":
            made = chance.opaque(length)
        elif kind == "hex":
            made = chance.of(HEX, length)
        elif kind == "bytes":
            made = b64(chance.randbytes(length))
        else:
            made = getattr(chance, kind)()
        text, secret = made if isinstance(made, tuple) else (made, made)
        self.note(secret, kind, where, encoding)
        self.planted[key] = text
        return text

    def digits(self, kind, where, length, written, encoding="plain"):
        """A short number, with how it is written: `written` has a `{}` in its place."""
        value = self.chance(kind, where).of("123456789", length)
        forms = [written] if isinstance(written, str) else written
        self.note(value, kind, where, encoding, [form.replace("{}", value) for form in forms])
        return value

    def keep(self, *values):
        for value in values:
            if value not in self.ordinary:
                self.ordinary.append(value)
