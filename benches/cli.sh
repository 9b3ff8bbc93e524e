#!/usr/bin/env bash
# Measures what docket costs its user, against curl where curl can do the same, and against fixed bounds.
#
#   benches/cli.sh
#   ONLY='case new' RUNS=100 benches/cli.sh
#   DOCKET=/usr/bin/docket CLIENT=target/client/release/docket benches/cli.sh
#
# It serves a portal with CASES made-up cases (examples/seed.rs) on loopback, and runs pairs of commands in
# turns, so that whatever else the machine does hits both. For each pair it prints the medians in milliseconds
# and docket : curl, then the peak memory of each docket, and the sizes of the binary with and without the
# portal. Fails when a bound is missed.
#
# What is compared:
#   --version        the start of either program
#   case list        the same first page of 30 cases, as JSON
#   case new         the same POST; docket reads and checks a file, writes its outbox to the disk before it
#                    sends, and takes it out after. A portal answers a repeated idempotency key from memory,
#                    so every run, of either, has a key of its own: docket makes one by itself, and curl,
#                    which can't, is given a file by `sh` that puts one in. docket is started through the
#                    same `sh`, so that neither pays for it alone
#   __complete       what pressing Tab takes, with a form, accounts and 200 cases in the cache
#
# Needs Linux, bash, curl, hyperfine, cargo and GNU time. Settings, from the environment:
#   RUNS             runs of each command                       100
#   CASES            how many cases the portal has              2000
#   ONLY             a regular expression of rows to measure    .
#   DOCKET, CLIENT   binaries to measure, in place of building them
set -euo pipefail
cd "$(dirname "$0")/.."

runs=${RUNS:-100} cases=${CASES:-2000} only=${ONLY:-.}
target=${CARGO_TARGET_DIR:-target}
docket=${DOCKET:-$target/release/docket} client=${CLIENT:-$target/client/release/docket}
dir=$(mktemp -d)
pid=
finish() {
  [ -z "$pid" ] || { kill "$pid" 2>/dev/null && wait "$pid" || true; }
  rm -rf "$dir"
}
trap finish EXIT

# Only what is set here reaches docket.
for name in $(compgen -e | grep ^DOCKET_ || true); do unset "$name"; done
[ -n "${DOCKET:-}" ] || cargo build --quiet --release
[ -n "${CLIENT:-}" ] || cargo build --quiet --release --no-default-features --target-dir "$target/client"
# By itself: an example is built with what tests need, and docket isn't to be.
cargo build --quiet --release --example seed

"$target/release/examples/seed" "$dir/portal" "$cases"
"$docket" portal serve --sample --data "$dir/portal" --listen 127.0.0.1:0 2>"$dir/log" &
pid=$!
until url=$(grep -so 'http://[0-9.:]*' "$dir/log"); do sleep 0.05; done
token=$(curl -sf "$url/v1/login" -H 'Content-Type: application/json' \
  -d '{"email":"sam@example.com","password":"sample-password"}' | grep -o '"token":"[^"]*"' | cut -d'"' -f4)
export DOCKET_CONFIG_DIR=$dir/config DOCKET_DATA_DIR=$dir/data DOCKET_PORTAL=$url DOCKET_ACCOUNT=1001
export DOCKET_TOKEN=$token
cp examples/envelope-stuck.yaml "$dir/case.yaml"
# Fills the cache, and says what the request is that curl is to send.
"$docket" case list --limit 200 --json --quiet >/dev/null
"$docket" case new --from "$dir/case.yaml" --dry-run --jq '.body | tojson' >"$dir/case.json"
cat >"$dir/new-with-curl" <<END
read -r key </proc/sys/kernel/random/uuid
exec curl -sf -o /dev/null -H 'Authorization: Bearer $token' -H 'Content-Type: application/json' \\
  -H "Idempotency-Key: \$key" --data-binary @$dir/case.json $url/v1/cases
END
cat >"$dir/new-with-docket" <<END
read -r key </proc/sys/kernel/random/uuid
exec $docket case new --from $dir/case.yaml --json
END

# medians COMMAND…: the median of each, in ms; rounds of a few runs alternate
medians() {
  local round
  for round in 1 2 3 4 5; do
    hyperfine --shell=none --warmup 3 --runs "$((runs / 5))" --style none --export-csv "$dir/round" \
      --output null "$@" >/dev/null 2>"$dir/why" || { cat "$dir/why" >&2; exit 1; }
    tail -n "$#" "$dir/round" | awk -F, '{ print NR, $(NF-4) * 1000 }'
  done | sort -k1,1n -k2,2n | awk '{ v[$1, ++n[$1]] = $2 } END {
    for (i = 1; (i, 1) in v; i++) printf "%.2f ", (v[i, int((n[i] + 1) / 2)] + v[i, int(n[i] / 2) + 1]) / 2 }'
}

failed=0
# verdict NAME VALUE UNIT BOUND: a line, and whether the bound holds
verdict() {
  awk -v name="$1" -v value="$2" -v unit="$3" -v bound="$4" 'BEGIN {
    missed = value > bound
    printf "%-34s %8.2f %-4s at most %g%s\n", name, value, unit, bound, missed ? "  MISSED" : ""
    exit missed }' || failed=1
}
# against NAME BOUND DOCKET CURL: how many times as long docket takes
against() {
  [[ $1 =~ $only ]] || return 0
  local times
  times=$(medians "$3" "$4")
  awk -v name="$1" -v times="$times" 'BEGIN {
    split(times, t, " "); printf "%-34s %8.2f ms   curl %.2f ms\n", name, t[1], t[2] }'
  verdict "$1, docket : curl" "$(awk -v times="$times" 'BEGIN { split(times, t, " "); print t[1] / t[2] }')" × "$2"
}
# memory NAME COMMAND…: the most that it had in memory
memory() {
  [[ "$1 memory" =~ $only ]] || return 0
  local name=$1
  shift
  command time -f %M -o "$dir/memory" "$@" >/dev/null 2>&1
  verdict "$name, memory" "$(awk '{ print $1 / 1024 }' "$dir/memory")" MiB 20
}
# size NAME FILE BOUND: in megabytes
size() {
  [[ "$1" =~ $only ]] || return 0
  verdict "$1" "$(awk -v bytes="$(wc -c <"$2")" 'BEGIN { print bytes / 1e6 }')" MB "$3"
}

list="$url/v1/cases?account=1001&limit=30&sort=updated"
against '--version' 1.0 "$docket --version" 'curl --version'
against 'case list --json' 1.5 "$docket case list --json" "curl -sf -H 'Authorization: Bearer $token' '$list'"
against 'case new --from FILE' 2.5 "sh $dir/new-with-docket" "sh $dir/new-with-curl"
if [[ completion =~ $only ]]; then
  verdict 'completion: case show' "$(medians "$docket __complete bash '--line=docket case show ' --word=")" ms 50
  verdict 'completion: case new --product' "$(medians "$docket __complete bash '--line=docket case new --product ' --word=")" ms 50
fi
memory '--version' "$docket" --version
memory 'case list --json' "$docket" case list --json
memory 'case list --limit 200' "$docket" case list --limit 200
memory 'case new --from FILE' "$docket" case new --from "$dir/case.yaml" --json
memory 'completion' "$docket" __complete bash '--line=docket case show ' --word=
size 'size of docket' "$docket" 20
size 'size without the portal' "$client" 10
exit "$failed"
