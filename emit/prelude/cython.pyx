# What C means otherwise than gc, for values that are typed. Each part is written in front of the
# programs that use it, together with parts of python.py.

# part: utf8 needs: sys
sys.stdout.reconfigure(encoding="utf-8")  # an executable would ask its surroundings

# part: math
import math

# part: pi
from libc.math cimport M_PI as pi

# part: e
from libc.math cimport M_E as e

# part: inf
from libc.math cimport INFINITY as inf

# part: nan
from libc.math cimport NAN as nan

# part: fabs
from libc.math cimport fabs

# part: atan
from libc.math cimport atan

# part: atan2
from libc.math cimport atan2

# part: in_domain
cdef inline double gc_in_domain(double x, double result) except? -1:
    """The result of a function of x, unless it is a nan that x did not bring in."""
    if result != result and x == x:
        raise ValueError("math domain error")
    return result

# part: sqrt needs: in_domain
from libc.math cimport sqrt as gc_c_sqrt


cdef inline double sqrt(double x) except? -1:
    return gc_in_domain(x, gc_c_sqrt(x))

# part: sin needs: in_domain
from libc.math cimport sin as gc_c_sin


cdef inline double sin(double x) except? -1:
    return gc_in_domain(x, gc_c_sin(x))

# part: cos needs: in_domain
from libc.math cimport cos as gc_c_cos


cdef inline double cos(double x) except? -1:
    return gc_in_domain(x, gc_c_cos(x))

# part: tan needs: in_domain
from libc.math cimport tan as gc_c_tan


cdef inline double tan(double x) except? -1:
    return gc_in_domain(x, gc_c_tan(x))

# part: asin needs: in_domain
from libc.math cimport asin as gc_c_asin


cdef inline double asin(double x) except? -1:
    return gc_in_domain(x, gc_c_asin(x))

# part: acos needs: in_domain
from libc.math cimport acos as gc_c_acos


cdef inline double acos(double x) except? -1:
    return gc_in_domain(x, gc_c_acos(x))

# part: isfinite
from libc.math cimport isfinite as gc_isfinite

# part: in_range needs: isfinite
cdef inline double gc_in_range(double x, double result) except? -1:
    """The result of a function of x, unless it is an infinity that x did not bring in."""
    if not gc_isfinite(result) and gc_isfinite(x):
        raise OverflowError("math range error")
    return result

# part: exp needs: in_range
from libc.math cimport exp as gc_c_exp


cdef inline double exp(double x) except? -1:
    return gc_in_range(x, gc_c_exp(x))

# part: positive
cdef inline double gc_positive(double x) except? -1:
    """What a logarithm takes."""
    if x <= 0:
        raise ValueError("math domain error")
    return x

# part: log needs: positive
from libc.math cimport log as gc_c_log


cdef inline double log(double x) except? -1:
    return gc_c_log(gc_positive(x))

# part: log2 needs: positive
from libc.math cimport log2 as gc_c_log2


cdef inline double log2(double x) except? -1:
    return gc_c_log2(gc_positive(x))

# part: log10 needs: positive
from libc.math cimport log10 as gc_c_log10


cdef inline double log10(double x) except? -1:
    return gc_c_log10(gc_positive(x))

# part: pow needs: isfinite
from libc.math cimport pow as gc_c_pow


cdef inline double pow(double x, double y) except? -1:
    cdef double result = gc_c_pow(x, y)
    if not gc_isfinite(result) and gc_isfinite(x) and gc_isfinite(y):
        if result != result or x == 0:
            raise ValueError("math domain error")
        raise OverflowError("math range error")
    return result

# part: float_power needs: isfinite
from libc.math cimport pow as gc_c_power


cdef inline double gc_float_power(double x, double y) except? -1:
    """`**` of floats."""
    cdef double result = gc_c_power(x, y)
    if not gc_isfinite(result) and gc_isfinite(x) and gc_isfinite(y):
        if result != result:
            raise ValueError("domain: a negative base with a fraction as exponent")
        if x == 0:
            raise ZeroDivisionError("division by zero: 0.0 to a negative power")
        raise OverflowError("overflow: the result is too large for a float")
    return result

