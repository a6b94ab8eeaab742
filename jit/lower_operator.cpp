// Operators. On ints and floats they become the instructions that runtime/arith.h
// would compile to, with the failing cases out of line; on strings calls of
// helpers; on boxed values a short test for two ints or two floats before the
// runtime's own operator.
//
// A constant operand saves the checks that it makes superfluous here already:
// LLVM would find most of them, but later and at a price.
// Tests: tests/golden/**, on every backend.

#include <utility>

#include <llvm/IR/Intrinsics.h>
#include <llvm/IR/MDBuilder.h>

#include "frontend/check.h"
#include "jit/lowering.h"
#include "runtime/arith.h"
#include "runtime/mutant.h"

namespace jit {

using runtime::Tag;

namespace {

// Ints up to this magnitude are floats exactly.
constexpr int64_t kExact = int64_t{1} << 53;

bool IsNumber(const Piece& piece) { return piece.rep == Rep::Int || piece.rep == Rep::Float; }

// Of a comparison. A nan is equal to nothing and neither less nor greater.
struct Predicates {
  llvm::CmpInst::Predicate of_ints;
  llvm::CmpInst::Predicate of_floats;
};

Predicates PredicatesOf(BinaryOp op) {
  using llvm::CmpInst;
  static constexpr Predicates kPredicates[] = {
      {CmpInst::ICMP_EQ, CmpInst::FCMP_OEQ},  {CmpInst::ICMP_NE, CmpInst::FCMP_UNE},
      {CmpInst::ICMP_SLT, CmpInst::FCMP_OLT}, {CmpInst::ICMP_SLE, CmpInst::FCMP_OLE},
      {CmpInst::ICMP_SGT, CmpInst::FCMP_OGT}, {CmpInst::ICMP_SGE, CmpInst::FCMP_OGE},
  };
  LAB_CHECK(frontend::IsComparison(op));
  return kPredicates[static_cast<size_t>(op) - static_cast<size_t>(BinaryOp::Eq)];
}

// With the operands the other way round.
BinaryOp Swapped(BinaryOp op) {
  return op == BinaryOp::Lt   ? BinaryOp::Gt
         : op == BinaryOp::Le ? BinaryOp::Ge
         : op == BinaryOp::Gt ? BinaryOp::Lt
         : op == BinaryOp::Ge ? BinaryOp::Le
                              : op;
}

// Of operators that take two ints or two floats without a helper.
bool IsShortForInts(BinaryOp op) {
  return frontend::IsComparison(op) || op == BinaryOp::Add || op == BinaryOp::Sub ||
         op == BinaryOp::Mul;
}

bool IsShortForFloats(BinaryOp op) { return IsShortForInts(op) || op == BinaryOp::Div; }

unsigned OverflowIntrinsic(BinaryOp op) {
  return op == BinaryOp::Add   ? llvm::Intrinsic::sadd_with_overflow
         : op == BinaryOp::Sub ? llvm::Intrinsic::ssub_with_overflow
                               : llvm::Intrinsic::smul_with_overflow;
}

// x in [-kExact, kExact].
llvm::Value* IsExact(llvm::IRBuilder<>& b, llvm::Value* x) {
  return b.CreateICmpULE(b.CreateAdd(x, b.getInt64(kExact)), b.getInt64(2 * kExact));
}

llvm::Value* Pick(llvm::IRBuilder<>& b, llvm::Value* a, llvm::BasicBlock* from_a, llvm::Value* c,
                  llvm::BasicBlock* from_c) {
  llvm::PHINode* phi = b.CreatePHI(a->getType(), 2);
  phi->addIncoming(a, from_a);
  phi->addIncoming(c, from_c);
  return phi;
}

llvm::Value* FloatOperation(llvm::IRBuilder<>& b, BinaryOp op, llvm::Value* x, llvm::Value* y) {
  return op == BinaryOp::Add   ? b.CreateFAdd(x, y)
         : op == BinaryOp::Sub ? b.CreateFSub(x, y)
         : op == BinaryOp::Mul ? b.CreateFMul(x, y)
                               : b.CreateFDiv(x, y);
}

}  // namespace

Piece Lowering::Operate(BinaryOp op, Span span, Piece a, Piece b) {
  if (a.type == runtime::kNever || b.type == runtime::kNever) {
    return UnitPiece(runtime::kNever);
  }
  if (frontend::IsComparison(op)) {
    return Compare(op, span, a, b);
  }
  if (IsNumber(a) && IsNumber(b)) {
    return a.rep == Rep::Int && b.rep == Rep::Int
               ? OperateInt(op, span, a.word, b.word)
               : OperateFloat(op, span, ToFloat(a).word, ToFloat(b).word);
  }
  if (op == BinaryOp::Add && a.type == runtime::kStr && b.type == runtime::kStr) {
    return AddStrs(span, a, b);
  }
  return OperateBoxed(op, span, a, b);
}

// ---- ints ----

Piece Lowering::OperateInt(BinaryOp op, Span span, llvm::Value* a, llvm::Value* b) {
  switch (op) {
    case BinaryOp::Add:
    case BinaryOp::Sub:
    case BinaryOp::Mul:
      return Int(CheckedInt(OverflowIntrinsic(op), op, span, a, b));
    case BinaryOp::Div:
      return Float(DivInts(span, a, b));
    case BinaryOp::FloorDiv:
    case BinaryOp::Mod: {
      const auto* constant = llvm::dyn_cast<llvm::ConstantInt>(b);
      return Int(constant != nullptr
                     ? FloorDivOrModByConstant(op, span, a, constant->getSExtValue())
                     : FloorDivOrMod(op, span, a, b));
    }
    case BinaryOp::Pow:
      return Int(PowInts(span, a, b));
    case BinaryOp::Eq:
    case BinaryOp::Ne:
    case BinaryOp::Lt:
    case BinaryOp::Le:
    case BinaryOp::Gt:
    case BinaryOp::Ge:
      break;
  }
  return Bool(b_.CreateICmp(PredicatesOf(op).of_ints, a, b));
}

void Lowering::FailIntIf(llvm::Value* bad, BinaryOp op, Span span, llvm::Value* a, llvm::Value* b) {
  FailIf(bad, [&] {
    Call(HelperId::FailInt, {I32(SiteOf(span)), I32(static_cast<uint64_t>(op)), a, b});
  });
}

llvm::Value* Lowering::CheckedInt(unsigned intrinsic, BinaryOp op, Span span, llvm::Value* a,
                                  llvm::Value* b) {
  llvm::Value* pair = b_.CreateBinaryIntrinsic(intrinsic, a, b);
  llvm::Value* result = b_.CreateExtractValue(pair, 0);
  FailIntIf(LAB_MUTANT(601, b_.CreateExtractValue(pair, 1), b_.getFalse()), op, span, a, b);
  return result;
}

llvm::Value* Lowering::FloorDivOrModByConstant(BinaryOp op, Span span, llvm::Value* a, int64_t b) {
  const bool is_div = op == BinaryOp::FloorDiv;
  llvm::Value* divisor = I64(static_cast<uint64_t>(b));
  if (b == 0) {
    FailIntIf(b_.getTrue(), op, span, a, divisor);
    return I64(0);
  }
  if (b == -1) {
    if (!is_div) {
      return I64(0);
    }
    FailIntIf(b_.CreateICmpEQ(a, I64(uint64_t{1} << 63)), op, span, a, divisor);
    return b_.CreateNSWSub(I64(0), a);
  }
  if (runtime::IsPowerOfTwo(b)) {
    return is_div
               ? b_.CreateAShr(a, static_cast<uint64_t>(__builtin_ctzll(static_cast<uint64_t>(b))))
               : b_.CreateAnd(a, I64(static_cast<uint64_t>(b - 1)));
  }
  // The remainder has the sign of `a`, or is zero: one test says whether to adjust.
  llvm::Value* rest = b_.CreateSRem(a, divisor);
  llvm::Value* differs = LAB_MUTANT(604, b > 0, true) ? b_.CreateICmpSLT(rest, I64(0))
                                                      : b_.CreateICmpSGT(rest, I64(0));
  if (is_div) {
    return b_.CreateSub(b_.CreateSDiv(a, divisor), b_.CreateZExt(differs, b_.getInt64Ty()));
  }
  return b_.CreateSelect(differs, b_.CreateAdd(rest, divisor), rest);
}

// Divisors 0 and -1 leave together: one is an error, and the other one's
// instruction would trap for the smallest int.
llvm::Value* Lowering::FloorDivOrMod(BinaryOp op, Span span, llvm::Value* a, llvm::Value* b) {
  const bool is_div = op == BinaryOp::FloorDiv;
  llvm::BasicBlock* special = NewBlock("special");
  llvm::BasicBlock* usual = NewBlock("divide");
  llvm::BasicBlock* done = NewBlock("divided");
  BranchUnlikely(b_.CreateICmpULE(b_.CreateAdd(b, I64(1)), I64(1)), special, usual);

  Enter(special);
  llvm::Value* bad = b_.CreateICmpEQ(b, I64(0));
  if (LAB_MUTANT(605, is_div, false)) {
    bad = b_.CreateOr(bad, b_.CreateICmpEQ(a, I64(uint64_t{1} << 63)));
  }
  FailIntIf(bad, op, span, a, b);
  llvm::Value* by_minus_one = is_div ? b_.CreateNSWSub(I64(0), a) : I64(0);
  llvm::BasicBlock* special_end = b_.GetInsertBlock();
  Go(done);

  Enter(usual);
  llvm::Value* rest = b_.CreateSRem(a, b);
  llvm::Value* differs =
      b_.CreateAnd(b_.CreateICmpNE(rest, I64(0)), b_.CreateICmpSLT(b_.CreateXor(rest, b), I64(0)));
  llvm::Value* result =
      is_div
          ? b_.CreateSub(b_.CreateSDiv(a, b), b_.CreateZExt(differs, b_.getInt64Ty()))
          : b_.CreateSelect(LAB_MUTANT(606, differs, b_.getFalse()), b_.CreateAdd(rest, b), rest);
  Go(done);

  Enter(done);
  return Pick(b_, result, usual, by_minus_one, special_end);
}

llvm::Value* Lowering::DivInts(Span span, llvm::Value* a, llvm::Value* b) {
  FailIntIf(b_.CreateICmpEQ(b, I64(0)), BinaryOp::Div, span, a, b);
  llvm::BasicBlock* large = NewBlock("large");
  llvm::BasicBlock* exact = NewBlock("exact");
  llvm::BasicBlock* done = NewBlock("divided");
  llvm::Value* is_exact = IsExact(b_, LAB_MUTANT(607, a, b));
  b_.CreateCondBr(b_.CreateAnd(is_exact, IsExact(b_, b)), exact, large,
                  llvm::MDBuilder(unit_.context()).createLikelyBranchWeights());

  Enter(exact);
  llvm::Value* quotient =
      b_.CreateFDiv(b_.CreateSIToFP(a, b_.getDoubleTy()), b_.CreateSIToFP(b, b_.getDoubleTy()));
  Go(done);

  Enter(large);
  llvm::Value* rounded = Call(HelperId::DivLargeInts, {a, b});
  Go(done);

  Enter(done);
  return Pick(b_, quotient, exact, rounded, large);
}

llvm::Value* Lowering::PowInts(Span span, llvm::Value* a, llvm::Value* b) {
  if (const auto* constant = llvm::dyn_cast<llvm::ConstantInt>(b)) {
    const int64_t exponent = constant->getSExtValue();
    if (exponent == 0) {
      return I64(1);
    }
    if (exponent >= 1 && exponent <= 3) {
      // The failure names the whole power, whichever product leaves the range.
      llvm::Value* power = a;
      for (int64_t i = 1; i < exponent; ++i) {
        llvm::Value* pair = b_.CreateBinaryIntrinsic(llvm::Intrinsic::smul_with_overflow, power, a);
        power = b_.CreateExtractValue(pair, 0);
        FailIntIf(b_.CreateExtractValue(pair, 1), BinaryOp::Pow, LAB_MUTANT(603, span, Span{}), a,
                  b);
      }
      return power;
    }
  }
  llvm::Value* result = NewWord(b_.getInt64Ty());
  llvm::Value* fits = Call(HelperId::PowInt, {a, b, result});
  FailIntIf(b_.CreateNot(fits), BinaryOp::Pow, span, a, b);
  return b_.CreateLoad(b_.getInt64Ty(), result);
}

// ---- floats ----

llvm::Value* Lowering::Abs(llvm::Value* x) {
  return b_.CreateUnaryIntrinsic(llvm::Intrinsic::fabs, x);
}

void Lowering::FailFloatIf(llvm::Value* bad, BinaryOp op, Span span, llvm::Value* a,
                           llvm::Value* b) {
  FailIf(bad, [&] {
    Call(HelperId::FailFloat, {I32(SiteOf(span)), I32(static_cast<uint64_t>(op)), a, b});
  });
}

void Lowering::FailIfOdd(llvm::Value* odd, const std::function<llvm::Value*()>& is_bad,
                         const std::function<void()>& cold) {
  llvm::BasicBlock* look = NewBlock("odd");
  llvm::BasicBlock* next = NewBlock("fine");
  BranchUnlikely(odd, look, next);
  Enter(look);
  FailIf(is_bad(), cold);
  Go(next);
  Enter(next);
}

Piece Lowering::OperateFloat(BinaryOp op, Span span, llvm::Value* a, llvm::Value* b) {
  llvm::Value* zero = llvm::ConstantFP::get(b_.getDoubleTy(), 0.0);
  switch (op) {
    case BinaryOp::Add:
    case BinaryOp::Sub:
    case BinaryOp::Mul:
      return Float(FloatOperation(b_, op, a, b));
    case BinaryOp::Div:
      FailFloatIf(b_.CreateFCmpOEQ(b, zero), op, span, a, b);
      return Float(b_.CreateFDiv(a, b));
    case BinaryOp::FloorDiv:
      FailFloatIf(b_.CreateFCmpOEQ(b, zero), op, span, a, b);
      return Float(Call(HelperId::FloorDivFloat, {a, b}));
    case BinaryOp::Mod:
      FailFloatIf(b_.CreateFCmpOEQ(b, zero), op, span, a, b);
      return Float(Call(HelperId::ModFloat, {a, b}));
    case BinaryOp::Pow:
      return Float(CallPow(a, b, [&] {
        Call(HelperId::FailFloat, {I32(SiteOf(span)), I32(static_cast<uint64_t>(op)), a, b});
      }));
    case BinaryOp::Eq:
    case BinaryOp::Ne:
    case BinaryOp::Lt:
    case BinaryOp::Le:
    case BinaryOp::Gt:
    case BinaryOp::Ge:
      break;
  }
  return Bool(b_.CreateFCmp(PredicatesOf(op).of_floats, a, b));
}

// No exponent is special: libm's pow(x, 2.0) is not always x * x.
llvm::Value* Lowering::CallPow(llvm::Value* base, llvm::Value* exponent,
                               const std::function<void()>& fail) {
  llvm::Value* infinity = llvm::ConstantFP::getInfinity(b_.getDoubleTy());
  ++math_calls_;
  llvm::Value* power = b_.CreateCall(unit_.MathFunction("pow", 2), {base, exponent});
  // Not finite: what runtime::CheckPow looks at.
  FailIfOdd(
      b_.CreateFCmpUGE(Abs(power), infinity),
      [&] {
        llvm::Value* are_finite = b_.CreateAnd(b_.CreateFCmpOLT(Abs(base), infinity),
                                               b_.CreateFCmpOLT(Abs(exponent), infinity));
        llvm::Value* no_nan_came = b_.CreateFCmpORD(base, LAB_MUTANT(608, exponent, base));
        return b_.CreateSelect(b_.CreateFCmpUNO(power, power), no_nan_came, are_finite);
      },
      fail);
  return power;
}

// ---- comparisons ----

Piece Lowering::Compare(BinaryOp op, Span span, Piece a, Piece b) {
  if (IsNumber(a) && IsNumber(b)) {
    if (a.rep != b.rep) {
      return Bool(CompareMixed(op, a, b));
    }
    return a.rep == Rep::Int ? OperateInt(op, span, a.word, b.word)
                             : OperateFloat(op, span, a.word, b.word);
  }
  if (a.type == runtime::kStr && b.type == runtime::kStr) {
    return CompareStrs(op, a, b);
  }
  if (a.rep == Rep::Bool && b.rep == Rep::Bool && (op == BinaryOp::Eq || op == BinaryOp::Ne)) {
    return Bool(b_.CreateICmp(PredicatesOf(op).of_ints, a.word, b.word));
  }
  return OperateBoxed(op, span, a, b);
}

llvm::Value* Lowering::CompareMixed(BinaryOp op, Piece a, Piece b) {
  if (a.rep == Rep::Float) {
    std::swap(a, b);
    op = LAB_MUTANT(602, Swapped(op), op);
  }
  const auto* constant = llvm::dyn_cast<llvm::ConstantInt>(a.word);
  if (constant != nullptr && constant->getSExtValue() >= -kExact &&
      constant->getSExtValue() <= kExact) {
    return b_.CreateFCmp(PredicatesOf(op).of_floats, ToFloat(a).word, b.word);
  }
  llvm::BasicBlock* exact = NewBlock("exact");
  llvm::BasicBlock* large = NewBlock("large");
  llvm::BasicBlock* done = NewBlock("compared");
  b_.CreateCondBr(IsExact(b_, a.word), exact, large,
                  llvm::MDBuilder(unit_.context()).createLikelyBranchWeights());

  Enter(exact);
  llvm::Value* as_floats = b_.CreateFCmp(PredicatesOf(op).of_floats, ToFloat(a).word, b.word);
  Go(done);

  Enter(large);
  // -1, 0, 1, or 2 when unordered, which only `!=` accepts.
  llvm::Value* order = Call(HelperId::CompareIntFloat, {a.word, b.word});
  llvm::Value* holds = op == BinaryOp::Gt ? b_.CreateICmpEQ(order, I32(1))
                       : op == BinaryOp::Ge
                           ? b_.CreateICmpULT(order, I32(LAB_MUTANT(609, 2, 3)))
                           : b_.CreateICmp(PredicatesOf(op).of_ints, order, I32(0));
  Go(done);

  Enter(done);
  return Pick(b_, as_floats, exact, holds, large);
}

Piece Lowering::CompareStrs(BinaryOp op, Piece a, Piece b) {
  llvm::Value* holds;
  if (op == BinaryOp::Eq || op == BinaryOp::Ne) {
    holds = Call(HelperId::EqualStr, {a.word, b.word});
    if (op == BinaryOp::Ne) {
      holds = b_.CreateNot(holds);
    }
  } else {
    holds = b_.CreateICmp(PredicatesOf(op).of_ints, Call(HelperId::CompareStr, {a.word, b.word}),
                          I32(0));
  }
  Release(a);
  Release(b);
  return Bool(holds);
}

// ---- strings and boxed values ----

// A left side that nobody else holds grows in place.
Piece Lowering::AddStrs(Span span, Piece a, Piece b) {
  const bool may_grow = LAB_MUTANT(610, a.owned, true);
  llvm::Value* sum = Call(may_grow ? HelperId::AppendStr : HelperId::ConcatStr, {a.word, b.word});
  RequireRef(sum, SiteOf(span));
  Release(b);
  return Ref(runtime::kStr, sum, true);
}

Piece Lowering::CallBinary(BinaryOp op, Span span, Piece a, Piece b) {
  llvm::Value* pair = Call(a.owned ? HelperId::BinaryOfOwned : HelperId::Binary,
                           {I32(static_cast<uint64_t>(op)), a.tag, a.word, b.tag, b.word});
  const Piece result = RequireValue(pair, SiteOf(span));
  Release(b);
  return result;
}

Piece Lowering::OperateBoxed(BinaryOp op, Span span, Piece a, Piece b) {
  const auto may_be = [](const Piece& piece, Rep rep) {
    return piece.rep == Rep::Value || piece.rep == rep;
  };
  const bool ints = IsShortForInts(op) && may_be(a, Rep::Int) && may_be(b, Rep::Int);
  const bool floats = IsShortForFloats(op) && may_be(a, Rep::Float) && may_be(b, Rep::Float);
  a = ToBoxed(a);
  b = ToBoxed(b);
  if (!ints && !floats) {
    return CallBinary(op, span, a, b);
  }
  const auto both_are = [&](Tag tag) {
    llvm::Value* wanted = I64(static_cast<uint64_t>(tag));
    return b_.CreateAnd(b_.CreateICmpEQ(a.tag, wanted), b_.CreateICmpEQ(b.tag, wanted));
  };
  struct Answer {
    Tag tag;
    llvm::Value* word;
    llvm::BasicBlock* from;
  };
  std::vector<Answer> answers;
  llvm::BasicBlock* slow = NewBlock("boxed");
  llvm::BasicBlock* done = NewBlock("operated");
  const bool compares = frontend::IsComparison(op);

  if (ints) {
    llvm::BasicBlock* quick = NewBlock("ints");
    llvm::BasicBlock* others = floats ? NewBlock("others") : slow;
    b_.CreateCondBr(both_are(Tag::Int), quick, others);
    Enter(quick);
    if (compares) {
      answers.push_back(
          {Tag::Bool, b_.CreateICmp(PredicatesOf(op).of_ints, a.word, b.word), quick});
      Go(done);
    } else {
      llvm::Value* pair = b_.CreateBinaryIntrinsic(OverflowIntrinsic(op), a.word, b.word);
      answers.push_back({Tag::Int, b_.CreateExtractValue(pair, 0), quick});
      BranchUnlikely(b_.CreateExtractValue(pair, 1), slow, done);
    }
    Enter(others);
  }
  if (floats) {
    llvm::BasicBlock* quick = NewBlock("floats");
    b_.CreateCondBr(both_are(Tag::Float), quick, slow);
    Enter(quick);
    llvm::Value* x = b_.CreateBitCast(a.word, b_.getDoubleTy());
    llvm::Value* y = b_.CreateBitCast(b.word, b_.getDoubleTy());
    if (op == BinaryOp::Div) {
      quick = NewBlock("divide");
      llvm::Value* zero = llvm::ConstantFP::get(b_.getDoubleTy(), 0.0);
      BranchUnlikely(b_.CreateFCmpOEQ(y, zero), slow, quick);
      Enter(quick);
    }
    if (compares) {
      answers.push_back({Tag::Bool, b_.CreateFCmp(PredicatesOf(op).of_floats, x, y), quick});
    } else {
      llvm::Value* result = FloatOperation(b_, op, x, y);
      answers.push_back({Tag::Float, b_.CreateBitCast(result, b_.getInt64Ty()), quick});
    }
    Go(done);
    Enter(slow);
  }

  const Piece result = CallBinary(op, span, a, b);
  llvm::Value* slow_word = compares ? b_.CreateTrunc(result.word, b_.getInt1Ty()) : result.word;
  llvm::BasicBlock* slow_end = b_.GetInsertBlock();
  Go(done);

  Enter(done);
  llvm::PHINode* word = b_.CreatePHI(slow_word->getType(), 3);
  word->addIncoming(slow_word, slow_end);
  for (const Answer& answer : answers) {
    word->addIncoming(answer.word, answer.from);
  }
  if (compares) {
    return Bool(word);
  }
  llvm::PHINode* tag = b_.CreatePHI(b_.getInt64Ty(), 3);
  tag->addIncoming(result.tag, slow_end);
  for (const Answer& answer : answers) {
    tag->addIncoming(I64(static_cast<uint64_t>(answer.tag)), answer.from);
  }
  return {runtime::kAny, Rep::Value, word, tag, true};
}

// ---- unary ----

Piece Lowering::Negate(Piece a, Span span) {
  if (a.rep == Rep::Int) {
    const auto* constant = llvm::dyn_cast<llvm::ConstantInt>(a.word);
    if (constant != nullptr && !constant->isMinValue(true)) {
      return ConstInt(-constant->getSExtValue());
    }
    llvm::Value* bad = b_.CreateICmpEQ(a.word, I64(uint64_t{1} << 63));
    FailIf(LAB_MUTANT(611, bad, b_.getFalse()), [&] {
      Call(HelperId::FailNegate, {I32(SiteOf(span)), a.word});
    });
    return Int(b_.CreateNSWSub(I64(0), a.word));
  }
  if (a.rep == Rep::Float) {
    return Float(b_.CreateFNeg(a.word));
  }
  a = ToBoxed(a);
  const Piece result = RequireValue(Call(HelperId::Negate, {a.tag, a.word}), SiteOf(span));
  Release(a);
  return result;
}

Piece Lowering::Not(Piece a, Span span) {
  if (a.rep == Rep::Bool) {
    return Bool(b_.CreateNot(a.word));
  }
  a = ToBoxed(a);
  const Piece result = RequireValue(Call(HelperId::Not, {a.tag, a.word}), SiteOf(span));
  Release(a);
  return result;
}

}  // namespace jit
