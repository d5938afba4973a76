#!/usr/bin/env bash
# The commands of the README on bare machines: a minimal chroot for each of Debian's releases, as root
# and as a user who has sudo. Needs root and debootstrap; the mirror is the one that this
# machine's apt uses.
#
#   scripts/matrix.sh [--suites bookworm,trixie] [--users root,sudo] [--depth configure|run|package|test]
#                     [--ccache FOLDER]
#
# `configure` installs what is needed and configures, `run` is scripts/run.sh, `package` that and
# scripts/package.sh, whose .deb goes to dist/SUITE, `test` is scripts/run.sh and scripts/test.sh. Ends
# with 1 where something failed, with 3 where nothing did but something could not be tried.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=scripts/say.sh
. "$root/scripts/say.sh"
# shellcheck source=scripts/chroot.sh
. "$root/scripts/chroot.sh"

suites=bookworm,trixie
users=root,sudo
depth='test'
while [ $# -gt 0 ]; do
  case "$1" in
    --suites) suites=$2 ;;
    --users) users=$2 ;;
    --depth) depth=$2 ;;
    --ccache) chroot_ccache=$(realpath "$2") ;;
    *)
      echo "matrix.sh: '$1' is no option; see the head of this file" >&2
      exit 2
      ;;
  esac
  shift 2
done

case "$depth" in
  configure) commands=("scripts/setup.sh" "cmake -S . -B build -G Ninja") ;;
  run) commands=("scripts/run.sh --seed 1") ;;
  package) commands=("scripts/run.sh --seed 1" "scripts/package.sh") ;;
  test) commands=("scripts/run.sh --seed 1" "scripts/test.sh") ;;
  *)
    echo "matrix.sh: --depth is configure, run, package or test" >&2
    exit 2
    ;;
esac

rows=()
worst=0
row() { # suite, user, what came of it
  rows+=("$(printf '%-10s %-5s %s' "$1" "$2" "$3")")
  case "$3" in
    failed*) worst=1 ;;
    "not tried"*) [ "$worst" = 1 ] || worst=3 ;;
  esac
}

# What kept the chroot from being made is in `why`.
try() {
  local suite=$1 user=$2 command begun=$SECONDS
  if ! chroot_make "$suite"; then
    row "$suite" "$user" "not tried: $why"
    return
  fi
  chroot_copy_tree
  [ "$user" = root ] || chroot_add_sudo
  for command in "${commands[@]}"; do
    echo "== $suite, $user: $command"
    if ! chroot_run "$user" "cd /src && $command"; then
      row "$suite" "$user" "failed: $command"
      chroot_drop
      return
    fi
  done
  if [ "$depth" = package ]; then
    mkdir -p "$root/dist/$suite"
    cp "$chroot_folder"/src/dist/*.deb "$root/dist/$suite/"
  fi
  row "$suite" "$user" "passed: $(printf '%s; ' "${commands[@]}")$((SECONDS - begun)) s"
  chroot_drop
}

trap chroot_drop EXIT
for suite in ${suites//,/ }; do
  for user in ${users//,/ }; do
    try "$suite" "$user"
  done
done
printf '%s\n' "" "${rows[@]}"
exit "$worst"
