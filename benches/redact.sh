#!/usr/bin/env bash
# Measures how fast `docket redact` is, and how much memory it takes whatever the size of the file.
#
#   benches/redact.sh                 # 10 MiB, 1 GiB and 4 GiB
#   SIZES="10 100" benches/redact.sh  # in MiB
#
# The file is made of the entries of the HAR files that the tests have, over and over. Each run is bound to one
# processor, and `cat` copies the same file beside it. Prints MB a second, how many times as long as the copy it
# took, and the most memory; fails where that is more than MEMORY MiB or there is less than SPEED MB a second.
#
# Needs bash, GNU time, taskset, cargo and python3. Settings, from the environment:
#   SIZES           in MiB                             10 1024 4096
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
  python3 - "$1" "$work/trace.har" tests/redact/corpus/*.har <<'PY'
import json, sys
size, path = int(sys.argv[1]) << 20, sys.argv[2]
entries = [json.dumps(e) for file in sys.argv[3:] for e in json.load(open(file))["log"]["entries"]]
with open(path, "w") as har:
    har.write('{"log":{"version":"1.2","creator":{"name":"docket","version":"1"},"entries":[\n')
    at = written = 0
    while written < size:
        entry = entries[at % len(entries)]
        har.write((",\n" if at else "") + entry)
        written += len(entry) + 2
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
