#!/usr/bin/python3.11
"""Asks CPython 3.11 what arithmetic means, for tests/runtime to compare with.

    make_vectors.py                      writes arith.txt beside this file
    make_vectors.py --random N [--seed S]  writes N random cases to standard output

Values are written as `i` and a decimal int, or `f` and the hex digits of the
float's bits without trailing zeros (`f-` for 0.0, `fnan` for every nan).
Results are values, T or F, text, or an error: O overflow, Z division by zero,
D domain, N negative exponent, V unreadable text. Where gc differs from Python
by design (64-bit ints, no complex numbers, int ** -1) this file says so.
"""

import argparse
import math
import operator
import os
import random
import struct
import sys
import urllib.parse

INT_MIN, INT_MAX = -(2**63), 2**63 - 1

INTS = [
    INT_MIN, INT_MIN + 1, -(2**53) - 1, -(2**53), -(2**32), -1000003, -10, -3, -2, -1, 0,
    1, 2, 3, 7, 10, 63, 1000, 3037000499, 2**31, 2**53, 2**53 + 1, 2**62, INT_MAX - 1, INT_MAX,
]
FLOATS = [
    -math.inf, -1.7976931348623157e308, -9.223372036854775808e18, -9007199254740993.0, -2.5, -1.0,
    -0.5, -0.1, -2.2250738585072014e-308, -5e-324, -0.0, 0.0, 5e-324, 1e-5, 0.1, 0.5, 1.0, 1.5,
    2.0, 3.0, 10.0, 9007199254740992.0, 9.223372036854774784e18, 9.223372036854775808e18, 1e200,
    1.7976931348623157e308, math.inf, math.nan,
]

COMPARISONS = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt,
    "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}
ARITHMETIC = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
    "//": operator.floordiv, "%": operator.mod, "**": operator.pow,
}
BINARY_MATH = {"pow": math.pow, "atan2": math.atan2, "hypot": math.hypot}
ROUNDING = {"floor": math.floor, "ceil": math.ceil, "round": round, "int": int}
UNARY = {"neg": operator.neg, "abs": abs, "fabs": math.fabs, "float": float}
UNARY_MATH = {
    name: getattr(math, name)
    for name in ("sqrt", "sin", "cos", "tan", "asin", "acos", "atan", "exp", "log", "log2", "log10")
}

PARSED = [
    "0", "12", "-7", "+7", " 12 ", "\t3\n", "007", "1_000", "1__0", "_1", "1_", "", " ", "-", "+-1",
    "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809",
    "1e3", "1.5", "1.", ".5", ".", "-.5e-3", "1e", "1e+", "1_0.0_1e1_0", "1._5", "1_.5", "0x10",
    "inf", "-inf", "Infinity", "+INFINITY", "nan", "-nan", "NaN", "infinit", "1e308", "1e309",
    "-1e400", "1e-400", "4.9e-324", "2.4703282292062327e-324", "2.4703282292062328e-324",
    "1.7976931348623158e308", "1.7976931348623159e308", "9007199254740993",
    "0.1000000000000000055511151231257827021181583404541015625", "1" + "0" * 400, "true", "1 2",
]


def encode(value):
    if isinstance(value, bool):
        return "T" if value else "F"
    if isinstance(value, int):
        return f"i{value}"
    if math.isnan(value):
        return "fnan"
    return "f" + (struct.pack(">d", value).hex().rstrip("0") or "-")


def checked(result):
    """A result as gc has it: ints of 64 bits."""
    if isinstance(result, int) and not isinstance(result, bool):
        return encode(result) if INT_MIN <= result <= INT_MAX else "O"
    return encode(result)


def int_power(base, exponent):
    if exponent < 0:
        return "N"  # by design, whatever the base
    if abs(base) > 1 and exponent > 64:
        return "O"  # without computing it
    return checked(base**exponent)


def binary(op, a, b):
    if op in COMPARISONS:
        return encode(COMPARISONS[op](a, b))
    if op == "**" and isinstance(a, int) and isinstance(b, int):
        return int_power(a, b)
    if op == "**" and -math.inf < a < 0 and math.isfinite(b) and b != math.floor(b):
        return "D"  # Python goes on with complex numbers
    try:
        if op in BINARY_MATH:
            return encode(BINARY_MATH[op](a, b))
        return checked(ARITHMETIC[op](a, b))
    except ZeroDivisionError:
        return "Z"
    except OverflowError:
        return "O"
    except ValueError:
        return "D"


def unary(op, a):
    try:
        if op == "repr":
            return repr(a)
        if op in ROUNDING:
            return checked(ROUNDING[op](a))
        return checked((UNARY | UNARY_MATH)[op](a))
    except OverflowError:
        return "O"
    except ValueError:
        return "D"


def parse(op, text):
    try:
        return checked((int if op == "parse_int" else float)(text))
    except ValueError:
        return "V"


