#!/usr/bin/env bash
# Who tests the tests: every lie of the mock must turn the checks that the table names for it, no
# lawful reading may be accused, and every changed fact of the contract must be noticed or be
# equivalent. Fails below 100 %. Quick (each lie against the checks concerned) unless told otherwise:
# every argument goes to `flowlog-conformance score`.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
"$root/scripts/build.sh"
if [ $# -eq 0 ]; then set -- --quick; fi
exec "$root/build/cli/flowlog-conformance" score --at-once "$(nproc)" "$@"
