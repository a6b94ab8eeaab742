// Failures of compiled code. A failing operation is repeated through the
// runtime's own, so that the words of its error have one definition; code that
// fails where the runtime does not is a bug of the lab.
// Tests: tests/jit/support_test.cpp.

#include "frontend/check.h"
#include "jit/call_value.h"
#include "runtime/error_texts.h"
#include "runtime/mutant.h"
#include "runtime/ops.h"

namespace jit {

bool FailAtCall(runtime::Context& context) {
  return context.interrupted() ? context.FailInterrupted()
                               : context.Fail(runtime::DepthText(context.limits.depth));
}

namespace support {

namespace {

using runtime::BuiltinKind;

void Repeat(Machine* machine, SiteId site, uint32_t op, Value a, Value b) {
  Value result;
  LAB_CHECK(!runtime::Binary(machine->context, static_cast<frontend::BinaryOp>(op), a, b, &result));
  machine->Failed(site);
}

void RepeatBuiltin(Machine* machine, SiteId site, uint32_t builtin, std::span<const Value> args) {
  Value result;
  LAB_CHECK(!runtime::CallBuiltin(machine->context, static_cast<frontend::BuiltinId>(builtin), args,
                                  &result));
  machine->Failed(site);
}

}  // namespace

void Failed(Machine* machine, SiteId site) noexcept {
  LAB_MUTANT(210, machine->Failed(site), void());
}

void FailInt(Machine* machine, SiteId site, uint32_t op, int64_t a, int64_t b) noexcept {
  Repeat(machine, site, op, Value::Int(a), Value::Int(b));
}

void FailFloat(Machine* machine, SiteId site, uint32_t op, double a, double b) noexcept {
  Repeat(machine, site, op, Value::Float(LAB_MUTANT(209, a, b)), Value::Float(b));
}

void FailNegate(Machine* machine, SiteId site, int64_t a) noexcept {
  Value result;
  LAB_CHECK(!runtime::Negate(machine->context, Value::Int(a), &result));
  machine->Failed(site);
}

void FailMath(Machine* machine, SiteId site, uint32_t builtin, double x) noexcept {
  const Value args[] = {Value::Float(x)};
  RepeatBuiltin(machine, site, builtin, args);
}

void FailMath2(Machine* machine, SiteId site, uint32_t builtin, double x, double y) noexcept {
  const Value args[] = {Value::Float(x), Value::Float(y)};
  RepeatBuiltin(machine, site, builtin, args);
}

void FailMathInt(Machine* machine, SiteId site, uint32_t builtin, int64_t x) noexcept {
  const Value args[] = {Value::Int(x)};
  RepeatBuiltin(machine, site, builtin, args);
}

void FailIndex(Machine* machine, SiteId site, int64_t index, uint64_t size, bool is_str) noexcept {
  int64_t at = index;
  LAB_CHECK(!runtime::IndexInRange(&at, size));
  runtime::FailIndex(machine->context, index, size, is_str);
  machine->Failed(site);
}

void FailRangeStep(Machine* machine, SiteId site) noexcept {
  machine->context.Fail(runtime::RangeStepText());
  machine->Failed(site);
}

void FailEmpty(Machine* machine, SiteId site, uint32_t builtin) noexcept {
  machine->context.Fail(runtime::EmptyText(static_cast<BuiltinKind>(builtin)));
  machine->Failed(site);
}

void FailUnset(Machine* machine, SiteId site, uint32_t global) noexcept {
  Value value;
  LAB_CHECK(!machine->tables.GlobalValue(global, &value));
  machine->Failed(site);
}

void FailMemory(Machine* machine, SiteId site) noexcept {
  machine->context.FailMemory();
  machine->Failed(site);
}

void FailCall(Machine* machine, SiteId site) noexcept {
  FailAtCall(machine->context);
  machine->Failed(site);
}

void FailInterrupted(Machine* machine, SiteId site) noexcept {
  machine->context.FailInterrupted();
  machine->Failed(site);
}

// map and filter check the function first; any built-in will do for one.
void FailLargeFrames(Machine* machine) noexcept {
  machine->context.Fail(runtime::LargeFramesText());
}

void FailStage(Machine* machine, SiteId site, uint32_t builtin, uint32_t which,
               Value value) noexcept {
  const Value args[] = {
      which == 0 ? value : Value::Builtin(static_cast<frontend::BuiltinId>(builtin)), value};
  RepeatBuiltin(machine, site, builtin, args);
}

void FailJoin(Machine* machine, SiteId site, uint32_t which, Value value) noexcept {
  runtime::Context& context = machine->context;
  context.failure = runtime::ArgumentText(BuiltinKind::Join,
                                          which == 0 ? "a str first" : "a sequence of str",
                                          runtime::DescribeType(context, value));
  machine->Failed(site);
}

}  // namespace support
}  // namespace jit
