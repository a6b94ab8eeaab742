// Short pieces of code in which several parts of an engine must be right together: what holds a value
// while something else is computed, in which order, and for how long.
// Test: tests/fuzz/generator_test.cpp.

#include <string_view>

#include <fmt/format.h>

#include "fuzz/writer.h"

namespace fuzz {
namespace {

// N is a small number, each time another; names live in a block of their own.
constexpr std::string_view kIdioms[] = {
    "print({ let q = \"x\" * N + \"a longer text than fits into a cell\"; q })",
    "var q = \"ab\" * N; print(q + { q = \"cd\" * N; q } + q)",
    "var q = \"ab\" * N; for q1 in range(4) { q += q }; print(q)",
    "var q = [\"one\" * N]; for q1 in range(3) { q = q + q }; print(q)",
    "let q = [\"x\" * N, \"y\" * N]; for q1 in range(N) { q[q1 % 2] = str(q1) + q[0] }; print(len(q[1]))",
    "let q = [\"x\" * N, \"y\" * N]; for q1 in range(N) { q[q1 % 2] = \"z\" * N }; print(q)",
    "let q = [[N], [N, N]]; for q1 in range(N) { q[q1 % 2] = [q1, N] }; print(q)",
    "let q = str(N); let q1 = N; let q2 = 0.5 * N; let q3 = x => str(x) + q + str(q1 * x) + str(q2); "
    "print(q3(N), list(map(q3, [N, N])))",
    "let q = N; let q1 = [N, N]; print([(x => x * q - q1[x % 2])(y) for y in range(N)])",
    "var q = 0; for q1 in range(N * 300) { q += q1 % 7 }; print(q)",
    "var q = 0; for q1 in range(5, N * 200, 3) { q += q1 }; print(q)",
    "var q = 0; for q1 in range(N * 90, 5, -2) { if q1 % 5 == 1 { continue }; q += q1 }; print(q)",
    "var q = 0.1; for q1 in range(N) { q = q * 1.1 + 0.1 * q1 }; print(q)",
    "var q = 1.0; for q1 in range(N) { q = q / 3.0 + q1 * 0.7 - q * q }; print(q)",
    "var q = N; for q1 in range(5) { for q2 in range(2) { print(q); if q1 == 3 { q = \"s\" } } }",
    "var q = N; for q1 in range(6) { q = if q1 == 4 { 0.5 * q } else { q + q1 }; print(q) }",
    "var q = none; for q1 in range(5) { if q1 > N % 5 { q = q1 }; print(q) }",
    "let q: float = N; print(q, q * 2, q // 2)",
    "let q = (x for x in range(N) if x % 3 != 1); for q1 in q { if q1 > 7 { break }; print(q1) }",
    "let q = filter(x => x % 2 == 0, map(x => x * x, range(N))); print(sum((x for x in q if x > 3), 0))",
    "let q = map(x => \"p\" * x, range(N)); print(join(\",\", filter(x => len(x) != 2, q)))",
    "print(min(map(x => (x - N) * (x - N), range(2 * N))))",
    "let q = [1.5, 2.5]; q[N % 2] += N; q[-1] *= 2; append(q, q[0]); print(q); print(pop(q)); print(q)",
    "let q = [N, N]; for q1 in q { if len(q) < 9 { append(q, q1 + len(q)) } }; print(q)",
    "while true { let q = \"left\" * N; if len(q) > 3 { break } }; print(N)",
    "print([[q * q1 for q1 in range(q)] for q in range(N % 5 + 1)])",
    "print(any(x * x > N for x in range(N)), all(x < N for x in range(N)))",
};

}  // namespace

Node Writer::Idiom() {
  std::string text;
  for (const char c : OneOf(kIdioms)) {
    text += c == 'N' ? fmt::format("{}", 1 + Below(12)) : std::string(1, c);
  }
  Spend(500);
  Node idiom = MakeStatement(fmt::format("if true {{ {} }}", text));
  idiom.cell = "idiom";
  return idiom;
}

}  // namespace fuzz
