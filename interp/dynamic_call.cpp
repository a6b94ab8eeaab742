// Calls of function values: the version is looked up by the types that the
// arguments have now.

#include <vector>

#include "interp/dynamic.h"
#include "runtime/error_texts.h"
#include "runtime/ops.h"

namespace interp {
namespace {

using runtime::BuiltinKind;
using runtime::Tag;
using runtime::TypeId;
using runtime::Value;

[[noreturn]] void Fail(const Place& place, runtime::Failure failure) {
  place.context().failure = std::move(failure);
  Raise(place.at, 0, place.frame);
}

// Parameters as the function declares them: checked, converted, defaulted.
std::vector<Value> Arguments(const Place& place, const frontend::Function& function,
                             std::span<Value> args) {
  Machine& machine = place.machine();
  if (!machine.tables.CheckCount(function, args.size())) {
    Raise(place.at, 0, place.frame);
  }
  std::vector<Value> values(function.params().size());
  int32_t refused;
  if (!machine.tables.Accept(function, args, values.data(), &refused)) {
    // The argument's own place, where the node knows it.
    Raise(place.at, refused + 1, place.frame);
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
  return runtime::Box(code->result, machine.inference.Get(code->version).result,
                      machine.context.types, word.bits);
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
    runtime::ExternFunction* external = machine.tables.Extern(id);
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
