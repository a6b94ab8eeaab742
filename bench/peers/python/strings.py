from io import StringIO

from driver import run


def plus_equals(n):
    s = ""
    for i in range(n):
        s += str(i)
    return len(s)


def with_buffer(n):
    out = StringIO()
    for i in range(n):
        out.write(str(i))
    return len(out.getvalue())


def with_join(n):
    parts = []
    for i in range(n):
        parts.append(str(i))
    return len("".join(parts))


run(plus_equals, with_buffer, with_join)
