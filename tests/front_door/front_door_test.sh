#!/bin/sh
# Tests ./lab and tests/run against a pretended machine: PATH holds nothing but the tools every
# Debian has and stand-ins for dpkg-query, apt-get, sudo, id, sleep, cmake and ctest, which note
# each call in $box/calls. Nothing is installed or compiled.
# Usage: front_door_test.sh PROJECT CASE, where CASE is one of the functions below.
set -u

project=$1
box=$(mktemp -d)
trap 'rm -rf "$box"' EXIT
home="$box/a project's home"
essential="sh basename cat chmod cp env find flock grep head ln mkdir mv nproc pwd readlink rm sed
setsid tail touch tr"

flunk() {
    printf 'FAILED: %s\n--- output\n' "$1"
    cat "$box/out"
    echo "--- error output"
    cat "$box/err"
    echo "--- calls"
    cat "$box/calls"
    exit 1
}

# stand_in NAME: an executable whose body comes from standard input.
stand_in() {
    {
        cat <<END
#!/bin/sh
box="$box"
echo "$1 \$*" >>"\$box/calls"
END
        cat
    } >"$box/bin/$1"
    chmod +x "$box/bin/$1"
}

make_machine() {
    mkdir "$box/bin"
    : >"$box/calls"
    : >"$box/installed"
    for tool in $essential; do
        ln -s "$(command -v "$tool")" "$box/bin/$tool"
    done
    stand_in dpkg-query <<'END'
while read -r package; do echo "$package installed."; done <"$box/installed"
END
    stand_in id <<'END'
cat "$box/uid"
END
    stand_in sleep </dev/null
    # As apt does: a dry run tells sizes; an installation may meet a lock, or names nobody knows.
    stand_in apt-get <<'END'
case $* in
*update)
    [ -e "$box/unknown" ] && rm "$box/unknown"
    exit 0 ;;
esac
[ -e "$box/unknown" ] && { echo "E: Unable to locate package $1"; exit 100; }
case $* in
*--assume-no*)
    echo "0 upgraded, 70 newly installed, 0 to remove and 0 not upgraded."
    echo "Need to get 91.0 MB of archives."
    echo "After this operation, 361 MB of additional disk space will be used."
    exit 1 ;;
esac
[ -e "$box/locked" ] && {
    rm "$box/locked"
    echo "E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 1"
    exit 100
}
[ -e "$box/broken" ] && { echo "E: Failed to fetch a package"; exit 100; }
for word in "$@"; do
    case $word in -*|install) ;; *) echo "$word" >>"$box/installed" ;; esac
done
END
    stand_in cmake <<'END'
cat >/dev/null  # What the caller pipes in belongs to the program.
if [ "$1" = --build ]; then
    [ -e "$box/mistake" ] && { echo "FAILED: x.o"; echo "x.cpp:1: error: a mistake"; exit 1; }
    printf '#!/bin/sh\necho "$PWD" "$@"\nread -r line && echo "read $line"\n' >"$2/lab"
    chmod +x "$2/lab"
    exit
fi
while [ $# -gt 0 ]; do
    case $1 in -S) source=$2 ;; -B) build=$2 ;; -DLAB_TESTS=*) tests=${1#*=} ;; esac
    shift
done
[ -e "$box/mistake" ] && { echo "CMake Error: no FFI"; exit 1; }
mkdir -p "$build"
echo "CMAKE_HOME_DIRECTORY:INTERNAL=$source" >"$build/CMakeCache.txt"
echo "LAB_TESTS:BOOL=$tests" >>"$build/CMakeCache.txt"
touch "$build/build.ninja"
END
    stand_in ctest <<'END'
echo "100% tests passed"
exit 8
END
    stand_in ninja </dev/null
    stand_in c++ </dev/null

    mkdir -p "$home/tools" "$home/tests" "$home/cmake"
    cp "$project/lab" "$project/CMakeLists.txt" "$project/CMakePresets.json" "$home"
    cp "$project/tools/setup.sh" "$home/tools"
    cp "$project/tests/run" "$home/tests"
    folders=$(sed -n 's/^add_subdirectory(\(.*\))$/\1/p' "$home/CMakeLists.txt")
    for folder in $folders; do
        mkdir "$home/$folder"
        touch "$home/$folder/a.cpp"
    done
    echo 1000 >"$box/uid"
    for package in g++ cmake ninja-build libcli11-dev libfmt-dev libffi-dev \
        nlohmann-json3-dev llvm-19-dev lld-19 \
        zlib1g-dev libzstd-dev libgtest-dev chromium \
        python3 pypy3 cython3 python3-dev lua5.4 luajit nodejs gcc libc6-dev clang-19; do
        echo "$package" >>"$box/installed"
    done
}

