// Operators and built-ins on pairs of values at the limits, where an answer is easily a little
// wrong. Test: tests/fuzz/generator_test.cpp.

#include <fmt/format.h>

#include "fuzz/writer.h"

namespace fuzz {
namespace {

// Those that matter most stand there several times.
constexpr const char* kInts[] = {
    "(-1)", "(-1)", "9223372036854775807", "9223372036854775807", "(-9223372036854775808)",
    "(-9223372036854775808)", "(-9223372036854775808)",
    "0", "1", "(-1)", "2", "(-2)", "3", "7", "(-7)", "8", "10", "(-10)", "63", "255", "(-256)",
    "1000003", "2147483647", "(-2147483648)", "3037000499", "3037000500", "4294967296",
    "9007199254740991", "9007199254740992", "9007199254740993", "(-9007199254740993)",
    "4611686018427387904", "9223372036854775807", "9223372036854775806", "(-9223372036854775807)",
    "(-9223372036854775808)",
};

constexpr const char* kFloats[] = {
    "0.0", "(-0.0)", "1.0", "(-1.0)", "0.1", "0.3", "0.5", "1.5", "2.5", "(-0.5)", "(-1.5)",
    "(-2.5)", "3.0", "(-7.25)", "1e16", "1e22", "1e-7", "1e308", "(-1e308)", "5e-324", "inf",
    "(-inf)", "nan",
    "9007199254740992.0", "9007199254740993.0", "9223372036854775808.0", "(-9223372036854775808.0)",
    "9223372036854774784.0", "123456789.125",
};

// A and B are the values. Some fail for some of them, which ends the program.
constexpr const char* kOfInts[] = {
    "if B == 0 or B == -1 { 0 } else { A // B }",
    "if B == 0 { 0 } else { A % B }",
    "if B == 0 { 0.0 } else { A / B }",
    "if A < -9223372036854775807 { 0 } else { A // -1 }",
    "A % -1",
    "A // -1",
    "A + B * A",
    "A * B - B",
    "(A + B) * A",
    "A - B // A",
    "A % B + A",
    "A * A + B * B",
    "A // B // A",
    "A ** 2 + B",
    "A // 2",
    "A // 1024",
    "A % 2",
    "A % 1024",
    "A // (-8)",
    "A % (-8)",
    "[A == B, A != B, A < B, A <= B, A > B, A >= B]",
    "A <= float(B)",
    "A == float(B)",
    "float(A) == B",
    "float(A) < B",
    "float(A) + B",
    "min(A, B)",
    "max(A, float(B))",
    "(A % 1000) ** (B % 7)",
    "list(range(A % 20, B % 20, 3))",
    "list(range(A % 20, B % 20, -7))",
    "len(list(range(A % 50, B % 60, 1 + A % 9)))",
    "str(A) + str(B)",
    "A + B",
    "A - B",
    "A * B",
    "A // B",
    "-A",
    "abs(A)",
    "A ** 2",
    "A ** (B % 70)",
};

constexpr const char* kOfFloats[] = {
    "if B == 0.0 { 0.0 } else { A / B }",
    "if B == 0.0 { 0.0 } else { A // B }",
    "if B == 0.0 { 0.0 } else { A % B }",
    "A + B",
    "A - B",
    "A * B",
    "A * A + B / A",
    "(A - B) / B",
    "A % B + A",
    "[A == B, A != B, A < B, A <= B, A > B, A >= B]",
    "min(A, B)",
    "max(A, B)",
    "-A",
    "abs(A)",
    "str(A)",
    "A ** 2.0",
    "if abs(A) <= 9223372036854775808.0 { floor(A) } else { 0 }",
    "if abs(A) <= 9223372036854775808.0 { ceil(A) } else { 0 }",
    "if abs(A) <= 9223372036854775808.0 { round(A) } else { 0 }",
    "if abs(A) <= 9223372036854775808.0 { int(A) } else { 0 }",
    "if A > 0.0 { A ** nan } else { nan ** A }",
    "[1.0 ** B, nan ** (B * 0.0)]",
    "if A >= 0.0 { sqrt(A) } else { 0.0 }",
    "floor(A)",
    "round(A)",
    "int(A)",
    "A / B",
    "A // B",
    "A % B",
    "A ** B",
    "sqrt(A)",
    "exp(A)",
    "log(A)",
};

// A is an int, B a float.
constexpr const char* kOfBoth[] = {
    "[A == B, A != B, A < B, A <= B, A > B, A >= B]",
    "[B == A, B != A, B < A, B <= A, B > A, B >= A]", "A + B", "A * B", "min(A, B)", "max(B, A)",
    "if B == 0.0 { 0.0 } else { A / B }", "if A == 0 { 0.0 } else { B // A }",
    "if B == 0.0 { 0.0 } else { A % B }", "A ** B", "B ** A",
};

std::string WithValues(std::string_view pattern, std::string_view a, std::string_view b) {
  return Filled(pattern, [&](char c) { return c == 'A' ? a : c == 'B' ? b : std::string_view(); });
}

}  // namespace

// Some operations, each on literals or, in loops, on all pairs of a few values: compiled code knows
// the operands there, and meets them here.
void Writer::Corners(std::vector<Node>* statements) {
  const size_t kind = Weighted({4, 4, 2});  // ints, floats, both
  const auto value = [&](bool is_left) {
    return kind == 0 || (kind == 2 && is_left) ? OneOf(kInts) : OneOf(kFloats);
  };
  const auto values = [&](bool are_left) {
    std::string list = value(are_left);
    for (uint32_t more = Below(9); more > 0; --more) {
      list += fmt::format(", {}", value(are_left));
    }
    if ((kind == 1 || (kind == 2 && !are_left)) && Chance(30)) {
      list += ", nan";
    }
    return list;
  };
  const uint32_t count = 1 + Below(4);
  for (uint32_t i = 0; i < count; ++i) {
    const std::string_view pattern =
        kind == 0 ? OneOf(kOfInts) : kind == 1 ? OneOf(kOfFloats) : OneOf(kOfBoth);
    const std::string first = values(true);
    const std::string second = values(false);
    const std::string a = NewName();
    const std::string b = NewName();
    statements->push_back(MakeStatement(
        Chance(30) ? fmt::format("print({})", WithValues(pattern, value(true), value(false)))
                   : fmt::format("for {} in [{}] {{ for {} in [{}] {{ print({}) }} }}", a, first, b,
                                 second, WithValues(pattern, a, b))));
    statements->back().cell = fmt::format("corner: {}", pattern);
    Spend(100);
  }
}

}  // namespace fuzz
