// `lab check`: engines against each other, peers that are missing, and what is shown.

#include <nlohmann/json.hpp>

#include "cli/check_text.h"
#include "tests/cli/pretended_peers.h"

namespace cli {
namespace {

using peers::Outcome;
using peers::Verdict;

class CheckTest : public PretendedPeersTest {
 protected:
  Result Check(std::vector<std::string> args) {
    args.insert(args.begin(), "check");
    return Lab(args, Around());
  }
};

TEST_F(CheckTest, RunsEveryConfiguration) {
  const std::string program = Write("a.gc", "def main(n = 2) = print(n * 0.1)\n");
  const Result result = Check({"--peers=none", program, "3"});
  EXPECT_EQ(result.status, 0) << result.err;
  std::string expected = "who            outcome\n";
  EXPECT_EQ(result.out.substr(0, expected.size()), expected) << result.out;
  for (const Configuration& configuration : Configurations()) {
    EXPECT_TRUE(Contains(result.out, std::string(configuration.name) + "  ")) << result.out;
  }
  EXPECT_FALSE(Contains(result.out, "differs"));
}

TEST_F(CheckTest, AgreementOnAnErrorIsOk) {
  const std::string program = Write("a.gc", "print(1)\nprint([1][7])\n");
  const Result result = Check({"--peers=none", "--backend=interp,jit", program});
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.out,
            "who     outcome  note\n"
            "──────────────────────────────\n"
            "interp  ok       index, line 2\n"
            "jit     ok       index, line 2\n");
}

TEST_F(CheckTest, AbsentPeersCostALine) {
  const std::string program = Write("a.gc", "print(1)\n");
  const Result result = Check({"--peers=lua,node", "--backend=interp", program});
  EXPECT_EQ(result.status, 0);
  EXPECT_TRUE(Contains(result.out, "lua     missing  missing: apt-get install lua5.4\n"))
      << result.out;
  EXPECT_FALSE(Contains(result.out, "pypy"));
  EXPECT_TRUE(Contains(Check({"--backend=interp", program}).out, "pypy"));
}

TEST_F(CheckTest, StopsWhatTakesTooLong) {
  const std::string program = Write("a.gc", "while true { }\n");
  const Result result =
      Check({"--peers=none", "--backend=interp,jit", "--time-limit=0.1", program});
  EXPECT_EQ(result.status, 0);
  EXPECT_TRUE(Contains(result.out, "jit     not comparable  time limit")) << result.out;
}

TEST_F(CheckTest, IsDataForPrograms) {
  const std::string program = Write("a.gc", "print(1)\nerror(\"no\")\n");
  const auto json =
      nlohmann::json::parse(Check({"--json", "--peers=lua", "--backend=interp,jit", program}).out);
  EXPECT_EQ(json.at("lab_check"), 1);
  ASSERT_EQ(json.at("runs").size(), 3u);
  EXPECT_EQ(json.at("runs")[1].at("who"), "jit");
  EXPECT_EQ(json.at("runs")[1].at("outcome"), "ok");
  EXPECT_EQ(json.at("runs")[1].at("output"), "1\n");
  EXPECT_EQ(json.at("runs")[1].at("error_kind"), "error");
  EXPECT_EQ(json.at("runs")[1].at("error_first_line"), 2);
  EXPECT_EQ(json.at("runs")[2].at("outcome"), "missing");
}

TEST_F(CheckTest, ChecksItsCommandLine) {
  EXPECT_TRUE(Contains(Check({}).err, "there is no program to check"));
  EXPECT_TRUE(Contains(Check({"--peers=pyyp", "a.gc"}).err, "did you mean `pypy`?"));
  EXPECT_TRUE(Contains(Check({"--backend=jot", "a.gc"}).err, "did you mean `jit`?"));
  EXPECT_TRUE(Contains(Check({"--time-limit=x", "a.gc"}).err, "`--time-limit` takes seconds"));
  EXPECT_EQ(Check({"/nowhere.gc"}).status, kInputOutput);
}

CheckedRun Made(const std::string& name, const std::string& output, Verdict verdict) {
  CheckedRun run{.name = name};
  run.outcome.output = output;
  run.verdict = verdict;
  return run;
}

TEST(CheckTextTest, ShowsWhatDiffers) {
  std::vector<CheckedRun> runs = {Made("interp", "1\n0.1\n", Verdict::Ok),
                                  Made("lua", "1\n0.2\033\n", Verdict::Differs),
                                  Made("node", "1\n0.1\n", Verdict::Ok)};
  runs[1].version = "5.4.4";
  runs[2].tolerance = measure::Tolerance::OwnMath;
  std::string rule;
  for (int i = 0; i < 90; ++i) {
    rule += "─";
  }
  EXPECT_EQ(CheckText(runs),
            "who     version  outcome  note\n" + rule +
                "\n"
                "interp           ok\n"
                "lua     5.4.4    differs\n"
                "node             ok       floats within 4 ulp or 1e-12 of their size: its own "
                "math library\n"
                "\n"
                "--- interp\n"
                "+++ lua\n"
                "line 2\n"
                "- 0.1\n"
                "+ 0.2\\x1b\n");
  const auto json = nlohmann::json::parse(CheckJson(runs));
  EXPECT_EQ(json.at("runs")[1].at("difference"), "line 2\n- 0.1\n+ 0.2\033\n");
  EXPECT_FALSE(json.at("runs")[2].contains("difference"));
}

}  // namespace
}  // namespace cli
