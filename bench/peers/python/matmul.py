from driver import run


def matrix(n, shift):
    return [[(i * 7 + j * 3) % 11 + shift for j in range(n)] for i in range(n)]


def multiply_loops(a, b, n):
    c = [[0.0] * n for i in range(n)]
    for i in range(n):
        for j in range(n):
            total = 0.0
            for k in range(n):
                total += a[i][k] * b[k][j]
            c[i][j] = total
    return c


def multiply_comprehension(a, b, n):
    return [[sum(row[k] * b[k][j] for k in range(n)) for j in range(n)] for row in a]


def with_loops(n):
    return sum(sum(row) for row in multiply_loops(matrix(n, 0.5), matrix(n, 0.25), n))


def with_comprehension(n):
    return sum(sum(row) for row in multiply_comprehension(matrix(n, 0.5), matrix(n, 0.25), n))


run(with_loops, with_comprehension)
