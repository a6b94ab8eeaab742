#!/bin/bash
# The front door for real: makes a bare Debian 12 (debootstrap --variant=minbase) in a folder, puts
# a fresh clone of the last commit into it and calls ./lab and tests/run there. Takes minutes for
# each case and needs root, debootstrap, git and the network, so it is a command of its own.
#
# Usage: tools/test_bare_debian.sh [CASE...]      all of them when none is named
#   bare      as root, without lists of packages, as in a container image
#   libedit   the same with libedit-dev there, which once broke LLVM's package configuration
#   spaces    from a path with spaces, LC_ALL=C, no TERM, umask 077
#   user      as a user without root: told the line first, then with the packages there, no HOME
#
# Debian's files come from where this machine's apt takes them. The bare system is made once and
# kept in LAB_BARE_CACHE (default ~/.cache/lab); logs stay in LAB_BARE_LOG (default build/log/bare).
set -euo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd -P)
cache=${LAB_BARE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/lab}
logs=${LAB_BARE_LOG:-${LAB_BUILD_DIR:-$root/build}/log/bare}
tarball=$cache/bookworm-minbase.tar

[ "$(id -u)" -eq 0 ] || {
    echo "test_bare_debian: needs root, for chroot" >&2
    exit 69
}
# In a mount namespace of its own, so that nothing stays mounted however this ends.
if [ "${LAB_BARE_INSIDE:-}" != yes ]; then
    LAB_BARE_INSIDE=yes exec unshare --mount --propagation private "${BASH_SOURCE[0]}" "$@"
fi

machine=
trap 'remove_machine' EXIT
case_name=

remove_machine() {
    [ -n "$machine" ] || return 0
    umount "$machine/proc" 2>/dev/null || true
    rm -rf --one-file-system "$machine"
    machine=
}

fail() {
    echo "FAILED $case_name: $1" >&2
    exit 1
}

