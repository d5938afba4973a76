#!/usr/bin/env bash
# For other scripts to source.
set -euo pipefail

# quietly WHAT COMMAND...: says what is being done and, every 5 s, what the command printed last. Its
# whole output is shown only where it fails, and its status is handed on.
quietly() {
  local what=$1 log beat status=0 begun=$SECONDS
  shift
  log=$(mktemp)
  echo "$what" >&2
  ( # ends with this shell, however that ends
    exec >/dev/null
    while sleep 5 2>/dev/null && kill -0 $$ 2>/dev/null; do
      printf '  %d s  %.100s\n' $((SECONDS - begun)) "$(tr '\r' '\n' <"$log" | sed '/^ *$/d' | tail -n 1)" >&2
    done
  ) &
  beat=$!
  "$@" >"$log" 2>&1 </dev/null || status=$?
  kill "$beat" 2>/dev/null || true
  wait "$beat" 2>/dev/null || true
  [ "$status" = 0 ] || cat "$log" >&2
  rm -f "$log"
  return "$status"
}
