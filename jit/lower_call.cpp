// Calls: of versions, of values, of C functions; lambdas' captures; depth.

#include <algorithm>

#include "frontend/check.h"
#include "jit/lowering.h"
#include "runtime/extern.h"
#include "runtime/mutant.h"

namespace jit {

using frontend::DynCast;
using frontend::FunctionKind;
using frontend::RefKind;
using runtime::TypeKind;

namespace {

bool DoesNotReturn(const std::vector<Piece>& pieces) {
  return std::any_of(pieces.begin(), pieces.end(),
                     [](const Piece& piece) { return piece.type == runtime::kNever; });
}

}  // namespace

Piece Lowering::EvalCall(const frontend::CallExpr& e) {
  const frontend::Ref ref = RefOf(*e.callee);
  if (ref.kind == RefKind::Builtin) {
    return EvalBuiltin(e, static_cast<BuiltinKind>(ref.index));
  }
  if (ref.kind == RefKind::Function) {
    const frontend::Function& function = resolution_.functions[ref.index];
    if (function.kind == FunctionKind::Extern) {
      return CallExtern(e, function);
    }
    return CallFunction(e, ref.index, nullptr);
  }
  const bool may_leave = std::any_of(e.args.begin(), e.args.end(),
                                     [&](const auto& argument) { return Exits(*argument.value); });
  const bool assigns = std::any_of(e.args.begin(), e.args.end(),
                                   [&](const auto& argument) { return Assigns(*argument.value); });
  const TypeId callee_type = TypeOf(*e.callee);
  const runtime::Type& type = types_.Get(callee_type);
  const bool known = type.kind == TypeKind::Lambda || type.kind == TypeKind::Function;
  const bool is_extern = known && resolution_.functions[type.index].kind == FunctionKind::Extern;
  const bool is_direct =
      known && !is_extern && machine_.inference.Callee(*frame_->version, e) != infer::kNoVersion;
  const frontend::FunctionId id = type.index;
  if (is_direct && e.callee->kind == frontend::ExprKind::Lambda) {
    return CallFunction(e, id, nullptr);  // called where it stands: no closure is made
  }
  const size_t held = cleanups_.size();
  const Aside aside = PutAside(Eval(*e.callee), may_leave, assigns);
  if (aside.piece.type == runtime::kNever) {
    return aside.piece;
  }
  const Callee callee = [&] {
    Piece piece = TakeBack(aside);
    Drop(held);
    return piece;
  };
  return is_direct ? CallFunction(e, id, &callee) : CallDynamic(e, callee);
}

Piece Lowering::Declared(Piece piece, const frontend::TypeExpr* declared, std::string_view name,
                         Span span) {
  if (declared == nullptr || piece.type == runtime::kNever) {
    return piece;
  }
  const TypeId accepted = machine_.inference.Accept(declared, piece.type);
  const bool is_unchecked =
      declared->kind == frontend::TypeExprKind::Function && piece.rep == Rep::Value;
  if (accepted == piece.type && !is_unchecked) {
    return piece;
  }
  if (accepted == runtime::kFloat && piece.rep == Rep::Int) {
    return ToFloat(piece);
  }
  const Piece boxed = Own(ToBoxed(piece));
  llvm::Value* checked = Call(HelperId::CheckDeclared,
                              {I32(types_.FromDeclaration(*declared)), unit_.Address(name.data()),
                               I64(name.size()), boxed.tag, boxed.word});
  const Piece result = RequireValue(checked, SiteOf(span));
  return accepted == runtime::kNever ? UnitPiece(runtime::kNever) : As(result, accepted);
}

std::vector<Piece> Lowering::EvalArguments(const std::vector<frontend::BoundArgument>& bound,
                                           std::span<const frontend::Param> params) {
  std::vector<const Expr*> values;
  for (const frontend::BoundArgument& argument : bound) {
    if (!argument.is_default) {
      values.push_back(argument.value);
    }
  }
  std::vector<Piece> pieces = EvalAll(values);
  for (size_t i = 0; i < bound.size(); ++i) {
    const frontend::Param& param = params[bound[i].param];
    if (bound[i].is_default) {
      pieces.push_back(EvalDefault(*bound[i].value));
    }
    pieces[i] = Declared(pieces[i], param.type, param.binding.name, bound[i].value->span);
  }
  return pieces;
}

// Defaults lie outside every function: their types are those of constants.
Piece Lowering::EvalDefault(const Expr& e) {
  if (const auto* unary = DynCast<frontend::UnaryExpr>(e)) {
    const Piece operand = EvalDefault(*unary->operand);
    return unary->op == frontend::UnaryOp::Not ? Not(operand, e.span) : Negate(operand, e.span);
  }
  if (const auto* binary = DynCast<frontend::BinaryExpr>(e)) {
    const Piece left = EvalDefault(*binary->left);
    return Operate(binary->op, binary->span, left, EvalDefault(*binary->right));
  }
  if (const auto* list = DynCast<frontend::ListExpr>(e)) {
    std::vector<Piece> items;
    for (const Expr* item : list->items) {
      items.push_back(EvalDefault(*item));
    }
    return ListOf(TypeOf(e), e.span, std::move(items));
  }
  return EvalKind(e, Use::Value);
}

llvm::Value* Lowering::Depth() {
  LAB_CHECK(frame_->depth != nullptr);
  return b_.CreateLoad(b_.getInt32Ty(), frame_->depth);
}

llvm::Value* Lowering::CalleeDepth() { return b_.CreateAdd(Depth(), I32(1)); }

// The limit is zero once the run is interrupted.
void Lowering::CheckDepth(Span span) {
  llvm::LoadInst* limit =
      b_.CreateLoad(b_.getInt32Ty(), unit_.Address(&machine_.context.depth_limit));
  limit->setAtomic(llvm::AtomicOrdering::Monotonic);
  limit->setAlignment(llvm::Align(4));
  llvm::Value* depth = LAB_MUTANT(304, Depth(), b_.CreateSub(Depth(), I32(1)));
  FailIf(b_.CreateICmpUGE(depth, limit), [&] { Call(HelperId::FailCall, {I32(SiteOf(span))}); });
}

Piece Lowering::CallVersion(infer::VersionId id, std::vector<Piece> args, Span span) {
  if (DoesNotReturn(args)) {
    return UnitPiece(runtime::kNever);
  }
  const Version& callee = unit_.VersionOf(id);
  const infer::Version& inferred = machine_.inference.Get(id);
  LAB_CHECK(args.size() == inferred.params.size());
  if (callee.calls.is_checked) {
    CheckDepth(span);
  }
  math_calls_ += callee.calls.calls_math ? 1 : 0;
  std::vector<llvm::Value*> words;
  if (callee.calls.has_depth) {
    words.push_back(CalleeDepth());
  }
  for (size_t i = 0; i < args.size(); ++i) {
    args[i] = As(args[i], inferred.params[i]);
    if (args[i].rep == Rep::Value) {
      words.push_back(args[i].tag);
    }
    if (args[i].rep != Rep::Unit) {
      words.push_back(args[i].word);
    }
  }
  llvm::CallInst* call = b_.CreateCall(callee.function, words);
  call->setCallingConv(llvm::CallingConv::Fast);
  Piece result{inferred.result, RepOf(inferred.result)};
  unsigned parts = 0;
  const auto part = [&] { return b_.CreateExtractValue(call, parts++); };
  llvm::Value* failed = call;
  if (result.rep == Rep::Value) {
    result.tag = part();
  }
  if (result.rep != Rep::Unit) {
    result.word = part();
    failed = part();
  }
  result.owned = runtime::IsCounted(result.rep);
  FailIf(failed, [&] { Call(HelperId::Failed, {I32(SiteOf(span))}); });
  if (KindOf(result.type) == TypeKind::List) {
    AssumeList(result.word);
  }
  for (const Piece& arg : args) {
    LAB_MUTANT(619, Release(arg), void());
  }
  return result;
}

void Lowering::AddCaptures(llvm::Value* closure, const infer::Version& version, size_t first,
                           std::vector<Piece>* args) {
  for (size_t i = first; i < version.params.size(); ++i) {
    const size_t capture = LAB_MUTANT(621, i - first, version.params.size() - 1 - i);
    const uint64_t offset = sizeof(runtime::Closure) + capture * sizeof(runtime::Value);
    Piece boxed{runtime::kAny, Rep::Value};
    boxed.tag = LoadField(closure, offset, b_.getInt64Ty(), Memory::Values);
    boxed.word = LoadField(closure, offset + 8, b_.getInt64Ty(), Memory::Values);
    args->push_back(As(boxed, version.params[i]));
  }
}

Piece Lowering::CallFunction(const frontend::CallExpr& e, frontend::FunctionId id,
                             const Callee* callee) {
  const frontend::Function& function = resolution_.functions[id];
  const infer::VersionId version = machine_.inference.Callee(*frame_->version, e);
  if (function.yields) {
    return MakeSequence(e, id);
  }
  const std::vector<frontend::BoundArgument> bound = BindArguments(resolution_, e, function);
  if (version == infer::kNoVersion) {
    // Either some argument does not return or can not be what is declared, so that evaluating
    // and checking them ends the run; or the version is found when it is called.
    const bool never_fits =
        std::any_of(bound.begin(), bound.end(), [&](const frontend::BoundArgument& argument) {
          const TypeId type = TypeOf(*argument.value);
          return type == runtime::kNever ||
                 machine_.inference.Accept(function.locals[argument.param].type, type) ==
                     runtime::kNever;
        });
    if (never_fits) {
      EvalArguments(bound, function.params());
      return UnitPiece(runtime::kNever);
    }
    const Callee itself = [&] { return UnitPiece(types_.Function(id)); };
    return CallDynamic(e, callee != nullptr ? *callee : itself);
  }
  const std::vector<Piece> written = EvalArguments(bound, function.params());
  if (DoesNotReturn(written)) {
    return UnitPiece(runtime::kNever);
  }
  std::vector<Piece> args(function.param_count);
  for (size_t i = 0; i < bound.size(); ++i) {
    args[LAB_MUTANT(620, bound[i].param, i)] = written[i];
  }
  Piece closure;
  if (callee != nullptr) {
    closure = (*callee)();
    if (closure.rep == Rep::Ref) {
      AddCaptures(closure.word, machine_.inference.Get(version), function.param_count, &args);
    }
  } else {
    for (const Piece& capture : CapturesOf(function)) {
      args.push_back(capture);
    }
  }
  const Piece result = CallVersion(version, std::move(args), e.span);
  Release(closure);
  return result;
}

Piece Lowering::CallDynamic(const frontend::CallExpr& e, const Callee& callee) {
  std::vector<const Expr*> values;
  std::vector<Span> spans;
  for (const frontend::Argument& argument : e.args) {
    values.push_back(argument.value);
    spans.push_back(argument.value->span);
  }
  std::vector<Piece> args = EvalAll(values);
  if (DoesNotReturn(args)) {
    return UnitPiece(runtime::kNever);
  }
  return CallValue(callee(), std::move(args), SiteOfCall(e.span, std::move(spans)));
}

Piece Lowering::CallValue(Piece callee, std::vector<Piece> args, SiteId site) {
  callee = ToBoxed(callee);
  for (Piece& arg : args) {
    arg = Own(ToBoxed(arg));
  }
  llvm::Value* pair = Call(HelperId::CallValue,
                           {Depth(), callee.tag, callee.word, ValueArray(args), I64(args.size())});
  const Piece result = RequireValue(pair, site);
  Release(callee);
  return result;
}

Piece Lowering::CallExtern(const frontend::CallExpr& e, const frontend::Function& function) {
  const frontend::FunctionDecl& decl = *function.decl;
  const frontend::FunctionId id = machine_.program.IdOf(function);
  const std::vector<frontend::BoundArgument> bound = BindArguments(resolution_, e, function);
  const std::vector<Piece> written = EvalArguments(bound, decl.params);
  if (DoesNotReturn(written)) {
    return UnitPiece(runtime::kNever);
  }
  std::vector<Piece> args(written.size());
  for (size_t i = 0; i < bound.size(); ++i) {
    args[bound[i].param] = written[i];
  }
  const TypeId result = types_.FromDeclaration(*decl.result_type);
  const bool all_floats =
      std::all_of(args.begin(), args.end(), [](const Piece& arg) { return arg.rep == Rep::Float; });
  runtime::ExternFunction* external = all_floats ? machine_.tables.Extern(id) : nullptr;
  machine_.context.failure.reset();  // a refusal is reported where the call runs
  if (external != nullptr) {
    const auto address = [](auto* pointer) { return reinterpret_cast<const void*>(pointer); };
    llvm::Type* real = b_.getDoubleTy();
    if (external->double_unary != nullptr) {
      return CallC(address(external->double_unary), real, args);
    }
    if (external->double_binary != nullptr) {
      return CallC(address(external->double_binary), real, args);
    }
    if (external->float_unary != nullptr) {
      return CallC(address(external->float_unary), b_.getFloatTy(), args);
    }
  }
  std::vector<Piece> boxed;
  for (const Piece& arg : args) {
    boxed.push_back(ToBoxed(arg));
  }
  llvm::Value* pair = Call(HelperId::CallExtern, {I32(id), ValueArray(boxed), I64(boxed.size())});
  const Piece value = RequireValue(pair, SiteOf(e.span));
  for (const Piece& arg : boxed) {
    Release(arg);
  }
  return As(value, result);
}

// A direct call of double(double...) or float(float...). A NaN's sign would show otherwise in
// what C makes of it.
Piece Lowering::CallC(const void* address, llvm::Type* type, const std::vector<Piece>& args) {
  llvm::Constant* nan = llvm::ConstantFP::getNaN(b_.getDoubleTy());
  const auto canonical = [&](llvm::Value* x) {
    return b_.CreateSelect(b_.CreateFCmpUNO(x, x), nan, x);
  };
  std::vector<llvm::Value*> words;
  for (const Piece& arg : args) {
    llvm::Value* x = canonical(arg.word);
    words.push_back(type->isFloatTy() ? b_.CreateFPTrunc(x, type) : x);
  }
  const std::vector<llvm::Type*> params(words.size(), type);
  llvm::CallInst* call =
      b_.CreateCall(llvm::FunctionType::get(type, params, false), unit_.Address(address), words);
  call->setDoesNotThrow();
  llvm::Value* y = call;
  if (type->isFloatTy()) {
    y = b_.CreateFPExt(y, b_.getDoubleTy());
  }
  return Float(canonical(y));
}

Piece Lowering::MakeSequence(const frontend::CallExpr& e, frontend::FunctionId id) {
  const frontend::Function& function = resolution_.functions[id];
  const std::vector<frontend::BoundArgument> bound = BindArguments(resolution_, e, function);
  const std::vector<Piece> written = EvalArguments(bound, function.decl->params);
  if (DoesNotReturn(written)) {
    return UnitPiece(runtime::kNever);
  }
  std::vector<Piece> args(written.size());
  for (size_t i = 0; i < bound.size(); ++i) {
    args[bound[i].param] = written[i];
  }
  return NewSequence(id, TypeOf(e), std::move(args), e.span);
}

}  // namespace jit
