#!/bin/bash
# Measures the whole program and prints a table of ratios: what a run costs in requests, creations,
# waiting, processor time and memory. Needs wrk and python3; about five minutes on two cores.
#   bench/run.sh BUILD/cli/flowlog-conformance [OTHER-PROGRAM]
# With a second program, of before a change, each figure is given for both.
set -euo pipefail
bench=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
mock_pid=""
stop_mock() {
  [ -z "$mock_pid" ] || kill "$mock_pid" 2>/dev/null || true
  [ -z "$mock_pid" ] || wait "$mock_pid" 2>/dev/null || true
  mock_pid=""
}
trap 'stop_mock; rm -rf "$work"' EXIT

# serve PROGRAM OPTION…: the mock on a free port; its profile is $work/profile.json.
serve() {
  stop_mock
  rm -f "$work/profile.json"
  "$1" mock --write-profile "$work/profile.json" "${@:2}" >/dev/null 2>&1 &
  mock_pid=$!
  for _ in $(seq 100); do
    [ -s "$work/profile.json" ] && break
    sleep 0.1
  done
}

# suite PROGRAM OPTION…: one run; what it cost, as JSON.
suite() {
  python3 "$bench/measure.py" "$1" run --no-history --state "$work/state" --out "$work/out" "${@:2}"
}

# of JSON MEMBER
of() {
  python3 -c 'import json, sys; print(json.loads(sys.argv[1]).get(sys.argv[2]))' "$1" "$2"
}

# calculate EXPRESSION: with three digits.
calculate() {
  python3 -c "print(f'{$1:.3g}')"
}

row() {
  printf '%-62s %14s %12s\n' "$1" "$2" "${3:-}"
}

figures() {
  local program=$1 result few many latency=0.1
  result=$(suite "$program")
  row "default run, embedded: requests / creations" \
    "$(of "$result" requests) / $(of "$result" created)" "1600 / 120"
  serve "$program"
  result=$(suite "$program" --profile "$work/profile.json")
  row "default run, served: requests / creations" \
    "$(of "$result" requests) / $(of "$result" created)" "1600 / 120"

  for connections in 8 32; do
    serve "$program" --latency-ms 100
    result=$(suite "$program" --profile "$work/profile.json" --concurrency "$connections")
    row "at 100 ms, $connections connections: seconds" "$(of "$result" wall)"
    row "  over requests x latency / connections" \
      "$(calculate "$(of "$result" wall) / ($(of "$result" requests) * $latency / $connections)")" \
      "$([ "$connections" = 8 ] && echo 1.15 || echo -)"
  done

  serve "$program"
  local url
  url=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["endpoint"])' \
    "$work/profile.json")
  local per_second
  per_second=$(wrk -t2 -c8 -d3s "$url/?Action=DescribeFlowLogs&Version=2020-04-01" |
    awk '/^Requests\/sec/ { print $2 }')
  result=$(suite "$program" --profile "$work/profile.json" --only 'param.*' --cases 20)
  row "requests a second of the suite over those of wrk" \
    "$(calculate "$(of "$result" requests) / $(of "$result" wall) / $per_second")" 0.4

  few=$(suite "$program" --only 'param.*/over-max,param.*/forbidden*' --cases 60)
  many=$(suite "$program" --only 'param.*/over-max,param.*/forbidden*' --cases 720)
  row "refusals alone: requests, few and many" "$(of "$few" requests), $(of "$many" requests)"
  ratios "$few" "$many"
  few=$(suite "$program" --only 'param.*' --cases 6)
  many=$(suite "$program" --only 'param.*' --cases 90)
  row "all of param.*: requests, few and many" "$(of "$few" requests), $(of "$many" requests)"
  ratios "$few" "$many"
}

# ratios FEW MANY
ratios() {
  row "  processor time a request, many over few" \
    "$(calculate "($(of "$2" cpu) / $(of "$2" requests)) / ($(of "$1" cpu) / $(of "$1" requests))")" \
    1.2
  row "  memory, many over few (MB)" \
    "$(calculate "$(of "$2" rss_kib) / $(of "$1" rss_kib)") ($(calculate "$(of "$2" rss_kib) / 1024"))" \
    1.2
}

for program in "$@"; do
  echo "$program"
  row "what" "measured" "to reach"
  figures "$program"
done
