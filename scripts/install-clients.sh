#!/usr/bin/env bash
# Installs official clients of the API into build-clients/, each from its own registry: `node`
# (npm), `go` (Go modules) and `python` (PyPI; 635 MB). Quick when all is there.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
here=$root/tests/clients
build=$root/build-clients
"$root/scripts/setup.sh" clients
mkdir -p "$build"

for client in "$@"; do
  case "$client" in
    node)
      mkdir -p "$build/node"
      cp "$here/node/package.json" "$here/node/package-lock.json" "$build/node/"
      if ! cmp -s "$here/node/package-lock.json" "$build/node/installed"; then
        (cd "$build/node" && npm ci --no-audit --no-fund --ignore-scripts --loglevel=error)
        cp "$here/node/package-lock.json" "$build/node/installed"
      fi
      ;;
    go)
      mkdir -p "$build/go/bin"
      (cd "$here/go" && go build -o "$build/go/bin/" ./record && go test -c -o "$build/go/bin/exercise" ./exercise)
      ;;
    python)
      [ -x "$build/python/bin/python" ] || python3 -m venv "$build/python"
      "$build/python/bin/pip" install --quiet --requirement "$here/python/requirements.txt"
      ;;
    *)
      echo "install-clients.sh: no client is called $client" >&2
      exit 2
      ;;
  esac
done
