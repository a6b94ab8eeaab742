from functools import lru_cache
from math import acos, cos, pi, sin

from driver import run


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


@lru_cache(None)
def memo_fib(n):
    return n if n < 2 else memo_fib(n - 1) + memo_fib(n - 2)


def distance(lon, lat):
    x = pi / 180.0
    a = (90.0 - 47.6) * x
    b = (90.0 - lat) * x
    theta = (lon + 122.3) * x
    return 3956 * acos(cos(a) * cos(b) + sin(a) * sin(b) * cos(theta))


@lru_cache(None)
def memo_distance(lon, lat):
    return distance(lon, lat)


def fib_plain(n):
    total = 0
    for i in range(n):
        total += fib(i % 16)
    return total


def fib_memo(n):
    total = 0
    for i in range(n):
        total += memo_fib(i % 16)
    return total


def distance_plain(n):
    total = 0.0
    for i in range(n):
        total += distance(i % 60, i % 37)
    return total


def distance_memo(n):
    total = 0.0
    for i in range(n):
        total += memo_distance(i % 60, i % 37)
    return total


run(fib_plain, fib_memo, distance_plain, distance_memo)
