#!/usr/bin/env bash
# Installs what the build and the tests need, from Debian's packages. Idempotent, and quick when
# nothing is missing. `setup.sh build` leaves out what only the tests use; `setup.sh fuzz` takes
# clang and its fuzzer beside what the build needs, `setup.sh clients` the languages of the official
# clients.
set -euo pipefail

build=(g++ cmake ninja-build pkg-config ccache mold libgtest-dev libgmock-dev librapidcheck-dev
  libcpp-httplib-dev libssl-dev nlohmann-json3-dev libpugixml-dev libfmt-dev libcli11-dev
  libsqlite3-dev libicu-dev libmicrohttpd-dev)
test=(python3 python3-jsonschema libxml2-utils openssl clang-format clang-tidy nodejs chromium locales)
clients=(nodejs golang-go python3 python3-venv)
fuzz=(clang libclang-rt-dev)

packages=("${build[@]}")
case "${1:-all}" in
  build) ;;
  fuzz) packages+=("${fuzz[@]}") ;;
  clients) packages=("${clients[@]}") ;;
  *) packages+=("${test[@]}") ;;
esac

missing=()
for package in "${packages[@]}"; do
  # A tool that is there by another way (a newer node, say) serves as well.
  case "$package" in
    nodejs) command -v node >/dev/null && command -v npm >/dev/null && continue ;;
    golang-go) command -v go >/dev/null && continue ;;
    python3-venv) python3 -c "import ensurepip" 2>/dev/null && continue ;;
    g++ | cmake | python3 | openssl) command -v "$package" >/dev/null && continue ;;
  esac
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
case " ${missing[*]-} " in *" nodejs "*) missing+=(npm) ;; esac

sudo=()
[ "$(id -u)" = 0 ] || sudo=(sudo)
if [ ${#missing[@]} -gt 0 ]; then
  echo "Installing: ${missing[*]}" >&2
  export DEBIAN_FRONTEND=noninteractive
  "${sudo[@]}" apt-get update -qq
  "${sudo[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

if [ "${1:-all}" = all ]; then
  for name in de_DE zh_CN tr_TR; do
    locale -a | grep -qix "$name.utf-\?8" || "${sudo[@]}" localedef -i "$name" -f UTF-8 "$name.UTF-8"
  done
  cd "$(dirname "$0")/../tests/browser"
  [ -d node_modules/playwright-core ] || npm ci --no-audit --no-fund --loglevel=error
fi
