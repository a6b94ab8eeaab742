"""The kernels of the bars: every bench in programs/, each with an n to measure and a small one.

`n` makes CPython take about 0.1 to 0.4 s an iteration. `quick` is for a look and for comparing
checksums. `compiled` makes C with checks take about 20 to 50 ms (fixed_misleading and mapfilter differ);
bench/jit uses it, but engines named in `slow`, which would take seconds there, meet the JIT at `n`.
`iterations` counts the first one, which is left out as warm-up; it goes with `n`. `tolerance` is
how far the checksums of other languages may be away, relatively.
"""
from dataclasses import dataclass


@dataclass(frozen=True)
class Kernel:
    program: str
    bench: str
    n: int
    quick: int
    compiled: int
    iterations: int = 4
    tolerance: float = 1e-9
    slow: tuple[str, ...] = ()

    @property
    def name(self):
        return f"{self.program}/{self.bench}"


# Peers other than C have no 24-bit cos, sin and acos; they compute v2 and v3 with doubles.
SINGLE_PRECISION = 1e-5

KERNELS = [
    Kernel("great_circle", "raw", 500_000, 20_000, 1_000_000),
    Kernel("great_circle", "with_acos", 500_000, 20_000, 1_000_000),
    Kernel("great_circle", "factored", 500_000, 20_000, 1_000_000),
    Kernel("great_circle", "fixed_misleading", 500_000, 20_000, 3_000_000),
    Kernel("great_circle_v0", "distance", 500_000, 20_000, 1_000_000),
    Kernel("great_circle_v1", "distance", 500_000, 20_000, 1_000_000),
    Kernel("great_circle_v2", "distance", 500_000, 20_000, 1_000_000, tolerance=SINGLE_PRECISION),
    Kernel("great_circle_v3", "distance", 500_000, 20_000, 1_000_000, tolerance=SINGLE_PRECISION),
    Kernel("trig", "inline", 1_000_000, 50_000, 1_000_000),
    Kernel("trig", "function", 1_000_000, 50_000, 1_000_000),
    # n stays small: Lua and PyPy copy the whole string at every step. bench/strings_growth goes
    # further.
    Kernel("strings", "plus_equals", 20_000, 5_000, 2_000_000, iterations=9,
           slow=("PyPy", "luajit")),
    Kernel("strings", "with_buffer", 1_000_000, 50_000, 2_000_000),
    Kernel("strings", "with_join", 1_000_000, 50_000, 1_000_000),
    Kernel("mapfilter", "map_filter_with_functions", 2_000_000, 50_000, 20_000_000,
           slow=("PyPy", "node")),
    Kernel("mapfilter", "map_filter_with_lambdas", 2_000_000, 50_000, 20_000_000,
           slow=("PyPy", "node")),
    Kernel("mapfilter", "comprehension", 3_000_000, 50_000, 5_000_000),
    Kernel("mapfilter", "comprehension_with_functions", 2_000_000, 50_000, 5_000_000),
    Kernel("mapfilter", "comprehension_with_lambdas", 1_000_000, 50_000, 5_000_000),
    Kernel("mapfilter", "generator", 3_000_000, 50_000, 20_000_000, slow=("PyPy",)),
    Kernel("memo", "fib_plain", 12_000, 500, 50_000),
    Kernel("memo", "fib_memo", 2_000_000, 50_000, 8_000_000),
    Kernel("memo", "distance_plain", 500_000, 20_000, 1_000_000),
    Kernel("memo", "distance_memo", 1_000_000, 50_000, 5_000_000),
    Kernel("fib", "recursive", 31, 20, 34),
    Kernel("collatz", "inline", 20_000, 2_000, 120_000),
    Kernel("collatz", "function", 20_000, 2_000, 120_000),
    Kernel("mandelbrot", "function", 200, 50, 600),
    Kernel("mandelbrot", "inline", 200, 50, 600),
    Kernel("primes", "with_loop", 150_000, 10_000, 300_000),
    Kernel("primes", "with_all", 150_000, 10_000, 300_000),
    Kernel("nsieve", "sieve", 2_000_000, 50_000, 5_000_000),
    Kernel("matmul", "with_loops", 150, 40, 300),
    Kernel("matmul", "with_comprehension", 150, 40, 300),
    Kernel("nqueens", "solutions", 11, 6, 12),
]


def select(names):
    """The kernels that `names`, a comma-separated list of programs or program/bench, stands for."""
    if not names:
        return KERNELS
    chosen = []
    for name in names.split(","):
        hits = [kernel for kernel in KERNELS if name in (kernel.program, kernel.name)]
        if not hits:
            known = ", ".join(sorted({kernel.program for kernel in KERNELS}))
            raise SystemExit(f"no kernel `{name}`; there are: {known}")
        chosen += [kernel for kernel in hits if kernel not in chosen]
    return chosen
