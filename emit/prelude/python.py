# What Python means otherwise than gc. Each part is written in front of the programs that use it.

# part: builtins
import builtins

# part: ctypes
import ctypes

# part: ctypes.util
import ctypes.util

# part: functools
import functools

# part: io
import io

# part: math
import math

# part: operator
import operator

# part: sys
import sys

# part: time
import time

# part: int64
def int64(value):
    """An int of 64 bits, or the error overflow."""
    if -0x8000_0000_0000_0000 <= value <= 0x7FFF_FFFF_FFFF_FFFF:
        return value
    raise OverflowError("overflow: the result does not fit in an int of 64 bits")

# part: number64 needs: int64
def gc_number64(value):
    """A float, or an int of 64 bits."""
    return value if type(value) is float else int64(value)

# part: power needs: number64
def gc_power(x, y):
    """`**`, without fractions of ints and without complex numbers."""
    if type(x) is int and type(y) is int:
        if y < 0:
            raise ValueError("domain: a negative exponent gives no int")
        if y > 64 and abs(x) > 1:
            raise OverflowError("overflow: the result does not fit in an int of 64 bits")
        return gc_number64(x ** y) if abs(x) > 1 else x ** (y if y < 2 else 2 - y % 2)
    x, y = float(x), float(y)
    if x < 0 and y - y == 0 and y % 1 != 0 and x - x == 0:
        raise ValueError("domain: a negative base with a fraction as exponent")
    return x ** y

# part: truncate needs: int64
def gc_truncate(value):
    """A number without its fraction, or the number that a text spells."""
    if type(value) is str:
        number = int(value if value.isascii() else "")
        if not -0x8000_0000_0000_0000 <= number <= 0x7FFF_FFFF_FFFF_FFFF:
            raise ValueError("value: the number does not fit in an int of 64 bits")
        return number
    if type(value) not in (int, float, bool):
        raise TypeError("type: `int` takes a number, a bool or a str")
    if value != value:
        raise ValueError("domain: nan is no int")
    return int64(int(value))

# part: rounded needs: int64
def gc_rounded(how, value):
    """floor, ceil or round of a number, as an int of 64 bits."""
    if value != value:
        raise ValueError("domain: nan is no int")
    return int64(how(value))

# part: floor needs: math, rounded
def gc_floor(value):
    return gc_rounded(math.floor, value)

# part: ceil needs: math, rounded
def gc_ceil(value):
    return gc_rounded(math.ceil, value)

# part: round needs: rounded
def gc_round(value):
    return gc_rounded(round, value)

# part: abs needs: number64
def gc_abs(value):
    return gc_number64(abs(value))

# part: extreme
def gc_extreme(choose, *values):
    """min or max; a float when there is a float among the values."""
    kinds = {type(value) for value in values}
    if not (kinds <= {int, float} or kinds == {str}):
        raise TypeError("type: min and max take numbers or strs")
    best = choose(values)
    return float(best) if float in kinds else best

# part: min needs: extreme, extreme_of
def gc_min(*values):
    return gc_extreme(min, *values) if len(values) > 1 else gc_extreme_of(min, *values)

# part: max needs: extreme, extreme_of
def gc_max(*values):
    return gc_extreme(max, *values) if len(values) > 1 else gc_extreme_of(max, *values)

# part: extreme_of needs: extreme
def gc_extreme_of(choose, values):
    values = list(values)
    if not values:
        raise ValueError("empty: min and max of nothing have no value")
    return gc_extreme(choose, *values)

# part: sum_checked needs: number64
def gc_sum_checked(values, *start):
    """As Python's, in 64 bits; of nothing, and without a start, there is no sum."""
    values = iter(values)
    if not start:
        start = [first for first in [next(values, None)] if first is not None]
        if not start:
            raise ValueError("empty: `sum` of nothing has no value")
    total = start[0]
    for value in values:
        total = gc_number64(total + value)
    return total

# part: sum needs: builtins, functools, operator, sys
def sum(values, *start):
    """As Python's; of nothing, and without a start, there is no sum."""
    values = iter(values)
    if not start:
        start = [first for first in [next(values, None)] if first is not None]
        if not start:
            raise ValueError("empty: `sum` of nothing has no value")
    if sys.version_info >= (3, 12):  # adds up floats in another way since then
        return functools.reduce(operator.add, values, start[0])
    return builtins.sum(values, start[0])

# part: sum_any needs: add
def gc_sum_any(values, *start):
    """The sum of values that may be none."""
    values = iter(values)
    if not start:
        start = [first for first in [next(values, None)] if first is not None]
        if not start:
            raise ValueError("empty: `sum` of nothing has no value")
        gc_add(start[0], 0)
    total = start[0]
    for value in values:
        total = gc_add(total, value)
    return total

