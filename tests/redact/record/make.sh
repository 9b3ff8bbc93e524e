#!/usr/bin/env bash
# Makes the corpus again, with recorders of its own in a temporary folder: tests/redact/record/make.sh [--keep-recordings]
# Needs python3 with venv, node, npm, openssl, and Chromium: BROWSER says where, else /usr/bin/chromium-headless-shell.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
tools=${TOOLS:-$(mktemp -d)}
if [ ! -x "$tools/venv/bin/mitmdump" ]; then
  python3 -m venv "$tools/venv"
  "$tools/venv/bin/pip" install -q 'mitmproxy==11.0.2' 'playwright==1.65.2' requests websockets
fi
[ -d "$tools/node_modules/chrome-har" ] || npm install --prefix "$tools" --no-audit --no-fund --silent chrome-har@1.3.1
NODE_MODULES_OF=$tools/package.json PYTHONDONTWRITEBYTECODE=1 "$tools/venv/bin/python" "$here/make.py" "$@"
[ -n "${TOOLS:-}" ] || rm -rf "$tools"
