from driver import run


def escape_time(x, y, limit):
    re = 0.0
    im = 0.0
    for turn in range(limit):
        re2 = re * re
        im2 = im * im
        if re2 + im2 > 4.0:
            return turn
        im = 2.0 * re * im + y
        re = re2 - im2 + x
    return limit


def function(n, limit=100):
    total = 0
    for row in range(n):
        y = 2.0 * row / n - 1.0
        for column in range(n):
            x = 3.0 * column / n - 2.0
            total += escape_time(x, y, limit)
    return total


def inline(n, limit=100):
    total = 0
    for row in range(n):
        y = 2.0 * row / n - 1.0
        for column in range(n):
            x = 3.0 * column / n - 2.0
            re = 0.0
            im = 0.0
            turn = 0
            while turn < limit and re * re + im * im <= 4.0:
                old_re = re
                re = re * re - im * im + x
                im = 2.0 * old_re * im + y
                turn += 1
            total += turn
    return total


run(function, inline)
