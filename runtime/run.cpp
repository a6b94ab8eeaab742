// The order of a run: arguments are read before anything happens, then the
// top level, then main. Whatever happens, what was printed is written out.

#include "runtime/run.h"

#include "frontend/check.h"
#include "runtime/error_texts.h"
#include "runtime/ops.h"
#include "runtime/program_args.h"

namespace runtime {

namespace {

// A failure of the run itself has an empty trace: no place in the program caused it.
Outcome TakeFailure(Context& context, std::vector<TraceEntry> trace) {
  LAB_CHECK(context.failure.has_value());
  Outcome outcome;
  outcome.error = RunError{std::move(*context.failure), std::move(trace)};
  context.failure.reset();
  return outcome;
}

bool PrintValue(Context& context, Value value) {
  if (value.tag == Tag::None) {
    return true;
  }
  std::string text;
  if (!Format(context, value, &text)) {
    return false;
  }
  text += '\n';
  return context.out.Write(text) || context.Fail(OutputText(context.out.error));
}

Outcome RunUnflushed(Executable& executable, Context& context, const std::vector<std::string>& args,
                     bool print_last) {
  const frontend::Function* main = context.program.FindFunction("main");
  std::vector<Value> values;
  if (main == nullptr && !args.empty()) {
    context.Fail(NoMainText(args.size()));
    return TakeFailure(context, {});
  }
  if (main != nullptr && !ReadProgramArgs(context, *main, args, &values)) {
    return TakeFailure(context, {{context.program.IdOf(*main), main->span}});
  }
  Outcome outcome = executable.RunTop();
  if (!outcome.error.has_value() && main != nullptr) {
    Release(outcome.value);
    outcome = executable.Call(context.program.IdOf(*main), values);
  }
  for (const Value& value : values) {
    Release(value);
  }
  if (!outcome.error.has_value() && (main != nullptr || print_last) &&
      !PrintValue(context, outcome.value)) {
    Release(outcome.value);
    return TakeFailure(context, {});
  }
  return outcome;
}

}  // namespace

Outcome RunProgram(Executable& executable, Context& context, const std::vector<std::string>& args,
                   bool print_last) {
  Outcome outcome = RunUnflushed(executable, context, args, print_last);
  if (!context.out.Flush() && !outcome.error.has_value()) {
    Release(outcome.value);
    context.Fail(OutputText(context.out.error));
    return TakeFailure(context, {});
  }
  return outcome;
}

}  // namespace runtime
