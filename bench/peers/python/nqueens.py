from driver import run


def place(row, n, columns, rising, falling):
    if row == n:
        return 1
    count = 0
    for column in range(n):
        up = row + column
        down = row - column + n
        if columns[column] and rising[up] and falling[down]:
            columns[column] = False
            rising[up] = False
            falling[down] = False
            count += place(row + 1, n, columns, rising, falling)
            columns[column] = True
            rising[up] = True
            falling[down] = True
    return count


def solutions(n):
    return place(0, n, [True] * n, [True] * (2 * n), [True] * (2 * n))


run(solutions)
