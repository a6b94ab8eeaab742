# Python has no 24-bit cos: this peer of v3 computes in double, and its checksum differs from the
# seventh digit on.
from math import acos, cos, pi, sin

from driver import run


def calculate_x():
    return pi / 180.0


def calculate_coordinate(lat, x):
    return (90.0 - lat) * x


def calculate_theta(lon2, lon1, x):
    return (lon2 - lon1) * x


def calculate_acos(a, b, theta):
    return acos(cos(a) * cos(b) + sin(a) * sin(b) * cos(theta))


def great_circle(lon1, lat1, lon2, lat2):
    radius = 3956
    x = calculate_x()
    a = calculate_coordinate(lat1, x)
    b = calculate_coordinate(lat2, x)
    theta = calculate_theta(lon2, lon1, x)
    return radius * calculate_acos(a, b, theta)


def distance(n):
    total = 0.0
    for i in range(n):
        d = i * 1e-7
        total += great_circle(-72.345 + d, 34.323 + d, -61.823 - d, 54.826 - d)
    return total


run(distance)
