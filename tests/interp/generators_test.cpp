// Generators: their frames are put aside while the consumer runs, at every level and however the
// consumer ends.

#include <gtest/gtest.h>

#include "tests/interp/ladder_run.h"

namespace interp {
namespace {

// Runs `text` on all steps; the result is what main gave.
std::string Result(const std::string& text) { return ExpectLaddersAgree(text).result; }

constexpr const char* kTools = R"(
def count(n) { var i = 0
  while i < n { yield i
    i += 1 } }
def deep(n) = if n == 0 { 0 } else { let a = n
  let b = [n, n]
  deep(n - 1) + len(b) - 1 + a - n }
)";

TEST(Generators, ConsumerCallsWhileTheyAreSuspended) {
  EXPECT_EQ(Result(std::string(kTools) + R"(
def main() { var total = 0
  for a in count(5) { total += deep(20)
    for b in count(3) { total += deep(30) * a + b } }
  total })"),
            "1015");
}

TEST(Generators, KeepTheirVariablesAcrossYields) {
  EXPECT_EQ(Result(std::string(kTools) + R"(
def lines(n) { let prefix = "é" + str(n)
  var seen = [0]
  var text = ""
  for i in range(n) { append(seen, deep(i))
    text += prefix
    yield text + str(seen) }
  yield join("", [prefix, text]) }
def main() { var all = ""
  for line in lines(3) { all += line + str(deep(10)) }
  all })"),
            "é3[0, 0]10é3é3[0, 0, 1]10é3é3é3[0, 0, 1, 2]10é3é3é3é310");
}

TEST(Generators, NestInEachOther) {
  EXPECT_EQ(Result(std::string(kTools) + R"(
def twice(xs) { for x in xs { yield x
    yield x * 10 } }
def both(n) { for a in twice(count(n)) { for b in twice([a, a + 1]) { yield a * 1000 + b } } }
def main() = [x for x in both(3)])"),
            "[0, 0, 1, 10, 0, 0, 1, 10, 1001, 1010, 1002, 1020, 10010, 10100, 10011, 10110, 2002, "
            "2020, 2003, 2030, 20020, 20200, 20021, 20210]");
}

TEST(Generators, CallThemselves) {
  EXPECT_EQ(Result(R"(
def walk(low, high) { if low < high { let middle = (low + high) // 2
    for x in walk(low, middle) { yield x }
    yield middle
    for x in walk(middle + 1, high) { yield x } } }
def main() = list(walk(0, 12)))"),
            "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]");
}

// The loop at each depth is left in each way; lists and strings are held everywhere.
TEST(Generators, AreLeftAtEveryLevel) {
  for (const char* leave : {"break", "continue", "return [\"left\"]", "error(\"planted\")"}) {
    for (int level = 0; level < 3; ++level) {
      const auto at = [&](int here) { return here == level ? leave : "none"; };
      const std::string text = std::string(R"(
def strs(n) { let held = [str(n)]
  for i in range(n) { let own = held[0] + str(i)
    yield own } }
def main() { var seen = ["start"]
  for a in strs(3) {
    if a == "31" { )") + at(0) +
                               R"( }
    for b in strs(2) {
      if b == "21" { )" + at(1) +
                               R"( }
      for c in (x + a for x in strs(4)) {
        if c == "42" + a { )" + at(2) +
                               R"( }
        append(seen, a + b + c) } } }
  seen })";
      ExpectLaddersAgree(text);
    }
  }
}

TEST(Generators, AreStoppedByConsumersOfTheirElements) {
  EXPECT_EQ(Result(std::string(kTools) + R"(
def strs(n) { for i in count(n) { let s = str(i) + "x"
    yield s } }
def main() = [any(s == "3x" for s in strs(10)), all(len(s) < 3 for s in strs(20)),
              any(len(s) > x for s in strs(3) for x in count(5))])"),
            "[true, false, true]");
}

TEST(Generators, AreStoredAndPassedAround) {
  EXPECT_EQ(Result(std::string(kTools) + R"(
def take(xs, n) { var left = n
  for x in xs { if left == 0 { return }
    yield x
    left -= 1 } }
def main() { let a = count(10)
  let b = take(map(x => x * x, a), 4)
  let c = (x + 1 for x in b if x != 1)
  let d = list(c)
  var total = 0
  for x in take(filter(x => x % 2 == 0, count(100)), 5) { total += deep(x) + x }
  append(d, total)
  d })"),
            "[1, 5, 10, 40]");
}

TEST(Generators, AreConsumedOnce) {
  const LadderRun run = ExpectLaddersAgree(std::string(kTools) + R"(
def main() { let a = count(3)
  print(sum(a))
  sum(a) })");
  EXPECT_TRUE(run.failed);
  EXPECT_EQ(run.output, "3\n");
  EXPECT_EQ(run.result.substr(0, 9), "consumed:");
}

TEST(Generators, YieldManyTimesInOneBody) {
  std::string text = "def many() { let s = \"é\"\n";
  for (int i = 0; i < 3000; ++i) {
    text += "yield s + \"" + std::to_string(i % 10) + "\"\n";
  }
  EXPECT_EQ(Result(text + "}\ndef main() { var n = 0\n for s in many() { n += len(s) }\n n }"),
            "6000");
}

TEST(Generators, FailInsideOutsideAndBetween) {
  for (const char* place : {"n - 1", "n", "n + 1"}) {
    const LadderRun run = ExpectLaddersAgree(std::string(R"(
def inner(n) { for i in range(5) { yield 10 // (i - )") +
                                             place + R"() } }
def outer(n) { for x in inner(n) { yield 10 // (x + 2) } }
def main() { for x in outer(2) { print(10 // (x - 1)) } })");
    EXPECT_TRUE(run.failed);
  }
}

// map's function comes from a call, whose frame must not lie over the place it is held in.
TEST(Generators, StagesMadeByCalls) {
  EXPECT_EQ(Result(R"(
def adder(n) = x => x + n
def at_least(s) = x => x >= s
def main() { var text = ""
  for i in range(3) {
    for x in map(adder("é"), filter(at_least("b"), ["a", "b", "c"])) { text += x }
    for x in map(adder(i), map(adder(1), [1, 2])) { text += str(x) } }
  text })"),
            "bécé23bécé34bécé45");
}

}  // namespace
}  // namespace interp
