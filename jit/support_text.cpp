// Strings and lists. The paths that matter are the runtime's own; what stands
// here fits its calls to the conventions of compiled code.
// Tests: tests/jit/support_test.cpp.

#include "jit/support.h"
#include "runtime/ops.h"

namespace jit::support {

Str* StrOfInt(Machine* machine, int64_t value) noexcept {
  return runtime::StrOfInt(machine->context, value);
}

Str* StrOf(Machine* machine, Value value) noexcept {
  return runtime::StrOf(machine->context, value);
}

Str* AppendStr(Machine* machine, Str* str, const Str* text) noexcept {
  return runtime::AppendStr(machine->context, str, text->view(), text->code_points);
}

Str* AppendInt(Machine* machine, Str* str, int64_t value) noexcept {
  return runtime::AppendInt(machine->context, str, value);
}

Str* ConcatStr(Machine* machine, const Str* a, const Str* b) noexcept {
  return runtime::ConcatStr(machine->context, a, b);
}

int32_t CompareStr(const Str* a, const Str* b) noexcept { return runtime::CompareStr(a, b); }

bool EqualStr(const Str* a, const Str* b) noexcept { return runtime::EqualStr(a, b); }

Str* StrAt(Machine* machine, const Str* str, int64_t index) noexcept {
  return runtime::StrAt(machine->context, str, index);
}

Str* NextCodePoint(Machine* machine, const Str* str, uint64_t* offset) noexcept {
  return runtime::NextCodePoint(machine->context, str, offset);
}

Str* NewEmptyStr(Machine* machine) noexcept {
  Str* str = machine->context.heap.NewStrOfSize(0, 0);
  if (str == nullptr) [[unlikely]] {
    machine->context.FailMemory();
  }
  return str;
}

Str* JoinStrs(Machine* machine, const Str* separator, const List* parts) noexcept {
  return runtime::JoinStrs(machine->context, separator, parts);
}

bool WriteStr(Machine* machine, Buffer* buffer, const Str* text) noexcept {
  return runtime::WriteStr(machine->context, buffer, text->view(), text->code_points);
}

bool WriteInt(Machine* machine, Buffer* buffer, int64_t value) noexcept {
  return runtime::WriteInt(machine->context, buffer, value);
}

List* NewList(Machine* machine, uint32_t element, uint64_t capacity) noexcept {
  List* list = machine->context.heap.NewList(element, capacity);
  if (list == nullptr) [[unlikely]] {
    machine->context.FailMemory();
  }
  return list;
}

List* NewListFromValues(Machine* machine, const Value* values, uint64_t count) noexcept {
  return runtime::NewListFromValues(machine->context, {values, count});
}

bool AppendSlow(Machine* machine, List* list, uint64_t bits) noexcept {
  return runtime::AppendSlow(machine->context, list, bits);
}

bool AppendValue(Machine* machine, List* list, Value value) noexcept {
  return runtime::Append(machine->context, list, value);
}

Value ElementAt(Machine* machine, const List* list, uint64_t index) noexcept {
  return runtime::ElementAt(machine->context, list, index);
}

}  // namespace jit::support