# part: print needs: text
def gc_print(*values):
    print(*map(gc_text, values))

# part: Seq
class Seq:
    """A sequence that is stored. It can be gone through once."""

    def __init__(self, values):
        self.values = values

    def __iter__(self):
        if self.values is None:
            raise RuntimeError("consumed: the sequence has been gone through already")
        values, self.values = self.values, None
        return iter(values)

# part: sequence needs: functools, Seq
def sequence(function):
    """Makes what a function with `yield` returns a Seq."""
    @functools.wraps(function)
    def make(*args):
        return Seq(function(*args))
    return make

# part: memo needs: functools
def memo(function):
    """Keeps results by arguments: 1, 1.0 and True differ, and so do 0.0 and -0.0."""
    table = {}

    @functools.wraps(function)
    def look_up(*args):
        key = tuple((type(x), repr(x) if x != x or x == 0 else x) for x in args)
        if key not in table:
            table[key] = function(*args)
        return table[key]
    return look_up

# part: text needs: io
def gc_text(value):
    """A value as gc shows it."""
    if value is True or value is False or value is None:
        return str(value).lower()
    if type(value) is list:
        return "[" + ", ".join(repr(x) if type(x) is str else gc_text(x) for x in value) + "]"
    if type(value) in (int, float, str):
        return str(value)
    if not callable(value):
        return "<buffer>" if isinstance(value, io.StringIO) else "<seq>"
    name = value.__name__
    if name.rstrip("0123456789") == "lambda_" or "<" in value.__qualname__:
        return "<lambda>"
    if getattr(value, "__module__", "") == gc_text.__module__ and not name.startswith("gc_"):
        return "<built-in error>" if name == "error" else f"<function {name}>"
    renamed = {"gc_truncate": "int", "gc_text": "str", "gc_truth": "bool", "gc_passing": "filter",
               "gc_sum_any": "sum", "gc_check": "assert", "StringIO": "buffer",
               "getvalue": "text", "perf_counter": "clock", "gc_number_of": "float"}
    return f"<built-in {renamed.get(name, name.replace('gc_', ''))}>"

# part: kind
def gc_kind(value):
    """What values must have in common to stand in one list; None: not known (an empty list)."""
    if type(value) is not list:
        return type(value)
    inner = gc_kind(value[0]) if value else None
    return [inner]


def gc_same_kind(one, other):
    if type(one) is list and type(other) is list:
        return None in (one[0], other[0]) or gc_same_kind(one[0], other[0])
    return one is other

# part: list_of needs: kind
def gc_list_of(items):
    """A list whose elements may turn out to be of different types, or of none that a list holds."""
    items = list(items)
    for item in items:
        if type(item) not in (int, float, bool, str, list):
            raise TypeError("type: a list holds ints, floats, bools, strs or lists of those")
        if not gc_same_kind(gc_kind(item), gc_kind(items[0])):
            raise TypeError("type: the elements of a list have one type")
    return items

# part: append needs: kind
def gc_append(items, item):
    """Adds to a list whose element type is not settled."""
    if type(items) is not list:
        raise TypeError("type: `append` takes a list")
    if type(item) not in (int, float, bool, str, list) or (
            items and not gc_same_kind(gc_kind(item), gc_kind(items[0]))):
        raise TypeError("type: the elements of a list have one type")
    if gc_holds(item, items):
        raise TypeError("type: a list cannot hold itself")
    items.append(item)


def gc_holds(value, items):
    return value is items or (type(value) is list and any(gc_holds(x, items) for x in value))

# part: store needs: append
def gc_store(items, index, item):
    """items[index] = item, where the element type is not settled."""
    if type(items) is not list or type(index) is not int:
        raise TypeError("type: only elements of lists can be assigned, by an int")
    old = items[index]
    if not gc_same_kind(gc_kind(item), gc_kind(old)):
        raise TypeError("type: the elements of a list have one type")
    if gc_holds(item, items):
        raise TypeError("type: a list cannot hold itself")
    items[index] = item

# part: item
def gc_item(items, index):
    """items[index], where neither is known."""
    if type(items) not in (list, str) or type(index) is not int:
        raise TypeError("type: a list or a str is indexed, by an int")
    return items[index]

# part: operands
def gc_are_numbers(a, b):
    return type(a) in (int, float) and type(b) in (int, float)


def gc_refuse(op, a, b):
    raise TypeError(f"type: `{op}` does not take {type(a).__name__} and {type(b).__name__}")

