// What consumes a sequence at once: sum, min, max, any, all, list, join and
// list comprehensions. Each is a loop with a hidden slot for its result.

#include "interp/builder.h"
#include "interp/dynamic.h"
#include "interp/list_nodes.h"
#include "interp/sequence_nodes.h"

namespace interp {
namespace {

using runtime::Str;
using runtime::TypeKind;

// o[0] chain, o[1] slot of the result, which is moved out.
template <typename T>
T ResultAfter(const Node* n, Word* f) {
  n->o()[0].node->exec(n->o()[0].node, f);
  return Eval<T>::Get(f + n->o()[1].i);
}

// Raises unless something was consumed: o[0] flag, o[1] kind.
Status CheckAny(const Node* n, Word* f) {
  if (f[n->o()[0].i].bits == 0) [[unlikely]] {
    n->sites->machine->context.failure = runtime::EmptyText(static_cast<BuiltinKind>(n->o()[1].i));
    Raise(n, 0, f);
  }
  return Next(n, f);
}

// Keeps the smaller or larger, the first of equals: o[0] slot, o[1] flag, o[2] element.
template <typename T, bool Max>
Status KeepBetter(const Node* n, Word* f) {
  const Operand* o = n->o();
  const T element = Eval<T>::Run(o[2].node, f);
  const T kept = Eval<T>::Get(f + o[0].i);
  if (f[o[1].i].bits == 0 || (Max ? element > kept : element < kept)) {
    Eval<T>::Put(f + o[0].i, element);
    f[o[1].i].bits = 1;
  }
  return Next(n, f);
}

// sum, min and max on boxed values: o[0] slot, o[1] flag, o[2] element, o[3] kind.
Status FoldBoxed(const Node* n, Word* f) {
  const Operand* o = n->o();
  runtime::Context& context = n->sites->machine->context;
  const auto kind = static_cast<BuiltinKind>(o[3].i);
  const Value element = o[2].node->eval_value(o[2].node, f);
  if (kind == BuiltinKind::Sum) {
    CheckSummand({n, f, 0}, element);
  }
  Word* slot = f + o[0].i;
  if (f[o[1].i].bits == 0) {
    f[o[1].i].bits = 1;
    Eval<Value>::Put(slot, element);
    return Next(n, f);
  }
  const Value kept = Eval<Value>::Get(slot);
  Value result;
  const bool done = kind == BuiltinKind::Sum
                        ? runtime::Binary(context, BinaryOp::Add, kept, element, &result)
                        : runtime::Choose(context, static_cast<frontend::BuiltinId>(kind), kept,
                                          element, &result);
  if (!done) [[unlikely]] {
    Raise(n, 0, f);
  }
  runtime::Release(kept);
  runtime::Release(element);
  Eval<Value>::Put(slot, result);
  return Next(n, f);
}

Value CheckStart(const Node* n, Word* f) {
  const Value start = n->o()[0].node->eval_value(n->o()[0].node, f);
  CheckSummand({n, f, 0}, start);
  return start;
}

Status StopNode(const Node*, Word*) { return Status::Stop; }

// o[0] element type.
Object* EmptyList(const Node* n, Word* f) {
  runtime::Context& context = n->sites->machine->context;
  List* list = context.heap.NewList(static_cast<TypeId>(n->o()[0].i), 0);
  if (list == nullptr) [[unlikely]] {
    context.FailMemory();
    Raise(n, 0, f);
  }
  return list;
}

// o[0] slot of the list, then the element.
template <typename S>
Status CollectShape(const Node* n, Word* f) {
  using T = typename S::Type;
  const Operand* o = n->o();
  const T element = S::template Run<0>(n, o + 1, f);
  List* list = f[o[0].i].list;
  runtime::Context& context = n->sites->machine->context;
  bool done;
  if constexpr (std::is_same_v<T, int64_t>) {
    done = runtime::AppendInt(context, list, element);
  } else if constexpr (std::is_same_v<T, double>) {
    done = runtime::AppendFloat(context, list, element);
  } else if constexpr (std::is_same_v<T, bool>) {
    done = runtime::AppendBool(context, list, element);
  } else if constexpr (std::is_same_v<T, Object*>) {
    done = runtime::AppendObject(context, list, element);
  } else {
    done = runtime::Append(context, list, element);
    runtime::Release(element);
  }
  if (!done) [[unlikely]] {
    Raise(n, 0, f);
  }
  return Next(n, f);
}

Object* EmptyStr(const Node* n, Word* f) {
  runtime::Context& context = n->sites->machine->context;
  Str* str = context.heap.NewStr("", 0);
  if (str == nullptr) [[unlikely]] {
    context.FailMemory();
    Raise(n, 0, f);
  }
  return str;
}

// o[0] value: a str or a Type failure of join's first argument.
Object* Separator(const Node* n, Word* f) {
  const Value value = n->o()[0].node->eval_value(n->o()[0].node, f);
  if (value.tag != runtime::Tag::Str) [[unlikely]] {
    runtime::Context& context = n->sites->machine->context;
    context.failure = runtime::ArgumentText(BuiltinKind::Join, "a str first",
                                            runtime::DescribeType(context, value));
    Raise(n, 0, f);
  }
  return value.object;
}

void AppendOrRaise(const Node* n, Word* f, Word* slot, const Str* text) {
  slot->str =
      runtime::AppendStr(n->sites->machine->context, slot->str, text->view(), text->code_points);
  if (slot->str == nullptr) [[unlikely]] {
    Raise(n, 0, f);
  }
}

// o[0] text, o[1] separator, o[2] flag, o[3] element.
Status JoinStr(const Node* n, Word* f) {
  const Operand* o = n->o();
  Object* element = o[3].node->eval_ref(o[3].node, f);
  if (f[o[2].i].bits != 0) {
    AppendOrRaise(n, f, f + o[0].i, f[o[1].i].str);
  }
  f[o[2].i].bits = 1;
  AppendOrRaise(n, f, f + o[0].i, static_cast<Str*>(element));
  runtime::Release(element);
  return Next(n, f);
}

Status JoinBoxed(const Node* n, Word* f) {
  const Operand* o = n->o();
  const Value element = o[3].node->eval_value(o[3].node, f);
  if (element.tag != runtime::Tag::Str) [[unlikely]] {
    runtime::Context& context = n->sites->machine->context;
    context.failure = runtime::ArgumentText(BuiltinKind::Join, "a sequence of str",
                                            runtime::DescribeType(context, element));
    Raise(n, 0, f);
  }
  if (f[o[2].i].bits != 0) {
    AppendOrRaise(n, f, f + o[0].i, f[o[1].i].str);
  }
  f[o[2].i].bits = 1;
  AppendOrRaise(n, f, f + o[0].i, element.str);
  runtime::Release(element);
  return Next(n, f);
}

// The whole of a list at once: o[0] separator, o[1] list.
Object* JoinList(const Node* n, Word* f) {
  Object* separator = n->o()[0].node->eval_ref(n->o()[0].node, f);
  Object* parts = n->o()[1].node->eval_ref(n->o()[1].node, f);
  Str* joined = runtime::JoinStrs(n->sites->machine->context, static_cast<Str*>(separator),
                                  static_cast<List*>(parts));
  if (joined == nullptr) [[unlikely]] {
    Raise(n, 0, f);
  }
  runtime::Release(separator);
  runtime::Release(parts);
  return joined;
}

// The same of any value: o[0] base, o[1] separator, o[2] source.
Value JoinValue(const Node* n, Word* f) {
  const Operand* o = n->o();
  const Value args[] = {o[1].node->eval_value(o[1].node, f), o[2].node->eval_value(o[2].node, f)};
  const Value joined = ConsumeValue({n, f, o[0].i}, BuiltinKind::Join, args);
  runtime::Release(args[0]);
  runtime::Release(args[1]);
  return joined;
}

Piece BoolConst(bool value) {
  Piece piece;
  piece.form = Form::Const;
  piece.rep = Rep::Bool;
  piece.type = runtime::kBool;
  piece.constant.bits = value ? 1 : 0;
  return piece;
}

}  // namespace

Piece Builder::AfterChain(const Expr& e, Chain chain, const Slot& result, Chain* pre) {
  if (Exits(e)) {
    pre->nodes.insert(pre->nodes.end(), chain.nodes.begin(), chain.nodes.end());
    return SlotPiece(result, Form::Temp);
  }
  Node* node = New(2, {});
  node->o()[0] = Ptr(Finish(chain));
  node->o()[1] = Int(result.at);
  switch (result.rep) {
    case Rep::Int:
      node->eval_int = &ResultAfter<int64_t>;
      break;
    case Rep::Float:
      node->eval_float = &ResultAfter<double>;
      break;
    case Rep::Bool:
      node->eval_bool = &ResultAfter<bool>;
      break;
    case Rep::Ref:
      node->eval_ref = &ResultAfter<Object*>;
      break;
    case Rep::Value:
      node->eval_value = &ResultAfter<Value>;
      break;
    case Rep::Unit:
      LAB_CHECK(false);
  }
  return NodePiece(node, result.type);
}

// Released with the statement when that can be left before AfterChain's value is taken.
Slot Builder::NewResult(const Expr& e, TypeId type) {
  return Exits(e) ? NewSpill(type) : NewTemp(type);
}

Piece Builder::Consume(const frontend::CallExpr& e, BuiltinKind kind, Chain* pre) {
  switch (kind) {
    case BuiltinKind::Sum:
    case BuiltinKind::Min:
    case BuiltinKind::Max:
      return ConsumeFold(e, kind, pre);
    case BuiltinKind::Any:
    case BuiltinKind::All:
      return ConsumeQuantifier(e, kind, pre);
    case BuiltinKind::List:
      return ConsumeList(e, pre);
    default:
      LAB_CHECK(kind == BuiltinKind::Join);
      return ConsumeJoin(e, pre);
  }
}

Piece Builder::ConsumeFold(const frontend::CallExpr& e, BuiltinKind kind, Chain* pre) {
  const Expr& source = *e.args[0].value;
  const bool has_start = e.args.size() > 1;
  const TypeId element = ElementType(source);
  const TypeId type = TypeOf(e);
  const bool number = element == runtime::kInt || element == runtime::kFloat;
  const bool typed =
      number && type == element && (!has_start || TypeOf(*e.args[1].value) == element);
  const Slot result = NewResult(e, typed ? element : runtime::kAny);
  const Slot flag = NewTemp(runtime::kBool);
  Chain chain;
  // The value of an empty box, so that a store finds nothing to release.
  if (!typed) {
    chain.nodes.push_back(EmitInit(UnitPiece(runtime::kNone), result));
  }
  chain.nodes.push_back(EmitStore(BoolConst(has_start), flag));
  const auto start_from = [&](Chain& out) {
    Piece start = Build(*e.args[1].value, &out);
    if (!typed) {
      start = NodePiece(New(&CheckStart, {Ptr(EmitValue(start))}, {e.span}), runtime::kAny);
    }
    out.nodes.push_back(EmitStore(start, result));
  };
  // The start is evaluated after the source and before it is consumed.
  const bool simple_start =
      has_start && !Exits(*e.args[1].value) &&
      (e.args[1].value->kind == frontend::ExprKind::Int ||
       e.args[1].value->kind == frontend::ExprKind::Float || PushesInPlace(source));
  Piece stored;
  if (has_start && !simple_start) {
    stored = Spill(Build(source, &chain), &chain);
  }
  if (has_start) {
    start_from(chain);
  } else if (typed && kind == BuiltinKind::Sum) {
    // -0.0 and 0 leave the first element as it is.
    Piece zero;
    zero.form = Form::Const;
    zero.rep = result.rep;
    zero.type = element;
    if (element == runtime::kFloat) {
      zero.constant.d = -0.0;
    }
    chain.nodes.push_back(EmitStore(zero, result));
  }
  const Body body = [&](const Piece& piece, Chain& inner) {
    if (piece.type == runtime::kNever) {
      inner.nodes.push_back(EmitDiscard(piece));
      return;
    }
    if (typed && kind == BuiltinKind::Sum) {
      const Piece sum =
          Operate(BinaryOp::Add, e.span, SlotPiece(result, Form::Local), As(piece, element));
      inner.nodes.push_back(EmitStore(sum, result));
      if (!has_start) {
        inner.nodes.push_back(EmitStore(BoolConst(true), flag));
      }
    } else if (typed) {
      const bool max = kind == BuiltinKind::Max;
      const ExecFn keep = element == runtime::kInt
                              ? (max ? &KeepBetter<int64_t, true> : &KeepBetter<int64_t, false>)
                              : (max ? &KeepBetter<double, true> : &KeepBetter<double, false>);
      inner.nodes.push_back(
          New(keep, {Int(result.at), Int(flag.at), Ptr(Emit(As(piece, element), result.rep))}, {}));
    } else {
      inner.nodes.push_back(New(
          &FoldBoxed,
          {Int(result.at), Int(flag.at), Ptr(EmitValue(piece)), Int(static_cast<int64_t>(kind))},
          {e.span}));
    }
  };
  KeepState(e, {result, flag});
  KeepResult(e, result);
  if (has_start && !simple_start) {
    PushPiece(source, stored, PlaceFor(element, nullptr), e.span, chain, body);
  } else {
    Push(source, nullptr, e.span, chain, body);
  }
  if (!has_start) {
    chain.nodes.push_back(
        New(&CheckAny, {Int(flag.at), Int(static_cast<int64_t>(kind))}, {e.span}));
  }
  return AfterChain(e, std::move(chain), result, pre);
}

Piece Builder::ConsumeQuantifier(const frontend::CallExpr& e, BuiltinKind kind, Chain* pre) {
  const bool is_any = kind == BuiltinKind::Any;
  const Slot result = NewTemp(runtime::kBool);
  Chain chain;
  chain.nodes.push_back(EmitStore(BoolConst(!is_any), result));
  KeepState(e, {});
  KeepResult(e, result);
  Chain stages;
  Push(*e.args[0].value, nullptr, e.span, stages, [&](const Piece& piece, Chain& inner) {
    const Path found = NewPath();
    found->nodes.push_back(EmitStore(BoolConst(is_any), result));
    found->nodes.push_back(New(&StopNode, {}, {}));
    AddIf(Condition(piece, e.span), is_any ? found : nullptr, is_any ? nullptr : found, inner);
  });
  Boundary(std::move(stages), chain);
  return AfterChain(e, std::move(chain), result, pre);
}

Slot Builder::NewListSlot(const Expr& e, Chain& out) {
  const TypeId list_type = TypeOf(e);
  const bool known = types_.Kind(list_type) == TypeKind::List;
  const TypeId element = known ? types_.Element(list_type) : runtime::kAny;
  const Slot slot = NewResult(e, types_.List(element));
  const Piece empty = NodePiece(New(&EmptyList, {Int(element)}, {e.span}), slot.type);
  out.nodes.push_back(EmitInit(empty, slot));
  KeepState(e, {slot});
  KeepResult(e, slot);
  return slot;
}

void Builder::Collect(const Slot& list, const Piece& element, Span span, Chain& out) {
  if (element.type == runtime::kNever) {
    out.nodes.push_back(EmitDiscard(element));
    return;
  }
  const Rep rep = RepOf(types_.Element(list.type));
  const bool local = element.form == Form::Local && fused();
  switch (element.rep == rep ? rep : Rep::Value) {
    case Rep::Int:
      out.nodes.push_back(
          local ? New(&CollectShape<LocalLeaf<int64_t>>, {Int(list.at), Int(element.slot)}, {span})
                : New(&CollectShape<NodeLeaf<int64_t>>, {Int(list.at), Ptr(EmitInt(element))},
                      {span}));
      return;
    case Rep::Float:
      out.nodes.push_back(
          New(&CollectShape<NodeLeaf<double>>, {Int(list.at), Ptr(EmitFloat(element))}, {span}));
      return;
    case Rep::Bool:
      out.nodes.push_back(
          New(&CollectShape<NodeLeaf<bool>>, {Int(list.at), Ptr(EmitBool(element))}, {span}));
      return;
    case Rep::Ref:
      out.nodes.push_back(
          New(&CollectShape<NodeLeaf<Object*>>, {Int(list.at), Ptr(EmitRef(element))}, {span}));
      return;
    case Rep::Value:
    case Rep::Unit:
      out.nodes.push_back(
          New(&CollectShape<NodeLeaf<Value>>, {Int(list.at), Ptr(EmitValue(element))}, {span}));
      return;
  }
}

Piece Builder::BuildListComprehension(const frontend::ComprehensionExpr& e, Chain* pre) {
  Chain chain;
  const Slot list = NewListSlot(e, chain);
  PushClauses(e, 0, chain, [&](Chain& inner) {
    CountHere(NodesIn(*e.element), inner);
    Collect(list, Build(*e.element, &inner), e.element->span, inner);
  });
  return AfterChain(e, std::move(chain), list, pre);
}

Piece Builder::ConsumeList(const frontend::CallExpr& e, Chain* pre) {
  Chain chain;
  const Slot list = NewListSlot(e, chain);
  Push(*e.args[0].value, nullptr, e.span, chain,
       [&](const Piece& piece, Chain& inner) { Collect(list, piece, e.span, inner); });
  return AfterChain(e, std::move(chain), list, pre);
}

Piece Builder::ConsumeJoin(const frontend::CallExpr& e, Chain* pre) {
  const Expr& source = *e.args[1].value;
  if (!PushesInPlace(source)) {
    // A value: a list of strings is joined at once, in every mode.
    const Expr* parts[] = {e.args[0].value, &source};
    const std::vector<Piece> pieces = BuildAll(parts, pre);
    if (pieces[0].type == runtime::kStr && pieces[1].type == types_.List(runtime::kStr)) {
      return NodePiece(New(&JoinList, {Ptr(EmitRef(pieces[0])), Ptr(EmitRef(pieces[1]))}, {e.span}),
                       runtime::kStr);
    }
    const uint32_t base = Reserve(kHeaderWords) + kHeaderWords;
    return NodePiece(
        New(&JoinValue, {Int(base), Ptr(EmitValue(pieces[0])), Ptr(EmitValue(pieces[1]))},
            {e.span}),
        runtime::kAny);
  }
  Chain chain;
  const Slot text = NewResult(e, runtime::kStr);
  const Slot separator = NewResult(e, runtime::kStr);
  const Slot flag = NewTemp(runtime::kBool);
  Piece first = Build(*e.args[0].value, &chain);
  if (first.type != runtime::kStr) {
    first = NodePiece(New(&Separator, {Ptr(EmitValue(first))}, {e.span}), runtime::kStr);
  }
  chain.nodes.push_back(EmitInit(first, separator));
  chain.nodes.push_back(EmitInit(NodePiece(New(&EmptyStr, {}, {e.span}), runtime::kStr), text));
  chain.nodes.push_back(EmitStore(BoolConst(false), flag));
  KeepState(e, {separator, text, flag});
  KeepResult(e, text);
  Push(source, nullptr, e.span, chain, [&](const Piece& piece, Chain& inner) {
    if (piece.type == runtime::kStr) {
      inner.nodes.push_back(
          New(&JoinStr, {Int(text.at), Int(separator.at), Int(flag.at), Ptr(EmitRef(piece))},
              {e.span}));
    } else {
      inner.nodes.push_back(
          New(&JoinBoxed, {Int(text.at), Int(separator.at), Int(flag.at), Ptr(EmitValue(piece))},
              {e.span}));
    }
  });
  ReleaseSlots({separator}, chain);
  return AfterChain(e, std::move(chain), text, pre);
}

}  // namespace interp
