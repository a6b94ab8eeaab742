// Calls of function values: the version is looked up by the types that the
// arguments have now.

#include <vector>

#include "interp/dynamic.h"
#include "runtime/error_texts.h"
#include "runtime/ops.h"

namespace interp {
namespace {

using frontend::Expr;
using runtime::BuiltinKind;
using runtime::Tag;
using runtime::TypeId;
using runtime::Value;

[[noreturn]] void Fail(const Place& place, runtime::Failure failure) {
  place.context().failure = std::move(failure);
  Raise(place.at, 0, place.frame);
}

// Defaults are constant expressions: literals, names of constants and globals,
// operators and lists.
Value EvaluateConstant(const Place& place, const Expr& e) {
  runtime::Context& context = place.context();
  Value result = Value::None();
  bool done = true;
  if (const auto* i = frontend::DynCast<frontend::IntExpr>(e)) {
    result = Value::Int(i->value);
  } else if (const auto* d = frontend::DynCast<frontend::FloatExpr>(e)) {
    result = Value::Float(d->value);
  } else if (const auto* b = frontend::DynCast<frontend::BoolExpr>(e)) {
    result = Value::Bool(b->value);
  } else if (const auto* s = frontend::DynCast<frontend::StrExpr>(e)) {
    runtime::Str* text = place.machine().Literal(s->value);
    done = text != nullptr || context.FailMemory();
    if (done) {
      result = Value::Of(runtime::Retain(text));
    }
  } else if (e.kind == frontend::ExprKind::Name) {
    const frontend::Ref ref = context.program.resolution.names[e.id];
    if (ref.kind == frontend::RefKind::Builtin) {
      result = Value::Float(runtime::ConstantValue(static_cast<BuiltinKind>(ref.index)));
    } else {
      result = place.machine().GlobalValue(place, ref.index);
    }
  } else if (const auto* u = frontend::DynCast<frontend::UnaryExpr>(e)) {
    const Value operand = EvaluateConstant(place, *u->operand);
    done = u->op == frontend::UnaryOp::Not ? runtime::Not(context, operand, &result)
                                           : runtime::Negate(context, operand, &result);
    runtime::Release(operand);
  } else if (const auto* o = frontend::DynCast<frontend::BinaryExpr>(e)) {
    const Value left = EvaluateConstant(place, *o->left);
    const Value right = EvaluateConstant(place, *o->right);
    done = runtime::Binary(context, o->op, left, right, &result);
    runtime::Release(left);
    runtime::Release(right);
  } else if (const auto* l = frontend::DynCast<frontend::ListExpr>(e)) {
    std::vector<Value> items;
    for (const Expr* item : l->items) {
      items.push_back(EvaluateConstant(place, *item));
    }
    runtime::List* list = runtime::NewListFromValues(context, items);
    done = list != nullptr;
    if (done) {
      result = Value::Of(list);
    }
    for (const Value item : items) {
      runtime::Release(item);
    }
  }
  if (!done) {
    Raise(place.at, 0, place.frame);
  }
  return result;
}

// Parameters as the function declares them: checked, converted, defaulted.
std::vector<Value> Arguments(const Place& place, const frontend::Function& function,
                             std::span<Value> args) {
  runtime::Context& context = place.context();
  const std::span<const frontend::Param> params =
      function.lambda != nullptr ? function.lambda->params : function.decl->params;
  size_t least = params.size();
  while (least > 0 && params[least - 1].default_value != nullptr) {
    --least;
  }
  if (args.size() < least || args.size() > params.size()) {
    Fail(place, runtime::ArgumentCountText(function.name, least, params.size(), args.size()));
  }
  std::vector<Value> values(args.begin(), args.end());
  for (size_t i = 0; i < params.size(); ++i) {
    if (i >= args.size()) {
      values.push_back(EvaluateConstant(place, *params[i].default_value));
    }
    if (params[i].type != nullptr &&
        !runtime::CheckDeclared(context, context.types.FromDeclaration(*params[i].type),
                                params[i].binding.name, &values[i])) {
      // The argument's own place, where the node knows it.
      Raise(place.at, i < args.size() ? static_cast<int>(i) + 1 : 0, place.frame);
    }
  }
  return values;
}

Value MakeGenerator(const Place& place, frontend::FunctionId function,
                    std::span<const Value> args) {
  runtime::Context& context = place.context();
  runtime::Seq* seq =
      context.heap.NewSeq(runtime::SeqKind::Generator, context.types.Seq(runtime::kAny),
                          static_cast<uint32_t>(args.size()));
  if (seq == nullptr) {
    context.FailMemory();
    Raise(place.at, 0, place.frame);
  }
  seq->function = function;
  std::copy(args.begin(), args.end(), seq->operands());
  return Value::Of(seq);
}

template <typename T>
T Run(const Code* code, Word* callee) {
  return Eval<T>::Run(code->entry, callee);
}

Value RunBoxed(Machine& machine, const Code* code, Word* callee) {
  Word word{};
  switch (code->result) {
    case Rep::Unit:
      Run<Status>(code, callee);
      break;
    case Rep::Int:
      word.i = Run<int64_t>(code, callee);
      break;
    case Rep::Float:
      word.d = Run<double>(code, callee);
      break;
    case Rep::Bool:
      word.bits = Run<bool>(code, callee) ? 1 : 0;
      break;
    case Rep::Ref:
      word.object = Run<runtime::Object*>(code, callee);
      break;
    case Rep::Value:
      return Run<Value>(code, callee);
  }
  return Box(code->result, machine.inference.Get(code->version).result, machine.context.types,
             word);
}

}  // namespace

void EnterFrame(const Node* at, Word* frame, Word* callee, const Code* code) {
  const int64_t depth = Depth(frame) + 1;
  if (depth > code->machine->context.depth_limit.load(std::memory_order_relaxed)) [[unlikely]] {
    RaiseAtCall(at, frame);
  }
  CallerNode(callee) = at;
  Depth(callee) = depth;
}

Value CallValue(const Place& place, Value callee, std::span<Value> args) {
  Machine& machine = place.machine();
  runtime::Context& context = machine.context;
  if (callee.tag == Tag::Builtin) {
    const auto kind = static_cast<BuiltinKind>(callee.id);
    const frontend::Signature& signature = machine.program.builtins[callee.id];
    if (args.size() < signature.min_args ||
        (signature.max_args != frontend::kAnyCount && args.size() > signature.max_args)) {
      Fail(place, runtime::ArgumentCountText(signature.name, signature.min_args, signature.max_args,
                                             args.size()));
    }
    Value result;
    const bool folds = kind == BuiltinKind::Min || kind == BuiltinKind::Max;
    if (signature.consumed_argument >= 0 && !(folds && args.size() > 1)) {
      result = ConsumeValue(place, kind, args);
    } else if (!runtime::CallBuiltin(context, static_cast<frontend::BuiltinId>(callee.id), args,
                                     &result)) {
      Raise(place.at, 0, place.frame);
    }
    for (const Value arg : args) {
      runtime::Release(arg);
    }
    return result;
  }
  if (callee.tag != Tag::Function && callee.tag != Tag::Closure) {
    Fail(place, runtime::NotCallableText(runtime::DescribeType(context, callee)));
  }
  const auto id = static_cast<frontend::FunctionId>(
      callee.tag == Tag::Function ? callee.id : callee.closure->function);
  const frontend::Function& function = machine.program.resolution.functions[id];
  std::vector<Value> values = Arguments(place, function, args);
  if (function.kind == frontend::FunctionKind::Extern) {
    Value result;
    runtime::ExternFunction* external = machine.Extern(id);
    if (external == nullptr || !external->Call(context, values.data(), &result)) {
      Raise(place.at, 0, place.frame);
    }
    for (const Value value : values) {
      runtime::Release(value);
    }
    return result;
  }
  if (callee.tag == Tag::Closure) {
    for (uint32_t i = 0; i < callee.closure->count; ++i) {
      values.push_back(runtime::Retain(callee.closure->captures()[i]));
    }
  }
  if (function.yields) {
    return MakeGenerator(place, id, values);
  }
  std::vector<TypeId> types;
  types.reserve(values.size());
  for (const Value value : values) {
    types.push_back(runtime::TypeOf(context, value));
  }
  const Code* code = machine.CodeFor(id, types);
  Word* frame = place.frame + place.base;
  EnterFrame(place.at, place.frame, frame, code);
  for (size_t i = 0; i < values.size(); ++i) {
    StoreValue(code->params[i].rep, frame + code->params[i].slot, values[i]);
  }
  values.clear();
  return RunBoxed(machine, code, frame);
}

}  // namespace interp
