// Closures, stored generators, calls of values, C functions and memo tables. A
// value is called as the interpreter's dynamic_call.cpp calls it: arguments are
// counted, defaulted and checked in that order, then the version is looked up
// by the types they have now. Tests: tests/jit/support_test.cpp.

#include <algorithm>
#include <vector>

#include "frontend/check.h"
#include "jit/call_value.h"
#include "runtime/error_texts.h"
#include "runtime/ops.h"

namespace jit {

namespace {

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

Value RunOnOtherTier(Machine& machine, uint32_t depth, infer::VersionId version,
                     std::span<const Value> values) {
  if (!CheckDepth(machine.context, depth - 1, 1)) [[unlikely]] {
    return FailedValue();
  }
  Value result;
  runtime::RunError error;
  if (machine.other_tier->Call(version, depth, values, &result, &error)) [[likely]] {
    return result;
  }
  machine.error = std::move(error);
  return FailedValue();
}

// Runs a version with the values, which it borrows.
Value RunVersion(Machine& machine, uint32_t depth, FunctionId id, std::span<const Value> values) {
  ShortArray<TypeId> types(values.size());
  for (size_t i = 0; i < values.size(); ++i) {
    types.data()[i] = runtime::TypeOf(machine.context, values[i]);
  }
  if (machine.other_tier != nullptr) {
    const infer::VersionId version = machine.VersionFor(id, {types.data(), values.size()});
    if (machine.FindCode(version, depth + 1) == nullptr) {
      return RunOnOtherTier(machine, depth + 1, version, values);
    }
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
  const size_t param_count = function.params().size();
  const size_t capture_count = callee.tag == Tag::Closure ? callee.closure->count : 0;
  if (!machine->tables.CheckCount(function, count)) [[unlikely]] {
    return FailedValue();
  }
  ShortArray<Value> array(param_count + capture_count);
  Value* values = array.data();
  int32_t refused;
  if (!machine->tables.Accept(function, {args, count}, values, &refused)) [[unlikely]] {
    machine->failed_argument = refused;  // it has a place of its own, where the site knows it
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
  runtime::ExternFunction* external = machine->tables.Extern(function);
  Value result;
  return external != nullptr && external->Call(machine->context, args, &result) ? result
                                                                                : FailedValue();
}

const Value* MemoFind(MemoTable* table, const Value* key) noexcept { return table->Find(key); }

bool MemoInsert(Machine* machine, MemoTable* table, const Value* key, Value result) noexcept {
  return machine->tables.InsertMemo(table, key, result);
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
