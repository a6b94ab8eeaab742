// Time counts by iteration: of what lasts, the part that lies in it. An iteration's excess is first
// given to what stopped the run; the rest was interpreting, as far as it lies before the last entry
// into machine code. Test: tests/measure/warmup_cost_test.cpp.

#include "measure/warmup_cost.h"

#include <algorithm>
#include <vector>

namespace measure {
namespace {

using runtime::EventKind;
using runtime::EventThread;

struct Stretch {
  double begin;
  double end;
};

// The time of [begin, end) that some of the stretches cover, however many. Sorted by begin.
double Covered(const std::vector<Stretch>& stretches, double begin, double end) {
  double covered = 0;
  double reached = begin;
  for (const Stretch& stretch : stretches) {
    const double from = std::max(stretch.begin, reached);
    const double to = std::min(stretch.end, end);
    if (to > from) {
      covered += to - from;
      reached = to;
    }
  }
  return covered;
}

}  // namespace

WarmupCost CostOfWarmup(std::span<const double> seconds, std::span<const uint64_t> calls,
                        std::span<const PlacedEvent> events, size_t steady_from,
                        double steady_mean) {
  std::vector<double> begins{0};  // of iterations, on the axis of what they take
  for (size_t i = 0; i < seconds.size(); ++i) {
    begins.push_back(begins.back() + seconds[i] * static_cast<double>(calls[i]));
  }
  std::vector<Stretch> compiling;
  std::vector<Stretch> beside;
  std::vector<Stretch> waiting;
  double last_entry = 0;
  for (const PlacedEvent& placed : events) {
    if (placed.iteration >= seconds.size()) {
      continue;
    }
    const double at = begins[placed.iteration] + placed.into_seconds;
    const Stretch stretch{at, at + placed.event.lasts_seconds};
    if (placed.event.kind == EventKind::Entered && placed.iteration < steady_from) {
      last_entry = std::max(last_entry, at);
    } else if (placed.event.kind == EventKind::Waited) {
      waiting.push_back(stretch);
    } else {
      (placed.event.thread == EventThread::Run ? compiling : beside).push_back(stretch);
    }
  }
  for (std::vector<Stretch>* stretches : {&compiling, &beside, &waiting}) {
    std::sort(stretches->begin(), stretches->end(),
              [](const Stretch& a, const Stretch& b) { return a.begin < b.begin; });
  }

  WarmupCost cost;
  for (size_t i = 0; i < steady_from; ++i) {
    const double begin = begins[i];
    const double end = begins[i + 1];
    const double excess = end - begin - steady_mean * static_cast<double>(calls[i]);
    const double stopped = Covered(compiling, begin, end);
    const double waited = Covered(waiting, begin, end);
    cost.total += excess;
    cost.compiling += stopped;
    cost.waiting += waited;
    const double interpreted = std::clamp(last_entry - begin, 0.0, end - begin);
    if (interpreted > 0) {
      const double share = Covered(beside, begin, begin + interpreted) / interpreted;
      const double slower = excess - stopped - waited;
      cost.beside += share * slower;
      cost.interpreting += (1 - share) * slower;
    }
  }
  cost.residual = cost.total - cost.interpreting - cost.beside - cost.compiling - cost.waiting;
  return cost;
}

}  // namespace measure
