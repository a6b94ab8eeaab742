// Calls: which function is meant, and whether the arguments fit it. Calls of
// values are checked when they happen.

#include <algorithm>
#include <string>

#include "frontend/resolver_state.h"
#include "frontend/suggest.h"

namespace frontend {
namespace {

std::string Count(size_t n, std::string_view what) {
  return (n == 0 ? "no" : std::to_string(n)) + " " + std::string(what) + (n == 1 ? "" : "s");
}

// Where to point for the call as a whole: the name of the function.
Span CalleeSpan(const CallExpr& call) { return call.callee->span; }

std::string MethodCause(const CallExpr& call) {
  return call.is_method ? "`x.f(a)` means `f(x, a)`: the value before the dot is an argument, too"
                        : "";
}

}  // namespace

uint8_t ResolverState::VisitCall(const CallExpr& call) {
  uint8_t effects = Visit(*call.callee);
  Ref callee;
  if (call.callee->kind == ExprKind::Name) {
    callee = result_.names[call.callee->id];
  }
  for (size_t i = 0; i < call.args.size(); ++i) {
    const Expr& arg = *call.args[i].value;
    if (ConsumedInPlace(callee, call, i)) {
      effects |= VisitSource(arg, true);
    } else {
      effects |= Visit(arg);
    }
  }
  CheckCall(callee, call);
  return static_cast<uint8_t>(effects | CallEffects(callee, call));
}

bool ResolverState::ConsumedInPlace(Ref callee, const CallExpr& call, size_t arg) const {
  if (callee.kind != RefKind::Builtin || call.args[arg].value->kind != ExprKind::Comprehension) {
    return false;
  }
  const Signature& signature = builtins_[callee.index];
  // min and max take one sequence or several values.
  bool one_of_several = signature.max_args == kAnyCount && call.args.size() > 1;
  return signature.consumed_argument == static_cast<int>(arg) && !one_of_several;
}

uint8_t ResolverState::CallEffects(Ref callee, const CallExpr& call) const {
  if (callee.kind != RefKind::Builtin) {
    return kCalls;
  }
  const Signature& signature = builtins_[callee.index];
  if (signature.name == "map" || signature.name == "filter") {
    return kCalls;
  }
  if (signature.consumed_argument >= 0) {
    auto consumed = static_cast<uint8_t>(signature.consumed_argument);
    return consumed < call.args.size() ? SourceEffects(*call.args[consumed].value) : 0;
  }
  return 0;
}

void ResolverState::CheckCall(Ref callee, const CallExpr& call) {
  bool named = false;
  for (const Argument& argument : call.args) {
    if (!argument.name.empty()) {
      named = true;
    } else if (named) {
      sink_.Report({.kind = DiagnosticKind::PositionalAfterNamed,
                    .span = argument.value->span,
                    .message = "After a named argument all others need their names, too.",
                    .fix = "move this argument before the named ones"});
      return;
    }
  }
  // In `math.sqrt(x)` the unknown name is the mistake, not the count.
  if (call.is_method && call.args[0].value->kind == ExprKind::Name &&
      result_.names[call.args[0].value->id].kind == RefKind::None) {
    return;
  }
  switch (callee.kind) {
    case RefKind::Builtin:
      CheckBuiltinCall(static_cast<BuiltinId>(callee.index), call);
      return;
    case RefKind::Function:
      MatchArguments(*result_.functions[callee.index].decl, call);
      return;
    case RefKind::Local:
    case RefKind::Global:
      CheckNoNames(call, "a function that is called as a value");
      return;
    case RefKind::None:
      break;
  }
  switch (call.callee->kind) {
    case ExprKind::Int:
    case ExprKind::Float:
    case ExprKind::Str:
    case ExprKind::Bool:
    case ExprKind::None:
    case ExprKind::List:
    case ExprKind::Comprehension:
    case ExprKind::Unary:
    case ExprKind::Binary:
      sink_.Report({.kind = DiagnosticKind::NotCallable,
                    .span = call.callee->span,
                    .message = "This value is no function, so it cannot be called.",
                    .fix = "for a product write `*`"});
      return;
    case ExprKind::Name:  // unknown, which was reported
    case ExprKind::Let:
    case ExprKind::Assign:
    case ExprKind::While:
    case ExprKind::For:
    case ExprKind::Return:
    case ExprKind::Break:
    case ExprKind::Continue:
    case ExprKind::Yield:
      return;
    case ExprKind::Logical:
    case ExprKind::Call:
    case ExprKind::Index:
    case ExprKind::Lambda:
    case ExprKind::Block:
    case ExprKind::If:
      CheckNoNames(call, "a function that is called as a value");
      return;
  }
}

void ResolverState::CheckNoNames(const CallExpr& call, std::string_view why) {
  for (const Argument& argument : call.args) {
    if (!argument.name.empty()) {
      sink_.Report({.kind = DiagnosticKind::NamedArgument,
                    .span = argument.name_span,
                    .message = "The arguments of " + std::string(why) + " have no names.",
                    .fix = "leave `" + std::string(argument.name) + " =` out"});
      return;
    }
  }
}

void ResolverState::CheckBuiltinCall(BuiltinId id, const CallExpr& call) {
  const Signature& signature = builtins_[id];
  std::string name(signature.name);
  if (signature.is_constant) {
    sink_.Report({.kind = DiagnosticKind::NotCallable,
                  .span = CalleeSpan(call),
                  .message = "`" + name + "` is a constant, so it cannot be called.",
                  .fix = "write `" + name + "` without brackets"});
    return;
  }
  CheckNoNames(call, "a built-in function");
  size_t count = call.args.size();
  if (signature.max_args != kAnyCount && count > signature.max_args) {
    ReportTooMany(call, name, signature.max_args, signature.min_args);
  } else if (count < signature.min_args) {
    bool exact = signature.min_args == signature.max_args;
    ReportMissing(call, "`" + name + "` takes " + (exact ? "" : "at least ") +
                            Count(signature.min_args, "argument") + ", but is given " +
                            Count(count, "argument") + ".");
  }
}

void ResolverState::ReportTooMany(const CallExpr& call, std::string_view name, size_t max,
                                  size_t min) {
  const Argument& first_extra = call.args[max];
  std::string most = (min == max ? "" : "at most ") + Count(max, "argument");
  sink_.Report({.kind = DiagnosticKind::TooManyArguments,
                .span = first_extra.name.empty() ? first_extra.value->span : first_extra.name_span,
                .message = "`" + std::string(name) + "` takes " + most + ", but is given " +
                           std::to_string(call.args.size()) + ".",
                .label = "one too many",
                .cause = MethodCause(call)});
}

void ResolverState::ReportMissing(const CallExpr& call, std::string message) {
  sink_.Report({.kind = DiagnosticKind::MissingArgument,
                .span = CalleeSpan(call),
                .message = std::move(message),
                .cause = MethodCause(call)});
}

void ResolverState::MatchArguments(const FunctionDecl& decl, const CallExpr& call) {
  std::string name(decl.binding.name);
  if (decl.kind == DeclKind::Extern) {
    CheckNoNames(call, "an extern function");
  }
  size_t params = decl.params.size();
  auto required = static_cast<size_t>(
      std::count_if(decl.params.begin(), decl.params.end(),
                    [](const Param& param) { return param.default_value == nullptr; }));
  if (call.args.size() > params) {
    ReportTooMany(call, name, params, required);
    return;
  }
  ArgumentMap map{.call = call.id, .param_of_arg = {}, .defaulted_params = {}};
  std::vector<bool> given(params);
  bool one_to_one = call.args.size() == params;
  for (size_t i = 0; i < call.args.size(); ++i) {
    const Argument& argument = call.args[i];
    size_t param = i;
    if (!argument.name.empty()) {
      one_to_one = false;
      auto found = std::find_if(decl.params.begin(), decl.params.end(),
                                [&](const Param& p) { return p.binding.name == argument.name; });
      if (found == decl.params.end()) {
        std::vector<std::string_view> names;
        for (const Param& p : decl.params) {
          names.push_back(p.binding.name);
        }
        std::string_view near = Suggest(argument.name, names);
        sink_.Report(
            {.kind = DiagnosticKind::UnknownArgument,
             .span = argument.name_span,
             .message = "`" + name + "` has no parameter `" + std::string(argument.name) + "`.",
             .labels = {{decl.binding.span, "declared here"}},
             .fix = near.empty() ? "" : "did you mean `" + std::string(near) + "`?"});
        return;
      }
      param = static_cast<size_t>(found - decl.params.begin());
    }
    if (given[param]) {
      sink_.Report({.kind = DiagnosticKind::DuplicateArgument,
                    .span = argument.name_span,
                    .message = "`" + std::string(argument.name) + "` is given twice.",
                    .cause = MethodCause(call)});
      return;
    }
    given[param] = true;
    map.param_of_arg.push_back(static_cast<uint32_t>(param));
  }
  for (size_t i = 0; i < params; ++i) {
    if (given[i]) {
      continue;
    }
    if (decl.params[i].default_value == nullptr) {
      ReportMissing(call, "`" + name + "` needs a value for `" +
                              std::string(decl.params[i].binding.name) + "`.");
      return;
    }
    map.defaulted_params.push_back(static_cast<uint32_t>(i));
  }
  if (!one_to_one) {
    result_.argument_maps.push_back(std::move(map));
  }
}

}  // namespace frontend
