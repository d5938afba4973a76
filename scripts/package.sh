#!/usr/bin/env bash
# Makes the .deb for the Debian it runs on: dist/flowlog-conformance_VERSION_ARCH.deb. The last line
# printed is its path.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
"$root/scripts/setup.sh" package >&2
"$root/scripts/build.sh" >&2
cd "$root"
cmake --build build --target completions >&2
# The date of the last change, so that the same sources give the same package.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
export SOURCE_DATE_EPOCH
mkdir -p dist
rm -f dist/*.deb
(cd dist && cpack -G DEB --config ../build/CPackConfig.cmake >cpack.log) || {
  cat dist/cpack.log >&2
  exit 1
}
rm -rf dist/_CPack_Packages dist/cpack.log
deb=$(echo dist/*.deb)
# A package that names no libraries would install anywhere and run nowhere.
depends=$(dpkg-deb -f "$deb" Depends)
for library in libc6 libssl3 libsqlite3-0; do
  case "$depends" in
    *"$library"*) ;;
    *)
      echo "package.sh: $deb does not depend on $library: $depends" >&2
      exit 1
      ;;
  esac
done
echo "$root/$deb"
