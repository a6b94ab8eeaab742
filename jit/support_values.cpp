// Operators, checks and built-ins on boxed values, and the arithmetic that is
// too long for compiled code. Tests: tests/jit/support_test.cpp.

#include "jit/call_value.h"
#include "runtime/arith.h"
#include "runtime/ops.h"

namespace jit::support {

using frontend::BinaryOp;
using frontend::BuiltinId;
using runtime::Arith;
using runtime::Tag;

Value Binary(Machine* machine, uint32_t op, Value a, Value b) noexcept {
  Value result;
  return runtime::Binary(machine->context, static_cast<BinaryOp>(op), a, b, &result)
             ? result
             : FailedValue();
}

Value BinaryOfOwned(Machine* machine, uint32_t op, Value owned_a, Value b) noexcept {
  Value result;
  return runtime::BinaryOfOwned(machine->context, static_cast<BinaryOp>(op), owned_a, b, &result)
             ? result
             : FailedValue();
}

void ShowState(Machine* machine, uint32_t index, uint32_t type, Value value) noexcept {
  machine->on_state(index, type, value);
}

Value Negate(Machine* machine, Value a) noexcept {
  Value result;
  return runtime::Negate(machine->context, a, &result) ? result : FailedValue();
}

Value Not(Machine* machine, Value a) noexcept {
  Value result;
  return runtime::Not(machine->context, a, &result) ? result : FailedValue();
}

uint32_t Truth(Machine* machine, Value a) noexcept {
  bool truth;
  return runtime::Truth(machine->context, a, &truth) ? (truth ? 1 : 0) : 2;
}

Value GetIndex(Machine* machine, Value object, Value index) noexcept {
  Value result;
  return runtime::GetIndex(machine->context, object, index, &result) ? result : FailedValue();
}

bool SetIndex(Machine* machine, Value object, Value index, const Value* value) noexcept {
  return runtime::SetIndex(machine->context, object, index, *value);
}

Value Choose(Machine* machine, uint32_t builtin, Value a, Value b) noexcept {
  Value result;
  return runtime::Choose(machine->context, static_cast<BuiltinId>(builtin), a, b, &result)
             ? result
             : FailedValue();
}

Value CheckDeclared(Machine* machine, uint32_t type, const char* name, uint64_t name_size,
                    Value value) noexcept {
  return runtime::CheckDeclared(machine->context, type, {name, name_size}, &value) ? value
                                                                                   : FailedValue();
}

Value CallBuiltin(Machine* machine, uint32_t builtin, const Value* args, uint64_t count) noexcept {
  Value result;
  return runtime::CallBuiltin(machine->context, static_cast<BuiltinId>(builtin), {args, count},
                              &result)
             ? result
             : FailedValue();
}

void ReleaseValue(Value value) noexcept { runtime::Release(value); }

void DestroyObject(Object* object) noexcept { runtime::Destroy(object); }

double NumberToFloat(Value value) noexcept {
  return value.tag == Tag::Int ? static_cast<double>(value.integer) : value.real;
}

bool PowInt(int64_t base, int64_t exponent, int64_t* result) noexcept {
  return runtime::PowInt(base, exponent, result) == Arith::Ok;
}

double DivLargeInts(int64_t a, int64_t b) noexcept { return runtime::DivLargeInts(a, b); }

double ModFloat(double a, double b) noexcept {
  double result = 0;
  runtime::ModFloat(a, b, &result);
  return result;
}

double FloorDivFloat(double a, double b) noexcept {
  double result = 0;
  runtime::FloorDivFloat(a, b, &result);
  return result;
}

double Hypot(double x, double y) noexcept { return runtime::Hypot(x, y); }

int32_t CompareIntFloat(int64_t a, double b) noexcept { return runtime::CompareIntFloat(a, b); }

}  // namespace jit::support