# part: add needs: operands, number64, kind
def gc_add(a, b):
    if gc_are_numbers(a, b):
        return gc_number64(a + b)
    if type(a) is type(b) and type(a) in (str, list):
        if type(a) is list and not gc_same_kind(gc_kind(a), gc_kind(b)):
            raise TypeError("type: the elements of a list have one type")
        return a + b
    gc_refuse("+", a, b)

# part: sub needs: operands, number64
def gc_sub(a, b):
    return gc_number64(a - b) if gc_are_numbers(a, b) else gc_refuse("-", a, b)

# part: mul needs: operands, number64
def gc_mul(a, b):
    if gc_are_numbers(a, b):
        return gc_number64(a * b)
    if {type(a), type(b)} in ({int, str}, {int, list}):
        return a * b
    gc_refuse("*", a, b)

# part: div needs: operands
def gc_div(a, b):
    return a / b if gc_are_numbers(a, b) else gc_refuse("/", a, b)

# part: floordiv needs: operands, number64
def gc_floordiv(a, b):
    return gc_number64(a // b) if gc_are_numbers(a, b) else gc_refuse("//", a, b)

# part: mod needs: operands
def gc_mod(a, b):
    return a % b if gc_are_numbers(a, b) else gc_refuse("%", a, b)

# part: pow_any needs: operands, power
def gc_pow_any(a, b):
    return gc_power(a, b) if gc_are_numbers(a, b) else gc_refuse("**", a, b)

# part: negate needs: number64
def gc_negate(a):
    if type(a) not in (int, float):
        raise TypeError("type: `-` takes a number")
    return gc_number64(-a)

# part: equal
def gc_equal(a, b):
    """`==`: no bool equals a number, and functions, sequences and buffers equal nothing."""
    if a is None or b is None:
        return a is b
    kinds = {type(a), type(b)}
    if bool in kinds and (int in kinds or float in kinds):
        raise TypeError("type: a bool and a number cannot be compared")
    if not kinds <= {int, float, bool, str, list}:
        raise TypeError("type: functions, sequences and buffers cannot be compared")
    if kinds == {list}:
        if a and b:
            gc_equal(a[0], b[0])  # for its error
        return len(a) == len(b) and all(gc_equal(x, y) for x, y in zip(a, b))
    return type(a) is not list and type(b) is not list and a == b

# part: less needs: operands, equal
def gc_less(op, a, b):
    """An order of numbers, strs and lists of those."""
    if gc_are_numbers(a, b) or (type(a) is str and type(b) is str):
        return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[op]
    if type(a) is not list or type(b) is not list:
        gc_refuse(op, a, b)
    for x, y in zip(a, b):
        if not gc_equal(x, y):
            return gc_less(op, x, y)
    return gc_less(op, len(a), len(b))

# part: condition
def gc_condition(value):
    if type(value) is not bool:
        raise TypeError("type: a condition is a bool")
    return value

# part: truth needs: io
def gc_truth(value):
    if callable(value) or isinstance(value, io.StringIO) or hasattr(value, "values"):
        raise TypeError("type: `bool` takes a number, a str, a list, none or a bool")
    return bool(value)

# part: lazy
def gc_lazy(function, values, step):
    """What map and filter make: they take their source when they are consumed."""
    if not callable(function) or not hasattr(values, "__iter__"):
        raise TypeError("type: `map` and `filter` take a function and a sequence")
    return step(function, values)

# part: map needs: lazy
def gc_map(function, values):
    def step(function, values):
        for value in values:
            yield function(value)
    return gc_lazy(function, values, step)

# part: passing needs: condition, lazy
def gc_passing(function, values):
    """filter, of a function that may give something else than a bool."""
    def step(function, values):
        for value in values:
            if gc_condition(function(value)):
                yield value
    return gc_lazy(function, values, step)

# part: math_of
def gc_math_of(function, *numbers):
    """A function of numbers, of values that may be none."""
    for number in numbers:
        if type(number) not in (int, float):
            raise TypeError(f"type: `{function.__name__}` takes numbers")
    return function(*numbers)

# part: number_of
def gc_number_of(value):
    """The float that a number, a bool or a text stands for."""
    if type(value) not in (int, float, bool, str):
        raise TypeError("type: `float` takes a number, a bool or a str")
    if type(value) is str and not value.isascii():
        raise ValueError("value: a number is spelled in ASCII")
    return float(value)

# part: element needs: declared
def gc_element(value, wanted):
    """A value that goes into a list of the wanted type."""
    if not gc_fits(value, wanted):
        raise TypeError(f"type: a list of {wanted} does not hold {type(value).__name__}")
    return value

# part: declared
def gc_declared(value, wanted, name):
    """The value as its declaration wants it: an int becomes a float where one is declared."""
    if wanted == "float" and type(value) is int:
        return float(value)
    if not gc_fits(value, wanted):
        raise TypeError(f"type: `{name}` must be {wanted}, not {type(value).__name__}")
    return value


def gc_fits(value, wanted):
    if wanted.startswith("list["):
        return type(value) is list and all(gc_fits(x, wanted[5:-1]) for x in value)
    if wanted.startswith("seq["):
        return hasattr(value, "__iter__") and type(value) not in (list, str)
    if wanted.startswith("fn("):
        return callable(value)
    return type(value).__name__ == ("NoneType" if wanted == "none" else wanted)

# part: error
def error(text):
    raise RuntimeError("error: " + text)

# part: check needs: condition
def gc_check(holds, text="the condition does not hold"):
    if gc_condition(holds) is False:
        raise AssertionError(text)

# part: int32
def gc_int32(value):
    if not -0x8000_0000 <= value <= 0x7FFF_FFFF:
        raise OverflowError("overflow: the value does not fit in 32 bits")
    return value

# part: extern needs: ctypes, ctypes.util
gc_libm = ctypes.CDLL(ctypes.util.find_library("m"))


def gc_extern(name, result, *params):
    """A function of the C library; one that is not there is an error when it is called."""
    function = getattr(gc_libm, name, None)
    if function is None:
        def missing(*args):
            raise RuntimeError(f"extern: the library has no function `{name}`")
        return missing
    function.restype, function.argtypes = result, params
    return function

# part: recursion needs: sys
sys.setrecursionlimit(10_100)  # as deep as gc goes

# part: keep
def gc_keep(value):
    return value

# part: recursion_of_memo needs: sys
# The table of a memo function takes a place on the stack, too; PyPy's would grow too large.
sys.setrecursionlimit(20_200 if sys.implementation.name == "cpython" else 10_100)

# part: value_of
def gc_value_of(word, wanted):
    """A word of the command line as a value: what it looks like, or what is declared."""
    kinds = {"int": [int], "float": [float], "bool": [], "str": []}.get(wanted, [int, float])
    if word in ("true", "false") and wanted in ("bool", "any"):
        return word == "true"
    for number in kinds if word.isascii() else []:
        try:
            value = number(word)
        except ValueError:
            continue
        if type(value) is int and not -0x8000_0000_0000_0000 <= value <= 0x7FFF_FFFF_FFFF_FFFF:
            raise ValueError(f"value: `{word}` does not fit in an int of 64 bits")
        return value
    if wanted not in ("str", "any"):
        raise TypeError(f"type: `{word}` is no {wanted}")
    return word

# part: arguments needs: sys, value_of
def gc_arguments(wanted, needed):
    """The words of the command line as arguments for main: by place, or name=value."""
    given, places = {}, iter(wanted)
    for word in sys.argv[1:]:
        name, is_named, text = word.partition("=")
        if not (is_named and name.isascii() and name.isidentifier()):
            name, text = next(places, None), word
        if name not in wanted or name in given:
            raise ValueError(f"value: main has no parameter for `{word}`, or has it already")
        given[name] = gc_value_of(text, wanted[name])
    if not needed <= given.keys():
        raise ValueError(f"value: main takes {', '.join(wanted)}")
    return given

# part: measure needs: io, sys, time, value_of, text
def gc_measure(benches):
    """Calls one bench as often as standard input asks, and times it."""
    replies, name = sys.stdout, sys.argv[1]
    bench, declared = benches[name]
    args = [gc_value_of(word.partition("=")[2], wanted)
            for word, wanted in zip(sys.argv[2:], declared)]

    def reply(*words):
        def escape(word):
            return word.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
        print(*map(escape, words), sep="\t", file=replies, flush=True)

    def call(times):
        sys.stdout = io.StringIO()
        start = time.perf_counter()
        for _ in range(times):
            value = bench(*args)
        seconds = (time.perf_counter() - start) / times
        return seconds, value, sys.stdout.getvalue()

    reply("ready")
    first = None
    for line in sys.stdin:
        word, *counts = line.split()
        if word == "run":
            iterations, calls = map(int, counts)
            samples, changed = [], None
            for _ in range(iterations):
                seconds, value, output = call(calls if first else 1)
                samples.append(seconds)
                first = first or (value, gc_text(value), output)
                if gc_text(value) != first[1] or output != first[2] * (calls if len(samples) > 1 else 1):
                    changed = gc_text(value)
            if changed is None:
                print("samples", *map(repr, samples), file=replies, flush=True)
            else:
                reply("differs", changed)
        elif word == "answer":
            value, shown, output = first
            reply("answer", type(value).__name__.replace("NoneType", "none"), shown, output)
        else:
            break