make_tarball() {
    [ -f "$tarball" ] && return
    mkdir -p "$cache"
    local mirror folder
    # shellcheck disable=SC2016 # The $(...) is apt's.
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Codename: bookworm' 'Component: main' |
        sort -u | grep -v security | head -n 1)
    [ -n "$mirror" ] || fail "this machine's apt knows no source of bookworm"
    folder=$(mktemp -d)
    debootstrap --variant=minbase bookworm "$folder" "$mirror" >"$logs/debootstrap.log" 2>&1 ||
        fail "debootstrap; see $logs/debootstrap.log"
    # As in an image: no lists, no archives.
    rm -rf "$folder"/var/lib/apt/lists/* "$folder"/var/cache/apt/*
    tar -C "$folder" -cf "$tarball.new" .
    mv "$tarball.new" "$tarball"
    rm -rf --one-file-system "$folder"
}

# make_machine PROJECT: a bare system in $machine with a clone of the project at PROJECT in it.
make_machine() {
    machine=$(mktemp -d)
    tar -C "$machine" -xf "$tarball"
    chmod 755 "$machine"
    local part
    for part in sources.list sources.list.d apt.conf.d preferences.d keyrings trusted.gpg.d; do
        rm -rf "${machine:?}/etc/apt/$part"
        [ ! -e "/etc/apt/$part" ] || cp -R "/etc/apt/$part" "$machine/etc/apt/$part"
    done
    cp -L /etc/resolv.conf /etc/hosts "$machine/etc/"
    mount -t proc proc "$machine/proc"
    mkdir -p "$machine${1%/*}"
    git clone --quiet --no-hardlinks "$root" "$machine$1"
    project=$1
}

# inside USER FOLDER COMMAND [VARIABLE=VALUE...]: no terminal, and an environment of nothing but
# PATH and the variables.
inside() {
    local user=$1 folder=$2 command=$3
    shift 3
    setsid --wait env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@" \
        chroot --userspec="$user" "$machine" /bin/sh -c "cd '$folder' && $command" </dev/null
}

# step NAME USER COMMAND [VARIABLE=VALUE...]: runs it in the project, keeps both outputs, tells the
# time it took.
step() {
    local name=$1 user=$2 command=$3 start=$EPOCHREALTIME status=0
    shift 3
    out=$logs/$case_name.$name.out
    err=$logs/$case_name.$name.err
    inside "$user" "$project" "$command" "$@" >"$out" 2>"$err" || status=$?
    printf '%-8s %-12s status %-3d %8.3f s   %s\n' "$case_name" "$name" "$status" \
        "$(echo "$start $EPOCHREALTIME" | awk '{ print $2 - $1 }')" "$command"
    [ "$status" -eq "${wanted:-0}" ] || {
        tail -n 30 "$out" "$err" >&2
        fail "$name ended with $status, not ${wanted:-0}"
    }
}

# The lesson's program, twice (the second time without apt and network), then every test.
run_everything() {
    local user=$1
    shift
    step first "$user" './lab run --backend=jit programs/great_circle.gc' "$@"
    [ -s "$out" ] || fail "the program printed nothing"
    first_out=$out
    mv "$machine/usr/bin/apt-get" "$machine/usr/bin/dpkg-query" "$machine/srv/"
    step second "$user" './lab run --backend=jit programs/great_circle.gc' "$@"
    mv "$machine/srv/apt-get" "$machine/srv/dpkg-query" "$machine/usr/bin/"
    [ ! -s "$err" ] || fail "the second call is not silent"
    cmp -s "$first_out" "$out" || echo "$case_name: the two outputs differ (times?)"
    step tests "$user" 'tests/run' "$@"
    grep '^100% tests passed' "$out" || fail "ctest does not say that all tests passed"
}

case_bare() {
    make_machine /srv/lab
    run_everything root HOME=/srv
}

case_libedit() {
    make_machine /srv/lab
    inside root / 'apt-get update && apt-get install --yes --no-install-recommends libedit-dev' \
        >"$logs/libedit.log" 2>&1 || fail "libedit-dev; see $logs/libedit.log"
    run_everything root HOME=/srv
}

case_spaces() {
    make_machine "/srv/a lab's  folder/lab"
    # The shell in between would end the quotation at the apostrophe.
    project="/srv/a lab'\\''s  folder/lab"
    run_everything root HOME=/srv LC_ALL=C
    inside root / "umask 077; rm -rf '$project/build'" || fail "removing the build"
    step umask root 'umask 077; ./lab run --backend=jit programs/great_circle.gc' LC_ALL=C
}

case_user() {
    make_machine /srv/lab
    inside root / 'useradd --no-create-home student && chown -R student: /srv/lab'
    wanted=69 step told student './lab run --backend=jit programs/great_circle.gc'
    [ ! -s "$out" ] || fail "standard output is not left to the program"
    local line
    line=$(sed -n 's/^    \(.*apt-get install .*\)/\1/p' "$err")
    [ -n "$line" ] || fail "no line that installs the packages"
    inside root / "$line" DEBIAN_FRONTEND=noninteractive >"$logs/user.apt.log" 2>&1 ||
        fail "the line that was told does not work: $line"
    step build student './lab run --backend=jit programs/great_circle.gc'
    inside root / 'apt-get install --yes --no-install-recommends libgtest-dev chromium python3 \
        pypy3 cython3 python3-dev lua5.4 luajit nodejs gcc libc6-dev clang-19' \
        >>"$logs/user.apt.log" 2>&1 || fail "the tests' packages; see $logs/user.apt.log"
    run_everything student HOME=/proc
}

mkdir -p "$logs"
logs=$(cd "$logs" && pwd -P)
make_tarball
[ $# -gt 0 ] || set -- bare libedit spaces user
for case_name in "$@"; do
    declare -F "case_$case_name" >/dev/null || fail "there is no such case"
    "case_$case_name"
    remove_machine
done
echo "passed: $*"
