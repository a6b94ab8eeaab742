// Tests: tests/report/cost_curve_test.cpp.

#include "report/cost_curve.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>

#include "measure/quantile.h"

namespace report {
namespace {

using measure::Batch;
using measure::Cell;
using measure::PairSummary;
using measure::ProcessRun;
using measure::Results;
using measure::Summary;

constexpr double kPointsPerDecade = 12;
constexpr double kMostRuns = 1e9;
constexpr double kSweepConfidence = 0.95;

std::vector<const ProcessRun*> ProcessesOf(const Results& results, uint32_t cell) {
  std::vector<const ProcessRun*> processes;
  for (const ProcessRun& process : results.processes) {
    if (process.cell == cell && !measure::SecondsOf(process).empty()) {
      processes.push_back(&process);
    }
  }
  return processes;
}

double MeasuredRuns(const ProcessRun& process) {
  double runs = 0;
  for (const Batch& batch : process.batches) {
    runs += static_cast<double>(batch.calls * batch.seconds.size());
  }
  return runs;
}

// Adds C(k) of one process to `sums`, point by point.
void AddCosts(const ProcessRun& process, double steady_seconds, const std::vector<double>& runs,
              std::vector<double>* sums) {
  double spent = measure::StartupOf(process);
  double done = 0;
  size_t point = 0;
  // `count` more runs of `seconds` each.
  const auto go_on = [&](double count, double seconds) {
    for (; point < runs.size() && runs[point] <= done + count; ++point) {
      (*sums)[point] += spent + (runs[point] - done) * seconds;
    }
    spent += count * seconds;
    done += count;
  };
  for (const Batch& batch : process.batches) {
    for (size_t i = 0; i < batch.seconds.size(); ++i) {
      const bool is_first = batch.first + i == 0;
      go_on(is_first ? 1 : static_cast<double>(batch.calls), batch.seconds[i]);
    }
  }
  go_on(kMostRuns, steady_seconds);
}

std::vector<double> RunPoints(double last) {
  std::vector<double> points;
  const double decades = std::log10(last);
  const auto steps = static_cast<int>(std::ceil(decades * kPointsPerDecade));
  for (int i = 0; i <= steps; ++i) {
    const double runs = std::round(std::pow(10, decades * i / std::max(steps, 1)));
    if (points.empty() || runs > points.back()) {
      points.push_back(runs);
    }
  }
  return points;
}

class CostCharter {
 public:
  CostCharter(const Results& results, const Summary& summary)
      : results_(results), summary_(summary) {}

  // With the work of `first`, which is the first of its kind.
  CostChart Make(uint32_t first) const {
    const Cell& work = results_.plan.cells[first];
    CostChart chart{work.program, measure::BenchText(work), {}, {}};
    std::vector<uint32_t> cells;
    double last = 100;
    for (uint32_t cell = first; cell < summary_.cells.size(); ++cell) {
      if (!summary_.cells[cell].is_void && SameWork(work, results_.plan.cells[cell])) {
        cells.push_back(cell);
        last = std::max(last, 3 * MeasuredRuns(*ProcessesOf(results_, cell).front()));
      }
    }
    for (const PairSummary& pair : summary_.engines) {
      if (std::find(cells.begin(), cells.end(), pair.base) != cells.end()) {
        for (const double runs : {pair.break_even.runs, pair.break_even.runs_interval.high}) {
          last = std::isfinite(runs) ? std::max(last, 3 * runs) : last;
        }
      }
    }
    chart.runs = RunPoints(std::min(last, kMostRuns));
    for (const uint32_t cell : cells) {
      chart.curves.push_back({cell, MeanCosts(cell, chart.runs)});
    }
    return chart;
  }

 private:
  std::vector<double> MeanCosts(uint32_t cell, const std::vector<double>& runs) const {
    std::vector<double> costs(runs.size());
    const std::vector<const ProcessRun*> processes = ProcessesOf(results_, cell);
    for (size_t i = 0; i < processes.size(); ++i) {
      AddCosts(*processes[i], summary_.cells[cell].processes[i].steady_seconds, runs, &costs);
    }
    for (double& seconds : costs) {
      seconds /= static_cast<double>(processes.size());
    }
    return costs;
  }

  const Results& results_;
  const Summary& summary_;
};

// A positive number, as it may stand on an axis.
std::optional<double> SizeOf(const std::string& value) {
  char* end = nullptr;
  const double size = std::strtod(value.c_str(), &end);
  const bool is_whole = end == value.c_str() + value.size() && !value.empty();
  return is_whole && std::isfinite(size) && size > 0 ? std::optional(size) : std::nullopt;
}

// Whether the cells differ in nothing but the engine and the parameter at `varying`.
bool DifferInSize(const Cell& a, const Cell& b, size_t varying) {
  if (a.program != b.program || a.bench != b.bench || a.parameters.size() != b.parameters.size()) {
    return false;
  }
  for (size_t i = 0; i < a.parameters.size(); ++i) {
    if (a.parameters[i].name != b.parameters[i].name ||
        (i != varying && a.parameters[i].value != b.parameters[i].value)) {
      return false;
    }
  }
  return true;
}

std::vector<double> FirstRunCosts(const Results& results, uint32_t cell) {
  std::vector<double> costs;
  for (const ProcessRun* process : ProcessesOf(results, cell)) {
    costs.push_back(measure::StartupOf(*process) + process->batches.front().seconds.front());
  }
  return costs;
}

class Sweeper {
 public:
  Sweeper(const Results& results, const Summary& summary) : results_(results), summary_(summary) {}

