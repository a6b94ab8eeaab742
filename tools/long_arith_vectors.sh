#!/bin/sh
# Compares random arithmetic with CPython 3.11, bit for bit: the long test of the runtime.
# Usage: tools/long_arith_vectors.sh REPLAY [CASES [SEED]]
#   REPLAY  the built program tests/runtime_arith_replay
set -u

if [ $# -lt 1 ]; then
    sed -n '2,4s/^# //p' "$0" >&2
    exit 2
fi
root=$(dirname "$0")/..
{ "$root/tests/vectors/make_vectors.py" --random "${2:-1000000}" --seed "${3:-1}" || echo failed; } |
    "$1"
