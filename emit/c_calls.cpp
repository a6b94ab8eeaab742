// Calls in C. tests/emit/c_test.cpp; that they mean the same: tests/peers.

#include "emit/c_names.h"
#include "emit/c_printer.h"
#include "emit/c_text.h"

namespace emit {

using runtime::kAny;

namespace {

bool IsLibmFunction(std::string_view name) {
#define LAB_LIBM(function, shape) \
  if (name == #function) {        \
    return true;                  \
  }
#include "runtime/libm.def"
#undef LAB_LIBM
  return false;
}

}  // namespace

// The arguments that need room; those that do not, but do something, go to `effects`.
std::string CPrinter::Arguments(const Routine& routine, std::span<Term* const> args,
                                std::vector<std::string> more, std::vector<std::string>* effects) {
  std::vector<std::string> texts;
  for (size_t i = 0; i < args.size(); ++i) {
    const TypeId type = i < routine.locals.size() ? routine.locals[i].type : kAny;
    if (ShapeOf(type) != Shape::Unit) {
      texts.push_back(Converted(OperandOf(*args[i]), type));
    } else if (!IsIdle(*args[i])) {
      effects->push_back(Text(*args[i]));
    }
  }
  texts.insert(texts.end(), more.begin(), more.end());
  return Joined(texts);
}

std::string CPrinter::CallText(const Term& call) {
  const Routine& routine = RoutineAt(call.index);
  std::vector<std::string> effects;
  std::string text;
  if (routine.kind == RoutineKind::Extern) {
    std::vector<std::string> args;
    for (const Term* arg : call.parts) {
      args.push_back(Text(*arg));
    }
    text = ExternCall(routine, args);
  } else {
    text = FunctionName(routine) + "(" + Arguments(routine, call.parts, {}, &effects) + ")";
  }
  for (const std::string& effect : effects) {
    text = effect + ", " + text;
  }
  text = effects.empty() ? text : "(" + text + ")";
  if (ShapeOf(call.type) == Shape::Unit || routine.yields) {
    return text;
  }
  return Converted({.text = text, .type = routine.result}, call.type);
}

std::string CPrinter::ExternCall(const Routine& routine, const std::vector<std::string>& args) {
  const frontend::FunctionDecl& decl =
      *module_.program->resolution.functions[routine.function].decl;
  std::vector<std::string> texts;
  for (size_t i = 0; i < args.size(); ++i) {
    const frontend::TypeExprKind kind = decl.params[i].type->kind;
    if (kind == frontend::TypeExprKind::F32) {
      const bool is_atom = args[i].find(' ') == std::string::npos;
      texts.push_back("(float)" + (is_atom ? args[i] : "(" + args[i] + ")"));
    } else if (kind == frontend::TypeExprKind::I32) {
      texts.push_back(Failing("i32", {args[i], QuotedForC(decl.params[i].binding.name)}));
    } else {
      texts.push_back(args[i]);
    }
  }
  if (!IsLibmFunction(decl.binding.name)) {
    return "(fail(__LINE__, \"extern\", \"the library \\\"m\\\" has no function `" +
           std::string(decl.binding.name) + "` that may be called\"), 0)";
  }
  // In brackets: not the prelude's function of that name.
  const std::string name(module_.program->resolution.functions[routine.function].name);
  return (IsCWord(name) ? "(" + name + ")" : name) + "(" + Joined(texts) + ")";
}

std::string CPrinter::CallValueText(const Term& call) {
  const Term& callee = *call.parts[0];
  const std::span<Term* const> args = call.parts.subspan(1);
  if (call.index == kNoRoutine) {
    std::vector<std::string> values;
    for (const Term* arg : args) {
      values.push_back(Boxed(OperandOf(*arg)));
    }
    const std::string function = Boxed(OperandOf(callee));
    const std::string all = values.empty() ? "NULL" : "(Value[]){" + Joined(values) + "}";
    return Failing("call_value", {function, std::to_string(values.size()), all});
  }
  const Routine& routine = RoutineAt(call.index);
  if (routine.kind == RoutineKind::Extern) {
    std::vector<std::string> texts;
    for (const Term* arg : args) {
      texts.push_back(Text(*arg));
    }
    return ExternCall(routine, texts);
  }
  // What the lambda has captured goes behind the arguments.
  std::vector<std::string> captured;
  const Term* lambda = callee.kind == TermKind::Lambda  ? &callee
                       : callee.kind == TermKind::Local ? lambdas_[callee.index]
                                                        : nullptr;
  for (uint32_t i = 0; i < routine.capture_count; ++i) {
    const Variable& capture = routine.locals[routine.param_count + i];
    if (ShapeOf(capture.type) == Shape::Unit) {
      continue;
    }
    captured.push_back(lambda != nullptr ? Text(*lambda->parts[i])
                                         : "((" + CaptureStruct(routine) + " *)" +
                                               Text(callee, Binding::Unary) + ")->" + capture.name);
  }
  std::vector<std::string> effects;
  if (!IsIdle(callee) && lambda == nullptr && ShapeOf(callee.type) == Shape::Unit) {
    effects.push_back(Text(callee));
  }
  std::string text =
      FunctionName(routine) + "(" + Arguments(routine, args, captured, &effects) + ")";
  for (const std::string& effect : effects) {
    text = effect + ", " + text;
  }
  text = effects.empty() ? text : "(" + text + ")";
  return ShapeOf(call.type) == Shape::Unit || routine.yields
             ? text
             : Converted({.text = text, .type = routine.result}, call.type);
}

// A new object with what the lambda has captured; nothing, when that needs no room.
std::string CPrinter::LambdaText(const Term& lambda) {
  if (ShapeOf(lambda.type) == Shape::Unit) {
    return "";
  }
  const Routine& routine = RoutineAt(lambda.index);
  FunctionValue(routine);
  std::vector<std::string> captured;
  for (uint32_t i = 0; i < routine.capture_count; ++i) {
    if (ShapeOf(routine.locals[routine.param_count + i].type) != Shape::Unit) {
      captured.push_back(Text(*lambda.parts[i]));
    }
  }
  return "new_" + FunctionName(routine) + "(" + Joined(captured) + ")";
}

}  // namespace emit