def write_table(out):
    values = INTS + FLOATS
    put = lambda *words: print(*words, file=out)
    put("# Written by make_vectors.py, which explains the notation. Do not edit.")
    put("values", *map(encode, values))
    for op in [*ARITHMETIC, *BINARY_MATH]:
        for a in values:
            put("row", op, encode(a), *(binary(op, a, b) for b in values))
    for op in COMPARISONS:
        for a in values:
            put("bools", op, encode(a), "".join(binary(op, a, b) for b in values))
    near = [1.0000000000000002, 0.9999999999999999, 709.782712893384, 709.7827128933841, -745.2,
            0.5000000000000001, 2.5, 3.5, -3.5, 4503599627370496.5, 0.49999999999999994, 1e22,
            4503599627370497.5, -0.49999999999999994, 123456789.123456789]
    for op in [*UNARY, *ROUNDING, *UNARY_MATH]:
        for a in values + near:
            put("unary", op, encode(a), unary(op, a))
    text_floats = near + [10.0**n for n in range(-8, 26)] + [
        123456789012345680.0, 1e-4, 9.999999999999999e-5, 0.0001234, 1.5e300, 5e-324, 1e100,
        2.2250738585072014e-308, 1.7976931348623157e308, 100.0, 1234567890123456.0,
        12345678901234567.0, 0.3, 2 / 3, -2116178168839186432.0, 9999999999999998.0, 1e16,
    ]
    for a in FLOATS + text_floats:
        put("unary", "repr", encode(a), unary("repr", a))
    for op in ("parse_int", "parse_float"):
        for text in PARSED:
            put("unary", op, "s" + urllib.parse.quote(text), parse(op, text))


class Random:
    """Operands where rounding and limits are likely to show."""

    def __init__(self, seed):
        self.rng = random.Random(seed)

    def int(self):
        rng = self.rng
        kind = rng.randrange(5)
        if kind == 0:
            return rng.choice(INTS)
        if kind == 1:
            return rng.randint(-20, 20)
        magnitude = rng.getrandbits(rng.randint(1, 63))
        return -magnitude if rng.random() < 0.5 else magnitude

    def float(self):
        rng = self.rng
        kind = rng.randrange(8)
        if kind == 0:
            return rng.choice(FLOATS)
        if kind == 1:
            return float(rng.randint(-50, 50))
        if kind == 2:
            return rng.randint(-100000, 100000) / 10 ** rng.randint(0, 5)
        if kind == 3:
            return rng.randint(-40, 40) / 2
        if kind == 4:
            return float(self.int())
        if kind == 5:
            return struct.unpack("<d", struct.pack("<Q", rng.getrandbits(64)))[0]
        return rng.uniform(-1, 1) * 10.0 ** rng.randint(-20, 20)

    def number(self):
        return self.int() if self.rng.random() < 0.5 else self.float()

    def neighbours(self):
        """Two numbers that are close or equal."""
        a = self.int()
        b = float(a) if self.rng.random() < 0.5 else math.nextafter(float(a), math.inf)
        return (a, b) if self.rng.random() < 0.5 else (b, a)

    def small(self):
        """Arguments inside the domain of most functions."""
        return self.rng.uniform(-1, 1) * self.rng.choice((1, 1, 2, 10, 700, 1e6))

    def text(self):
        rng = self.rng
        value = self.float()
        if not math.isfinite(value):
            return repr(value)
        return f"{value:.{rng.randint(0, 25)}{rng.choice('eg')}}"


def write_random(out, count, seed):
    source = Random(seed)
    rng = source.rng
    pairs = [*ARITHMETIC] * 3 + [*COMPARISONS] + [*BINARY_MATH]
    singles = [*UNARY, *ROUNDING, *UNARY_MATH]
    for _ in range(count):
        kind = rng.randrange(20)
        if kind < 13:
            op = rng.choice(pairs)
            near = op in COMPARISONS and rng.random() < 0.5
            a, b = source.neighbours() if near else (source.number(), source.number())
            line = f"binary {op} {encode(a)} {encode(b)} {binary(op, a, b)}"
        elif kind < 17:
            op = rng.choice(singles)
            a = source.small() if op in UNARY_MATH and rng.random() < 0.7 else source.number()
            line = f"unary {op} {encode(a)} {unary(op, a)}"
        elif kind < 19:
            a = source.float()
            line = f"unary repr {encode(a)} {unary('repr', a)}"
        else:
            text = source.text()
            line = f"unary parse_float s{urllib.parse.quote(text)} {parse('parse_float', text)}"
        out.write(line + "\n")


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--random", type=int, metavar="N", help="write N random cases")
    options.add_argument("--seed", type=int, default=1)
    options = options.parse_args()
    if sys.version_info[:2] != (3, 11):
        sys.exit("make_vectors.py: the answers must come from CPython 3.11")
    if options.random is not None:
        write_random(sys.stdout, options.random, options.seed)
        return
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "arith.txt")
    with open(path, "w", encoding="ascii") as out:
        write_table(out)


if __name__ == "__main__":
    main()
