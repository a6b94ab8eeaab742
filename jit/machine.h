#pragma once
// The state of one run of the JIT: compiled versions, and the table of places
// that errors name.
//
// Compiled code holds addresses of what lives here as constants, so a Machine
// does not move and outlives its code.

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "frontend/program.h"
#include "infer/infer.h"
#include "infer/loop_entry.h"
#include "infer/run_state.h"
#include "jit/call_graph.h"
#include "jit/engine.h"
#include "jit/memo_cache.h"
#include "runtime/backend.h"
#include "runtime/context.h"
#include "runtime/extern.h"
#include "runtime/memo.h"
#include "runtime/rep.h"
#include "runtime/run_tables.h"

namespace jit {

using runtime::Rep;

struct Iterator;
struct Job;

// A place in the source that can fail, or calls. Code that was inlined while it
// was lowered (the body of a generator) has the place it was inlined at as parent.
using SiteId = uint32_t;
inline constexpr SiteId kNoSite = UINT32_MAX;
struct Site {
  frontend::FunctionId function;
  frontend::Span span;
  SiteId parent = kNoSite;
  std::vector<frontend::Span> arguments = {};  // of calls of values
};

// Boxed calling convention of versions: arguments (parameters, then captures)
// are borrowed; false means that Machine::error is set. `depth` is the callee's
// own, one more than that of the frame that calls; the caller has checked it.
using Entry = bool (*)(uint32_t depth, const runtime::Value* args, runtime::Value* result);

// What a generator's code and its consumer share; the slots of its locals follow.
struct GeneratorFrame {
  uint32_t state;  // where to go on; 0: at the beginning
  uint32_t close;  // not 0: release what is held and end
  uint32_t depth;  // calls below the consumer's body count from here
  uint32_t unused;
  runtime::Value element;  // what was yielded, owned
  runtime::Value* slots() { return reinterpret_cast<runtime::Value*>(this + 1); }
};
static_assert(sizeof(GeneratorFrame) == 32);

// How a step of a sequence ended.
enum class Step : uint8_t { Element, End, Failed };
// `depth`: of the consumer. The first slots of the frame are the parameters and
// captures, boxed (a Value each), borrowed from the Seq, which the consumer holds.
using Resume = Step (*)(uint32_t depth, GeneratorFrame* frame);

// A version made executable from outside compiled code.
struct Code {
  Entry entry = nullptr;    // no generator
  Resume resume = nullptr;  // generator
  uint32_t frame_bytes = 0;
};

// For CodeOf: the caller does not stand at a known depth.
inline constexpr uint32_t kAnyDepth = 0;

// What holds whenever the code of a loop is entered.
struct LoopFacts {
  Depths depths = Depths::Any;
  // Bit i: word i of the state is an int and not negative. Loops that count up start so, and
  // without knowing it LLVM cannot drop their checks.
  uint64_t naturals = 0;
};

// What runs versions that have no machine code yet, when another engine shares the run.
class OtherTier {
 public:
  virtual ~OtherTier() = default;
  // Calls the version with borrowed arguments at `depth`, which has been checked. False: *error
  // has the places as far as the version's own.
  virtual bool Call(infer::VersionId version, uint32_t depth, std::span<const runtime::Value> args,
                    runtime::Value* result, runtime::RunError* error) = 0;
  // The engine is about to be used from here: returns when nothing else uses it.
  virtual void AwaitEngine() = 0;
};

struct JitCounters {
  uint64_t units = 0;
  uint64_t versions = 0;  // lowered, one that is in several units each time
  uint64_t dynamic_calls = 0;
};

// The engine of a run. `interrupt`: as Engine takes it.
std::unique_ptr<Engine> NewEngine(const EngineOptions& options, std::function<double()> clock,
                                  const std::atomic<uint32_t>* interrupt);

struct Machine {
  // `engine` was made by NewEngine, on whichever thread.
  Machine(const frontend::Program& program, runtime::Context& context, infer::RunState& state,
          const EngineOptions& options, std::unique_ptr<Engine> engine, runtime::Counting counting);
  ~Machine();
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;

