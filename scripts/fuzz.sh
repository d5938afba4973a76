#!/usr/bin/env bash
# Builds the fuzz targets with clang and runs each of them for 60 s (or $1 seconds) from the corpus
# in fuzz/corpus. What they find stands in build-fuzz/found.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
seconds=${1:-60}
"$root/scripts/setup.sh" fuzz
build=$root/build-fuzz
targets=(contract profile answer query reports)
(cd "$root" && cmake --preset fuzz >/dev/null)
cmake --build "$build" --target "${targets[@]/#/fuzz_}"
# A frame or two say where memory came from, and cost less.
export ASAN_OPTIONS=malloc_context_size=2
mkdir -p "$build/found"
for target in "${targets[@]}"; do
  mkdir -p "$build/corpus/$target"
  echo "fuzz_$target, $seconds s"
  "$build/fuzz/fuzz_$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 \
    -max_len=16384 -artifact_prefix="$build/found/$target-" -print_final_stats=1 -verbosity=0 \
    "$build/corpus/$target" "$root/fuzz/corpus/$target"
done
