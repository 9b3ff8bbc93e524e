#!/usr/bin/env bash
# Measures whether lists and searches keep their pace as a portal fills.
#
#   benches/portal.sh                      # 200 and 200000 cases
#   DIR=/var/tmp/bench KEEP=1 benches/portal.sh
#   ONLY='search' RUNS=100 benches/portal.sh
#
# It builds two portals with made-up cases (examples/seed.rs), one with FEW cases and one with MANY, serves
# both, and asks each for the same first pages: with `docket`, as people and scripts do, and with `curl`, 20
# times over one connection, so that no start of a process hides what the portal takes. Half of the cases are
# in the account that lists. The runs alternate between the portals, so that whatever else the machine does
# hits both.
#
# Prints the medians in milliseconds, those of curl for one request, and MANY : FEW. Fails when `docket` takes more than LIMIT times as long.
#
# Needs bash, curl, hyperfine and cargo. Settings, from the environment:
#   FEW, MANY    how many cases                          200, 200000
#   RUNS         runs of each command at each portal     40
#   LIMIT        the ratio to hold                       2
#   ONLY         a regular expression of rows to measure .
#   DIR, KEEP    where the portals are kept; with KEEP=1 they stay, and are used again
set -euo pipefail
cd "$(dirname "$0")/.."

few=${FEW:-200} many=${MANY:-200000} runs=${RUNS:-40} limit=${LIMIT:-2} only=${ONLY:-.} repeats=20
dir=${DIR:-$(mktemp -d)}
docket=${CARGO_TARGET_DIR:-target}/release/docket
pids=()
finish() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null && wait "$pid" || true; done
  [ -n "${KEEP:-}" ] || rm -rf "$dir"
}
trap finish EXIT

# Only what is set here reaches docket.
for name in $(compgen -e | grep ^DOCKET_ || true); do unset "$name"; done
cargo build --quiet --release
# By itself: an example is built with what tests need, and docket isn't to be.
cargo build --quiet --release --example seed
mkdir -p "$dir"

# serve COUNT: fills a portal, serves it, and leaves its address and two tokens in $dir/COUNT.*
serve() {
  local count=$1 data=$dir/$1 log=$dir/$1.log url
  if [ ! -e "$data.done" ]; then
    rm -rf "$data"
    SECONDS=0
    "${docket%/docket}/examples/seed" "$data" "$count"
    echo "made $count cases in $SECONDS s, $(du -sh "$data" | cut -f1)" >&2
    touch "$data.done"
  fi
  : >"$log"
  "$docket" portal serve --sample --data "$data" --listen 127.0.0.1:0 2>"$log" &
  pids+=($!)
  until url=$(grep -so 'http://[0-9.:]*' "$log"); do sleep 0.05; done
  echo "$url" >"$data.url"
  for user in sam expert; do
    curl -sf "$url/v1/login" -H 'Content-Type: application/json' \
      -d "{\"email\":\"$user@example.com\",\"password\":\"sample-password\"}" |
      grep -o '"token":"[^"]*"' | cut -d'"' -f4 >"$data.$user"
  done
}
serve "$few"
serve "$many"

# ask COUNT USER COMMAND…: a command line that runs docket at one of the portals
ask() {
  local count=$1 user=$2
  shift 2
  printf 'env DOCKET_CONFIG_DIR=%q DOCKET_DATA_DIR=%q DOCKET_PORTAL=%q DOCKET_ACCOUNT=%s DOCKET_TOKEN=%q %q' \
    "$dir/$count.$user.config" "$dir/$count.$user.data" "$(<"$dir/$count.url")" \
    "$([ "$user" = expert ] || echo 1001)" "$(<"$dir/$count.$user")" "$docket"
  printf ' %q' "$@" --json
}
# fetch COUNT USER PATH: a command line that asks for the same with curl, again and again; what stands behind
# the # makes curl repeat it, and isn't sent
fetch() {
  printf 'curl -sfo /dev/null -H %q %q' "Authorization: Bearer $(<"$dir/$1.$2")" \
    "$(<"$dir/$1.url")$3#[1-$repeats]"
}

# medians COMMAND COMMAND: the median of each, in ms; rounds of a few runs alternate
medians() {
  local round
  for round in 1 2 3 4; do
    hyperfine --shell=none --warmup 2 --runs "$((runs / 4))" --style none --export-csv "$dir/round" \
      --output null "$1" "$2" >/dev/null 2>"$dir/why" || { cat "$dir/why" >&2; exit 1; }
    tail -n 2 "$dir/round" | awk -F, '{ print NR, $(NF-4) * 1000 }'
  done | sort -k1,1n -k2,2n | awk '{ v[$1, ++n[$1]] = $2 } END {
    for (i = 1; i <= 2; i++) printf "%.2f ", (v[i, int((n[i] + 1) / 2)] + v[i, int(n[i] / 2) + 1]) / 2 }'
}

failed=0
printf '%-36s %7s %7s %6s  %8s %7s %6s\n' '' "docket" "$many" ratio "curl" "$many" ratio
# row NAME USER PATH COMMAND…
row() {
  local name=$1 user=$2 path=$3 d c
  shift 3
  [[ $name =~ $only ]] || return 0
  d=$(medians "$(ask "$few" "$user" "$@")" "$(ask "$many" "$user" "$@")")
  c=$(medians "$(fetch "$few" "$user" "$path")" "$(fetch "$many" "$user" "$path")")
  awk -v name="$name" -v d="$d" -v c="$c" -v limit="$limit" -v n="$repeats" 'BEGIN {
    split(d, a, " "); split(c, b, " ")
    printf "%-36s %7.1f %7.1f %6.2f  %8.2f %7.2f %6.2f\n", name, a[1], a[2], a[2] / a[1], b[1] / n, b[2] / n, b[2] / b[1]
    exit a[2] > limit * a[1] }' || failed=1
}
list='/v1/cases?account=1001&limit=30'
row 'list' sam "$list" case list
row 'list --sort number' sam "$list&sort=number" case list --sort number
row 'list --status closed' sam "$list&status=closed" case list --status closed
row 'list --product esignature' sam "$list&product=esignature" case list --product esignature
row 'list --all-accounts' sam '/v1/cases?limit=30' case list --all-accounts
row 'list --mine' sam "$list&mine=true" case list --mine
row 'list --mine --status closed' sam "$list&mine=true&status=closed" case list --mine --status closed
row 'list --watching' sam '/v1/cases?watching=true&limit=30' case list --watching
row 'list --watching --status closed' sam '/v1/cases?watching=true&limit=30&status=closed' \
  case list --watching --status closed
row 'list --since, half of all' sam "$list&since=$(date -u -d '365 days ago' +%FT%TZ)" \
  case list --since '365d ago'
row 'list --search, a rare word' sam "$list&q=zanzibar" case list --search zanzibar
row 'list --search, half of all' sam "$list&q=envelope" case list --search envelope
row 'list --search, two words' sam "$list&q=envelope+stuck" case list --search 'envelope stuck'
row 'list --search --status closed' sam "$list&q=envelope&status=closed" \
  case list --search envelope --status closed
row 'list --search --all-accounts' sam '/v1/cases?limit=30&q=envelope' \
  case list --search envelope --all-accounts
row 'list --search --mine --watching' sam '/v1/cases?limit=30&q=envelope&mine=true&watching=true' \
  case list --search envelope --mine --watching
row 'expert queue' expert '/v1/queue?limit=30' expert queue
row 'list, as an expert' expert '/v1/cases?limit=30' case list
row 'list --search, as an expert' expert '/v1/cases?limit=30&q=envelope' case list --search envelope
exit "$failed"
