// From versions to addresses: makes a unit, lowers it, has the engine build it.

#include <llvm/IR/Module.h>

#include "frontend/check.h"
#include "jit/job.h"
#include "jit/machine.h"
#include "jit/unit.h"
#include "runtime/interrupt.h"

namespace jit {
namespace {

// Lowers what `add` puts into a unit.
template <typename Add>
std::unique_ptr<Job> LowerUnit(Machine& machine, bool at_any_depth, const Add& add) {
  const double inferred = machine.infer_seconds;
  auto job = std::make_unique<Job>();
  job->lower_begin = machine.context.clock();
  job->module = machine.engine->NewModule("unit" + std::to_string(machine.counters.units++));
  job->at_any_depth = at_any_depth;
  Unit unit(machine, *job->module);
  add(unit, *job);
  unit.Lower();
  for (Job::Target& target : job->targets) {
    target.frame_bytes = target.is_generator ? unit.FrameBytes(target.version) : 0;
  }
  job->versions = unit.call_graph().versions();
  job->fused = unit.fused();
  job->lower_end = machine.context.clock();
  // Versions of stages are asked for on the way.
  machine.lower_seconds += job->lower_end - job->lower_begin - (machine.infer_seconds - inferred);
  return job;
}

}  // namespace

Job::Job() = default;
Job::~Job() = default;

std::unique_ptr<Job> Machine::Lower(std::span<const infer::VersionId> entries, bool at_any_depth) {
  return LowerUnit(*this, at_any_depth, [&](Unit& unit, Job& job) {
    for (const infer::VersionId entry : entries) {
      unit.AddEntry(entry, at_any_depth);
      job.targets.push_back({entry, unit.EntryName(entry), unit.IsGenerator(entry)});
    }
  });
}

std::unique_ptr<Job> Machine::LowerLoop(infer::VersionId version, const infer::LoopEntry& loop,
                                        bool at_any_depth) {
  return LowerUnit(*this, at_any_depth, [&](Unit& unit, Job& job) {
    unit.AddLoop(version, loop, at_any_depth);
    job.targets.push_back({version, unit.LoopName()});
    job.loop = &loop;
  });
}

void Build(Engine& engine, Job& job) {
  job.built = engine.Compile(std::move(job.module));
  for (Job::Target& target : job.targets) {
    target.address = engine.Address(target.symbol);
  }
}

void Machine::Publish(const Job& job) {
  for (const Job::Target& target : job.targets) {
    Code code;
    if (target.is_generator) {
      code.resume = reinterpret_cast<Resume>(target.address);
      code.frame_bytes = target.frame_bytes;
    } else {
      code.entry = reinterpret_cast<Entry>(target.address);
    }
    codes_[{target.version, job.at_any_depth}] = code;
  }
}

void Machine::Compile(std::span<const infer::VersionId> entries, bool at_any_depth) {
  const runtime::Unstoppable unstoppable(context);
  if (other_tier != nullptr) {
    other_tier->AwaitEngine();
  }
  std::unique_ptr<Job> job = Lower(entries, at_any_depth);
  Build(*engine, *job);
  Publish(*job);
  job->published = context.clock();
  jobs.push_back(std::move(job));
}

const Code& Machine::CodeOf(infer::VersionId version, uint32_t depth) {
  const bool at_any_depth = depth != 1;
  auto known = codes_.find({version, at_any_depth});
  if (known == codes_.end()) {
    Compile(std::span(&version, 1), at_any_depth);
    known = codes_.find({version, at_any_depth});
  }
  return known->second;
}

}  // namespace jit
