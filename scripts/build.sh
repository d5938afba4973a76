#!/usr/bin/env bash
# Builds the program: build/cli/flowlog-conformance. In larger pieces than files, which halves it.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
"$root/scripts/setup.sh" build
cmake -S "$root" -B "$root/build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DFLOWLOG_TESTS=OFF \
  -DCMAKE_UNITY_BUILD=ON >/dev/null
cmake --build "$root/build" --target flowlog-conformance
