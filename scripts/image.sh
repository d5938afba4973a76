#!/usr/bin/env bash
# Builds the container image from the .deb, and runs it once: on debian:bookworm-slim where a registry
# of images can be reached, else on a base made here from Debian's packages alone.
#
#   scripts/image.sh [DEB]        IMAGE=flowlog-conformance:VERSION names the result,
#                                 BASE=own makes the base without looking for a registry
#
# Ends with 3 where this machine allows no containers.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=scripts/say.sh
. "$root/scripts/say.sh"
# shellcheck source=scripts/chroot.sh
. "$root/scripts/chroot.sh"

limit=150 # megabytes
deb=$(realpath "${1:-$("$root/scripts/package.sh")}")
version=$(dpkg-deb -f "$deb" Version)
image=${IMAGE:-flowlog-conformance:$version}
if ! command -v buildah >/dev/null || ! command -v podman >/dev/null; then
  echo "image.sh: not tried: buildah and podman are not installed" >&2
  exit 3
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp "$deb" "$folder/"
# Without a kernel that lets containers have namespaces of their own, a chroot does to build.
isolation=${ISOLATION:-chroot}

# A base like debian:bookworm-slim: no manuals, no documents, no translations, now or later.
own_base() {
  local left_out=() path
  mkdir -p "$folder/base/etc/dpkg/dpkg.cfg.d"
  for path in man doc locale info; do
    left_out+=(--exclude="./usr/share/$path/*")
    echo "path-exclude=/usr/share/$path/*" >>"$folder/base/etc/dpkg/dpkg.cfg.d/slim"
  done
  chroot_tar bookworm || {
    echo "image.sh: not tried: $why" >&2
    exit 3
  }
  tar -C "$folder/base" "${left_out[@]}" -xf "$chroot_kept/bookworm.tar"
  tar -C "$folder/base" -cf "$folder/base.tar" .
  podman import --quiet "$folder/base.tar" flowlog-base:bookworm >/dev/null
  rm -rf "$folder/base" "$folder/base.tar"
}

base=debian:bookworm-slim
if [ "${BASE:-}" = own ] ||
  { ! podman image exists "$base" &&
    ! quietly "Looking for $base" timeout 60 podman pull --quiet "$base" 2>/dev/null; }; then
  echo "image.sh: $base is not used; a base is made from Debian's packages" >&2
  base=localhost/flowlog-base:bookworm
  podman image exists "$base" || own_base
fi
quietly "Building $image on $base" buildah build --isolation "$isolation" --build-arg "BASE=$base" \
  --tag "$image" --file "$root/Containerfile" "$folder"

size=$(podman image inspect --format '{{.Size}}' "$image")
echo "$image: $((size / 1000000)) MB"
if [ "$size" -gt $((limit * 1000000)) ]; then
  echo "image.sh: more than $limit MB" >&2
  exit 1
fi

# The suite on its own mock, as the image's own user and with its state in the volume.
# shellcheck disable=SC2016  # the image's shell
trial='test "$(id -u)" != 0
  flowlog-conformance run --seed 1 --only "param.FlowLogName.*" --out /tmp/report
  test -s /tmp/report/junit.xml
  test -d /state/flowlog-conformance'
# A limit that is left out is raised to a default, which not every machine allows.
podman_run=(podman run --rm --network=none
  --ulimit "nofile=$(ulimit -Sn):$(ulimit -Hn)" --ulimit "nproc=$(ulimit -Su):$(ulimit -Hu)")
if told=$("${podman_run[@]}" "$image" --version 2>&1); then
  test "$(tail -n 1 <<<"$told")" = "$version"
  "${podman_run[@]}" -v flowlog-image-test:/state --entrypoint sh "$image" -ec "$trial"
  podman volume rm flowlog-image-test >/dev/null
  echo "image.sh: $image runs"
  exit
fi
# What the image holds is tried all the same: its files in a chroot, as its user.
echo "image.sh: this machine does not let podman run containers: $(tail -n 1 <<<"$told")" >&2
test "$(podman image inspect --format '{{index .Config.Entrypoint 0}}' "$image")" = flowlog-conformance
container=$(buildah from "$image")
trap 'buildah rm "$container" >/dev/null; rm -rf "$folder"' EXIT
test "$(buildah run --isolation chroot "$container" -- flowlog-conformance --version)" = "$version"
buildah run --isolation chroot "$container" -- sh -ec "$trial"
echo "image.sh: $image runs in a chroot; as a container it was not tried"
exit 3
