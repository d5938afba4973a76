#!/usr/bin/env bash
# Builds with AddressSanitizer and UndefinedBehaviorSanitizer and runs every test.
# Every argument goes to ctest.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
"$root/scripts/setup.sh"
cd "$root"
cmake --preset asan >/dev/null
cmake --build --preset asan
exec ctest --preset asan -j "$(($(nproc) + 1))" "$@" # some of them wait
