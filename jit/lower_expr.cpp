// Expressions: constants, names, operators over expressions, and choices.

#include "frontend/check.h"
#include "jit/lowering.h"

namespace jit {

using frontend::Cast;
using frontend::DynCast;
using frontend::ExprKind;
using frontend::RefKind;
using runtime::TypeKind;

frontend::Ref Lowering::RefOf(const Expr& e) const {
  return e.kind == ExprKind::Name ? resolution_.names[e.id] : frontend::Ref{};
}

bool Lowering::IsBuiltin(const Expr& callee, BuiltinKind* kind) const {
  const frontend::Ref ref = RefOf(callee);
  if (ref.kind != RefKind::Builtin) {
    return false;
  }
  *kind = static_cast<BuiltinKind>(ref.index);
  return true;
}

Piece Lowering::Eval(const Expr& e, Use use) {
  Piece piece = EvalKind(e, use);
  if (use == Use::Discard) {
    Release(piece);
    return UnitPiece(piece.type == runtime::kNever ? runtime::kNever : runtime::kNone);
  }
  const TypeId type = TypeOf(e);
  if (type == runtime::kNever) {
    return UnitPiece(runtime::kNever);
  }
  return As(piece, type);
}

Piece Lowering::EvalKind(const Expr& e, Use use) {
  switch (e.kind) {
    case ExprKind::Int:
      return ConstInt(Cast<frontend::IntExpr>(e).value);
    case ExprKind::Float:
      return Float(llvm::ConstantFP::get(b_.getDoubleTy(), Cast<frontend::FloatExpr>(e).value));
    case ExprKind::Bool:
      return Bool(b_.getInt1(Cast<frontend::BoolExpr>(e).value));
    case ExprKind::None:
      return UnitPiece();
    case ExprKind::Str:
      return EvalStr(Cast<frontend::StrExpr>(e));
    case ExprKind::Name:
      return EvalName(Cast<frontend::NameExpr>(e));
    case ExprKind::List:
      return EvalList(Cast<frontend::ListExpr>(e));
    case ExprKind::Comprehension: {
      const auto& comprehension = Cast<frontend::ComprehensionExpr>(e);
      return comprehension.is_list ? EvalListComprehension(comprehension)
                                   : EvalStoredGenerator(comprehension);
    }
    case ExprKind::Unary:
      return EvalUnary(Cast<frontend::UnaryExpr>(e));
    case ExprKind::Binary:
      return EvalBinary(Cast<frontend::BinaryExpr>(e));
    case ExprKind::Logical:
      return EvalLogical(Cast<frontend::LogicalExpr>(e));
    case ExprKind::Call:
      return EvalCall(Cast<frontend::CallExpr>(e));
    case ExprKind::Index:
      return EvalIndex(Cast<frontend::IndexExpr>(e));
    case ExprKind::Lambda:
      return EvalLambda(Cast<frontend::LambdaExpr>(e));
    case ExprKind::Block:
      return EvalBlock(Cast<frontend::BlockExpr>(e), use);
    case ExprKind::If:
      return EvalIf(Cast<frontend::IfExpr>(e), use);
    case ExprKind::Let:
      LowerLet(Cast<frontend::LetExpr>(e), false);
      return UnitPiece();
    case ExprKind::Assign:
      LowerAssign(Cast<frontend::AssignExpr>(e));
      return UnitPiece();
    case ExprKind::While:
      LowerWhile(Cast<frontend::WhileExpr>(e));
      return UnitPiece();
    case ExprKind::For:
      LowerFor(Cast<frontend::ForExpr>(e));
      return UnitPiece();
    case ExprKind::Return:
      LowerReturn(Cast<frontend::ReturnExpr>(e));
      return UnitPiece(runtime::kNever);
    case ExprKind::Break:
      LowerJump(true);
      return UnitPiece(runtime::kNever);
    case ExprKind::Continue:
      LowerJump(false);
      return UnitPiece(runtime::kNever);
    case ExprKind::Yield:
      Yield(Eval(*Cast<frontend::YieldExpr>(e).value));
      return UnitPiece();
  }
  LAB_CHECK(false);
  return {};
}

Piece Lowering::EvalStr(const frontend::StrExpr& e) {
  runtime::Str* literal = machine_.tables.Literal(e.value);
  if (literal == nullptr) {
    // There was no room for it when this was compiled.
    FailIf(b_.getTrue(), [&] { Call(HelperId::FailMemory, {I32(SiteOf(e.span))}); });
    return Undefined(runtime::kStr);
  }
  return Ref(runtime::kStr, unit_.Address(literal), false);
}

Piece Lowering::EvalName(const frontend::NameExpr& e) {
  const frontend::Ref ref = resolution_.names[e.id];
  switch (ref.kind) {
    case RefKind::Local:
      return Load(frame_->locals[ref.index]);
    case RefKind::Global:
      return EvalGlobal(ref.index, e.span);
    case RefKind::Function:
      return UnitPiece(types_.Function(ref.index));
    case RefKind::Builtin:
      if (machine_.program.builtins[ref.index].is_constant) {
        return Float(llvm::ConstantFP::get(
            b_.getDoubleTy(), runtime::ConstantValue(static_cast<BuiltinKind>(ref.index))));
      }
      return UnitPiece(types_.Builtin(static_cast<frontend::BuiltinId>(ref.index)));
    case RefKind::None:
      break;
  }
  LAB_CHECK(false);
  return {};
}

Piece Lowering::EvalGlobal(frontend::GlobalId id, Span span) {
  const frontend::Global& global = resolution_.globals[id];
  const TypeId type = machine_.inference.GlobalType(id);
  const Rep rep = RepOf(type);
  const Expr& value = *global.let->value;
  const bool is_literal = value.kind == ExprKind::Int || value.kind == ExprKind::Float ||
                          value.kind == ExprKind::Bool;
  if (is_literal && !global.may_be_unset && global.type == nullptr) {
    return EvalKind(value, Use::Value);
  }
  if (global.may_be_unset) {
    llvm::LoadInst* is_set =
        b_.CreateLoad(b_.getInt8Ty(), unit_.Address(&machine_.tables.global_set[id]));
    is_set->setMetadata(llvm::LLVMContext::MD_tbaa, unit_.Alias(Memory::Flags));
    FailIf(b_.CreateIsNull(is_set),
           [&] { Call(HelperId::FailUnset, {I32(SiteOf(span)), I32(id)}); });
  }
  Piece piece{type, rep};
  if (rep == Rep::Unit) {
    return piece;
  }
  llvm::Value* place = unit_.Address(&machine_.tables.globals[id]);
  if (rep == Rep::Value) {
    piece.tag = LoadField(place, 0, b_.getInt64Ty(), Memory::Values);
  }
  piece.word = LoadField(place, 8, unit_.MemoryTypeOf(rep), Memory::Values);
  if (rep == Rep::Bool) {
    piece.word = b_.CreateTrunc(piece.word, b_.getInt1Ty());
  }
  return piece;
}

Piece Lowering::EvalUnary(const frontend::UnaryExpr& e) {
  const Piece operand = Eval(*e.operand);
  if (operand.type == runtime::kNever) {
    return operand;
  }
  return e.op == frontend::UnaryOp::Not ? Not(operand, e.span) : Negate(operand, e.span);
}

Piece Lowering::EvalBinary(const frontend::BinaryExpr& e) {
  const std::vector<const frontend::BinaryExpr*> spine = frontend::LeftSpine(e);
  Piece left = Eval(*spine.front()->left);
  for (const frontend::BinaryExpr* step : spine) {
    const size_t held = cleanups_.size();
    const Aside aside = PutAside(left, Exits(*step->right), Assigns(*step->right));
    const Piece right = Eval(*step->right);
    left = TakeBack(aside);
    Drop(held);
    if (left.type == runtime::kNever || right.type == runtime::kNever) {
      left = UnitPiece(runtime::kNever);
      continue;
    }
    left = As(Operate(step->op, step->span, left, right), TypeOf(*step));
  }
  return left;
}

std::vector<Piece> Lowering::EvalAll(std::span<const Expr* const> exprs) {
  size_t last_exit = 0;
  size_t last_assign = 0;
  for (size_t i = 0; i < exprs.size(); ++i) {
    if (Exits(*exprs[i])) {
      last_exit = i;
    }
    if (Assigns(*exprs[i])) {
      last_assign = i;
    }
  }
  const size_t held = cleanups_.size();
  std::vector<Aside> asides;
  asides.reserve(exprs.size());
  for (size_t i = 0; i < exprs.size(); ++i) {
    asides.push_back(PutAside(Eval(*exprs[i]), i < last_exit, i < last_assign));
  }
  std::vector<Piece> pieces;
  pieces.reserve(exprs.size());
  for (const Aside& aside : asides) {
    pieces.push_back(TakeBack(aside));
  }
  Drop(held);
  return pieces;
}

std::vector<Piece> Lowering::CapturesOf(const frontend::Function& function) {
  std::vector<Piece> captures;
  for (const frontend::Capture& capture : function.captures) {
    captures.push_back(Load(frame_->locals[capture.outer.index]));
  }
  return captures;
}

Piece Lowering::EvalLambda(const frontend::LambdaExpr& e) {
  const frontend::FunctionId id = resolution_.function_of_expr[e.id];
  const TypeId type = TypeOf(e);
  const bool is_settled = KindOf(type) == TypeKind::Lambda;
  std::vector<Piece> captures;
  for (const Piece& capture : CapturesOf(resolution_.functions[id])) {
    captures.push_back(Own(ToBoxed(capture)));
  }
  llvm::Value* closure = Call(HelperId::NewClosure,
                              {I32(id), I32(is_settled ? type : runtime::kAny),
                               ValueArray(captures), I64(captures.size())});
  RequireRef(closure, SiteOf(e.span));
  if (is_settled) {
    return Ref(type, closure, true);
  }
  Piece boxed{runtime::kAny, Rep::Value};
  boxed.tag = I64(static_cast<uint64_t>(runtime::Tag::Closure));
  boxed.word = b_.CreatePtrToInt(closure, b_.getInt64Ty());
  boxed.owned = true;
  return boxed;
}

Piece Lowering::NewSequence(frontend::FunctionId id, TypeId type, std::vector<Piece> args,
                            Span span) {
  const TypeId seq = KindOf(type) == TypeKind::Seq ? type : types_.Seq(runtime::kAny);
  for (Piece& arg : args) {
    arg = Own(ToBoxed(arg));
  }
  llvm::Value* generator = Call(HelperId::NewGenerator,
                                {I32(id), I32(seq), ValueArray(args), I64(args.size())});
  return Ref(seq, RequireRef(generator, SiteOf(span)), true);
}

Piece Lowering::EvalStoredGenerator(const frontend::ComprehensionExpr& e) {
  const frontend::FunctionId id = resolution_.function_of_expr[e.id];
  std::vector<Piece> args{Eval(*e.clauses[0].source)};
  if (args[0].type == runtime::kNever) {
    return args[0];
  }
  for (const Piece& capture : CapturesOf(resolution_.functions[id])) {
    args.push_back(capture);
  }
  return NewSequence(id, TypeOf(e), std::move(args), e.span);
}

llvm::Value* Lowering::Condition(Piece piece, Span span) {
  if (piece.rep == Rep::Bool) {
    return piece.word;
  }
  if (piece.type == runtime::kNever) {
    return llvm::PoisonValue::get(b_.getInt1Ty());
  }
  piece = ToBoxed(piece);
  FailIf(b_.CreateICmpNE(piece.tag, I64(static_cast<uint64_t>(runtime::Tag::Bool))), [&] {
    Call(HelperId::Truth, {piece.tag, piece.word});  // says what it is instead
    Call(HelperId::Failed, {I32(SiteOf(span))});
  });
  return b_.CreateTrunc(piece.word, b_.getInt1Ty());
}

void Lowering::Choose(const Expr& condition, llvm::BasicBlock* then,
                      llvm::BasicBlock* otherwise) {
  if (const auto* logical = DynCast<frontend::LogicalExpr>(condition)) {
    const bool is_and = logical->op == frontend::LogicalOp::And;
    for (size_t i = 0; i + 1 < logical->operands.size(); ++i) {
      llvm::BasicBlock* rest = NewBlock("rest");
      Choose(*logical->operands[i], is_and ? rest : then, is_and ? otherwise : rest);
      Enter(rest);
    }
    Choose(*logical->operands.back(), then, otherwise);
    return;
  }
  if (const auto* unary = DynCast<frontend::UnaryExpr>(condition);
      unary != nullptr && unary->op == frontend::UnaryOp::Not &&
      TypeOf(*unary->operand) == runtime::kBool) {
    Choose(*unary->operand, otherwise, then);
    return;
  }
  llvm::Value* holds = Condition(Eval(condition), condition.span);
  b_.CreateCondBr(holds, then, otherwise);
}

}  // namespace jit
