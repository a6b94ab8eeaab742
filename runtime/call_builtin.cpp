// The built-ins that need no engine. Each takes its arguments apart by tag; the
// consumers of sequences are the engines' (they run a sequence's producer with
// the consumer as its body). Tests: tests/runtime/builtins_test.cpp.

#include "frontend/check.h"
#include "runtime/builtins.h"
#include "runtime/error_texts.h"
#include "runtime/number_text.h"
#include "runtime/ops.h"

namespace runtime {

namespace {

using Args = std::span<const Value>;

bool FailArgument(Context& context, BuiltinKind kind, std::string_view expected, Value found) {
  return context.Fail(ArgumentText(kind, expected, DescribeType(context, found)));
}

frontend::BuiltinId Id(BuiltinKind kind) { return static_cast<frontend::BuiltinId>(kind); }

bool IsNumber(Value value) { return value.tag == Tag::Int || value.tag == Tag::Float; }

double ToFloat(Value number) {
  return number.tag == Tag::Int ? static_cast<double>(number.integer) : number.real;
}

bool IsFunction(Value value) {
  return value.tag == Tag::Function || value.tag == Tag::Builtin || value.tag == Tag::Closure;
}

bool IsSource(Value value) {
  return value.tag == Tag::Seq || value.tag == Tag::List || value.tag == Tag::Str;
}

bool Made(Context& context, Object* object, Value* out) {
  if (object == nullptr) {
    return context.FailMemory();
  }
  *out = Value::Of(object);
  return true;
}

// Numbers -----------------------------------------------------------------------

using MathUnary = Arith (*)(double, double*);
using MathBinary = Arith (*)(double, double, double*);
using Rounding = Arith (*)(double, int64_t*);

bool CallUnary(Context& context, BuiltinKind kind, MathUnary function, Args args, Value* out) {
  if (!IsNumber(args[0])) {
    return FailArgument(context, kind, "a number", args[0]);
  }
  const double x = ToFloat(args[0]);
  double result;
  const Arith error = function(x, &result);
  if (error != Arith::Ok) {
    const Value converted = Value::Float(x);  // all that typed code knows of it
    return FailMath(context, Id(kind), error, {&converted, 1});
  }
  *out = Value::Float(result);
  return true;
}

bool CallBinary(Context& context, BuiltinKind kind, MathBinary function, Args args, Value* out) {
  for (const Value& arg : args) {
    if (!IsNumber(arg)) {
      return FailArgument(context, kind, "numbers", arg);
    }
  }
  const double x = ToFloat(args[0]);
  const double y = ToFloat(args[1]);
  double result;
  const Arith error = function(x, y, &result);
  if (error != Arith::Ok) {
    const Value converted[] = {Value::Float(x), Value::Float(y)};
    return FailMath(context, Id(kind), error, converted);
  }
  *out = Value::Float(result);
  return true;
}

bool CallRounding(Context& context, BuiltinKind kind, Rounding function, Args args, Value* out) {
  if (!IsNumber(args[0])) {
    return FailArgument(context, kind, "a number", args[0]);
  }
  int64_t result = args[0].integer;
  if (args[0].tag == Tag::Float) {
    const Arith error = function(args[0].real, &result);
    if (error != Arith::Ok) {
      return FailMath(context, Id(kind), error, args);
    }
  }
  *out = Value::Int(result);
  return true;
}

bool CallAbs(Context& context, BuiltinKind kind, Args args, Value* out) {
  const Value arg = args[0];
  if (!IsNumber(arg)) {
    return FailArgument(context, kind, "a number", arg);
  }
  if (kind == BuiltinKind::Fabs || arg.tag == Tag::Float) {
    *out = Value::Float(AbsFloat(ToFloat(arg)));
    return true;
  }
  int64_t result;
  const Arith error = AbsInt(arg.integer, &result);
  if (error != Arith::Ok) {
    return FailMath(context, Id(kind), error, args);
  }
  *out = Value::Int(result);
  return true;
}

bool CallChoose(Context& context, BuiltinKind kind, Args args, Value* out) {
  LAB_CHECK(args.size() >= 2);
  Value chosen = Retain(args[0]);
  for (const Value& arg : args.subspan(1)) {
    Value better;
    if (!Choose(context, Id(kind), chosen, arg, &better)) {
      Release(chosen);
      return false;
    }
    Release(chosen);
    chosen = better;
  }
  *out = chosen;
  return true;
}

// Conversions -------------------------------------------------------------------

bool CallInt(Context& context, Args args, Value* out) {
  const Value arg = args[0];
  if (arg.tag == Tag::Bool) {
    *out = Value::Int(arg.boolean ? 1 : 0);
    return true;
  }
  if (arg.tag == Tag::Str) {
    int64_t number;
    const ParseResult parsed = ParseInt(arg.str->view(), &number);
    if (parsed != ParseResult::Ok) {
      return context.Fail(
          ParseText(BuiltinKind::Int, arg.str->view(), parsed == ParseResult::OutOfRange));
    }
    *out = Value::Int(number);
    return true;
  }
  if (!IsNumber(arg)) {
    return FailArgument(context, BuiltinKind::Int, "a number, a bool or a str", arg);
  }
  return CallRounding(context, BuiltinKind::Int, FloatToInt, args, out);
}

bool CallFloat(Context& context, Args args, Value* out) {
  const Value arg = args[0];
  if (arg.tag == Tag::Bool) {
    *out = Value::Float(arg.boolean ? 1.0 : 0.0);
    return true;
  }
  if (arg.tag == Tag::Str) {
    double number;
    if (ParseFloat(arg.str->view(), &number) != ParseResult::Ok) {
      return context.Fail(ParseText(BuiltinKind::Float, arg.str->view(), false));
    }
    *out = Value::Float(number);
    return true;
  }
  if (!IsNumber(arg)) {
    return FailArgument(context, BuiltinKind::Float, "a number, a bool or a str", arg);
  }
  *out = Value::Float(ToFloat(arg));
  return true;
}

// Python's truth: zero, nothing and the empty are false.
bool CallBool(Context& context, Value arg, Value* out) {
  switch (arg.tag) {
    case Tag::None:
      *out = Value::Bool(false);
      return true;
    case Tag::Bool:
      *out = arg;
      return true;
    case Tag::Int:
      *out = Value::Bool(arg.integer != 0);
      return true;
    case Tag::Float:
      *out = Value::Bool(arg.real != 0.0);
      return true;
    case Tag::Str:
      *out = Value::Bool(arg.str->size_bytes != 0);
      return true;
    case Tag::List:
      *out = Value::Bool(arg.list->size != 0);
      return true;
    case Tag::Function:
    case Tag::Builtin:
    case Tag::Closure:
    case Tag::Seq:
    case Tag::Buffer:
      break;
  }
  return FailArgument(context, BuiltinKind::Bool, "a number, a str, a list or none", arg);
}

// Sequences and lists -------------------------------------------------------------

bool CallLen(Context& context, Value arg, Value* out) {
  if (arg.tag != Tag::Str && arg.tag != Tag::List) {
    return FailArgument(context, BuiltinKind::Len, "a str or a list", arg);
  }
  const uint64_t size = arg.tag == Tag::Str ? arg.str->code_points : arg.list->size;
  *out = Value::Int(static_cast<int64_t>(size));
  return true;
}

bool CallRange(Context& context, Args args, Value* out) {
  for (const Value& arg : args) {
    if (arg.tag != Tag::Int) {
      return FailArgument(context, BuiltinKind::Range, "ints", arg);
    }
  }
  const Value step = args.size() == 3 ? args[2] : Value::Int(1);
  if (step.integer == 0) {
    return context.Fail(RangeStepText());
  }
  Seq* seq = context.heap.NewSeq(SeqKind::Range, context.types.Seq(kInt), 3);
  if (seq == nullptr) {
    return context.FailMemory();
  }
  seq->operands()[0] = args.size() == 1 ? Value::Int(0) : args[0];
  seq->operands()[1] = args.size() == 1 ? args[0] : args[1];
  seq->operands()[2] = step;
  *out = Value::Of(seq);
  return true;
}

TypeId ElementOfSource(Context& context, Value source) {
  return source.tag == Tag::Str ? kStr : context.types.Element(TypeOf(context, source));
}

bool CallMapOrFilter(Context& context, BuiltinKind kind, Args args, Value* out) {
  if (!IsFunction(args[0])) {
    return FailArgument(context, kind, "a function first", args[0]);
  }
  if (!IsSource(args[1])) {
    return FailArgument(context, kind, "a sequence, a list or a str second", args[1]);
  }
  const bool is_map = kind == BuiltinKind::Map;
  const TypeId element = is_map ? kAny : ElementOfSource(context, args[1]);
  Seq* seq =
      context.heap.NewSeq(is_map ? SeqKind::Map : SeqKind::Filter, context.types.Seq(element), 2);
  if (seq == nullptr) {
    return context.FailMemory();
  }
  seq->operands()[0] = Retain(args[0]);
  seq->operands()[1] = Retain(args[1]);
  *out = Value::Of(seq);
  return true;
}

bool CallAppend(Context& context, Args args, Value* out) {
  if (args[0].tag != Tag::List) {
    return FailArgument(context, BuiltinKind::Append, "a list", args[0]);
  }
  *out = Value::None();
  return Append(context, args[0].list, args[1]);
}

bool CallPop(Context& context, Value arg, Value* out) {
  if (arg.tag != Tag::List) {
    return FailArgument(context, BuiltinKind::Pop, "a list", arg);
  }
  return Pop(context, arg.list, out);
}

// Text --------------------------------------------------------------------------

bool CallStr(Context& context, Value arg, Value* out) {
  Str* str = StrOf(context, arg);
  if (str == nullptr) {
    return false;
  }
  *out = Value::Of(str);
  return true;
}

// The buffer's text is its own unless text(b) handed it out: only then is it copied.
bool CallWrite(Context& context, Args args, Value* out) {
  if (args[0].tag != Tag::Buffer) {
    return FailArgument(context, BuiltinKind::Write, "a buffer first", args[0]);
  }
  if (args[1].tag != Tag::Str) {
    return FailArgument(context, BuiltinKind::Write, "a str second", args[1]);
  }
  if (!WriteStr(context, args[0].buffer, args[1].str->view(), args[1].str->code_points)) {
    return false;
  }
  *out = Value::None();
  return true;
}

bool CallText(Context& context, Value arg, Value* out) {
  if (arg.tag != Tag::Buffer) {
    return FailArgument(context, BuiltinKind::Text, "a buffer", arg);
  }
  *out = Value::Of(Retain(arg.buffer->text));
  return true;
}

bool Put(Context& context, std::string_view text) {
  return context.out.Write(text) || context.Fail(OutputText(context.out.error));
}

bool CallPrint(Context& context, Args args, Value* out) {
  std::string text;
  for (size_t i = 0; i < args.size(); ++i) {
    if (i != 0 && !Put(context, " ")) {
      return false;
    }
    const Value arg = args[i];
    if (arg.tag == Tag::Str) {
      if (!Put(context, arg.str->view())) {
        return false;
      }
    } else if (IsNumber(arg)) {
      char number[kNumberChars];
      const size_t size =
          arg.tag == Tag::Int ? WriteInt(arg.integer, number) : WriteFloat(arg.real, number);
      if (!Put(context, {number, size})) {
        return false;
      }
    } else {
      text.clear();
      if (!Format(context, arg, &text) || !Put(context, text)) {
        return false;
      }
    }
  }
  *out = Value::None();
  return Put(context, "\n");
}

// What the program says itself ------------------------------------------------------

bool CallAssert(Context& context, Args args, Value* out) {
  if (args[0].tag != Tag::Bool) {
    return FailArgument(context, BuiltinKind::Assert, "a bool first", args[0]);
  }
  if (args.size() == 2 && args[1].tag != Tag::Str) {
    return FailArgument(context, BuiltinKind::Assert, "a str second", args[1]);
  }
  if (!args[0].boolean) {
    return context.Fail(args.size() == 2 ? AssertText(args[1].str->view()) : AssertText());
  }
  *out = Value::None();
  return true;
}

bool CallError(Context& context, Value arg) {
  if (arg.tag != Tag::Str) {
    return FailArgument(context, BuiltinKind::Error, "a str", arg);
  }
  return context.Fail(RaisedText(arg.str->view()));
}

bool CheckCount(Context& context, BuiltinKind kind, size_t given) {
  const frontend::Signature& signature = BuiltinSignatures()[static_cast<size_t>(kind)];
  if (given >= signature.min_args &&
      (given <= signature.max_args || signature.max_args == frontend::kAnyCount)) [[likely]] {
    return true;
  }
  return context.Fail(
      ArgumentCountText(signature.name, signature.min_args, signature.max_args, given));
}

}  // namespace

bool CallBuiltin(Context& context, frontend::BuiltinId builtin, Args args, Value* out) {
  const auto kind = static_cast<BuiltinKind>(builtin);
  if (!CheckCount(context, kind, args.size())) {
    return false;
  }
  switch (kind) {
    case BuiltinKind::Abs:
    case BuiltinKind::Fabs:
      return CallAbs(context, kind, args, out);
    case BuiltinKind::Min:
    case BuiltinKind::Max:
      return CallChoose(context, kind, args, out);
    case BuiltinKind::Floor:
      return CallRounding(context, kind, FloorToInt, args, out);
    case BuiltinKind::Ceil:
      return CallRounding(context, kind, CeilToInt, args, out);
    case BuiltinKind::Round:
      return CallRounding(context, kind, RoundToInt, args, out);
    case BuiltinKind::Sqrt:
      return CallUnary(context, kind, MathSqrt, args, out);
    case BuiltinKind::Sin:
      return CallUnary(context, kind, MathSin, args, out);
    case BuiltinKind::Cos:
      return CallUnary(context, kind, MathCos, args, out);
    case BuiltinKind::Tan:
      return CallUnary(context, kind, MathTan, args, out);
    case BuiltinKind::Asin:
      return CallUnary(context, kind, MathAsin, args, out);
    case BuiltinKind::Acos:
      return CallUnary(context, kind, MathAcos, args, out);
    case BuiltinKind::Atan:
      return CallUnary(context, kind, MathAtan, args, out);
    case BuiltinKind::Exp:
      return CallUnary(context, kind, MathExp, args, out);
    case BuiltinKind::Log:
      return CallUnary(context, kind, MathLog, args, out);
    case BuiltinKind::Log2:
      return CallUnary(context, kind, MathLog2, args, out);
    case BuiltinKind::Log10:
      return CallUnary(context, kind, MathLog10, args, out);
    case BuiltinKind::Atan2:
      return CallBinary(context, kind, MathAtan2, args, out);
    case BuiltinKind::Pow:
      return CallBinary(context, kind, MathPow, args, out);
    case BuiltinKind::Hypot:
      return CallBinary(context, kind, MathHypot, args, out);
    case BuiltinKind::Int:
      return CallInt(context, args, out);
    case BuiltinKind::Float:
      return CallFloat(context, args, out);
    case BuiltinKind::Str:
      return CallStr(context, args[0], out);
    case BuiltinKind::Bool:
      return CallBool(context, args[0], out);
    case BuiltinKind::Len:
      return CallLen(context, args[0], out);
    case BuiltinKind::Range:
      return CallRange(context, args, out);
    case BuiltinKind::Map:
    case BuiltinKind::Filter:
      return CallMapOrFilter(context, kind, args, out);
    case BuiltinKind::Append:
      return CallAppend(context, args, out);
    case BuiltinKind::Pop:
      return CallPop(context, args[0], out);
    case BuiltinKind::Buffer:
      return Made(context, context.heap.NewBuffer(), out);
    case BuiltinKind::Write:
      return CallWrite(context, args, out);
    case BuiltinKind::Text:
      return CallText(context, args[0], out);
    case BuiltinKind::Print:
      return CallPrint(context, args, out);
    case BuiltinKind::Assert:
      return CallAssert(context, args, out);
    case BuiltinKind::Error:
      return CallError(context, args[0]);
    case BuiltinKind::Keep:
      *out = Retain(args[0]);
      return true;
    case BuiltinKind::Clock:
      *out = Value::Float(context.clock());
      return true;
    // Constants are no functions, and these consume sequences: the engines' part.
    case BuiltinKind::Pi:
    case BuiltinKind::E:
    case BuiltinKind::Inf:
    case BuiltinKind::Nan:
    case BuiltinKind::Sum:
    case BuiltinKind::Any:
    case BuiltinKind::All:
    case BuiltinKind::List:
    case BuiltinKind::Join:
      break;
  }
  LAB_CHECK(false);
  return false;
}

}  // namespace runtime
