// Every number of the table is made here, from samples alone. Tests:
// tests/measure/summary_test.cpp.

#include "measure/summary.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "measure/answers.h"
#include "measure/hierarchy.h"
#include "measure/quantile.h"

namespace measure {
namespace {

constexpr double kIntervalConfidence = 0.99;
// What break-even counts one by one; after that the steady mean goes on.
constexpr size_t kMostCountedRuns = 1000;

ProcessSummary SummariseProcess(const ProcessRun& process, double calls) {
  ProcessSummary summary;
  summary.round = process.round;
  summary.seconds = SecondsOf(process);
  summary.calls = CallsOf(process);
  summary.events = process.events;
  WarmupOptions options{.first = FirstIteration::Apart};
  // A sample of many calls divides what the clock adds to it.
  options.timer_floor_seconds /= calls;
  options.resolution_seconds /= calls;
  summary.warmup = AnalyseWarmup(summary.seconds, options);
  const size_t count = summary.seconds.size();
  if (summary.warmup.steady) {
    summary.steady_from = summary.warmup.steady->from;
    summary.steady_seconds = summary.warmup.steady->mean;
  } else {
    summary.steady_from = std::min(count - 1, count - count / 4);  // at least one iteration
    summary.steady_seconds = Mean(std::span(summary.seconds).subspan(summary.steady_from));
  }
  return summary;
}

// Medians phase by phase, in the order of the first process.
std::vector<runtime::PhaseTime> MedianPhases(const std::vector<const ProcessRun*>& processes,
                                             std::vector<runtime::PhaseTime> ProcessRun::*phases) {
  std::vector<runtime::PhaseTime> medians;
  for (const runtime::PhaseTime& phase : processes.front()->*phases) {
    std::vector<double> seconds;
    for (const ProcessRun* process : processes) {
      for (const runtime::PhaseTime& same : process->*phases) {
        if (same.phase == phase.phase) {
          seconds.push_back(same.seconds);
        }
      }
    }
    medians.push_back({phase.phase, Median(seconds)});
  }
  return medians;
}

double Sum(const std::vector<runtime::PhaseTime>& phases) {
  double seconds = 0;
  for (const runtime::PhaseTime& phase : phases) {
    seconds += phase.seconds;
  }
  return seconds;
}

std::string TiersText(const std::vector<const ProcessRun*>& processes) {
  std::vector<TierCount> tiers;
  double calls = 0;
  for (const ProcessRun* process : processes) {
    for (const TierCount& count : process->tiers) {
      calls += static_cast<double>(count.calls);
      const auto same = std::find_if(tiers.begin(), tiers.end(), [&](const TierCount& tier) {
        return tier.tier == count.tier;
      });
      if (same == tiers.end()) {
        tiers.push_back(count);
      } else {
        same->calls += count.calls;
      }
    }
  }
  if (tiers.size() == 1) {
    return tiers.front().tier;
  }
  std::string text;
  for (const TierCount& tier : tiers) {
    text += fmt::format("{}{} {:.1f} %", text.empty() ? "" : ", ", tier.tier,
                        100 * static_cast<double>(tier.calls) / calls);
  }
  return text;
}

template <typename F>
double MedianOf(const std::vector<const ProcessRun*>& processes, F value) {
  std::vector<double> values;
  for (const ProcessRun* process : processes) {
    values.push_back(value(*process));
  }
  return Median(values);
}

void SummariseWarmup(CellSummary* cell) {
  std::vector<WarmupClass> classes;
  std::vector<double> runs;
  std::vector<double> seconds;
  for (const ProcessSummary& process : cell->processes) {
    if (process.warmup.warmup_class) {
      classes.push_back(*process.warmup.warmup_class);
    }
    if (process.warmup.steady) {
      double runs_before = 0;
      double seconds_before = 0;
      for (size_t i = 0; i < process.steady_from; ++i) {
        const auto calls = static_cast<double>(process.calls[i]);
        runs_before += calls;
        seconds_before += calls * process.seconds[i];
      }
      runs.push_back(runs_before + 1);
      seconds.push_back(seconds_before);
    }
  }
  if (!classes.empty()) {
    cell->warmup = Summarise(classes);
  }
  if (!runs.empty()) {
    cell->steady_iteration = Median(runs);
    cell->seconds_to_steady = Median(seconds);
  }
}

// Ratios need what is above zero.
bool IsBelowClock(const CellSummary& cell) {
  return std::any_of(cell.processes.begin(), cell.processes.end(),
                     [](const ProcessSummary& process) { return process.steady_seconds <= 0; });
}

CellSummary SummariseCell(const Results& results, uint32_t index) {
  CellSummary cell;
  cell.cell = index;
  for (const Probe& probe : results.probes) {
    if (probe.cell == index) {
      cell.doubts = probe.doubts;
      cell.build_seconds = probe.build_seconds;
    }
  }
  for (const LeftOut& left_out : results.plan.left_out) {
    if (left_out.cell == index) {
      cell.left_out = left_out.reason;
    }
  }
  cell.is_void = std::any_of(cell.doubts.begin(), cell.doubts.end(),
                             [](const Doubt& doubt) { return doubt.kind == DoubtKind::Folded; });
  const auto calls = static_cast<double>(results.plan.sampling[index].calls);
  std::vector<const ProcessRun*> processes;
  std::vector<double> means;
  for (const ProcessRun& process : results.processes) {
    if (process.cell == index && !SecondsOf(process).empty()) {
      processes.push_back(&process);
      cell.processes.push_back(SummariseProcess(process, calls));
      means.push_back(cell.processes.back().steady_seconds);
      cell.involuntary_switches += process.involuntary_switches;
    }
  }
  if (processes.empty()) {
    cell.is_void = true;
    return cell;
  }
  cell.startup_seconds = MedianOf(processes, StartupOf);
  cell.before = MedianPhases(processes, &ProcessRun::before);
  cell.engine = MedianPhases(processes, &ProcessRun::engine);
  cell.compile_seconds = MedianOf(processes, [](const ProcessRun& run) { return Sum(run.engine); });
  cell.first_seconds = MedianOf(
      processes, [](const ProcessRun& run) { return run.batches.front().seconds.front(); });
  cell.peak_bytes = MedianOf(
      processes, [](const ProcessRun& run) { return static_cast<double>(run.peak_bytes); });
  SummariseWarmup(&cell);
  cell.is_void |= IsBelowClock(cell);
  cell.steady_seconds = Mean(means);
  cell.steady_interval = MeanInterval(means, kIntervalConfidence);
  cell.tiers = TiersText(processes);
  return cell;
}

class Pairs {
 public:
  Pairs(const Results& results, Summary* summary) : results_(results), summary_(*summary) {}

