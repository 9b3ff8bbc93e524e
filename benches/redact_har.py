"""Writes a HAR file as a browser saves it: SIZE in MiB, PATH.

The recorded entries of tests/redact/corpus/devtools.har, with some 25 secrets each; with each of them a picture or font
in base64 and, with every other one, a program. DENSE=1 in the environment leaves the pictures and programs out.
"""

import base64
import glob
import json
import os
import random
import sys

size, path, dense = int(sys.argv[1]) << 20, sys.argv[2], os.environ.get("DENSE")
random.seed(1)
recorded = [json.dumps(entry) for entry in json.load(open("tests/redact/corpus/devtools.har"))["log"]["entries"]]
sources = [open(file).read() for file in sorted(glob.glob("src/**/*.rs", recursive=True))]
heads = [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\xff\xd8\xff\xe0\0\x10JFIF", b"RIFF\0\x40\0\0WEBPVP8 ", b"wOF2\0\1\0\0"]


def entry(content):
    request = {"method": "GET", "url": "https://cdn.example.com/a/b", "headers": [], "cookies": []}
    response = {"status": 200, "headers": [], "content": content}
    return json.dumps({"request": request, "response": response})


def media():
    file = random.choice(heads) + random.randbytes(random.randrange(20_000, 100_000))
    return entry({"mimeType": "image/png", "encoding": "base64", "text": base64.b64encode(file).decode()})


def program():
    text = "".join(random.choice(sources) for _ in range(8))
    return entry({"mimeType": "text/javascript", "text": text[: random.randrange(20_000, 100_000)]})


pictures, programs = [media() for _ in range(40)], [program() for _ in range(40)]
with open(path, "w") as har:
    har.write('{"log":{"version":"1.2","creator":{"name":"docket","version":"1"},"entries":[\n')
    at = written = 0
    while written < size:
        entries = [recorded[at % len(recorded)]]
        if not dense:
            entries += [random.choice(pictures)] + [random.choice(programs)] * (at % 2)
        text = ",\n".join(entries)
        har.write((",\n" if at else "") + text)
        written += len(text) + 2
        at += 1
    har.write("\n]}}\n")
