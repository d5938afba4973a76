#!/usr/bin/env bash
# Builds the tests of everything that runs in several threads with ThreadSanitizer and runs them.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
"$root/scripts/setup.sh"
cd "$root"
targets=(client_test resources_test engine_test suites_test mock_test cli_test)
cmake --preset tsan >/dev/null
cmake --build --preset tsan --target "${targets[@]}"
for target in "${targets[@]}"; do
  TSAN_OPTIONS=halt_on_error=1 "build-tsan/tests/${target%_test}/$target" --gtest_brief=1
done
