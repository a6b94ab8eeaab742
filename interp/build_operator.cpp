// Binary operators: on ints and floats they stay pieces, to be fused; on
// strings, lists and boxed values they are nodes.

#include "interp/builder.h"
#include "runtime/ops.h"

namespace interp {
namespace {

using runtime::Object;
using runtime::Release;
using runtime::Tag;

// ---- boxed operands: how each side is had ----

enum class Side : uint8_t { Local, Int, Node };

template <Side S>
Value Have(const Operand& o, Word* f) {
  if constexpr (S == Side::Local) {
    return Eval<Value>::Get(f + o.i);
  } else if constexpr (S == Side::Int) {
    return Value::Int(o.i);
  } else {
    return o.node->eval_value(o.node, f);
  }
}

template <Side S>
void Done(Value value) {
  if constexpr (S == Side::Node) {
    Release(value);
  }
}

using frontend::IsComparison;

template <BinaryOp Op>
bool QuickInt(int64_t a, int64_t b, Value* result) {
  if constexpr (Op == BinaryOp::Add || Op == BinaryOp::Sub || Op == BinaryOp::Mul ||
                Op == BinaryOp::FloorDiv || Op == BinaryOp::Mod) {
    int64_t value = 0;
    runtime::Arith error;
    if constexpr (Op == BinaryOp::Add) {
      error = runtime::AddInt(a, b, &value);
    } else if constexpr (Op == BinaryOp::Sub) {
      error = runtime::SubInt(a, b, &value);
    } else if constexpr (Op == BinaryOp::Mul) {
      error = runtime::MulInt(a, b, &value);
    } else if constexpr (Op == BinaryOp::FloorDiv) {
      error = runtime::FloorDivInt(a, b, &value);
    } else {
      error = runtime::ModInt(a, b, &value);
    }
    *result = Value::Int(value);
    return error == runtime::Arith::Ok;
  } else if constexpr (IsComparison(Op)) {
    *result = Value::Bool(ApplyCompare<Op>(a, b));
    return true;
  } else {
    return false;
  }
}

template <BinaryOp Op>
bool QuickFloat(double a, double b, Value* result) {
  if constexpr (Op == BinaryOp::Add || Op == BinaryOp::Sub || Op == BinaryOp::Mul) {
    *result = Value::Float(Op == BinaryOp::Add ? a + b : Op == BinaryOp::Sub ? a - b : a * b);
    return true;
  } else if constexpr (Op == BinaryOp::Div) {
    double value = 0;
    const runtime::Arith error = runtime::DivFloat(a, b, &value);
    *result = Value::Float(value);
    return error == runtime::Arith::Ok;
  } else if constexpr (IsComparison(Op)) {
    *result = Value::Bool(ApplyCompare<Op>(a, b));
    return true;
  } else {
    return false;
  }
}

template <BinaryOp Op, Side L, Side R>
Value BoxedBinary(const Node* n, Word* f) {
  const Value a = Have<L>(n->o()[0], f);
  const Value b = Have<R>(n->o()[1], f);
  Value result;
  if (a.tag == Tag::Int && b.tag == Tag::Int && QuickInt<Op>(a.integer, b.integer, &result)) {
    return result;
  }
  if (a.tag == Tag::Float && b.tag == Tag::Float && QuickFloat<Op>(a.real, b.real, &result)) {
    return result;
  }
  runtime::Context& context = n->sites->machine->context;
  const bool is_done = L == Side::Node ? runtime::BinaryOfOwned(context, Op, a, b, &result)
                                       : runtime::Binary(context, Op, a, b, &result);
  if (!is_done) [[unlikely]] {
    Raise(n, 0, f);
  }
  Done<R>(b);
  return result;
}

template <BinaryOp Op>
ValueFn ChooseSides(Side left, Side right) {
  const auto with_left = [&]<Side L>() -> ValueFn {
    switch (right) {
      case Side::Local:
        return &BoxedBinary<Op, L, Side::Local>;
      case Side::Int:
        return &BoxedBinary<Op, L, Side::Int>;
      case Side::Node:
        return &BoxedBinary<Op, L, Side::Node>;
    }
    return nullptr;
  };
  switch (left) {
    case Side::Local:
      return with_left.template operator()<Side::Local>();
    case Side::Int:
      return with_left.template operator()<Side::Int>();
    case Side::Node:
      return with_left.template operator()<Side::Node>();
  }
  return nullptr;
}

ValueFn ChooseBoxed(BinaryOp op, Side left, Side right) {
  switch (op) {
#define LAB_CASE(name) \
  case BinaryOp::name: \
    return ChooseSides<BinaryOp::name>(left, right);
    LAB_CASE(Add)
    LAB_CASE(Sub)
    LAB_CASE(Mul)
    LAB_CASE(Div)
    LAB_CASE(FloorDiv)
    LAB_CASE(Mod)
    LAB_CASE(Pow)
    LAB_CASE(Eq)
    LAB_CASE(Ne)
    LAB_CASE(Lt)
    LAB_CASE(Le)
    LAB_CASE(Gt)
    LAB_CASE(Ge)
#undef LAB_CASE
  }
  return nullptr;
}

double DivideInts(const Node* n, Word* f) {
  const int64_t a = n->o()[0].node->eval_int(n->o()[0].node, f);
  const int64_t b = n->o()[1].node->eval_int(n->o()[1].node, f);
  double result;
  const runtime::Arith error = runtime::DivInt(a, b, &result);
  if (error != runtime::Arith::Ok) [[unlikely]] {
    RaiseArith(n, 0, f, BinaryOp::Div, error, Value::Int(a), Value::Int(b));
  }
  return result;
}

// Exact comparison of an int (left) with a float; o[2]: for which of -1, 0, 1,
// 2 (unordered) the answer is true, as bits 0 to 3.
bool CompareMixed(const Node* n, Word* f) {
  const int64_t a = n->o()[0].node->eval_int(n->o()[0].node, f);
  const double b = n->o()[1].node->eval_float(n->o()[1].node, f);
  return (n->o()[2].bits >> (runtime::CompareIntFloat(a, b) + 1) & 1) != 0;
}

bool CompareMixedSwapped(const Node* n, Word* f) {
  const double a = n->o()[0].node->eval_float(n->o()[0].node, f);
  const int64_t b = n->o()[1].node->eval_int(n->o()[1].node, f);
  return (n->o()[2].bits >> (runtime::CompareIntFloat(b, a) + 1) & 1) != 0;
}

bool Holds(BinaryOp op, int order) {
  switch (op) {
    case BinaryOp::Eq:
      return order == 0;
    case BinaryOp::Ne:
      return order != 0;
    case BinaryOp::Lt:
      return order == -1;
    case BinaryOp::Le:
      return order == -1 || order == 0;
    case BinaryOp::Gt:
      return order == 1;
    case BinaryOp::Ge:
      return order == 1 || order == 0;
    case BinaryOp::Add:
    case BinaryOp::Sub:
    case BinaryOp::Mul:
    case BinaryOp::Div:
    case BinaryOp::FloorDiv:
    case BinaryOp::Mod:
    case BinaryOp::Pow:
      break;
  }
  return false;
}

Object* ConcatStrs(const Node* n, Word* f) {
  Object* a = n->o()[0].node->eval_ref(n->o()[0].node, f);
  Object* b = n->o()[1].node->eval_ref(n->o()[1].node, f);
  runtime::Str* right = static_cast<runtime::Str*>(b);
  // A left side that nobody else holds grows in place.
  Object* result = runtime::AppendStr(n->sites->machine->context, static_cast<runtime::Str*>(a),
                                      right->view(), right->code_points);
  if (result == nullptr) [[unlikely]] {
    Raise(n, 0, f);
  }
  Release(b);
  return result;
}

template <BinaryOp Op>
bool CompareStrs(const Node* n, Word* f) {
  Object* a = n->o()[0].node->eval_ref(n->o()[0].node, f);
  Object* b = n->o()[1].node->eval_ref(n->o()[1].node, f);
  const auto* left = static_cast<runtime::Str*>(a);
  const auto* right = static_cast<runtime::Str*>(b);
  bool result;
  if constexpr (Op == BinaryOp::Eq) {
    result = runtime::EqualStr(left, right);
  } else if constexpr (Op == BinaryOp::Ne) {
    result = !runtime::EqualStr(left, right);
  } else {
    result = ApplyCompare<Op>(runtime::CompareStr(left, right), 0);
  }
  Release(a);
  Release(b);
  return result;
}

template <BinaryOp Op>
bool CompareBools(const Node* n, Word* f) {
  const bool a = n->o()[0].node->eval_bool(n->o()[0].node, f);
  const bool b = n->o()[1].node->eval_bool(n->o()[1].node, f);
  return (a == b) == (Op == BinaryOp::Eq);
}

BoolFn ChooseCompareStrs(BinaryOp op) {
  switch (op) {
    case BinaryOp::Eq:
      return &CompareStrs<BinaryOp::Eq>;
    case BinaryOp::Ne:
      return &CompareStrs<BinaryOp::Ne>;
    case BinaryOp::Lt:
      return &CompareStrs<BinaryOp::Lt>;
    case BinaryOp::Le:
      return &CompareStrs<BinaryOp::Le>;
    case BinaryOp::Gt:
      return &CompareStrs<BinaryOp::Gt>;
    case BinaryOp::Ge:
      return &CompareStrs<BinaryOp::Ge>;
    case BinaryOp::Add:
    case BinaryOp::Sub:
    case BinaryOp::Mul:
    case BinaryOp::Div:
    case BinaryOp::FloorDiv:
    case BinaryOp::Mod:
    case BinaryOp::Pow:
      break;
  }
  return nullptr;
}

// o[0] count of operators, o[1] first operand, then (operator, operand) pairs.
Value LongChain(const Node* n, Word* f) {
  const Operand* o = n->o();
  runtime::Context& context = n->sites->machine->context;
  Value left = o[1].node->eval_value(o[1].node, f);
  for (int64_t i = 0; i < o[0].i; ++i) {
    const Operand* pair = o + 2 + 2 * i;
    const Value right = pair[1].node->eval_value(pair[1].node, f);
    Value result;
    if ((i & 4095) == 4095) {
      Poll(n, static_cast<int>(i), f, &context);
    }
    if (!runtime::BinaryOfOwned(context, static_cast<BinaryOp>(pair[0].i), left, right, &result)) {
      Raise(n, static_cast<int>(i), f);
    }
    Release(right);
    left = result;
  }
  return left;
}

bool IsNumber(const Piece& piece) { return piece.rep == Rep::Int || piece.rep == Rep::Float; }

// Longer chains of operators are evaluated by a loop instead of nested nodes.
constexpr size_t kLongChain = 128;

}  // namespace

Piece Builder::BuildBinary(const frontend::BinaryExpr& e, Chain* pre) {
  const std::vector<const frontend::BinaryExpr*> spine = frontend::LeftSpine(e);
  if (spine.size() > kLongChain) {
    return BuildLongChain(e, pre);
  }
  const Expr* operands[] = {e.left, e.right};
  std::vector<Piece> pieces = BuildAll(operands, pre);
  return Operate(e.op, e.span, pieces[0], pieces[1]);
}

Piece Builder::BuildLongChain(const frontend::BinaryExpr& e, Chain* pre) {
  const std::vector<const frontend::BinaryExpr*> spine = frontend::LeftSpine(e);
  std::vector<const Expr*> operands{spine.front()->left};
  std::vector<Span> spans;
  for (const frontend::BinaryExpr* step : spine) {
    operands.push_back(step->right);
    spans.push_back(step->span);
  }
  const std::vector<Piece> pieces = BuildAll(operands, pre);
  Node* node = New(2 + 2 * spine.size(), spans);
  node->eval_value = &LongChain;
  node->o()[0].i = static_cast<int64_t>(spine.size());
  node->o()[1] = Ptr(EmitValue(pieces[0]));
  for (size_t i = 0; i < spine.size(); ++i) {
    node->o()[2 + 2 * i].i = static_cast<int64_t>(spine[i]->op);
    node->o()[3 + 2 * i] = Ptr(EmitValue(pieces[i + 1]));
  }
  return NodePiece(node, runtime::kAny);
}

Piece Builder::Operate(BinaryOp op, Span span, Piece a, Piece b) {
  if (IsComparison(op) && a.rep != Rep::Value && b.rep != Rep::Value) {
    Piece result = CompareTyped(op, span, a, b);
    if (result.rep == Rep::Bool) {
      return result;
    }
  } else if (IsNumber(a) && IsNumber(b)) {
    if (op == BinaryOp::Div && a.rep == Rep::Int && b.rep == Rep::Int) {
      return NodePiece(New(&DivideInts, {Ptr(EmitInt(a)), Ptr(EmitInt(b))}, {span}),
                       runtime::kFloat);
    }
    Piece result;
    result.form = Form::Binary;
    result.op = op;
    result.span = span;
    if (a.rep == Rep::Int && b.rep == Rep::Int) {
      result.rep = Rep::Int;
      result.type = runtime::kInt;
    } else {
      a = ToFloat(a);
      b = ToFloat(b);
      result.rep = Rep::Float;
      result.type = runtime::kFloat;
    }
    result.left = Keep(a);
    result.right = Keep(b);
    return result;
  } else if (op == BinaryOp::Add && a.type == runtime::kStr && b.type == runtime::kStr) {
    return NodePiece(New(&ConcatStrs, {Ptr(EmitRef(a)), Ptr(EmitRef(b))}, {span}), runtime::kStr);
  }
  const auto side = [&](const Piece& piece, Operand* operand) {
    if (fused() && piece.form == Form::Local && piece.rep == Rep::Value) {
      operand->i = piece.slot;
      return Side::Local;
    }
    if (fused() && piece.form == Form::Const && piece.rep == Rep::Int) {
      operand->i = piece.constant.i;
      return Side::Int;
    }
    operand->node = EmitValue(piece);
    return Side::Node;
  };
  Node* node = New(2, std::span(&span, 1));
  const Side left = side(a, &node->o()[0]);
  const Side right = side(b, &node->o()[1]);
  node->eval_value = ChooseBoxed(op, left, right);
  return NodePiece(node, runtime::kAny);
}

// A Bool piece, or a Unit piece when the types have no comparison of their own.
Piece Builder::CompareTyped(BinaryOp op, Span span, Piece a, Piece b) {
  if (IsNumber(a) && a.rep == b.rep) {
    Piece result;
    result.form = Form::Binary;
    result.rep = Rep::Bool;
    result.type = runtime::kBool;
    result.op = op;
    result.span = span;
    result.left = Keep(a);
    result.right = Keep(b);
    return result;
  }
  if (IsNumber(a) && IsNumber(b)) {
    const bool swapped = a.rep == Rep::Float;
    uint64_t answers = 0;
    for (int order = -1; order <= 2; ++order) {
      const int seen = swapped && order != 2 ? -order : order;
      answers |= uint64_t{Holds(op, seen)} << (order + 1);
    }
    const Operand bits{.bits = answers};
    return NodePiece(swapped
                         ? New(&CompareMixedSwapped, {Ptr(EmitFloat(a)), Ptr(EmitInt(b)), bits}, {})
                         : New(&CompareMixed, {Ptr(EmitInt(a)), Ptr(EmitFloat(b)), bits}, {}),
                     runtime::kBool);
  }
  if (a.type == runtime::kStr && b.type == runtime::kStr) {
    return NodePiece(New(ChooseCompareStrs(op), {Ptr(EmitRef(a)), Ptr(EmitRef(b))}, {}),
                     runtime::kBool);
  }
  if (a.rep == Rep::Bool && b.rep == Rep::Bool && (op == BinaryOp::Eq || op == BinaryOp::Ne)) {
    return NodePiece(
        New(op == BinaryOp::Eq ? &CompareBools<BinaryOp::Eq> : &CompareBools<BinaryOp::Ne>,
            {Ptr(EmitBool(a)), Ptr(EmitBool(b))}, {}),
        runtime::kBool);
  }
  return UnitPiece(runtime::kNone);
}

}  // namespace interp
