// "Shortest" is said of the times as they were measured; that one engine is faster than another is
// only said of pairs whose interval leaves out 1. Tests: tests/report/findings_test.cpp.

#include "report/findings.h"

#include <algorithm>

#include <fmt/format.h>

#include "report/interval_text.h"
#include "report/units.h"

namespace report {
namespace {

using measure::BreakEven;
using measure::BreakEvenState;
using measure::Cell;
using measure::CellSummary;
using measure::Interval;
using measure::PairSummary;
using measure::Results;
using measure::Summary;
using measure::Verdict;

// " (A to B)", or nothing when there is no interval.
std::string InBrackets(const std::string& interval) {
  return interval.empty() ? std::string() : fmt::format(" ({})", interval);
}

// The same question, the other way round.
Interval Inverse(const Interval& ratio) { return {1 / ratio.high, 1 / ratio.low}; }

// `other` and `base` are the words for the two.
std::string PairSentence(const PairSummary& pair, const std::string& other,
                         const std::string& base) {
  const measure::Comparison& comparison = pair.comparison;
  const std::string interval = InBrackets(RatiosText(comparison.interval));
  switch (comparison.verdict) {
    case Verdict::Faster:
      return fmt::format("{} is {} times as fast as {}{}.", other, RatioText(1 / comparison.ratio),
                         base, InBrackets(RatiosText(Inverse(comparison.interval))));
    case Verdict::Slower:
      return fmt::format("{} takes {} times as long as {}{}.", other, RatioText(comparison.ratio),
                         base, interval);
    case Verdict::CannotTell:
      return fmt::format("{} and {} cannot be told apart: the ratio of their times is {}{}.", other,
                         base, RatioText(comparison.ratio), interval);
    case Verdict::TooFewProcesses:
      return fmt::format("{} and {} were not compared: {} rounds are too few, {} the least.", other,
                         base, comparison.rounds, measure::kFewestRounds);
  }
  return {};
}

std::string BreakEvenSentence(const BreakEven& break_even, const std::string& late,
                              const std::string& early) {
  const std::string runs = RunsText(break_even.runs);
  const std::string range = RunsText(break_even.runs_interval);
  const std::string interval = range == runs ? "" : InBrackets(range);
  switch (break_even.state) {
    case BreakEvenState::AheadFromFirstRun:
      return fmt::format("{} is ahead of {} from the first run on, its start included.", late,
                         early);
    case BreakEvenState::Crosses:
      return fmt::format("Start included, {} has caught up with {} after {} runs{}, {} in all.",
                         late, early, runs, interval, DurationText(break_even.seconds));
    case BreakEvenState::Extrapolated:
      return fmt::format(
          "Start included, {} would catch up with {} after about {} runs{}; so many were not "
          "measured.",
          late, early, runs, interval);
    case BreakEvenState::LosesAgain:
      return fmt::format("{} is ahead of {} after {} runs{}, and behind for good from run {} on.",
                         late, early, runs, interval, RunsText(break_even.lost_at_runs));
    case BreakEvenState::Never:
      return fmt::format("{} never catches up with {}.", late, early);
    case BreakEvenState::Undecided:
      return fmt::format("Whether {} ever catches up with {} is undecided.", late, early);
  }
  return {};
}

class Writer {
 public:
  Writer(const Results& results, const Summary& summary) : results_(results), summary_(summary) {}

  std::vector<Finding> Write() const {
    std::vector<Finding> findings;
    for (uint32_t first = 0; first < summary_.cells.size(); ++first) {
      if (IsFirstOfItsWork(first)) {
        findings.push_back(AboutEngines(first));
      }
    }
    Finding factoring{"The same in other words", {}};
    for (const PairSummary& pair : summary_.variants) {
      const Cell& base = CellAt(pair.base);
      factoring.sentences.push_back(fmt::format(
          "On {}, {}", base.engine,
          PairSentence(pair, measure::BenchText(CellAt(pair.other)), measure::BenchText(base))));
    }
    if (!factoring.sentences.empty()) {
      findings.push_back(std::move(factoring));
    }
    return findings;
  }

