from math import cos, fabs, sin, sqrt

from driver import run


def wobble(i):
    return sqrt(i * fabs(sin(i - cos(i))))


def inline(n):
    total = 0.0
    for i in range(n):
        total += sqrt(i * fabs(sin(i - cos(i))))
    return total


def function(n):
    total = 0.0
    for i in range(n):
        total += wobble(i)
    return total


run(inline, function)
