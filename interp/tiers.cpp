// Going over to machine code, and being called from it. Tests: tests/tiered.

#include "interp/tiers.h"

#include <algorithm>

#include <alloca.h>

#include "interp/dynamic.h"
#include "runtime/mutant.h"

namespace interp {
namespace {

using runtime::Value;

Value Boxed(const Machine& machine, Rep rep, runtime::TypeId type, const Word* slot) {
  return rep == Rep::Value
             ? Eval<Value>::Get(slot)
             : runtime::Box(rep, type, machine.context.types, rep == Rep::Unit ? 0 : slot->bits);
}

// Runs machine code for a frame. Calls that come back have their frames above it.
Value Run(const Code& code, MachineCode run, Word* frame, const Value* values) {
  Machine& machine = *code.machine;
  Word* const outer = machine.free_words;
  uint32_t words = code.frame_words;
  if (!code.params.empty()) {
    words = std::max(words, code.params.back().slot + WordsOf(code.params.back().rep));
  }
  machine.free_words = frame + words;
  Value result;
  const int64_t depth = LAB_MUTANT(702, Depth(frame), 1);
  const bool done = run(static_cast<uint32_t>(depth), values, &result);
  machine.free_words = outer;
  if (!done) {
    RaiseOn(machine.tiers->TakeError(), frame);
  }
  return result;
}

template <typename T>
void RunWord(const Code* code, Word* frame, Word* result) {
  if constexpr (std::is_same_v<T, Status>) {
    code->entry->exec(code->entry, frame);
  } else {
    Eval<T>::Put(result, Eval<T>::Run(code->entry, frame));
  }
}

// The words are those of a slot of the result's representation.
void RunInto(const Code* code, Word* frame, Word* result) {
  switch (code->result) {
    case Rep::Unit:
      return RunWord<Status>(code, frame, result);
    case Rep::Int:
      return RunWord<int64_t>(code, frame, result);
    case Rep::Float:
      return RunWord<double>(code, frame, result);
    case Rep::Bool:
      return RunWord<bool>(code, frame, result);
    case Rep::Ref:
      return RunWord<runtime::Object*>(code, frame, result);
    case Rep::Value:
      return RunWord<Value>(code, frame, result);
  }
}

}  // namespace

Value CallMachineCode(const Code& code, MachineCode run, Word* frame) {
  const size_t count = code.params.size();
  Value* values = static_cast<Value*>(alloca((count + 1) * sizeof(Value)));
  for (size_t i = 0; i < count; ++i) {
    const Code::Param& param = code.params[i];
    values[i] = Boxed(*code.machine, param.rep, param.type, frame + param.slot);
  }
  const Value result = Run(code, run, frame, values);
  for (size_t i = 0; i < count; ++i) {
    runtime::Release(values[i]);
  }
  return result;
}

uint64_t Naturals(const Loop& loop, const Word* frame) {
  uint64_t naturals = 0;
  for (size_t i = 0; i < std::min<size_t>(loop.state.size(), 64); ++i) {
    const Loop::State& state = loop.state[i];
    if (state.rep == Rep::Int && frame[state.slot].i >= 0) {
      naturals |= uint64_t{1} << i;
    }
  }
  return naturals;
}

int64_t TurnCount::Ask(Loop* loop, int64_t turns, Word* frame) {
  loop->turns_left -= turns;
  return LeaveLoop(*loop, frame) ? -1 : loop->turns_left;
}

Value StateAt(const Loop& loop, size_t index, const Word* frame) {
  const Loop::State& state = loop.state[index];
  return Boxed(*loop.code->machine, state.rep, state.type, frame + state.slot);
}

bool LeaveLoop(Loop& loop, Word* frame) {
  const Code& code = *loop.code;
  const MachineCode run =
      code.machine->tiers->AtTurn(loop, frame, static_cast<uint32_t>(Depth(frame)));
  if (run == nullptr) {
    return false;
  }
  const size_t count = loop.state.size();
  Value* values = static_cast<Value*>(alloca((count + 1) * sizeof(Value)));
  for (size_t i = 0; i < count; ++i) {
    const Loop::State& state = loop.state[i];
    Word* slot = frame + state.slot;
    values[i] = StateAt(loop, i, frame);
    switch (state.take) {
      case Loop::Take::Borrow:
        break;
      case Loop::Take::Retain:
        if (LAB_MUTANT(701, true, false)) {
          runtime::Retain(values[i]);
        }
        break;
      case Loop::Take::Move:
      case Loop::Take::Exchange:
        // A loop's variable may be part of its position too.
        if (LAB_MUTANT(704, runtime::IsCounted(state.rep), false)) {
          std::fill_n(slot, WordsOf(state.rep), Word{});
        }
        break;
    }
  }
  const Value result = Run(code, run, frame, values);
  for (size_t i = 0; i < count; ++i) {
    const Loop::State& state = loop.state[i];
    if (state.take == Loop::Take::Exchange) {
      StoreValue(state.rep, frame + state.slot, values[i]);
    }
  }
  StoreValue(loop.result, frame + loop.result_slot, result);
  return true;
}

runtime::Outcome CallFromMachineCode(Machine& machine, infer::VersionId version, uint32_t depth,
                                     std::span<const Value> args) {
  const Code* code = machine.CodeOf(version);
  Word* frame = machine.free_words + kHeaderWords;
  CallerNode(frame) = nullptr;
  Depth(frame) = LAB_MUTANT(703, depth, 1);
  for (size_t i = 0; i < args.size(); ++i) {
    StoreValue(code->params[i].rep, frame + code->params[i].slot, runtime::Retain(args[i]));
  }
  runtime::Outcome outcome;
  Word* const outer = machine.free_words;
  try {
    Word words[2] = {};
    RunInto(code, frame, words);
    outcome.value = Boxed(machine, code->result, machine.inference.Get(version).result, words);
  } catch (Unwind& unwind) {
    outcome.error = std::move(unwind.error);
  }
  machine.free_words = outer;
  return outcome;
}

}  // namespace interp
