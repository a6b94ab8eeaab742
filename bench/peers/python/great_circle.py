from math import acos, cos, pi, sin

from driver import run


def great_circle_raw(lon1, lat1, lon2, lat2):
    radius = 3956
    x = pi / 180.0
    a = (90.0 - lat1) * x
    b = (90.0 - lat2) * x
    theta = (lon2 - lon1) * x
    c = acos(cos(a) * cos(b) + sin(a) * sin(b) * cos(theta))
    return radius * c


def calculate_acos(a, b, theta):
    return acos(cos(a) * cos(b) + sin(a) * sin(b) * cos(theta))


def great_circle_acos(lon1, lat1, lon2, lat2):
    radius = 3956
    x = pi / 180.0
    a = (90.0 - lat1) * x
    b = (90.0 - lat2) * x
    theta = (lon2 - lon1) * x
    return radius * calculate_acos(a, b, theta)


def calculate_x():
    return pi / 180.0


def calculate_coordinate(lat, x):
    return (90.0 - lat) * x


def calculate_theta(lon2, lon1, x):
    return (lon2 - lon1) * x


def great_circle_factored(lon1, lat1, lon2, lat2):
    radius = 3956
    x = calculate_x()
    a = calculate_coordinate(lat1, x)
    b = calculate_coordinate(lat2, x)
    theta = calculate_theta(lon2, lon1, x)
    return radius * calculate_acos(a, b, theta)


def raw(n):
    total = 0.0
    for i in range(n):
        d = i * 1e-7
        total += great_circle_raw(-72.345 + d, 34.323 + d, -61.823 - d, 54.826 - d)
    return total


def with_acos(n):
    total = 0.0
    for i in range(n):
        d = i * 1e-7
        total += great_circle_acos(-72.345 + d, 34.323 + d, -61.823 - d, 54.826 - d)
    return total


def factored(n):
    total = 0.0
    for i in range(n):
        d = i * 1e-7
        total += great_circle_factored(-72.345 + d, 34.323 + d, -61.823 - d, 54.826 - d)
    return total


def fixed_misleading(n):
    total = 0.0
    for i in range(n):
        total += great_circle_raw(-72.345, 34.323, -61.823, 54.826)
    return total


run(raw, with_acos, factored, fixed_misleading)
