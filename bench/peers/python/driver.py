"""Runs one bench of a peer program: `PROGRAM BENCH N ITERATIONS`.

Prints a line per iteration, `checksum<TAB>seconds`; all iterations run in one process.
"""
import sys
import time


def run(*benches):
    name, n, iterations = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    bench = {function.__name__: function for function in benches}[name]
    for _ in range(iterations):
        start = time.perf_counter()
        value = bench(n)
        seconds = time.perf_counter() - start
        print(f"{value!r}\t{seconds:.9f}")
