// Tests: tests/tiered/policy_test.cpp.

#include "tiered/policy.h"

#include <algorithm>

namespace tiered {
namespace {

// What part of the price has to be spent before a spare processor compiles. Less would compile much
// that is never used again; more would lose time.
constexpr double kSpareFraction = 0.1;

// Who gets only every other turn of a processor takes it from the program.
constexpr double kNoSpareShare = 0.5;

// An expression on the interpreter, at least: fused ones take less than a nanosecond each.
constexpr double kExpressionSeconds = 0.5e-9;
constexpr int64_t kMostRuns = 4096;

// Measured on the release build: making LLVM ready, then a unit of one small function, then each
// further expression.
constexpr double kStartSeconds = 2.5e-3;
constexpr double kUnitSeconds = 1.2e-3;
constexpr double kCompileExpressionSeconds = 35e-6;

}  // namespace

bool ShouldCompile(double spent_seconds, double compile_seconds, double spare) {
  return spent_seconds >= compile_seconds * (1 - (1 - kSpareFraction) * spare);
}

double SpareOf(uint32_t processors, double processor_share) {
  return processors < 2 ? 0 : std::clamp((processor_share - kNoSpareShare) / 0.4, 0.0, 1.0);
}

Meter::Meter(uint32_t expressions)
    : least_seconds_(std::max(expressions, uint32_t{1}) * kExpressionSeconds),
      run_seconds_(least_seconds_) {}

void Meter::Measured(double seconds) {
  const double shorter = last_measured_ > 0 ? std::min(seconds, last_measured_) : seconds;
  last_measured_ = seconds;
  run_seconds_ = std::max(least_seconds_, shorter);
}

int64_t Meter::RunsFor(double seconds) {
  const int64_t most = std::min(2 * last_runs_, kMostRuns);
  const double runs = std::min(seconds / run_seconds_, static_cast<double>(most));
  last_runs_ = std::max(static_cast<int64_t>(runs), int64_t{1});
  return last_runs_;
}

CompileCost::CompileCost()
    : start_seconds_(kStartSeconds),
      unit_seconds_(kUnitSeconds),
      expression_seconds_(kCompileExpressionSeconds) {}

double CompileCost::Estimate(uint64_t expressions) const {
  return start_seconds_ + unit_seconds_ + static_cast<double>(expressions) * expression_seconds_;
}

void CompileCost::Took(uint64_t expressions, double seconds) {
  const double estimated = unit_seconds_ + static_cast<double>(expressions) * expression_seconds_;
  // Halfway towards what was measured.
  const double factor = 0.5 + 0.5 * std::clamp(seconds / estimated, 0.1, 10.0);
  unit_seconds_ *= factor;
  expression_seconds_ *= factor;
}

}  // namespace tiered
