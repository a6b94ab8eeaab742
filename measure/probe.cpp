// Doubts are of three kinds. Discarded values stand in the text (measure/discarded.h). Work that
// does not grow with the parameters shows in the counted nodes, which are the same on every
// machine. Work that a compiler has folded away shows in the time (measure/growth.h). Tests:
// tests/measure/probe_test.cpp.

#include "measure/probe.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "measure/discarded.h"
#include "measure/growth.h"
#include "runtime/ops.h"
#include "runtime/run.h"

namespace measure {
namespace {

constexpr double kCountSeconds = 0.2;

// The shortest of some calls.
std::optional<double> TimeCalls(BenchRun& run, const runtime::Context& context) {
  const double begin = context.clock();
  Batch batch;
  for (int calls = 0; calls < kMostTimedCalls; ++calls) {
    if (!run.Run(1, 1, &batch)) {
      return std::nullopt;
    }
    if (context.clock() - begin > kTimedCallsSeconds) {
      break;
    }
  }
  return *std::min_element(batch.seconds.begin(), batch.seconds.end());
}

// Nodes of the second call, when memo tables are filled; nothing when it takes too long or fails.
std::optional<uint64_t> CountNodes(const ProbedBench& bench,
                                   const std::vector<Parameter>& parameters) {
  runtime::Limits limits = bench.context.limits;
  limits.seconds = kCountSeconds;
  CapturedOutput output;
  runtime::TypeTable types;
  runtime::Context context(bench.program, types, output, limits);
  context.clock = bench.context.clock;
  context.allowed_externs = bench.context.allowed_externs;
  const runtime::Watchdog watchdog(context);
  const auto engine = bench.make_counter();
  const auto executable =
      engine->Prepare(bench.program, context, runtime::Counting::Yes, runtime::Entry::Calls);
  BenchRun run(bench.program, context, *executable, output);
  Batch batch;
  if (!run.Start(bench.cell.bench, parameters) || !run.Run(1, 1, &batch)) {
    return std::nullopt;
  }
  const uint64_t before = executable->counters().nodes;
  if (!run.Run(1, 1, &batch)) {
    return std::nullopt;
  }
  return executable->counters().nodes - before;
}

// Of the parameters, or of smaller ones when counting takes too long.
std::optional<Growth> CountGrowth(const ProbedBench& bench) {
  for (int64_t divisor = 1; divisor <= 1 << 24; divisor *= 8) {
    const std::vector<Parameter> whole = Divided(bench.cell.parameters, divisor);
    const std::vector<Parameter> half = Divided(whole, 2);
    if (half == whole) {
      return std::nullopt;
    }
    if (const auto nodes = CountNodes(bench, whole)) {
      const auto half_nodes = CountNodes(bench, half);
      return half_nodes ? std::optional(Growth{*nodes, *half_nodes}) : std::nullopt;
    }
  }
  return std::nullopt;
}

std::optional<double> TimeHalfAndWhole(const ProbedBench& bench, double enough) {
  BenchRun half(bench.program, bench.context, bench.executable, bench.output);
  Batch first;
  if (!half.Start(bench.cell.bench, Divided(bench.cell.parameters, 2)) || !half.Run(1, 1, &first)) {
    return std::nullopt;
  }
  return TimeGrowth([&] { return TimeCalls(bench.run, bench.context); },
                    [&] { return TimeCalls(half, bench.context); }, enough);
}

void JudgeGrowth(const ProbedBench& bench, ProbeAnswer* answer) {
  const std::optional<Growth> growth = CountGrowth(bench);
  if (!growth) {
    return;
  }
  std::vector<Doubt>& doubts = answer->probe.doubts;
  if (!growth->IsGrowing()) {
    doubts.push_back({DoubtKind::NoGrowth,
                      fmt::format("its work does not grow with its parameters: {} nodes, and {} "
                                  "with half of them",
                                  growth->whole_nodes, growth->half_nodes)});
    return;
  }
  answer->growth = growth;
  if (auto doubt = JudgeFolding(*growth, answer->probe.call_seconds,
                                [&](double enough) { return TimeHalfAndWhole(bench, enough); })) {
    doubts.push_back(std::move(*doubt));
  }
}

}  // namespace

bool ProbeBench(const ProbedBench& bench, ProbeAnswer* answer, runtime::RunError* error) {
  answer->answer = {bench.run.value(), bench.run.output()};
  const std::optional<double> call_seconds = TimeCalls(bench.run, bench.context);
  if (!call_seconds) {
    *error = bench.run.error();
    return false;
  }
  answer->probe.call_seconds = *call_seconds;
  std::vector<Doubt>& doubts = answer->probe.doubts;
  std::vector<runtime::TypeId> types;
  for (const runtime::Value value : bench.run.args()) {
    types.push_back(runtime::TypeOf(bench.context, value));
  }
  types.resize(bench.run.function().param_count, runtime::kAny);
  for (std::string& sentence :
       FindDiscarded(bench.program, bench.run.function(), types, bench.context.types)) {
    doubts.push_back({DoubtKind::Discarded, std::move(sentence)});
  }
  if (bench.run.value_tag() == runtime::Tag::Seq) {
    doubts.push_back({DoubtKind::Discarded,
                      "its value is a sequence that nobody consumes: wrap it in sum() or list()"});
  } else if (bench.run.value_tag() == runtime::Tag::None) {
    doubts.push_back({DoubtKind::NoValue,
                      "its value is none, so nothing shows that all engines did the same work"});
  }
  JudgeGrowth(bench, answer);
  return true;
}

}  // namespace measure
