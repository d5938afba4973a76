#!/usr/bin/env bash
# Builds the program: build/cli/flowlog-conformance.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
"$root/scripts/setup.sh" build
cd "$root"
cmake --preset release >/dev/null
cmake --build --preset release
