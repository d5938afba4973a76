#!/usr/bin/env bash
# Official clients of the API against the mock: `test-clients.sh [node] [go] [python]`, all of them
# without an argument. They are installed into build-clients/; the Python one is large (635 MB).
# FLOWLOG_PROGRAM names a program that is already built.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
here=$root/tests/clients
build=$root/build-clients
clients=("$@")
[ ${#clients[@]} -gt 0 ] || clients=(node go python)
if [ -z "${FLOWLOG_PROGRAM:-}" ]; then
  "$root/scripts/build.sh"
  FLOWLOG_PROGRAM=$root/build/cli/flowlog-conformance
fi
"$root/scripts/install-clients.sh" "${clients[@]}"

work=$(mktemp -d)
mock=
stop() {
  [ -z "$mock" ] || kill "$mock" 2>/dev/null || true
  [ -z "$mock" ] || wait "$mock" 2>/dev/null || true
  mock=
}
trap 'stop; rm -rf "$work"' EXIT

# A mock of its own for each client: none meets what another left.
start() {
  PROFILE=$work/$1.json
  rm -f "$PROFILE"
  "$FLOWLOG_PROGRAM" mock --write-profile "$PROFILE" >"$work/$1.log" 2>&1 &
  mock=$!
  for _ in $(seq 300); do
    grep -q '^Serving on ' "$work/$1.log" && break
    kill -0 "$mock" 2>/dev/null || break
    sleep 0.1
  done
  if ! grep -q '^Serving on ' "$work/$1.log"; then
    cat "$work/$1.log" >&2
    exit 1
  fi
  export PROFILE
}

status=0
for client in "${clients[@]}"; do
  echo "== the official client for $client"
  start "$client"
  case "$client" in
    node) CLIENT_MODULES=$build/node node --test --test-concurrency=1 "$here/node/client.test.mjs" || status=1 ;;
    go) "$build/go/bin/exercise" -test.v || status=1 ;;
    python) "$build/python/bin/python" "$here/python/client_test.py" --verbose || status=1 ;;
  esac
  stop
  # What a client's tests created they delete: "N requests, N flow logs created, 0 still there."
  if ! grep -q ' 0 still there' "$work/$client.log"; then
    tail -n 1 "$work/$client.log"
    status=1
  fi
done
exit "$status"
