// The words of C. Those of the prelude are found in its text: what its lines that are not indented
// define, and whatever is written in capitals. tests/emit/c_test.cpp.

#include "emit/c_names.h"

#include <algorithm>
#include <cctype>
#include <string>
#include <unordered_set>

namespace emit {
namespace {

// Keywords, and what the printer itself writes.
constexpr std::string_view kWords[] = {
    "auto",     "break",  "case",     "char",     "const",      "continue", "default",  "do",
    "double",   "else",   "enum",     "extern",   "float",      "for",      "goto",     "if",
    "inline",   "int",    "long",     "register", "restrict",   "return",   "short",    "signed",
    "sizeof",   "static", "struct",   "switch",   "typedef",    "union",    "unsigned", "void",
    "volatile", "while",  "asm",      "typeof",   "bool",       "true",     "false",    "int64_t",
    "int32_t",  "main",   "stdout",   "stderr",   "stdin",      "errno",    "signbit",  "isnan",
    "isinf",    "unix",   "isfinite", "printf",   "putchar",    "fabs",     "linux",
    "isnormal", "fflush", "isless",   "islessequal", "isgreater", "atan",   "atan2",    "assert",
    "fpclassify", "libm_pow", "isunordered", "math_errhandling",
};

// What the headers of the prelude declare.
constexpr std::string_view kLibcNames[] = {
    "abort",      "abs",        "acos",      "acosf",      "acosh",     "aligned_alloc", "asin",
    "asinf",      "asinh",      "atan",      "atan2",      "atan2f",    "atanf",         "atanh",
    "atexit",     "atof",       "atoi",      "atol",       "atoll",     "bcmp",          "bcopy",
    "bsearch",    "bzero",      "calloc",    "cbrt",       "ceil",      "ceilf",         "clearerr",
    "clock",      "copysign",   "cos",       "cosf",       "cosh",      "ctermid",       "ctime",
    "difftime",   "div",        "dprintf",   "drand48",    "drem",      "erf",           "erfc",
    "exit",       "exp",        "exp10",     "exp2",       "expf",      "expm1",         "fabs",
    "fabsf",      "fclose",     "fdim",      "feof",       "ferror",    "fflush",        "ffs",
    "fgetc",      "fgets",      "fileno",    "finite",     "floor",     "floorf",        "fma",
    "fmax",       "fmin",       "fmod",      "fopen",      "fprintf",   "fputc",         "fputs",
    "fread",      "free",       "frexp",     "fscanf",     "fseek",     "ftell",         "fwrite",
    "gamma",      "getc",       "getchar",   "getenv",     "getline",   "getw",          "gmtime",
    "hypot",      "hypotf",     "ilogb",     "index",      "initstate", "j0",            "j1",
    "jn",         "labs",       "ldexp",     "ldiv",       "lgamma",    "llabs",         "llrint",
    "llround",    "localtime",  "log",       "log10",      "log1p",     "log2",          "logb",
    "logf",       "lrand48",    "lrint",     "lround",     "malloc",    "memchr",        "memcmp",
    "memcpy",     "memmove",    "memset",    "mktime",     "modf",      "mrand48",       "nan",
    "nearbyint",  "nextafter",  "nexttoward", "pclose",    "perror",    "popen",         "pow",
    "powf",       "printf",     "putc",      "putchar",    "putenv",    "puts",          "putw",
    "qsort",      "rand",       "random",    "realloc",    "remainder", "remove",        "remquo",
    "rename",     "rewind",     "rindex",    "rint",       "round",     "roundf",        "scalb",
    "scanf",      "setbuf",     "setenv",    "significand", "signgam",  "sin",           "sincos",
    "sinf",       "sinh",       "snprintf",  "sprintf",    "sqrt",      "sqrtf",         "srand",
    "srandom",    "sscanf",     "stpcpy",    "strcat",     "strchr",    "strcmp",        "strcoll",
    "strcpy",     "strcspn",    "strdup",    "strerror",   "strlen",    "strncpy",       "strpbrk",
    "strrchr",    "strsep",     "strsignal", "strspn",     "strstr",    "strtod",        "strtok",
    "strtol",     "strxfrm",    "system",    "tan",        "tanf",      "tanh",          "tempnam",
    "tgamma",     "time",       "timegm",    "timer_create", "timezone", "tmpfile",      "tmpnam",
    "toascii",    "trunc",      "truncf",    "tzset",      "ungetc",    "unsetenv",      "y0",
    "y1",         "yn",         "daylight",  "timespec_get", "select",  "nanosleep",     "alloca",
    "memccpy",    "mkstemp",    "setstate",  "a64l",       "l64a",      "ecvt",          "fcvt",
    "gcvt",       "valloc",     "isascii",   "environ",    "getsubopt", "strnlen",       "strtoq",
};

bool IsWordChar(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// The last name in the text.
std::string_view LastName(std::string_view text) {
  size_t end = text.size();
  while (end > 0 && !IsWordChar(text[end - 1])) {
    --end;
  }
  size_t begin = end;
  while (begin > 0 && IsWordChar(text[begin - 1])) {
    --begin;
  }
  return text.substr(begin, end - begin);
}

void AddCapitals(std::string_view line, std::unordered_set<std::string_view>* names) {
  for (size_t i = 0; i < line.size();) {
    size_t end = i;
    bool is_capital = true;
    for (; end < line.size() && IsWordChar(line[end]); ++end) {
      is_capital = is_capital && std::islower(static_cast<unsigned char>(line[end])) == 0;
    }
    if (end - i >= 2 && is_capital) {
      names->insert(line.substr(i, end - i));
    }
    i = std::max(end, i + 1);
  }
}

std::unordered_set<std::string_view> NamesOfPrelude() {
  std::unordered_set<std::string_view> names(std::begin(kWords), std::end(kWords));
  std::string_view text = kCPrelude;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    AddCapitals(line, &names);
    constexpr std::string_view kDefine = "#define ";
    if (line.starts_with(kDefine)) {
      names.insert(LastName(line.substr(0, line.find_first_of("( ", kDefine.size()))));
    } else if (!line.empty() && (IsWordChar(line[0]) || line.starts_with("} "))) {
      names.insert(LastName(line.substr(0, line.find_first_of("(=;[{", 1))));
    }
  }
  return names;
}

}  // namespace

bool IsCWord(std::string_view name) {
  static const std::unordered_set<std::string_view> words = NamesOfPrelude();
  return name.starts_with("__") || words.contains(name);
}

bool IsLibcName(std::string_view name) {
  static const std::unordered_set<std::string_view> names(std::begin(kLibcNames),
                                                          std::end(kLibcNames));
  return names.contains(name);
}

}  // namespace emit
