// Operators on values whose types are known only now: dispatch on the tags,
// then the functions of arith.h, the strings and the lists.

#include "runtime/ops.h"

#include <vector>

#include "frontend/check.h"
#include "runtime/compare.h"
#include "runtime/error_texts.h"
#include "runtime/list_types.h"

namespace runtime {

namespace {

using frontend::BinaryOp;

bool IsNumber(Value value) { return value.tag == Tag::Int || value.tag == Tag::Float; }

double ToFloat(Value number) {
  return number.tag == Tag::Int ? static_cast<double>(number.integer) : number.real;
}


Arith IntArith(BinaryOp op, int64_t a, int64_t b, Value* out) {
  int64_t whole = 0;
  double real = 0;
  Arith error = Arith::Ok;
  switch (op) {
    case BinaryOp::Add:
      error = AddInt(a, b, &whole);
      break;
    case BinaryOp::Sub:
      error = SubInt(a, b, &whole);
      break;
    case BinaryOp::Mul:
      error = MulInt(a, b, &whole);
      break;
    case BinaryOp::Div:
      error = DivInt(a, b, &real);
      *out = Value::Float(real);
      return error;
    case BinaryOp::FloorDiv:
      error = FloorDivInt(a, b, &whole);
      break;
    case BinaryOp::Mod:
      error = ModInt(a, b, &whole);
      break;
    case BinaryOp::Pow:
      error = PowInt(a, b, &whole);
      break;
    case BinaryOp::Eq:
    case BinaryOp::Ne:
    case BinaryOp::Lt:
    case BinaryOp::Le:
    case BinaryOp::Gt:
    case BinaryOp::Ge:
      LAB_CHECK(false);
  }
  *out = Value::Int(whole);
  return error;
}

Arith FloatArith(BinaryOp op, double a, double b, Value* out) {
  double real = 0;
  Arith error = Arith::Ok;
  switch (op) {
    case BinaryOp::Add:
      real = AddFloat(a, b);
      break;
    case BinaryOp::Sub:
      real = SubFloat(a, b);
      break;
    case BinaryOp::Mul:
      real = MulFloat(a, b);
      break;
    case BinaryOp::Div:
      error = DivFloat(a, b, &real);
      break;
    case BinaryOp::FloorDiv:
      error = FloorDivFloat(a, b, &real);
      break;
    case BinaryOp::Mod:
      error = ModFloat(a, b, &real);
      break;
    case BinaryOp::Pow:
      error = PowFloat(a, b, &real);
      break;
    case BinaryOp::Eq:
    case BinaryOp::Ne:
    case BinaryOp::Lt:
    case BinaryOp::Le:
    case BinaryOp::Gt:
    case BinaryOp::Ge:
      LAB_CHECK(false);
  }
  *out = Value::Float(real);
  return error;
}

bool CompareWith(Context& context, BinaryOp op, Value a, Value b, Value* out) {
  if (op == BinaryOp::Eq || op == BinaryOp::Ne) {
    bool same;
    if (!Equal(context, a, b, &same)) {
      return false;
    }
    *out = Value::Bool(same == (op == BinaryOp::Eq));
    return true;
  }
  Order order;
  if (!Compare(context, a, b, &order)) {
    return false;
  }
  const bool less = order == Order::Less;
  const bool greater = order == Order::Greater;
  const bool equal = order == Order::Equal;
  *out = Value::Bool(op == BinaryOp::Lt   ? less
                     : op == BinaryOp::Le ? less || equal
                     : op == BinaryOp::Gt ? greater
                                          : greater || equal);
  return true;
}

// A result that is null on failure.
bool Made(Object* object, Value* out) {
  if (object == nullptr) {
    return false;
  }
  *out = Value::Of(object);
  return true;
}

bool Repeat(Context& context, Value value, int64_t count, Value* out) {
  if (value.tag == Tag::Str) {
    return Made(RepeatStr(context, value.str, count), out);
  }
  return Made(RepeatList(context, value.list, count), out);
}

bool IsRepeatable(Value value) { return value.tag == Tag::Str || value.tag == Tag::List; }

bool IsFunction(Value value) {
  return value.tag == Tag::Function || value.tag == Tag::Builtin || value.tag == Tag::Closure;
}

// Whether the value can be taken as what is declared, converting and settling.
bool FitDeclared(Context& context, TypeId declared, Value* value) {
  const TypeTable& types = context.types;
  switch (types.Kind(declared)) {
    case TypeKind::None:
      return value->tag == Tag::None;
    case TypeKind::Bool:
      return value->tag == Tag::Bool;
    case TypeKind::Int:
      return value->tag == Tag::Int;
    case TypeKind::Float:
      if (value->tag == Tag::Int) {
        *value = Value::Float(static_cast<double>(value->integer));
      }
      return value->tag == Tag::Float;
    case TypeKind::Str:
      return value->tag == Tag::Str;
    case TypeKind::Buffer:
      return value->tag == Tag::Buffer;
    case TypeKind::List:
      return value->tag == Tag::List && Settle(context, value->list, types.Element(declared));
    case TypeKind::Seq:
      // What it will yield is not known before it does.
      return value->tag == Tag::Seq;
    case TypeKind::Any:
    case TypeKind::Function:
    case TypeKind::Builtin:
    case TypeKind::Lambda:
      return IsFunction(*value);
    case TypeKind::Never:
    case TypeKind::Cell:
      break;
  }
  LAB_CHECK(false);
  return false;
}

}  // namespace

TypeId TypeOf(const Context& context, Value value) {
  switch (value.tag) {
    case Tag::None:
      return kNone;
    case Tag::Bool:
      return kBool;
    case Tag::Int:
      return kInt;
    case Tag::Float:
      return kFloat;
    case Tag::Function:
      return context.types.Function(static_cast<frontend::FunctionId>(value.id));
    case Tag::Builtin:
      return context.types.Builtin(static_cast<frontend::BuiltinId>(value.id));
    case Tag::Str:
      return kStr;
    case Tag::List:
      return context.types.List(CurrentElementType(context.types, value.list));
    case Tag::Closure:
    case Tag::Seq:
      return value.object->type;
    case Tag::Buffer:
      return kBuffer;
  }
  LAB_CHECK(false);
  return kAny;
}

std::string DescribeType(const Context& context, Value value) {
  return WithArticle(context.types.Name(TypeOf(context, value)));
}

bool FailArith(Context& context, BinaryOp op, Arith error, Value a, Value b) {
  // An int that meets a float has been converted, and typed code knows only the float.
  if (a.tag != b.tag) {
    a = Value::Float(ToFloat(a));
    b = Value::Float(ToFloat(b));
  }
  return context.Fail(ArithText(op, error, a, b));
}

bool FailNegate(Context& context, Value a) { return context.Fail(NegateText(a)); }

bool FailMath(Context& context, frontend::BuiltinId builtin, Arith error,
              std::span<const Value> args) {
  // An int argument has been converted, and typed code knows only the float.
  const auto kind = static_cast<BuiltinKind>(builtin);
  std::vector<Value> shown(args.begin(), args.end());
  for (Value& arg : shown) {
    if (arg.tag == Tag::Int && kind != BuiltinKind::Abs) {
      arg = Value::Float(ToFloat(arg));
    }
  }
  return context.Fail(MathText(kind, error, shown));
}

bool FailIndex(Context& context, int64_t index, uint64_t size, bool is_str) {
  return context.Fail(IndexText(index, size, is_str));
}

bool Binary(Context& context, BinaryOp op, Value a, Value b, Value* out) {
  if (IsComparison(op)) {
    return CompareWith(context, op, a, b, out);
  }
  if (IsNumber(a) && IsNumber(b)) {
    const Arith error = a.tag == Tag::Int && b.tag == Tag::Int
                            ? IntArith(op, a.integer, b.integer, out)
                            : FloatArith(op, ToFloat(a), ToFloat(b), out);
    return error == Arith::Ok || FailArith(context, op, error, a, b);
  }
  if (op == BinaryOp::Add && a.tag == Tag::Str && b.tag == Tag::Str) {
    return Made(ConcatStr(context, a.str, b.str), out);
  }
  if (op == BinaryOp::Add && a.tag == Tag::List && b.tag == Tag::List) {
    return Made(ConcatList(context, a.list, b.list), out);
  }
  if (op == BinaryOp::Mul && IsRepeatable(a) && b.tag == Tag::Int) {
    return Repeat(context, a, b.integer, out);
  }
  if (op == BinaryOp::Mul && a.tag == Tag::Int && IsRepeatable(b)) {
    return Repeat(context, b, a.integer, out);
  }
  return context.Fail(OperandsText(op, DescribeType(context, a), DescribeType(context, b)));
}

bool BinaryOfOwned(Context& context, BinaryOp op, Value owned_a, Value b, Value* out) {
  if (op == BinaryOp::Add && owned_a.tag == Tag::Str && b.tag == Tag::Str) {
    return Made(AppendStr(context, owned_a.str, b.str->view(), b.str->code_points), out);
  }
  const bool is_done = Binary(context, op, owned_a, b, out);
  Release(owned_a);
  return is_done;
}

bool Negate(Context& context, Value a, Value* out) {
  if (a.tag == Tag::Float) {
    *out = Value::Float(NegFloat(a.real));
    return true;
  }
  if (a.tag != Tag::Int) {
    return context.Fail(UnaryText(frontend::UnaryOp::Negate, DescribeType(context, a)));
  }
  int64_t result;
  if (NegInt(a.integer, &result) != Arith::Ok) {
    return FailNegate(context, a);
  }
  *out = Value::Int(result);
  return true;
}

bool Not(Context& context, Value a, Value* out) {
  if (a.tag != Tag::Bool) {
    return context.Fail(UnaryText(frontend::UnaryOp::Not, DescribeType(context, a)));
  }
  *out = Value::Bool(!a.boolean);
  return true;
}

bool Truth(Context& context, Value a, bool* out) {
  if (a.tag != Tag::Bool) {
    return context.Fail(ConditionText(DescribeType(context, a)));
  }
  *out = a.boolean;
  return true;
}

bool Choose(Context& context, frontend::BuiltinId min_or_max, Value a, Value b, Value* out) {
  for (const Value& value : {a, b}) {
    if (!IsNumber(value) && value.tag != Tag::Str) {
      return context.Fail(ArgumentText(static_cast<BuiltinKind>(min_or_max), "numbers or strs",
                                       DescribeType(context, value)));
    }
  }
  Order order;
  if (!Compare(context, b, a, &order)) {
    return false;
  }
  const bool is_min = static_cast<BuiltinKind>(min_or_max) == BuiltinKind::Min;
  const Value chosen = order == (is_min ? Order::Less : Order::Greater) ? b : a;
  // The type of the result must not depend on which one it is.
  *out = IsNumber(a) && a.tag != b.tag ? Value::Float(ToFloat(chosen)) : Retain(chosen);
  return true;
}

bool GetIndex(Context& context, Value object, Value index, Value* out) {
  if (object.tag != Tag::List && object.tag != Tag::Str) {
    return context.Fail(NotIndexableText(DescribeType(context, object)));
  }
  if (index.tag != Tag::Int) {
    return context.Fail(IndexTypeText(DescribeType(context, index)));
  }
  if (object.tag == Tag::Str) {
    return Made(StrAt(context, object.str, index.integer), out);
  }
  int64_t at = index.integer;
  if (!IndexInRange(&at, object.list->size)) {
    return FailIndex(context, index.integer, object.list->size, false);
  }
  *out = ElementAt(context, object.list, static_cast<uint64_t>(at));
  return true;
}

bool CheckDeclared(Context& context, TypeId declared, std::string_view name, Value* value) {
  if (FitDeclared(context, declared, value)) [[likely]] {
    return true;
  }
  const std::string wanted =
      declared == kAny ? "a function" : WithArticle(context.types.Name(declared));
  return context.Fail(DeclaredText(name, wanted, DescribeType(context, *value)));
}

}  // namespace runtime
