#!/usr/bin/env bash
# Installs the .deb (made first unless named) on a fresh minimal Debian of this machine's release and
# uses it there as nobody in particular: program, manual, completions, links of the documents, removal.
# Needs what scripts/matrix.sh needs; ends with 3 where no chroot can be made.
#
#   scripts/package_test.sh [DEB]
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=scripts/say.sh
. "$root/scripts/say.sh"
# shellcheck source=scripts/chroot.sh
. "$root/scripts/chroot.sh"

deb=${1:-$("$root/scripts/package.sh")}
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
trap chroot_drop EXIT
if ! chroot_make "$suite"; then
  echo "package_test.sh: not tried: $why" >&2
  exit 3
fi
cp "$deb" "$chroot_folder/package.deb"
cp "$root/scripts/links.py" "$chroot_folder/links.py"
cat >"$chroot_folder/as_user.sh" <<'USER'
set -eux
cd
flowlog-conformance --version
flowlog-conformance run --seed 1 --only 'param.FlowLogName.*' --out report
for file in junit.xml report.json report.html summary.md; do test -s report/$file; done
flowlog-conformance list --rows >rows
grep -q 'errors/1 ' rows
flowlog-conformance completion bash | cmp - /usr/share/bash-completion/completions/flowlog-conformance
bash -n /usr/share/bash-completion/completions/flowlog-conformance
USER
cat >"$chroot_folder/as_root.sh" <<'ROOT'
set -eux
export DEBIAN_FRONTEND=noninteractive LC_ALL=C
apt-get -qq update
# Debian's images leave manuals and documents out; here they are looked at.
rm -f /etc/dpkg/dpkg.cfg.d/docker
apt-get -qq install --no-install-recommends /package.deb >/dev/null 2>&1
useradd --create-home --shell /bin/bash someone
su - someone -c 'bash /as_user.sh'
gzip -dc /usr/share/man/man1/flowlog-conformance.1.gz | grep -q '^.SH EXIT STATUS'
test -s /usr/share/zsh/site-functions/_flowlog-conformance
test -s /usr/share/fish/vendor_completions.d/flowlog-conformance.fish
test -s /usr/share/doc/flowlog-conformance/copyright
apt-get -qq install --no-install-recommends python3-minimal >/dev/null 2>&1
python3 /links.py /usr/share/doc/flowlog-conformance
apt-get -qq purge flowlog-conformance >/dev/null 2>&1
test ! -e /usr/bin/flowlog-conformance
test ! -e /usr/share/doc/flowlog-conformance
ROOT
chroot_run root "bash /as_root.sh"
echo "package_test.sh: $(basename "$deb") installs, runs and goes on a bare $suite"