  // Of the parameter at `varying`; `first` is the first cell of its kind.
  SizeSweep Make(uint32_t first, size_t varying) const {
    const Cell& work = results_.plan.cells[first];
    SizeSweep sweep{work.program, work.bench, work.parameters[varying].name, {}, {}, {}};
    for (size_t i = 0; i < work.parameters.size(); ++i) {
      if (i != varying) {
        sweep.fixed += (sweep.fixed.empty() ? "" : ", ") + work.parameters[i].name + "=" +
                       work.parameters[i].value;
      }
    }
    for (uint32_t cell = first; cell < summary_.cells.size(); ++cell) {
      const Cell& other = results_.plan.cells[cell];
      if (!summary_.cells[cell].is_void && DifferInSize(work, other, varying)) {
        if (const auto size = SizeOf(other.parameters[varying].value)) {
          Add(other.engine, {*size, cell, measure::Mean(FirstRunCosts(results_, cell))}, &sweep);
        }
      }
    }
    for (SizeSweep::Line& line : sweep.lines) {
      std::sort(line.points.begin(), line.points.end(),
                [](const auto& a, const auto& b) { return a.size < b.size; });
    }
    std::erase_if(sweep.lines, [](const auto& line) { return line.points.size() < 2; });
    FindCrossings(&sweep);
    return sweep;
  }

 private:
  static void Add(const std::string& engine, SizeSweep::Point point, SizeSweep* sweep) {
    for (SizeSweep::Line& line : sweep->lines) {
      if (line.engine == engine) {
        line.points.push_back(point);
        return;
      }
    }
    sweep->lines.push_back({engine, {point}});
  }

  void FindCrossings(SizeSweep* sweep) const {
    const std::string& base_engine = BaseEngine(results_.plan);
    for (const SizeSweep::Line& base : sweep->lines) {
      for (const SizeSweep::Line& other : sweep->lines) {
        if (base.engine == base_engine && other.engine != base_engine) {
          Cross(base, other, sweep);
        }
      }
    }
  }

  void Cross(const SizeSweep::Line& base, const SizeSweep::Line& other, SizeSweep* sweep) const {
    std::vector<measure::SizeCosts> costs;
    for (const SizeSweep::Point& a : base.points) {
      for (const SizeSweep::Point& b : other.points) {
        if (a.size == b.size) {
          costs.push_back(
              {a.size, FirstRunCosts(results_, a.cell), FirstRunCosts(results_, b.cell)});
        }
      }
    }
    if (costs.size() >= 2) {
      sweep->crossings.push_back(
          {base.engine, other.engine, FindSizeBreakEven(costs, kSweepConfidence)});
    }
  }

  const Results& results_;
  const Summary& summary_;
};

}  // namespace

const std::string& BaseEngine(const measure::Plan& plan) {
  return plan.base_engine.empty() ? plan.cells.front().engine : plan.base_engine;
}

std::vector<CostChart> CostCharts(const Results& results, const Summary& summary) {
  const std::vector<Cell>& cells = results.plan.cells;
  std::vector<CostChart> charts;
  for (uint32_t first = 0; first < cells.size(); ++first) {
    const auto end = cells.begin() + first;
    const bool is_new = std::none_of(
        cells.begin(), end, [&](const Cell& earlier) { return SameWork(earlier, cells[first]); });
    if (is_new) {
      CostChart chart = CostCharter(results, summary).Make(first);
      if (chart.curves.size() >= 2) {
        charts.push_back(std::move(chart));
      }
    }
  }
  return charts;
}

std::vector<SizeSweep> SizeSweeps(const Results& results, const Summary& summary) {
  const std::vector<Cell>& cells = results.plan.cells;
  std::vector<SizeSweep> sweeps;
  for (uint32_t first = 0; first < cells.size(); ++first) {
    for (size_t varying = 0; varying < cells[first].parameters.size(); ++varying) {
      const auto end = cells.begin() + first;
      const bool is_new = std::none_of(cells.begin(), end, [&](const Cell& earlier) {
        return DifferInSize(earlier, cells[first], varying);
      });
      if (is_new) {
        SizeSweep sweep = Sweeper(results, summary).Make(first, varying);
        if (!sweep.lines.empty()) {
          sweeps.push_back(std::move(sweep));
        }
      }
    }
  }
  return sweeps;
}

}  // namespace report
