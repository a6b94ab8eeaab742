#pragma once
// What is found out about a bench before it is measured: how long a call takes, and whether there
// is reason to doubt that it measures anything.

#include <functional>
#include <memory>

#include "measure/bench_run.h"
#include "measure/worker.h"

namespace measure {

// The bench as a worker has it, with its first call made.
struct ProbedBench {
  const frontend::Program& program;
  runtime::Context& context;
  runtime::Executable& executable;
  CapturedOutput& output;
  BenchRun& run;
  const Cell& cell;
  // An engine that counts syntax-tree nodes (Counting::Yes).
  std::function<std::unique_ptr<runtime::Backend>()> make_counter;
};

// Calls the bench for some 30 ms and at least once, also with half its parameters, and counts its
// work. False: *error is what ended one of the calls.
bool ProbeBench(const ProbedBench& bench, ProbeAnswer* answer, runtime::RunError* error);

}  // namespace measure
