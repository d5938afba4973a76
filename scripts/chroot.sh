#!/usr/bin/env bash
# For other scripts to source, after `root` is set: a minimal Debian in a folder, thrown away after use.
# One at a time. Mounts stand in a namespace of their own, which ends with the command.
set -euo pipefail

chroot_folder=""      # the one that stands
chroot_ccache=""      # a folder of ccache's to lend to it
chroot_suite=""       # its release
# Where minimal Debians and packages that were fetched are kept for the next one.
chroot_kept=${FLOWLOG_CHROOTS:-${root:?}/build-matrix}

# The mirror that apt uses for Debian itself, as URL.
chroot_mirror() {
  # shellcheck disable=SC2016  # apt-get's own variables
  apt-get indextargets --format '$(ORIGIN) $(LABEL) $(REPO_URI)' 2>/dev/null |
    sed -n 's/^Debian Debian //p' | sort -u | head -n 1
}

# chroot_tar SUITE: makes $chroot_kept/SUITE.tar unless it stands, or says in `why` what was in the way.
chroot_tar() {
  local mirror
  why=""
  if [ "$(id -u)" != 0 ]; then
    why="a chroot needs root"
  elif [ ! -s "$chroot_kept/$1.tar" ]; then
    mkdir -p "$chroot_kept"
    mirror=$(chroot_mirror)
    if [ -z "$mirror" ]; then
      why="apt on this machine names no mirror of Debian"
    elif ! chroot_bootstrap "$1" "$mirror" "$chroot_kept/$1.tar"; then
      why=${why:-"no minimal $1 could be made from $mirror"}
    fi
  fi
  [ -z "$why" ]
}

# chroot_make SUITE: unpacks a fresh one into chroot_folder, or says in `why` what was in the way.
chroot_make() {
  local suite=$1 base=$chroot_kept/$1.tar
  chroot_tar "$suite" || return 1
  if ! unshare --mount --pid --fork true 2>/dev/null; then
    why="this machine allows no namespaces for mounts"
    return 1
  fi
  chroot_suite=$suite
  chroot_folder=$(mktemp -d "$chroot_kept/$suite.XXXXXX")
  if ! tar -C "$chroot_folder" --exclude='./dev/*' -xf "$base"; then
    why="$base could not be unpacked"
    chroot_drop
    return 1
  fi
  chmod 755 "$chroot_folder"
  mkdir -p "$chroot_kept/archives-$suite/partial"
  cp -L /etc/resolv.conf "$chroot_folder/etc/resolv.conf"
  # A machine behind a proxy that signs for others trusts it; so must the chroot, whose own
  # ca-certificates comes to the same file.
  if compgen -G "/usr/local/share/ca-certificates/*.crt" >/dev/null; then
    mkdir -p "$chroot_folder/usr/local/share/ca-certificates"
    cp /usr/local/share/ca-certificates/*.crt "$chroot_folder/usr/local/share/ca-certificates/"
  fi
}

# Made by debootstrap: mmdebstrap brings all of Perl by usrmerge.
chroot_bootstrap() { # suite, mirror, tar
  if ! command -v debootstrap >/dev/null; then
    why="debootstrap is not installed"
    return 1
  fi
  rm -rf "$3.folder"
  quietly "Making a minimal $1" debootstrap --variant=minbase "$1" "$3.folder" "$2" || return 1
  rm -f "$3.folder"/var/cache/apt/archives/*.deb "$3.folder"/var/cache/apt/*.bin "$3.folder"/var/lib/apt/lists/*_*
  tar -C "$3.folder" -cf "$3.part" . && rm -rf "$3.folder" && mv "$3.part" "$3"
}

# At /src: a fresh clone, or the tree as it stands less what git ignores where there is no
# repository or something is not committed.
chroot_copy_tree() {
  mkdir -p "$chroot_folder/src"
  if [ -z "$(git -C "$root" status --porcelain 2>&1)" ]; then
    git clone --quiet --depth 1 "file://$root" "$chroot_folder/src"
    chmod 777 "$chroot_folder/src"
    return
  fi
  echo "The tree has changes: they are tried as well" >&2
  git -C "$root" ls-files -z --cached --others --exclude-standard | (cd "$root" && xargs -0 ls -d 2>/dev/null | tar -cf - -T -) |
    tar -C "$chroot_folder/src" --no-same-owner -xf -
  chmod 777 "$chroot_folder/src"
}

# A user `someone` who may use sudo without a password.
chroot_add_sudo() {
  chroot_run root "env DEBIAN_FRONTEND=noninteractive sh -c 'apt-get -qq update &&
    apt-get -qq install --no-install-recommends sudo' >/dev/null 2>&1 &&
    useradd --create-home --shell /bin/bash someone &&
    echo 'someone ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/someone"
  chown -R --reference="$chroot_folder/home/someone" "$chroot_folder/src"
}

# chroot_run root|sudo COMMAND: in a login shell of root's or of the user's.
chroot_run() {
  local login=root
  [ "$1" = root ] || login=someone
  # shellcheck disable=SC2016  # the inner shell's
  unshare --mount --pid --fork --kill-child bash -euc '
    folder=$1 ccache=$2 archives=$3 login=$4 command=$5
    mount --make-rprivate /
    mount --rbind /dev "$folder/dev"
    mount -t proc proc "$folder/proc"
    mount -t sysfs -o ro sysfs "$folder/sys"
    mount --bind "$archives" "$folder/var/cache/apt/archives"
    if [ -n "$ccache" ]; then
      mkdir -p "$folder/ccache"
      mount --bind "$ccache" "$folder/ccache"
      command="export CCACHE_DIR=/ccache CCACHE_BASEDIR=/src; $command"
    fi
    [ -z "${CI:-}" ] || command="export CI=$CI; $command"
    exec chroot "$folder" su - "$login" -c "$command"
  ' chroot_run "$chroot_folder" "$chroot_ccache" "$chroot_kept/archives-$chroot_suite" "$login" "$2" </dev/null
}

chroot_drop() {
  [ -z "$chroot_folder" ] || rm -rf --one-file-system "$chroot_folder"
  chroot_folder=""
}