  void Summarise() {
    FindEngines();
    FindVariants();
    summary_.comparisons = summary_.engines.size() + summary_.variants.size();
    for (std::vector<PairSummary>* pairs : {&summary_.engines, &summary_.variants}) {
      for (PairSummary& pair : *pairs) {
        ComparePair(&pair);
      }
    }
  }

 private:
  bool IsUsable(uint32_t cell) const { return !summary_.cells[cell].is_void; }

  void FindEngines() {
    const std::vector<Cell>& cells = results_.plan.cells;
    const std::string base_engine =
        results_.plan.base_engine.empty() ? cells.front().engine : results_.plan.base_engine;
    for (uint32_t base = 0; base < cells.size(); ++base) {
      for (uint32_t other = 0; other < cells.size(); ++other) {
        if (cells[base].engine == base_engine && cells[other].engine != base_engine &&
            SameWork(cells[base], cells[other]) && IsUsable(base) && IsUsable(other)) {
          summary_.engines.push_back(MakePair(base, other));
        }
      }
    }
  }

  // Variants do the same in other words: the same value for the same parameters.
  void FindVariants() {
    const std::vector<Cell>& cells = results_.plan.cells;
    for (uint32_t base = 0; base < cells.size(); ++base) {
      if (!IsUsable(base) || !IsBaseVariant(base)) {
        continue;
      }
      for (uint32_t other = 0; other < cells.size(); ++other) {
        if (other != base && IsUsable(other) && AreVariants(base, other)) {
          summary_.variants.push_back(MakePair(base, other));
        }
      }
    }
  }

