// The driver: a campaign, then what it found, made small and written down. docs/fuzzing.md.

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <thread>

#include <unistd.h>

#include <fmt/format.h>

#include "frontend/program.h"
#include "fuzz/campaign.h"
#include "fuzz/options.h"
#include "fuzz/regression.h"
#include "fuzz/shrink.h"
#include "fuzz/tree.h"
#include "runtime/builtins.h"
#include "runtime/run.h"

namespace {

using fuzz::CampaignResult;
using fuzz::DriverOptions;
using fuzz::Examined;
using fuzz::Finding;
using fuzz::Generated;
using fuzz::Matrix;
using fuzz::Observation;

void ShowProgress(const fuzz::Figures& figures) {
  if (isatty(STDERR_FILENO) != 0) {
    fmt::print(stderr, "\r{} programs, {:.0f} s, {} faults ", figures.programs, figures.seconds,
               figures.findings);
  }
}

// What the interpreter does, for the golden file; nothing when the fault lies before any run.
Observation BaseOf(const std::string& text) {
  Observation observation;
  frontend::DiagnosticSink sink;
  const auto program = frontend::LoadProgram("fuzz.gc", text, runtime::BuiltinSignatures(), sink);
  if (program != nullptr) {
    runtime::OnLargeStack([&] {
      observation = fuzz::Observe(*program, *cli::FindConfiguration("interp", "boxed"), {});
    });
  }
  return observation;
}

// Shrinks the program of a finding and writes it to the folder. The text for the user.
std::string Report(const fuzz::SeedFinding& found, const DriverOptions& options) {
  Generated generated = fuzz::ProgramOf(found.seed);
  const Matrix matrix = options.campaign.matrix;
  const double hang_seconds = options.campaign.hang_seconds;
  const Examined again = ExamineApart(generated, found.seed, matrix, hang_seconds);
  const std::string key = found.finding.Key();
  if (!again.finding || again.finding->Key() != key) {
    return fmt::format("seed {}: {}: not seen again alone\n", found.seed, key);
  }
  Finding last = *again.finding;
  const auto shows = [&](const fuzz::Node& candidate) {
    const Generated smaller{candidate, generated.temper, generated.planted};
    const Examined examined = ExamineApart(smaller, found.seed, matrix, 5);
    const bool is_same = examined.finding && examined.finding->Key() == key;
    if (is_same) {
      last = *examined.finding;
    }
    return is_same;
  };
  generated.program = fuzz::Shrink(std::move(generated.program), shows);
  const std::string text = fuzz::Print(generated.program).text;
  const std::string flags = fuzz::FlagsOf(last.lane, found.seed);
  const std::string path = fmt::format("{}/seed_{}.gc", options.folder, found.seed);
  const bool base_runs = last.lane != "frontend" && last.lane != "interp-boxed";
  std::ofstream file(path);
  file << fuzz::GoldenText(fmt::format("{} ({})", key, flags), text,
                           base_runs ? BaseOf(text) : Observation{});
  const std::string_view written = file.flush() ? "" : "  (cannot be written)";
  return fmt::format("seed {}: {}\n  lab run {} {}{}\n{}\n{}\n", found.seed, key, flags, path,
                     written, text, last.detail);
}

int Run(const DriverOptions& options) {
  std::error_code error;
  std::filesystem::create_directories(options.folder, error);
  if (error) {
    fmt::print(stderr, "fuzz: cannot make the folder {}: {}\n", options.folder, error.message());
    return 5;
  }
  const CampaignResult result = RunCampaign(options.campaign, ShowProgress);
  if (isatty(STDERR_FILENO) != 0) {
    fmt::print(stderr, "\r\033[K");
  }
  fmt::print("first seed {}\n{}", options.campaign.first_seed, fuzz::Text(result.figures));
  std::fflush(stdout);
  // The same fault seen twice is shrunk once.
  std::map<std::string, int> seen;
  for (const fuzz::SeedFinding& found : result.findings) {
    constexpr int kShrunkOfEach = 2;
    if (++seen[found.finding.Key()] <= kShrunkOfEach) {
      fmt::print("{}", Report(found, options));
      std::fflush(stdout);
    } else {
      fmt::print("seed {}: {}\n", found.seed, found.finding.Key());
    }
  }
  return result.findings.empty() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const DriverOptions options = fuzz::ParseOptions(
      {argv + 1, argv + argc},
      static_cast<uint64_t>(std::chrono::duration_cast<std::chrono::seconds>(now).count()));
  if (!options.mistake.empty()) {
    fmt::print(stderr, "fuzz: {}\n", options.mistake);
    return 2;
  }
  if (options.shows_help) {
    fmt::print("{}", fuzz::HelpText());
    return 0;
  }
  if (options.shows_program) {
    fmt::print("{}", fuzz::Print(fuzz::ProgramOf(options.campaign.first_seed).program).text);
    return 0;
  }
  return Run(options);
}
