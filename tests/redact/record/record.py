"""Records the service's traffic with three recorders, into HAR files; `make.sh` runs it.

    record.py OUT        writes OUT/*.har
"""

import asyncio
import json
import os
import ssl
import subprocess
import sys
import tempfile
from pathlib import Path

import requests
import urllib3
import websockets
from playwright.async_api import async_playwright

import calls
from mint import Sheet
from service import ACCOUNT, SIGN, listen

HERE = Path(__file__).parent
BROWSER = os.environ.get("BROWSER", "/usr/bin/chromium-headless-shell")
EVENTS = [
    *("Network." + name for name in [
        "requestWillBeSent", "requestWillBeSentExtraInfo", "requestServedFromCache", "responseReceived",
        "responseReceivedExtraInfo", "dataReceived", "loadingFinished", "loadingFailed", "resourceChangedPriority",
        "webSocketCreated", "webSocketWillSendHandshakeRequest", "webSocketHandshakeResponseReceived",
        "webSocketFrameSent", "webSocketFrameReceived", "webSocketClosed",
    ]),
    *("Page." + name for name in [
        "frameStartedLoading", "frameAttached", "frameScheduledNavigation", "loadEventFired", "domContentEventFired",
    ]),
]


def certificate(folder):
    """For this recording only."""
    names = ",".join(f"DNS:{name}" for name in ["*.example.com", "*.example.org"])
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=example.com", "-addext",
         f"subjectAltName={names}", "-keyout", folder / "key.pem", "-out", folder / "cert.pem"],
        check=True, capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context


def free_port():
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def frames(sheet):
    """What is sent on the web socket."""
    return [
        json.dumps({"type": "auth", "token": sheet.make("opaque", "ws JSON token", "JSON in JSON"), "channel": "envelopes"}),
        "Authorization: Bearer " + sheet.make("opaque", "ws text Bearer", "JSON string"),
        b"\x00\x02password=" + sheet.make("password", "ws binary password", "base64 frame").encode() + b"&v=1",
    ]


# The proxy's dump.

async def proxy(sheet, port, folder, out):
    at = free_port()
    process = await asyncio.create_subprocess_exec(
        Path(sys.executable).parent / "mitmdump", "-q", "--listen-host", "127.0.0.1", "-p", str(at), "--ssl-insecure",
        "--set", f"confdir={folder / 'mitm'}", "--set", f"hardump={out}", "--set", "connection_strategy=lazy",
        "-s", HERE / "upstream.py", env={**os.environ, "SERVICE_PORT": str(port)},
    )
    while True:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", at)
            writer.close()
            break
        except OSError:
            await asyncio.sleep(0.1)
    try:
        await asyncio.to_thread(walk_by_script, sheet, f"http://127.0.0.1:{at}")
        await talk(sheet, f"http://127.0.0.1:{at}")
    finally:
        process.terminate()
        await process.wait()


def walk_by_script(sheet, via):
    urllib3.disable_warnings()
    client = requests.Session()
    # A connection for each request: with one kept open, the proxy at times waits for ever.
    client.headers["Connection"] = "close"
    client.verify, client.proxies, client.trust_env = False, {"http": via, "https": via}, False
    client.get(f"{SIGN}/login")
    client.post(f"{SIGN}/login", calls.log_in(sheet) | {"csrf_token": sheet.make("opaque", "hidden field csrf_token", "HTML attribute")})
    client.get(f"{ACCOUNT}/oauth/auth?response_type=code&client_id={calls.CLIENT_ID}&state=st-1&scope=signature")
    client.get(f"{ACCOUNT}/oauth/auth?response_type=token&state=st-2")
    client.get(f"{SIGN}/saml/login")
    import saml
    from mint import b64
    client.post(f"{SIGN}/saml/acs", {"SAMLResponse": b64(saml.response(sheet)), "RelayState": "/home"})
    client.get("https://idp.example.org/slo?" + saml.redirect(sheet, "SAMLRequest", saml.logout_request(sheet)))
    client.get(f"{SIGN}/bounce")
    proxied = {"Proxy-Authorization": f"Basic {calls.pair(sheet, 'Proxy-Authorization Basic')}"}
    client.get(f"{calls.ECHO}?case=proxy", headers=proxied)
    client.get(f"{SIGN}/app.js?v=3&auth_token={sheet.make('opaque', 'script src auth_token')}")
    for method, url, headers, body in calls.oauth(sheet) + calls.sign_calls(sheet):
        client.request(method, url, headers=headers, data=body)


async def talk(sheet, via):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    url = f"wss://sign.example.com/ws?access_token={sheet.make('opaque', 'ws URL access_token', 'URL query')}"
    async with websockets.connect(url, proxy=via, ssl=context) as socket:
        for frame in frames(sheet):
            await socket.send(frame)
            await socket.recv()


# The browser, with either recorder.

