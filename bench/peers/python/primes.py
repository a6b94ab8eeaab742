from math import floor, sqrt

from driver import run


def is_prime_loop(k):
    for d in range(2, floor(sqrt(k)) + 1):
        if k % d == 0:
            return False
    return True


def is_prime_all(k):
    return all(k % d != 0 for d in range(2, floor(sqrt(k)) + 1))


def with_loop(n):
    count = 0
    for k in range(2, n):
        if is_prime_loop(k):
            count += 1
    return count


def with_all(n):
    count = 0
    for k in range(2, n):
        if is_prime_all(k):
            count += 1
    return count


run(with_loop, with_all)
