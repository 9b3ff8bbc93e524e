#!/usr/bin/env bash
# Measures how fast a large file is attached, against curl sending the same bytes to the same portal, and how
# much memory docket and the portal take for it.
#
#   benches/attach.sh
#   RUNS=5 SIZES='10 1024' benches/attach.sh
#
# It serves a portal on loopback and attaches a file of 1 GiB in turns with docket and with curl, which
# announces it with tus and sends it in one PATCH: no checksums, no digest, nothing to go on from. Neither looks
# for secrets there; how long it takes with that is told beside it. Then it attaches files of each of SIZES
# once, each with a portal of its own. Prints the medians in seconds, docket's throughput : curl's, and the peak
# memory of both sides. Fails when a bound is missed: 0.8 times the throughput, 32 MiB of memory.
#
# The file is read once before, so that neither program pays for the disk it comes from; both end when all of
# it is on the portal's disk. The portal's memory is that of serving attachments: its users are made and logged
# in before it is started once more, because an argon2id hash takes 19 MiB by design. What a portal that serves
# nothing takes is printed beside it.
#
# Needs Linux, bash, curl, cargo and GNU time, and 10 GB of room. Settings, from the environment:
#   RUNS      runs of each program                 3
#   SIZES     sizes for the memory, in MiB         10 1024 4096
#   DOCKET    a binary to measure, in place of building one
#   DIR       where the files go                   a temporary folder
set -euo pipefail
cd "$(dirname "$0")/.."

runs=${RUNS:-3} sizes=${SIZES:-10 1024 4096}
docket=${DOCKET:-${CARGO_TARGET_DIR:-target}/release/docket}
dir=$(mktemp -d "${DIR:-${TMPDIR:-/tmp}}/attach.XXXXXX")
pid=
stop() { [ -z "$pid" ] || { kill "$pid" 2>/dev/null && wait "$pid" || true; }; pid=; }
finish() { stop; rm -rf "$dir"; }
trap finish EXIT

# Only what is set here reaches docket.
for name in $(compgen -e | grep ^DOCKET_ || true); do unset "$name"; done
[ -n "${DOCKET:-}" ] || cargo build --quiet --release
export DOCKET_CONFIG_DIR=$dir/config DOCKET_DATA_DIR=$dir/data DOCKET_ACCOUNT=1001

# start OPTION…: the portal, and its address
start() {
  stop
  "$docket" portal serve "$@" --data "$dir/portal" --listen 127.0.0.1:0 --max-attachment 5GB 2>"$dir/log" &
  pid=$!
  until url=$(grep -so 'http://[0-9.:]*' "$dir/log"); do sleep 0.05; done
  export DOCKET_PORTAL=$url
}
peak() { awk '/VmHWM/ { print $2 / 1024 }' "/proc/$pid/status"; }
# serve: a new portal with a case; a token and the case's number
serve() {
  rm -rf "$dir/portal"
  start --sample
  token=$(curl -sf "$url/v1/login" -H 'Content-Type: application/json' \
    -d '{"email":"sam@example.com","password":"sample-password"}' | grep -o '"token":"[^"]*"' | cut -d'"' -f4)
  export DOCKET_TOKEN=$token
  number=$("$docket" case new --from examples/envelope-stuck.yaml --jq .number -q | tr -d '"')
  start
}
# file MIB: a file of that size, in the page cache
file() {
  head -c "$(($1 << 20))" /dev/urandom >"$dir/file"
  sync "$dir/file"
  cat "$dir/file" >/dev/null
}
with_docket() { "$docket" case attach "$number" "$dir/file" --redact "${1:-auto}" -q >/dev/null; }
with_curl() {
  local tus=(-H "Authorization: Bearer $token" -H 'Tus-Resumable: 1.0.0') upload
  upload=$(curl -sf -X POST "$url/v1/cases/$number/attachments" "${tus[@]}" -D - \
    -H "Upload-Length: $(stat -c %s "$dir/file")" -H "Upload-Metadata: filename $(printf file | base64)" |
    tr -d '\r' | sed -n 's/^location: //p')
  curl -sf -X PATCH "$url$upload" "${tus[@]}" -T "$dir/file" -H 'Expect:' -H 'Upload-Offset: 0' \
    -H 'Content-Type: application/offset+octet-stream'
}
seconds() { local TIMEFORMAT=%R; { time "$@" >&3 2>&4; } 3>&1 4>&2 2>&1 | tail -n1; }
median() { sort -n | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'; }

failed=0
# verdict NAME VALUE UNIT SIGN BOUND
verdict() {
  awk -v name="$1" -v value="$2" -v unit="$3" -v sign="$4" -v bound="$5" 'BEGIN {
    missed = sign == "least" ? value < bound : value > bound
    printf "%-34s %8.2f %-4s at %s %g%s\n", name, value, unit, sign, bound, missed ? "  MISSED" : ""
    exit missed }' || failed=1
}

file 1024
serve
for ((run = 0; run < runs; run++)); do
  seconds with_docket off >>"$dir/docket"
  seconds with_curl >>"$dir/curl"
  # Both wrote 1 GiB: neither is to pay for what the other left to be written.
  sync
done
docket_took=$(median <"$dir/docket") curl_took=$(median <"$dir/curl")
printf '%-34s %8.2f s    curl %.2f s\n' '1 GiB' "$docket_took" "$curl_took"
printf '%-34s %8.2f s\n' '  secrets looked for' "$(seconds with_docket auto)"
verdict 'throughput, docket : curl' "$(awk -v d="$docket_took" -v c="$curl_took" 'BEGIN { print c / d }')" × least 0.8

for size in $sizes; do
  file "$size"
  serve
  idle=$(peak)
  command time -f %M -o "$dir/memory" "$docket" case attach "$number" "$dir/file" -q >/dev/null
  verdict "$size MiB, memory of docket" "$(awk '{ print $1 / 1024 }' "$dir/memory")" MiB most 32
  verdict "$size MiB, memory of the portal" "$(peak)" MiB most 32
  printf '%-34s %8.2f MiB\n' '  before the file came' "$idle"
done
exit "$failed"
