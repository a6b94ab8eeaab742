// Test: tests/fuzz/report_test.cpp.

#include "fuzz/report.h"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "frontend/program.h"
#include "fuzz/matrix.h"
#include "fuzz/regression.h"
#include "fuzz/shrink.h"
#include "fuzz/tree.h"
#include "runtime/builtins.h"
#include "runtime/run.h"

namespace fuzz {
namespace {

// What the interpreter does, for the golden file; nothing when the fault lies before any run.
Observation BaseOf(const std::string& text, std::optional<std::chrono::milliseconds> moment) {
  Observation observation;
  frontend::DiagnosticSink sink;
  const auto program = frontend::LoadProgram("fuzz.gc", text, runtime::BuiltinSignatures(), sink);
  if (program != nullptr) {
    runtime::OnLargeStack([&] {
      observation = Observe(*program, *cli::FindConfiguration("interp", "boxed"), {}, moment);
    });
  }
  return observation;
}

}  // namespace

HangLimit LimitWhileShrinking(double seconds) {
  constexpr double kLeastSeconds = 1;
  constexpr double kTimesLonger = 10;
  constexpr double kShareOfProcessor = 0.1;  // that a loaded machine leaves
  const double limit = std::max(kLeastSeconds, kTimesLonger * seconds);
  return {.processor_seconds = limit, .wall_seconds = limit / kShareOfProcessor};
}

std::string Report(const SeedFinding& found, const CampaignOptions& campaign,
                   const std::string& folder) {
  Generated generated = InputOf(found.seed, campaign.matrix);
  ApartOptions options{.matrix = campaign.matrix, .hang = campaign.hang};
  const ExaminedApart again = ExamineApart(generated, found.seed, options);
  const std::string key = found.finding.Key();
  if (!again.finding || again.finding->Key() != key) {
    return fmt::format("seed {}: {}: not seen again alone\n", found.seed, key);
  }
  Finding last = *again.finding;
  options.hang = LimitWhileShrinking(again.seconds);
  const auto shows = [&](const Node& candidate) {
    const Generated smaller{candidate, generated.temper, generated.planted, generated.planted_says};
    std::optional<Finding> finding = ExamineApart(smaller, found.seed, options).finding;
    const bool is_same = finding && finding->Key() == key;
    if (is_same) {
      last = *std::move(finding);
    }
    return is_same;
  };
  const Shrunk shrunk = Shrink(std::move(generated.program), shows);
  const std::string text = Print(shrunk.program).text;
  const std::string flags = FlagsOf(last.lane, found.seed);
  const std::string path = fmt::format("{}/seed_{}.gc", folder, found.seed);
  const bool base_runs =
      campaign.matrix != Matrix::Source && last.lane != "frontend" && last.lane != "interp-boxed";
  std::ofstream file(path);
  file << GoldenText(fmt::format("{} ({})", key, flags), text,
                     base_runs ? BaseOf(text, MomentOf(generated, found.seed)) : Observation{});
  return fmt::format("seed {}: {}\n  lab run {} {}{}\n{}{}\n{}\n", found.seed, key, flags, path,
                     file.flush() ? "" : "  (cannot be written)",
                     shrunk.is_smallest ? "" : "  shrinking stopped at its limit\n", text,
                     last.detail);
}

}  // namespace fuzz
