#!/usr/bin/env bash
# Formatting of every source file, and the scripts by shellcheck; workflows by actionlint where it is
# installed. With `--tidy`, clang-tidy over the library sources as well.
set -euo pipefail
cd "$(dirname "$0")/.."
git ls-files -z '*.cc' '*.h' | xargs -0 clang-format --dry-run --Werror
git ls-files -z '*.sh' .ci/run | xargs -0 shellcheck --external-sources
if command -v actionlint >/dev/null; then
  actionlint
else
  echo "actionlint is not installed: the workflows are not linted" >&2
fi
[ "${1:-}" = --tidy ] || exit 0
cmake --preset tidy >/dev/null
cmake --build build-tidy --target flowlog_specs >/dev/null # generated sources
git ls-files -z '*.cc' ':!tests/' ':!bench/' ':!fuzz/' |
  xargs -0 -P "$(nproc)" -n 2 clang-tidy -p build-tidy --quiet