lack() {
    for package in "$@"; do
        sed -i "/^$package\$/d" "$box/installed"
    done
}

# call STATUS COMMAND...: runs it on the pretended machine and checks how it ended.
call() {
    wanted=$1
    shift
    : >"$box/calls"
    echo "a line" | env -i PATH="$box/bin" "$@" >"$box/out" 2>"$box/err"
    status=$?
    [ $status -eq "$wanted" ] || flunk "$* ended with $status, not $wanted"
}

says() { grep -qF -- "$1" "$box/err" || flunk "nothing says: $1"; }
prints() { [ "$(cat "$box/out")" = "$1" ] || flunk "the output is not: $1"; }
called() { grep -q -- "$1" "$box/calls" || flunk "no call of: $1"; }
not_called() { ! grep -q -- "$1" "$box/calls" || flunk "a call of: $1"; }

program_output="$PWD run x.gc
read a line"

builds_once() {
    call 0 "$home/lab" run x.gc
    prints "$program_output"
    says "lab: building (release)"
    called 'cmake.*LAB_TESTS=OFF'
    not_called apt-get
    # The second call needs find and nothing else of the machine.
    mkdir "$box/only"
    ln -s "$box/bin/find" "$box/only/find"
    : >"$box/calls"
    echo "a line" | env -i PATH="$box/only" "$home/lab" run x.gc >"$box/out" 2>"$box/err"
    prints "$program_output"
    [ -s "$box/err" ] && flunk "the second call is not silent"
    [ -s "$box/calls" ] && flunk "the second call prepares something"
    return 0
}

rebuilds_what_changed() {
    call 0 "$home/lab"
    for change in "touch CMakeLists.txt" "touch runtime/a.cpp" "rm infer/a.cpp" "touch cmake"; do
        (cd "$home" && $change)
        call 0 "$home/lab"
        called 'cmake --build'
        not_called 'cmake -S'
        call 0 "$home/lab"
        not_called cmake
    done
    touch "$home/CMakePresets.json"
    call 0 "$home/lab"
    called 'cmake -S'
    touch "$home/tests/a.cpp"
    call 0 "$home/lab"
    not_called cmake
}

installs_as_root() {
    echo 0 >"$box/uid"
    lack ninja-build libffi-dev
    call 0 "$home/lab" run x.gc
    prints "$program_output"
    says "installing ninja-build libffi-dev (70 packages in all, 91.0 MB to fetch, 361 MB on disk)"
    called 'apt-get --yes .*--no-install-recommends .*install ninja-build libffi-dev'
    not_called 'update'
}

installs_through_sudo() {
    stand_in sudo <<'END'
[ "$1" = -n ] && exit 0
echo 0 >"$box/uid"
"$@"
END
    lack g++
    call 0 "$home/lab"
    called 'sudo env DEBIAN_FRONTEND=noninteractive .*install g++'
    grep -q '^g++$' "$box/installed" || flunk "g++ was not installed"
}

names_the_line_without_root() {
    lack cmake libfmt-dev
    call 69 "$home/lab" run x.gc
    prints ""
    says "    apt-get install --no-install-recommends --yes cmake libfmt-dev"
    not_called 'apt-get --yes'
    # Nor does it help that sudo is there when it refuses.
    stand_in sudo <<'END'
exit 1
END
    touch "$box/unknown"
    call 69 setsid "$home/lab" run x.gc
    says "    apt-get update && apt-get install --no-install-recommends --yes cmake libfmt-dev"
    not_called 'sudo env'
}

updates_unknown_lists() {
    echo 0 >"$box/uid"
    touch "$box/unknown"
    lack libcli11-dev
    call 0 "$home/lab"
    says "apt-get update"
    called 'apt-get .*update'
}

waits_for_a_locked_apt() {
    echo 0 >"$box/uid"
    touch "$box/locked"
    lack libcli11-dev
    call 0 "$home/lab"
    says "trying once more"
    called 'sleep 20'
    not_called 'update'
}

tells_why_apt_failed() {
    echo 0 >"$box/uid"
    touch "$box/broken"
    lack libcli11-dev
    call 69 "$home/lab"
    says "E: Failed to fetch a package"
    says "the whole log: $home/build/log/apt.log"
    says "    apt-get install --no-install-recommends --yes libcli11-dev"
    prints ""
}

works_without_apt() {
    rm "$box/bin/apt-get" "$box/bin/dpkg-query"
    call 0 "$home/lab" run x.gc
    prints "$program_output"
    rm -r "$home/build" "$box/bin/ninja"
    call 69 "$home/lab" run x.gc
    says "ninja is missing"
    says "CMake 3.25"
}

