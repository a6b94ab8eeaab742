// The words of C. tests/emit/c_test.cpp.

#include "emit/c_names.h"

#include <iterator>
#include <unordered_set>

#include "emit/c_prelude.h"

namespace emit {
namespace {

// Keywords, and what the printer itself writes.
constexpr std::string_view kWords[] = {
    "auto",
    "break",
    "case",
    "char",
    "const",
    "continue",
    "default",
    "do",
    "double",
    "else",
    "enum",
    "extern",
    "float",
    "for",
    "goto",
    "if",
    "inline",
    "int",
    "long",
    "register",
    "restrict",
    "return",
    "short",
    "signed",
    "sizeof",
    "static",
    "struct",
    "switch",
    "typedef",
    "union",
    "unsigned",
    "void",
    "volatile",
    "while",
    "asm",
    "typeof",
    "bool",
    "true",
    "false",
    "int64_t",
    "int32_t",
    "main",
    "stdout",
    "stderr",
    "stdin",
    "errno",
    "signbit",
    "isnan",
    "isinf",
    "unix",
    "isfinite",
    "printf",
    "putchar",
    "fabs",
    "linux",
    "isnormal",
    "fflush",
    "isless",
    "islessequal",
    "isgreater",
    "atan",
    "atan2",
    "assert",
    "fpclassify",
    "libm_pow",
    "isunordered",
    "math_errhandling",
};

// What the headers of the prelude declare.
constexpr std::string_view kLibcNames[] = {
    "abort",        "abs",        "acos",         "acosf",     "acosh",     "aligned_alloc",
    "asin",         "asinf",      "asinh",        "atan",      "atan2",     "atan2f",
    "atanf",        "atanh",      "atexit",       "atof",      "atoi",      "atol",
    "atoll",        "bcmp",       "bcopy",        "bsearch",   "bzero",     "calloc",
    "cbrt",         "ceil",       "ceilf",        "clearerr",  "clock",     "copysign",
    "cos",          "cosf",       "cosh",         "ctermid",   "ctime",     "difftime",
    "div",          "dprintf",    "drand48",      "drem",      "erf",       "erfc",
    "exit",         "exp",        "exp10",        "exp2",      "expf",      "expm1",
    "fabs",         "fabsf",      "fclose",       "fdim",      "feof",      "ferror",
    "fflush",       "ffs",        "fgetc",        "fgets",     "fileno",    "finite",
    "floor",        "floorf",     "fma",          "fmax",      "fmin",      "fmod",
    "fopen",        "fprintf",    "fputc",        "fputs",     "fread",     "free",
    "frexp",        "fscanf",     "fseek",        "ftell",     "fwrite",    "gamma",
    "getc",         "getchar",    "getenv",       "getline",   "getw",      "gmtime",
    "hypot",        "hypotf",     "ilogb",        "index",     "initstate", "j0",
    "j1",           "jn",         "labs",         "ldexp",     "ldiv",      "lgamma",
    "llabs",        "llrint",     "llround",      "localtime", "log",       "log10",
    "log1p",        "log2",       "logb",         "logf",      "lrand48",   "lrint",
    "lround",       "malloc",     "memchr",       "memcmp",    "memcpy",    "memmove",
    "memset",       "mktime",     "modf",         "mrand48",   "nan",       "nearbyint",
    "nextafter",    "nexttoward", "pclose",       "perror",    "popen",     "pow",
    "powf",         "printf",     "putc",         "putchar",   "putenv",    "puts",
    "putw",         "qsort",      "rand",         "random",    "realloc",   "remainder",
    "remove",       "remquo",     "rename",       "rewind",    "rindex",    "rint",
    "round",        "roundf",     "scalb",        "scanf",     "setbuf",    "setenv",
    "significand",  "signgam",    "sin",          "sincos",    "sinf",      "sinh",
    "snprintf",     "sprintf",    "sqrt",         "sqrtf",     "srand",     "srandom",
    "sscanf",       "stpcpy",     "strcat",       "strchr",    "strcmp",    "strcoll",
    "strcpy",       "strcspn",    "strdup",       "strerror",  "strlen",    "strncpy",
    "strpbrk",      "strrchr",    "strsep",       "strsignal", "strspn",    "strstr",
    "strtod",       "strtok",     "strtol",       "strxfrm",   "system",    "tan",
    "tanf",         "tanh",       "tempnam",      "tgamma",    "time",      "timegm",
    "timer_create", "timezone",   "tmpfile",      "tmpnam",    "toascii",   "trunc",
    "truncf",       "tzset",      "ungetc",       "unsetenv",  "y0",        "y1",
    "yn",           "daylight",   "timespec_get", "select",    "nanosleep", "alloca",
    "memccpy",      "mkstemp",    "setstate",     "a64l",      "l64a",      "ecvt",
    "fcvt",         "gcvt",       "valloc",       "isascii",   "environ",   "getsubopt",
    "strnlen",      "strtoq",
};

}  // namespace

bool IsCWord(std::string_view name) {
  static const std::unordered_set<std::string_view> words(std::begin(kWords), std::end(kWords));
  return name.starts_with("__") || words.contains(name) || CPreludeNames().contains(name);
}

bool IsLibcName(std::string_view name) {
  static const std::unordered_set<std::string_view> names(std::begin(kLibcNames),
                                                          std::end(kLibcNames));
  return names.contains(name);
}

}  // namespace emit
