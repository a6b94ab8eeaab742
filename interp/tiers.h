#pragma once
// What a run on several tiers adds to the interpreter. Versions count their
// calls and loops their turns; when a count has run out, Tiers is asked, and may
// answer with machine code, which then does the call, or the rest of the function
// from that turn on, or of the loop or the consumer that it is in. Without Tiers
// none of the nodes for it are built.
//
// Machine code may call back: CallFromMachineCode.

#include <algorithm>
#include <cstdint>
#include <limits>
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
  int64_t turns_left = 0;  // until Tiers is asked; see TurnCount
  std::vector<State> state;
  uint32_t result_slot = 0;  // of what has been done then
  Rep result = Rep::Unit;
  void* account = nullptr;  // Tiers' own
};

// The ints of the state that are not negative: bit i for the i-th, as jit::LoopFacts has it.
uint64_t Naturals(const Loop& loop, const Word* frame);

// Goes over at the beginning of a turn, when Tiers says so. True: the root of the entry is done,
// and its result stands in its slot.
bool LeaveLoop(Loop& loop, Word* frame);

// Counts the turns of one run of a loop, in a register: what it has done is taken off
// Loop::turns_left when it asks or ends. Null: the interpreter runs alone, and nobody is asked.
class TurnCount {
 public:
  explicit TurnCount(Loop* loop)
      : loop_(loop),
        left_(loop != nullptr ? loop->turns_left : std::numeric_limits<int64_t>::max()),
        first_(left_) {}

  // A turn begins. True: machine code has done the rest, as LeaveLoop says.
  bool Leaves(Word* frame) {
    if (--left_ >= 0) [[likely]] {
      return false;
    }
    first_ = left_ = Ask(loop_, first_ - left_, frame);
    return left_ < 0;
  }
  // The loop ends, otherwise than by an error.
  void End() {
    if (loop_ != nullptr) {
      loop_->turns_left -= first_ - left_;
    }
  }

 private:
  // After so many turns: how many there are to the next time; -1: it is done. Takes no address of
  // this, so that the count stays in a register.
  static int64_t Ask(Loop* loop, int64_t turns, Word* frame);

  Loop* loop_;
  int64_t left_;
  int64_t first_;
};

// The same for a loop that knows how many turns are to come, at least one, and begins one: how many
// it may do without asking. They are taken off at once; who ends before puts the rest back. 0:
// machine code has done the rest.
inline uint64_t TurnsToDo(Loop& loop, uint64_t to_come, Word* frame) {
  if (loop.turns_left <= 0) [[unlikely]] {
    loop.turns_left = -1;
    if (LeaveLoop(loop, frame)) {
      return 0;
    }
    // This one, unless that is as many as there are.
    loop.turns_left += loop.turns_left < std::numeric_limits<int64_t>::max() ? 1 : 0;
  }
  const uint64_t turns = std::min(to_come, static_cast<uint64_t>(loop.turns_left));
  loop.turns_left -= static_cast<int64_t>(turns);
  return turns;
}

// Asked on the thread of the run.
class Tiers {
 public:
  virtual ~Tiers() = default;
  // The tree of a version has been built.
  virtual void Built(const Code& code) = 0;
  // A version is being called, and code.calls_left has run out. Sets it anew, and answers null
  // unless there is machine code for this call. What it leaves in code.machine_code is called
  // without asking again.
  virtual MachineCode AtCall(Code& code, uint32_t depth) = 0;
  // The same at the beginning of a turn, with loop.turns_left.
  virtual MachineCode AtTurn(Loop& loop, const Word* frame, uint32_t depth) = 0;
  // The error that machine code has just failed with: its places as far as the frame it ran for.
  virtual runtime::RunError TakeError() = 0;
};

// The call whose frame stands ready, in machine code: takes the arguments over, owns the result.
runtime::Value CallMachineCode(const Code& code, MachineCode run, Word* frame);

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
    const auto depth = static_cast<uint32_t>(Depth(f));
    const MachineCode run = depth <= code->machine_code_depth
                                ? code->machine_code
                                : code->machine->tiers->AtCall(*code, depth);
    if (run != nullptr) {
      ++code->machine_calls;
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
