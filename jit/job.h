#pragma once
// A unit on its way from lowering to running code. It must not outlive its machine's engine.

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "jit/machine.h"

namespace jit {

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

  // Of the code of a loop.
  Entry LoopCode() const { return reinterpret_cast<Entry>(targets[0].address); }

  std::unique_ptr<llvm::Module> module;
  std::vector<Target> targets;
  const infer::LoopEntry* loop = nullptr;  // that the unit is for
  bool at_any_depth = false;
  // For the log (compile_events.h): what the unit holds, the bodies of generators that stand in
  // their consumers (callee, caller), and what was done when.
  std::vector<infer::VersionId> versions;
  std::vector<std::pair<infer::VersionId, infer::VersionId>> fused;
  double lower_begin = 0;
  double lower_end = 0;
  ModuleReport built;
  runtime::EventThread builder = runtime::EventThread::Run;
  double published = 0;
};

// Optimises, generates code and links. Touches no machine, type, table or value, and may go on on
// another thread as long as nothing else uses the engine.
void Build(Engine& engine, Job& job);

}  // namespace jit