# part: fmod
from libc.math cimport copysign as gc_copysign, fmod as gc_fmod

# part: float_mod needs: fmod
cdef inline double gc_float_mod(double x, double y) except? -1:
    """The remainder of the floor of x / y: it has the sign of y, as a zero as well."""
    if y == 0:
        raise ZeroDivisionError("float modulo")
    cdef double rest = gc_fmod(x, y)
    if rest == 0:
        return gc_copysign(0.0, y)
    return rest + y if (rest < 0) != (y < 0) else rest

# part: float_floordiv needs: fmod
from libc.math cimport floor as gc_floor


cdef inline double gc_float_floordiv(double x, double y) except? -1:
    """The floor of the exact x / y, from the exact remainder."""
    if y == 0:
        raise ZeroDivisionError("float floor division by zero")
    cdef double rest = gc_fmod(x, y)
    cdef double quotient = (x - rest) / y
    if rest != 0 and (rest < 0) != (y < 0):
        quotient -= 1
    if quotient == 0:
        return gc_copysign(0.0, x / y)
    cdef double whole = gc_floor(quotient)
    return whole + 1 if quotient - whole > 0.5 else whole

# part: int_div
cdef inline double gc_int_div(long long x, long long y) except? -1:
    """x / y, rounded once."""
    if -0x20000000000000 <= x <= 0x20000000000000 and -0x20000000000000 <= y <= 0x20000000000000:
        return <double>x / <double>y
    return <object>x / <object>y

# part: int_mod
cdef inline long long gc_int_mod(long long x, long long y) except? -1:
    """x % y, which the processor refuses for the smallest int and -1."""
    return 0 if y == -1 else x % y

# part: int_abs
cdef inline long long gc_int_abs(long long x) except? -1:
    """abs(x), which does not exist of the smallest int."""
    return x if x >= 0 else 0 - x

# part: int_power needs: power
cdef inline long long gc_int_power(long long x, long long y) except? -1:
    """x ** y, which is an int."""
    cdef long long result = 1
    cdef long long i
    if y < 0 or y > 64:
        return gc_power(x, y)
    for i in range(y):
        result *= x
    return result

# part: to_int
cdef inline long long gc_to_int(double x) except? -1:
    """A float without its fraction."""
    if x != x:
        raise ValueError("domain: nan is no int")
    if not -9223372036854775808.0 <= x < 9223372036854775808.0:
        raise OverflowError("overflow: the result does not fit in an int of 64 bits")
    return <long long>x

# part: floor_to_int needs: to_int
from libc.math cimport floor as gc_c_floor


cdef inline long long gc_floor_to_int(double x) except? -1:
    return gc_to_int(gc_c_floor(x))

# part: ceil_to_int needs: to_int
from libc.math cimport ceil as gc_c_ceil


cdef inline long long gc_ceil_to_int(double x) except? -1:
    return gc_to_int(gc_c_ceil(x))

# part: round_to_int needs: to_int
from libc.math cimport rint as gc_c_rint


cdef inline long long gc_round_to_int(double x) except? -1:
    return gc_to_int(gc_c_rint(x))

# part: check_stack
import resource


cdef inline size_t gc_stack_pointer():
    cdef char here
    return <size_t>&here


cdef size_t gc_stack_start = gc_stack_pointer()
cdef size_t gc_stack_bytes = 6 << 20
if 0 < resource.getrlimit(resource.RLIMIT_STACK)[0] < 8 << 20:
    gc_stack_bytes = resource.getrlimit(resource.RLIMIT_STACK)[0] // 4 * 3


cdef inline int gc_check_stack() except -1:
    """Calls of C end without a word when there is no stack left."""
    if gc_stack_start - gc_stack_pointer() > gc_stack_bytes:
        raise RecursionError("depth limit: calls are nested too deep")
    return 0
