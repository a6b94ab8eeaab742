#!/bin/sh
# Checks what a reader counts on in every source file: at most 600 lines, no note of unfinished
# work, no tabs; a .cpp opens with a comment that says what it does, a header with #pragma once.
# Usage: tools/check_files.sh [ROOT]. Prints each offence; ends with 1 when there is one.
set -u

root=${1:-$(dirname "$0")/..}
cd "$root" || exit 2

folders=$(sed -n 's/^ *add_subdirectory(\([a-z_]*\))$/\1/p' CMakeLists.txt)
# The words are put together here so that this file passes its own check.
unfinished="TO""DO|FIX""ME|XX""X"

offences=$(
    # shellcheck disable=SC2086 # A list of names.
    find $folders cmake tools lab CMakeLists.txt -type f \( -name '*.cpp' -o -name '*.h' \
        -o -name '*.def' -o -name '*.sh' -o -name '*.py' -o -name '*.cmake' \
        -o -name CMakeLists.txt -o -name lab -o -name run \) |
        while IFS= read -r file; do
            lines=$(wc -l <"$file")
            [ "$lines" -le 600 ] || echo "$file: $lines lines; split it (600 at most)"
            grep -nHE "\\b($unfinished)\\b" "$file"
            grep -nHE "$(printf '\t')" "$file"
            case $file in
            *.cpp) head -n 1 "$file" | grep -q '^//' ||
                echo "$file: does not open with a comment that says what it does" ;;
            *.h) grep -qx '#pragma once' "$file" || echo "$file: has no #pragma once" ;;
            esac
        done
)
[ -z "$offences" ] && exit 0
printf '%s\n' "$offences"
exit 1
