// Doubts are of three kinds. Discarded values stand in the text (measure/discarded.h). Work that
// does not grow with the parameters shows in the counted nodes, which are the same on every
// machine. Work that a compiler has folded away shows when the counted work grows and the time does
// not, or when the time is too short for it. Tests: tests/measure/probe_test.cpp.

#include "measure/probe.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "measure/discarded.h"
#include "runtime/number_text.h"
#include "runtime/ops.h"
#include "runtime/run.h"

namespace measure {
namespace {

constexpr double kTimedSeconds = 10e-3;
constexpr int kMostCalls = 20;
constexpr double kCountSeconds = 0.2;
// Calls shorter than this are mostly the cost of the call itself.
constexpr double kClearSeconds = 5e-6;
// More than eight lanes of vector code at four operations a cycle can do.
constexpr double kMostNodesPerSecond = 1e11;
constexpr double kLeastGrowth = 1.05;
// Of the growth that the counted work would let expect.
constexpr double kLeastShareOfGrowth = 0.25;
constexpr int kMostAttempts = 5;

// Whole numbers above 1 halved, as far as there are any.
std::vector<Parameter> Divided(const std::vector<Parameter>& parameters, int64_t divisor) {
  std::vector<Parameter> smaller = parameters;
  for (Parameter& parameter : smaller) {
    int64_t whole = 0;
    if (runtime::ParseInt(parameter.value, &whole) == runtime::ParseResult::Ok && whole > 1) {
      parameter.value = std::to_string(std::max<int64_t>(1, whole / divisor));
    }
  }
  return smaller;
}

// The shortest of some calls.
bool TimeCalls(BenchRun& run, const runtime::Context& context, double* seconds) {
  const double begin = context.clock();
  Batch batch;
  for (int calls = 0; calls < kMostCalls; ++calls) {
    if (!run.Run(1, 1, &batch)) {
      return false;
    }
    if (context.clock() - begin > kTimedSeconds) {
      break;
    }
  }
  *seconds = *std::min_element(batch.seconds.begin(), batch.seconds.end());
  return true;
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

struct Growth {
  std::vector<Parameter> whole;  // the parameters, or smaller ones when counting took too long
  uint64_t whole_nodes;
  uint64_t half_nodes;

  double Factor() const {
    return static_cast<double>(whole_nodes) /
           static_cast<double>(std::max<uint64_t>(1, half_nodes));
  }
};

std::optional<Growth> CountGrowth(const ProbedBench& bench) {
  for (int64_t divisor = 1; divisor <= 1 << 24; divisor *= 8) {
    Growth growth{Divided(bench.cell.parameters, divisor), 0, 0};
    const std::vector<Parameter> half = Divided(growth.whole, 2);
    if (half == growth.whole) {
      return std::nullopt;
    }
    if (const auto nodes = CountNodes(bench, growth.whole)) {
      growth.whole_nodes = *nodes;
      const auto half_nodes = CountNodes(bench, half);
      growth.half_nodes = half_nodes.value_or(*nodes);
      return half_nodes ? std::optional(growth) : std::nullopt;
    }
  }
  return std::nullopt;
}

// The growth that the clock shows: the largest of a few, since whatever disturbs the machine can
// make it seem smaller. Nothing when the call with half the parameters fails, as it may for a
// program that makes demands on them.
std::optional<double> TimeGrowth(const ProbedBench& bench, double enough) {
  BenchRun half(bench.program, bench.context, bench.executable, bench.output);
  Batch first;
  if (!half.Start(bench.cell.bench, Divided(bench.cell.parameters, 2)) || !half.Run(1, 1, &first)) {
    return std::nullopt;
  }
  double growth = 0;
  for (int attempt = 0; attempt < kMostAttempts && growth < enough; ++attempt) {
    double whole_seconds = 0;
    double half_seconds = 0;
    if (!TimeCalls(half, bench.context, &half_seconds) ||
        !TimeCalls(bench.run, bench.context, &whole_seconds)) {
      return std::nullopt;
    }
    growth = std::max(growth, whole_seconds / half_seconds);
  }
  return growth;
}

void JudgeGrowth(const ProbedBench& bench, double call_seconds, std::vector<Doubt>* doubts) {
  const std::optional<Growth> growth = CountGrowth(bench);
  if (!growth) {
    return;
  }
  if (growth->Factor() < kLeastGrowth) {
    doubts->push_back({DoubtKind::NoGrowth,
                       fmt::format("its work does not grow with its parameters: {} nodes, and {} "
                                   "with half of them",
                                   growth->whole_nodes, growth->half_nodes)});
    return;
  }
  if (call_seconds < kClearSeconds) {
    if (static_cast<double>(growth->whole_nodes) / call_seconds > kMostNodesPerSecond) {
      doubts->push_back({DoubtKind::Folded,
                         fmt::format("its work was folded away: {} nodes of the program cannot run "
                                     "in {:.0f} ns",
                                     growth->whole_nodes, call_seconds * 1e9)});
    }
    return;
  }
  const double least = 1 + kLeastShareOfGrowth * (growth->Factor() - 1);
  const std::optional<double> factor = TimeGrowth(bench, least);
  if (factor && *factor < least) {
    doubts->push_back({DoubtKind::Folded,
                       fmt::format("its work was folded away: half the parameters take {:.0f} % of "
                                   "the nodes and {:.0f} % of the time",
                                   100 / growth->Factor(), 100 / *factor)});
  }
}

}  // namespace

bool ProbeBench(const ProbedBench& bench, ProbeAnswer* answer, runtime::RunError* error) {
  answer->answer = {bench.run.value(), bench.run.output()};
  if (!TimeCalls(bench.run, bench.context, &answer->probe.call_seconds)) {
    *error = bench.run.error();
    return false;
  }
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
  JudgeGrowth(bench, answer->probe.call_seconds, &doubts);
  return true;
}

}  // namespace measure
