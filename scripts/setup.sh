#!/usr/bin/env bash
# Installs what the build and the tests need, from Debian's packages. Idempotent, and quick when
# nothing is missing. Which part: `build`, `fuzz` (build and clang's fuzzer), `package` (build and
# what makes a .deb), `clients` (the languages of the official clients alone), `all` (the default:
# build and everything that the tests and linters use).
set -euo pipefail

# shellcheck source=scripts/say.sh
. "$(dirname "$0")/say.sh"

build=(g++ cmake ninja-build pkg-config ccache mold librapidcheck-dev libgtest-dev
  libcpp-httplib-dev libssl-dev nlohmann-json3-dev libpugixml-dev libfmt-dev libcli11-dev
  libsqlite3-dev libicu-dev libmicrohttpd-dev)
test=(libgmock-dev python3 python3-jsonschema python3-yaml libxml2-utils openssl clang-format
  clang-tidy shellcheck git nodejs chromium locales ca-certificates nginx-light haproxy)
clients=(nodejs golang-go python3-venv)
fuzz=(clang libclang-rt-dev)
package=(dpkg-dev file)

part=${1:-all}
packages=("${build[@]}")
case "$part" in
  build) ;;
  fuzz) packages+=("${fuzz[@]}") ;;
  clients) packages=("${clients[@]}") ;;
  package) packages+=("${package[@]}") ;;
  all) packages+=("${test[@]}" "${package[@]}") ;;
  *)
    echo "setup.sh: '$part' is no part; build, clients, fuzz, package and all are" >&2
    exit 2
    ;;
esac

missing=()
for package in "${packages[@]}"; do
  # A tool that is there by another way (a newer node, say) serves as well.
  case "$package" in
    nodejs) command -v node >/dev/null && command -v npm >/dev/null && continue ;;
    golang-go) command -v go >/dev/null && continue ;;
    python3-venv) python3 -c "import ensurepip" 2>/dev/null && continue ;;
    g++ | cmake | git | openssl) command -v "$package" >/dev/null && continue ;;
  esac
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
case " ${missing[*]-} " in *" nodejs "*) missing+=(npm) ;; esac

sudo=()
# Fills `sudo` with what makes the next command root's, or ends.
need_root() {
  [ "$(id -u)" != 0 ] || return 0
  if ! command -v sudo >/dev/null; then
    echo "setup.sh: $1 needs root: run as root or install sudo" >&2
    exit 1
  fi
  sudo -n true 2>/dev/null || sudo -v # asks for the password here, where it can be seen
  sudo=(sudo)
}

if [ ${#missing[@]} -gt 0 ]; then
  need_root "installing ${missing[*]}"
  apt=(env DEBIAN_FRONTEND=noninteractive LC_ALL=C apt-get -q -y)
  quietly "Reading the lists of Debian's packages" "${sudo[@]}" "${apt[@]}" update
  quietly "Installing ${missing[*]}" "${sudo[@]}" "${apt[@]}" install --no-install-recommends "${missing[@]}"
fi

if [ "$part" = all ]; then
  for name in de_DE zh_CN tr_TR; do
    locale -a 2>/dev/null | grep -qix "$name.utf-\?8" && continue
    need_root "making the locale $name"
    quietly "Making the locale $name.UTF-8" "${sudo[@]}" localedef -i "$name" -f UTF-8 "$name.UTF-8"
  done
  cd "$(dirname "$0")/../tests/browser"
  if [ ! -d node_modules/playwright-core ] || [ ! -d node_modules/axe-core ]; then
    # Without it the browser's tests are skipped, which is no reason to run none of the others.
    if ! quietly "Installing playwright-core and axe-core" npm ci --no-audit --no-fund --loglevel=error; then
      [ -z "${CI:-}" ] || exit 1
      echo "setup.sh: the tests in a browser will be skipped" >&2
    fi
  fi
fi
