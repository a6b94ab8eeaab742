// Lists: literals, xs[i], and what is indexed dynamically.

#include <vector>

#include "interp/builder.h"
#include "interp/list_nodes.h"

namespace interp {
namespace {

using runtime::Release;
using runtime::Retain;

// o[0] element type, o[1] count, then items.
template <typename T>
Object* ListLiteral(const Node* n, Word* f) {
  const Operand* o = n->o();
  runtime::Context& context = n->sites->machine->context;
  List* list = context.heap.NewList(static_cast<TypeId>(o[0].i), static_cast<uint64_t>(o[1].i));
  if (list == nullptr) [[unlikely]] {
    context.FailMemory();
    Raise(n, 0, f);
  }
  for (int64_t i = 0; i < o[1].i; ++i) {
    const T item = Eval<T>::Run(o[2 + i].node, f);
    bool done;
    if constexpr (std::is_same_v<T, int64_t>) {
      done = runtime::AppendInt(context, list, item);
    } else if constexpr (std::is_same_v<T, double>) {
      done = runtime::AppendFloat(context, list, item);
    } else if constexpr (std::is_same_v<T, bool>) {
      done = runtime::AppendBool(context, list, item);
    } else {
      done = runtime::AppendObject(context, list, item);
    }
    if (!done) [[unlikely]] {
      Raise(n, 0, f);
    }
  }
  return list;
}

Value BoxedListLiteral(const Node* n, Word* f) {
  const Operand* o = n->o();
  std::vector<Value> items(static_cast<size_t>(o[0].i));
  for (size_t i = 0; i < items.size(); ++i) {
    items[i] = o[1 + i].node->eval_value(o[1 + i].node, f);
  }
  List* list = runtime::NewListFromValues(n->sites->machine->context, items);
  if (list == nullptr) [[unlikely]] {
    Raise(n, 0, f);
  }
  for (const Value item : items) {
    Release(item);
  }
  return Value::Of(list);
}

Value IndexValue(const Node* n, Word* f) {
  const Value object = n->o()[0].node->eval_value(n->o()[0].node, f);
  const Value index = n->o()[1].node->eval_value(n->o()[1].node, f);
  Value result;
  if (!runtime::GetIndex(n->sites->machine->context, object, index, &result)) [[unlikely]] {
    Raise(n, 0, f);
  }
  Release(object);
  Release(index);
  return result;
}

// The same for a list or string in a local, which is only borrowed.
Value IndexLocalValue(const Node* n, Word* f) {
  const Value object = Eval<Value>::Get(f + n->o()[0].i);
  const Value index = n->o()[1].node->eval_value(n->o()[1].node, f);
  Value result;
  if (!runtime::GetIndex(n->sites->machine->context, object, index, &result)) [[unlikely]] {
    Raise(n, 0, f);
  }
  Release(index);
  return result;
}

template <typename T, typename Source, int... I>
auto ReadFunction(int index, std::integer_sequence<int, I...>) {
  static constexpr T (*kTable[])(const Node*, Word*) = {&ReadElement<T, Source, IndexShape<I>>...};
  return kTable[index];
}

template <typename T>
auto ReadFunction(Builder::ListSource::Kind source, int index) {
  constexpr auto kAll = std::make_integer_sequence<int, kIndexShapeCount>{};
  switch (source) {
    case Builder::ListSource::Kind::Local:
      return ReadFunction<T, LocalSource>(index, kAll);
    case Builder::ListSource::Kind::Element:
      return ReadFunction<T, ElementSource>(index, kAll);
    case Builder::ListSource::Kind::Node:
      break;
  }
  return ReadFunction<T, NodeSource>(index, kAll);
}

}  // namespace

int Builder::IndexShapeOf(Piece* index) {
  if (fused()) {
    if (index->form == Form::Local || index->form == Form::Temp) {
      return 0;
    }
    if (index->form == Form::Const) {
      return 1;
    }
    const bool simple = index->form == Form::Binary && index->left->form == Form::Local &&
                        (index->op == BinaryOp::Add || index->op == BinaryOp::Sub);
    if (simple && index->right->form == Form::Local) {
      return index->op == BinaryOp::Add ? 3 : 5;
    }
    if (simple && index->right->form == Form::Const) {
      return index->op == BinaryOp::Add ? 4 : 6;
    }
  }
  *index = NodePiece(EmitInt(*index), runtime::kInt);
  return 2;
}

void Builder::AddIndex(const Piece& index, std::vector<Operand>* operands,
                       std::vector<Span>* spans) {
  if (index.form == Form::Binary) {
    spans->push_back(index.span);
    operands->push_back(Int(index.left->slot));
    operands->push_back(index.right->form == Form::Const ? Int(index.right->constant.i)
                                                         : Int(index.right->slot));
  } else if (index.form == Form::Node) {
    operands->push_back(Ptr(index.node));
  } else if (index.form == Form::Const) {
    operands->push_back(Int(index.constant.i));
  } else {
    operands->push_back(Int(index.slot));
  }
}

// `rows[i]` over two locals can be borrowed when what follows runs no code.
bool Builder::IsPlainElement(const Expr& e) const {
  const auto* inner = frontend::DynCast<frontend::IndexExpr>(e);
  if (inner == nullptr || !fused()) {
    return false;
  }
  const frontend::Ref rows = RefOf(*inner->object);
  const frontend::Ref at = RefOf(*inner->index);
  return rows.kind == frontend::RefKind::Local && at.kind == frontend::RefKind::Local &&
         locals_[rows.index].rep == Rep::Ref && locals_[at.index].rep == Rep::Int &&
         types_.Kind(locals_[rows.index].type) == runtime::TypeKind::List &&
         types_.Kind(types_.Element(locals_[rows.index].type)) == runtime::TypeKind::List;
}

static bool RunsNoCode(const Piece& piece) {
  return piece.form == Form::Local || piece.form == Form::Const ||
         (piece.form == Form::Binary && RunsNoCode(*piece.left) && RunsNoCode(*piece.right));
}

Builder::ListSource Builder::SourceOf(const Expr& e, const Piece& built, const Piece& index) {
  ListSource source;
  if (IsPlainElement(e) && RunsNoCode(index)) {
    const auto& inner = frontend::Cast<frontend::IndexExpr>(e);
    source.kind = ListSource::Kind::Element;
    source.operands = {Int(locals_[RefOf(*inner.object).index].at),
                       Int(locals_[RefOf(*inner.index).index].at)};
    source.spans = {e.span};
  } else if (built.form == Form::Local && fused()) {
    source.kind = ListSource::Kind::Local;
    source.operands = {Int(built.slot)};
  } else {
    source.kind = ListSource::Kind::Node;
    source.operands = {Ptr(EmitRef(built))};
  }
  return source;
}

Piece Builder::BuildIndex(const frontend::IndexExpr& e, Chain* pre) {
  const Expr* parts[] = {e.object, e.index};
  std::vector<Piece> pieces = BuildAll(parts, pre);
  Piece& object = pieces[0];
  Piece& index = pieces[1];
  if (types_.Kind(object.type) == runtime::TypeKind::List && index.rep == Rep::Int) {
    const TypeId element = types_.Element(object.type);
    const Rep rep = RepOf(element);
    if (rep != Rep::Value && rep != Rep::Unit) {
      const int shape = IndexShapeOf(&index);
      ListSource source = SourceOf(*e.object, object, index);
      std::vector<Span> spans{e.span};
      spans.insert(spans.end(), source.spans.begin(), source.spans.end());
      AddIndex(index, &source.operands, &spans);
      Node* node = New(source.operands.size(), spans);
      std::copy(source.operands.begin(), source.operands.end(), node->o());
      if (rep == Rep::Int) {
        node->eval_int = ReadFunction<int64_t>(source.kind, shape);
      } else if (rep == Rep::Float) {
        node->eval_float = ReadFunction<double>(source.kind, shape);
      } else if (rep == Rep::Bool) {
        node->eval_bool = ReadFunction<bool>(source.kind, shape);
      } else {
        node->eval_ref = ReadFunction<Object*>(source.kind, shape);
      }
      return NodePiece(node, element);
    }
  }
  if (object.form == Form::Local && object.rep == Rep::Value && fused()) {
    return NodePiece(New(&IndexLocalValue, {Int(object.slot), Ptr(EmitValue(index))}, {e.span}),
                     runtime::kAny);
  }
  return NodePiece(New(&IndexValue, {Ptr(EmitValue(object)), Ptr(EmitValue(index))}, {e.span}),
                   runtime::kAny);
}

Piece Builder::ListOf(const frontend::ListExpr& e, TypeId type, const std::vector<Piece>& items) {
  const bool typed = types_.Kind(type) == runtime::TypeKind::List;
  const TypeId element = typed ? types_.Element(type) : runtime::kAny;
  const Rep rep = RepOf(element);
  const bool uniform = rep != Rep::Unit && rep != Rep::Value;
  if (items.empty() || uniform) {
    Node* node = New(2 + items.size(), std::span(&e.span, 1));
    node->o()[0] = Int(items.empty() && !uniform ? runtime::kAny : element);
    node->o()[1] = Int(static_cast<int64_t>(items.size()));
    for (size_t i = 0; i < items.size(); ++i) {
      node->o()[2 + i] = Ptr(Emit(items[i], rep));
    }
    node->eval_ref = rep == Rep::Int     ? &ListLiteral<int64_t>
                     : rep == Rep::Float ? &ListLiteral<double>
                     : rep == Rep::Bool  ? &ListLiteral<bool>
                                         : &ListLiteral<Object*>;
    return NodePiece(node, types_.List(items.empty() && !uniform ? runtime::kAny : element));
  }
  Node* node = New(1 + items.size(), std::span(&e.span, 1));
  node->o()[0] = Int(static_cast<int64_t>(items.size()));
  for (size_t i = 0; i < items.size(); ++i) {
    node->o()[1 + i] = Ptr(EmitValue(items[i]));
  }
  node->eval_value = &BoxedListLiteral;
  return NodePiece(node, runtime::kAny);
}

}  // namespace interp
