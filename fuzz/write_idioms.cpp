// Short pieces of code in which several parts of an engine must be right together: what holds a
// value while something else is computed, in which order, and for how long. Test:
// tests/fuzz/generator_test.cpp.

#include <string_view>

#include <fmt/format.h>

#include "fuzz/writer.h"

namespace fuzz {
namespace {

// N is a small number, each time another; names live in a block of their own. @ is a name of a
// function, new each time.
struct Pattern {
  std::string_view statement;
  std::string_view items = {};
};

constexpr Pattern kIdioms[] = {
    {"print({ let q = \"x\" * N + \"a longer text than fits into a cell\"; q })"},
    {"var q = \"ab\" * N; print(q + { q = \"cd\" * N; q } + q)"},
    {"var q = \"ab\" * N; for q1 in range(4) { q += q }; print(q)"},
    {"var q = \"ab\" * N; let q2 = [\"\"]; for q1 in range(5) { append(q2, str(q1) * 9 * N); q += "
     "q }; "
     "print(q, q2)"},
    {"var q = [\"one\" * N]; for q1 in range(3) { q = q + q }; print(q)"},
    {"let q = [\"x\" * N, \"y\" * N]; for q1 in range(N) { q[q1 % 2] = str(q1) + q[0] }; "
     "print(len(q[1]))"},
    {"let q = [\"x\" * N, \"y\" * N]; for q1 in range(N) { q[q1 % 2] = \"z\" * N }; print(q)"},
    {"let q = [[N], [N, N]]; for q1 in range(N) { q[q1 % 2] = [q1, N] }; print(q)"},
    {"let q = str(N); let q1 = N; let q2 = 0.5 * N; let q3 = x => str(x) + q + str(q1 * x) + "
     "str(q2); "
     "print(q3(N), list(map(q3, [N, N])))"},
    {"let q = N; let q1 = [N, N]; print([(x => x * q - q1[x % 2])(y) for y in range(N)])"},
    {"var q = 0; for q1 in range(N * 300) { q += q1 % 7 }; print(q)"},
    {"var q = 0; for q1 in range(5, N * 200, 3) { q += q1 }; print(q)"},
    {"var q = 0; for q1 in range(N * 90, 5, -2) { if q1 % 5 == 1 { continue }; q += q1 }; "
     "print(q)"},
    {"var q = 0.1; for q1 in range(N) { q = q * 1.1 + 0.1 * q1 }; print(q)"},
    {"var q = 1.0; for q1 in range(N) { q = q / 3.0 + q1 * 0.7 - q * q }; print(q)"},
    {"var q = N; for q1 in range(5) { for q2 in range(2) { print(q); if q1 == 3 { q = \"s\" } } }"},
    {"var q = N; for q1 in range(6) { q = if q1 == 4 { 0.5 * q } else { q + q1 }; print(q) }"},
    {"var q = none; for q1 in range(5) { if q1 > N % 5 { q = q1 }; print(q) }"},
    {"let q: float = N; print(q, q * 2, q // 2)"},
    {"let q = (x for x in range(N) if x % 3 != 1); for q1 in q { if q1 > 7 { break }; print(q1) }"},
    {"let q = filter(x => x % 2 == 0, map(x => x * x, range(N))); print(sum((x for x in q if x > "
     "3), 0))"},
    {"let q = map(x => \"p\" * x, range(N)); print(join(\",\", filter(x => len(x) != 2, q)))"},
    {"print(min(map(x => (x - N) * (x - N), range(2 * N))))"},
    {"let q = [1.5, 2.5]; q[N % 2] += N; q[-1] *= 2; append(q, q[0]); print(q); print(pop(q)); "
     "print(q)"},
    {"let q = [N, N]; for q1 in q { if len(q) < 9 { append(q, q1 + len(q)) } }; print(q)"},
    {"while true { let q = \"left\" * N; if len(q) > 3 { break } }; print(N)"},
    {"print([[q * q1 for q1 in range(q)] for q in range(N % 5 + 1)])"},
    {"print(any(x * x > N for x in range(N)), all(x < N for x in range(N)))"},
    {"print(@(nan), @(inf - inf), @(-nan), @(0.0), @(-0.0), @(N / 2), @(1.5), @(1.5))",
     "memo def @(x: float) -> float { print(\"called\", x); x }"},
    {"print(@(N, 1), @(N, 1), @(N, 1.0), @(\"a\", 1), @(\"a\", 1), @(true, nan), @(true, -nan))",
     "memo def @(x, y) { print(\"called\", x, y); y }"},
    {"print(@(N), @(0.5), list(map(@, [N, 2])))", "def @(x: float) { print(x, x // 2, x * 2); x }"},
    {"for q in range(N) { print(@(q)) }; print(@(2, N))",
     "def @(n: int, x: float = 3) -> float { if n > 3 { return n }; x * 2 + n }"},
    {"for q in range(N) { print(@(q)) }", "def @(x) { if x > 4 { return \"s\" * x }; x }"},
    {"for q in range(N) { print(@(q), @(0.5 * q)) }",
     "def @(x) { var y = 0; while true { if y > x { return y * 0.5 }; y += 2; if y > 8 { return "
     "[y] } } }"},
    {"for q in range(N) { print(@(q)) }",
     "def @(x) { for y in range(x) { if y == 3 { return str(y) } }; none }"},
    {"let q = if N > 5 { [N] } else { [\"a\"] }; let q1 = [q, q]; print(q1, @(q1), @(q)); q1[0] = "
     "q; "
     "append(q1, q); print(q1)",
     "def @(x) { x[0] }"},
    {"var q = [N]; if N % 2 == 0 { q = [\"s\" * N] }; let q1 = [q]; for q2 in q1 { print(q2[0]) }; "
     "let q3 = [q1, [q]]; print(q3, @(q3))",
     "def @(x) { for y in x { for z in y { print(z[0]) } }; x[0][0] }"},
    {"var q = N; if N > 4 { q = \"s\" * N }; let q1 = [q, q]; print(q1, q1[0], @(q1)); append(q1, "
     "q); "
     "for q2 in q1 { print(q2, @([q2])) }; q1[0] = q; print(q1 + [q])",
     "def @(x) { let y = [x, x]; y[0][0] }"},
    {"let q = N; let q1 = \"t\" * N; let q2 = 1.5; print(@(x => x * q + len(q1) + int(q2), N))",
     "def @(f, n) { f(n) + f(n + 1) }"},
    {"for q in @(N) { if len(q) > 4 { break } }; let q1 = @(N); for q in q1 { print(q); break }",
     "def @(n) { let t = \"x\" * n; for i in range(n) { yield t + str(i) } }"},
    {"print(@(0.5), @(N), @(\"a\"), @(1.5), @([N]))", "def @(x) { [x, x] }"},
    {"let q = if N > 3 { @ } else { x => x }; print(q(0.5), q(N), q(\"a\"), q([0.5]))",
     "def @(x) { str(x) + \"!\" }"},
    {"for q in [0.5, 1.5] { print(@(q, N)) }; for q in range(N) { print(@(q, q), @(q, 0.5)) }",
     "def @(x, y) { if x == y { x * 2 } else { x + y } }"},
    {"let q = @(N, \"t\" * N); print(list(map(q, [1, 2])))",
     "def @(n, t) { let k = [n, n]; x => t + str(x * k[0]) }"},
};

}  // namespace

Node Writer::Idiom(std::vector<Node>* items) {
  const Pattern& pattern = OneOf(kIdioms);
  const std::string name = pattern.items.empty() ? "" : NewName();
  const auto filled = [&](std::string_view text) {
    std::string number;
    return Filled(text, [&](char c) -> std::string_view {
      if (c == 'N') {
        return number = std::to_string(1 + Below(12));
      }
      return c == '@' ? std::string_view(name) : std::string_view();
    });
  };
  if (!pattern.items.empty()) {
    items->push_back(Make(NodeKind::Item, Type::None, filled(pattern.items)));
  }
  Spend(500);
  Node idiom = MakeStatement(fmt::format("if true {{ {} }}", filled(pattern.statement)));
  idiom.cell = "idiom";
  return idiom;
}

}  // namespace fuzz
