#!/usr/bin/env bash
# Builds the program and runs the suite, on the embedded mock unless told otherwise:
# every argument goes to `flowlog-conformance run`.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
"$root/scripts/build.sh"
exec "$root/build/cli/flowlog-conformance" run "$@"
