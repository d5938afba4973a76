#!/usr/bin/env bash
# Whole runs against the mock behind nginx and haproxy, with their limits of rate as well. Every
# argument goes to the test.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
"$root/scripts/setup.sh"
"$root/scripts/build.sh"
cd "$root/tests/front"
FLOWLOG_PROGRAM="$root/build/cli/flowlog-conformance" FLOWLOG_FRONT_LIMITS=1 \
  exec python3 -B front_test.py -v "$@"
