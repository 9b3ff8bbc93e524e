#!/usr/bin/env bash
# Measures how fast `docket redact` is, and how much memory it takes whatever the size of the file.
#
#   benches/redact.sh                 # 10 MiB, 1 GiB and 4 GiB
#   SIZES="10 100" benches/redact.sh  # in MiB
#
# The file is what a browser saves of a site (redact_har.py). `DENSE=1` leaves its pictures and programs out, so that
# there is a secret every 200 bytes. Each run is bound to one processor; beside the one that writes a file, `cat` copies
# the same file, and one is redacted to nowhere, which the disk has no part in. Prints MB a second, how many times as
# long as the copy it took, and the most memory; fails where that is more than MEMORY MiB, or a file of a GiB or more
# takes less than SPEED MB a second.
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

timed() { # file, command…: its seconds and its memory in MiB
  local out=$1
  shift
  taskset -c 0 /usr/bin/time -f '%e %M' -o "$work/time" "$@" >"$out" 2>/dev/null
  awk '{ printf "%.2f %.1f\n", $1, $2 / 1024 }' "$work/time"
}

failed=0
for size in ${SIZES:-10 1024 4096}; do
  python3 benches/redact_har.py "$size" "$work/trace.har"
  bytes=$(stat -c %s "$work/trace.har")
  read -r copy _ < <(timed /dev/null cat "$work/trace.har")
  read -r copy _ < <(timed "$work/copy" cat "$work/trace.har")
  rm "$work/copy"
  read -r took most < <(timed /dev/null env -i "$docket" redact "$work/trace.har" -o "$work/clean.har")
  read -r alone _ < <(timed /dev/null env -i "$docket" redact "$work/trace.har" -o -)
  awk -v size="$size" -v bytes="$bytes" -v took="$took" -v alone="$alone" -v most="$most" -v copy="$copy" -v speed="$speed" -v memory="$memory" '
    function rate(seconds) { return bytes / 1e6 / (seconds > 0 ? seconds : 0.01) }
    BEGIN {
      printf "%5d MiB: %6.2f s, %4.0f MB/s, %.1f times a copy (%.2f s), %.1f MiB of memory", size, took, rate(took), took / (copy > 0 ? copy : 0.01), copy, most
      printf "; to nowhere %.2f s, %4.0f MB/s\n", alone, rate(alone)
      exit (size >= 1024 && rate(took) < speed) || most > memory
    }' || failed=1
  rm -f "$work"/*.har "$work/copy"
done
exit "$failed"
