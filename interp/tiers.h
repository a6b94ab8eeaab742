#pragma once
// What a run on several tiers adds to the interpreter. Versions count their
// calls and loops their turns; when a count has run out, Tiers is asked, and may
// answer with machine code, which then does the call, or the rest of the function
// from that turn on, or of the loop or the consumer that it is in. Without Tiers
// none of the nodes for it are built.
//
// Machine code may call back: CallFromMachineCode.

#include <cstdint>
#include <span>
#include <vector>

#include "interp/machine.h"
#include "interp/node.h"
#include "runtime/backend.h"

namespace interp {

// `values` are boxed: of a call the parameters and captures, borrowed; of a loop its state, as
// infer::LoopEntry says, where those that are given back are replaced by what they are now. `depth`
// is that of the frame. False: Tiers::TakeError has the error.
using MachineCode = bool (*)(uint32_t depth, const runtime::Value* values, runtime::Value* result);

// A loop that can be left at the beginning of a turn.
struct Loop {
  enum class Take : uint8_t {
    Borrow,    // the frame keeps it
    Move,      // the frame has it no more
    Exchange,  // the same, but it comes back
    Retain,    // both have it
  };
  struct State {
    uint32_t slot;
    Rep rep;
    runtime::TypeId type;
    Take take;
  };

  Code* code;
  uint32_t entry;          // index in code->loop_entries.entries
  int64_t turns_left = 0;  // until Tiers is asked
  std::vector<State> state;
  uint32_t result_slot = 0;  // of what has been done then
  Rep result = Rep::Unit;
  void* account = nullptr;  // Tiers' own
};

// Asked on the thread of the run.
class Tiers {
 public:
  virtual ~Tiers() = default;
  // The tree of a version has been built.
  virtual void Built(const Code& code) = 0;
  // A version is being called, and code.calls_left has run out. Sets it anew, and answers null
  // unless there is machine code for this call.
  virtual MachineCode AtCall(Code& code, uint32_t depth) = 0;
  // The same at the beginning of a turn, with loop.turns_left.
  virtual MachineCode AtTurn(Loop& loop, const Word* frame, uint32_t depth) = 0;
  // The error that machine code has just failed with: its places as far as the frame it ran for.
  virtual runtime::RunError TakeError() = 0;
};

// The call whose frame stands ready, in machine code: takes the arguments over, owns the result.
runtime::Value CallMachineCode(const Code& code, MachineCode run, Word* frame);
// Goes over at the beginning of a turn, when Tiers says so. True: the root of the entry is done, and
// its result stands in its slot.
bool LeaveLoop(Loop& loop, Word* frame);

// A word of the loop's state as it stands in the frame, borrowed.
runtime::Value StateAt(const Loop& loop, size_t index, const Word* frame);

// A call that arrives at `depth` from machine code, which has checked that; the arguments are
// borrowed. The error's places end with the version's own.
runtime::Outcome CallFromMachineCode(Machine& machine, infer::VersionId version, uint32_t depth,
                                     std::span<const runtime::Value> args);

// Counts a call: o[0] node, o[1] code.
template <typename T>
T CountedEntry(const Node* n, Word* f) {
  Code* code = n->o()[1].code;
  if (--code->calls_left < 0) [[unlikely]] {
    const MachineCode run = code->machine->tiers->AtCall(*code, static_cast<uint32_t>(Depth(f)));
    if (run != nullptr) {
      const runtime::Value result = CallMachineCode(*code, run, f);
      if constexpr (std::is_same_v<T, Status>) {
        return Status::Normal;
      } else if constexpr (std::is_same_v<T, runtime::Value>) {
        return result;
      } else {
        Word word;
        word.bits = result.bits;
        return Eval<T>::Get(&word);
      }
    }
  }
  return Eval<T>::Run(n->o()[0].node, f);
}

}  // namespace interp
