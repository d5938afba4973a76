#!/usr/bin/env bash
# Puts the exported files to work against the mock, in build-export: openapi-spec-validator, Prism,
# Schemathesis and newman, which it installs there from PyPI and npm. FLOWLOG_PROGRAM names a program
# that is built already.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$root/build-export
program=${FLOWLOG_PROGRAM:-$root/build/cli/flowlog-conformance}
[ -x "$program" ] || "$root/scripts/build.sh"
mkdir -p "$work/node"
if [ ! -x "$work/py/bin/schemathesis" ] || [ ! -x "$work/py/bin/openapi-spec-validator" ]; then
  python3 -m venv "$work/py"
  "$work/py/bin/pip" install --quiet 'openapi-spec-validator>=0.7,<1' 'schemathesis>=4,<5'
fi
if [ ! -x "$work/node/node_modules/.bin/prism" ] || [ ! -x "$work/node/node_modules/.bin/newman" ]; then
  npm install --silent --no-audit --no-fund --no-save --prefix "$work/node" \
    '@stoplight/prism-cli@5' 'newman@6'
fi

pids=()
# The servers that this started, and nothing else.
stop() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait
}
trap stop EXIT

# Waits until the log FILE shows PATTERN; fails when the process PID ends before, or after three minutes.
wait_for() {
  for _ in $(seq 1800); do
    if grep -Eq "$2" "$1"; then return 0; fi
    kill -0 "$3" 2>/dev/null || break
    sleep 0.1
  done
  echo "$1 never showed $2" >&2
  cat "$1" >&2
  return 1
}

out=$work/out
rm -rf "$out"
mkdir "$out"
"$program" mock --creating-ms 0 --deleting-ms 0 --write-profile "$out/mock.json" >"$out/mock.log" 2>&1 &
pids+=($!)
wait_for "$out/mock.log" '^Serving on ' "${pids[0]}"
url=$(sed -n 's/^Serving on //p' "$out/mock.log")
from_profile() { # a value of the mock's profile, by a Python expression of p
  python3 -c "import json, sys; p = json.load(open(sys.argv[1])); print($1)" "$out/mock.json"
}
VOLCENGINE_ACCESS_KEY=$(from_profile "p['accounts']['default']['access_key']")
VOLCENGINE_SECRET_KEY=$(from_profile "p['accounts']['default']['secret_key']")
export VOLCENGINE_ACCESS_KEY VOLCENGINE_SECRET_KEY
vpc=$(from_profile "p['resources']['vpc'][0]")

"$program" export openapi --endpoint "$url" --out "$out"
"$program" export postman --endpoint "$url" --out "$out"

echo '--- OpenAPI: valid'
for file in "$out"/*.openapi.json; do "$work/py/bin/openapi-spec-validator" "$file"; done

echo '--- OpenAPI: served by Prism'
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"$work/node/node_modules/.bin/prism" mock --host 127.0.0.1 --port "$port" \
  "$out/CreateFlowLog.openapi.json" >"$out/prism.log" 2>&1 &
pids+=($!)
wait_for "$out/prism.log" 'listening' "${pids[1]}"
python3 "$root/tests/export/prism_test.py" "http://127.0.0.1:$port" "$out/CreateFlowLog.openapi.json"

echo '--- OpenAPI: Schemathesis against the mock'
for file in "$out"/*.openapi.json; do
  (cd "$out" && PYTHONPATH=$out SCHEMATHESIS_HOOKS=signing_hook "$work/py/bin/schemathesis" run \
    "$file" --url "$url" --max-examples 20 --seed 7 --phases examples,fuzzing --no-color \
    --checks not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance)
done
"$program" sweep --profile "$out/mock.json" >/dev/null 2>&1 || true

echo '--- Postman: newman against the mock'
"$work/node/node_modules/.bin/newman" run "$out/postman.json" --color off --reporters cli,json \
  --reporter-json-export "$out/newman.json" \
  --env-var "access_key=$VOLCENGINE_ACCESS_KEY" --env-var "secret_key=$VOLCENGINE_SECRET_KEY" \
  --env-var ResourceType=vpc --env-var "ResourceId=$vpc"
python3 "$root/tests/export/newman_test.py" "$out/newman.json"
echo 'All exports work.'
