// Closures, stored generators, calls of values, C functions and memo tables. A
// value is called as the interpreter's dynamic_call.cpp calls it: arguments are
// counted, defaulted and checked in that order, then the version is looked up
// by the types they have now. Tests: tests/jit/support_test.cpp.

#include <algorithm>
#include <vector>

#include "frontend/ast.h"
#include "frontend/check.h"
#include "jit/call_value.h"
#include "runtime/error_texts.h"
#include "runtime/ops.h"

namespace jit {

namespace {

using frontend::Expr;
using frontend::FunctionId;
using runtime::BuiltinKind;
using runtime::Context;
using runtime::Tag;
using runtime::TypeId;
using runtime::Value;

// An array that stands on the stack when it is short, as those of arguments are.
template <typename T>
class ShortArray {
 public:
  explicit ShortArray(size_t size) : many_(size > kFew ? size : 0) {}
  T* data() { return many_.empty() ? few_ : many_.data(); }

 private:
  static constexpr size_t kFew = 8;
  T few_[kFew];
  std::vector<T> many_;
};

// Defaults are constant expressions: literals, names of constants and globals,
// operators and lists. The result is owned; false: failed.
bool EvaluateConstant(Machine& machine, const Expr& e, Value* out) {
  Context& context = machine.context;
  if (const auto* i = frontend::DynCast<frontend::IntExpr>(e)) {
    *out = Value::Int(i->value);
    return true;
  }
  if (const auto* d = frontend::DynCast<frontend::FloatExpr>(e)) {
    *out = Value::Float(d->value);
    return true;
  }
  if (const auto* b = frontend::DynCast<frontend::BoolExpr>(e)) {
    *out = Value::Bool(b->value);
    return true;
  }
  if (const auto* s = frontend::DynCast<frontend::StrExpr>(e)) {
    runtime::Str* text = machine.Literal(s->value);
    if (text == nullptr) {
      return context.FailMemory();
    }
    *out = Value::Of(runtime::Retain(text));
    return true;
  }
  if (e.kind == frontend::ExprKind::Name) {
    const frontend::Ref ref = machine.program.resolution.names[e.id];
    if (ref.kind != frontend::RefKind::Builtin) {
      return machine.GlobalValue(ref.index, out);
    }
    *out = Value::Float(runtime::ConstantValue(static_cast<BuiltinKind>(ref.index)));
    return true;
  }
  if (const auto* u = frontend::DynCast<frontend::UnaryExpr>(e)) {
    Value operand;
    if (!EvaluateConstant(machine, *u->operand, &operand)) {
      return false;
    }
    const bool done = u->op == frontend::UnaryOp::Not ? runtime::Not(context, operand, out)
                                                      : runtime::Negate(context, operand, out);
    runtime::Release(operand);
    return done;
  }
  if (const auto* o = frontend::DynCast<frontend::BinaryExpr>(e)) {
    Value left;
    Value right;
    if (!EvaluateConstant(machine, *o->left, &left) ||
        !EvaluateConstant(machine, *o->right, &right)) {
      return false;
    }
    const bool done = runtime::Binary(context, o->op, left, right, out);
    runtime::Release(left);
    runtime::Release(right);
    return done;
  }
  if (const auto* l = frontend::DynCast<frontend::ListExpr>(e)) {
    std::vector<Value> items;
    for (const Expr* item : l->items) {
      Value value;
      if (!EvaluateConstant(machine, *item, &value)) {
        return false;
      }
      items.push_back(value);
    }
    runtime::List* list = runtime::NewListFromValues(context, items);
    for (const Value item : items) {
      runtime::Release(item);
    }
    if (list == nullptr) {
      return false;
    }
    *out = Value::Of(list);
    return true;
  }
  *out = Value::None();
  return true;
}

std::span<const frontend::Param> ParamsOf(const frontend::Function& function) {
  return function.lambda != nullptr ? function.lambda->params : function.decl->params;
}

bool CheckCount(Context& context, const frontend::Function& function, uint64_t given) {
  const std::span<const frontend::Param> params = ParamsOf(function);
  if (given == params.size()) [[likely]] {
    return true;
  }
  size_t least = params.size();
  while (least > 0 && params[least - 1].default_value != nullptr) {
    --least;
  }
  if (given >= least && given <= params.size()) {
    return true;
  }
  return context.Fail(runtime::ArgumentCountText(function.name, least, params.size(), given));
}

// Parameters as the function declares them: checked, converted, defaulted.
// Fills `values`, which has room for all parameters; takes over the arguments.
bool BindArguments(Machine& machine, const frontend::Function& function,
                   std::span<const Value> args, Value* values) {
  Context& context = machine.context;
  const std::span<const frontend::Param> params = ParamsOf(function);
  std::copy(args.begin(), args.end(), values);
  for (size_t i = 0; i < params.size(); ++i) {
    if (i >= args.size() && !EvaluateConstant(machine, *params[i].default_value, &values[i])) {
      return false;
    }
    if (params[i].type != nullptr &&
        !runtime::CheckDeclared(context, context.types.FromDeclaration(*params[i].type),
                                params[i].binding.name, &values[i])) {
      // The argument's own place, where the site knows it.
      machine.failed_argument = i < args.size() ? static_cast<int32_t>(i) : -1;
      return false;
    }
  }
  return true;
}

void ReleaseAll(std::span<const Value> values) {
  for (const Value value : values) {
    runtime::Release(value);
  }
}

Value CallBuiltinValue(Machine& machine, uint32_t depth, uint64_t id, std::span<const Value> args) {
  const auto kind = static_cast<BuiltinKind>(id);
  const frontend::Signature& signature = machine.program.builtins[id];
  if (args.size() < signature.min_args ||
      (signature.max_args != frontend::kAnyCount && args.size() > signature.max_args)) {
    machine.context.Fail(runtime::ArgumentCountText(signature.name, signature.min_args,
                                                    signature.max_args, args.size()));
    return FailedValue();
  }
  const bool folds = kind == BuiltinKind::Min || kind == BuiltinKind::Max;
  Value result;
  if (signature.consumed_argument >= 0 && !(folds && args.size() > 1)) {
    result = ConsumeValue(machine, depth, kind, args);
  } else if (!runtime::CallBuiltin(machine.context, static_cast<frontend::BuiltinId>(id), args,
                                   &result)) {
    result = FailedValue();
  }
  if (result.tag != kFailedTag) {
    ReleaseAll(args);
  }
  return result;
}

// Runs a version with the values, which it borrows.
Value RunVersion(Machine& machine, uint32_t depth, FunctionId id, std::span<const Value> values) {
  ShortArray<TypeId> types(values.size());
  for (size_t i = 0; i < values.size(); ++i) {
    types.data()[i] = runtime::TypeOf(machine.context, values[i]);
  }
  const Code& code = machine.CodeFor(id, {types.data(), values.size()}, depth + 1);
  if (!CheckDepth(machine.context, depth, 1)) [[unlikely]] {
    return FailedValue();
  }
  Value result;
  return code.entry(depth + 1, values.data(), &result) ? result : FailedValue();
}

}  // namespace

namespace support {

Object* NewClosure(Machine* machine, uint32_t function, uint32_t type, const Value* captures,
                   uint64_t count) noexcept {
  Context& context = machine->context;
  runtime::Closure* closure = context.heap.NewClosure(function, type, static_cast<uint32_t>(count));
  if (closure == nullptr) [[unlikely]] {
    context.FailMemory();
    return nullptr;
  }
  std::copy_n(captures, count, closure->captures());
  if (type == runtime::kAny) {
    ShortArray<TypeId> types(count);
    for (uint64_t i = 0; i < count; ++i) {
      types.data()[i] = runtime::TypeOf(context, captures[i]);
    }
    closure->type = context.types.Lambda(function, {types.data(), count});
  }
  return closure;
}

Object* NewGenerator(Machine* machine, uint32_t function, uint32_t type, const Value* args,
                     uint64_t count) noexcept {
  Context& context = machine->context;
  runtime::Seq* seq =
      context.heap.NewSeq(runtime::SeqKind::Generator, type, static_cast<uint32_t>(count));
  if (seq == nullptr) [[unlikely]] {
    context.FailMemory();
    return nullptr;
  }
  seq->function = function;
  std::copy_n(args, count, seq->operands());
  return seq;
}

Value CallValue(Machine* machine, uint32_t depth, Value callee, Value* args,
                uint64_t count) noexcept {
  Context& context = machine->context;
  if (callee.tag == Tag::Builtin) {
    return CallBuiltinValue(*machine, depth, callee.id, {args, count});
  }
  if (callee.tag != Tag::Function && callee.tag != Tag::Closure) [[unlikely]] {
    context.Fail(runtime::NotCallableText(runtime::DescribeType(context, callee)));
    return FailedValue();
  }
  const auto id =
      static_cast<FunctionId>(callee.tag == Tag::Function ? callee.id : callee.closure->function);
  const frontend::Function& function = machine->program.resolution.functions[id];
  const size_t param_count = ParamsOf(function).size();
  const size_t capture_count = callee.tag == Tag::Closure ? callee.closure->count : 0;
  if (!CheckCount(context, function, count)) [[unlikely]] {
    return FailedValue();
  }
  ShortArray<Value> array(param_count + capture_count);
  Value* values = array.data();
  if (!BindArguments(*machine, function, {args, count}, values)) [[unlikely]] {
    return FailedValue();
  }
  const std::span<const Value> params{values, param_count};
  if (function.kind == frontend::FunctionKind::Extern) {
    const Value result = CallExtern(machine, id, values, param_count);
    if (result.tag != kFailedTag) {
      ReleaseAll(params);
    }
    return result;
  }
  if (capture_count > 0) {
    std::copy_n(callee.closure->captures(), capture_count, values + param_count);
  }
  if (function.yields) {
    for (const Value capture : std::span(values + param_count, capture_count)) {
      runtime::Retain(capture);
    }
    Object* seq = NewGenerator(machine, id, context.types.Seq(runtime::kAny), values,
                               param_count + capture_count);
    return seq != nullptr ? Value::Of(seq) : FailedValue();
  }
  const Value result = RunVersion(*machine, depth, id, {values, param_count + capture_count});
  if (result.tag != kFailedTag) [[likely]] {
    ReleaseAll(params);
  }
  return result;
}

Value CallExtern(Machine* machine, uint32_t function, const Value* args, uint64_t count) noexcept {
  LAB_CHECK(count == machine->program.resolution.functions[function].param_count);
  runtime::ExternFunction* external = machine->Extern(function);
  Value result;
  return external != nullptr && external->Call(machine->context, args, &result) ? result
                                                                                : FailedValue();
}

const Value* MemoFind(MemoTable* table, const Value* key) noexcept { return table->Find(key); }

bool MemoInsert(Machine* machine, MemoTable* table, const Value* key, Value result) noexcept {
  const uint64_t size = table->size();
  if (!table->Insert(machine->context, key, result)) {
    return false;
  }
  if (table->size() == size) {
    machine->ForgetMemo(table);
  }
  return true;
}

const Value* MemoFindWords(MemoCache* cache, const uint64_t* key) noexcept {
  return cache->Find(key);
}

bool MemoInsertWords(Machine* machine, MemoCache* cache, const uint64_t* key,
                     Value result) noexcept {
  std::array<Value, MemoCache::kMaxKeys> boxed;
  const uint64_t size = cache->table()->size();
  if (!MemoInsert(machine, cache->table(), cache->Boxed(key, &boxed), result)) {
    return false;
  }
  if (cache->table()->size() != size) {
    cache->Fill(key, result);
  }
  return true;
}

bool MemoCheckKey(Machine* machine, const Value* key, uint64_t count) noexcept {
  return MemoTable::CheckKey(machine->context, key, static_cast<uint32_t>(count));
}

}  // namespace support
}  // namespace jit
