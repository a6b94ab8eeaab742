// Every golden program and every program of programs/ on every configuration. A test is named
// after the file and the configuration: Golden/closures_capture_by_value.interp_fused. What a
// golden expects stands in the file (tests/support/golden_file.h); beyond that, `agree` demands
// that output, error, place and traceback are the same on all of them.
//
// The programs are found when the test starts, so a new file needs no registration. Golden files of
// diagnostics have a test of their own in tests/frontend.

#include <functional>
#include <map>

#include <gtest/gtest.h>

#include "cli/parse_options.h"
#include "cli/registry.h"
#include "runtime/error.h"
#include "tests/support/golden_file.h"
#include "tests/support/program_run.h"

namespace {

using support::GoldenFile;
using support::ProgramRun;

constexpr char kGoldenFolder[] = "tests/golden";
constexpr char kProgramsFolder[] = "programs";

class Body : public ::testing::Test {
 public:
  explicit Body(std::function<void()> run) : run_(std::move(run)) {}
  void TestBody() override { run_(); }

 private:
  std::function<void()> run_;
};

void Register(const std::string& suite, const std::string& test, std::function<void()> run) {
  ::testing::RegisterTest(suite.c_str(), test.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                          [run = std::move(run)]() -> ::testing::Test* { return new Body(run); });
}

std::string TestName(std::string_view configuration) {
  std::string name(configuration);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

// How to see the failure again by hand.
std::string Rerun(const std::string& path, const GoldenFile& golden,
                  const cli::Configuration& configuration) {
  std::string line = "rerun: lab run --backend=" + std::string(configuration.backend) + " " +
                     std::string(configuration.mode_flag) + "=" + std::string(configuration.mode);
  for (const std::string& flag : golden.flags) {
    line += " " + flag;
  }
  line += " " + path;
  for (const std::string& arg : golden.args) {
    line += " " + arg;
  }
  return line;
}

cli::RunOptions OptionsOf(const GoldenFile& golden, const cli::Configuration& configuration) {
  std::vector<std::string> words = golden.flags;
  words.push_back(golden.path);
  words.insert(words.end(), golden.args.begin(), golden.args.end());
  const cli::Parsed<cli::RunOptions> parsed = cli::ParseRun(words);
  if (!std::holds_alternative<cli::RunOptions>(parsed)) {
    ADD_FAILURE() << golden.path << ": its flags are not right";
    return {};
  }
  cli::RunOptions options = std::get<cli::RunOptions>(parsed);
  options.engine = &configuration;
  return options;
}

// Running twice would only take time: each golden is compared with its expectations and with the
// other configurations.
const ProgramRun& RunOnce(const GoldenFile& golden, const cli::Configuration& configuration) {
  static std::map<std::pair<std::string, std::string_view>, ProgramRun> runs;
  const auto key = std::make_pair(golden.path, configuration.name);
  const auto found = runs.find(key);
  if (found != runs.end()) {
    return found->second;
  }
  return runs
      .emplace(key,
               support::RunProgramText(golden.path, golden.text, OptionsOf(golden, configuration)))
      .first->second;
}

// An entry of `# trace:` is a name, name:line or name:line:column.
bool Matches(const support::TracePlace& place, const std::string& expected) {
  const std::string line = place.function + ":" + std::to_string(place.line);
  return expected == place.function || expected == line ||
         expected == line + ":" + std::to_string(place.column);
}

void ExpectTrace(const GoldenFile& golden, const ProgramRun& run) {
  std::string actual;
  bool equal = golden.trace.size() == run.trace.size();
  for (size_t i = 0; i < run.trace.size(); ++i) {
    const support::TracePlace& place = run.trace[i];
    equal = equal && Matches(place, golden.trace[i]);
    actual += (i == 0 ? "" : ", ") + place.function + ":" + std::to_string(place.line) + ":" +
              std::to_string(place.column);
  }
  EXPECT_TRUE(equal) << "the traceback is " << actual;
}

void ExpectError(const GoldenFile& golden, const ProgramRun& run) {
  if (!golden.error && golden.exit_status.value_or(0) != 0) {
    return;  // where a time limit strikes is not fixed; the status tells enough
  }
  if (!golden.error) {
    EXPECT_FALSE(run.error_kind.has_value()) << run.rendered_error;
    return;
  }
  const support::ExpectedError& expected = *golden.error;
  EXPECT_EQ(run.error_kind.value_or("no error") + ": " + run.error_message,
            expected.kind + ": " + expected.message);
  ASSERT_FALSE(run.trace.empty());
  EXPECT_EQ(run.trace[0].line, expected.line) << run.rendered_error;
  if (expected.column) {
    EXPECT_EQ(run.trace[0].column, *expected.column) << run.rendered_error;
  }
  if (!golden.trace.empty()) {
    ExpectTrace(golden, run);
  }
}

void CheckGolden(const GoldenFile& golden, const cli::Configuration& configuration) {
  SCOPED_TRACE(Rerun(golden.path, golden, configuration));
  for (const std::string& problem : golden.problems) {
    ADD_FAILURE() << golden.path << ": " << problem;
  }
  EXPECT_TRUE(!golden.output.empty() || golden.error || golden.exit_status)
      << golden.path << " expects nothing";
  const ProgramRun& run = RunOnce(golden, configuration);
  ASSERT_EQ(run.diagnostics, "");
  EXPECT_EQ(run.output, golden.OutputText());
  ExpectError(golden, run);
  if (golden.exit_status) {
    EXPECT_EQ(run.exit_status, *golden.exit_status);
  }
}

bool EndedAtTimeLimit(const ProgramRun& run) {
  return run.error_kind == runtime::Name(runtime::ErrorKind::Time);
}

void CheckAgreement(const std::function<ProgramRun(const cli::Configuration&)>& run_on) {
  const cli::Configuration& first = cli::Configurations().front();
  const ProgramRun expected = run_on(first);
  EXPECT_EQ(expected.diagnostics, "");
  for (const cli::Configuration& configuration : cli::Configurations().subspan(1)) {
    const ProgramRun run = run_on(configuration);
    const std::string difference = support::Difference(expected, run);
    if (!difference.empty() && !(EndedAtTimeLimit(expected) && EndedAtTimeLimit(run))) {
      ADD_FAILURE() << first.name << " and " << configuration.name << " disagree: " << difference;
    }
  }
}

void RegisterGolden(const GoldenFile& golden) {
  const std::string suite = "Golden/" + support::TestNameOf(golden.path, kGoldenFolder);
  for (const cli::Configuration& configuration : cli::Configurations()) {
    Register(suite, TestName(configuration.name),
             [golden, &configuration] { CheckGolden(golden, configuration); });
  }
  Register(suite, "agree", [golden] {
    CheckAgreement(
        [&](const cli::Configuration& configuration) { return RunOnce(golden, configuration); });
  });
}

// Small enough for recursions that grow exponentially, and one at which loops are hot.
std::vector<int64_t> SizesFor(const support::BenchName& bench) {
  std::vector<int64_t> sizes = {0, 1, 7};
  constexpr int64_t kHot = 2'000;
  if (bench.default_n > kHot) {
    sizes.push_back(kHot);
  }
  return sizes;
}

void RegisterProgram(const GoldenFile& program) {
  const std::string suite = "Programs/" + support::TestNameOf(program.path, kProgramsFolder);
  Register(suite, "main", [program] {
    CheckAgreement([&](const cli::Configuration& configuration) {
      ProgramRun run = RunOnce(program, configuration);
      EXPECT_EQ(run.rendered_error, "");
      EXPECT_NE(run.output, "");
      return run;
    });
  });
  for (const support::BenchName& bench : support::BenchesOf(program.path, program.text)) {
    Register(suite, bench.name, [program, bench] {
      for (const int64_t n : SizesFor(bench)) {
        SCOPED_TRACE("n = " + std::to_string(n));
        CheckAgreement([&](const cli::Configuration& configuration) {
          return support::RunBench(program.path, program.text, bench.name, n, configuration);
        });
      }
    });
  }
}

bool IsRunGolden(const std::string& path) {
  return !path.starts_with(std::string(kGoldenFolder) + "/diagnostics/");
}

// Every kind of error is provoked by some golden, but for those that need something outside of a
// program: a full disk, a reader that goes, Ctrl-C (tests/cli).
void CheckErrorKinds(const std::vector<GoldenFile>& goldens) {
  constexpr runtime::ErrorKind kKinds[] = {
#define LAB_ERROR(name, text, exit_status) runtime::ErrorKind::name,
#include "runtime/error_kinds.def"
#undef LAB_ERROR
  };
  for (const runtime::ErrorKind kind : kKinds) {
    if (kind == runtime::ErrorKind::Output || kind == runtime::ErrorKind::Pipe ||
        kind == runtime::ErrorKind::Interrupt) {
      continue;
    }
    // A golden without a kind has a status that only one kind leads to (124).
    const bool found = std::any_of(goldens.begin(), goldens.end(), [&](const GoldenFile& golden) {
      return golden.error ? golden.error->kind == runtime::Name(kind)
                          : golden.exit_status == runtime::ExitStatus(kind);
    });
    EXPECT_TRUE(found) << "no golden ends with the error `" << runtime::Name(kind) << "`";
  }
}

}  // namespace

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  std::vector<GoldenFile> goldens;
  for (const std::string& path : support::FindGoldenFiles(kGoldenFolder)) {
    if (IsRunGolden(path)) {
      goldens.push_back(support::LoadGoldenFile(path));
      RegisterGolden(goldens.back());
    }
  }
  size_t programs = 0;
  for (const std::string& path : support::FindGoldenFiles(kProgramsFolder)) {
    RegisterProgram(support::LoadGoldenFile(path));
    ++programs;
  }
  const size_t found = goldens.size();
  Register("Golden", "files_are_found", [found, programs] {
    EXPECT_GT(found, 0U) << "run it from the project's folder";
    EXPECT_GT(programs, 0U);
  });
  Register("Golden", "error_kinds_are_covered", [goldens] { CheckErrorKinds(goldens); });
  return RUN_ALL_TESTS();
}
