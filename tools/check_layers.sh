#!/bin/sh
# Checks that includes point one way, frontend <- runtime <- infer <- {interp, jit <- tiered, emit,
# measure} <- {peers, report} <- cli <- fuzz: a folder may include itself and the folders named in
# its row below, and nothing else of ours.
# Usage: tools/check_layers.sh [ROOT]. Prints each offending line; ends with 1 when there is one.
set -u

root=${1:-$(dirname "$0")/..}
cd "$root" || exit 2
status=0

# complain FOLDER PATTERN WHY: every include in FOLDER whose target matches PATTERN is an offence.
complain() {
    found=$(grep -rnE --include='*.h' --include='*.cpp' --include='*.def' \
        "^[[:space:]]*#[[:space:]]*include[[:space:]]*$2" "$1")
    if [ -n "$found" ]; then
        printf '%s\n    %s: %s\n' "$found" "$1" "$3"
        status=1
    fi
}

# allow FOLDER [BELOW...]: the rest of our folders are out of bounds for FOLDER.
allow() {
    folder=$1
    for other in $folders; do
        case " $* " in
        *" $other "*) ;;
        *) complain "$folder" "[\"<]$other/" "must not include $other/" ;;
        esac
    done
    # Rooted includes only: one without a folder, or one that climbs, hides from the checks above.
    complain "$folder" '"([^/"]*"|\.)' 'write includes from the root, as "frontend/ast.h"'
    [ "$folder" = jit ] || complain "$folder" '[<"](llvm|llvm-c)/' 'only jit/ includes LLVM'
}

folders="frontend runtime infer interp jit tiered emit measure peers report cli fuzz tests"
allow frontend
allow runtime frontend
allow infer frontend runtime
allow interp frontend runtime infer
allow jit frontend runtime infer
allow tiered frontend runtime infer interp jit
allow emit frontend runtime infer
allow measure frontend runtime infer
allow peers frontend runtime infer emit measure
allow report frontend runtime measure
allow cli frontend runtime infer interp jit tiered emit measure peers report
allow fuzz frontend runtime jit emit measure peers cli

# A folder that is built but has no row here would go unchecked.
built=$(sed -n 's/^add_subdirectory(\([a-z_]*\))$/\1/p' CMakeLists.txt)
for folder in $built; do
    case " $folders " in
    *" $folder "*) ;;
    *)
        echo "CMakeLists.txt builds $folder/, which tools/check_layers.sh does not know"
        status=1
        ;;
    esac
done
exit $status
