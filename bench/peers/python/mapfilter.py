from driver import run


def multiply_by_two(x):
    return x * 2


def is_odd(x):
    return x % 2 == 1


def map_filter_with_functions(n):
    return sum(map(multiply_by_two, filter(is_odd, range(n))))


def map_filter_with_lambdas(n):
    return sum(map(lambda x: x * 2, filter(lambda x: x % 2 == 1, range(n))))


def comprehension(n):
    return sum([x * 2 for x in range(n) if x % 2 == 1])


def comprehension_with_functions(n):
    return sum([multiply_by_two(x) for x in range(n) if is_odd(x)])


def comprehension_with_lambdas(n):
    return sum([(lambda v: v * 2)(x) for x in range(n) if (lambda v: v % 2 == 1)(x)])


def generator(n):
    return sum(x * 2 for x in range(n) if x % 2 == 1)


run(map_filter_with_functions, map_filter_with_lambdas, comprehension,
    comprehension_with_functions, comprehension_with_lambdas, generator)