async def browse(page, sheet):
    await page.goto(f"{SIGN}/login")
    for name, value in calls.log_in(sheet).items():
        await page.fill(f"[name={name}]", value)
    await page.click("button")
    await page.wait_for_load_state("networkidle")
    await page.goto(f"{ACCOUNT}/oauth/auth?response_type=code&client_id={calls.CLIENT_ID}&state=st-1&scope=signature")
    await page.goto(f"{ACCOUNT}/oauth/auth?response_type=token&state=st-2")
    await page.goto(f"{SIGN}/saml/login")
    await page.click("#go")
    await page.click("#out")
    await page.goto(f"{SIGN}/bounce")
    await page.goto(f"{ACCOUNT}/callback")
    await fetch(page, calls.oauth(sheet))
    await page.goto(f"{SIGN}/home")
    await fetch(page, calls.sign_calls(sheet))
    url = f"wss://sign.example.com/ws?access_token={sheet.make('opaque', 'ws URL access_token', 'URL query')}"
    sent = [{"text": frame} if isinstance(frame, str) else {"bytes": list(frame)} for frame in frames(sheet)]
    await page.evaluate(
        """([url, frames]) => new Promise((done) => {
            const socket = new WebSocket(url); socket.binaryType = "arraybuffer";
            const next = () => {
                const frame = frames.shift();
                if (!frame) { socket.onclose = done; socket.close(); return; }
                socket.send(frame.text ?? new Uint8Array(frame.bytes));
            };
            socket.onopen = next; socket.onmessage = next;
        })""",
        [url, sent],
    )


async def fetch(page, requests_):
    for method, url, headers, body in requests_:
        await page.evaluate(
            "async ([method, url, headers, body]) => { await (await fetch(url, {method, headers, body})).arrayBuffer(); }",
            [method, url, headers, body],
        )


async def browser(sheet, port, out, recorder):
    hosts = f"MAP *.example.com 127.0.0.1:{port}, MAP *.example.org 127.0.0.1:{port}"
    async with async_playwright() as play:
        chromium = await play.chromium.launch(executable_path=BROWSER, args=[f"--host-resolver-rules={hosts}", "--no-sandbox"])
        try:
            await recorder(chromium, sheet, out)
        finally:
            await chromium.close()


async def by_context(chromium, sheet, out):
    """The HAR that the browser's driver writes."""
    context = await chromium.new_context(ignore_https_errors=True, record_har_path=out, record_har_content="embed")
    await browse(await context.new_page(), sheet)
    await context.close()


async def by_protocol(chromium, sheet, out):
    """A HAR of the events that developer tools are told, initiators and their stacks included."""
    context = await chromium.new_context(ignore_https_errors=True)
    page = await context.new_page()
    session = await context.new_cdp_session(page)
    events, bodies, asked = [], {}, []

    async def body(request):
        try:
            bodies[request] = await session.send("Network.getResponseBody", {"requestId": request})
        except Exception:  # a redirect has none
            pass

    def heard(name):
        def note(params):
            events.append({"method": name, "params": params})
            if name == "Network.loadingFinished":
                asked.append(asyncio.create_task(body(params["requestId"])))
        return note

    for name in EVENTS:
        session.on(name, heard(name))
    for domain in ("Network", "Page"):
        await session.send(f"{domain}.enable")
    await browse(page, sheet)
    await asyncio.gather(*asked)
    for event in events:
        found = bodies.get(event["params"].get("requestId"))
        if event["method"] == "Network.responseReceived" and found:
            event["params"]["response"] |= {"body": found["body"], "encoding": "base64" if found["base64Encoded"] else None}
    done = subprocess.run(["node", HERE / "to_har.mjs"], input=json.dumps(events), capture_output=True, text=True, check=True)
    har = json.loads(done.stdout)
    note = sheet.make("opaque", "comment of an entry", "JSON string")
    har["log"]["entries"][3]["comment"] = f"fails since Monday; curl -H 'Authorization: Bearer {note}' works"
    out.write_text(json.dumps(har))
    await context.close()


# What the developer tools' HAR says in another way, or not at all.
NOT_IN_DEVTOOLS = {"urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer", "grant_type="}


async def record(out):
    sheets = []
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        tls = certificate(folder)
        for name, run in [
            ("proxy.har", lambda sheet, port, file: proxy(sheet, port, folder, file)),
            ("browser.har", lambda sheet, port, file: browser(sheet, port, file, by_context)),
            ("devtools.har", lambda sheet, port, file: browser(sheet, port, file, by_protocol)),
        ]:
            sheet, port = Sheet(name), free_port()
            server = listen(sheet, port, tls, calls.secrets(sheet))
            await run(sheet, port, out / name)
            server.stop()
            sheet.keep("RS256", "https://account.example.com", "1795824000", "https://idp.example.org/metadata", "HTTP/1.1",
                       "application/json", "Set-Cookie", "JSESSIONID", "https://sign.example.com/callback", "from_date=2026-11-01")
            if name == "devtools.har":
                sheet.ordinary = [value for value in sheet.ordinary if value not in NOT_IN_DEVTOOLS]
            sheets.append(sheet)
    return sheets
