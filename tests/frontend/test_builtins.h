#pragma once
// The built-ins of the language as the resolver sees them, for tests that stand
// below the runtime. tests/runtime checks that the real table agrees with the
// language; here only names and counts matter.

#include "frontend/signature.h"

namespace frontend {

inline constexpr Signature kTestBuiltins[] = {
    {"pi", true, 0, 0, -1},     {"e", true, 0, 0, -1},        {"inf", true, 0, 0, -1},
    {"nan", true, 0, 0, -1},    {"abs", false, 1, 1, -1},     {"fabs", false, 1, 1, -1},
    {"min", false, 1, 255, 0},  {"max", false, 1, 255, 0},    {"floor", false, 1, 1, -1},
    {"ceil", false, 1, 1, -1},  {"round", false, 1, 1, -1},   {"sqrt", false, 1, 1, -1},
    {"sin", false, 1, 1, -1},   {"cos", false, 1, 1, -1},     {"acos", false, 1, 1, -1},
    {"pow", false, 2, 2, -1},   {"int", false, 1, 1, -1},     {"float", false, 1, 1, -1},
    {"str", false, 1, 1, -1},   {"bool", false, 1, 1, -1},    {"len", false, 1, 1, -1},
    {"range", false, 1, 3, -1}, {"map", false, 2, 2, -1},     {"filter", false, 2, 2, -1},
    {"sum", false, 1, 2, 0},    {"any", false, 1, 1, 0},      {"all", false, 1, 1, 0},
    {"list", false, 1, 1, 0},   {"join", false, 2, 2, 1},     {"append", false, 2, 2, -1},
    {"pop", false, 1, 2, -1},   {"buffer", false, 0, 0, -1},  {"write", false, 2, 2, -1},
    {"text", false, 1, 1, -1},  {"print", false, 0, 255, -1}, {"assert", false, 1, 2, -1},
    {"error", false, 1, 1, -1}, {"keep", false, 1, 1, -1},    {"clock", false, 0, 0, -1},
};

}  // namespace frontend
