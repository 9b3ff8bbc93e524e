#!/usr/bin/env bash
# Measures how fast `docket redact` is, and how much memory it takes whatever the size of the file.
#
#   benches/redact.sh                 # 10 MiB, 1 GiB and 4 GiB
#   SIZES="10 100" benches/redact.sh  # in MiB
#
# The file is what a browser saves of a site: the entries of the HAR file that the tests have, with some 25 secrets
# each, and with each of them a picture or font in base64 and, with every other one, a program. `DENSE=1` leaves the
# pictures and the programs out, so that there is a secret every 200 bytes. Each run is bound to one processor, and
# `cat` copies the same file beside it. Prints MB a second, how many times as long as the copy it took, and the most
# memory; fails where that is more than MEMORY MiB or there is less than SPEED MB a second.
#
# Needs bash, GNU time, taskset, cargo and python3. Settings, from the environment:
#   SIZES           in MiB                             10 1024 4096
#   DENSE           with secrets alone                 unset
#   SPEED, MEMORY   what to hold                       250, 64
#   DIR             where the files are                a temporary directory
set -euo pipefail
cd "$(dirname "$0")/.."

speed=${SPEED:-250} memory=${MEMORY:-64}
work=$(mktemp -d ${DIR:+-p "$DIR"})
trap 'rm -rf "$work"' EXIT
docket=${CARGO_TARGET_DIR:-target}/release/docket
cargo build --quiet --release --bin docket

make_har() {
  python3 - "$1" "$work/trace.har" <<'PY'
import base64, glob, json, os, random, sys
size, path, dense = int(sys.argv[1]) << 20, sys.argv[2], os.environ.get("DENSE")
random.seed(1)
recorded = [json.dumps(e) for e in json.load(open("tests/redact/corpus/devtools.har"))["log"]["entries"]]
sources = [open(file).read() for file in sorted(glob.glob("src/**/*.rs", recursive=True))]
heads = [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\xff\xd8\xff\xe0\0\x10JFIF", b"RIFF\0\x40\0\0WEBPVP8 ", b"wOF2\0\1\0\0"]

def entry(content):
    request = {"method": "GET", "url": "https://cdn.example.com/a/b", "headers": [], "cookies": []}
    return json.dumps({"request": request, "response": {"status": 200, "headers": [], "content": content}})

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
PY
}

timed() { # file, command…: its seconds and its memory in MiB
  local out=$1
  shift
  taskset -c 0 /usr/bin/time -f '%e %M' -o "$work/time" "$@" >"$out" 2>/dev/null
  awk '{ printf "%.2f %.1f\n", $1, $2 / 1024 }' "$work/time"
}

failed=0
for size in ${SIZES:-10 1024 4096}; do
  make_har "$size"
  bytes=$(stat -c %s "$work/trace.har")
  read -r copy _ < <(timed /dev/null cat "$work/trace.har")
  read -r copy _ < <(timed "$work/copy" cat "$work/trace.har")
  read -r took most < <(timed "$work/copy" env -i "$docket" redact "$work/trace.har" -o "$work/clean.har")
  awk -v size="$size" -v bytes="$bytes" -v took="$took" -v most="$most" -v copy="$copy" -v speed="$speed" -v memory="$memory" 'BEGIN {
    rate = bytes / 1e6 / (took > 0 ? took : 0.01)
    printf "%5d MiB: %6.2f s, %4.0f MB/s, %.1f times a copy (%.2f s), %.1f MiB of memory\n", size, took, rate, took / (copy > 0 ? copy : 0.01), copy, most
    exit (size >= 1024 && rate < speed) || most > memory
  }' || failed=1
  rm -f "$work"/*.har "$work/copy"
done
exit "$failed"
