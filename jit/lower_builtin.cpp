// Calls of built-ins: of numbers as runtime/arith.h defines them, of strings and
// lists whose types are known, and the runtime's table on boxed values for all
// others.
//
// What a math function is not defined for is looked for in its argument where
// that decides: sin(x) and cos(x) then share one check, and stand side by side
// for the code generator to make one sincos of them.
// Tests: tests/golden/**, on every backend.

#include <algorithm>

#include <llvm/IR/InlineAsm.h>
#include <llvm/IR/Intrinsics.h>

#include "jit/layout.h"
#include "jit/lowering.h"
#include "jit/vector_math.h"

namespace jit {

using runtime::TypeKind;

namespace {

constexpr uint64_t kSmallestInt = uint64_t{1} << 63;

enum class Domain : uint8_t {
  All,
  Finite,    // not an infinity
  UpToOne,   // in [-1, 1]
  Positive,  // neither negative nor zero
  NotNegative,
};

// Functions of one float that give a float; with an intrinsic where LLVM knows the function and
// its code is libm's or the instruction.
struct UnaryMath {
  BuiltinKind kind;
  const char* name;
  Domain domain;
  unsigned intrinsic;
};

constexpr UnaryMath kUnaryMath[] = {
    {BuiltinKind::Sqrt, "sqrt", Domain::NotNegative, llvm::Intrinsic::sqrt},
    {BuiltinKind::Sin, "sin", Domain::Finite, llvm::Intrinsic::sin},
    {BuiltinKind::Cos, "cos", Domain::Finite, llvm::Intrinsic::cos},
    {BuiltinKind::Tan, "tan", Domain::Finite, llvm::Intrinsic::not_intrinsic},
    {BuiltinKind::Asin, "asin", Domain::UpToOne, llvm::Intrinsic::not_intrinsic},
    {BuiltinKind::Acos, "acos", Domain::UpToOne, llvm::Intrinsic::not_intrinsic},
    {BuiltinKind::Atan, "atan", Domain::All, llvm::Intrinsic::not_intrinsic},
    {BuiltinKind::Exp, "exp", Domain::All, llvm::Intrinsic::not_intrinsic},
    {BuiltinKind::Log, "log", Domain::Positive, llvm::Intrinsic::not_intrinsic},
    {BuiltinKind::Log2, "log2", Domain::Positive, llvm::Intrinsic::not_intrinsic},
    {BuiltinKind::Log10, "log10", Domain::Positive, llvm::Intrinsic::not_intrinsic},
};

bool IsNumber(const Piece& piece) { return piece.rep == Rep::Int || piece.rep == Rep::Float; }

uint64_t Id(BuiltinKind kind) { return static_cast<uint64_t>(kind); }

}  // namespace

Piece Lowering::EvalBuiltin(const frontend::CallExpr& e, BuiltinKind kind) {
  const frontend::Signature& signature = machine_.program.builtins[static_cast<size_t>(kind)];
  const bool folds = kind == BuiltinKind::Min || kind == BuiltinKind::Max;
  if (signature.consumed_argument >= 0 && !(folds && e.args.size() > 1)) {
    return Consume(e, kind);
  }
  if (kind == BuiltinKind::Write && WriteNumber(e)) {
    return UnitPiece();
  }
  if (kind == BuiltinKind::Len) {
    if (const auto* list = UnseenList(*e.args[0].value)) {
      return CountUnseen(*list);
    }
  }
  std::vector<const Expr*> values;
  for (const frontend::Argument& argument : e.args) {
    values.push_back(argument.value);
  }
  std::vector<Piece> args = EvalAll(values);
  for (const Piece& arg : args) {
    if (arg.type == runtime::kNever) {
      return UnitPiece(runtime::kNever);
    }
  }
  Piece result;
  if (LowerMath(kind, e.span, args, &result) || LowerTyped(kind, e.span, args, &result)) {
    return result;
  }
  return CallBuiltinBoxed(kind, e.span, args);
}

Piece Lowering::CallBuiltinBoxed(BuiltinKind kind, Span span, std::vector<Piece>& args) {
  for (Piece& arg : args) {
    arg = ToBoxed(arg);
  }
  llvm::Value* pair =
      Call(HelperId::CallBuiltin, {I32(Id(kind)), ValueArray(args), I64(args.size())});
  const Piece result = RequireValue(pair, SiteOf(span));
  for (const Piece& arg : args) {
    Release(arg);
  }
  return result;
}

// ---- numbers ----

bool Lowering::LowerMath(BuiltinKind kind, Span span, std::vector<Piece>& args, Piece* out) {
  if (args.empty() || !std::all_of(args.begin(), args.end(), IsNumber)) {
    return false;
  }
  if (args.size() == 1) {
    if (LowerUnaryMath(kind, span, args[0], out)) {
      return true;
    }
    if (kind == BuiltinKind::Floor || kind == BuiltinKind::Ceil || kind == BuiltinKind::Round ||
        kind == BuiltinKind::Int) {
      *out = RoundToInt(kind, span, args[0]);
      return true;
    }
    if (kind == BuiltinKind::Float) {
      *out = ToFloat(args[0]);
      return true;
    }
    if (kind == BuiltinKind::Abs || kind == BuiltinKind::Fabs) {
      *out = Absolute(kind, span, args[0]);
      return true;
    }
    return false;
  }
  if (kind == BuiltinKind::Min || kind == BuiltinKind::Max) {
    *out = args[0];
    for (size_t i = 1; i < args.size(); ++i) {
      *out = BetterOf(kind, *out, args[i]);
    }
    return true;
  }
  if (args.size() != 2) {
    return false;
  }
  if (kind == BuiltinKind::Atan2) {
    llvm::Value* y = ToFloat(args[0]).word;
    *out = Float(b_.CreateCall(unit_.MathFunction("atan2", 2), {y, ToFloat(args[1]).word}));
    return true;
  }
  if (kind == BuiltinKind::Pow) {
    llvm::Value* base = ToFloat(args[0]).word;
    llvm::Value* exponent = ToFloat(args[1]).word;
    *out = Float(CallPow(base, exponent, [&] {
      Call(HelperId::FailMath2, {I32(SiteOf(span)), I32(Id(kind)), base, exponent});
    }));
    return true;
  }
  if (kind == BuiltinKind::Hypot) {
    llvm::Value* x = ToFloat(args[0]).word;
    *out = Float(Call(HelperId::Hypot, {x, ToFloat(args[1]).word}));
    return true;
  }
  return false;
}

bool Lowering::LowerUnaryMath(BuiltinKind kind, Span span, const Piece& arg, Piece* out) {
  const auto* math = std::find_if(std::begin(kUnaryMath), std::end(kUnaryMath),
                                  [&](const UnaryMath& entry) { return entry.kind == kind; });
  if (math == std::end(kUnaryMath)) {
    return false;
  }
  llvm::Value* x = ToFloat(arg).word;
  const auto number = [&](double value) { return llvm::ConstantFP::get(b_.getDoubleTy(), value); };
  llvm::Value* infinity = llvm::ConstantFP::getInfinity(b_.getDoubleTy());
  const auto fail = [&] { Call(HelperId::FailMath, {I32(SiteOf(span)), I32(Id(kind)), x}); };
  ++math_calls_;
  const bool is_fast = machine_.math == Math::Fast;  // which lifts the checks
  switch (is_fast ? Domain::All : math->domain) {
    case Domain::All:
      break;
    case Domain::Finite:
      FailIf(b_.CreateFCmpOEQ(Abs(x), infinity), fail);
      break;
    case Domain::UpToOne:
      FailIf(b_.CreateFCmpOGT(Abs(x), number(1.0)), fail);
      break;
    case Domain::Positive:
      FailIf(b_.CreateFCmpOLE(x, number(0.0)), fail);
      break;
    case Domain::NotNegative:
      FailIf(b_.CreateFCmpOLT(x, number(0.0)), fail);
      break;
  }
  llvm::CallInst* y = math->intrinsic != llvm::Intrinsic::not_intrinsic
                          ? b_.CreateIntrinsic(math->intrinsic, {x->getType()}, {x})
                          : b_.CreateCall(unit_.MathFunction(math->name, 1), {x});
  if (is_fast) {
    MarkVectorisable(y);
  } else if (kind == BuiltinKind::Exp) {
    FailIfOdd(
        b_.CreateFCmpOEQ(y, infinity), [&] { return b_.CreateFCmpONE(x, infinity); }, fail);
  }
  *out = Float(y);
  return true;
}

Piece Lowering::RoundToInt(BuiltinKind kind, Span span, const Piece& arg) {
  if (arg.rep == Rep::Int) {
    return arg;
  }
  llvm::Value* x = arg.word;
  // The only int of this magnitude is the negative one.
  llvm::Value* limit = llvm::ConstantFP::get(b_.getDoubleTy(), 0x1p63);
  FailIfOdd(
      b_.CreateFCmpUGE(Abs(x), limit),
      [&] { return b_.CreateFCmpUNE(x, llvm::ConstantFP::get(b_.getDoubleTy(), -0x1p63)); },
      [&] {
        Call(HelperId::FailMath, {I32(SiteOf(span)), I32(Id(kind)), x});
      });
  llvm::Value* whole = x;
  if (kind == BuiltinKind::Floor) {
    whole = b_.CreateUnaryIntrinsic(llvm::Intrinsic::floor, x);
  } else if (kind == BuiltinKind::Ceil) {
    whole = b_.CreateUnaryIntrinsic(llvm::Intrinsic::ceil, x);
  } else if (kind == BuiltinKind::Round) {
    whole = b_.CreateUnaryIntrinsic(llvm::Intrinsic::roundeven, x);
  }
  return Int(b_.CreateFPToSI(whole, b_.getInt64Ty()));
}

Piece Lowering::Absolute(BuiltinKind kind, Span span, const Piece& arg) {
  if (kind == BuiltinKind::Fabs || arg.rep == Rep::Float) {
    return Float(Abs(ToFloat(arg).word));
  }
  FailIf(b_.CreateICmpEQ(arg.word, I64(kSmallestInt)), [&] {
    Call(HelperId::FailMathInt, {I32(SiteOf(span)), I32(Id(kind)), arg.word});
  });
  return Int(b_.CreateBinaryIntrinsic(llvm::Intrinsic::abs, arg.word, b_.getTrue()));
}

// The first unless the second is really better. An int that meets a float gives a float.
Piece Lowering::BetterOf(BuiltinKind kind, const Piece& a, const Piece& b) {
  const BinaryOp op = kind == BuiltinKind::Min ? BinaryOp::Lt : BinaryOp::Gt;
  if (a.rep != b.rep) {
    llvm::Value* is_better = CompareMixed(op, b, a);
    return Float(b_.CreateSelect(is_better, ToFloat(b).word, ToFloat(a).word));
  }
  llvm::Value* is_better = Compare(op, {}, b, a).word;
  Piece better = a;
  better.word = b_.CreateSelect(is_better, b.word, a.word);
  return better;
}

// ---- strings, lists and the rest ----

// `write(b, str(i))` without the string in between.
bool Lowering::WriteNumber(const frontend::CallExpr& e) {
  const auto* text = frontend::DynCast<frontend::CallExpr>(*e.args[1].value);
  BuiltinKind kind;
  if (text == nullptr || !IsBuiltin(*text->callee, &kind) || kind != BuiltinKind::Str ||
      TypeOf(*e.args[0].value) != runtime::kBuffer ||
      TypeOf(*text->args[0].value) != runtime::kInt) {
    return false;
  }
  const Expr* parts[] = {e.args[0].value, text->args[0].value};
  const std::vector<Piece> pieces = EvalAll(parts);
  Require(Call(HelperId::WriteInt, {pieces[0].word, pieces[1].word}), SiteOf(e.span));
  Release(pieces[0]);
  return true;
}

bool Lowering::LowerTyped(BuiltinKind kind, Span span, std::vector<Piece>& args, Piece* out) {
  const auto is_list = [this](const Piece& piece) { return KindOf(piece.type) == TypeKind::List; };
  if (kind == BuiltinKind::Str || kind == BuiltinKind::Bool || kind == BuiltinKind::Int ||
      kind == BuiltinKind::Float) {
    bool done = false;
    *out = Convert(kind, span, args[0], &done);
    return done;
  }
  if (kind == BuiltinKind::Len && (is_list(args[0]) || args[0].type == runtime::kStr)) {
    *out = Int(LoadSize(args[0].word, is_list(args[0]) ? kListSizeOffset : kStrCodePointsOffset));
    Release(args[0]);
    return true;
  }
  if (kind == BuiltinKind::Append && HoldsTyped(args[0].type) &&
      types_.Element(args[0].type) == args[1].type) {
    Append(args[0].word, args[1].type, args[1], span);
    Release(args[0]);
    *out = UnitPiece();
    return true;
  }
  if (kind == BuiltinKind::Pop && HoldsTyped(args[0].type)) {
    *out = PopElement(span, args[0]);
    return true;
  }
  if (kind == BuiltinKind::Write && args[0].type == runtime::kBuffer &&
      args[1].type == runtime::kStr) {
    Require(Call(HelperId::WriteStr, {args[0].word, args[1].word}), SiteOf(span));
    Release(args[1]);
    Release(args[0]);
    *out = UnitPiece();
    return true;
  }
  if (kind == BuiltinKind::Text && args[0].type == runtime::kBuffer) {
    *out =
        Own(Ref(runtime::kStr,
                LoadField(args[0].word, kBufferTextOffset, b_.getPtrTy(), Memory::Header), false));
    Release(args[0]);
    return true;
  }
  if (kind == BuiltinKind::Keep) {
    Keep(args[0]);
    *out = args[0];
    return true;
  }
  if (kind == BuiltinKind::Assert && args[0].rep == Rep::Bool &&
      (args.size() == 1 || args[1].type == runtime::kStr)) {
    FailIf(b_.CreateNot(args[0].word), [&] {
      std::vector<Piece> boxed = args;
      for (Piece& arg : boxed) {
        arg = ToBoxed(arg);
      }
      Call(HelperId::CallBuiltin, {I32(Id(kind)), ValueArray(boxed), I64(boxed.size())});
      Call(HelperId::Failed, {I32(SiteOf(span))});
    });
    for (const Piece& arg : args) {
      Release(arg);
    }
    *out = UnitPiece();
    return true;
  }
  return false;
}

// bool, int, float and str of what is no number, or gives none.
Piece Lowering::Convert(BuiltinKind kind, Span span, Piece arg, bool* done) {
  *done = true;
  if (kind == BuiltinKind::Str) {
    Piece text;
    if (arg.rep == Rep::Int) {
      text = Ref(runtime::kStr, Call(HelperId::StrOfInt, {arg.word}), true);
    } else {
      arg = ToBoxed(arg);
      text = Ref(runtime::kStr, Call(HelperId::StrOf, {arg.tag, arg.word}), true);
    }
    RequireRef(text.word, SiteOf(span));
    Release(arg);
    return text;
  }
  if (kind == BuiltinKind::Int && arg.rep == Rep::Bool) {
    return Int(b_.CreateZExt(arg.word, b_.getInt64Ty()));
  }
  if (kind == BuiltinKind::Float && arg.rep == Rep::Bool) {
    return Float(b_.CreateUIToFP(arg.word, b_.getDoubleTy()));
  }
  if (kind == BuiltinKind::Bool) {
    if (arg.rep == Rep::Bool) {
      return arg;
    }
    if (arg.rep == Rep::Int) {
      return Bool(b_.CreateICmpNE(arg.word, I64(0)));
    }
    if (arg.rep == Rep::Float) {
      return Bool(b_.CreateFCmpUNE(arg.word, llvm::ConstantFP::get(b_.getDoubleTy(), 0.0)));
    }
    const bool is_list = KindOf(arg.type) == TypeKind::List;
    if (is_list || arg.type == runtime::kStr) {
      llvm::Value* size = LoadSize(arg.word, is_list ? kListSizeOffset : kStrSizeBytesOffset);
      Release(arg);
      return Bool(b_.CreateICmpNE(size, I64(0)));
    }
  }
  *done = false;
  return {};
}

Piece Lowering::PopElement(Span span, Piece list) {
  llvm::Value* size = ListSize(list.word);
  FailIf(b_.CreateICmpEQ(size, I64(0)), [&] {
    llvm::Value* array = ValueArray({ToBoxed(list)});
    Call(HelperId::CallBuiltin, {I32(Id(BuiltinKind::Pop)), array, I64(1)});
    Call(HelperId::Failed, {I32(SiteOf(span))});
  });
  llvm::Value* last = b_.CreateNUWSub(size, I64(1));
  StoreField(list.word, kListSizeOffset, last, Memory::Header);
  // The list's own reference goes with it.
  Piece element = LoadItem(ListData(list.word), types_.Element(list.type), last);
  element.owned = element.rep == Rep::Ref;
  Release(list);
  return element;
}

// Makes the optimiser believe that the value is looked at. For one in a register no memory is
// concerned; one on the heap must have its contents.
void Lowering::Keep(const Piece& piece) {
  const auto look = [this](llvm::Value* value, bool sees_heap) {
    const bool is_float = value->getType()->isDoubleTy();
    auto* type = llvm::FunctionType::get(b_.getVoidTy(), {value->getType()}, false);
    llvm::CallInst* call = b_.CreateCall(llvm::InlineAsm::get(type, "",
                                                              is_float    ? "x"
                                                              : sees_heap ? "r,~{memory}"
                                                                          : "r",
                                                              true),
                                         {value});
    call->setDoesNotThrow();
    call->addFnAttr(llvm::Attribute::WillReturn);
    if (!sees_heap) {
      call->setMemoryEffects(llvm::MemoryEffects::inaccessibleMemOnly());
    }
  };
  switch (piece.rep) {
    case Rep::Unit:
      break;
    case Rep::Int:
    case Rep::Float:
      look(piece.word, false);
      break;
    case Rep::Bool:
      look(b_.CreateZExt(piece.word, b_.getInt64Ty()), false);
      break;
    case Rep::Ref:
      look(piece.word, true);
      break;
    case Rep::Value:
      look(piece.tag, false);
      look(piece.word, true);
      break;
  }
}

}  // namespace jit