  const frontend::Program& program;
  runtime::Context& context;
  bool counting;
  Math math;
  // For dumps: functions of this name keep code of their own, wherever they are inlined.
  std::string_view kept;
  infer::Inference& inference;
  runtime::RunTables& tables;
  std::unique_ptr<Engine> engine;
  // For tests: told by code that is entered at a loop what it begins with, word by word of the
  // state; empty: such code says nothing.
  std::function<void(uint32_t index, runtime::TypeId type, runtime::Value value)> on_state = {};
  OtherTier* other_tier = nullptr;  // null: what is not compiled yet is compiled when it is called

  // A deque would do as well: ids are handed out while code is lowered.
  std::vector<Site> sites;
  // The error being carried out through compiled frames.
  std::optional<runtime::RunError> error;
  // The argument that a call of a value has just refused; -1: the call itself.
  int32_t failed_argument = -1;

  std::map<infer::VersionId, std::unique_ptr<MemoCache>> memo_caches;  // null: has none

  uint64_t calls = 0;
  JitCounters counters;
  std::vector<std::unique_ptr<Job>> jobs;  // that are done, for the log (compile_events.h)
  double infer_seconds = 0;
  double lower_seconds = 0;
  Iterator* iterators = nullptr;  // open ones, freed with the machine when a run has failed

  // Compiles versions in one unit, to be called at these depths.
  void Compile(std::span<const infer::VersionId> entries, Depths depths);
  // The same in steps, for compiling beside a run: begin, lower until there is no more, build
  // (job.h), publish. Lowering reads types and tables, and makes some: it belongs to the thread of
  // the run, which may go on between its parts.
  std::unique_ptr<Job> Begin(std::span<const infer::VersionId> entries, Depths depths);
  std::unique_ptr<Job> BeginLoop(infer::VersionId version, const infer::LoopEntry& loop,
                                 const LoopFacts& facts);
  bool LowerMore(Job& job);  // a version or less; false: that was all
  void Publish(const Job& job);  // of versions
  // The code of a version for a call that puts it at `depth`; null when there is none.
  const Code* FindCode(infer::VersionId version, uint32_t depth) const;
  // FindCode, compiled now if it is not yet.
  const Code& CodeOf(infer::VersionId version, uint32_t depth);
  // The version for a call with these run-time types.
  infer::VersionId VersionFor(frontend::FunctionId function,
                              std::span<const runtime::TypeId> types);
  // CodeOf(VersionFor(...)) for calls of values, quick when the same was asked before.
  const Code& CodeFor(frontend::FunctionId function, std::span<const runtime::TypeId> types,
                      uint32_t depth);
  // What stands in front of the memo table for this version; null when there is nothing.
  MemoCache* MemoCacheOf(infer::VersionId version);
  // Those of the tables, with the hits that never got there.
  std::vector<runtime::WorkCounters::Memo> MemoCounters() const;
  // A result in the table was replaced: caches may hold what it was.
  void ForgetMemo(const runtime::MemoTable* table);

  Rep RepOf(runtime::TypeId type) const { return runtime::RepOf(context.types, type); }

  // Adds a place to the error: the first one takes over context.failure.
  void Failed(SiteId site);

 private:
  // An answer of CodeFor. Versions are final, so it stays right.
  struct KnownCode {
    static constexpr size_t kMaxTypes = 4;
    frontend::FunctionId function = 0;
    Depths depths = Depths::Any;
    uint32_t count = 0;
    std::array<runtime::TypeId, kMaxTypes> types = {};
    const Code* code = nullptr;
  };

  std::map<std::pair<infer::VersionId, Depths>, Code> codes_;
  std::array<KnownCode, 64> known_codes_ = {};  // by hash
};

}  // namespace jit
