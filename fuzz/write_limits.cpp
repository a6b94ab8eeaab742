// Whole programs that reach a limit: of the depth of calls, which must fall on the same call
// whatever an engine has made of the calls, and of time, which ends every loop there is. Test:
// tests/fuzz/generator_test.cpp.

#include <string>
#include <string_view>

#include <fmt/format.h>

#include "fuzz/writer.h"
#include "runtime/context.h"

namespace fuzz {
namespace {

// What each deep program has.
constexpr std::string_view kHelpers =
    "def leaf(x) { x + 1 }\n"
    "def is_even(x) { leaf(x) % 2 == 1 }\n"
    "def count(n) { for i in range(n) { yield leaf(i) } }\n"
    "def once() { yield 0 }\n"
    "def twice(n) { for i in count(n) { yield i; yield leaf(i) } }\n"
    "memo def known(x: int) -> int { leaf(x) }\n"
    "def through(s) { var t = 0; for x in s { t += leaf(x) }; t }\n"
    "def climb(n: int) -> int { climb(n + 1) + 1 }\n";

// Ways down by n calls, and to `act` there. N is a small number.
constexpr std::string_view kWays[] = {
    "def deep(n) { if n == 0 { act(N) } else { deep(n - 1) } }",
    "def deep(n: int) -> int { if n == 0 { act(N) } else { 1 + deep(n - 1) } }",
    "def deep(n) { if n == 0 { act(N) } else { deeper(n - 1) } }\n"
    "def deeper(n) { if n == 0 { act(N) } else { deep(n - 1) } }",
    "def deep(n) { for i in range(3) { if i == 1 { return if n == 0 { act(N) } else { deep(n - 1) "
    "} } }; 0 }",
    "def deep(n) { var t = 0; while t == 0 { t = (if n == 0 { act(N) } else { deep(n - 1) }) + 1 "
    "}; t }",
    "def deep(n) { if n < 2 { act(N) } else { sum(map(x => deep(x), [n - 2])) } }",
    "def deep(n) { if n < 2 { act(N) } else { let go = x => deep(x); go(n - 2) } }",
    "def deep(n) { if n < 2 { act(N) } else { sum(deep(x) for x in range(n - 2, n - 1)) } }",
    "def deep(n) { if n < 2 { act(N) } else { let s = map(deep, [n - 2]); var t = 0; for x in s { "
    "t = x }; t } }",
    "def deep(n) { if n < 2 { act(N) } else { for x in count(1) { return deep(n - 2) }; 0 } }",
    "def deep(n) { if n < 2 { act(N) } else { let s = count(1); for x in s { return deep(n - 2) }; "
    "0 } }",
    "def deep(n) { if n < 2 { act(N) } else { let s = if n % 4 > 1 { once() } else { count(1) }; "
    "for x in s { return deep(n - 2) }; 0 } }",
    "def deep(n) { if n == 0 { act(N) } else { var t = 0; for i in range(2) { let f = if i == 1 { "
    "deep } else { leaf }; t = f(n - 1) }; t } }",
    "memo def deep(n: int) -> int { if n == 0 { act(N) } else { deep(n - 1) } }",
    "def deep(n) { sum(down(n)) }\n"
    "def down(n) { if n < 1 { yield act(N) } else { for x in down(n - 1) { yield x } } }",
    "def deep(n) { if n % 2 == 0 { if n == 0 { act(N) } else { deep(n - 1) } } else { let t = "
    "str(n); "
    "deep(n - 1) + len(t) } }",
    "def deep(n) { fall(n, \"text\" * N, 0.5) }\n"
    "def fall(n, s, x) { if n == 0 { act(len(s)) } else { fall(n - 1, if n % 3 == 0 { s } else { "
    "\"other\" }, "
    "x + n) } }",
};

// What is done there.
constexpr std::string_view kActs[] = {
    "def act(n) { n }",
    "def act(n) { leaf(n) }",
    "def act(n) { leaf(leaf(n)) + (x => leaf(x))(n) }",
    "def act(n) { climb(n) }",
    "def act(n) { sum(count(n)) }",
    "def act(n) { sum(twice(n)) }",
    "def act(n) { var t = 0; for x in count(n) { t += leaf(x) }; t }",
    "def act(n) { var t = 0; for x in twice(n) { t += x }; t }",
    "def act(n) { let s = count(n); var t = 0; for x in s { t += leaf(x) }; t }",
    "def act(n) { let s = map(leaf, range(n)); var t = 0; for x in s { t += leaf(x) }; t }",
    "def act(n) { let s = (leaf(x) for x in range(n) if is_even(x)); len(list(s)) }",
    "def act(n) { var t = 0; for x in filter(is_even, map(leaf, range(n))) { t += x }; t }",
    "def act(n) { let s = if n > 5 { once() } else { map(leaf, [n]) }; var t = 0; for x in s { t "
    "+= leaf(x) }; t }",
    "def act(n) { let s = if n > 5 { [n] } else { count(n) }; for x in s { return climb(x) }; 0 }",
    "def act(n) { through(count(n)) }",
    "def act(n) { through(map(x => leaf(x), range(n))) }",
    "def act(n) { through([n, n]) + through(range(n)) }",
    "def act(n) { let f = if n > 6 { leaf } else { known }; f(n) }",
    "def act(n) { known(n) + known(n) }",
    "def act(n) { var t = 0; for i in range(n) { let f = if i % 2 == 0 { leaf } else { known }; t "
    "+= f(i) }; t }",
    "def act(n) { min(map(x => leaf(x), [n, 1])) }",
    "def act(n) { len([leaf(x) for x in range(n)]) }",
    "def act(n) { if any(is_even(x) for x in range(n)) { 1 } else { 2 } }",
    "def act(n) { var t = 0; for x in range(n) { t += if x == 3 { climb(x) } else { leaf(x) } }; t "
    "}",
    "def act(n) { len(join(\",\", (str(leaf(x)) for x in count(n)))) }",
};

constexpr std::string_view kMains[] = {
    "def main() { print(deep(D)) }",
    "def main() { sum(deep(D) for x in range(2)) }",
    "def main() { print((x => deep(x))(D)) }",
    "def main() { for x in count(2) { print(deep(D)) } }",
    "def main() { var t = 0; for i in range(3) { let f = if i < 2 { deep } else { leaf }; t += "
    "f(D) }; print(t) }",
    "print(deep(D))",
};

// What is held doubles until the memory of a run (kMemoryBytes) is used up. S is its size in the
// beginning, one of those for which a copy that is held beside it makes the end come one turn
// earlier, and some small object does not.
constexpr std::string_view kGrowths[] = {
    "var t = \"t\" * S; for i in range(20) { t += t; print(len(t)) }",
    "var t = \"t\" * S; for i in range(20) { t = t + t; print(len(t)) }",
    "var t = \"t\" * S; for i in range(20) { let u = t; t += u; print(len(t)) }",
    "var t = \"t\" * S; for i in range(20) { t += { let u = t; u }; print(len(t)) }",
    "var t = \"t\" * S; for i in range(20) { t = \"\" + t + t; print(len(t)) }",
    "var t = \"t\" * S; for i in range(20) { t += t + \"\"; print(len(t)) }",
    "var t = \"t\" * S; for i in range(20) { t = t * 2; print(len(t)) }",
    "var t = \"t\" * S; for i in range(20) { t = join(t, [\"a\", \"b\", t]); print(len(t)) }",
    "var t = 0; t = \"t\" * S; for i in range(20) { t += t; print(len(t)) }",
    "var t = 0; t = \"t\" * S; for i in range(20) { t = t + t; print(len(t)) }",
    "let t = [\"t\" * S]; for i in range(20) { t[0] += t[0]; print(len(t[0])) }",
    "let t = buffer(); write(t, \"t\" * S); for i in range(20) { write(t, text(t)); "
    "print(len(text(t))) }",
    "var t = [0] * (S // 8); for i in range(20) { t = t + t; print(len(t)) }",
    "var t = [0.5] * (S // 8); for i in range(20) { t += t; print(len(t)) }",
    "var t = [\"t\"] * (S // 8); for i in range(20) { let u = t; t = u + t; print(len(t), len(u)) "
    "}",
};
constexpr const char* kSizes[] = {"1_100", "1_500", "1_700", "1_800"};

// What a loop that does not end may use.
constexpr std::string_view kEndlessHelpers =
    "def count() { var n = 0; while true { yield n; n += 1 } }\n"
    "def pass_through(s) { for x in s { yield x } }\n"
    "def through(s) { var t = 0; for x in s { t = (t + x) % 9 }; t }\n"
    "def one(x) { x % 2 + 1 }\n";

// K stands for a number of turns that nobody awaits.
constexpr std::string_view kEndlessLoops[] = {
    "while true { }",
    "var t = 0; while t < K { t += 1 }",
    "var t = 0.5; while t > 0.0 { t = t * 1.5 % 7.0 + 0.1 }",
    "var t = \"\"; while true { t = if len(t) > 50 { \"\" } else { t + \"ab\" } }",
    "var t = 0; while true { t = if t == 0 { 0.5 } else { 0 } }",
    "let t = [1, 2, 3]; while true { for x in t { t[0] = x } }",
    "let t = x => x + 1; while true { t(1) }",
    "while one(3) > 0 { }",
    "while true { if one(1) == 5 { break } else { continue } }",
    "for x in range(K) { }",
    "var t = 0; for x in range(K) { t = (t + x) % 5 }",
    "var t = 0; for x in range(K, 3, -2) { t = (t + x) % 5 }",
    "for x in range(K) { for y in range(3) { if y == 1 { break } } }",
    "for x in range(K) { if x % 2 == 0 { continue } }",
    "for x in range(K) { let t = str(x % 10); t + t }",
    "for x in map(y => y % 9, range(K)) { }",
    "for x in filter(y => y < 0, range(K)) { }",
    "for x in (y * 0.5 for y in range(K) if y < 0) { }",
    "for x in count() { }",
    "for x in count() { if x < 0 { break } }",
    "for x in pass_through(range(K)) { }",
    "let t = range(K); for x in t { }",
    "let t = map(y => y % 9, range(K)); var u = 0; for x in t { u = x }",
    "let t = (y for y in range(K) if y < 0); list(t)",
    "let t = filter(y => one(y) == 9, range(K)); for x in t { }",
    "let t = count(); for x in t { }",
    "let t = pass_through(count()); for x in t { }",
    "sum(x % 7 for x in range(K))",
    "sum(map(one, count()))",
    "sum(pass_through(x % 3 for x in count()))",
    "min(x % 7 for x in range(K))",
    "max(map(x => x % 3, range(K)))",
    "any(x < 0 for x in range(K))",
    "all(x >= 0 for x in count())",
    "[x for x in range(K) if x < 0]",
    "[x for x in range(K) for y in range(x % 2) if y > 0]",
    "list(filter(x => x < 0, range(K)))",
    "join(\"\", (str(x) for x in range(K) if x < 0))",
    "through(range(K))",
    "through(map(x => x % 3, range(K)))",
    "through(count())",
    "through(if one(1) == 2 { range(K) } else { count() })",
};

// Where it stands.
constexpr std::string_view kPlaces[] = {
    "def main() { $ }",
    "def main() { if true { $ } else { } }",
    "def main() { for w in range(1) { $ } }",
    "def main() { for w in [\"text\"] { let v = w + w; $; print(v) } }",
    "def run() { $; none }\ndef main() { run() }",
    "def run() { $; yield 1 }\ndef main() { for w in run() { } }",
    "def main() { (w => { $; w })(1) }",
    "{ $ }",
};

std::string WithText(std::string_view pattern, char letter, std::string_view text) {
  return Filled(pattern, [&](char c) { return c == letter ? text : std::string_view(); });
}

}  // namespace

Generated Writer::DeepProgram() {
  const uint32_t limit = runtime::Limits().depth;
  const std::string_view way = OneOf(kWays);
  const std::string_view act = OneOf(kActs);
  // Ways with a call between two of their own count down by two.
  const uint32_t depth = limit - Below(14);
  Node program{.kind = NodeKind::Program, .type = Type::None, .text = {}, .parts = {}, .cell = {}};
  program.parts.push_back(Make(NodeKind::Item, Type::None, kHelpers));
  program.parts.push_back(
      Make(NodeKind::Item, Type::None, WithText(way, 'N', fmt::format("{}", 1 + Below(9)))));
  program.parts.push_back(Make(NodeKind::Item, Type::None, act));
  Node main = MakeStatement(WithText(OneOf(kMains), 'D', fmt::format("{}", depth)));
  main.cell = "deep";
  program.parts.push_back(std::move(main));
  return {std::move(program), temper_, {}};
}

Generated Writer::GrowingProgram() {
  Node growth = MakeStatement(WithText(OneOf(kGrowths), 'S', OneOf(kSizes)));
  growth.cell = "growth";
  constexpr std::string_view kAround[] = {"def main() { $ }", "{ $ }",
                                          "def run(n) { $; n }\ndef main() { run(1) }"};
  return {Make(NodeKind::Item, Type::None, OneOf(kAround), {std::move(growth)}), temper_, {}};
}

Generated Writer::EndlessProgram() {
  Node planted = MakeStatement(WithText(OneOf(kEndlessLoops), 'K', "1_000_000_000_000_000"));
  planted.is_planted = true;
  planted.cell = "endless";
  Node program{.kind = NodeKind::Program, .type = Type::None, .text = {}, .parts = {}, .cell = {}};
  program.parts.push_back(Make(NodeKind::Item, Type::None, kEndlessHelpers));
  program.parts.push_back(Make(NodeKind::Item, Type::None, OneOf(kPlaces), {std::move(planted)}));
  return {std::move(program), temper_, std::string(kEndless)};
}

}  // namespace fuzz
