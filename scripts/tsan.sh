#!/usr/bin/env bash
# Builds the tests of everything that runs in several threads with ThreadSanitizer and runs them.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
"$root/scripts/setup.sh"
build=$root/build-tsan
targets=(client_test resources_test engine_test suites_test mock_test cli_test)
cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo \
  -DCMAKE_CXX_FLAGS_RELWITHDEBINFO="-O1 -g1" -DFLOWLOG_SANITIZE=thread \
  -DCMAKE_UNITY_BUILD=ON >/dev/null
cmake --build "$build" --target "${targets[@]}"
for target in "${targets[@]}"; do
  TSAN_OPTIONS=halt_on_error=1 "$build/tests/${target%_test}/$target" --gtest_brief=1
done