  bool AreVariants(uint32_t a, uint32_t b) const {
    const Cell& one = results_.plan.cells[a];
    const Cell& other = results_.plan.cells[b];
    return one.program == other.program && one.engine == other.engine &&
           one.parameters == other.parameters && one.bench != other.bench && HasValue(a) &&
           SameText(one, other, ValueOf(a), ValueOf(b));
  }

  // The bench named as the base; among variants that it is not one of, the first.
  bool IsBaseVariant(uint32_t cell) const {
    const std::vector<Cell>& cells = results_.plan.cells;
    const std::string& wanted = results_.plan.base_bench;
    if (cells[cell].bench == wanted) {
      return true;
    }
    for (uint32_t other = 0; other < cells.size(); ++other) {
      if (IsUsable(other) && AreVariants(cell, other) &&
          (cells[other].bench == wanted || other < cell)) {
        return false;
      }
    }
    return true;
  }

  // Benches without a value would all seem to be variants of each other.
  bool HasValue(uint32_t cell) const {
    const std::vector<Doubt>& doubts = summary_.cells[cell].doubts;
    return !ValueOf(cell).empty() && std::none_of(doubts.begin(), doubts.end(), [](const Doubt& d) {
      return d.kind == DoubtKind::NoValue;
    });
  }

  std::string_view ValueOf(uint32_t cell) const {
    for (const ProcessRun& process : results_.processes) {
      if (process.cell == cell) {
        return process.value;
      }
    }
    return {};
  }

  static PairSummary MakePair(uint32_t base, uint32_t other) {
    PairSummary pair{};
    pair.base = base;
    pair.other = other;
    return pair;
  }

  void ComparePair(PairSummary* pair) const {
    const CellSummary& base = summary_.cells[pair->base];
    const CellSummary& other = summary_.cells[pair->other];
    pair->comparison =
        Compare(MeansOf(base), MeansOf(other), BlockPairs(base, other),
                {.confidence = summary_.confidence, .comparisons = summary_.comparisons});
    const Interval& ratio = pair->comparison.interval;
    const bool other_is_late = pair->comparison.ratio < 1;
    pair->late = other_is_late ? pair->other : pair->base;
    BreakEvenOptions options;
    options.steady_ratio =
        other_is_late || ratio.low <= 0 ? ratio : Interval{1 / ratio.high, 1 / ratio.low};
    pair->break_even = FindBreakEven(CostsOf(other_is_late ? base : other),
                                     CostsOf(other_is_late ? other : base), options);
  }

  static std::vector<ProcessMean> MeansOf(const CellSummary& cell) {
    std::vector<ProcessMean> means;
    for (const ProcessSummary& process : cell.processes) {
      means.push_back({static_cast<int>(process.round), process.steady_seconds});
    }
    return means;
  }

  const ProcessRun& RunOf(const CellSummary& cell, uint32_t round) const {
    return *std::find_if(results_.processes.begin(), results_.processes.end(),
                         [&](const ProcessRun& process) {
                           return process.cell == cell.cell && process.round == round;
                         });
  }

  // The iteration from which on the blocks of a process are compared: its first steady one, and the
  // middle at the latest. A late change of level is mostly the machine's, which both sides of a
  // pair have met; rounds in which it happened would have no pairs otherwise.
  static size_t PairedFrom(const ProcessSummary& process) {
    return std::min(process.steady_from, process.seconds.size() / 2);
  }

  // Blocks that stood next to each other in a round: the k-th after the cold part of both, where
  // both are compared.
  std::vector<BlockPair> BlockPairs(const CellSummary& base, const CellSummary& other) const {
    std::vector<BlockPair> pairs;
    for (const ProcessSummary& base_process : base.processes) {
      for (const ProcessSummary& other_process : other.processes) {
        if (base_process.round != other_process.round) {
          continue;
        }
        const ProcessRun& base_run = RunOf(base, base_process.round);
        const ProcessRun& other_run = RunOf(other, other_process.round);
        const size_t blocks = std::min(base_run.batches.size(), other_run.batches.size());
        for (size_t k = 1; k < blocks; ++k) {
          const double base_mean = Mean(base_run.batches[k].seconds);
          const double other_mean = Mean(other_run.batches[k].seconds);
          if (base_run.batches[k].first >= PairedFrom(base_process) &&
              other_run.batches[k].first >= PairedFrom(other_process) && base_mean > 0 &&
              other_mean > 0) {
            pairs.push_back(
                {static_cast<int>(base_process.round), std::log(other_mean / base_mean)});
          }
        }
      }
    }
    return pairs;
  }

