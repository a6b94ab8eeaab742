// The longer reports about names, with guesses at what was meant.

#include <string>

#include "frontend/resolver_state.h"
#include "frontend/suggest.h"

namespace frontend {
namespace {

struct ForeignName {
  std::string_view name;
  std::string_view hint;
};

// Names that programmers of other languages expect to find.
constexpr ForeignName kForeignNames[] = {
    {"math", "functions of mathematics need no prefix: write `sqrt(x)`"},
    {"np", "there are no libraries; functions of mathematics need no prefix"},
    {"numpy", "there are no libraries; functions of mathematics need no prefix"},
    {"time", "`clock()` gives the seconds"},
    {"null", "write `none`"},
    {"nil", "write `none`"},
    {"undefined", "write `none`"},
    {"println", "write `print(...)`"},
    {"printf", "write `print(...)`"},
    {"console", "write `print(...)`"},
    {"length", "write `len(x)`"},
    {"size", "write `len(x)`"},
    {"push", "write `append(xs, x)`"},
    {"string", "write `str(x)`"},
    {"reduce", "use a loop with a `var`, or `sum`"},
    {"enumerate", "loop over `range(len(xs))`"},
    {"zip", "loop over `range(len(xs))`"},
    {"ceiling", "write `ceil(x)`"},
    {"ln", "write `log(x)`"},
    {"exit", "to stop with an error call `error(\"...\")`"},
    {"raise", "to stop with an error call `error(\"...\")`"},
    {"throw", "to stop with an error call `error(\"...\")`"},
};

// The declaration of `name` among the later items of a block.
const LetExpr* FindLet(const BlockExpr& block, std::string_view name) {
  for (const Expr* item : block.items) {
    const auto* let = DynCast<LetExpr>(*item);
    if (let != nullptr && let->binding.name == name) {
      return let;
    }
  }
  return nullptr;
}

}  // namespace

void ResolverState::ReportUnknown(const NameExpr& expr) {
  for (const LetExpr* let : initializing_) {
    if (let->binding.name == expr.name) {
      ReportSelfReference(expr);
      return;
    }
  }
  if (!reported_.insert(expr.name).second) {
    return;
  }
  for (size_t i = open_blocks_.size(); i-- > 0;) {
    if (const LetExpr* let = FindLet(*open_blocks_[i], expr.name)) {
      if (let->span.begin > expr.span.begin) {
        ReportUsedBefore(expr, let->binding.span);
        return;
      }
    }
  }
  Diagnostic diagnostic{.kind = DiagnosticKind::UnknownName, .span = expr.span};
  diagnostic.message = "The name `" + std::string(expr.name) + "` is not known here.";
  for (const ForeignName& foreign : kForeignNames) {
    if (foreign.name == expr.name) {
      diagnostic.fix = foreign.hint;
    }
  }
  if (diagnostic.fix.empty()) {
    std::string_view near = SuggestName(expr.name);
    if (!near.empty()) {
      diagnostic.fix = "did you mean `" + std::string(near) + "`?";
    }
  }
  sink_.Report(std::move(diagnostic));
}

std::string_view ResolverState::SuggestName(std::string_view name) {
  // A file full of unknown names is not worth comparing all with all.
  if (suggestions_left_-- <= 0) {
    return {};
  }
  std::vector<std::string_view> candidates;
  for (auto it = declarations_.rbegin(); it != declarations_.rend(); ++it) {
    candidates.push_back(it->name);
  }
  return Suggest(name, candidates);
}

void ResolverState::ReportUndeclared(const NameExpr& target, bool is_compound) {
  if (!reported_.insert(target.name).second) {
    return;
  }
  std::string name(target.name);
  Diagnostic diagnostic{.kind = DiagnosticKind::UndeclaredAssignment, .span = target.span};
  diagnostic.message = "`" + name + "` is assigned to, but was never declared.";
  std::string_view near = SuggestName(target.name);
  const Declaration* other = near.empty() ? nullptr : Find(near);
  if (other != nullptr && other->origin == Origin::Var) {
    diagnostic.fix = "did you mean `" + std::string(near) + "`?";
  } else if (is_compound) {
    diagnostic.fix = "declare it before, with a start value: `var " + name + " = 0`";
  } else {
    diagnostic.fix = "write `let " + name + " = ...`, or `var` if it is to change later";
  }
  sink_.Report(std::move(diagnostic));
}

void ResolverState::ReportCapturedVar(const NameExpr& expr, Span declared) {
  std::string name(expr.name);
  sink_.Report({.kind = DiagnosticKind::CapturedVar,
                .span = expr.span,
                .message = "A lambda cannot use `" + name + "`, because it is a `var`.",
                .labels = {{declared, "declared here"}},
                .cause = "a lambda keeps copies of the values it uses, so a later change would "
                         "not reach it",
                .fix = "make the copy visible: `let " + name + "_now = " + name +
                       "` before the lambda, and use that"});
}

void ResolverState::ReportTopLevelVar(const NameExpr& expr, Span declared) {
  std::string name(expr.name);
  sink_.Report({.kind = DiagnosticKind::TopLevelVar,
                .span = expr.span,
                .message = "Functions do not see `" + name + "`, because it is a top-level `var`.",
                .labels = {{declared, "declared here"}},
                .cause = "a function depends on nothing but its arguments and fixed values",
                .fix = "pass it as an argument, or declare it with `let` if it never changes"});
}

void ResolverState::ReportOuterAssignment(const NameExpr& target, bool in_generator,
                                          Span declared) {
  std::string name(target.name);
  sink_.Report(
      {.kind = in_generator ? DiagnosticKind::AssignsInGenerator : DiagnosticKind::AssignsOuterName,
       .span = target.span,
       .message = std::string(in_generator ? "A generator" : "A lambda") + " cannot assign to `" +
                  name + "`, which belongs to the code around it.",
       .labels = {{declared, "declared here"}},
       .cause = in_generator ? "a generator runs later, when its values are asked for"
                             : "a lambda keeps copies of the values it uses",
       .fix = in_generator ? "use a `for` loop" : "return the new value, or keep it in a list"});
}

void ResolverState::ReportUsedBefore(const NameExpr& expr, Span declared) {
  sink_.Report({.kind = DiagnosticKind::UsedBeforeDeclaration,
                .span = expr.span,
                .message = "`" + std::string(expr.name) + "` is used before its declaration.",
                .labels = {{declared, "declared here"}},
                .fix = "move the declaration up"});
}

void ResolverState::ReportSelfReference(const NameExpr& expr) {
  std::string name(expr.name);
  bool in_lambda = current().kind == FunctionKind::Lambda;
  sink_.Report({.kind = DiagnosticKind::SelfReference,
                .span = expr.span,
                .message = "`" + name + "` has no value yet inside its own declaration.",
                .cause = in_lambda ? "a lambda cannot call itself" : "",
                .fix = in_lambda ? "write a function: `def " + name + "(...) = ...`"
                                 : "give it a start value first"});
}

}  // namespace frontend
