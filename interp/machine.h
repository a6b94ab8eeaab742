#pragma once
// The state of one run of the interpreter: frames, and code by version.
//
// Frames stand one after another on one stack of words. Below a frame's slots
// is a header of two words: the call node in the caller that made it, and the
// depth. A call node knows how far above its own frame the callee's begins
// (operand 0), so the header chain is the traceback; nothing else is recorded.

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "frontend/program.h"
#include "infer/infer.h"
#include "infer/loop_entry.h"
#include "infer/run_state.h"
#include "interp/interpreter.h"
#include "interp/node.h"
#include "runtime/backend.h"
#include "runtime/context.h"
#include "runtime/extern.h"
#include "runtime/memo.h"
#include "runtime/ops.h"
#include "runtime/run_tables.h"

namespace interp {

struct Place;
class Tiers;

inline constexpr int kHeaderWords = 2;

// A function that yields keeps these in its first slots: who takes the
// elements (a Sink), the frame that consumes, and how the consumer ended it.
inline constexpr uint32_t kGeneratorWords = 3;

inline const Node*& CallerNode(Word* frame) { return frame[-2].node; }
inline int64_t& Depth(Word* frame) { return frame[-1].i; }

// The source places of a node's operations, for errors. spans[0] is the whole
// node, or the call's place in a traceback. The count is 0 for a call from
// outside, which has a span all the same.
struct Sites {
  Machine* machine;
  frontend::FunctionId function;
  uint32_t count;
  const frontend::Span* spans;
};

// A version made executable. The tree is built when it is first called.
struct Code {
  Machine* machine;
  infer::VersionId version;
  frontend::FunctionId function;
  Rep result;
  const std::atomic<uint32_t>* depth_limit;  // the context's
  const Node* entry;                         // builds the tree at first, then is its root
  // Where the parameters and captures stand in the frame.
  struct Param {
    uint32_t slot;
    Rep rep;
    runtime::TypeId type;
  };
  std::vector<Param> params;
  uint32_t frame_words = 0;            // slots and temporaries, callee frames excluded
  runtime::MemoTable* memo = nullptr;  // the function's; null: not a memo function
  // In runs on several tiers (tiers.h), else not used.
  int64_t calls_left = 0;   // until Tiers is asked about the version
  // Machine code for calls up to that depth, once there is some, and how often it was called.
  bool (*machine_code)(uint32_t depth, const runtime::Value* values,
                       runtime::Value* result) = nullptr;
  uint32_t machine_code_depth = 0;
  uint64_t machine_calls = 0;
  void* account = nullptr;  // Tiers' own
  infer::LoopEntries loop_entries;
  std::vector<std::unique_ptr<Loop>> loops;  // those of loop_entries.entries, by index
  uint32_t result_slot = 0;                  // where statements leave the result
};

// Allocates nodes; they live as long as the machine.
class NodeArena {
 public:
  void* Allocate(size_t bytes);

 private:
  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  size_t used_ = 0;
  size_t capacity_ = 0;
};

struct Machine {
  // `tiers`: null when the interpreter runs alone.
  Machine(const frontend::Program& program, runtime::Context& context, infer::RunState& state,
          Ladder ladder, runtime::Counting counting, Tiers* tiers);
  ~Machine();
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;

  const frontend::Program& program;
  runtime::Context& context;
  Ladder ladder;
  bool counting;
  infer::Inference& inference;
  runtime::RunTables& tables;
  Tiers* tiers;
  NodeArena nodes;

  // By version; entries appear when a call to the version is built.
  std::vector<std::unique_ptr<Code>> codes;

  Word* stack = nullptr;
  Word* stack_end = nullptr;
  size_t stack_bytes = 0;
  Word* free_words = nullptr;  // above all frames, while machine code of another tier runs

  uint64_t nodes_executed = 0;
  uint64_t calls = 0;
  double infer_seconds = 0;
  double build_seconds = 0;

  Code* CodeOf(infer::VersionId version);
  // The code for a call with these run-time types (dynamic calls).
  Code* CodeFor(frontend::FunctionId function, std::span<const runtime::TypeId> types);
  Rep RepOf(runtime::TypeId type) const { return runtime::RepOf(context.types, type); }
  // Where the words of a global of this representation begin.
  Word* GlobalWords(frontend::GlobalId global, Rep rep) {
    return reinterpret_cast<Word*>(&tables.globals[global]) + (rep == Rep::Value ? 0 : 1);
  }
};

// Marks a slot in a list of slots to be released as one that holds a boxed value.
inline constexpr int64_t kValueFlag = int64_t{1} << 32;

inline uint32_t WordsOf(Rep rep) { return rep == Rep::Unit ? 0 : rep == Rep::Value ? 2 : 1; }

// Continues on its way an error that was on it elsewhere: adds the callers of the frame, unwinds.
[[noreturn]] void RaiseOn(runtime::RunError error, Word* frame);
// Ends the run: adds place and traceback to context.failure and unwinds to
// Executable. `site` counts the node's operations from 0.
[[noreturn]] void Raise(const Node* node, int site, Word* frame);
// Raise, after FailArith of the operator at that site.
[[noreturn]] void RaiseArith(const Node* node, int site, Word* frame, frontend::BinaryOp op,
                             runtime::Arith error, runtime::Value a, runtime::Value b);
// After a depth or interrupt check has fired at a call; never returns.
[[noreturn]] void RaiseAtCall(const Node* node, Word* frame);
[[noreturn]] void RaiseInterrupted(const Node* node, int site, Word* frame);

// What Raise throws; caught in Executable only, never crosses the folder.
struct Unwind {
  runtime::RunError error;
};

inline void Poll(const Node* node, int site, Word* frame, runtime::Context* context) {
  if (context->interrupted()) [[unlikely]] {
    RaiseInterrupted(node, site, frame);
  }
}

// Moves a value into the words of a frame.
void StoreValue(Rep rep, Word* slot, runtime::Value owned);

}  // namespace interp
