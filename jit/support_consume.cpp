// Built-ins that consume a sequence of unknown type, on boxed values. The
// interpreter's dynamic_sequence.cpp is the model, the order in which memory is
// asked for included. Tests: tests/jit/support_test.cpp.

#include "frontend/check.h"
#include "jit/call_value.h"
#include "jit/iterate.h"
#include "runtime/error_texts.h"
#include "runtime/ops.h"

namespace jit {

namespace {

using runtime::BuiltinKind;
using runtime::Context;
using runtime::List;
using runtime::Str;
using runtime::Tag;
using runtime::Value;

// What a consumer does with an element, which it takes over.
enum class Verdict : uint8_t { More, Enough, Failed };

// Runs the sequence through `take`. False when something failed.
template <typename Take>
bool Consume(Machine& machine, uint32_t depth, Value source, Take take) {
  Iterator* it = support::Iterate(&machine, depth, source);
  if (it == nullptr) {
    return false;
  }
  for (;;) {
    Value element;
    Step step = support::Next(&machine, it, &element);
    if (step == Step::Element) {
      const Verdict verdict = take(element);
      if (verdict == Verdict::More) {
        continue;
      }
      step = verdict == Verdict::Enough ? Step::End : Step::Failed;
    }
    if (step == Step::Failed) {
      return false;
    }
    support::EndIteration(&machine, it);
    return true;
  }
}

Value ConsumeFold(Machine& machine, uint32_t depth, BuiltinKind kind, std::span<const Value> args) {
  Context& context = machine.context;
  bool is_started = args.size() > 1;
  if (is_started && !support::CheckSummand(&machine, args[1])) {
    return FailedValue();
  }
  Value kept = is_started ? args[1] : Value::None();
  const bool done = Consume(machine, depth, args[0], [&](Value element) {
    if (kind == BuiltinKind::Sum && !support::CheckSummand(&machine, element)) {
      return Verdict::Failed;
    }
    if (!is_started) {
      is_started = true;
      kept = element;
      return Verdict::More;
    }
    Value result;
    if (!(kind == BuiltinKind::Sum
              ? runtime::Binary(context, frontend::BinaryOp::Add, kept, element, &result)
              : runtime::Choose(context, static_cast<frontend::BuiltinId>(kind), kept, element,
                                &result))) {
      return Verdict::Failed;
    }
    runtime::Release(kept);
    runtime::Release(element);
    kept = result;
    return Verdict::More;
  });
  if (!done) {
    return FailedValue();
  }
  if (!is_started) {
    context.Fail(runtime::EmptyText(kind));
    return FailedValue();
  }
  return kept;
}

Value ConsumeQuantifier(Machine& machine, uint32_t depth, BuiltinKind kind, Value source) {
  const bool decisive = kind == BuiltinKind::Any;
  bool found = false;
  const bool done = Consume(machine, depth, source, [&](Value element) {
    bool truth;
    if (!runtime::Truth(machine.context, element, &truth)) {
      return Verdict::Failed;
    }
    found = truth == decisive;
    return found ? Verdict::Enough : Verdict::More;
  });
  return done ? Value::Bool(found == decisive) : FailedValue();
}

Value ConsumeList(Machine& machine, uint32_t depth, Value source) {
  List* list = support::NewList(&machine, runtime::kAny, 0);
  const bool done = list != nullptr && Consume(machine, depth, source, [&](Value element) {
                      if (!runtime::Append(machine.context, list, element)) {
                        return Verdict::Failed;
                      }
                      runtime::Release(element);
                      return Verdict::More;
                    });
  return done ? Value::Of(list) : FailedValue();
}

Value ConsumeJoin(Machine& machine, uint32_t depth, Value separator, Value source) {
  Context& context = machine.context;
  const auto refuse = [&](std::string_view expected, Value found) {
    context.Fail(
        runtime::ArgumentText(BuiltinKind::Join, expected, runtime::DescribeType(context, found)));
  };
  if (separator.tag != Tag::Str) {
    refuse("a str first", separator);
    return FailedValue();
  }
  if (source.tag == Tag::List && source.list->type == runtime::kStr) {
    Str* joined = runtime::JoinStrs(context, separator.str, source.list);
    return joined != nullptr ? Value::Of(joined) : FailedValue();
  }
  Str* text = nullptr;
  const bool done = Consume(machine, depth, source, [&](Value element) {
    if (element.tag != Tag::Str) {
      refuse("a sequence of str", element);
      return Verdict::Failed;
    }
    if (text == nullptr) {
      text = support::NewEmptyStr(&machine);
    } else if (separator.str->size_bytes > 0) {
      text = support::AppendStr(&machine, text, separator.str);
    }
    if (text != nullptr) {
      text = support::AppendStr(&machine, text, element.str);
    }
    if (text == nullptr) {
      return Verdict::Failed;
    }
    runtime::Release(element);
    return Verdict::More;
  });
  if (done && text == nullptr) {
    text = support::NewEmptyStr(&machine);
  }
  return done && text != nullptr ? Value::Of(text) : FailedValue();
}

}  // namespace

Value ConsumeValue(Machine& machine, uint32_t depth, BuiltinKind kind,
                   std::span<const Value> args) {
  if (kind == BuiltinKind::Sum || kind == BuiltinKind::Min || kind == BuiltinKind::Max) {
    return ConsumeFold(machine, depth, kind, args);
  }
  if (kind == BuiltinKind::Any || kind == BuiltinKind::All) {
    return ConsumeQuantifier(machine, depth, kind, args[0]);
  }
  if (kind == BuiltinKind::List) {
    return ConsumeList(machine, depth, args[0]);
  }
  LAB_CHECK(kind == BuiltinKind::Join);
  return ConsumeJoin(machine, depth, args[0], args[1]);
}

namespace support {

bool CheckSummand(Machine* machine, Value value) noexcept {
  return value.tag == Tag::Int || value.tag == Tag::Float ||
         machine->context.Fail(
             runtime::ArgumentText(BuiltinKind::Sum, "a sequence of numbers",
                                   runtime::DescribeType(machine->context, value)));
}

Value JoinValue(Machine* machine, uint32_t depth, Value separator, Value source) noexcept {
  return ConsumeJoin(*machine, depth, separator, source);
}

}  // namespace support
}  // namespace jit
