#pragma once
// A unit on its way from lowering to running code. It must not outlive its machine's engine.

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "jit/machine.h"

namespace jit {

class Unit;

struct Job {
  struct Target {
    infer::VersionId version;
    std::string symbol;
    bool is_generator = false;
    uint32_t frame_bytes = 0;
    void* address = nullptr;  // once built
  };

  Job();
  ~Job();
  Job(const Job&) = delete;
  Job& operator=(const Job&) = delete;

  // Of the first target, once built.
  Entry FirstEntry() const { return reinterpret_cast<Entry>(targets[0].address); }

  std::unique_ptr<llvm::Module> module;
  std::unique_ptr<Unit> unit;  // while it is being lowered
  std::vector<Target> targets;
  Depths depths = Depths::One;  // that the code may be called at
  const infer::LoopEntry* loop = nullptr;  // that the unit is for
  // For the log (compile_events.h): what the unit holds, the bodies of generators that stand in
  // their consumers (callee, caller), and what was done when.
  std::vector<infer::VersionId> versions;
  std::vector<std::pair<infer::VersionId, infer::VersionId>> fused;
  double lower_begin = 0;
  double lower_seconds = 0;  // of all its parts
  ModuleReport built;
  runtime::EventThread builder = runtime::EventThread::Run;
  double published = 0;
  double publish_seconds = 0;  // that publishing took
};

// Optimises, generates code and links. Touches no machine, type, table or value, and may go on on
// another thread as long as nothing else uses the engine.
void Build(Engine& engine, Job& job);

}  // namespace jit
