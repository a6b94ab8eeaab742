// `return`, `break` and `continue` inside expressions: what stood before them has been evaluated
// and is released, what stands after them is not evaluated.

#include <gtest/gtest.h>

#include "tests/interp/ladder_run.h"

namespace interp {
namespace {

constexpr const char* kTools = R"(
def show(x) { print(x)
  x }
def three(a, b, c) { let all = [str(a), str(b), str(c)]
  let more = [len(all)]
  join("/", all) + str(more[0]) }
def make(n) = [str(n), "é" + str(n)]
)";

// Each expression leaves the loop in its third turn; `LEAVE` is each of the three words.
class Leaving : public testing::TestWithParam<const char*> {};

TEST_P(Leaving, ReleasesWhatWasEvaluated) {
  const std::string expression = GetParam();
  for (const char* leave : {"break", "continue", "return \"left\""}) {
    std::string body = expression;
    for (size_t at = body.find("LEAVE"); at != std::string::npos; at = body.find("LEAVE")) {
      body.replace(at, 5, std::string("(if i == 2 { ") + leave + " } else { str(i) })");
    }
    const LadderRun run =
        ExpectLaddersAgree(std::string(kTools) +
                           "def main() { var s = \"\"\n  var xs = [\"a\", \"b\"]\n"
                           "  for i in range(5) {\n    " +
                           body + " }\n  s + str(xs) }");
    EXPECT_FALSE(run.failed) << run.result;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Expressions, Leaving,
    testing::Values(
        "s += three(show(str(i)), LEAVE, show(\"after\"))",
        "s += three(make(i)[0], make(i)[1] + LEAVE, make(i))",
        "let t = three(three(1, LEAVE, 2), LEAVE, three(make(1), make(2), LEAVE))\n s += t",
        "xs[len(make(i)) - 1] = make(i)[0] + LEAVE",
        "xs[len(make(i) + [LEAVE]) - 2] += show(str(i)) + \"é\"",
        "let t = [str(i), LEAVE, three(1, 2, 3)]\n s += join(\",\", t)",
        "if three(1, 2, 3) != \"\" and LEAVE == \"1\" { s += str(i) }",
        "s = s + (if i == 1 { LEAVE } else { make(i)[1] }) + LEAVE",
        "let f = x => x + str(i)\n s += f(LEAVE) + f(show(str(i)))",
        "for x in map(y => y + \"é\", make(LEAVE)) { s += x + LEAVE }",
        "append(xs, three(make(i), LEAVE, 1))", "print(three(1, 2, 3), LEAVE, make(i))",
        "s += join(str(i), [make(i)[0], LEAVE]) + str(len(LEAVE))",
        "let a = { let b = make(i)\n b[0] + LEAVE }\n s += three(a, a, LEAVE)",
        "s += { s = s + \"x\"\n LEAVE } + s"));

TEST(Leaving, OperandsAreReadBeforeLaterOnesAssign) {
  EXPECT_EQ(ExpectLaddersAgree(R"(
def add(a, b) = a * 10 + b
def main() { var n = 1
  var s = "a"
  let xs = [n + { n = 2
    n } + n, add(n, { n = 5
    n }), n]
  let t = s + { s = "b"
    s } + s
  s += { s = "c"
    "d" }
  print(xs, t, s)
  n })")
                .output,
            "[5, 25, 5] abb cd\n");
}

}  // namespace
}  // namespace interp
