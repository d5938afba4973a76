#!/usr/bin/env bash
# The steps of action.yml; their inputs come in the environment.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)

# Whether a package has to be built, where it goes, and the key it is cached by: the sources' and the
# system's.
look() {
  local build=true sources
  if [ -n "${DEB:-}" ] || command -v flowlog-conformance >/dev/null; then build=false; fi
  sources=$(cd "$root" && find . -type f ! -path './.git/*' ! -path './build*' ! -path './dist/*' -print0 |
    sort -z | xargs -0 sha256sum | sha256sum | cut -c 1-32)
  {
    echo "build=$build"
    echo "folder=${RUNNER_TEMP:?}/flowlog-conformance-deb"
    echo "key=flowlog-conformance-$(. /etc/os-release && echo "$ID-${VERSION_ID:-}")-$(uname -m)-$sources"
  } >>"${GITHUB_OUTPUT:?}"
}

install_deb() {
  local as_root=()
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || {
      echo "action.sh: installing needs root: run as root or install sudo" >&2
      exit 1
    }
    as_root=(sudo)
  fi
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq update
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$1"
}

install() {
  if [ -n "${DEB:-}" ]; then
    install_deb "$(realpath "$DEB")"
  elif [ "${BUILD:?}" = true ]; then
    if ! compgen -G "${FOLDER:?}/*.deb" >/dev/null; then
      mkdir -p "$FOLDER"
      cp "$("$root/scripts/package.sh" | tail -n 1)" "$FOLDER/"
    fi
    install_deb "$(compgen -G "$FOLDER/*.deb" | head -n 1)"
  fi
  flowlog-conformance --version
}

run() {
  local args=(run --out "${OUT:?}" --state "${STATE:?}") line status=0 verdict
  [ -z "${PROFILE:-}" ] || args+=(--profile "$PROFILE")
  [ -z "${KNOWN:-}" ] || args+=(--known "$KNOWN")
  [ "${STRICT:-false}" != true ] || args+=(--strict)
  [ -z "${REQUIRE:-}" ] || args+=(--require "$REQUIRE")
  while IFS= read -r line; do
    line=${line%$'\r'}
    [ -z "$line" ] || args+=("$line")
  done <<<"${ARGS:-}"
  flowlog-conformance "${args[@]}" || status=$?
  case "$status" in
    0) verdict=conformant ;;
    1) verdict=deviating ;;
    3) verdict=no-verdict ;;
    4) verdict=left-behind ;;
    130) verdict=interrupted ;;
    *) verdict=error ;;
  esac
  {
    echo "verdict=$verdict"
    echo "status=$status"
    echo "report=$OUT"
  } >>"${GITHUB_OUTPUT:?}"
  return "$status"
}

sweep() {
  # Where the run never began there is neither a program nor a journal.
  if [ ! -d "${STATE:?}" ] || ! command -v flowlog-conformance >/dev/null; then return 0; fi
  flowlog-conformance sweep --profile "${PROFILE:?}" --state "$STATE"
}

case "${1:-}" in
  look | install | run | sweep) "$1" ;;
  *)
    echo "action.sh: look, install, run or sweep" >&2
    exit 2
    ;;
esac
