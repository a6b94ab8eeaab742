// Built-ins: nodes of their own where the types are known, else the runtime's
// table on boxed values.

#include "interp/builder.h"
#include "interp/list_nodes.h"
#include "runtime/error_texts.h"

namespace interp {
namespace {

using runtime::Arith;
using runtime::Str;
using runtime::TypeKind;

// ---- boxed: o[0] id, o[1] count, then arguments ----

constexpr size_t kFewArguments = 4;

Value CallBoxedBuiltin(const Node* n, Word* f) {
  const Operand* o = n->o();
  const auto count = static_cast<size_t>(o[1].i);
  Value few[kFewArguments];
  std::vector<Value> many(count > kFewArguments ? count : 0);
  Value* args = count > kFewArguments ? many.data() : few;
  for (size_t i = 0; i < count; ++i) {
    args[i] = o[2 + i].node->eval_value(o[2 + i].node, f);
  }
  Value result;
  if (!runtime::CallBuiltin(n->sites->machine->context, static_cast<frontend::BuiltinId>(o[0].i),
                            {args, count}, &result)) [[unlikely]] {
    Raise(n, 0, f);
  }
  for (size_t i = 0; i < count; ++i) {
    runtime::Release(args[i]);
  }
  return result;
}

// ---- math ----

using MathUnary = Arith (*)(double, double*);
using MathBinary = Arith (*)(double, double, double*);
using Rounding = Arith (*)(double, int64_t*);

[[noreturn]] void FailMathAt(const Node* n, Word* f, BuiltinKind kind, Arith error,
                             std::span<const Value> args) {
  runtime::FailMath(n->sites->machine->context, static_cast<frontend::BuiltinId>(kind), error,
                    args);
  Raise(n, 0, f);
}

template <BuiltinKind Kind, MathUnary Function, typename Leaf>
double Math(const Node* n, Word* f) {
  const double x = Leaf::template Run<1>(n, n->o(), f);
  double result;
  const Arith error = Function(x, &result);
  if (error != Arith::Ok) [[unlikely]] {
    const Value arg = Value::Float(x);
    FailMathAt(n, f, Kind, error, {&arg, 1});
  }
  return result;
}

template <BuiltinKind Kind, MathBinary Function>
double Math2(const Node* n, Word* f) {
  const double x = n->o()[0].node->eval_float(n->o()[0].node, f);
  const double y = n->o()[1].node->eval_float(n->o()[1].node, f);
  double result;
  const Arith error = Function(x, y, &result);
  if (error != Arith::Ok) [[unlikely]] {
    const Value args[] = {Value::Float(x), Value::Float(y)};
    FailMathAt(n, f, Kind, error, args);
  }
  return result;
}

template <BuiltinKind Kind, Rounding Function>
int64_t Round(const Node* n, Word* f) {
  const double x = n->o()[0].node->eval_float(n->o()[0].node, f);
  int64_t result;
  const Arith error = Function(x, &result);
  if (error != Arith::Ok) [[unlikely]] {
    const Value arg = Value::Float(x);
    FailMathAt(n, f, Kind, error, {&arg, 1});
  }
  return result;
}

double AbsoluteFloat(const Node* n, Word* f) {
  return runtime::AbsFloat(n->o()[0].node->eval_float(n->o()[0].node, f));
}

int64_t AbsoluteInt(const Node* n, Word* f) {
  const int64_t x = n->o()[0].node->eval_int(n->o()[0].node, f);
  int64_t result;
  const Arith error = runtime::AbsInt(x, &result);
  if (error != Arith::Ok) [[unlikely]] {
    const Value arg = Value::Int(x);
    FailMathAt(n, f, BuiltinKind::Abs, error, {&arg, 1});
  }
  return result;
}

// min and max of two: the first unless the second is really better.
template <typename T, bool Max>
T Better(const Node* n, Word* f) {
  const T a = Eval<T>::Run(n->o()[0].node, f);
  const T b = Eval<T>::Run(n->o()[1].node, f);
  return (Max ? b > a : b < a) ? b : a;
}

// ---- strings and lists ----

int64_t LengthOf(const Object* object) {
  return object->tag == runtime::Tag::Str
             ? static_cast<int64_t>(static_cast<const Str*>(object)->code_points)
             : static_cast<int64_t>(static_cast<const List*>(object)->size);
}

int64_t Length(const Node* n, Word* f) {
  Object* object = n->o()[0].node->eval_ref(n->o()[0].node, f);
  const int64_t length = LengthOf(object);
  runtime::Release(object);
  return length;
}

int64_t LocalLength(const Node* n, Word* f) { return LengthOf(f[n->o()[0].i].object); }

Object* IntToStr(const Node* n, Word* f) {
  Str* str =
      runtime::StrOfInt(n->sites->machine->context, n->o()[0].node->eval_int(n->o()[0].node, f));
  if (str == nullptr) [[unlikely]] {
    Raise(n, 0, f);
  }
  return str;
}

Object* FloatToStr(const Node* n, Word* f) {
  const double x = n->o()[0].node->eval_float(n->o()[0].node, f);
  Str* str = runtime::StrOf(n->sites->machine->context, Value::Float(x));
  if (str == nullptr) [[unlikely]] {
    Raise(n, 0, f);
  }
  return str;
}

// o[0] buffer, o[1] text.
Status WriteText(const Node* n, Word* f) {
  Object* buffer = n->o()[0].node->eval_ref(n->o()[0].node, f);
  Object* text = n->o()[1].node->eval_ref(n->o()[1].node, f);
  const Str* str = static_cast<Str*>(text);
  if (!runtime::WriteStr(n->sites->machine->context, static_cast<runtime::Buffer*>(buffer),
                         str->view(), str->code_points)) [[unlikely]] {
    Raise(n, 0, f);
  }
  runtime::Release(text);
  runtime::Release(buffer);
  return Next(n, f);
}

// `write(b, str(i))` without the string in between; b is a local.
Status WriteIntText(const Node* n, Word* f) {
  const int64_t value = n->o()[1].node->eval_int(n->o()[1].node, f);
  auto* buffer = static_cast<runtime::Buffer*>(f[n->o()[0].i].object);
  if (!runtime::WriteInt(n->sites->machine->context, buffer, value)) [[unlikely]] {
    Raise(n, 0, f);
  }
  return Next(n, f);
}

template <typename Source, typename V>
Status AppendElement(const Node* n, Word* f) {
  using T = typename V::Type;
  const Operand* o = n->o();
  List* list = Source::template Get<1>(n, o, f);
  const T element = V::template Run<1>(n, o + Source::kWords, f);
  runtime::Context& context = n->sites->machine->context;
  bool done;
  if constexpr (std::is_same_v<T, int64_t>) {
    done = runtime::AppendInt(context, list, element);
  } else if constexpr (std::is_same_v<T, double>) {
    done = runtime::AppendFloat(context, list, element);
  } else if constexpr (std::is_same_v<T, bool>) {
    done = runtime::AppendBool(context, list, element);
  } else {
    done = runtime::AppendObject(context, list, element);
  }
  if (!done) [[unlikely]] {
    Raise(n, 0, f);
  }
  Source::Done(list);
  return Next(n, f);
}

template <typename T>
ExecFn ChooseAppend(bool local_list, Form form) {
  if constexpr (!std::is_same_v<T, Object*>) {
    if (form == Form::Local) {
      return local_list ? &AppendElement<LocalSource, LocalLeaf<T>>
                        : &AppendElement<NodeSource, LocalLeaf<T>>;
    }
  }
  return local_list ? &AppendElement<LocalSource, NodeLeaf<T>>
                    : &AppendElement<NodeSource, NodeLeaf<T>>;
}

// map's and filter's arguments, as their own call would check them.
// o[0] value, o[1] kind, o[2] which argument.
Value StageCheck(const Node* n, Word* f) {
  const Operand* o = n->o();
  const Value value = o[0].node->eval_value(o[0].node, f);
  const bool first = o[2].i == 0;
  const runtime::Tag tag = value.tag;
  const bool fits =
      first ? tag == runtime::Tag::Function || tag == runtime::Tag::Builtin ||
                  tag == runtime::Tag::Closure
            : tag == runtime::Tag::Seq || tag == runtime::Tag::List || tag == runtime::Tag::Str;
  if (!fits) [[unlikely]] {
    runtime::Context& context = n->sites->machine->context;
    context.failure =
        runtime::ArgumentText(static_cast<BuiltinKind>(o[1].i),
                              first ? "a function first" : "a sequence, a list or a str second",
                              runtime::DescribeType(context, value));
    Raise(n, 0, f);
  }
  return value;
}

}  // namespace

const Node* Builder::NewStageCheck(const Node* value, BuiltinKind kind, int argument, Span span) {
  return New(&StageCheck, {Ptr(value), Int(static_cast<int64_t>(kind)), Int(argument)}, {span});
}

Piece Builder::BuildBuiltin(const frontend::CallExpr& e, BuiltinKind kind, Chain* pre) {
  const frontend::Signature& signature = machine_.program.builtins[static_cast<size_t>(kind)];
  const bool folds = kind == BuiltinKind::Min || kind == BuiltinKind::Max;
  if (signature.consumed_argument >= 0 && !(folds && e.args.size() > 1)) {
    return Consume(e, kind, pre);
  }
  std::vector<const Expr*> values;
  for (const frontend::Argument& argument : e.args) {
    values.push_back(argument.value);
  }
  const std::vector<Piece> args = BuildAll(values, pre);
  Piece result;
  if (BuildMath(kind, e.span, args, &result) || BuildTyped(kind, e.span, args, &result)) {
    return result;
  }
  return CallBuiltinBoxed(kind, e.span, args);
}

Piece Builder::CallBuiltinBoxed(BuiltinKind kind, Span span, const std::vector<Piece>& args) {
  Node* node = New(2 + args.size(), std::span(&span, 1));
  node->eval_value = &CallBoxedBuiltin;
  node->o()[0] = Int(static_cast<int64_t>(kind));
  node->o()[1] = Int(static_cast<int64_t>(args.size()));
  for (size_t i = 0; i < args.size(); ++i) {
    node->o()[2 + i] = Ptr(EmitValue(args[i]));
  }
  return NodePiece(node, runtime::kAny);
}

bool Builder::BuildMath(BuiltinKind kind, Span span, const std::vector<Piece>& args, Piece* out) {
  for (const Piece& arg : args) {
    if (arg.rep != Rep::Int && arg.rep != Rep::Float) {
      return false;
    }
  }
  const auto unary = [&](FloatFn on_local, FloatFn on_node) {
    const Piece x = ToFloat(args[0]);
    const bool local = fused() && x.form == Form::Local;
    *out = NodePiece(
        New(local ? on_local : on_node, {local ? Int(x.slot) : Ptr(EmitFloat(x))}, {span}),
        runtime::kFloat);
    return true;
  };
  const auto rounding = [&](IntFn function) {
    *out = args[0].rep == Rep::Int
               ? args[0]
               : NodePiece(New(function, {Ptr(EmitFloat(args[0]))}, {span}), runtime::kInt);
    return true;
  };
  const auto binary = [&](FloatFn function) {
    const Node* x = EmitFloat(ToFloat(args[0]));
    *out = NodePiece(New(function, {Ptr(x), Ptr(EmitFloat(ToFloat(args[1])))}, {span}),
                     runtime::kFloat);
    return true;
  };
  switch (kind) {
#define LAB_UNARY(name)                                                             \
  case BuiltinKind::name:                                                           \
    return args.size() == 1 &&                                                      \
           unary(&Math<BuiltinKind::name, &runtime::Math##name, LocalLeaf<double>>, \
                 &Math<BuiltinKind::name, &runtime::Math##name, NodeLeaf<double>>);
    LAB_UNARY(Sqrt)
    LAB_UNARY(Sin)
    LAB_UNARY(Cos)
    LAB_UNARY(Tan)
    LAB_UNARY(Asin)
    LAB_UNARY(Acos)
    LAB_UNARY(Atan)
    LAB_UNARY(Exp)
    LAB_UNARY(Log)
    LAB_UNARY(Log2)
    LAB_UNARY(Log10)
#undef LAB_UNARY
    case BuiltinKind::Atan2:
      return args.size() == 2 && binary(&Math2<BuiltinKind::Atan2, &runtime::MathAtan2>);
    case BuiltinKind::Pow:
      return args.size() == 2 && binary(&Math2<BuiltinKind::Pow, &runtime::MathPow>);
    case BuiltinKind::Hypot:
      return args.size() == 2 && binary(&Math2<BuiltinKind::Hypot, &runtime::MathHypot>);
    case BuiltinKind::Floor:
      return args.size() == 1 && rounding(&Round<BuiltinKind::Floor, &runtime::FloorToInt>);
    case BuiltinKind::Ceil:
      return args.size() == 1 && rounding(&Round<BuiltinKind::Ceil, &runtime::CeilToInt>);
    case BuiltinKind::Round:
      return args.size() == 1 && rounding(&Round<BuiltinKind::Round, &runtime::RoundToInt>);
    case BuiltinKind::Int:
      return args.size() == 1 && rounding(&Round<BuiltinKind::Int, &runtime::FloatToInt>);
    case BuiltinKind::Float:
      *out = ToFloat(args[0]);
      return true;
    case BuiltinKind::Fabs:
      *out =
          NodePiece(New(&AbsoluteFloat, {Ptr(EmitFloat(ToFloat(args[0])))}, {}), runtime::kFloat);
      return true;
    case BuiltinKind::Abs:
      *out = args[0].rep == Rep::Int
                 ? NodePiece(New(&AbsoluteInt, {Ptr(EmitInt(args[0]))}, {span}), runtime::kInt)
                 : NodePiece(New(&AbsoluteFloat, {Ptr(EmitFloat(args[0]))}, {}), runtime::kFloat);
      return true;
    case BuiltinKind::Min:
    case BuiltinKind::Max: {
      if (args.size() != 2 || args[0].rep != args[1].rep) {
        return false;
      }
      const bool max = kind == BuiltinKind::Max;
      const Node* a = Emit(args[0], args[0].rep);
      const Node* b = Emit(args[1], args[1].rep);
      *out = args[0].rep == Rep::Int
                 ? NodePiece(New(max ? &Better<int64_t, true> : &Better<int64_t, false>,
                                 {Ptr(a), Ptr(b)}, {}),
                             runtime::kInt)
                 : NodePiece(New(max ? &Better<double, true> : &Better<double, false>,
                                 {Ptr(a), Ptr(b)}, {}),
                             runtime::kFloat);
      return true;
    }
    default:
      return false;
  }
}

bool Builder::BuildTyped(BuiltinKind kind, Span span, const std::vector<Piece>& args, Piece* out) {
  switch (kind) {
    case BuiltinKind::Len: {
      const TypeKind type = types_.Kind(args[0].type);
      if (args[0].rep != Rep::Ref || (type != TypeKind::List && type != TypeKind::Str)) {
        return false;
      }
      *out = NodePiece(fused() && args[0].form == Form::Local
                           ? New(&LocalLength, {Int(args[0].slot)}, {})
                           : New(&Length, {Ptr(EmitRef(args[0]))}, {}),
                       runtime::kInt);
      return true;
    }
    case BuiltinKind::Str:
      if (args[0].rep == Rep::Int) {
        *out = NodePiece(New(&IntToStr, {Ptr(EmitInt(args[0]))}, {span}), runtime::kStr);
        return true;
      }
      if (args[0].rep == Rep::Float) {
        *out = NodePiece(New(&FloatToStr, {Ptr(EmitFloat(args[0]))}, {span}), runtime::kStr);
        return true;
      }
      return false;
    case BuiltinKind::Write:
      if (args[0].type != runtime::kBuffer || args[1].type != runtime::kStr) {
        return false;
      }
      if (args[0].form == Form::Local && args[1].form == Form::Node &&
          args[1].node->eval_ref == &IntToStr && fused()) {
        *out = StatementPiece(
            runtime::kNone, New(&WriteIntText, {Int(args[0].slot), args[1].node->o()[0]}, {span}));
      } else {
        *out =
            StatementPiece(runtime::kNone,
                           New(&WriteText, {Ptr(EmitRef(args[0])), Ptr(EmitRef(args[1]))}, {span}));
      }
      return true;
    case BuiltinKind::Append: {
      if (types_.Kind(args[0].type) != TypeKind::List || args[0].rep != Rep::Ref ||
          types_.Element(args[0].type) != args[1].type || args[1].rep == Rep::Value ||
          args[1].rep == Rep::Unit) {
        return false;
      }
      *out = AppendTo(span, args[0], args[1]);
      return true;
    }
    case BuiltinKind::Keep:
      *out = NodePiece(Emit(args[0], args[0].rep), args[0].type);
      return true;
    default:
      return false;
  }
}

Piece Builder::AppendTo(Span span, const Piece& list, const Piece& element) {
  const bool local = fused() && list.form == Form::Local;
  const bool leaf = fused() && element.form == Form::Local && element.rep != Rep::Ref;
  const Form form = leaf ? Form::Local : Form::Node;
  const Operand list_operand = local ? Int(list.slot) : Ptr(EmitRef(list));
  const Operand element_operand = leaf ? Int(element.slot) : Ptr(Emit(element, element.rep));
  ExecFn append = nullptr;
  switch (element.rep) {
    case Rep::Int:
      append = ChooseAppend<int64_t>(local, form);
      break;
    case Rep::Float:
      append = ChooseAppend<double>(local, form);
      break;
    case Rep::Bool:
      append = ChooseAppend<bool>(local, form);
      break;
    case Rep::Ref:
      append = ChooseAppend<Object*>(local, form);
      break;
    case Rep::Unit:
    case Rep::Value:
      break;
  }
  return StatementPiece(runtime::kNone, New(append, {list_operand, element_operand}, {span}));
}

}  // namespace interp
