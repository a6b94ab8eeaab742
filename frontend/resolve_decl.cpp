// The rules for the heads of functions: types, defaults, and what benches,
// memo functions and extern functions ask for.

#include <algorithm>
#include <string>

#include "frontend/resolver_state.h"

namespace frontend {

void ResolverState::CheckSignature(const FunctionDecl& decl) {
  CheckDuplicates(decl.params);
  bool had_default = false;
  for (const Param& param : decl.params) {
    std::string name(param.binding.name);
    CheckParamType(decl, param);
    if (param.default_value != nullptr) {
      had_default = true;
      if (decl.kind == DeclKind::Extern) {
        sink_.Report({.kind = DiagnosticKind::MisplacedDefault,
                      .span = param.binding.span,
                      .message = "The parameters of an extern function have no default values.",
                      .cause = "a C function is always given all its arguments"});
      }
      ResolveDefault(*param.default_value);
    } else if (decl.kind == DeclKind::Bench) {
      sink_.Report({.kind = DiagnosticKind::BenchWithoutDefault,
                    .span = param.binding.span,
                    .message = "The bench parameter `" + name + "` has no default value.",
                    .cause = "a bench runs without being told any values",
                    .fix = "write `" + name + " = 1000`, or another value"});
    } else if (had_default) {
      sink_.Report(
          {.kind = DiagnosticKind::DefaultNotLast,
           .span = param.binding.span,
           .message = "`" + name + "` has no default value, but a parameter before it has one.",
           .fix = "move the parameters with default values to the end"});
    }
  }
  if (decl.result_type == nullptr) {
    if (decl.kind == DeclKind::Extern) {
      sink_.Report({.kind = DiagnosticKind::ExternWithoutType,
                    .span = decl.binding.span,
                    .message = "The result of an extern function needs a type.",
                    .fix = "write `-> float`, or `-> none` when there is no result"});
    }
  } else if (decl.kind == DeclKind::Extern) {
    CheckExternType(*decl.result_type, true);
  } else {
    CheckType(*decl.result_type);
  }
}

void ResolverState::CheckDuplicates(std::span<const Param> params) {
  for (size_t i = 0; i < params.size(); ++i) {
    auto first = std::find_if(
        params.begin(), params.begin() + static_cast<std::ptrdiff_t>(i),
        [&](const Param& other) { return other.binding.name == params[i].binding.name; });
    if (first != params.begin() + static_cast<std::ptrdiff_t>(i)) {
      sink_.Report(
          {.kind = DiagnosticKind::AlreadyDeclared,
           .span = params[i].binding.span,
           .message = "Two parameters have the name `" + std::string(params[i].binding.name) + "`.",
           .labels = {{first->binding.span, "the first"}},
           .fix = "choose another name"});
    }
  }
}

void ResolverState::CheckParamType(const FunctionDecl& decl, const Param& param) {
  std::string name(param.binding.name);
  if (decl.kind == DeclKind::Extern) {
    if (param.type == nullptr) {
      sink_.Report({.kind = DiagnosticKind::ExternWithoutType,
                    .span = param.binding.span,
                    .message = "The extern parameter `" + name + "` needs a type.",
                    .fix = "write for example `" + name + ": float`"});
    } else {
      CheckExternType(*param.type, false);
    }
    return;
  }
  if (param.type == nullptr) {
    return;
  }
  CheckType(*param.type);
  if (!decl.is_memo) {
    return;
  }
  switch (param.type->kind) {
    case TypeExprKind::Int:
    case TypeExprKind::Float:
    case TypeExprKind::Bool:
    case TypeExprKind::Str:
    case TypeExprKind::F32:
    case TypeExprKind::I32:
      return;
    case TypeExprKind::None:
    case TypeExprKind::List:
    case TypeExprKind::Seq:
    case TypeExprKind::Function:
      sink_.Report({.kind = DiagnosticKind::MemoParameter,
                    .span = param.type->span,
                    .message = "A memo function cannot look up its results by `" + name + "`.",
                    .cause = "the arguments of a memo function are int, float, bool or str"});
      return;
  }
}

void ResolverState::CheckExternType(const TypeExpr& type, bool is_result) {
  switch (type.kind) {
    case TypeExprKind::Int:
    case TypeExprKind::Float:
    case TypeExprKind::Bool:
    case TypeExprKind::Str:
    case TypeExprKind::F32:
    case TypeExprKind::I32:
      return;
    case TypeExprKind::None:
      if (is_result) {
        return;
      }
      break;
    case TypeExprKind::List:
    case TypeExprKind::Seq:
    case TypeExprKind::Function:
      break;
  }
  sink_.Report({.kind = DiagnosticKind::ExternType,
                .span = type.span,
                .message = "C functions cannot take or give a value of this type.",
                .cause = "possible are int, float, bool, str, f32 and i32, and none as a result"});
}

void ResolverState::CheckType(const TypeExpr& type) {
  switch (type.kind) {
    case TypeExprKind::F32:
    case TypeExprKind::I32: {
      bool is_float = type.kind == TypeExprKind::F32;
      sink_.Report({.kind = DiagnosticKind::CTypeOutsideExtern,
                    .span = type.span,
                    .message = std::string("The type `") + (is_float ? "f32" : "i32") +
                               "` is only for extern functions.",
                    .fix = is_float ? "write `float`" : "write `int`"});
      return;
    }
    case TypeExprKind::List:
      switch (type.args[0]->kind) {
        case TypeExprKind::None:
        case TypeExprKind::Seq:
        case TypeExprKind::Function:
          sink_.Report({.kind = DiagnosticKind::ListElementType,
                        .span = type.args[0]->span,
                        .message = "A list cannot hold values of this type.",
                        .cause = "a list holds int, float, bool, str, or lists of those"});
          return;
        case TypeExprKind::Int:
        case TypeExprKind::Float:
        case TypeExprKind::Bool:
        case TypeExprKind::Str:
        case TypeExprKind::List:
        case TypeExprKind::F32:
        case TypeExprKind::I32:
          break;
      }
      CheckType(*type.args[0]);
      return;
    case TypeExprKind::Seq:
    case TypeExprKind::Function:
      for (const TypeExpr* arg : type.args) {
        CheckType(*arg);
      }
      return;
    case TypeExprKind::Int:
    case TypeExprKind::Float:
    case TypeExprKind::Bool:
    case TypeExprKind::Str:
    case TypeExprKind::None:
      return;
  }
}

// Default values are worked out by the caller, so they may hold nothing but
// what is the same everywhere.
void ResolverState::ResolveDefault(const Expr& expr) {
  next_expr_ = expr.id + 1;
  switch (expr.kind) {
    case ExprKind::Int:
    case ExprKind::Float:
    case ExprKind::Str:
    case ExprKind::Bool:
    case ExprKind::None:
      return;
    case ExprKind::Name:
      ResolveDefaultName(Cast<NameExpr>(expr));
      return;
    case ExprKind::List:
      for (const Expr* item : Cast<ListExpr>(expr).items) {
        ResolveDefault(*item);
      }
      return;
    case ExprKind::Unary:
      ResolveDefault(*Cast<UnaryExpr>(expr).operand);
      return;
    case ExprKind::Binary: {
      std::vector<const BinaryExpr*> spine = LeftSpine(Cast<BinaryExpr>(expr));
      ResolveDefault(*spine.front()->left);
      for (const BinaryExpr* binary : spine) {
        ResolveDefault(*binary->right);
      }
      return;
    }
    case ExprKind::Logical:
      for (const Expr* operand : Cast<LogicalExpr>(expr).operands) {
        ResolveDefault(*operand);
      }
      return;
    case ExprKind::Comprehension:
    case ExprKind::Call:
    case ExprKind::Index:
    case ExprKind::Lambda:
    case ExprKind::Block:
    case ExprKind::Let:
    case ExprKind::Assign:
    case ExprKind::If:
    case ExprKind::While:
    case ExprKind::For:
    case ExprKind::Return:
    case ExprKind::Break:
    case ExprKind::Continue:
    case ExprKind::Yield:
      ReportDefault(expr);
      return;
  }
}

void ResolverState::ResolveDefaultName(const NameExpr& expr) {
  const Declaration* declaration = Find(expr.name);
  if (declaration == nullptr) {
    ReportUnknown(expr);
    return;
  }
  switch (declaration->kind) {
    case DeclarationKind::Builtin:
      if (!builtins_[declaration->index].is_constant) {
        ReportDefault(expr);
        return;
      }
      result_.names[expr.id] = {RefKind::Builtin, declaration->index};
      return;
    case DeclarationKind::TopLevel: {
      TopLevelName& top = top_level_[declaration->index];
      if (top.let->is_var) {
        ReportTopLevelVar(expr, top.let->binding.span);
        return;
      }
      MakeGlobal(top);
      result_.names[expr.id] = {RefKind::Global, top.global};
      return;
    }
    case DeclarationKind::Function:
    case DeclarationKind::Local:
      ReportDefault(expr);
      return;
  }
}

void ResolverState::ReportDefault(const Expr& expr) {
  sink_.Report({.kind = DiagnosticKind::DefaultNotConstant,
                .span = expr.span,
                .message = "A default value must be constant.",
                .cause = "it may be made of literals, built-in constants, top-level `let` names, "
                         "operators and lists of those",
                .fix = "give it a name with a top-level `let`, or take it in the body"});
}

}  // namespace frontend
