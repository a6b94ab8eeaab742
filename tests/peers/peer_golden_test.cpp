// Every golden program and every program of programs/, written for each peer and run on those that
// are installed: what they print, and how they end, is what the lab says. CPython, which nobody
// here wrote, judges the language's meaning so, and is therefore always there.
//
// LAB_GOLDEN_SHARE=2/8 takes every eighth golden only, from the third on. exceptions.txt lists what
// a peer cannot do; an entry that is not needed fails.

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <sstream>

#include <gtest/gtest.h>

#include "cli/parse_options.h"
#include "cli/registry.h"
#include "emit/emit.h"
#include "frontend/program.h"
#include "peers/find.h"
#include "peers/outcome.h"
#include "peers/run.h"
#include "runtime/builtins.h"
#include "tests/peers/real_machine.h"
#include "tests/support/golden_file.h"
#include "tests/support/program_run.h"

namespace {

using support::GoldenFile;

constexpr char kGoldenFolder[] = "tests/golden";
constexpr char kProgramsFolder[] = "programs";
constexpr char kExceptions[] = "tests/peers/exceptions.txt";
constexpr peers::RunLimits kLimits = {.build_seconds = 300, .run_seconds = 120};

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

struct Exception {
  std::string golden;  // "limits/memory_*"
  std::string peers;   // "lua,luajit", "all"
  std::string reason;
};

std::vector<Exception> ReadExceptions() {
  std::vector<Exception> exceptions;
  std::ifstream file(kExceptions);
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    Exception exception;
    if (!line.starts_with('#') && words >> exception.golden >> exception.peers) {
      std::getline(words >> std::ws, exception.reason);
      exceptions.push_back(exception);
    }
  }
  return exceptions;
}

// "tests/golden/limits/memory_in_a_loop.gc" as "limits/memory_in_a_loop".
std::string ShortName(const std::string& path) {
  std::string name = path;
  for (const std::string_view prefix : {"tests/golden/", "programs/"}) {
    if (name.starts_with(prefix)) {
      name = name.substr(prefix.size());
      break;
    }
  }
  return name.substr(0, name.size() - std::string_view(".gc").size());
}

bool Covers(const Exception& exception, const std::string& golden, std::string_view peer) {
  const bool has_star = exception.golden.ends_with('*');
  const std::string start = exception.golden.substr(0, exception.golden.size() - 1);
  if (has_star ? !golden.starts_with(start) : golden != exception.golden) {
    return false;
  }
  std::istringstream names(exception.peers);
  for (std::string name; std::getline(names, name, ',');) {
    if (name == "all" || name == peer) {
      return true;
    }
  }
  return false;
}

// Whether a golden is about what the lab alone limits: peers would run for ever.
bool IsAboutLimits(const GoldenFile& golden) {
  return std::any_of(golden.flags.begin(), golden.flags.end(), [](const std::string& flag) {
    return flag.starts_with("--max-memory") || flag.starts_with("--time-limit");
  });
}

peers::Outcome RunOnTheLab(const GoldenFile& golden) {
  std::vector<std::string> words = golden.flags;
  words.push_back(golden.path);
  words.insert(words.end(), golden.args.begin(), golden.args.end());
  const cli::Parsed<cli::RunOptions> parsed = cli::ParseRun(words);
  cli::RunOptions options = std::get<cli::RunOptions>(parsed);
  options.engine = &cli::Configurations().front();
  const support::ProgramRun run = support::RunProgramText(golden.path, golden.text, options);
  EXPECT_EQ(run.diagnostics, "");
  peers::Outcome outcome;
  outcome.output = run.output;
  outcome.error_kind = run.error_kind.value_or("");
  if (!run.trace.empty()) {
    outcome.error_lines = {.first = run.trace[0].line, .last = run.trace[0].line};
  }
  return outcome;
}

void CheckGolden(const GoldenFile& golden, const peers::Toolchain& toolchain, bool is_excepted) {
  const peers::Outcome expected = RunOnTheLab(golden);
  const peers::Machine machine = peers::ThisMachine();
  frontend::DiagnosticSink sink;
  const std::unique_ptr<frontend::Program> program =
      frontend::LoadProgram(golden.path, golden.text, runtime::BuiltinSignatures(), sink);
  ASSERT_NE(program, nullptr);
  const emit::Translation translation = emit::Translate(*program, toolchain.peer->target, {});
  ASSERT_TRUE(translation.refusal.has_value() || !translation.text.empty());
  const peers::Outcome actual =
      peers::OutcomeOf(peers::RunOnce(toolchain, translation, golden.args, kLimits, machine));
  const measure::Tolerance tolerance =
      measure::ToleranceOf(peers::MathOf(*toolchain.peer, *program));
  const bool is_ok = peers::Compare(expected, actual, tolerance) == peers::Verdict::Ok;
  if (is_excepted) {
    EXPECT_FALSE(is_ok) << "this is no exception any more: take it from " << kExceptions;
    return;
  }
  EXPECT_TRUE(is_ok) << "rerun: lab check --peers=" << toolchain.peer->name << " " << golden.path
                     << "\n"
                     << actual.note << "\n"
                     << peers::Difference(expected, actual, tolerance);
}

