# shellcheck shell=sh
# What ./lab, tests/run and some tools share: one lock, installing packages, configuring, building. Sourced with
# `root` (the project's folder) and `build_root` set. Everything is told on standard error, one line
# a phase; the rest goes to logs in $build_root/log. Every way out of here ends the script: 69 when
# something needed is missing or cannot be made, 5 when the build directory cannot be written.

: "${root:?}" "${build_root:?}"

# shellcheck disable=SC2034 # These are for the scripts that source this file.
build_packages="g++ cmake ninja-build libcli11-dev libfmt-dev libffi-dev nlohmann-json3-dev
llvm-19-dev lld-19 zlib1g-dev libzstd-dev"
# Programs are written for every peer (peers/), and the tests run them there.
# shellcheck disable=SC2034
test_packages="libgtest-dev chromium python3 pypy3 cython3 python3-dev lua5.4 luajit nodejs gcc
libc6-dev clang-19"
# Debian 12's default clang-tidy (14) stumbles over the C++20 library of g++ 12.
# shellcheck disable=SC2034
tidy_packages="clang-tidy-19"
# shellcheck disable=SC2034
coverage_packages="llvm-19 libclang-rt-19-dev"

say() {
    printf 'lab: %s\n' "$1" >&2
}

# fail STATUS SENTENCE
fail() {
    say "$2"
    exit "$1"
}

# take_lock: one set-up at a time in a build directory; the others wait.
take_lock() {
    if ! { mkdir -p "$build_root/log" && (: >>"$build_root/lock"); } 2>/dev/null; then
        fail 5 "cannot write in $build_root: set LAB_BUILD_DIR to a folder that can be written"
    fi
    build_root=$(cd -- "$build_root" && pwd -P)
    command -v flock >/dev/null || return 0
    exec 9>>"$build_root/lock"
    if ! flock -n 9; then
        say "waiting for another lab that is building in $build_root"
        flock 9
    fi
}

drop_lock() {
    exec 9>&-
}

# show_log LOG: the part that explains a failure. Ninja puts the broken command's output after
# FAILED, other output may follow.
show_log() {
    if grep -q '^FAILED:' "$1"; then
        sed -n '/^FAILED:/,$p' "$1" | head -n 40 >&2
    else
        tail -n 20 "$1" >&2
    fi
    say "the whole log: $1"
}

# missing_packages NAME...: those that dpkg does not have.
missing_packages() {
    # shellcheck disable=SC2016 # The ${...} are dpkg-query's.
    installed=$(dpkg-query -W -f '${Package} ${db:Status-Status}.\n' "$@" 2>/dev/null)
    for package in "$@"; do
        case "
$installed" in
        *"
$package installed."*) ;;
        *) printf '%s ' "$package" ;;
        esac
    done
}

# ensure_packages NAME...: installs the missing ones; touches neither apt nor the network when there
# are none.
ensure_packages() {
    needed=$*
    has_apt=no
    if command -v dpkg-query >/dev/null && command -v apt-get >/dev/null; then
        has_apt=yes
        missing=$(missing_packages "$@")
        missing=${missing% }
        [ -z "$missing" ] || install_packages
        return 0
    fi
    for tool in cmake ninja "${CXX:-c++}"; do
        command -v "$tool" >/dev/null || {
            say "$tool is missing, and this is not a Debian system, where lab would install it"
            list_requirements
            exit 69
        }
    done
}

list_requirements() {
    cat >&2 <<END
lab: needed are a C++20 compiler (g++ 12 or later), CMake 3.25 or later, Ninja, and the
     development files of CLI11, fmt, libffi and nlohmann-json (for the tests also of GoogleTest);
     Debian's names: $needed
     Packages in an unusual place are found through CMAKE_PREFIX_PATH.
END
}

# plan_installation: asks apt, without any lock, what installing $missing would take.
plan_installation() {
    # shellcheck disable=SC2086 # A list of names.
    plan=$(LC_ALL=C apt-get --assume-no --no-install-recommends -o Debug::NoLocking=true \
        install $missing 2>&1 </dev/null)
    case $plan in
    *" newly installed"*) ;;
    *) return 1 ;;
    esac
    count=$(printf '%s\n' "$plan" | sed -n 's/.* \([0-9]*\) newly installed.*/\1/p')
    fetch=$(printf '%s\n' "$plan" | sed -n 's/^Need to get \(.*\) of archives.*/\1/p')
    disk=$(printf '%s\n' "$plan" | sed -n 's/^After this operation, \(.*\) of additional.*/\1/p')
    size="$count packages in all"
    [ -z "$fetch" ] || size="$size, $fetch to fetch"
    [ -z "$disk" ] || size="$size, $disk on disk"
}

