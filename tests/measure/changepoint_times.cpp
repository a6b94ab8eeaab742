// Times the search for changepoints on series of several shapes against its bars; a bar is missed
// also when the two searches disagree. Prints a line for each. `bench/changepoints` builds and runs
// it; it is no test, since its answer depends on the machine.

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <limits>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "measure/changepoints.h"
#include "measure/random.h"

namespace measure {
namespace {

enum class Shape { Flat, HeavyTails, Correlated, WarmUp, ManyLevels, Ramp, RandomWalk, Quantised };

struct NamedShape {
  Shape shape;
  const char* name;
};

constexpr NamedShape kShapes[] = {
    {Shape::Flat, "flat"},
    {Shape::HeavyTails, "flat, heavy tails"},
    {Shape::Correlated, "flat, correlated"},
    {Shape::WarmUp, "warm-up, 3 levels"},
    {Shape::ManyLevels, "a new level each 50"},
    {Shape::Ramp, "ramp"},
    {Shape::RandomWalk, "random walk"},
    {Shape::Quantised, "flat, 5 distinct values"},
};

std::vector<double> SeriesOf(Shape shape, size_t count) {
  Random random(count);
  std::vector<double> series(count);
  double state = 0;
  for (size_t i = 0; i < count; ++i) {
    const double noise = random.Normal();
    const double position = static_cast<double>(i) / static_cast<double>(count);
    double value = noise;
    switch (shape) {
      case Shape::Flat:
        break;
      case Shape::HeavyTails:
        value = std::exp(1.5 * noise);
        break;
      case Shape::Correlated:
        value = state = 0.8 * state + noise;
        break;
      case Shape::WarmUp:
        value = noise + (position < 0.01 ? 500 : position < 0.05 ? 40 : 0);
        break;
      case Shape::ManyLevels:
        value = noise + (i / 50 % 3 == 0 ? 0 : i / 50 % 3 == 1 ? 10 : 30);
        break;
      case Shape::Ramp:
        value = noise + 100 * position;
        break;
      case Shape::RandomWalk:
        value = state += noise;
        break;
      case Shape::Quantised:
        value = std::round(noise);
        break;
    }
    series[i] = 100 + 0.1 * value;
  }
  return series;
}

struct Timed {
  double milliseconds;  // the fastest of several
  std::vector<Segment> segments;
};

Timed TimeSearch(const std::vector<double>& series, ChangepointSearch search, int rounds) {
  ChangepointOptions options;
  options.penalty = DefaultPenalty(series.size());
  options.min_variance = DefaultMinVariance(series, 1e-9);
  options.search = search;
  Timed timed = {.milliseconds = std::numeric_limits<double>::infinity(), .segments = {}};
  for (int round = 0; round < rounds; ++round) {
    const auto start = std::chrono::steady_clock::now();
    timed.segments = FindSegments(series, options);
    const std::chrono::duration<double, std::milli> elapsed =
        std::chrono::steady_clock::now() - start;
    timed.milliseconds = std::min(timed.milliseconds, elapsed.count());
  }
  return timed;
}

bool SameSegments(const std::vector<Segment>& a, const std::vector<Segment>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Segment& x, const Segment& y) { return x.end == y.end; });
}

bool Report(const NamedShape& shape, size_t count, const Timed& timed, double bar, bool agrees) {
  const bool passed = timed.milliseconds <= bar && agrees;
  fmt::print("{} {:>7} values, {:<24} {:>8.2f} ms (bar {} ms), {} segments{}\n",
             passed ? "PASS" : "FAIL", count, shape.name, timed.milliseconds, bar,
             timed.segments.size(), agrees ? "" : ": NOT what the exhaustive search finds");
  return passed;
}

int Main() {
  bool passed = true;
  for (const NamedShape& shape : kShapes) {
    const std::vector<double> series = SeriesOf(shape.shape, 2'000);
    const Timed exhaustive = TimeSearch(series, ChangepointSearch::Exhaustive, 3);
    const Timed pruned = TimeSearch(series, ChangepointSearch::Pruned, 5);
    const bool agrees = SameSegments(exhaustive.segments, pruned.segments);
    passed = Report(shape, series.size(), pruned, 10, agrees) && passed;
  }
  for (const NamedShape& shape : kShapes) {
    const std::vector<double> series = SeriesOf(shape.shape, 100'000);
    const Timed pruned = TimeSearch(series, ChangepointSearch::Pruned, 1);
    passed = Report(shape, series.size(), pruned, 2'000, true) && passed;
  }
  return passed ? 0 : 1;
}

}  // namespace
}  // namespace measure

int main() { return measure::Main(); }