 private:
  const Cell& CellAt(uint32_t cell) const { return results_.plan.cells[cell]; }

  bool IsFirstOfItsWork(uint32_t cell) const {
    for (uint32_t earlier = 0; earlier < cell; ++earlier) {
      if (SameWork(CellAt(earlier), CellAt(cell))) {
        return false;
      }
    }
    return true;
  }

  Finding AboutEngines(uint32_t first) const {
    Finding finding{measure::BenchText(CellAt(first)), {}};
    std::vector<uint32_t> cells;
    for (uint32_t cell = first; cell < summary_.cells.size(); ++cell) {
      if (!SameWork(CellAt(first), CellAt(cell))) {
        continue;
      }
      if (!summary_.cells[cell].is_void) {
        cells.push_back(cell);
      } else {
        finding.sentences.push_back(VoidSentence(cell));
      }
    }
    if (!cells.empty()) {
      AddShortest(cells, &finding);
    }
    for (const PairSummary& pair : summary_.engines) {
      if (SameWork(CellAt(pair.base), CellAt(first))) {
        finding.sentences.push_back(
            PairSentence(pair, CellAt(pair.other).engine, CellAt(pair.base).engine));
        const uint32_t early = pair.late == pair.base ? pair.other : pair.base;
        finding.sentences.push_back(
            BreakEvenSentence(pair.break_even, CellAt(pair.late).engine, CellAt(early).engine));
      }
    }
    return finding;
  }

  std::string VoidSentence(uint32_t cell) const {
    const CellSummary& row = summary_.cells[cell];
    const std::string& engine = CellAt(cell).engine;
    if (!row.left_out.empty()) {
      return fmt::format("Nothing was measured on {}: {}.", engine, row.left_out);
    }
    return row.processes.empty()
               ? fmt::format("Nothing was measured on {}.", engine)
               : fmt::format("On {} the time says nothing: {}.", engine, VoidReason(row));
  }

  static std::string VoidReason(const CellSummary& row) {
    for (const measure::Doubt& doubt : row.doubts) {
      if (doubt.kind == measure::DoubtKind::Folded) {
        return doubt.text;
      }
    }
    return "it is void";
  }

  void AddShortest(const std::vector<uint32_t>& cells, Finding* finding) const {
    const auto by_time = [&](uint32_t a, uint32_t b) {
      return summary_.cells[a].steady_seconds < summary_.cells[b].steady_seconds;
    };
    const uint32_t best = *std::min_element(cells.begin(), cells.end(), by_time);
    const CellSummary& row = summary_.cells[best];
    const std::string interval = DurationsText(row.steady_interval);
    finding->sentences.push_back(fmt::format(
        "{} {} {} a run{}.", CellAt(best).engine,
        cells.size() == 1 ? "takes" : "has the shortest steady time,",
        DurationText(row.steady_seconds),
        interval.empty() ? std::string() : fmt::format(" (99 % interval {})", interval)));
    // Pairs are made with the base only: of two others, their intervals are all there is.
    for (const uint32_t cell : cells) {
      if (cell != best && !AreCompared(best, cell) &&
          summary_.cells[cell].steady_interval.low <= row.steady_interval.high) {
        finding->sentences.push_back(
            fmt::format("The interval of {} meets that of {}: nothing is said about which of them "
                        "is the faster one.",
                        CellAt(cell).engine, CellAt(best).engine));
      }
    }
  }

  bool AreCompared(uint32_t a, uint32_t b) const {
    return std::any_of(
        summary_.engines.begin(), summary_.engines.end(), [&](const PairSummary& pair) {
          return (pair.base == a && pair.other == b) || (pair.base == b && pair.other == a);
        });
  }

  const Results& results_;
  const Summary& summary_;
};

}  // namespace

std::vector<Finding> Findings(const Results& results, const Summary& summary) {
  return Writer(results, summary).Write();
}

}  // namespace report
