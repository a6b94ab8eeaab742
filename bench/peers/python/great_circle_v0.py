from math import acos, cos, pi, sin

from driver import run


def great_circle(lon1, lat1, lon2, lat2):
    radius = 3956
    x = pi / 180.0
    a = (90.0 - lat1) * x
    b = (90.0 - lat2) * x
    theta = (lon2 - lon1) * x
    c = acos(cos(a) * cos(b) + sin(a) * sin(b) * cos(theta))
    return radius * c


def distance(n):
    total = 0.0
    for i in range(n):
        d = i * 1e-7
        total += great_circle(-72.345 + d, 34.323 + d, -61.823 - d, 54.826 - d)
    return total


run(distance)