  std::vector<ProcessCost> CostsOf(const CellSummary& cell) const {
    std::vector<ProcessCost> costs;
    for (const ProcessSummary& process : cell.processes) {
      ProcessCost cost{StartupOf(RunOf(cell, process.round)), {}, process.steady_seconds};
      std::vector<double>& runs = cost.iteration_seconds;
      for (size_t i = 0; i < process.seconds.size() && runs.size() < kMostCountedRuns; ++i) {
        const size_t room = kMostCountedRuns - runs.size();
        runs.insert(runs.end(), std::min<uint64_t>(process.calls[i], room), process.seconds[i]);
      }
      costs.push_back(std::move(cost));
    }
    return costs;
  }

  const Results& results_;
  Summary& summary_;
};

template <typename F>
bool AnyCell(const Results& results, F is_wanted) {
  return std::any_of(results.plan.cells.begin(), results.plan.cells.end(), is_wanted);
}

// "node and luajit": engines with such a math library that were measured.
std::string EnginesWith(MathLibrary math, const Results& results) {
  std::vector<std::string> engines;
  for (const ProcessRun& process : results.processes) {
    const Cell& cell = results.plan.cells[process.cell];
    if (cell.math == math &&
        std::find(engines.begin(), engines.end(), cell.engine) == engines.end()) {
      engines.push_back(cell.engine);
    }
  }
  return fmt::format("{}", fmt::join(engines, " and "));
}

std::vector<std::string> FindWarnings(const Results& results, const Summary& summary) {
  const Plan& plan = results.plan;
  std::vector<std::string> warnings;
  const auto done = static_cast<uint32_t>(results.rounds_done.size());
  if (done < plan.rounds) {
    warnings.push_back(
        fmt::format("{} of {} rounds were measured; `lab compare --resume` measures the rest", done,
                    plan.rounds));
  }
  if (summary.comparisons > 0 && done < kFewestRounds) {
    warnings.push_back(
        fmt::format("{} processes a row are too few to compare; {} is the least (--processes)",
                    done, kFewestRounds));
  }
  if (!plan.base_engine.empty() &&
      !AnyCell(results, [&](const Cell& cell) { return cell.engine == plan.base_engine; })) {
    warnings.push_back(fmt::format("no row has the engine `{}` to compare others with (--base)",
                                   plan.base_engine));
  }
  if (!plan.base_bench.empty() &&
      !AnyCell(results, [&](const Cell& cell) { return cell.bench == plan.base_bench; })) {
    warnings.push_back(fmt::format(
        "no row has the bench `{}` to compare others with (--base-bench)", plan.base_bench));
  }
  for (const MathLibrary math : {MathLibrary::Own, MathLibrary::OwnSingle}) {
    if (const std::string engines = EnginesWith(math, results); !engines.empty()) {
      warnings.push_back(
          fmt::format("answers of {} were compared within {}, all others digit by digit: the math "
                      "library is its own",
                      engines, TextOf(ToleranceOf(math))));
    }
  }
  for (const CellSummary& cell : summary.cells) {
    if (IsBelowClock(cell)) {
      warnings.push_back(fmt::format("{} on {} takes less time than the clock can tell",
                                     BenchText(plan.cells[cell.cell]),
                                     plan.cells[cell.cell].engine));
    }
  }
  return warnings;
}

}  // namespace

std::vector<std::string> Remarks(const CellSummary& cell) {
  std::vector<std::string> remarks;
  if (!cell.left_out.empty()) {
    remarks.push_back(cell.left_out);
  }
  for (const Doubt& doubt : cell.doubts) {
    remarks.push_back(doubt.text);
  }
  return remarks;
}

Summary Summarise(const Results& results) {
  Summary summary;
  summary.rounds = static_cast<uint32_t>(results.rounds_done.size());
  for (uint32_t cell = 0; cell < results.plan.cells.size(); ++cell) {
    summary.cells.push_back(SummariseCell(results, cell));
  }
  Pairs(results, &summary).Summarise();
  summary.warnings = FindWarnings(results, summary);
  return summary;
}

}  // namespace measure
