// Times what the measuring loop costs by itself, and what a table costs after the last sample,
// against their bars. Prints a line for each. `bench/measuring_loop` builds and runs it; it is no
// test, since its answer depends on the machine.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "measure/bench_run.h"
#include "measure/random.h"
#include "measure/results_json.h"
#include "measure/summary.h"
#include "report/comparison_text.h"
#include "runtime/builtins.h"
#include "tests/measure/made_results.h"

namespace measure {
namespace {

double Now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// Does nothing, at once.
class EmptyExecutable final : public runtime::Executable {
 public:
  runtime::Outcome RunTop() override { return {}; }
  runtime::Outcome Call(frontend::FunctionId, std::span<const runtime::Value>) override {
    runtime::Outcome outcome;
    outcome.value = runtime::Value::Int(1);
    return outcome;
  }
  runtime::WorkCounters counters() const override { return {}; }
  std::vector<TierCount> tiers() const override { return {}; }
  std::vector<runtime::PhaseTime> phases() const override { return {}; }
};

bool Report(const std::string& what, double value, double bar, const char* unit) {
  const bool passed = value <= bar;
  fmt::print("{} {:<62} {:>8.1f} {} (bar {} {})\n", passed ? "PASS" : "FAIL", what, value, unit,
             bar, unit);
  return passed;
}

// The fastest of several batches.
struct LoopCost {
  double iteration_ns = std::numeric_limits<double>::infinity();  // from the first to the last
  double sample_ns = std::numeric_limits<double>::infinity();     // what it says a call takes
};

LoopCost TimeLoop(uint32_t iterations, uint64_t calls) {
  frontend::DiagnosticSink sink;
  const auto program =
      frontend::LoadProgram("p.gc", "bench b(n = 1) = n\n", runtime::BuiltinSignatures(), sink);
  runtime::TypeTable types;
  CapturedOutput output;
  runtime::Context context(*program, types, output, {});
  context.clock = Now;
  EmptyExecutable executable;
  LoopCost cost;
  for (int attempt = 0; attempt < 20; ++attempt) {
    BenchRun run(*program, context, executable, output);
    Batch first;
    Batch batch;
    if (!run.Start("b", {{"n", "1"}}) || !run.Run(1, 1, &first)) {
      return cost;
    }
    const double begin = Now();
    run.Run(iterations, calls, &batch);
    const double seconds = Now() - begin;
    std::sort(batch.seconds.begin(), batch.seconds.end());
    cost.iteration_ns = std::min(cost.iteration_ns, seconds * 1e9 / iterations);
    cost.sample_ns = std::min(cost.sample_ns, batch.seconds[batch.seconds.size() / 2] * 1e9);
  }
  return cost;
}

// A large comparison, as records: 5 benches on 4 engines, 16 processes, 500 samples each.
std::string LargeRecords() {
  Random random(1);
  Results results;
  results.plan.run = "large";
  results.plan.programs = {{"p.gc", ""}};
  results.plan.rounds = 16;
  for (uint32_t cell = 0; cell < 20; ++cell) {
    results.plan.cells.push_back(
        {"p.gc", fmt::format("bench{}", cell / 4), fmt::format("engine{}", cell % 4), {}});
    results.plan.sampling.push_back({.calls = 10, .iterations = 500, .cold = 125, .block = 8});
  }
  for (uint32_t round = 0; round < results.plan.rounds; ++round) {
    for (uint32_t cell = 0; cell < 20; ++cell) {
      ProcessRun run{.cell = cell, .round = round};
      run.value = "1";
      run.startup_seconds = 0.01;
      const double level = 1e-3 * (1 + cell % 4) * (1 + 0.01 * random.Normal());
      for (uint32_t first = 0; first < 500;) {
        Batch batch{first, 10, 0, {}};
        const uint32_t end = std::min(500U, first == 0 ? 125U : first + 8);
        for (; first < end; ++first) {
          batch.seconds.push_back(level * (first < 20 ? 3 : 1) * (1 + 0.02 * random.Normal()));
        }
        run.batches.push_back(std::move(batch));
      }
      results.processes.push_back(std::move(run));
    }
    results.rounds_done.push_back(round);
  }
  return RecordsOf(results, "a");
}

bool TimeTable() {
  const std::string records = LargeRecords();
  const double begin = Now();
  ReadResults read;
  std::string error;
  if (!ParseResults(records, "", &read, &error)) {
    fmt::print("FAIL {}\n", error);
    return false;
  }
  const double parsed = Now();
  const Summary summary = Summarise(read.results);
  const double summarised = Now();
  const std::string text = report::ComparisonText(read.results, summary);
  const double written = Now();
  fmt::print("     {:.1f} MB of records: read {:.0f} ms, summary {:.0f} ms, text {:.1f} ms\n",
             static_cast<double>(records.size()) / 1e6, (parsed - begin) * 1e3,
             (summarised - parsed) * 1e3, (written - summarised) * 1e3);
  return Report("table of 20 rows, 16 processes, 500 samples", (written - begin) * 1e3, 1000, "ms");
}

int Main() {
  const LoopCost single = TimeLoop(100'000, 1);
  const LoopCost many = TimeLoop(1'000, 1'000);
  bool passed = Report("an empty call by itself, as its sample tells", single.sample_ns, 50, "ns");
  passed = Report("an empty call by itself, with all around it", single.iteration_ns, 50, "ns") &&
           passed;
  passed = Report("an empty call of a sample of 1000", many.sample_ns, 50, "ns") && passed;
  return TimeTable() && passed ? 0 : 1;
}

}  // namespace
}  // namespace measure

int main() { return measure::Main(); }
