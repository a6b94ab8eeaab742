// Assignments. The value is evaluated before the parts of the target.

#include "interp/builder.h"
#include "interp/list_nodes.h"

namespace interp {
namespace {

using frontend::RefKind;
using runtime::Release;
using runtime::Str;
using runtime::Tag;

// ---- s += text, in place when nobody else holds s ----

// o[0] slot, o[1] the text.
Status AppendToLocal(const Node* n, Word* f) {
  const Operand* o = n->o();
  Object* text = o[1].node->eval_ref(o[1].node, f);
  Word* slot = f + o[0].i;
  const Str* more = static_cast<Str*>(text);
  Str* result =
      runtime::AppendStr(n->sites->machine->context, slot->str, more->view(), more->code_points);
  slot->str = result;
  if (result == nullptr) [[unlikely]] {
    Raise(n, 0, f);
  }
  Release(text);
  return Next(n, f);
}

// o[0] slot, o[1] an int whose decimal text is appended.
Status AppendIntToLocal(const Node* n, Word* f) {
  const Operand* o = n->o();
  const int64_t value = o[1].node->eval_int(o[1].node, f);
  Word* slot = f + o[0].i;
  slot->str = runtime::AppendInt(n->sites->machine->context, slot->str, value);
  if (slot->str == nullptr) [[unlikely]] {
    Raise(n, 0, f);
  }
  return Next(n, f);
}

// The same for a boxed local; anything but two strings is added as usual.
Status AddToBoxedLocal(const Node* n, Word* f) {
  const Operand* o = n->o();
  runtime::Context& context = n->sites->machine->context;
  const Value more = o[1].node->eval_value(o[1].node, f);
  Word* slot = f + o[0].i;
  const Value old = Eval<Value>::Get(slot);
  Eval<Value>::Put(slot, Value::None());
  Value result;
  if (!runtime::BinaryOfOwned(context, BinaryOp::Add, old, more, &result)) [[unlikely]] {
    Raise(n, 0, f);
  }
  Eval<Value>::Put(slot, result);
  Release(more);
  return Next(n, f);
}

// ---- xs[i] = v, xs[i] op= v on boxed values: o[0] value, o[1] list, o[2] index ----

Status WriteBoxed(const Node* n, Word* f) {
  const Operand* o = n->o();
  const Value value = o[0].node->eval_value(o[0].node, f);
  const Value object = o[1].node->eval_value(o[1].node, f);
  const Value index = o[2].node->eval_value(o[2].node, f);
  if (!runtime::SetIndex(n->sites->machine->context, object, index, value)) [[unlikely]] {
    Raise(n, 0, f);
  }
  Release(value);
  Release(object);
  Release(index);
  return Next(n, f);
}

// o[3]: the operator. Site 0 is the element, site 1 the operation.
Status UpdateBoxed(const Node* n, Word* f) {
  const Operand* o = n->o();
  runtime::Context& context = n->sites->machine->context;
  const Value value = o[0].node->eval_value(o[0].node, f);
  const Value object = o[1].node->eval_value(o[1].node, f);
  const Value index = o[2].node->eval_value(o[2].node, f);
  Value old;
  if (!runtime::GetIndex(context, object, index, &old)) [[unlikely]] {
    Raise(n, 0, f);
  }
  Value result;
  if (!runtime::Binary(context, static_cast<BinaryOp>(o[3].i), old, value, &result)) [[unlikely]] {
    Raise(n, 1, f);
  }
  Release(old);
  if (!runtime::SetIndex(context, object, index, result)) [[unlikely]] {
    Raise(n, 0, f);
  }
  Release(result);
  Release(value);
  Release(object);
  Release(index);
  return Next(n, f);
}

// Strings in a list grow in place: the element is taken out while it grows.
// o[0] text, then list and index.
template <typename Source>
Status AppendToElement(const Node* n, Word* f) {
  const Operand* o = n->o();
  Object* text = o[0].node->eval_ref(o[0].node, f);
  List* list = Source::template Get<2>(n, o + 1, f);
  int64_t index = o[1 + Source::kWords].node->eval_int(o[1 + Source::kWords].node, f);
  CheckIndex(n, 0, f, &index, list);
  const Str* more = static_cast<Str*>(text);
  Object** element = list->objects() + index;
  // The text may be that very element: it is shared then, and copied.
  Str* result = runtime::AppendStr(n->sites->machine->context, static_cast<Str*>(*element),
                                   more->view(), more->code_points);
  *element = result;
  if (result == nullptr) [[unlikely]] {
    Raise(n, 1, f);
  }
  Source::Done(list);
  Release(text);
  return Next(n, f);
}

// o[0] value, then list and index. Site 0 is the element, site 1 the operation.
template <typename T, BinaryOp Op, typename Source>
Status UpdateElement(const Node* n, Word* f) {
  const Operand* o = n->o();
  const T value = Eval<T>::Run(o[0].node, f);
  List* list = Source::template Get<2>(n, o + 1, f);
  int64_t index = o[1 + Source::kWords].node->eval_int(o[1 + Source::kWords].node, f);
  CheckIndex(n, 0, f, &index, list);
  const T old = LoadElement<T>(list, index);
  if constexpr (std::is_same_v<T, int64_t>) {
    StoreElementAt<T>(list, index, ApplyInt<Op, 1>(n, f, old, value));
  } else {
    StoreElementAt<T>(list, index, ApplyFloat<Op, 1>(n, f, old, value));
  }
  Source::Done(list);
  return Next(n, f);
}

template <typename Source>
ExecFn UpdateFunction(Rep rep, BinaryOp op) {
  const bool is_int = rep == Rep::Int;
  switch (op) {
    case BinaryOp::Add:
      return is_int ? &UpdateElement<int64_t, BinaryOp::Add, Source>
                    : &UpdateElement<double, BinaryOp::Add, Source>;
    case BinaryOp::Sub:
      return is_int ? &UpdateElement<int64_t, BinaryOp::Sub, Source>
                    : &UpdateElement<double, BinaryOp::Sub, Source>;
    case BinaryOp::Mul:
      return is_int ? &UpdateElement<int64_t, BinaryOp::Mul, Source>
                    : &UpdateElement<double, BinaryOp::Mul, Source>;
    case BinaryOp::Div:
      return is_int ? nullptr : &UpdateElement<double, BinaryOp::Div, Source>;
    case BinaryOp::FloorDiv:
      return is_int ? &UpdateElement<int64_t, BinaryOp::FloorDiv, Source>
                    : &UpdateElement<double, BinaryOp::FloorDiv, Source>;
    case BinaryOp::Mod:
      return is_int ? &UpdateElement<int64_t, BinaryOp::Mod, Source>
                    : &UpdateElement<double, BinaryOp::Mod, Source>;
    case BinaryOp::Pow:
    case BinaryOp::Eq:
    case BinaryOp::Ne:
    case BinaryOp::Lt:
    case BinaryOp::Le:
    case BinaryOp::Gt:
    case BinaryOp::Ge:
      break;
  }
  return nullptr;
}

template <typename Source, typename V, int... I>
ExecFn WriteFunction(int index, std::integer_sequence<int, I...>) {
  static constexpr ExecFn kTable[] = {&WriteElement<Source, IndexShape<I>, V>...};
  return kTable[index];
}

template <typename V>
ExecFn WriteFunction(Builder::ListSource::Kind source, int index) {
  constexpr auto kAll = std::make_integer_sequence<int, kIndexShapeCount>{};
  switch (source) {
    case Builder::ListSource::Kind::Local:
      return WriteFunction<LocalSource, V>(index, kAll);
    case Builder::ListSource::Kind::Element:
      return WriteFunction<ElementSource, V>(index, kAll);
    case Builder::ListSource::Kind::Node:
      break;
  }
  return WriteFunction<NodeSource, V>(index, kAll);
}

template <typename T>
ExecFn WriteLeaf(Form form, Builder::ListSource::Kind source, int index) {
  if (form == Form::Const) {
    return WriteFunction<ConstLeaf<T>>(source, index);
  }
  return form == Form::Local ? WriteFunction<LocalLeaf<T>>(source, index)
                             : WriteFunction<NodeLeaf<T>>(source, index);
}

}  // namespace

void Builder::StatementAssign(const frontend::AssignExpr& e, Chain& out) {
  if (const auto* target = frontend::DynCast<frontend::IndexExpr>(*e.target)) {
    AssignIndex(e, *target, out);
    return;
  }
  const frontend::Ref ref = RefOf(*e.target);
  LAB_CHECK(ref.kind == RefKind::Local);
  AssignLocal(e, ref.index, out);
}

void Builder::AssignLocal(const frontend::AssignExpr& e, uint32_t local, Chain& out) {
  const Slot& slot = locals_[local];
  const Dest dest{Dest::Kind::Slot, slot.at, slot.type};
  const frontend::TypeExpr* declared = function_.locals[local].type;
  if (AppendInPlace(e, local, out)) {
    return;
  }
  if (!e.is_compound && declared == nullptr) {
    Statement(*e.value, dest, out);
    return;
  }
  Piece piece = Build(*e.value, &out);
  if (e.is_compound) {
    if (Assigns(*e.value) && piece.rep != Rep::Unit) {
      piece = Spill(piece, &out);
    }
    piece = Operate(e.op, e.span, SlotPiece(slot, Form::Local), piece);
  }
  if (declared != nullptr) {
    piece = Declared(piece, declared, inference_.Accept(declared, piece.type),
                     function_.locals[local].name, e.value->span);
  }
  Deliver(piece, e.span, dest, out);
}

// `s += text` and `s = s + text`: the string's own reference is used up.
bool Builder::AppendInPlace(const frontend::AssignExpr& e, uint32_t local, Chain& out) {
  const Slot& slot = locals_[local];
  const bool boxed = slot.rep == Rep::Value;
  if (!boxed && slot.type != runtime::kStr) {
    return false;
  }
  const Expr* text = e.value;
  if (e.is_compound) {
    if (e.op != BinaryOp::Add) {
      return false;
    }
  } else {
    const auto* sum = frontend::DynCast<frontend::BinaryExpr>(*e.value);
    if (sum == nullptr || sum->op != BinaryOp::Add ||
        !(RefOf(*sum->left) == frontend::Ref{RefKind::Local, local})) {
      return false;
    }
    text = sum->right;
  }
  if (Exits(*text) || Assigns(*text)) {
    return false;
  }
  const Span span = e.is_compound ? e.span : e.value->span;
  if (boxed) {
    out.nodes.push_back(
        New(&AddToBoxedLocal, {Int(slot.at), Ptr(EmitValue(Build(*text, &out)))}, {span}));
    const frontend::TypeExpr* declared = function_.locals[local].type;
    if (declared != nullptr) {
      // Checked where it stands, so that the text is still held once when it grows.
      const Piece sum = SlotPiece(slot, Form::Temp);
      const Piece checked = Declared(sum, declared, inference_.Accept(declared, sum.type),
                                     function_.locals[local].name, e.value->span);
      out.nodes.push_back(EmitStore(As(checked, slot.type), slot));
    }
    return true;
  }
  BuiltinKind kind;
  const auto* call = frontend::DynCast<frontend::CallExpr>(*text);
  if (fused() && call != nullptr && IsBuiltin(*call->callee, &kind) && kind == BuiltinKind::Str &&
      TypeOf(*call->args[0].value) == runtime::kInt) {
    const Piece number = Build(*call->args[0].value, &out);
    out.nodes.push_back(New(&AppendIntToLocal, {Int(slot.at), Ptr(EmitInt(number))}, {span}));
    return true;
  }
  const Piece piece = Build(*text, &out);
  if (piece.type != runtime::kStr) {
    const Piece sum = Operate(BinaryOp::Add, span, SlotPiece(slot, Form::Local), piece);
    Deliver(sum, span, {Dest::Kind::Slot, slot.at, slot.type}, out);
    return true;
  }
  out.nodes.push_back(New(&AppendToLocal, {Int(slot.at), Ptr(EmitRef(piece))}, {span}));
  return true;
}

void Builder::AssignIndex(const frontend::AssignExpr& e, const frontend::IndexExpr& target,
                          Chain& out) {
  const Expr* parts[] = {e.value, target.object, target.index};
  std::vector<Piece> pieces = BuildAll(parts, &out);
  Piece& value = pieces[0];
  Piece& object = pieces[1];
  Piece& index = pieces[2];
  const bool is_list = types_.Kind(object.type) == runtime::TypeKind::List;
  const TypeId element = is_list ? types_.Element(object.type) : runtime::kAny;
  const Rep rep = RepOf(element);
  const bool typed = is_list && index.rep == Rep::Int && rep != Rep::Unit && rep != Rep::Value &&
                     value.type == element;
  if (typed && !e.is_compound) {
    const int shape = IndexShapeOf(&index);
    ListSource source = SourceOf(*target.object, object, index);
    std::vector<Span> spans{target.span};
    spans.insert(spans.end(), source.spans.begin(), source.spans.end());
    const bool leaf =
        fused() && rep != Rep::Ref && (value.form == Form::Local || value.form == Form::Const);
    std::vector<Operand> operands{leaf && value.form == Form::Local ? Int(value.slot)
                                  : leaf ? Operand{.bits = value.constant.bits}
                                         : Ptr(Emit(value, rep))};
    operands.insert(operands.end(), source.operands.begin(), source.operands.end());
    AddIndex(index, &operands, &spans);
    Node* node = New(operands.size(), spans);
    std::copy(operands.begin(), operands.end(), node->o());
    const Form form = leaf ? value.form : Form::Node;
    if (rep == Rep::Int) {
      node->exec = WriteLeaf<int64_t>(form, source.kind, shape);
    } else if (rep == Rep::Float) {
      node->exec = WriteLeaf<double>(form, source.kind, shape);
    } else if (rep == Rep::Bool) {
      node->exec = WriteLeaf<bool>(form, source.kind, shape);
    } else {
      node->exec = WriteFunction<NodeLeaf<Object*>>(source.kind, shape);
    }
    out.nodes.push_back(node);
    return;
  }
  if (typed && e.is_compound) {
    const bool text = element == runtime::kStr && e.op == BinaryOp::Add;
    const bool number =
        (rep == Rep::Int || rep == Rep::Float) && UpdateFunction<NodeSource>(rep, e.op) != nullptr;
    if (text || number) {
      const ListSource source = SourceOf(*target.object, object, index);
      std::vector<Span> spans{target.span, e.span};
      spans.insert(spans.end(), source.spans.begin(), source.spans.end());
      std::vector<Operand> operands{Ptr(Emit(value, rep))};
      operands.insert(operands.end(), source.operands.begin(), source.operands.end());
      operands.push_back(Ptr(EmitInt(index)));
      Node* node = New(operands.size(), spans);
      std::copy(operands.begin(), operands.end(), node->o());
      switch (source.kind) {
        case ListSource::Kind::Local:
          node->exec =
              text ? &AppendToElement<LocalSource> : UpdateFunction<LocalSource>(rep, e.op);
          break;
        case ListSource::Kind::Element:
          node->exec =
              text ? &AppendToElement<ElementSource> : UpdateFunction<ElementSource>(rep, e.op);
          break;
        case ListSource::Kind::Node:
          node->exec = text ? &AppendToElement<NodeSource> : UpdateFunction<NodeSource>(rep, e.op);
          break;
      }
      out.nodes.push_back(node);
      return;
    }
  }
  if (!e.is_compound) {
    out.nodes.push_back(New(&WriteBoxed,
                            {Ptr(EmitValue(value)), Ptr(EmitValue(object)), Ptr(EmitValue(index))},
                            {target.span}));
    return;
  }
  out.nodes.push_back(New(&UpdateBoxed,
                          {Ptr(EmitValue(value)), Ptr(EmitValue(object)), Ptr(EmitValue(index)),
                           Int(static_cast<int64_t>(e.op))},
                          {target.span, e.span}));
}

}  // namespace interp
