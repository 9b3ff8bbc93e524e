"""SAML messages in both bindings, with a signature, a session index and an attribute that has to go."""

import zlib
from urllib.parse import quote

from mint import b64

ISSUER, AUDIENCE = "https://idp.example.org/metadata", "https://sign.example.com/saml"
SAML = 'xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"'


def deflated(text):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(text.encode()) + packer.flush()


def authn_request():
    return (
        f'<samlp:AuthnRequest {SAML} ID="_a1b2c3" Version="2.0" IssueInstant="2026-11-20T09:30:00Z" '
        f'AssertionConsumerServiceURL="{AUDIENCE}/acs"><saml:Issuer>{AUDIENCE}</saml:Issuer></samlp:AuthnRequest>'
    )


def logout_request(sheet, where="LogoutRequest"):
    index = sheet.make("opaque", f"{where} SessionIndex", "deflated SAML")
    return (
        f'<samlp:LogoutRequest {SAML} ID="_d4e5f6" Version="2.0" IssueInstant="2026-11-20T10:00:00Z">'
        f"<saml:Issuer>{AUDIENCE}</saml:Issuer><saml:NameID>sam@example.com</saml:NameID>"
        f"<samlp:SessionIndex>{index}</samlp:SessionIndex></samlp:LogoutRequest>"
    )


def response(sheet, where="SAMLResponse", encoding="base64 SAML"):
    signature = sheet.make("bytes", f"{where} SignatureValue", encoding, length=256)
    index = sheet.make("opaque", f"{where} SessionIndex", encoding)
    token = sheet.make("opaque", f"{where} attribute ApiToken", encoding)
    return (
        f'<samlp:Response {SAML} ID="_r1" Version="2.0" IssueInstant="2026-11-20T09:30:05Z" Destination="{AUDIENCE}/acs">'
        f"<saml:Issuer>{ISSUER}</saml:Issuer>"
        '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo><ds:SignatureMethod '
        'Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/></ds:SignedInfo>'
        f"<ds:SignatureValue>{signature}</ds:SignatureValue></ds:Signature>"
        '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>'
        f'<saml:Assertion ID="_x1" Version="2.0" IssueInstant="2026-11-20T09:30:05Z"><saml:Issuer>{ISSUER}</saml:Issuer>'
        '<saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">sam@example.com'
        "</saml:NameID></saml:Subject>"
        f'<saml:Conditions NotOnOrAfter="2026-11-20T09:35:05Z"><saml:AudienceRestriction><saml:Audience>{AUDIENCE}'
        "</saml:Audience></saml:AudienceRestriction></saml:Conditions>"
        f'<saml:AuthnStatement AuthnInstant="2026-11-20T09:30:05Z" SessionIndex="{index}"/>'
        '<saml:AttributeStatement><saml:Attribute Name="department"><saml:AttributeValue>Legal</saml:AttributeValue>'
        f'</saml:Attribute><saml:Attribute Name="ApiToken"><saml:AttributeValue>{token}</saml:AttributeValue>'
        "</saml:Attribute></saml:AttributeStatement></saml:Assertion></samlp:Response>"
    )


def redirect(sheet, name, message):
    """The query of a message by redirect, with its signature."""
    where = "LogoutRequest" if "Logout" in message else "AuthnRequest"
    signature = sheet.make("bytes", f"{where} redirect Signature", "percent", length=256)
    return "&".join([
        f"{name}={quote(b64(deflated(message)), safe='')}",
        "RelayState=%2Fhome",
        f"SigAlg={quote('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', safe='')}",
        f"Signature={quote(signature, safe='')}",
    ])
