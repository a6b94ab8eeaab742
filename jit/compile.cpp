// From versions to addresses: makes a unit, lowers it, has the engine build it.

#include <llvm/IR/Module.h>

#include "frontend/check.h"
#include "jit/job.h"
#include "jit/machine.h"
#include "jit/unit.h"
#include "runtime/interrupt.h"

namespace jit {
namespace {

// Counts the time of a step; versions of stages are asked for on the way, and do not count.
class LoweringTime {
 public:
  LoweringTime(Machine& machine, Job& job)
      : machine_(machine),
        job_(job),
        start_(machine.context.clock()),
        inferred_(machine.infer_seconds) {}
  ~LoweringTime() {
    const double seconds = machine_.context.clock() - start_;
    job_.lower_seconds += seconds;
    machine_.lower_seconds += seconds - (machine_.infer_seconds - inferred_);
  }
  LoweringTime(const LoweringTime&) = delete;
  LoweringTime& operator=(const LoweringTime&) = delete;

 private:
  Machine& machine_;
  Job& job_;
  double start_;
  double inferred_;
};

// A unit with what `add` puts into it.
template <typename Add>
std::unique_ptr<Job> NewJob(Machine& machine, const Add& add) {
  auto job = std::make_unique<Job>();
  job->lower_begin = machine.context.clock();
  job->module = machine.engine->NewModule("unit" + std::to_string(machine.counters.units++));
  const LoweringTime time(machine, *job);
  job->unit = std::make_unique<Unit>(machine, *job->module);
  add(*job->unit, *job);
  return job;
}

}  // namespace

Job::Job() = default;
Job::~Job() = default;

std::unique_ptr<Job> Machine::Begin(std::span<const infer::VersionId> entries, Depths depths) {
  return NewJob(*this, [&](Unit& unit, Job& job) {
    for (const infer::VersionId entry : entries) {
      unit.AddEntry(entry, depths);
      job.targets.push_back({entry, unit.EntryName(entry), unit.IsGenerator(entry)});
    }
  });
}

std::unique_ptr<Job> Machine::BeginLoop(infer::VersionId version, const infer::LoopEntry& loop,
                                        const LoopFacts& facts) {
  return NewJob(*this, [&](Unit& unit, Job& job) {
    unit.AddLoop(version, loop, facts);
    job.targets.push_back({version, unit.LoopName()});
    job.loop = &loop;
  });
}

bool Machine::LowerMore(Job& job) {
  const LoweringTime time(*this, job);
  if (job.unit->LowerMore()) {
    return true;
  }
  for (Job::Target& target : job.targets) {
    target.frame_bytes = target.is_generator ? job.unit->FrameBytes(target.version) : 0;
  }
  job.depths = job.unit->depths();
  job.versions = job.unit->call_graph().versions();
  job.fused = job.unit->fused();
  job.unit.reset();
  return false;
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
    codes_[{target.version, job.depths}] = code;
  }
}

void Machine::Compile(std::span<const infer::VersionId> entries, Depths depths) {
  const runtime::Unstoppable unstoppable(context);
  if (other_tier != nullptr) {
    other_tier->AwaitEngine();
  }
  std::unique_ptr<Job> job = Begin(entries, depths);
  while (LowerMore(*job)) {
  }
  Build(*engine, *job);
  Publish(*job);
  job->published = context.clock();
  jobs.push_back(std::move(job));
}

const Code* Machine::FindCode(infer::VersionId version, uint32_t depth) const {
  const Depths depths = DepthsOf(depth);
  auto known = codes_.find({version, depths});
  if (known == codes_.end() && depths == Depths::Shallow) {
    known = codes_.find({version, Depths::Any});
  }
  return known != codes_.end() ? &known->second : nullptr;
}

const Code& Machine::CodeOf(infer::VersionId version, uint32_t depth) {
  if (const Code* known = FindCode(version, depth)) {
    return *known;
  }
  const Depths depths = depth == 1 ? Depths::One : Depths::Any;
  Compile(std::span(&version, 1), depths);
  return codes_.at({version, depths});
}

}  // namespace jit
