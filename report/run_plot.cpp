// Tests: tests/report/run_plot_test.cpp.

#include "report/run_plot.h"

#include <algorithm>

#include <fmt/format.h>

#include "measure/quantile.h"
#include "report/units.h"

namespace report {
namespace {

// What lies further above the bulk than this many times its own spread is off the scale.
constexpr double kReach = 2.0;
constexpr double kMargin = 0.05;
// The mean of a segment with at least this share of the iterations is on the scale.
constexpr double kLongShare = 0.05;
constexpr size_t kListed = 2;  // with the numbers of 2,000 runs, a line of 80 columns

}  // namespace

RunScale ScaleOf(const RunPlot& plot) {
  const std::vector<double>& seconds = plot.seconds;
  const auto [least, most] = std::minmax_element(seconds.begin(), seconds.end());
  const double bulk = measure::Quantile(seconds, 0.9);
  double reach = bulk + kReach * (bulk - *least);
  const double long_size = std::max(2.0, kLongShare * static_cast<double>(seconds.size()));
  for (const measure::Segment& segment : plot.warmup.segments) {
    if (static_cast<double>(segment.size()) >= long_size) {
      reach = std::max(reach, segment.mean);
    }
  }
  const double high = std::min(*most, reach);
  const double margin = high > *least ? kMargin * (high - *least) : 0.5 * *least + 1e-12;
  return {std::max(0.0, *least - margin), high + margin};
}

std::vector<size_t> OffScale(const RunPlot& plot, const RunScale& scale) {
  std::vector<size_t> runs;
  for (size_t i = 0; i < plot.seconds.size(); ++i) {
    if (plot.seconds[i] > scale.high) {
      runs.push_back(i);
    }
  }
  return runs;
}

std::string OffScaleText(const RunPlot& plot, const RunScale& scale) {
  const std::vector<size_t> runs = OffScale(plot, scale);
  std::string text;
  for (size_t i = 0; i < std::min(runs.size(), kListed); ++i) {
    text += fmt::format("{}run {} ({})", i == 0 ? "off the scale: " : ", ", runs[i] + 1,
                        DurationText(plot.seconds[runs[i]]));
  }
  return runs.size() > kListed ? fmt::format("{} and {} more", text, runs.size() - kListed) : text;
}

std::string OutliersText(const measure::WarmupAnalysis& warmup) {
  const size_t count = warmup.outliers.size();
  return count == 0 ? ""
                    : fmt::format("{} {}, left out of the levels", count,
                                  count == 1 ? "outlier" : "outliers");
}

std::string RunSummaryText(const measure::WarmupAnalysis& warmup) {
  if (!warmup.warmup_class) {
    return fmt::format("too few runs to tell (fewer than {})", measure::kMinIterations);
  }
  std::string text(measure::Name(*warmup.warmup_class));
  if (!warmup.steady) {
    return text;
  }
  const measure::SteadyPart& steady = *warmup.steady;
  text += steady.from == 0 ? "; steady from run 1"
                           : fmt::format("; steady from run {}, after {}", steady.from + 1,
                                         DurationText(steady.seconds_before));
  return fmt::format("{}; {} a run", text, DurationText(steady.mean));
}

}  // namespace report
