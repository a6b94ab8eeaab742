// Loops that another tier can take over while they run: they keep in the frame where they are, and
// count their turns. Tests: tests/tiered, tests/golden on `tiered`.

#include "interp/builder.h"
#include "interp/sequence_nodes.h"
#include "interp/tiers.h"

namespace interp {
namespace {

using infer::LoopKind;
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
  position[0].i = last;
  if constexpr (!StepIsOne) {
    position[1].i = step;
  }
  if constexpr (!StepIsOne) {
    position[0].bits = count;
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
// the list and the index, o[5] loop.
template <typename T>
Status CountedList(const Node* n, Word* f) {
  const Operand* o = n->o();
  runtime::Context* context = &o[2].machine->context;
  List* list = static_cast<List*>(o[3].node->eval_ref(o[3].node, f));
  const Node* body = o[1].node;
  Word* position = f + o[4].i;
  position[0].object = list;
  Status status = Status::Normal;
  TurnCount turns(o[5].loop);
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

}  // namespace

void Builder::FindLoops() {
  if (machine_.tiers == nullptr) {
    return;
  }
  code_.loop_entries = infer::FindLoopEntries(machine_.program, inference_, version_);
  code_.loops.clear();
  for (uint32_t i = 0; i < code_.loop_entries.entries.size(); ++i) {
    code_.loops.push_back(std::make_unique<Loop>());
    code_.loops.back()->code = &code_;
    code_.loops.back()->entry = i;
  }
}

int Builder::EntryOf(const Expr& loop) const {
  const std::vector<infer::LoopEntry>& entries = code_.loop_entries.entries;
  for (size_t i = 0; i < entries.size(); ++i) {
    if (&entries[i].loop() == &loop) {
      return static_cast<int>(i);
    }
  }
  return -1;
}

Loop* Builder::LoopAt(int index, uint32_t position) {
  const infer::LoopEntry& entry = code_.loop_entries.entries[static_cast<size_t>(index)];
  Loop& loop = *code_.loops[static_cast<size_t>(index)];
  const auto add = [&](uint32_t slot, Rep rep, TypeId type, Loop::Take take) {
    loop.state.push_back({slot, rep, type, take});
  };
  for (const Code::Param& param : code_.params) {
    add(param.slot, param.rep, param.type, Loop::Take::Copy);
  }
  for (const frontend::LocalId local : entry.locals) {
    const Slot& slot = locals_[local];
    add(slot.at, slot.rep, slot.type,
        runtime::IsCounted(slot.rep) ? Loop::Take::Move : Loop::Take::Copy);
  }
  positions_[entry.path.back().loop] = position;
  for (const infer::LoopStep& step : entry.path) {
    const uint32_t at = positions_.at(step.loop);
    const auto add_int = [&](uint32_t slot) {
      add(slot, Rep::Int, runtime::kInt, Loop::Take::Copy);
    };
    switch (step.kind) {
      case LoopKind::While:
        break;
      case LoopKind::Range:
      case LoopKind::Steps:
        add_int(LocalSlot(frontend::Cast<frontend::ForExpr>(*step.loop).variable.id).at);
        add_int(at);
        if (step.kind == LoopKind::Steps) {
          add_int(at + 1);
        }
        break;
      case LoopKind::List:
        add(at, Rep::Ref, TypeOf(*frontend::Cast<frontend::ForExpr>(*step.loop).source),
            Loop::Take::Retain);
        add_int(at + 1);
        break;
    }
  }
  return &loop;
}

Loop* Builder::LoopOf(const frontend::WhileExpr& e) {
  const int entry = EntryOf(e);
  return entry >= 0 ? LoopAt(entry, 0) : nullptr;
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

void Builder::StatementCountedFor(const frontend::ForExpr& e, int entry, Chain& out) {
  const Slot target = LocalSlot(e.variable.id);
  const LoopKind kind = code_.loop_entries.entries[static_cast<size_t>(entry)].path.back().kind;
  const auto body = [&] {
    Chain turn;
    CountHere(NodesIn(*e.body), turn);
    Statement(*e.body, {}, turn);
    return Finish(turn);
  };
  if (kind == LoopKind::List) {
    const Node* list = EmitRef(Build(*e.source, &out));
    const uint32_t position = Reserve(infer::PositionWords(kind));
    Loop* loop = LoopAt(entry, position);
    Node* node = New(6, std::span(&e.source->span, 1));
    node->o()[0] = Int(target.at);
    node->o()[1] = Ptr(body());
    node->o()[2] = Self();
    node->o()[3] = Ptr(list);
    node->o()[4] = Int(position);
    node->o()[5].loop = loop;
    SetExecByRep(node, target.rep,
                 {&CountedList<Value>, &CountedList<int64_t>, &CountedList<double>,
                  &CountedList<bool>, &CountedList<Object*>, &CountedList<Value>});
    out.nodes.push_back(node);
    return;
  }
  const auto& call = frontend::Cast<frontend::CallExpr>(*e.source);
  std::vector<const Expr*> values;
  for (const frontend::Argument& argument : call.args) {
    values.push_back(argument.value);
  }
  const std::vector<Piece> pieces = BuildAll(values, &out);
  Piece zero;
  zero.form = Form::Const;
  zero.rep = Rep::Int;
  zero.type = runtime::kInt;
  const Node* first = EmitInt(pieces.size() == 1 ? zero : pieces[0]);
  const Node* last = EmitInt(pieces.size() == 1 ? pieces[0] : pieces[1]);
  const bool has_step = kind == LoopKind::Steps;
  const Node* step = has_step ? EmitInt(pieces[2]) : end_;
  const uint32_t position = Reserve(infer::PositionWords(kind));
  Loop* loop = LoopAt(entry, position);
  out.nodes.push_back(New(has_step ? &CountedRange<false> : &CountedRange<true>,
                          {Int(target.at), Ptr(body()), Self(), Ptr(first), Ptr(last), Ptr(step),
                           Int(position), {.loop = loop}},
                          {call.span}));
}

}  // namespace interp
