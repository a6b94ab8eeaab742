#!/bin/sh
# The table of seeded faults (tests/mutants/mutants.txt) and their places in the sources agree one
# to one, and the program of an ordinary build has none of them.
# Usage: table_test.sh ROOT PROGRAM HAS_FAULTS, where HAS_FAULTS says whether this build has them.
set -u

root=$1
program=$2
has_faults=$3
cd "$root" || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -r "$work"' EXIT
status=0

fail() {
    echo "$1"
    status=1
}

sed -n 's/^\([0-9][0-9]*\) \([^ ]*\) ..*/\1 \2/p' tests/mutants/mutants.txt | sort >"$work/table"
# A use is LAB_MUTANT(number, ...; the header that defines it has none.
grep -rnoE --include='*.h' --include='*.cpp' 'LAB_MUTANT\([0-9]+' \
    frontend runtime infer interp jit tiered emit measure peers report cli |
    grep -v '^runtime/mutant.h:' |
    sed 's/^\([^:]*\):[0-9]*:LAB_MUTANT(\([0-9]*\)$/\2 \1/' | sort >"$work/places"

[ -s "$work/table" ] || fail "the table is empty"
diff "$work/table" "$work/places" >"$work/differences" ||
    fail "the table (<) and the places in the sources (>) differ:
$(cat "$work/differences")"
repeated=$(cut -d' ' -f1 "$work/places" | uniq -d)
[ -z "$repeated" ] || fail "numbers that stand twice: $repeated"

# The program says itself whether it can switch one on: 101 makes sums wrap.
sum='print(9223372036854775807 + len("a"))'
if LAB_MUTANT=101 "$program" run --backend=interp -e "$sum" >"$work/output" 2>&1; then
    [ "$has_faults" = yes ] || fail "this build has seeded faults"
else
    [ "$has_faults" = no ] || fail "LAB_MUTANT=101 does nothing: $(cat "$work/output")"
fi
exit $status
