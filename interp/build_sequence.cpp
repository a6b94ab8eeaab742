// Sequences that are consumed where they stand. Producers push: each stage
// runs the next as its body, so `sum(map(f, filter(g, range(n))))` becomes one
// loop and nothing is stored. Sequences that were stored go through dynamic.h.

#include "interp/builder.h"
#include "interp/sequence_nodes.h"

namespace interp {
using runtime::Object;
using runtime::TypeKind;

void Builder::Boundary(Chain inner, Chain& out) {
  out.nodes.push_back(New(&BoundaryNode, {Ptr(Finish(inner))}, {}));
}

TypeId Builder::ElementType(const Expr& source) { return inference_.ElementOf(TypeOf(source)); }

void Builder::StatementFor(const frontend::ForExpr& e, Chain& out) {
  const Slot target = LocalSlot(e.variable.id);
  KeepState(e, {});
  AddRoot(e, out, [&](Chain& loop) {
    if (PushesDirectly(*e.source)) {
      PushTo(*e.source, target, e.source->span, loop, [&](Chain& body) {
        CountHere(NodesIn(*e.body), body);
        Statement(*e.body, {}, body);
      });
      return;
    }
    Chain stages;
    PushTo(*e.source, target, e.source->span, stages, [&](Chain& body) {
      body.nodes.push_back(New(&LoopBody, {Ptr(Region(*e.body, {}))}, {}));
    });
    Boundary(std::move(stages), loop);
  });
  if (target.rep == Rep::Ref || target.rep == Rep::Value) {
    ReleaseSlots({target}, out);
  }
}

void Builder::PushTo(const Expr& source, const Slot& target, Span at, Chain& out,
                     const std::function<void(Chain&)>& body) {
  Push(source, &target, at, out, [&](const Piece& element, Chain& inner) {
    const bool there = element.form == Form::Local && element.slot == target.at;
    if (!there) {
      Deliver(element, at, {Dest::Kind::Slot, target.at, target.type}, inner);
    }
    body(inner);
  });
}

void Builder::SetExecByRep(Node* node, Rep rep, const std::array<ExecFn, kRepCount>& functions) {
  node->exec = functions[static_cast<size_t>(rep)];
}

// False for the calls that Push takes apart.
bool Builder::IsPlainSource(const Expr& source) const {
  const auto* call = frontend::DynCast<frontend::CallExpr>(source);
  BuiltinKind kind;
  return call == nullptr || !IsBuiltin(*call->callee, &kind) ||
         (kind != BuiltinKind::Range && kind != BuiltinKind::Map && kind != BuiltinKind::Filter);
}

bool Builder::PushesInPlace(const Expr& source) const {
  const auto* generator = frontend::DynCast<frontend::ComprehensionExpr>(source);
  return !IsPlainSource(source) || (generator != nullptr && !generator->is_list &&
                                    resolution_.function_of_expr[source.id] == 0);
}

// True when the source is one loop, whose `break` is the `for`'s own.
bool Builder::PushesDirectly(const Expr& source) const {
  if (const auto* call = frontend::DynCast<frontend::CallExpr>(source)) {
    BuiltinKind kind;
    if (IsBuiltin(*call->callee, &kind)) {
      return kind == BuiltinKind::Range;
    }
    const frontend::Ref ref = RefOf(*call->callee);
    return ref.kind != frontend::RefKind::Function || !resolution_.functions[ref.index].yields;
  }
  const auto* generator = frontend::DynCast<frontend::ComprehensionExpr>(source);
  return generator == nullptr || generator->is_list || resolution_.function_of_expr[source.id] != 0;
}

void Builder::Push(const Expr& source, const Slot* target, Span at, Chain& out, const Body& body) {
  if (const auto* call = frontend::DynCast<frontend::CallExpr>(source)) {
    BuiltinKind kind;
    if (IsBuiltin(*call->callee, &kind)) {
      if (kind == BuiltinKind::Range && PushRange(*call, target, out, body)) {
        return;
      }
      if (kind == BuiltinKind::Map || kind == BuiltinKind::Filter) {
        PushStage(*call, kind, target, at, out, body);
        return;
      }
    } else if (PushGenerator(*call, target, at, out, body)) {
      return;
    }
  }
  const auto* generator = frontend::DynCast<frontend::ComprehensionExpr>(source);
  if (generator != nullptr && !generator->is_list && resolution_.function_of_expr[source.id] == 0) {
    PushClauses(*generator, 0, out, [&](Chain& inner) {
      CountHere(NodesIn(*generator->element), inner);
      body(Build(*generator->element, &inner), inner);
    });
    return;
  }
  // The place of the elements is taken first: the frames of what the source
  // calls lie above it.
  const ElementPlace place = PlaceFor(ElementType(source), target);
  PushPiece(source, Build(source, &out), place, at, out, body);
}

Builder::ElementPlace Builder::PlaceFor(TypeId element, const Slot* target) {
  if (target != nullptr && target->rep != Rep::Unit) {
    return {*target, false};
  }
  // Elements without words of their own still need a place to arrive.
  return {NewTemp(RepOf(element) == Rep::Unit ? runtime::kAny : element), true};
}

bool Builder::PushRange(const frontend::CallExpr& e, const Slot* target, Chain& out,
                        const Body& body) {
  std::vector<const Expr*> values;
  for (const frontend::Argument& argument : e.args) {
    if (TypeOf(*argument.value) != runtime::kInt) {
      return false;
    }
    values.push_back(argument.value);
  }
  if (target != nullptr && target->rep != Rep::Int) {
    return false;
  }
  const Slot slot = target != nullptr ? *target : NewTemp(runtime::kInt);
  std::vector<Piece> pieces = BuildAll(values, &out);
  Piece first = pieces[0];
  if (pieces.size() == 1) {
    first = {};
    first.form = Form::Const;
    first.rep = Rep::Int;
    first.type = runtime::kInt;
  }
  const Piece& last = pieces.size() == 1 ? pieces[0] : pieces[1];
  const bool stepped = pieces.size() == 3;
  const Node* first_node = EmitInt(first);
  const Node* last_node = EmitInt(last);
  const Node* step_node = stepped ? EmitInt(pieces[2]) : end_;
  if (IsCounted(e)) {
    out.nodes.push_back(NewCountedRange(e, slot, first_node, last_node, step_node, body));
    return true;
  }
  Chain inner;
  body(SlotPiece(slot, Form::Local), inner);
  out.nodes.push_back(New(
      stepped ? &ForRange<false> : &ForRange<true>,
      {Int(slot.at), Ptr(Finish(inner)), Self(), Ptr(first_node), Ptr(last_node), Ptr(step_node)},
      {e.span}));
  return true;
}

void Builder::PushPiece(const Expr& source, Piece value, const ElementPlace& place, Span at,
                        Chain& out, const Body& body) {
  const size_t before = out.nodes.size();
  const Slot& slot = place.slot;
  const bool is_list = types_.Kind(value.type) == TypeKind::List && value.rep == Rep::Ref;
  Chain inner;
  Node* node;
  if (IsCounted(source)) {
    node = NewCountedPiece(source, EmitRef(value), slot, at, body);
  } else if (is_list && RepOf(types_.Element(value.type)) == slot.rep) {
    const Node* list = EmitRef(value);
    body(SlotPiece(slot, Form::Local), inner);
    node = New(4, std::span(&at, 1));
    node->o()[0] = Int(slot.at);
    node->o()[1] = Ptr(Finish(inner));
    node->o()[2] = Self();
    node->o()[3] = Ptr(list);
    SetExecByRep(node, slot.rep,
                 {&ForList<Value>, &ForList<int64_t>, &ForList<double>, &ForList<bool>,
                  &ForList<Object*>, &ForList<Value>});
  } else {
    const Node* boxed = EmitValue(value);
    const uint32_t base = Reserve(kHeaderWords) + kHeaderWords;
    body(SlotPiece(slot, Form::Local), inner);
    node = New(&ForValue,
               {Int(base), Ptr(Finish(inner)), Int(slot.at), Ptr(boxed),
                Int(static_cast<int64_t>(slot.rep))},
               {at});
  }
  out.nodes.push_back(node);
  if (place.is_own && (slot.rep == Rep::Ref || slot.rep == Rep::Value)) {
    HoldFrom(before, {slot}, out);
  }
}

void Builder::PushStage(const frontend::CallExpr& e, BuiltinKind kind, const Slot* target, Span at,
                        Chain& out, const Body& body) {
  const Expr& source = *e.args[1].value;
  // The function is evaluated before the source, and held for the whole loop. Its place and the
  // element's are taken first: the frames of what it calls lie above them.
  const bool filters = kind == BuiltinKind::Filter;
  const bool new_slot = !filters || target == nullptr;
  const Slot own = new_slot ? NewTemp(ElementType(source)) : *target;
  const uint32_t function_at = Reserve(WordsOf(Rep::Value));
  const size_t before = out.nodes.size();
  Piece function = Build(*e.args[0].value, &out);
  const TypeKind function_kind = types_.Kind(function.type);
  if (function_kind != TypeKind::Function && function_kind != TypeKind::Builtin &&
      function_kind != TypeKind::Lambda) {
    function = NodePiece(NewStageCheck(EmitValue(function), kind, 0, e.span), runtime::kAny);
  }
  std::vector<Slot> held;
  if (function.rep == Rep::Ref || function.rep == Rep::Value) {
    const Slot slot{function_at, function.rep, function.type};
    out.nodes.push_back(EmitStore(function, slot));
    held.push_back(slot);
    function = SlotPiece(slot, Form::Local);
  } else if (function.node != nullptr || function.statement != nullptr) {
    out.nodes.push_back(EmitDiscard(function));
    function = UnitPiece(function.type);
  }
  if (new_slot && (own.rep == Rep::Ref || own.rep == Rep::Value)) {
    held.push_back(own);
  }
  KeepFunction(e, function);
  const auto stage = [&](Chain& inner) {
    const Piece result = CallOnSlot(function, own, at);
    if (!filters) {
      body(result, inner);
      return;
    }
    const Path kept = NewPath();
    body(SlotPiece(own, Form::Local), *kept);
    AddIf(Condition(result, at), kept, nullptr, inner);
  };
  const TypeKind source_kind = types_.Kind(TypeOf(source));
  if (source_kind == TypeKind::Seq || source_kind == TypeKind::List ||
      source_kind == TypeKind::Str || !IsPlainSource(source)) {
    PushTo(source, own, at, out, stage);
  } else {
    const Piece checked =
        NodePiece(NewStageCheck(EmitValue(Build(source, &out)), kind, 1, e.span), runtime::kAny);
    PushPiece(source, checked, {own, false}, at, out,
              [&](const Piece&, Chain& inner) { stage(inner); });
  }
  if (!held.empty()) {
    HoldFrom(before, held, out);
  }
}

Piece Builder::CallOnSlot(const Piece& function, const Slot& argument, Span span) {
  const runtime::Type& type = types_.Get(function.type);
  const Piece element = SlotPiece(argument, Form::Local);
  if (type.kind == TypeKind::Function || type.kind == TypeKind::Lambda) {
    const frontend::Function& callee = resolution_.functions[type.index];
    if (callee.param_count == 1 && callee.kind != frontend::FunctionKind::Extern &&
        !callee.yields) {
      const frontend::Param& param = callee.params()[0];
      const TypeId accepted = inference_.Accept(param.type, element.type);
      if (accepted != runtime::kNever) {
        std::vector<TypeId> types{accepted};
        types.insert(types.end(), type.args.begin(), type.args.end());
        Code* code = machine_.CodeOf(inference_.Request(type.index, types));
        const uint32_t start = cursor_;
        const uint32_t base = ReserveCallee(*code);
        Chain before;
        if (function.rep == Rep::Ref && !type.args.empty()) {
          before.nodes.push_back(NewCopyCaptures(EmitRef(function), base, code));
        }
        const Piece checked = Declared(element, param.type, accepted, param.binding.name, span);
        Piece result = EmitCall(code, base, span, {checked}, {0}, std::move(before));
        cursor_ = start;
        return result;
      }
    }
  }
  if (type.kind == TypeKind::Builtin) {
    std::vector<Piece> args{element};
    Piece result;
    if (BuildMath(static_cast<BuiltinKind>(type.index), span, args, &result)) {
      return result;
    }
  }
  return NewDynamicCall(EmitValue(function), {EmitValue(element)}, {span});
}

bool Builder::PushGenerator(const frontend::CallExpr& e, const Slot* target, Span at, Chain& out,
                            const Body& body) {
  const frontend::Ref ref = RefOf(*e.callee);
  const infer::VersionId version = inference_.Callee(version_, e);
  if (ref.kind != frontend::RefKind::Function || version == infer::kNoVersion ||
      !resolution_.functions[ref.index].yields) {
    return false;
  }
  const TypeId type = inference_.Get(version).yielded;
  const Rep yielded = RepOf(type);
  if (yielded == Rep::Unit || (target != nullptr && yielded != target->rep)) {
    return false;
  }
  const size_t before = out.nodes.size();
  const Slot slot = target != nullptr ? *target : NewTemp(type);
  const frontend::Function& function = resolution_.functions[ref.index];
  Code* code = machine_.CodeOf(version);
  const uint32_t base = ReserveCallee(*code);
  const std::vector<frontend::BoundArgument> bound = BindArguments(resolution_, e, function);
  const std::vector<Piece> pieces = BuildArguments(bound, function.decl->params, &out);
  Chain arguments;
  for (size_t i = 0; i < pieces.size(); ++i) {
    const Code::Param& param = code->params[bound[i].param];
    arguments.nodes.push_back(
        EmitInit(As(pieces[i], param.type), {base + param.slot, param.rep, param.type}));
  }
  // What the body keeps above `base` overlaps the generator's frame: yield puts
  // that aside while the body runs.
  Chain inner;
  body(SlotPiece(slot, Form::Local), inner);
  Node* node = New(5, std::span(&at, 1));
  node->o()[0] = Int(base);
  node->o()[1] = {.code = code};
  node->o()[2] = Ptr(Finish(arguments));
  node->o()[3] = Int(slot.at);
  node->o()[4] = Ptr(Finish(inner));
  SetExecByRep(node, yielded,
               {&ForGenerator<Status>, &ForGenerator<int64_t>, &ForGenerator<double>,
                &ForGenerator<bool>, &ForGenerator<Object*>, &ForGenerator<Value>});
  out.nodes.push_back(node);
  if (target == nullptr && (slot.rep == Rep::Ref || slot.rep == Rep::Value)) {
    HoldFrom(before, {slot}, out);
  }
  return true;
}

void Builder::PushClauses(const frontend::ComprehensionExpr& e, size_t at, Chain& out,
                          const std::function<void(Chain&)>& body) {
  if (at == e.clauses.size()) {
    body(out);
    return;
  }
  const frontend::Clause& clause = e.clauses[at];
  if (at > 0) {
    CountHere(NodesIn(*clause.source), out);
  }
  if (!clause.is_for) {
    const Path kept = NewPath();
    PushClauses(e, at + 1, *kept, body);
    AddChoice(*clause.source, kept, nullptr, out);
    return;
  }
  const Slot target = LocalSlot(clause.variable.id);
  const auto next = [&](Chain& inner) { PushClauses(e, at + 1, inner, body); };
  const bool stored = function_.generator == &e && at == 0;
  const size_t before = out.nodes.size();
  if (stored) {
    // The first source was evaluated when the generator was made.
    PushPiece(*clause.source, SlotPiece(locals_[0], Form::Local), PlaceFor(target.type, &target),
              clause.source->span, out, [&](const Piece&, Chain& inner) { next(inner); });
  } else {
    PushTo(*clause.source, target, clause.source->span, out, next);
  }
  if (target.rep == Rep::Ref || target.rep == Rep::Value) {
    if (entries_.empty()) {
      ReleaseSlots({target}, out);
    } else {
      HoldFrom(before, {target}, out);  // going over leaves the chain
    }
  }
}

void Builder::Yield(Piece element, Chain& out) {
  const Rep rep = RepOf(version_.yielded);
  Node* node = New(2, {});
  node->o()[0] = Ptr(Emit(As(element, version_.yielded), rep));
  node->o()[1] = {.code = &code_};
  SetExecByRep(node, rep,
               {&YieldNode<Status>, &YieldNode<int64_t>, &YieldNode<double>, &YieldNode<bool>,
                &YieldNode<Object*>, &YieldNode<Value>});
  out.nodes.push_back(node);
}

Piece Builder::BuildStoredGenerator(const frontend::ComprehensionExpr& e, Chain* pre) {
  const frontend::FunctionId id = resolution_.function_of_expr[e.id];
  const frontend::Function& function = resolution_.functions[id];
  std::vector<Piece> pieces{Build(*e.clauses[0].source, pre)};
  std::vector<uint32_t> params{0};
  for (const frontend::Capture& capture : function.captures) {
    pieces.push_back(SlotPiece(locals_[capture.outer.index], Form::Local));
    params.push_back(static_cast<uint32_t>(params.size()));
  }
  return SequenceOf(id, TypeOf(e), e.span, pieces, params);
}

}  // namespace interp
