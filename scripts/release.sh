#!/usr/bin/env bash
# Everything that a release consists of, in dist/: the .deb, the sources, SHA256SUMS and the notes,
# which are the version's section of CHANGELOG.md. The tree has to be committed and the section dated.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
version=$(sed -n 's/^project(.* VERSION \([0-9.]*\) .*/\1/p' CMakeLists.txt)
if [ -n "$(git status --porcelain --untracked-files=no)" ]; then
  echo "release.sh: there are changes that are not committed" >&2
  exit 1
fi
# From the version's heading to the next one, without either.
notes=$(awk -v version="$version" '
  /^## / { on = ($2 == version && $4 ~ /^[0-9]+-[0-9]+-[0-9]+$/); next }
  on' CHANGELOG.md)
if [ -z "$(tr -d '[:space:]' <<<"$notes")" ]; then
  echo "release.sh: CHANGELOG.md has no section '## $version - YYYY-MM-DD'" >&2
  exit 1
fi
deb=$(scripts/package.sh)
git archive --format=tar --prefix="flowlog-conformance-$version/" HEAD |
  gzip -9n >"dist/flowlog-conformance-$version.tar.gz"
sed '/./,$!d' <<<"$notes" >"dist/notes-$version.md"
(cd dist && sha256sum "$(basename "$deb")" "flowlog-conformance-$version.tar.gz" >SHA256SUMS)
ls -l dist
