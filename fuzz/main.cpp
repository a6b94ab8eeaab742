// The driver: the proof that it finds faults, a campaign, then what it found, made small and
// written down. docs/fuzzing.md.

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <map>
#include <thread>

#include <unistd.h>

#include <fmt/format.h>

#include "cli/stop_on_ctrl_c.h"
#include "fuzz/campaign.h"
#include "fuzz/options.h"
#include "fuzz/report.h"
#include "fuzz/self_proof.h"
#include "fuzz/tree.h"

namespace {

using fuzz::CampaignOptions;
using fuzz::CampaignResult;
using fuzz::DriverOptions;

void ShowProgress(const fuzz::Figures& figures) {
  if (isatty(STDERR_FILENO) != 0) {
    fmt::print(stderr, "\r{} programs, {:.0f} s, {} faults ", figures.programs, figures.seconds,
               figures.findings);
  }
}

// The proof plants faults in engines, which `source` does not compare.
bool IsProven(fuzz::Matrix matrix) {
  if (matrix == fuzz::Matrix::Source) {
    return true;
  }
  const fuzz::SelfProof proof = fuzz::ProveSelf(matrix);
  fmt::print("{}", fuzz::Text(proof));
  return proof.complaints.empty();
}

int Run(const DriverOptions& options) {
  std::error_code error;
  std::filesystem::create_directories(options.folder, error);
  if (error) {
    fmt::print(stderr, "fuzz: cannot make the folder {}: {}\n", options.folder, error.message());
    return 5;
  }
  if (!IsProven(options.campaign.matrix)) {
    fmt::print(stderr, "fuzz: what this fuzzer does not find means nothing\n");
    return 70;
  }
  CampaignOptions campaign = options.campaign;
  campaign.is_stopped = cli::StopOnCtrlC::stopped;
  CampaignResult result;
  {
    const cli::StopOnCtrlC stop_on_ctrl_c;
    result = RunCampaign(campaign, ShowProgress);
  }
  if (isatty(STDERR_FILENO) != 0) {
    fmt::print(stderr, "\r\033[K");
  }
  fmt::print("first seed {}\n{}", options.campaign.first_seed, fuzz::Text(result.figures));
  std::fflush(stdout);
  // The same fault seen twice is shrunk once.
  std::map<std::string, int> seen;
  for (const fuzz::SeedFinding& found : result.findings) {
    constexpr int kShrunkOfEach = 2;
    if (!options.stops_at_fault && ++seen[found.finding.Key()] <= kShrunkOfEach) {
      fmt::print("{}", Report(found, options.campaign, options.folder));
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
    const fuzz::CampaignOptions& campaign = options.campaign;
    fmt::print("{}", fuzz::Print(fuzz::InputOf(campaign.first_seed, campaign.matrix).program).text);
    return 0;
  }
  return Run(options);
}
