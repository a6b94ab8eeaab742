from driver import run


def next_step(k):
    return k // 2 if k % 2 == 0 else 3 * k + 1


def inline(n):
    steps = 0
    for start in range(1, n):
        k = start
        while k != 1:
            if k % 2 == 0:
                k = k // 2
            else:
                k = 3 * k + 1
            steps += 1
    return steps


def function(n):
    steps = 0
    for start in range(1, n):
        k = start
        while k != 1:
            k = next_step(k)
            steps += 1
    return steps


run(inline, function)
