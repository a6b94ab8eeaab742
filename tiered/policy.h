#pragma once
// When to compile: pure decisions, without clock or threads.
//
// This is the ski-rental problem (Karlin, Manasse, Rudolph, Sleator 1988): go on
// interpreting (rent) until what that has cost equals the price of compiling
// (buy), then compile. Whatever is still to come, the total is then at most twice
// that of a decision made in hindsight. Where a processor is idle, compiling does
// not hold the program up, so it begins at a fraction of the price.

#include <cstdint>

namespace tiered {

// `spent_seconds`: in interpreting the function or loop so far; `compile_seconds`: estimated.
// `spare`: 0: compiling stops the program; 1: a processor is idle, and the program goes on
// meanwhile.
bool ShouldCompile(double spent_seconds, double compile_seconds, double spare);

// That, for a machine with so many processors for this process, where the compile thread got this
// share of one.
double SpareOf(uint32_t processors, double processor_share);

// What has been spent on code that is looked at from time to time, when a count of its runs (calls,
// or turns) has run out. Runs are taken to last as long as a measured one did, or as long as their
// size suggests where none was measured.
class Meter {
 public:
  // expressions: of a run, without loops and calls inside.
  explicit Meter(uint32_t expressions);

  // So many runs have been done since the last look.
  void Add(int64_t runs) { spent_ += static_cast<double>(runs) * run_seconds_; }
  // A run took so long, with all it called. The shorter of the last two counts: others may have
  // been held up by something else.
  void Measured(double seconds);
  // How many runs to let pass before the next look: fewer than what costs `seconds`, and never many
  // more than were counted before.
  int64_t RunsFor(double seconds);

  double spent_seconds() const { return spent_; }

 private:
  double least_seconds_;  // of a run, by its size
  double run_seconds_;
  double last_measured_ = 0;
  double spent_ = 0;
  int64_t last_runs_ = 1;
};

// What compiling is expected to take, from the number of expressions that go into the unit; learns
// from what it took.
class CompileCost {
 public:
  CompileCost();
  double Estimate(uint64_t expressions) const;
  void Took(uint64_t expressions, double seconds);
  // Once, when the compiler itself has been made ready.
  void Started() { start_seconds_ = 0; }

 private:
  double start_seconds_;
  double unit_seconds_;
  double expression_seconds_;
};

}  // namespace tiered
