#!/usr/bin/env bash
# Formatting of every source file, and the documentation page against the contract that came from it
# (with the program of scripts/build.sh, or the one that FLOWLOG_PROGRAM names); with `--tidy`, clang-tidy over the library sources as well (needs
# a configured build folder, made here when it is missing).
set -euo pipefail
cd "$(dirname "$0")/.."
git ls-files '*.cc' '*.h' | xargs clang-format --dry-run --Werror
program=${FLOWLOG_PROGRAM:-}
if [ -z "$program" ]; then
  scripts/build.sh
  program=build/cli/flowlog-conformance
fi
pages=specs/volcengine/vpc/2020-04-01
"$program" drift $pages/CreateFlowLog.zh.txt $pages/CreateFlowLog.json
[ "${1:-}" = --tidy ] || exit 0
build=build-tidy
# clang-tidy reads no precompiled headers of another compiler.
cmake -S . -B $build -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON >/dev/null
cmake --build $build --target flowlog_specs >/dev/null  # generated sources
git ls-files '*.cc' | grep -v -e '^tests/' -e '^bench/' -e '^fuzz/' |
  xargs -P "$(nproc)" -n 2 clang-tidy -p $build --quiet
