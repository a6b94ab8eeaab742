// Loops that another tier can take over while they run: they keep in the frame where they are, and
// count their turns. Tests: tests/tiered, tests/golden on `tiered`.

#include <algorithm>

#include "frontend/check.h"
#include "interp/builder.h"
#include "interp/sequence_nodes.h"
#include "interp/tiers.h"

namespace interp {
namespace {

using infer::StepKind;
using runtime::Object;

// For a loop whose own node does not count. o[0] loop.
Status Turn(const Node* n, Word* f) {
  Loop* loop = n->o()[0].loop;
  if (--loop->turns_left < 0 && LeaveLoop(*loop, f)) [[unlikely]] {
    return Status::Return;
  }
  return Next(n, f);
}

// ForRange with its position in slots. o[0] slot, o[1] body, o[2] machine, o[3] first, o[4] last,
// o[5] step, o[6] slot of the end; with a step, of the turns left and the step; o[7] loop.
template <bool StepIsOne>
Status CountedRange(const Node* n, Word* f) {
  const Operand* o = n->o();
  runtime::Context* context = &o[2].machine->context;
  const int64_t first = o[3].node->eval_int(o[3].node, f);
  const int64_t last = o[4].node->eval_int(o[4].node, f);
  const int64_t step = StepIsOne ? 1 : o[5].node->eval_int(o[5].node, f);
  if (!StepIsOne && step == 0) [[unlikely]] {
    context->failure = runtime::RangeStepText();
    Raise(n, 0, f);
  }
  const Node* body = o[1].node;
  Word* slot = f + o[0].i;
  Word* position = f + o[6].i;
  uint64_t at = static_cast<uint64_t>(first);
  uint64_t count = StepIsOne ? (first < last ? static_cast<uint64_t>(last) - at : 0)
                             : RangeCount(first, last, step);
  if constexpr (StepIsOne) {
    position[0].i = last;
  } else {
    position[0].bits = count;
    position[1].i = step;
  }
  while (count > 0) {
    slot->i = static_cast<int64_t>(at);
    uint64_t turns = TurnsToDo(*o[7].loop, count, f);
    if (turns == 0) [[unlikely]] {
      return Status::Return;
    }
    count -= turns;
    for (; turns > 0; --turns) {
      slot->i = static_cast<int64_t>(at);
      Status status = body->exec(body, f);
      if (status != Status::Normal && Leaves(&status)) [[unlikely]] {
        o[7].loop->turns_left += static_cast<int64_t>(turns - 1);
        return status == Status::Normal ? Next(n, f) : status;
      }
      Poll(n, 0, f, context);
      at += static_cast<uint64_t>(step);
      if constexpr (!StepIsOne) {
        --position[0].bits;
      }
    }
  }
  return Next(n, f);
}

template <typename T>
void PutElement(runtime::Context& context, const List* list, uint64_t i, Word* slot) {
  if constexpr (std::is_same_v<T, int64_t>) {
    slot->i = list->ints()[i];
  } else if constexpr (std::is_same_v<T, double>) {
    slot->d = list->floats()[i];
  } else if constexpr (std::is_same_v<T, bool>) {
    slot->bits = list->bools()[i];
  } else if constexpr (std::is_same_v<T, Object*>) {
    Object* old = slot->object;
    slot->object = runtime::Retain(list->objects()[i]);
    if (old != nullptr) {
      runtime::Release(old);
    }
  } else {
    const Value old = Eval<Value>::Get(slot);
    Eval<Value>::Put(slot, runtime::ElementAt(context, list, i));
    runtime::Release(old);
  }
}

// ForList with its position in slots: o[0] slot, o[1] body, o[2] machine, o[3] list, o[4] slot of
// the list and the index, o[5] rep of the slot, o[6] loop.
template <typename T>
Status CountedList(const Node* n, Word* f) {
  const Operand* o = n->o();
  runtime::Context* context = &o[2].machine->context;
  List* list = static_cast<List*>(o[3].node->eval_ref(o[3].node, f));
  const Node* body = o[1].node;
  Word* position = f + o[4].i;
  position[0].object = list;
  Status status = Status::Normal;
  TurnCount turns(o[6].loop);
  for (uint64_t i = 0; i < list->size; ++i) {
    PutElement<T>(*context, list, i, f + o[0].i);
    position[1].bits = i;
    if (turns.Leaves(f)) [[unlikely]] {
      status = Status::Return;
      break;
    }
    status = body->exec(body, f);
    if (status != Status::Normal) [[unlikely]] {
      if (Leaves(&status)) {
        break;
      }
      status = Status::Normal;
    }
    Poll(n, 0, f, context);
  }
  turns.End();
  runtime::Release(list);
  return status == Status::Normal ? Next(n, f) : status;
}

// The same for a string: o[0] slot, o[1] body, o[2] machine, o[3] string, o[4] slot of the string
// and the offset, o[5] rep of the slot, o[6] loop.
Status CountedStr(const Node* n, Word* f) {
  const Operand* o = n->o();
  runtime::Context* context = &o[2].machine->context;
  auto* str = static_cast<runtime::Str*>(o[3].node->eval_ref(o[3].node, f));
  const Node* body = o[1].node;
  Word* position = f + o[4].i;
  position[0].str = str;
  Status status = Status::Normal;
  TurnCount turns(o[6].loop);
  for (uint64_t offset = 0; offset < str->size_bytes;) {
    Poll(n, 0, f, context);
    position[1].bits = offset;
    runtime::Str* piece = runtime::NextCodePoint(*context, str, &offset);
    if (piece == nullptr) [[unlikely]] {
      Raise(n, 0, f);
    }
    Word* slot = f + o[0].i;
    if (static_cast<Rep>(o[5].i) == Rep::Ref) {
      Object* old = slot->object;
      slot->object = piece;
      if (old != nullptr) {
        runtime::Release(old);
      }
    } else {
      const Value old = Eval<Value>::Get(slot);
      Eval<Value>::Put(slot, Value::Of(piece));
      runtime::Release(old);
    }
    if (turns.Leaves(f)) [[unlikely]] {
      status = Status::Return;
      break;
    }
    status = body->exec(body, f);
    if (status != Status::Normal) [[unlikely]] {
      if (Leaves(&status)) {
        break;
      }
      status = Status::Normal;
    }
  }
  turns.End();
  runtime::Release(str);
  return status == Status::Normal ? Next(n, f) : status;
}

// A loop that nothing but going over can leave: o[0] chain.
Status Root(const Node* n, Word* f) {
  n->o()[0].node->exec(n->o()[0].node, f);
  return Next(n, f);
}

}  // namespace

void Builder::FindLoops() {
  if (machine_.tiers == nullptr) {
    return;
  }
  code_.loop_entries = infer::FindLoopEntries(machine_.program, inference_, version_);
  code_.loops.clear();
  for (uint32_t i = 0; i < code_.loop_entries.entries.size(); ++i) {
    entries_[&code_.loop_entries.entries[i].source()] = i;
    code_.loops.push_back(std::make_unique<Loop>());
    code_.loops.back()->code = &code_;
    code_.loops.back()->entry = i;
  }
}

bool Builder::LeavesFunction() const {
  const std::vector<infer::LoopEntry>& entries = code_.loop_entries.entries;
  return std::any_of(entries.begin(), entries.end(),
                     [](const infer::LoopEntry& entry) { return entry.root == nullptr; });
}

void Builder::KeepState(const Expr& step, std::initializer_list<Slot> slots) {
  if (entries_.empty()) {
    return;
  }
  std::vector<Loop::State>& words = states_[&step];
  words.clear();
  for (const Slot& slot : slots) {
    words.push_back({slot.at, slot.rep, slot.type, Loop::Take::Move});
  }
}

void Builder::KeepFunction(const Expr& stage, const Piece& function) {
  if (!entries_.empty()) {
    states_[&stage] = {
        {function.slot, function.rep, function.type,
         runtime::IsCounted(function.rep) ? Loop::Take::Retain : Loop::Take::Borrow}};
  }
}

Loop* Builder::LoopAt(const Expr& source) {
  const uint32_t index = entries_.at(&source);
  const infer::LoopEntry& entry = code_.loop_entries.entries[index];
  Loop& loop = *code_.loops[index];
  const auto add = [&](const std::vector<frontend::LocalId>& locals, Loop::Take take) {
    for (const frontend::LocalId local : locals) {
      const Slot& slot = locals_[local];
      loop.state.push_back({slot.at, slot.rep, slot.type, take});
    }
  };
  for (const Code::Param& param : code_.params) {
    loop.state.push_back({param.slot, param.rep, param.type, Loop::Take::Borrow});
  }
  add(entry.kept, Loop::Take::Borrow);
  add(entry.changed, Loop::Take::Exchange);
  add(entry.locals, Loop::Take::Move);
  for (const infer::Step& step : entry.path) {
    const std::vector<Loop::State>& words = states_.at(step.expr);
    LAB_CHECK(words.size() == infer::StateWords(step.kind));
    loop.state.insert(loop.state.end(), words.begin(), words.end());
  }
  const Slot result = entry.root != nullptr ? roots_.at(entry.root) : result_;
  loop.result_slot = result.at;
  loop.result = result.rep;
  return &loop;
}

Loop* Builder::LoopOf(const frontend::WhileExpr& e) {
  if (!entries_.contains(&e)) {
    return nullptr;
  }
  KeepState(e, {});
  return LoopAt(e);
}

Builder::Path Builder::TurnOf(const frontend::WhileExpr& e) {
  Loop* loop = LoopOf(e);
  if (loop == nullptr) {
    return PathOf(*e.body, {});
  }
  Path turn = NewPath();
  turn->nodes.push_back(New(&Turn, {{.loop = loop}}, {}));
  CountHere(NodesIn(*e.body), *turn);
  Statement(*e.body, {}, *turn);
  return turn;
}

void Builder::AddRoot(const Expr& loop, Chain& out, const std::function<void(Chain&)>& build) {
  const std::vector<infer::LoopEntry>& entries = code_.loop_entries.entries;
  if (std::none_of(entries.begin(), entries.end(),
                   [&](const infer::LoopEntry& entry) { return entry.root == &loop; })) {
    build(out);
    return;
  }
  roots_[&loop] = {0, Rep::Unit, runtime::kNone};
  Chain inner;
  build(inner);
  out.nodes.push_back(New(&Root, {Ptr(Finish(inner))}, {}));
}

Node* Builder::NewCountedRange(const frontend::CallExpr& e, const Slot& slot, const Node* first,
                               const Node* last, const Node* step, const Body& body) {
  const bool has_step = e.args.size() == 3;
  const uint32_t position = Reserve(has_step ? 2 : 1);
  const auto word = [](uint32_t at) {
    return Loop::State{at, Rep::Int, runtime::kInt, Loop::Take::Borrow};
  };
  states_[&e] = {word(slot.at), word(position)};
  if (has_step) {
    states_[&e].push_back(word(position + 1));
  }
  Loop* loop = LoopAt(e);
  Chain turn;
  body(SlotPiece(slot, Form::Local), turn);
  return New(has_step ? &CountedRange<false> : &CountedRange<true>,
             {Int(slot.at), Ptr(Finish(turn)), Self(), Ptr(first), Ptr(last), Ptr(step),
              Int(position), {.loop = loop}},
             {e.span});
}

Node* Builder::NewCountedPiece(const Expr& source, const Node* value, const Slot& slot, Span at,
                               const Body& body) {
  const TypeId type = TypeOf(source);
  const uint32_t position = Reserve(2);
  states_[&source] = {{position, Rep::Ref, type, Loop::Take::Retain},
                      {position + 1, Rep::Int, runtime::kInt, Loop::Take::Borrow}};
  Loop* loop = LoopAt(source);
  Chain turn;
  body(SlotPiece(slot, Form::Local), turn);
  Node* node = New(&CountedStr,
                   {Int(slot.at), Ptr(Finish(turn)), Self(), Ptr(value), Int(position),
                    Int(static_cast<int64_t>(slot.rep)), {.loop = loop}},
                   {at});
  if (type != runtime::kStr) {
    SetExecByRep(node, slot.rep,
                 {&CountedList<Value>, &CountedList<int64_t>, &CountedList<double>,
                  &CountedList<bool>, &CountedList<Object*>, &CountedList<Value>});
  }
  return node;
}

}  // namespace interp