void RegisterGolden(const GoldenFile& golden, const std::string& test_name,
                    const peers::Toolchain& toolchain, const std::vector<Exception>& exceptions) {
  const std::string name = ShortName(golden.path);
  const std::string_view peer = toolchain.peer->name;
  bool is_excepted = false;
  for (const Exception& exception : exceptions) {
    is_excepted = is_excepted || Covers(exception, name, peer);
  }
  Register("Peers/" + std::string(peer), test_name, [golden, toolchain, is_excepted] {
    if (IsAboutLimits(golden)) {
      EXPECT_TRUE(is_excepted) << "list it in " << kExceptions;
      return;
    }
    CheckGolden(golden, toolchain, is_excepted);
  });
}

void CheckExceptions(const std::vector<Exception>& exceptions,
                     const std::vector<GoldenFile>& goldens) {
  EXPECT_FALSE(exceptions.empty()) << kExceptions;
  for (const Exception& exception : exceptions) {
    EXPECT_FALSE(exception.reason.empty()) << exception.golden;
    std::istringstream names(exception.peers);
    for (std::string name; std::getline(names, name, ',');) {
      EXPECT_TRUE(name == "all" || peers::FindPeer(name) != nullptr) << name;
    }
    EXPECT_TRUE(std::any_of(goldens.begin(), goldens.end(),
                            [&](const GoldenFile& golden) {
                              return exception.peers == "all" ||
                                     Covers(exception, ShortName(golden.path),
                                            exception.peers.substr(0, exception.peers.find(',')));
                            }))
        << exception.golden << ": there is no such golden";
  }
}

// The goldens to take: those whose place in the list leaves `index` when divided by `count`.
struct Share {
  size_t index = 0;
  size_t count = 1;
};

Share ReadShare() {
  const char* text = std::getenv("LAB_GOLDEN_SHARE");
  if (text == nullptr) {
    return {};
  }
  char* end = nullptr;
  Share share = {.index = std::strtoul(text, &end, 10)};
  share.count = *end == '/' ? std::strtoul(end + 1, nullptr, 10) : 0;
  if (share.index >= share.count) {
    std::cerr << "LAB_GOLDEN_SHARE=" << text << ": write it as 2/8\n";
    std::exit(2);
  }
  return share;
}

}  // namespace

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  std::vector<GoldenFile> goldens;
  for (const std::string& path : support::FindGoldenFiles(kGoldenFolder)) {
    if (!path.starts_with(std::string(kGoldenFolder) + "/diagnostics/")) {
      goldens.push_back(support::LoadGoldenFile(path));
    }
  }
  for (const std::string& path : support::FindGoldenFiles(kProgramsFolder)) {
    goldens.push_back(support::LoadGoldenFile(path));
  }
  const Share share = ReadShare();
  const std::vector<Exception> exceptions = ReadExceptions();
  const peers::Machine machine = peers::ThisMachine();
  std::string missing;
  for (const peers::Peer& peer : peers::Peers()) {
    peers::Toolchain toolchain = peers::Find(peer, machine);
    if (!toolchain.is_ready()) {
      missing += peers::MayBeMissing(peer.name) ? "" : toolchain.problem + "\n";
      continue;
    }
    toolchain.compiler_flags = {"-O1", "-ffp-contract=off"};  // for a quicker build
    for (const GoldenFile& golden : goldens) {
      const bool is_program = golden.path.starts_with(kProgramsFolder);
      const auto place = static_cast<size_t>(&golden - goldens.data());
      if (!is_program && place % share.count != share.index) {
        continue;
      }
      RegisterGolden(
          golden,
          (is_program ? "programs_" : "") +
              support::TestNameOf(golden.path, is_program ? kProgramsFolder : kGoldenFolder),
          toolchain, exceptions);
    }
  }
  Register("Peers", "are_there", [missing] { EXPECT_EQ(missing, ""); });
  Register("Peers", "exceptions_are_right",
           [exceptions, goldens] { CheckExceptions(exceptions, goldens); });
  return RUN_ALL_TESTS();
}