works_from_anywhere() {
    ln -s "$home/lab" "$box/bin/lab-link"
    ln -s lab-link "$box/bin/lab-link-2"
    call 0 lab-link-2 run x.gc
    prints "$program_output"
    cd "$home" || exit 1
    call 0 ./lab run x.gc
    prints "$home run x.gc
read a line"
    not_called cmake
    call 0 sh lab "a  b" '' '*'
    prints "$home a  b  *
read a line"
}

needs_no_environment() {
    umask 077
    call 0 HOME=/proc LC_ALL=C CDPATH=/ "$home/lab" run x.gc
    prints "$program_output"
    rm -r "$home/build"
    echo 0 >"$box/uid"
    stand_in apt-get <<'END'
umask >>"$box/umask"
END
    lack cmake
    call 69 setsid "$home/lab"
    grep -q 0077 "$box/umask" || flunk "the test does not see the caller's umask"
    stand_in apt-get <<'END'
umask >"$box/umask"
echo "0 upgraded, 1 newly installed, 0 to remove and 0 not upgraded."
END
    call 0 setsid "$home/lab"
    grep -q 0022 "$box/umask" || flunk "apt runs with the caller's umask"
}

builds_once_for_two_callers() {
    : >"$box/calls"
    for number in 1 2 3; do
        env -i PATH="$box/bin" "$home/lab" $number </dev/null >"$box/out$number" 2>"$box/err" &
    done
    wait
    for number in 1 2 3; do
        [ "$(cat "$box/out$number")" = "$PWD $number" ] || flunk "caller $number got something else"
    done
    [ "$(grep -c 'cmake --build' "$box/calls")" -eq 1 ] || flunk "built more than once"
}

tells_why_a_build_failed() {
    call 0 "$home/lab"
    touch "$box/mistake" "$home/infer/a.cpp"
    for attempt in 1 2; do
        call 69 "$home/lab"
        prints ""
        says "x.cpp:1: error: a mistake"
        says "the whole log: $home/build/log/release.build.log"
    done
    rm "$box/mistake"
    call 0 "$home/lab"
    rm -r "$home/build"
    touch "$box/mistake"
    call 69 "$home/lab"
    says "CMake Error: no FFI"
    : "$attempt"
}

builds_elsewhere() {
    call 0 LAB_BUILD_DIR="$box/out of tree" "$home/lab" run x.gc
    prints "$program_output"
    call 0 LAB_BUILD_DIR="$box/out of tree" "$home/lab"
    not_called cmake
    [ -e "$home/build" ] && flunk "there is a build directory in the project"
    # A second copy of the project must not run the program of the first.
    cp -Rp "$home" "$box/copy"
    call 0 LAB_BUILD_DIR="$box/out of tree" "$box/copy/lab"
    called 'cmake -S .*--fresh'
    cd "$box" || exit 1
    call 0 LAB_BUILD_DIR=relative "$home/lab" run x.gc
    [ -x "$box/relative/release/lab" ] || flunk "a relative LAB_BUILD_DIR is not the caller's"
    call 5 LAB_BUILD_DIR=/dev/null/no "$home/lab"
    says "cannot write in /dev/null/no"
}

survives_a_move() {
    call 0 "$home/lab"
    mv "$home" "$box/moved"
    call 0 "$box/moved/lab"
    not_called cmake
    touch "$box/moved/infer/a.cpp"
    call 0 "$box/moved/lab"
    called 'cmake -S .*--fresh'
}

runs_the_tests() {
    lack libgtest-dev
    echo 0 >"$box/uid"
    call 8 "$home/tests/run" -R lexer
    prints "100% tests passed"
    called 'install libgtest-dev'
    called 'cmake .*--preset dev .*LAB_TESTS=ON'
    called 'ctest --test-dir .*/build/dev .*-R lexer'
    call 8 "$home/tests/run" dev
    not_called 'cmake -S'
    called 'cmake --build'
    call 8 "$home/tests/run" asan
    called 'ctest --test-dir .*/build/asan '
    call 2 "$home/tests/run" fast
    says "unknown preset fast"
    # The program's build gains tests when asked, and keeps them.
    call 0 "$home/lab"
    call 8 "$home/tests/run" release
    called 'cmake .*--preset release .*LAB_TESTS=ON'
    touch "$home/infer/a.cpp"
    call 0 "$home/lab"
    not_called 'cmake -S'
    touch "$box/mistake"
    call 69 "$home/tests/run"
    not_called ctest
}

make_machine
: >"$box/out"
: >"$box/err"
"$2"
