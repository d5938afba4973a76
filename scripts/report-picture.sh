#!/usr/bin/env bash
# Makes docs/report.png from what the program writes today: a run on the embedded mock that cuts
# long names instead of refusing them. Usage: report-picture.sh [PROGRAM]
set -euo pipefail

cd "$(dirname "$0")/.."
program=${1:-build/cli/flowlog-conformance}
chromium=$(command -v chromium || command -v chromium-browser) || {
  echo "report-picture.sh: Chromium is not installed; scripts/setup.sh does that" >&2
  exit 1
}
[ -x "$program" ] || { echo "report-picture.sh: $program is not there; scripts/run.sh builds it" >&2; exit 1; }

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
status=0
"$program" run --deviation length.FlowLogName.cut-silently --seed 7 --no-history --out "$folder/report" \
  >"$folder/console" || status=$?
# The mock lies, so the run has to deviate.
[ "$status" = 1 ] || { cat "$folder/console" >&2; exit 1; }
timeout 120 "$chromium" --headless --no-sandbox --disable-gpu --hide-scrollbars \
  --user-data-dir="$folder/profile" --virtual-time-budget=2000 --window-size=1280,1000 \
  --screenshot="$folder/report.png" "file://$folder/report/report.html" 2>"$folder/browser" || {
  cat "$folder/browser" >&2
  exit 1
}
cp "$folder/report.png" docs/report.png
echo docs/report.png
