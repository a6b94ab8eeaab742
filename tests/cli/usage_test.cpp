// What `lab` says about command lines that are not right, and where colours show.

#include "tests/cli/command_line.h"

namespace cli {
namespace {

// Status 2, nothing on standard output, and `part` on standard error.
void ExpectMistake(const std::vector<std::string>& args, const std::string& part) {
  const Result result = Lab(args);
  EXPECT_EQ(result.status, kUsage);
  EXPECT_EQ(result.out, "");
  EXPECT_TRUE(Contains(result.err, part)) << result.err;
}

TEST(UsageTest, ShowsAMistakeWholly) {
  const Result result = Lab({"run", "--stast", "prog.gc"});
  EXPECT_EQ(result.status, kUsage);
  EXPECT_EQ(result.err,
            "error: unknown flag `--stast`\n"
            " = help: did you mean `--stats`?\n"
            " = usage: lab run [FLAGS] FILE [ARGUMENTS]\n"
            " = more: lab help run\n");
}

TEST(UsageTest, SuggestsCommands) {
  ExpectMistake({"rnu"}, "error: unknown command `rnu`\n = help: did you mean `run`?");
  ExpectMistake({"hlep"}, "did you mean `help`?");
  ExpectMistake({"dmup"}, "did you mean `dump`?");
  ExpectMistake({"quarks"},
                "the commands are `run`, `compare`, `warmup`, `time`, `timeit`, `check`, `peers`, "
                "`emit`, `why`, `dump`, `report`, `doctor` and `help`");
}

TEST(UsageTest, SuggestsFlags) {
  ExpectMistake({"run", "--bakend=interp", "prog.gc"}, "did you mean `--backend`?");
  ExpectMistake({"--time-limt=3", "prog.gc"}, "did you mean `--time-limit`?");
  ExpectMistake({"dump", "--phsae=ast", "prog.gc"}, "did you mean `--phase`?");
  ExpectMistake({"dump", "prog.gc", "--phsae=ast"}, "did you mean `--phase`?");
  ExpectMistake({"--verison"}, "did you mean `--version`?");
  ExpectMistake({"help", "--colour=never"}, "did you mean `--color`?");
  ExpectMistake({"run", "-x", "prog.gc"}, "unknown flag `-x`");
  ExpectMistake({"run", "--no-sandbx", "prog.gc"}, "did you mean `--no-sandbox`?");
  ExpectMistake({"run", "--no-sandbox=1", "prog.gc"}, "`--no-sandbox` takes no value");
}

TEST(UsageTest, SuggestsValues) {
  ExpectMistake({"run", "--interp=fusde", "prog.gc"}, "did you mean `fused`?");
  ExpectMistake({"run", "--backend=interpreter", "prog.gc"},
                "`--backend` takes `interp`, `jit` and `tiered`");
  ExpectMistake({"run", "--backend=jti", "prog.gc"}, "did you mean `jit`?");
  ExpectMistake({"run", "--backend=jit", "--opt=9", "prog.gc"},
                "`--opt` takes `0`, `1`, `2` and `3`");
  ExpectMistake({"run", "--backend=jit", "--math=fsat", "prog.gc"}, "did you mean `fast`?");
  ExpectMistake({"run", "--color=allways", "prog.gc"}, "did you mean `always`?");
  ExpectMistake({"dump", "--phase=resolve", "prog.gc"}, "did you mean `resolved`?");
  ExpectMistake({"dump", "--phase=llvm", "prog.gc"},
                "`--phase` takes `tokens`, `ast`, `resolved`, `types`, `ir`, `ir-opt` and `asm`");
}

TEST(UsageTest, AsksForWhatIsMissing) {
  ExpectMistake({"run"}, "error: there is no program to run");
  ExpectMistake({"dump", "prog.gc"}, "`lab dump` needs a phase");
  ExpectMistake({"dump", "--phase=ast"}, "there is no program");
  ExpectMistake({"dump", "--phase=ast", "a.gc", "b.gc"}, "`b.gc` is one too many");
  ExpectMistake({"help", "run", "dump"}, "one thing at a time");
  ExpectMistake({"run", "--max-memory"}, "`--max-memory` needs a value");
}

TEST(UsageTest, RefusesFlagsThatWouldDoNothing) {
  ExpectMistake({"run", "--math=fast", "prog.gc"}, "add --backend=jit, or leave --math out");
  ExpectMistake({"run", "--perf", "prog.gc"}, "`--perf` is for --backend=jit or tiered");
  ExpectMistake({"run", "--events=x", "prog.gc"}, "`--events` is for --backend=tiered");
  ExpectMistake({"run", "--tier-threshold=9", "prog.gc"},
                "`--tier-threshold` is for --backend=tiered");
  ExpectMistake({"run", "--backend=jit", "--interp=typed", "prog.gc"},
                "`--interp` is for --backend=interp, and the engine here is `jit`");
  ExpectMistake({"dump", "--phase=ast", "--function=f", "prog.gc"},
                "`--function` is for the phases types, ir, ir-opt and asm");
  ExpectMistake({"dump", "--phase=types", "--opt=1", "prog.gc"},
                "`--opt` is for the phases ir, ir-opt and asm");
}

TEST(UsageTest, EscapesControlCharacters) {
  const Result result = Lab({"\033[31mrun"});
  EXPECT_EQ(result.status, kUsage);
  EXPECT_FALSE(Contains(result.err, "\033"));
}

TEST(UsageTest, TakesColorBeforeTheCommand) {
  const Result result = Lab({"--color=never", "help", "exit-codes"});
  EXPECT_EQ(result.status, kOk);
  EXPECT_EQ(Lab({"--color", "never", "help", "exit-codes"}).out, result.out);
}

TEST(ColorTest, FollowsTerminalVariableAndFlag) {
  const auto is_colored = [](const std::vector<std::string>& args, const Surroundings& around) {
    return Contains(Lab(args, around).err, "\033[");
  };
  const std::vector<std::string> plain = {"run", "--stast"};
  const std::vector<std::string> always = {"run", "--color=always", "--stast"};
  const std::vector<std::string> never = {"run", "--color=never", "--stast"};
  EXPECT_FALSE(is_colored(plain, {}));
  EXPECT_TRUE(is_colored(plain, {.err_is_terminal = true}));
  EXPECT_FALSE(is_colored(never, {.err_is_terminal = true}));
  EXPECT_TRUE(is_colored(always, {}));
  EXPECT_FALSE(is_colored(plain, {.err_is_terminal = true, .variables = {{"NO_COLOR", "1"}}}));
  EXPECT_TRUE(is_colored(plain, {.err_is_terminal = true, .variables = {{"NO_COLOR", ""}}}));
  EXPECT_FALSE(is_colored(plain, {.err_is_terminal = true, .variables = {{"TERM", "dumb"}}}));
  EXPECT_TRUE(is_colored(always, {.err_is_terminal = true, .variables = {{"NO_COLOR", "1"}}}));
}

TEST(ColorTest, ReachesErrorsOfPrograms) {
  EXPECT_TRUE(Contains(Lab({"--color=always", "-e", "1 // 0"}).err, "\033["));
  EXPECT_FALSE(Contains(Lab({"--color=never", "-e", "1 // 0"}).err, "\033["));
  EXPECT_TRUE(Contains(Lab({"--color=always", "-e", "1 +"}).err, "\033["));
  EXPECT_FALSE(Contains(Lab({"-e", "1 +"}).err, "\033["));
}

}  // namespace
}  // namespace cli
