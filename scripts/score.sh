#!/usr/bin/env bash
# Who tests the tests: every lie of the mock must turn the checks that the table names for it, and
# no lawful reading may be accused, and every changed fact of the contract must be noticed or
# shown to be equivalent. Fails below 100 %. Quick (each lie against the checks
# concerned) unless told otherwise: every argument goes to `flowlog-conformance score`.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
"$root/scripts/setup.sh" build
cmake -S "$root" -B "$root/build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DFLOWLOG_TESTS=OFF \
  -DCMAKE_UNITY_BUILD=ON >/dev/null
cmake --build "$root/build" --target flowlog-conformance
if [ $# -eq 0 ]; then set -- --quick; fi
exec "$root/build/cli/flowlog-conformance" score --at-once "$(nproc)" "$@"
