// `lab why` on programs that go over at fixed places, with a clock that stands still.

#include <regex>

#include <nlohmann/json.hpp>

#include "tests/cli/command_line.h"

namespace cli {
namespace {

class WhyTest : public FilesTest {
 protected:
  Result Why(std::vector<std::string> args) const {
    args.insert(args.begin(), "why");
    return Lab(args, {.clock = [] { return 1.0; }});
  }
};

// Without its folder, and without sizes, which depend on the processor.
std::string Masked(const std::string& text, const std::string& folder) {
  static const std::regex sizes("[0-9,]+ (instructions as lowered|bytes of code)");
  return std::regex_replace(text.substr(folder.size() + 1), sizes, "N $1");
}

constexpr const char* kProgram =
    "def step(x) = x * 2\n"
    "\n"
    "def f(n) {\n"
    "    var t = 0\n"
    "    for i in range(n) {\n"
    "        t += step(0.5)\n"
    "    }\n"
    "    t\n"
    "}\n"
    "\n"
    "print(f(3))\n";

TEST_F(WhyTest, ExplainsAProgram) {
  const std::string path = Write("a.gc", kProgram);
  const Result result = Why({"--tier=loops", path});
  EXPECT_EQ(result.status, kOk) << result.err;
  EXPECT_EQ(Masked(result.out, folder()),
            "a.gc on tiered: 0.00 ns in all, times since it began\n"
            "\n"
            "line  what                     types             boxed  machine code\n"
            "──────────────────────────────────────────────────────────────────────────────"
            "─────────────────────────────\n"
            "      the top level                                     no: it runs once\n"
            "   1  step                     (float) -> float         from 0.00 ns on, inlined in "
            "the loop at line 5 of f\n"
            "   3  f                        (int) -> any          2  from 0.00 ns on, in its loop\n"
            "   5  the loop at line 5 of f                           from 0.00 ns on\n"
            "\n"
            "  3:5           boxed: the result of `f` comes from `t`\n"
            "    edit        settle `t`\n"
            "  4:9           boxed: `t` is int at line 4 and float at line 6\n"
            "    edit        write `0.0` instead of `0` at 4:13\n");
}

TEST_F(WhyTest, ExplainsALine) {
  const std::string path = Write("a.gc", kProgram);
  const Result result = Why({"--tier=loops", path + ":5"});
  EXPECT_EQ(result.status, kOk) << result.err;
  EXPECT_EQ(Masked(result.out, folder()),
            "a.gc:5 on tiered: 0.00 ns in all, times since it began\n"
            "   5 |     for i in range(n) {\n"
            "\n"
            "the loop at line 5 of f\n"
            "  compiled      in 0.00 ns, the run waiting: lower 0.00 ns, optimise 0.00 ns, codegen "
            "0.00 ns, link 0.00 ns\n"
            "  size          N instructions as lowered, N bytes of code\n"
            "  machine code  from 0.00 ns on\n"
            "  entered       at 0.00 ns\n"
            "  inlined in it step\n"
            "  types         i: int, n: int\n");
}

TEST_F(WhyTest, ExplainsTheJit) {
  const std::string path = Write("a.gc", kProgram);
  const Result result = Why({"--backend=jit", path + ":1"});
  EXPECT_EQ(result.status, kOk) << result.err;
  EXPECT_EQ(Masked(result.out, folder()),
            "a.gc:1 on jit: 0.00 ns in all, times since it began\n"
            "   1 | def step(x) = x * 2\n"
            "\n"
            "step(float) -> float\n"
            "  machine code  from 0.00 ns on, inlined in the top level\n"
            "  inlined into  f\n"
            "  types         x: float\n");
}

TEST_F(WhyTest, SaysThatALineHasNothing) {
  const std::string path = Write("a.gc", kProgram);
  for (const char* line : {":2", ":7", ":10"}) {
    const Result result = Why({path + line});
    EXPECT_EQ(result.status, kUsage);
    EXPECT_EQ(result.out, "");
    EXPECT_TRUE(Contains(result.err, "nothing begins on line")) << result.err;
  }
  EXPECT_TRUE(Contains(Why({path + ":99"}).err, "has no line 99: it ends with line"));
  EXPECT_TRUE(Contains(Why({path + ":0"}).err, "lines are counted from 1"));
}

// A file may be called like that.
TEST_F(WhyTest, PrefersAFileOfThatName) {
  const std::string path = Write("a.gc:3", kProgram);
  const Result result = Why({"--tier=loops", path});
  EXPECT_EQ(result.status, kOk) << result.err;
  EXPECT_TRUE(Contains(result.out, "machine code")) << result.out;
}

TEST_F(WhyTest, ExplainsProgramsThatFail) {
  const std::string path = Write("a.gc", "var x = 0\nwhile true { x += 1\nassert(x < 5) }\n");
  const Result result = Why({"--tier=loops", path});
  EXPECT_EQ(result.status, kProgramError);
  EXPECT_TRUE(Contains(result.err, "assert")) << result.err;
  EXPECT_TRUE(Contains(result.out, "the loop at line 2 of the top level")) << result.out;
}

TEST_F(WhyTest, GivesArgumentsToTheProgram) {
  const std::string path =
      Write("a.gc", "def main(n) { var t = 0\nfor i in range(n) { t += i }\nt }\n");
  const Result result = Why({"--tier=loops", "--json", path + ":2", "7"});
  ASSERT_EQ(result.status, kOk) << result.err;
  const auto json = nlohmann::json::parse(result.out);
  EXPECT_EQ(json["engine"], "tiered");
  EXPECT_EQ(json["line"], 2);
  EXPECT_EQ(json["items"][0]["types"], "int");
  EXPECT_EQ(json["items"][0]["names"][0]["name"], "i");
}

TEST_F(WhyTest, EscapesTheProgramsText) {
  const Result result = Why({"--tier=loops", "-e", "for s in [\"\033[31m\"] { print(s) }"});
  EXPECT_EQ(result.out.find('\033'), std::string::npos);
}

TEST_F(WhyTest, RefusesFlagsOfOtherCommands) {
  EXPECT_TRUE(Contains(Why({"--stats", "a.gc"}).err, "`--stats` is for `lab run`"));
  EXPECT_TRUE(Contains(Why({"--backend=interp", "a.gc"}).err, "add --backend=tiered"));
  EXPECT_EQ(Why({}).status, kUsage);
}

}  // namespace
}  // namespace cli
