// Expressions: names, constants, operators, choices and blocks as values.

#include "interp/builder.h"
#include "runtime/error_texts.h"
#include "runtime/ops.h"

namespace interp {
namespace {

using frontend::ExprKind;
using frontend::Ref;
using frontend::RefKind;
using runtime::Object;
using runtime::TypeKind;

bool NotNode(const Node* n, Word* f) { return !n->o()[0].node->eval_bool(n->o()[0].node, f); }

int64_t NegateInt(const Node* n, Word* f) {
  const int64_t a = n->o()[0].node->eval_int(n->o()[0].node, f);
  int64_t result;
  const runtime::Arith error = runtime::NegInt(a, &result);
  if (error != runtime::Arith::Ok) [[unlikely]] {
    runtime::FailNegate(n->sites->machine->context, Value::Int(a));
    Raise(n, 0, f);
  }
  return result;
}

double NegateFloat(const Node* n, Word* f) {
  return runtime::NegFloat(n->o()[0].node->eval_float(n->o()[0].node, f));
}

// Operators on a boxed value: o[0] node.
template <bool Operation(runtime::Context&, Value, Value*)>
Value UnaryValue(const Node* n, Word* f) {
  const Value a = n->o()[0].node->eval_value(n->o()[0].node, f);
  Value result;
  if (!Operation(n->sites->machine->context, a, &result)) [[unlikely]] {
    Raise(n, 0, f);
  }
  runtime::Release(a);
  return result;
}

bool TruthOf(const Node* n, Word* f) {
  const Value a = n->o()[0].node->eval_value(n->o()[0].node, f);
  if (a.tag == runtime::Tag::Bool) [[likely]] {
    return a.boolean;
  }
  bool result;
  if (!runtime::Truth(n->sites->machine->context, a, &result)) {
    Raise(n, 0, f);
  }
  return result;
}

// o[0] count, then conditions.
template <bool Decisive>
bool LogicalNode(const Node* n, Word* f) {
  const Operand* o = n->o();
  const Operand* end = o + 1 + o[0].i;
  for (++o; o != end; ++o) {
    if (o->node->eval_bool(o->node, f) == Decisive) {
      return Decisive;
    }
  }
  return !Decisive;
}

// o[0]: address of the word, o[1]: address of the flag, o[2]: GlobalId.
void CheckSet(const Node* n, Word* f) {
  if (*static_cast<const uint8_t*>(n->o()[1].pointer) == 0) [[unlikely]] {
    Machine* machine = n->sites->machine;
    machine->context.failure =
        runtime::UnsetText(machine->program.resolution.globals[n->o()[2].bits].name);
    Raise(n, 0, f);
  }
}

template <typename T>
T GlobalNode(const Node* n, Word* f) {
  CheckSet(n, f);
  if constexpr (std::is_same_v<T, Status>) {
    return Next(n, f);
  } else {
    T value = Eval<T>::Get(static_cast<const Word*>(n->o()[0].pointer));
    if constexpr (std::is_same_v<T, Object*>) {
      runtime::Retain(value);
    } else if constexpr (std::is_same_v<T, Value>) {
      runtime::Retain(value);
    }
    return value;
  }
}

Object* ConstStr(const Node* n, Word* f) {
  if (n->o()[0].pointer == nullptr) [[unlikely]] {
    n->sites->machine->context.FailMemory();
    Raise(n, 0, f);
  }
  return runtime::Retain(static_cast<Object*>(const_cast<void*>(n->o()[0].pointer)));
}

// o[0]: a chain, o[1]: the value, o[2]: a chain that releases what the block declared.
template <typename T>
T BlockValue(const Node* n, Word* f) {
  n->o()[0].node->exec(n->o()[0].node, f);
  T value = Eval<T>::Run(n->o()[1].node, f);
  n->o()[2].node->exec(n->o()[2].node, f);
  return value;
}

}  // namespace

Piece Builder::Build(const Expr& e, Chain* pre) {
  if (Exits(e) &&
      (e.kind == ExprKind::Block || e.kind == ExprKind::If || e.kind == ExprKind::Logical ||
       e.kind == ExprKind::Return || e.kind == ExprKind::Break || e.kind == ExprKind::Continue ||
       e.kind == ExprKind::Yield || e.kind == ExprKind::Let || e.kind == ExprKind::Assign ||
       e.kind == ExprKind::While || e.kind == ExprKind::For)) {
    return BuildViaSlot(e, pre);
  }
  return As(BuildParts(e, pre), TypeOf(e));
}

Piece Builder::BuildParts(const Expr& e, Chain* pre) {
  switch (e.kind) {
    case ExprKind::Int:
    case ExprKind::Float:
    case ExprKind::Bool:
    case ExprKind::None:
      return BuildConst(e);
    case ExprKind::Str:
      return BuildStr(frontend::Cast<frontend::StrExpr>(e));
    case ExprKind::Name:
      return BuildName(frontend::Cast<frontend::NameExpr>(e));
    case ExprKind::List: {
      const auto& list = frontend::Cast<frontend::ListExpr>(e);
      return ListOf(list, TypeOf(e), BuildAll(list.items, pre));
    }
    case ExprKind::Comprehension: {
      const auto& comprehension = frontend::Cast<frontend::ComprehensionExpr>(e);
      return comprehension.is_list ? BuildListComprehension(comprehension, pre)
                                   : BuildStoredGenerator(comprehension, pre);
    }
    case ExprKind::Unary: {
      const auto& unary = frontend::Cast<frontend::UnaryExpr>(e);
      return UnaryOn(unary, Build(*unary.operand, pre));
    }
    case ExprKind::Binary:
      return BuildBinary(frontend::Cast<frontend::BinaryExpr>(e), pre);
    case ExprKind::Logical:
      return BuildLogical(frontend::Cast<frontend::LogicalExpr>(e));
    case ExprKind::Call:
      return BuildCall(frontend::Cast<frontend::CallExpr>(e), pre);
    case ExprKind::Index:
      return BuildIndex(frontend::Cast<frontend::IndexExpr>(e), pre);
    case ExprKind::Lambda:
      return BuildLambda(frontend::Cast<frontend::LambdaExpr>(e));
    case ExprKind::Block:
      return BuildBlock(frontend::Cast<frontend::BlockExpr>(e));
    case ExprKind::If:
      return BuildIf(frontend::Cast<frontend::IfExpr>(e));
    case ExprKind::Let:
    case ExprKind::Assign:
    case ExprKind::While:
    case ExprKind::For:
    case ExprKind::Return:
    case ExprKind::Break:
    case ExprKind::Continue:
    case ExprKind::Yield: {
      Chain chain;
      Statement(e, {}, chain);
      return UnitPiece(TypeOf(e) == runtime::kNever ? runtime::kNever : runtime::kNone,
                       Finish(chain));
    }
  }
  return {};
}

Piece Builder::BuildViaSlot(const Expr& e, Chain* pre) {
  LAB_CHECK(pre != nullptr);
  const Slot slot = NewSpill(TypeOf(e));
  if (slot.rep == Rep::Unit) {
    Statement(e, {}, *pre);
    return UnitPiece(slot.type);
  }
  Statement(e, {Dest::Kind::Slot, slot.at, slot.type}, *pre);
  return SlotPiece(slot, Form::Temp);
}

Piece Builder::Spill(Piece piece, Chain* pre) {
  if (piece.form == Form::Const || piece.form == Form::Temp ||
      (piece.rep == Rep::Unit && piece.node == nullptr && piece.statement == nullptr)) {
    return piece;
  }
  const Slot slot = NewSpill(piece.type);
  pre->nodes.push_back(EmitStore(piece, slot));
  return SlotPiece(slot, Form::Temp);
}

std::vector<Piece> Builder::BuildAll(std::span<const Expr* const> exprs, Chain* pre) {
  size_t last_exit = 0;    // everything before it is spilled
  size_t last_assign = 0;  // locals before it are read at once
  for (size_t i = 0; i < exprs.size(); ++i) {
    if (Exits(*exprs[i])) {
      last_exit = i;
    }
    if (Assigns(*exprs[i])) {
      last_assign = i;
    }
  }
  std::vector<Piece> pieces;
  pieces.reserve(exprs.size());
  for (size_t i = 0; i < exprs.size(); ++i) {
    Piece piece = Build(*exprs[i], pre);
    if (i < last_exit) {
      piece = Spill(piece, pre);
    } else if (i < last_assign && piece.rep != Rep::Unit) {
      // A later operand assigns variables: this one may not read its own late.
      piece = NodePiece(Emit(piece, piece.rep), piece.type);
    }
    pieces.push_back(piece);
  }
  return pieces;
}

Piece Builder::BuildConst(const Expr& e) {
  Piece piece;
  piece.form = Form::Const;
  if (const auto* i = frontend::DynCast<frontend::IntExpr>(e)) {
    piece.rep = Rep::Int;
    piece.type = runtime::kInt;
    piece.constant.i = i->value;
  } else if (const auto* d = frontend::DynCast<frontend::FloatExpr>(e)) {
    piece.rep = Rep::Float;
    piece.type = runtime::kFloat;
    piece.constant.d = d->value;
  } else if (const auto* b = frontend::DynCast<frontend::BoolExpr>(e)) {
    piece.rep = Rep::Bool;
    piece.type = runtime::kBool;
    piece.constant.bits = b->value ? 1 : 0;
  } else {
    return UnitPiece(runtime::kNone);
  }
  return piece;
}

Piece Builder::BuildStr(const frontend::StrExpr& e) {
  return NodePiece(New(&ConstStr, {Of(machine_.tables.Literal(e.value))}, {e.span}), runtime::kStr);
}

Piece Builder::BuildName(const frontend::NameExpr& e) {
  const Ref ref = resolution_.names[e.id];
  switch (ref.kind) {
    case RefKind::Local:
      return SlotPiece(locals_[ref.index], Form::Local);
    case RefKind::Global: {
      const frontend::Global& global = resolution_.globals[ref.index];
      const Expr& value = *global.let->value;
      const bool literal = value.kind == ExprKind::Int || value.kind == ExprKind::Float ||
                           value.kind == ExprKind::Bool;
      if (literal && !global.may_be_unset && global.type == nullptr && fused()) {
        return BuildConst(value);
      }
      const TypeId type = inference_.GlobalType(ref.index);
      Node* node = New(3, std::span(&e.span, 1));
      node->o()[0] = Of(machine_.GlobalWords(ref.index, RepOf(type)));
      node->o()[1] = Of(&machine_.tables.global_set[ref.index]);
      node->o()[2].bits = ref.index;
      LAB_SET_BY_REP(node, GlobalNode, RepOf(type));
      if (RepOf(type) == Rep::Unit) {
        return StatementPiece(type, node);
      }
      return NodePiece(node, type);
    }
    case RefKind::Function:
      return UnitPiece(types_.Function(ref.index));
    case RefKind::Builtin: {
      const auto kind = static_cast<BuiltinKind>(ref.index);
      if (machine_.program.builtins[ref.index].is_constant) {
        Piece piece;
        piece.form = Form::Const;
        piece.rep = Rep::Float;
        piece.type = runtime::kFloat;
        piece.constant.d = runtime::ConstantValue(kind);
        return piece;
      }
      return UnitPiece(types_.Builtin(static_cast<frontend::BuiltinId>(ref.index)));
    }
    case RefKind::None:
      break;
  }
  LAB_CHECK(false);
  return {};
}

Piece Builder::Condition(Piece piece, Span span) {
  if (piece.rep == Rep::Bool) {
    if (piece.form != Form::Binary) {
      piece.span = span;
    }
    return piece;
  }
  if (piece.rep == Rep::Unit && piece.type == runtime::kNever) {
    return NodePiece(Emit(piece, Rep::Bool), runtime::kBool);
  }
  Piece truth = NodePiece(New(&TruthOf, {Ptr(EmitValue(piece))}, {span}), runtime::kBool);
  truth.span = span;
  return truth;
}

Piece Builder::UnaryOn(const frontend::UnaryExpr& e, Piece a) {
  if (e.op == frontend::UnaryOp::Not) {
    if (a.rep == Rep::Bool) {
      return NodePiece(New(&NotNode, {Ptr(EmitBool(a))}, {}), runtime::kBool);
    }
    return NodePiece(New(&UnaryValue<&runtime::Not>, {Ptr(EmitValue(a))}, {e.span}), runtime::kAny);
  }
  if (a.rep == Rep::Int) {
    if (a.form == Form::Const && a.constant.i != INT64_MIN) {
      a.constant.i = -a.constant.i;
      return a;
    }
    return NodePiece(New(&NegateInt, {Ptr(EmitInt(a))}, {e.span}), runtime::kInt);
  }
  if (a.rep == Rep::Float) {
    if (a.form == Form::Const) {
      a.constant.d = -a.constant.d;
      return a;
    }
    return NodePiece(New(&NegateFloat, {Ptr(EmitFloat(a))}, {}), runtime::kFloat);
  }
  return NodePiece(New(&UnaryValue<&runtime::Negate>, {Ptr(EmitValue(a))}, {e.span}),
                   runtime::kAny);
}

Piece Builder::BuildLogical(const frontend::LogicalExpr& e) {
  return LogicalOf(e, [&](const Expr& operand) { return Build(operand, nullptr); });
}

Piece Builder::LogicalOf(const frontend::LogicalExpr& e,
                         const std::function<Piece(const Expr&)>& build) {
  Node* node = New(1 + e.operands.size(), {});
  node->o()[0].i = static_cast<int64_t>(e.operands.size());
  for (size_t i = 0; i < e.operands.size(); ++i) {
    const Expr& operand = *e.operands[i];
    Piece condition = Condition(build(operand), operand.span);
    if (i > 0) {
      condition = CountedCondition(condition, NodesIn(operand));
    }
    node->o()[1 + i].node = EmitBool(condition);
  }
  node->eval_bool = e.op == frontend::LogicalOp::And ? &LogicalNode<false> : &LogicalNode<true>;
  return NodePiece(node, runtime::kBool);
}

Piece Builder::CountedCondition(const Piece& condition, uint64_t count) {
  if (!machine_.counting) {
    return condition;
  }
  Piece counted = NodePiece(Counted(EmitBool(condition), Rep::Bool, count), runtime::kBool);
  counted.span = condition.span;
  return counted;
}

Piece Builder::BuildIf(const frontend::IfExpr& e) {
  const TypeId type = TypeOf(e);
  const Rep rep = RepOf(type);
  if (rep == Rep::Unit || e.otherwise == nullptr) {
    Chain chain;
    StatementIf(e, {}, chain);
    return UnitPiece(rep == Rep::Unit ? type : runtime::kNone, Finish(chain));
  }
  const auto branch = [&](const Expr& body) {
    const Scope scope(*this);
    return Counted(Emit(As(Build(body, nullptr), type), rep), rep, NodesIn(body));
  };
  const Node* otherwise = branch(*e.otherwise);
  for (size_t i = e.branches.size(); i-- > 0;) {
    const Expr& test = *e.branches[i].condition;
    Piece condition = Condition(Build(test, nullptr), test.span);
    if (i > 0) {
      condition = CountedCondition(condition, NodesIn(test));
    }
    otherwise = EmitSelect(condition, rep, branch(*e.branches[i].body), otherwise);
  }
  return NodePiece(otherwise, type);
}

Piece Builder::BuildBlock(const frontend::BlockExpr& e) {
  const TypeId type = TypeOf(e);
  const Rep rep = RepOf(type);
  Chain chain;
  if (rep == Rep::Unit || e.items.empty()) {
    StatementBlock(e, {}, chain, true);
    return UnitPiece(type, Finish(chain));
  }
  for (const Expr* item : e.items.first(e.items.size() - 1)) {
    Statement(*item, {}, chain);
  }
  Chain release;
  ReleaseDeclared(e, release);
  const Node* value = Emit(As(Build(*e.items.back(), nullptr), type), rep);
  if (chain.nodes.empty() && release.nodes.empty()) {
    return NodePiece(value, type);
  }
  Node* node = New(3, {});
  node->o()[0] = Ptr(Finish(chain));
  node->o()[1] = Ptr(value);
  node->o()[2] = Ptr(Finish(release));
  LAB_SET_BY_REP(node, BlockValue, rep);
  return NodePiece(node, type);
}

}  // namespace interp
