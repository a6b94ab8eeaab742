// Command lines to options: what each flag takes, and sizes and durations.

#include <gtest/gtest.h>

#include "cli/parse_options.h"
#include "cli/quantity.h"

namespace cli {
namespace {

RunOptions ParsedRun(const std::vector<std::string>& args) {
  const Parsed<RunOptions> parsed = ParseRun(args);
  if (const auto* complaint = std::get_if<Complaint>(&parsed)) {
    ADD_FAILURE() << complaint->message;
    return {};
  }
  return std::get<RunOptions>(parsed);
}

std::string RunMistake(const std::vector<std::string>& args) {
  const Parsed<RunOptions> parsed = ParseRun(args);
  const auto* complaint = std::get_if<Complaint>(&parsed);
  return complaint == nullptr ? "" : complaint->message;
}

TEST(RunOptionsTest, HaveDefaults) {
  const RunOptions options = ParsedRun({"prog.gc"});
  EXPECT_EQ(options.source, "prog.gc");
  EXPECT_FALSE(options.is_expression);
  EXPECT_TRUE(options.arguments.empty());
  EXPECT_EQ(options.engine->name, "interp-fused");
  EXPECT_FALSE(options.stats);
  EXPECT_TRUE(options.is_sandboxed);
  EXPECT_EQ(options.time_limit_seconds, 0);
  EXPECT_EQ(options.max_memory_bytes, 1U << 30);
  EXPECT_EQ(options.max_source_bytes, 16U << 20);
  EXPECT_EQ(options.color, ColorChoice::Auto);
}

TEST(RunOptionsTest, TakeEveryFlag) {
  const RunOptions options =
      ParsedRun({"--backend=interp", "--interp", "typed", "--stats", "--time-limit=1.5",
                 "--max-memory=64M", "--max-source", "1k", "--allow-extern=z", "--allow-extern",
                 "png", "--no-sandbox", "--color=never", "prog.gc"});
  EXPECT_EQ(options.engine->name, "interp-typed");
  EXPECT_FALSE(options.is_sandboxed);
  EXPECT_TRUE(options.stats);
  EXPECT_EQ(options.time_limit_seconds, 1.5);
  EXPECT_EQ(options.max_memory_bytes, 64U << 20);
  EXPECT_EQ(options.max_source_bytes, 1024U);
  EXPECT_EQ(options.allowed_externs, (std::vector<std::string>{"z", "png"}));
  EXPECT_EQ(options.color, ColorChoice::Never);
  EXPECT_EQ(options.source, "prog.gc");
}

TEST(RunOptionsTest, LeaveWhatFollowsTheFileToTheProgram) {
  const RunOptions options = ParsedRun(
      {"--stats", "prog.gc", "5000", "n=5000", "--x", "--stats=9", "-e", "--", "[1, 2]", ""});
  EXPECT_TRUE(options.stats);
  EXPECT_EQ(options.arguments, (std::vector<std::string>{"5000", "n=5000", "--x", "--stats=9", "-e",
                                                         "--", "[1, 2]", ""}));
}

TEST(RunOptionsTest, TakeAnExpressionAsItIs) {
  for (const std::string text : {"1", "-1", "[1, 2]", "--x", "", "a=b", "{ 1 }", "'"}) {
    const RunOptions options = ParsedRun({"-e", text});
    EXPECT_TRUE(options.is_expression);
    EXPECT_EQ(options.source, text);
  }
  EXPECT_EQ(ParsedRun({"-e", "f(1)", "x", "--y"}).arguments,
            (std::vector<std::string>{"x", "--y"}));
  EXPECT_EQ(ParsedRun({"-e1 + 1"}).source, "1 + 1");
}

TEST(RunOptionsTest, TakeTheLastOfFlagsGivenTwice) {
  EXPECT_EQ(ParsedRun({"--interp=boxed", "--interp=typed", "p.gc"}).engine->name, "interp-typed");
}

TEST(RunOptionsTest, EndFlagsAtTwoDashes) {
  const RunOptions options = ParsedRun({"--stats", "--", "--odd.gc", "--", "1"});
  EXPECT_EQ(options.source, "--odd.gc");
  EXPECT_EQ(options.arguments, (std::vector<std::string>{"--", "1"}));
}

TEST(RunOptionsTest, ReadStandardInputForADash) { EXPECT_EQ(ParsedRun({"-", "1"}).source, "-"); }

TEST(RunOptionsTest, TakeTheFlagsOfTheJit) {
  RunOptions options = ParsedRun({"--backend=jit", "p.gc"});
  EXPECT_EQ(options.engine->name, "jit-O2");
  EXPECT_FALSE(options.settings.fast_math);
  EXPECT_FALSE(options.settings.perf_names);
  EXPECT_FALSE(options.settings.gdb_names);
  options = ParsedRun({"--backend=jit", "--opt=0", "--math=fast", "--perf", "--gdb", "p.gc"});
  EXPECT_EQ(options.engine->name, "jit-O0");
  EXPECT_TRUE(options.settings.fast_math);
  EXPECT_TRUE(options.settings.perf_names);
  EXPECT_TRUE(options.settings.gdb_names);
  for (const char* level : {"0", "1", "2", "3"}) {
    EXPECT_EQ(ParsedRun({"--backend=jit", "--opt=" + std::string(level), "p.gc"})
                  .engine->make({})
                  ->name(),
              level == std::string("2") ? "jit" : "jit-O" + std::string(level));
  }
}

TEST(RunOptionsTest, ReadTheFlagsOfTheTieredEngine) {
  RunOptions options = ParsedRun({"--backend=tiered", "p.gc"});
  EXPECT_EQ(options.engine->name, "tiered-auto");
  EXPECT_EQ(options.settings.tier_threshold, 0U);
  options = ParsedRun({"--backend=tiered", "--tier-threshold=50", "--math=fast", "p.gc"});
  EXPECT_EQ(options.settings.tier_threshold, 50U);
  EXPECT_TRUE(options.settings.fast_math);
  options = ParsedRun({"--backend=tiered", "--tier=random", "--tier-seed=7", "p.gc"});
  EXPECT_EQ(options.engine->name, "tiered-random");
  EXPECT_EQ(options.settings.tier_seed, 7U);
  EXPECT_EQ(RunMistake({"--backend=tiered", "--tier-threshold=0", "p.gc"}),
            "`--tier-threshold` takes a whole number from 1 to 1000000000000000, not `0`");
  EXPECT_EQ(RunMistake({"--backend=tiered", "--tier=calls", "--tier-threshold=5", "p.gc"}),
            "`--tier-threshold` is for --tier=auto, and the mode here is `calls`");
  EXPECT_EQ(RunMistake({"--backend=tiered", "--tier-seed=7", "p.gc"}),
            "`--tier-seed` is for --tier=random");
}

TEST(RunOptionsTest, RefuseFlagsOfAnotherEngine) {
  for (const EngineFlag& flag : EngineFlags()) {
    for (const std::string_view backend : BackendNames()) {
      const std::string name(flag.name);
      const bool takes_value = name == "--interp" || name == "--opt" || name == "--math" ||
                               name.starts_with("--tier") || name == "--events";
      const std::string mistake = RunMistake(
          {"--backend=" + std::string(backend), name + (takes_value ? "=" : ""), "p.gc"});
      const std::string expected = "`" + name + "` is for --backend=" + std::string(flag.backend);
      EXPECT_EQ(mistake.starts_with(expected), !flag.IsFor(backend)) << mistake;
    }
  }
  EXPECT_EQ(RunMistake({"--math=fast", "p.gc"}),
            "`--math` is for --backend=jit or tiered, and the engine here is `interp`");
}

TEST(RunOptionsTest, RefuseWhatIsWrong) {
  EXPECT_EQ(RunMistake({}), "there is no program to run");
  EXPECT_EQ(RunMistake({""}), "the name of the program is empty");
  EXPECT_EQ(RunMistake({"--stast", "p.gc"}), "unknown flag `--stast`");
  EXPECT_EQ(RunMistake({"--stats=3", "p.gc"}), "`--stats` takes no value");
  EXPECT_EQ(RunMistake({"--backend"}), "`--backend` needs a value");
  EXPECT_EQ(RunMistake({"-e"}), "`-e` needs a value");
  EXPECT_EQ(RunMistake({"--backend=jot", "p.gc"}), "unknown value for `--backend`: `jot`");
  EXPECT_EQ(RunMistake({"--backend=jit", "--opt=4", "p.gc"}), "unknown value for `--opt`: `4`");
  EXPECT_EQ(RunMistake({"--backend=jit", "--math=quick", "p.gc"}),
            "unknown value for `--math`: `quick`");
  EXPECT_EQ(RunMistake({"--interp=fast", "p.gc"}), "unknown value for `--interp`: `fast`");
  EXPECT_EQ(RunMistake({"--color=red", "p.gc"}), "unknown value for `--color`: `red`");
  EXPECT_EQ(RunMistake({"--time-limit=soon", "p.gc"}),
            "`--time-limit` takes seconds, such as 2, 0.5 or 500ms, not `soon`");
  EXPECT_EQ(RunMistake({"--time-limit=0", "p.gc"}),
            "`--time-limit` takes seconds, such as 2, 0.5 or 500ms, not `0`");
  EXPECT_EQ(RunMistake({"--max-memory=lots", "p.gc"}),
            "`--max-memory` takes a size such as 64k, 512M or 2G, not `lots`");
  EXPECT_EQ(RunMistake({"--max-source=2G", "p.gc"}), "`--max-source` takes at most 1G, not `2G`");
}

TEST(DumpOptionsTest, TakeFlagsInAnyOrder) {
  for (const std::vector<std::string>& args :
       {std::vector<std::string>{"--phase=types", "p.gc"}, {"p.gc", "--phase", "types"}}) {
    const Parsed<DumpOptions> parsed = ParseDump(args);
    ASSERT_TRUE(std::holds_alternative<DumpOptions>(parsed));
    EXPECT_EQ(std::get<DumpOptions>(parsed).phase, DumpPhase::Types);
    EXPECT_EQ(std::get<DumpOptions>(parsed).source, "p.gc");
  }
}

TEST(DumpOptionsTest, TakeTheFlagsOfTheCompiler) {
  const Parsed<DumpOptions> parsed =
      ParseDump({"--phase=ir-opt", "--function=f", "--opt=3", "--math=fast", "p.gc"});
  ASSERT_TRUE(std::holds_alternative<DumpOptions>(parsed));
  const DumpOptions& options = std::get<DumpOptions>(parsed);
  EXPECT_EQ(options.phase, DumpPhase::OptimisedIr);
  EXPECT_EQ(options.function, "f");
  EXPECT_EQ(options.optimise, 3);
  EXPECT_TRUE(options.fast_math);
}

TEST(QuantityTest, ReadsSizes) {
  EXPECT_EQ(ParseSize("1"), 1U);
  EXPECT_EQ(ParseSize("4096"), 4096U);
  EXPECT_EQ(ParseSize("64k"), 65536U);
  EXPECT_EQ(ParseSize("64KiB"), 65536U);
  EXPECT_EQ(ParseSize("512M"), 512U << 20);
  EXPECT_EQ(ParseSize("1.5G"), 3U << 29);
  for (const char* text : {"", "M", "-1", "0", "1T", "1 M", "1e3", "nan", "inf", "1Mx", "0.5",
                           "99999999999G", "0x10"}) {
    EXPECT_EQ(ParseSize(text), std::nullopt) << text;
  }
}

TEST(QuantityTest, ReadsDurations) {
  EXPECT_EQ(ParseSeconds("2"), 2.0);
  EXPECT_EQ(ParseSeconds("0.5"), 0.5);
  EXPECT_EQ(ParseSeconds("2s"), 2.0);
  EXPECT_EQ(ParseSeconds("500ms"), 0.5);
  EXPECT_EQ(ParseSeconds("1m"), 60.0);
  for (const char* text : {"", "s", "-1", "0", "1h", "1e9999", "2e9", "soon"}) {
    EXPECT_EQ(ParseSeconds(text), std::nullopt) << text;
  }
}

TEST(RegistryTest, HasOneDefaultAndUniqueNames) {
  std::vector<std::string_view> names;
  for (const Configuration& row : Configurations()) {
    EXPECT_EQ(std::count(names.begin(), names.end(), row.name), 0) << row.name;
    names.push_back(row.name);
    EXPECT_EQ(FindConfiguration(row.backend, row.mode), &row);
  }
  for (const std::string_view backend : BackendNames()) {
    EXPECT_NE(FindConfiguration(backend, ""), nullptr) << backend;
  }
}

}  // namespace
}  // namespace cli
