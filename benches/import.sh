#!/usr/bin/env bash
# Measures how fast cases get into a portal: one commit a case, shared commits, and `docket case import`.
#
#   benches/import.sh                      # 100000 cases: a few minutes, and not more than ten
#   COUNT=5000 benches/import.sh
#   DIR=/var/tmp/bench benches/import.sh   # on that disk
#
# The same made-up cases go to a fresh portal each time, over loopback: from a load generator with one
# connection (examples/load.rs), which is one commit a case; from the same with JOBS connections; and from an
# import with as many jobs, its reading and checking included. Waits for the disk decide much of it, so the
# portals are on the same disk, one after the other, and what a sync takes there is printed first.
#
# Prints cases a second, and fails when shared commits are less than SHARED times as fast as single ones, or an
# import is less than IMPORT times as fast as the load generator.
#
# Needs bash, curl, GNU time and cargo. Settings, from the environment:
#   COUNT            how many cases                     100000
#   SINGLE           how many of them one by one        COUNT / 10
#   JOBS             connections and jobs               16
#   SHARED, IMPORT   the ratios to hold                 5, 0.7
#   MOST             seconds that a portal may take     180
#   DIR              where the portals are              a temporary directory
set -euo pipefail
cd "$(dirname "$0")/.."

count=${COUNT:-100000} jobs=${JOBS:-16} shared=${SHARED:-5} import=${IMPORT:-0.7} most=${MOST:-180}
single=${SINGLE:-$((count / 10))}
work=$(mktemp -d ${DIR:+-p "$DIR"})
release=${CARGO_TARGET_DIR:-target}/release
docket=$release/docket load=$release/examples/load
pid=
finish() {
  [ -z "$pid" ] || { kill "$pid" 2>/dev/null && wait "$pid" || true; }
  rm -rf "$work"
}
trap finish EXIT

# Only what is set here reaches docket.
for name in $(compgen -e | grep ^DOCKET_ || true); do unset "$name"; done
cargo build --quiet --release --bin docket --example load
"$load" make "$count" >"$work/all.ndjson"
head -n "$single" "$work/all.ndjson" >"$work/single.ndjson"

# serve NAME: a fresh portal; leaves its address in $url
serve() {
  [ -z "$pid" ] || { kill "$pid" && wait "$pid" || true; }
  "$docket" portal serve --sample --data "$work/$1" --listen 127.0.0.1:0 2>"$work/$1.log" &
  pid=$!
  until url=$(grep -so 'http://[0-9.:]*' "$work/$1.log"); do
    kill -0 "$pid" 2>/dev/null || { cat "$work/$1.log" >&2; exit 1; }
    sleep 0.05
  done
}

late() { echo "$1 cases aren't in the portal: it has failed, or took longer than $most s (MOST)" >&2; exit 1; }

LC_ALL=C dd if=/dev/zero of="$work/sync" bs=8k count=500 oflag=dsync 2>&1 |
  awk '/copied/ { for (i = 1; i < NF; i++) if ($(i + 1) == "s,") printf "a sync takes %.2f ms\n", $i * 2 }'

serve one
one=$(timeout "$most" "$load" send "$url" 1 "$work/single.ndjson") || late "$single"
printf '%-38s %8.0f cases/s\n' "one commit a case" "$one"

serve many
many=$(timeout "$most" "$load" send "$url" "$jobs" "$work/all.ndjson") || late "$count"
printf '%-38s %8.0f cases/s\n' "$jobs connections" "$many"

serve import
token=$(curl -sf "$url/v1/login" -H 'Content-Type: application/json' \
  -d '{"email":"kim@example.com","password":"sample-password"}' | grep -o '"token":"[^"]*"' | cut -d'"' -f4)
began=$(date +%s%N)
DOCKET_CONFIG_DIR=$work/config DOCKET_DATA_DIR=$work/data DOCKET_PORTAL=$url DOCKET_TOKEN=$token \
  timeout "$most" "$(type -P time)" -f %M -o "$work/memory" "$docket" case import "$work/all.ndjson" --jobs "$jobs" 2>"$work/said" ||
  { cat "$work/said" >&2; late "$count"; }
filed=$(awk -v count="$count" -v took="$(($(date +%s%N) - began))" 'BEGIN { print count / took * 1e9 }')
printf '%-38s %8.0f cases/s, %d MB of memory\n' "docket case import --jobs $jobs" "$filed" \
  "$(($(<"$work/memory") / 1024))"

awk -v one="$one" -v many="$many" -v filed="$filed" -v shared="$shared" -v import="$import" 'BEGIN {
  printf "shared commits : one commit a case = %.1f, to be at least %s\n", many / one, shared
  printf "import : load generator = %.2f, to be at least %s\n", filed / many, import
  exit many < shared * one || filed < import * many }'
