#!/usr/bin/env bash
# Has the official clients write their requests to a server of raw bytes and makes
# tests/client/data/wire_styles.json of them. The clients are installed as in test-clients.sh.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
here=$root/tests/clients
build=$root/build-clients
"$root/scripts/install-clients.sh" node go python
work=$(mktemp -d)
recorder=
trap '[ -z "$recorder" ] || kill "$recorder" 2>/dev/null || true; rm -rf "$work"' EXIT

port=
names=
# record NAME FUNCTION: calls the function, with `port` and `names` set, beside a recorder.
record() {
  local name=$1
  shift
  node "$here/recorder.mjs" "$work/$name.ndjson" < <(sleep 300) >"$work/$name.port" &
  recorder=$!
  for _ in $(seq 100); do
    [ -s "$work/$name.port" ] && break
    sleep 0.1
  done
  port=$(cat "$work/$name.port")
  names=$work/$name.json
  "$@"
  kill "$recorder"
  recorder=
}
node_record() { CLIENT_MODULES=$build/node node "$here/node/record.mjs" "$port" "$names"; }
go_record() { "$build/go/bin/record" "$here/requests.json" "$port" "$names"; }
python_record() { "$build/python/bin/python" "$here/python/record.py" "$here/requests.json" "$port" "$names"; }

record node node_record
record go go_record
record python python_record
version() { node -p "require('$build/node/node_modules/@volcengine/$1/package.json').version"; }
versions=node-openapi=$(version openapi),node-sdk-core=$(version sdk-core)
versions+=,go-sdk=$(sed -n 's/.*volcengine-go-sdk v//p' "$here/go/go.mod")
versions+=,python-sdk=$("$build/python/bin/pip" show volcengine-python-sdk | sed -n 's/^Version: //p')
node "$here/join.mjs" "$root/tests/client/data/wire_styles.json" "$versions" \
  "$work/node.json" "$work/node.ndjson" "$work/go.json" "$work/go.ndjson" \
  "$work/python.json" "$work/python.ndjson"
