#!/usr/bin/env bash
# Builds the program and runs the suite, on the embedded mock unless told otherwise:
# every argument goes to `flowlog-conformance run`.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
"$root/scripts/setup.sh" build
cmake -S "$root" -B "$root/build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DFLOWLOG_TESTS=OFF \
  -DCMAKE_UNITY_BUILD=ON >/dev/null
cmake --build "$root/build" --target flowlog-conformance
exec "$root/build/cli/flowlog-conformance" run "$@"
