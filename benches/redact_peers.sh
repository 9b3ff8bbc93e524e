#!/usr/bin/env bash
# What others leave in the HAR files of tests/redact/corpus, and how long they take, beside docket.
#
#   benches/redact_peers.sh
#   RUNS=20 DOCKET=/usr/bin/docket benches/redact_peers.sh
#
# Installs har-sanitizer from npm and har-capture from PyPI into a temporary folder, lets each redact each file
# as its documentation says, and has the copies judged by the checker of tests/redact: how many of the planted
# values can still be read, and how many things are damaged that should have stayed. har-sanitizer is run with
# cookies and tokens obfuscated, the strictest it has, and har-capture with its patterns for all that isn't a
# network device. Neither takes all files as they were recorded, so both are given copies with absolute addresses
# of redirects, where har-sanitizer wants them, and with text for parameters that are objects, where har-capture
# does; the latter counts among what is damaged, four times for devtools.har. Times are medians of RUNS runs of the
# whole program, in milliseconds. Then all three take a file of MIB MiB as a browser saves it (redact_har.py), in turns.
#
# Needs bash, cargo, node, npm and python3. Settings, from the environment:
#   RUNS      runs of each program on each file          5
#   MIB       how large the large file is                20
#   DOCKET    a binary to measure, in place of building one
#   SHOW      a program's name: print every value that it left, and what it damaged
set -euo pipefail
cd "$(dirname "$0")/.."

runs=${RUNS:-5}
docket=${DOCKET:-${CARGO_TARGET_DIR:-target}/release/docket}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
files=(tests/redact/corpus/*.har)

[ -n "${DOCKET:-}" ] || cargo build --release --quiet
printf '{"private": true}' >"$dir/package.json"
npm install --prefix "$dir" --no-audit --no-fund --silent har-sanitizer@2.0.0
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet 'har-capture[cli]==0.15.1'
cat >"$dir/sanitize.js" <<'JS'
const { readFileSync, writeFileSync } = require("node:fs");
const { sanitize } = require("har-sanitizer");
const [, , from, to] = process.argv;
const har = JSON.parse(readFileSync(from, "utf8"));
sanitize(har, { cookies: "obfuscate", tokens: "obfuscate" }).then((copy) => writeFileSync(to, JSON.stringify(copy, null, 2)));
JS

cat >"$dir/ready.js" <<'JS'
const { readFileSync, writeFileSync } = require("node:fs");
const [, , from, to] = process.argv;
const har = JSON.parse(readFileSync(from, "utf8"));
for (const { request, response } of har.log.entries) {
  const absolute = (url) => url && new URL(url, request.url).href;
  response.redirectURL = absolute(response.redirectURL);
  for (const header of response.headers) if (/^location$/i.test(header.name)) header.value = absolute(header.value);
  for (const param of request.postData?.params ?? []) if (typeof param.value === "object") param.value = JSON.stringify(param.value);
}
writeFileSync(to, JSON.stringify(har, null, 2));
JS
mkdir "$dir/ready"
for file in "${files[@]}"; do node "$dir/ready.js" "$file" "$dir/ready/$(basename "$file")"; done

# Redacts file $2 into $3.
redact() {
  case $1 in
    har-sanitizer) node "$dir/sanitize.js" "$2" "$3" ;;
    har-capture) "$dir/venv/bin/har-capture" sanitize "$2" --patterns base --output "$3" ;;
    docket) env -i "$docket" redact "$2" -o "$3" ;;
  esac
}

milliseconds() {
  local begun ended
  begun=$(date +%s%N)
  redact "$@" >"$dir/said" 2>&1 || return 1
  ended=$(date +%s%N)
  echo $(((ended - begun) / 1000000))
}

# The middle of the numbers that are read.
median() {
  sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'
}

printf '%-14s %-14s %8s %8s %8s %8s\n' program file left planted damaged ms
for program in har-sanitizer har-capture docket; do
  mkdir "$dir/$program"
  for file in "${files[@]}"; do
    name=$(basename "$file")
    [ "$program" = docket ] || file=$dir/ready/$name
    times=
    for _ in $(seq "$runs"); do
      rm -f "$dir/$program/$name"
      time=$(milliseconds "$program" "$file" "$dir/$program/$name") || { times=; break; }
      times+="$time "
    done
    if [ -z "$times" ]; then
      rm -f "$dir/$program/$name"
      printf '%-14s %-14s failed: %s\n' "$program" "$name" "$(grep -im 1 error "$dir/said")"
      continue
    fi
    echo "$name $(xargs -n 1 <<<"$times" | median)" >>"$dir/$program.times"
  done
  [ -s "$dir/$program.times" ] || continue
  show=; [ "${SHOW:-}" != "$program" ] || show=1
  DOCKET_REDACTED=$dir/$program ${show:+env DOCKET_REDACTED_VERBOSE=1} \
    cargo test --quiet --test redact copies_are_judged -- --ignored --nocapture >"$dir/judged"
  while read -r _ name left planted damaged; do
    time=$(sed -n "s/^$name //p" "$dir/$program.times")
    printf '%-14s %-14s %8s %8s %8s %8s\n' "$program" "$name" "$left" "$planted" "$damaged" "$time"
  done < <(grep '^judged ' "$dir/judged")
  [ -z "$show" ] || grep -v '^judged ' "$dir/judged"
done

python3 benches/redact_har.py "${MIB:-20}" "$dir/large.har"
node "$dir/ready.js" "$dir/large.har" "$dir/ready/large.har"
for _ in $(seq "$runs"); do
  for program in har-sanitizer har-capture docket; do
    file=$dir/large.har
    [ "$program" = docket ] || file=$dir/ready/large.har
    rm -f "$dir/copy.har"
    milliseconds "$program" "$file" "$dir/copy.har" >>"$dir/$program.large" || echo "$program failed on ${MIB:-20} MiB"
  done
done
docket_took=$(median <"$dir/docket.large")
for program in har-sanitizer har-capture docket; do
  took=$(median <"$dir/$program.large")
  awk -v program="$program" -v mib="${MIB:-20}" -v took="$took" -v docket="$docket_took" \
    'BEGIN { printf "%-14s %3d MiB: %6d ms, %.1f times as long as docket\n", program, mib, took, took / docket }'
done