# install_packages: installs $missing as root or through sudo, or names the line and ends.
install_packages() {
    apt_log=$build_root/log/apt.log
    : >"$apt_log"
    line="apt-get install --no-install-recommends --yes $missing"
    is_planned=no
    if plan_installation; then
        is_planned=yes
    else
        line="apt-get update && $line"
    fi

    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        as_root=sudo
        if ! may_use_sudo; then
            say "packages are missing, and installing needs root; this line does it:"
            printf '    %s\n' "$line" >&2
            exit 69
        fi
    fi

    if [ $is_planned = no ]; then
        say "fetching the list of packages (apt-get update)"
        apt update || say "apt-get update failed; trying with what is there"
        plan_installation || refuse_installation
    fi
    say "installing $missing ($size)"
    # shellcheck disable=SC2086 # A list of names.
    if ! apt --no-install-recommends --no-remove install $missing; then
        # Old lists name versions that the mirror no longer has.
        [ $is_planned = yes ] || refuse_installation
        say "that failed; trying once more with a fresh list of packages"
        apt update
        apt --no-install-recommends --no-remove install $missing || refuse_installation
    fi
}

refuse_installation() {
    show_log "$apt_log"
    say "the packages could not be installed; once this line works, call lab again:"
    printf '    %s\n' "$line" >&2
    exit 69
}

# may_use_sudo: without asking, or by asking for the password on a terminal.
may_use_sudo() {
    command -v sudo >/dev/null || return 1
    sudo -n true 2>/dev/null && return 0
    (: </dev/tty) 2>/dev/null || return 1
    say "installing $missing needs root; sudo asks for your password"
    sudo -v
}

# apt ARGUMENT...: apt-get, without questions, told to the log; once more when another program
# holds apt's lock.
apt() {
    run_apt "$@" && return 0
    grep -qE 'Could not get lock|Unable to (acquire|lock)' "$apt_log" || return 1
    say "another program is using apt; trying once more in 20 seconds"
    sleep 20
    : >"$apt_log"
    run_apt "$@"
}

run_apt() (
    # What packages write must be readable by everybody, and their scripts need ldconfig, which a
    # plain `su` leaves out of PATH.
    umask 022
    PATH=$PATH:/usr/sbin:/sbin
    # shellcheck disable=SC2086 # Empty or sudo.
    exec $as_root env DEBIAN_FRONTEND=noninteractive LC_ALL=C PATH="$PATH" apt-get --yes --quiet \
        -o DPkg::Lock::Timeout=60 "$@" >>"$apt_log" 2>&1 </dev/null 9>&-
)

# configure PRESET TESTS, where TESTS is ON or OFF: unless it is done already. (Ninja itself notices
# a changed CMakeLists.txt.)
configure() {
    preset=$1
    cache=$build_root/$1/CMakeCache.txt
    ninja_file=$build_root/$1/build.ninja
    if [ -f "$cache" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$cache"; then
        # The project was moved, or another copy has built here: that cache is of no use.
        set -- "-DLAB_TESTS=$2" --fresh
    elif [ -f "$cache" ] && [ -f "$ninja_file" ] &&
        [ -z "$(find "$root/CMakePresets.json" -newer "$ninja_file")" ] &&
        { [ "$2" = OFF ] || grep -qxF LAB_TESTS:BOOL=ON "$cache"; }; then
        return 0
    else
        set -- "-DLAB_TESTS=$2"
    fi
    log=$build_root/log/$preset.configure.log
    say "configuring ($preset)"
    cmake -S "$root" --preset "$preset" -B "$build_root/$preset" "$@" >"$log" 2>&1 </dev/null 9>&- ||
        {
            show_log "$log"
            [ "$has_apt" = yes ] || list_requirements
            fail 69 "CMake could not configure the project"
        }
}

# build PRESET [TARGET]
build() {
    log=$build_root/log/$1.build.log
    say "building ($1); the first time takes minutes"
    cmake --build "$build_root/$1" ${2:+--target "$2"} >"$log" 2>&1 </dev/null 9>&- || {
        show_log "$log"
        fail 69 "the build failed"
    }
}
