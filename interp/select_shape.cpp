// Chooses the fused node for a piece: the largest shape of shape_index.h that
// covers its top, with deeper parts emitted as nodes of their own. Without
// fusion (--interp=typed) every operand is a node. Tests: tests/interp/shapes_test.cpp.

#include "interp/builder.h"
#include "interp/shape_index.h"

namespace interp {
namespace {

using frontend::BinaryOp;

template <size_t N>
int IndexOf(const BinaryOp (&ops)[N], BinaryOp op) {
  for (size_t i = 0; i < N; ++i) {
    if (ops[i] == op) {
      return static_cast<int>(i);
    }
  }
  return -1;
}

int LeafIndex(const Piece& piece) {
  switch (piece.form) {
    case Form::Local:
    case Form::Temp:
      return 0;
    case Form::Const:
      return 1;
    case Form::Node:
      return 2;
    case Form::Convert:
      return 3;
    case Form::Unit:
    case Form::Binary:
      break;
  }
  return -1;
}

// The index of a leaf, or of an operator over two leaves; -1 when there is none.
int ShapeIndex(const Piece& piece) {
  if (piece.form != Form::Binary) {
    return LeafIndex(piece);
  }
  const int left = LeafIndex(*piece.left);
  const int right = LeafIndex(*piece.right);
  if (left < 0 || right < 0) {
    return -1;
  }
  if (piece.rep == Rep::Int) {
    const int op = IndexOf(kIntOp, piece.op);
    return op < 0 ? -1 : kIntLeaves + (op * kIntLeaves + left) * kIntLeaves + right;
  }
  const int op = IndexOf(kFloatOp, piece.op);
  return op < 0 ? -1 : kFloatLeaves + (op * kFloatLeaves + left) * kFloatLeaves + right;
}

// A sum, difference or product of float locals and nodes; else -1.
int InnerIndex(const Piece& piece) {
  const int op = IndexOf(kFloatOp, piece.op);
  if (piece.form != Form::Binary || op < 0 || op >= kInnerOps) {
    return -1;
  }
  const int left = LeafIndex(*piece.left);
  const int right = LeafIndex(*piece.right);
  const bool fits = (left == 0 || left == 2) && (right == 0 || right == 2);
  return fits ? (op * 2 + left / 2) * 2 + right / 2 : -1;
}

void Gather(const Piece& piece, std::vector<Operand>* operands, std::vector<Span>* spans) {
  switch (piece.form) {
    case Form::Local:
    case Form::Temp:
    case Form::Convert:
      operands->push_back({.i = piece.slot});
      return;
    case Form::Const:
      operands->push_back({.bits = piece.constant.bits});
      return;
    case Form::Node:
      operands->push_back({.node = piece.node});
      return;
    case Form::Binary:
      spans->push_back(piece.span);
      Gather(*piece.left, operands, spans);
      Gather(*piece.right, operands, spans);
      return;
    case Form::Unit:
      break;
  }
  LAB_CHECK(false);
}

// Finds the entry of a pair of tables for an operator with operands that are
// both leaves or single operators over leaves.
template <typename LeafAny, typename AnyLeaf>
auto Find(const LeafAny& leaf_any, const AnyLeaf& any_leaf, int op, const Piece& left,
          const Piece& right) -> decltype(leaf_any.at[0][0][0]) {
  if (left.form != Form::Binary) {
    return leaf_any.at[op][LeafIndex(left)][ShapeIndex(right)];
  }
  return any_leaf.at[op][ShapeIndex(left)][LeafIndex(right)];
}

using AnyBinaryInt = IntBinary<BinaryOp::Pow, NodeLeaf<int64_t>, NodeLeaf<int64_t>>;
template <BinaryOp Op>
using AnyBinaryFloat = FloatBinary<Op, NodeLeaf<double>, NodeLeaf<double>>;

FloatFn RareFloat(BinaryOp op) {
  switch (op) {
    case BinaryOp::FloorDiv:
      return &EvalShape<AnyBinaryFloat<BinaryOp::FloorDiv>>;
    case BinaryOp::Mod:
      return &EvalShape<AnyBinaryFloat<BinaryOp::Mod>>;
    case BinaryOp::Pow:
      return &EvalShape<AnyBinaryFloat<BinaryOp::Pow>>;
    case BinaryOp::Add:
    case BinaryOp::Sub:
    case BinaryOp::Mul:
    case BinaryOp::Div:
    case BinaryOp::Eq:
    case BinaryOp::Ne:
    case BinaryOp::Lt:
    case BinaryOp::Le:
    case BinaryOp::Gt:
    case BinaryOp::Ge:
      break;
  }
  LAB_CHECK(false);
  return nullptr;
}

}  // namespace

static bool IsTabled(const Piece& piece) {
  return piece.rep == Rep::Int ? IndexOf(kIntOp, piece.op) >= 0 : IndexOf(kFloatOp, piece.op) >= 0;
}

Piece Builder::Leaf(const Piece& piece) {
  if (piece.form == Form::Binary || (!fused() && piece.form != Form::Node)) {
    return NodePiece(EmitShape(piece), piece.type);
  }
  return piece;
}

Piece Builder::Flatten(const Piece& piece) {
  // With an operator below, the piece makes one node either way: its own covers more.
  if (piece.form != Form::Binary || !fused() || !IsTabled(piece) ||
      piece.left->form == Form::Binary || piece.right->form == Form::Binary) {
    return Leaf(piece);
  }
  Piece flat = piece;
  flat.left = Keep(Leaf(*piece.left));
  flat.right = Keep(Leaf(*piece.right));
  return flat;
}

// The operands of `piece` such that one of the tables has the pair.
std::pair<Piece, Piece> Builder::Pair(const Piece& piece, bool inner_allowed) {
  Piece left = Flatten(*piece.left);
  Piece right = Flatten(*piece.right);
  if (left.form == Form::Binary && right.form == Form::Binary &&
      !(inner_allowed && InnerIndex(left) >= 0 && InnerIndex(right) >= 0)) {
    left = Leaf(left);
  }
  return {left, right};
}

const Node* Builder::EmitShape(const Piece& piece) {
  std::vector<Operand> operands;
  std::vector<Span> spans;
  const auto make = [&](auto function, const Piece& shape) {
    Gather(shape, &operands, &spans);
    Node* node = New(operands.size(), spans);
    SetFunction(node, function);
    std::copy(operands.begin(), operands.end(), node->o());
    return node;
  };
  if (piece.form != Form::Binary) {
    switch (piece.rep) {
      case Rep::Int:
        return make(piece.form == Form::Const ? &EvalShape<ConstLeaf<int64_t>>
                                              : &EvalShape<LocalLeaf<int64_t>>,
                    piece);
      case Rep::Float:
        return make(piece.form == Form::Const     ? &EvalShape<ConstLeaf<double>>
                    : piece.form == Form::Convert ? &EvalShape<ConvertLeaf>
                                                  : &EvalShape<LocalLeaf<double>>,
                    piece);
      case Rep::Bool:
        return make(
            piece.form == Form::Const ? &EvalShape<ConstLeaf<bool>> : &EvalShape<LocalLeaf<bool>>,
            piece);
      case Rep::Unit:
      case Rep::Ref:
      case Rep::Value:
        break;
    }
    LAB_CHECK(false);
  }
  Piece shape = piece;
  if (piece.rep == Rep::Bool) {
    Piece left = Flatten(*piece.left);
    Piece right = Leaf(*piece.right);
    shape.left = &left;
    shape.right = &right;
    const int op = IndexOf(kCompareOp, piece.op);
    return left.rep == Rep::Int
               ? make(kIntCompareEval.at[op][ShapeIndex(left)][LeafIndex(right)], shape)
               : make(kFloatCompareEval.at[op][ShapeIndex(left)][LeafIndex(right)], shape);
  }
  if (!IsTabled(piece)) {
    Piece left = NodePiece(Emit(*piece.left, piece.rep), piece.type);
    Piece right = NodePiece(Emit(*piece.right, piece.rep), piece.type);
    shape.left = &left;
    shape.right = &right;
    LAB_CHECK(piece.rep != Rep::Int || piece.op == BinaryOp::Pow);
    return piece.rep == Rep::Int ? make(&EvalShape<AnyBinaryInt>, shape)
                                 : make(RareFloat(piece.op), shape);
  }
  auto [left, right] =
      Pair(piece, piece.rep == Rep::Float && IndexOf(kFloatOp, piece.op) < kInnerOps);
  shape.left = &left;
  shape.right = &right;
  if (piece.rep == Rep::Int) {
    const int op = IndexOf(kIntOp, piece.op);
    return make(Find(kIntLeafAnyEval, kIntAnyLeafEval, op, left, right), shape);
  }
  const int op = IndexOf(kFloatOp, piece.op);
  if (left.form == Form::Binary && right.form == Form::Binary) {
    return make(kFloatInnerEval.at[op][InnerIndex(left)][InnerIndex(right)], shape);
  }
  return make(Find(kFloatLeafAnyEval, kFloatAnyLeafEval, op, left, right), shape);
}

Node* Builder::EmitStoreShape(const Piece& piece, uint32_t slot) {
  std::vector<Operand> operands{Int(slot)};
  std::vector<Span> spans;
  const auto make = [&](ExecFn function, const Piece& shape) {
    Gather(shape, &operands, &spans);
    Node* node = New(operands.size(), spans);
    SetFunction(node, function);
    std::copy(operands.begin(), operands.end(), node->o());
    return node;
  };
  if (piece.form == Form::Binary && piece.rep != Rep::Bool && fused() && IsTabled(piece)) {
    Piece shape = piece;
    auto [left, right] =
        Pair(piece, piece.rep == Rep::Float && IndexOf(kFloatOp, piece.op) < kInnerOps);
    shape.left = &left;
    shape.right = &right;
    if (piece.rep == Rep::Int) {
      const int op = IndexOf(kIntOp, piece.op);
      return make(Find(kIntLeafAnyStore, kIntAnyLeafStore, op, left, right), shape);
    }
    const int op = IndexOf(kFloatOp, piece.op);
    if (left.form == Form::Binary && right.form == Form::Binary) {
      return make(kFloatInnerStore.at[op][InnerIndex(left)][InnerIndex(right)], shape);
    }
    return make(Find(kFloatLeafAnyStore, kFloatAnyLeafStore, op, left, right), shape);
  }
  const Piece leaf = Leaf(piece);
  const bool local = leaf.form == Form::Local || leaf.form == Form::Temp;
  const bool constant = leaf.form == Form::Const;
  switch (piece.rep) {
    case Rep::Int:
      return make(local      ? &StoreShape<LocalLeaf<int64_t>>
                  : constant ? &StoreShape<ConstLeaf<int64_t>>
                             : &StoreShape<NodeLeaf<int64_t>>,
                  leaf);
    case Rep::Float:
      return make(local                        ? &StoreShape<LocalLeaf<double>>
                  : constant                   ? &StoreShape<ConstLeaf<double>>
                  : leaf.form == Form::Convert ? &StoreShape<ConvertLeaf>
                                               : &StoreShape<NodeLeaf<double>>,
                  leaf);
    case Rep::Bool:
      return make(local      ? &StoreShape<LocalLeaf<bool>>
                  : constant ? &StoreShape<ConstLeaf<bool>>
                             : &StoreShape<NodeLeaf<bool>>,
                  leaf);
    case Rep::Unit:
    case Rep::Ref:
    case Rep::Value:
      break;
  }
  LAB_CHECK(false);
  return nullptr;
}

Node* Builder::EmitCondition(const Piece& condition, std::initializer_list<Operand> first,
                             ExecFn on_node, const ConditionTables& tables) {
  std::vector<Operand> operands(first);
  std::vector<Span> spans;
  const auto make = [&](ExecFn function, const Piece& shape) {
    Gather(shape, &operands, &spans);
    Node* node = New(operands.size(), spans);
    SetFunction(node, function);
    std::copy(operands.begin(), operands.end(), node->o());
    return node;
  };
  if (condition.form == Form::Binary && fused()) {
    Piece shape = condition;
    Piece left = Flatten(*condition.left);
    Piece right = Leaf(*condition.right);
    shape.left = &left;
    shape.right = &right;
    const int op = IndexOf(kCompareOp, condition.op);
    if (left.rep == Rep::Int) {
      return make(tables.ints->at[op][ShapeIndex(left)][LeafIndex(right)], shape);
    }
    if (tables.floats != nullptr) {
      return make(tables.floats->at[op][ShapeIndex(left)][LeafIndex(right)], shape);
    }
  }
  spans.push_back(condition.span);
  return make(on_node, NodePiece(Emit(condition, Rep::Bool), runtime::kBool));
}

Node* Builder::EmitCallShape(Code* code, uint32_t base, Span span, const Piece& argument) {
  Piece flat = Flatten(argument);
  std::vector<Operand> operands{Int(base), {.code = code}};
  std::vector<Span> spans{span};
  Gather(flat, &operands, &spans);
  Node* node = New(operands.size(), spans);
  std::copy(operands.begin(), operands.end(), node->o());
  SetShapeCallFor(node, ShapeIndex(flat), code->result);
  return node;
}

void Builder::AddIf(const Piece& condition, Path then, Path otherwise, Chain& out) {
  Chain::Step step = EmitCondition(condition, {Ptr(nullptr), Ptr(nullptr)},
                                   &IfShape<NodeLeaf<bool>>, {&kIntCompareIf, &kFloatCompareIf});
  step.then = then != nullptr ? std::move(then) : NewPath();
  step.otherwise = otherwise != nullptr ? std::move(otherwise) : NewPath();
  out.nodes.push_back(std::move(step));
}

Node* Builder::EmitWhile(const Piece& condition, const Node* body, Loop* loop) {
  return EmitCondition(condition, {Ptr(body), Self(), {.loop = loop}}, &WhileShape<NodeLeaf<bool>>,
                       {&kIntCompareWhile, nullptr});
}

const Node* Builder::EmitSelect(const Piece& condition, Rep rep, const Node* then,
                                const Node* otherwise) {
  if (rep == Rep::Int && condition.form == Form::Binary && fused() &&
      condition.left->rep == Rep::Int) {
    Piece shape = condition;
    Piece left = Flatten(*condition.left);
    Piece right = Leaf(*condition.right);
    shape.left = &left;
    shape.right = &right;
    std::vector<Operand> operands{Ptr(then), Ptr(otherwise)};
    std::vector<Span> spans;
    Gather(shape, &operands, &spans);
    Node* node = New(operands.size(), spans);
    const int op = IndexOf(kCompareOp, condition.op);
    node->eval_int = kIntCompareSelectInt.at[op][ShapeIndex(left)][LeafIndex(right)];
    std::copy(operands.begin(), operands.end(), node->o());
    return node;
  }
  const std::initializer_list<Operand> operands = {Ptr(then), Ptr(otherwise),
                                                   Ptr(Emit(condition, Rep::Bool))};
  using Test = NodeLeaf<bool>;
  switch (rep) {
    case Rep::Int:
      return New(&SelectShape<int64_t, Test>, operands, {});
    case Rep::Float:
      return New(&SelectShape<double, Test>, operands, {});
    case Rep::Bool:
      return New(&SelectShape<bool, Test>, operands, {});
    case Rep::Ref:
      return New(&SelectShape<runtime::Object*, Test>, operands, {});
    case Rep::Value:
      return New(&SelectShape<Value, Test>, operands, {});
    case Rep::Unit:
      return New(&SelectShape<Status, Test>, operands, {});
  }
  return nullptr;
}

}  // namespace interp
