// Scopes, and what reading or assigning a name means where it stands.

#include <string>
#include <utility>

#include "frontend/resolver_state.h"

namespace frontend {

ResolverState::Declaration* ResolverState::Find(std::string_view name) {
  auto found = names_.find(name);
  if (found == names_.end() || found->second < 0) {
    return nullptr;
  }
  return &declarations_[static_cast<size_t>(found->second)];
}

void ResolverState::Declare(std::string_view name, Declaration declaration) {
  int32_t& slot = names_.try_emplace(name, -1).first->second;
  declaration.name = name;
  declaration.slot = &slot;
  declaration.previous = slot;
  declaration.scope = scope_;
  slot = static_cast<int32_t>(declarations_.size());
  declarations_.push_back(declaration);
}

uint32_t ResolverState::OpenScope() {
  ++scope_;
  return static_cast<uint32_t>(declarations_.size());
}

void ResolverState::CloseScope(uint32_t mark) { CloseScopes(1, mark); }

void ResolverState::CloseScopes(uint32_t count, uint32_t mark) {
  scope_ -= count;
  while (declarations_.size() > mark) {
    *declarations_.back().slot = declarations_.back().previous;
    declarations_.pop_back();
  }
}

LocalId ResolverState::AddLocal(const Binding& binding, const TypeExpr* type, Origin origin) {
  FunctionState& state = current();
  Function& function = result_.functions[state.id];
  auto id = static_cast<LocalId>(function.locals.size());
  function.locals.push_back({binding.name, binding.span, origin == Origin::Var, type});
  result_.bindings[binding.id] = {RefKind::Local, id};
  state.local_bindings.push_back(binding.id);
  Declare(binding.name, {.kind = DeclarationKind::Local,
                         .origin = origin,
                         .index = id,
                         .function = state.id,
                         .span = binding.span});
  return id;
}

void ResolverState::SetName(const NameExpr& expr, Ref ref) {
  result_.names[expr.id] = ref;
  if (ref.kind == RefKind::Local) {
    current().local_names.push_back(expr.id);
  }
}

void ResolverState::VisitName(const NameExpr& expr) {
  Declaration* declaration = Find(expr.name);
  if (declaration == nullptr) {
    ReportUnknown(expr);
    return;
  }
  switch (declaration->kind) {
    case DeclarationKind::Builtin:
      SetName(expr, {RefKind::Builtin, declaration->index});
      return;
    case DeclarationKind::Function:
      SetName(expr, {RefKind::Function, declaration->index});
      return;
    case DeclarationKind::TopLevel:
      SetName(expr, ReadTopLevel(expr, top_level_[declaration->index]));
      return;
    case DeclarationKind::Local:
      SetName(expr, ReadLocal(expr, *declaration));
      return;
  }
}

Ref ResolverState::ReadTopLevel(const NameExpr& expr, TopLevelName& top) {
  const Binding& binding = top.let->binding;
  bool in_named_function = !at_top() && stack_[1].kind != FunctionKind::Lambda &&
                           stack_[1].kind != FunctionKind::Generator;
  if (top.is_initializing && !in_named_function) {
    ReportSelfReference(expr);
    return {};
  }
  if (top.let->is_var && in_named_function) {
    ReportTopLevelVar(expr, binding.span);
    return {};
  }
  if (top.let->is_var && CrossesLambda(0)) {
    ReportCapturedVar(expr, binding.span);
    return {};
  }
  if (at_top() || top.let->is_var) {
    if (!top.is_declared) {
      ReportUsedBefore(expr, binding.span);
      return {};
    }
    const Local& local = result_.functions[kTopFunction].locals[top.local];
    return CaptureThrough(0, top.local, local);
  }
  MakeGlobal(top);
  return {RefKind::Global, top.global};
}

Ref ResolverState::ReadLocal(const NameExpr& expr, const Declaration& declaration) {
  size_t level = LevelOf(declaration.function);
  if (declaration.origin == Origin::Var && CrossesLambda(level)) {
    ReportCapturedVar(expr, declaration.span);
    return {};
  }
  const Local local = result_.functions[declaration.function].locals[declaration.index];
  return CaptureThrough(level, declaration.index, local);
}

size_t ResolverState::LevelOf(FunctionId function) const {
  size_t level = stack_.size() - 1;
  while (stack_[level].id != function) {
    --level;
  }
  return level;
}

bool ResolverState::CrossesLambda(size_t owner_level) const {
  for (size_t i = owner_level + 1; i < stack_.size(); ++i) {
    if (stack_[i].kind == FunctionKind::Lambda) {
      return true;
    }
  }
  return false;
}

// Hands a local of an enclosing Function down to the current one, each Function
// between them capturing it from the one around it.
Ref ResolverState::CaptureThrough(size_t owner_level, LocalId local, const Local& source) {
  for (size_t i = owner_level + 1; i < stack_.size(); ++i) {
    FunctionState& state = stack_[i];
    auto next = static_cast<LocalId>(state.captured.size()) | kCaptureBit;
    auto [entry, is_new] = state.capture_of.try_emplace(local, next);
    if (is_new) {
      state.captured.push_back({source.name, source.span, false, source.type});
      result_.functions[state.id].captures.push_back({{RefKind::Local, local}, next});
    }
    local = entry->second;
  }
  return {RefKind::Local, local};
}

void ResolverState::VisitTarget(const NameExpr& target, bool is_compound) {
  Declaration* declaration = Find(target.name);
  if (declaration == nullptr) {
    ReportUndeclared(target, is_compound);
    return;
  }
  switch (declaration->kind) {
    case DeclarationKind::Builtin:
    case DeclarationKind::Function: {
      bool is_builtin = declaration->kind == DeclarationKind::Builtin;
      bool is_constant = is_builtin && builtins_[declaration->index].is_constant;
      sink_.Report(
          {.kind = DiagnosticKind::AssignsFunction,
           .span = target.span,
           .message = "`" + std::string(target.name) + "` is a " + (is_builtin ? "built-in " : "") +
                      (is_constant ? "constant" : "function") + " and cannot be assigned to.",
           .fix = "choose another name for the variable"});
      return;
    }
    case DeclarationKind::TopLevel: {
      TopLevelName& top = top_level_[declaration->index];
      Span declared = top.let->binding.span;
      FunctionKind kind = at_top() ? FunctionKind::Top : stack_[1].kind;
      if (kind == FunctionKind::Def || kind == FunctionKind::Bench) {
        if (top.let->is_var) {
          ReportTopLevelVar(target, declared);
        } else {
          ReportFixed(target, Origin::Let, declared, "use a `var` of the function's own");
        }
      } else if (CrossesLambda(0)) {
        ReportOuterAssignment(target, false, declared);
      } else if (!at_top() || current().generator_floor != 0) {
        ReportOuterAssignment(target, true, declared);
      } else if (!top.is_declared) {
        ReportUsedBefore(target, declared);
      } else if (!top.let->is_var) {
        ReportFixed(target, Origin::Let, declared);
      } else {
        SetName(target, {RefKind::Local, top.local});
      }
      return;
    }
    case DeclarationKind::Local: {
      size_t level = LevelOf(declaration->function);
      // What was declared inside the generator is its own.
      bool outside_generator =
          level + 1 < stack_.size() || declaration->scope < current().generator_floor;
      if (CrossesLambda(level)) {
        ReportOuterAssignment(target, false, declaration->span);
      } else if (outside_generator) {
        ReportOuterAssignment(target, true, declaration->span);
      } else if (declaration->origin != Origin::Var) {
        ReportFixed(target, declaration->origin, declaration->span);
      } else {
        SetName(target, {RefKind::Local, declaration->index});
      }
      return;
    }
  }
}

void ResolverState::ReportFixed(const NameExpr& target, Origin origin, Span declared,
                                std::string fix) {
  std::string name(target.name);
  Diagnostic diagnostic{.kind = DiagnosticKind::AssignsFixedName, .span = target.span};
  diagnostic.labels = {{declared, "declared here"}};
  switch (origin) {
    case Origin::Let:
      diagnostic.message = "`" + name + "` is declared with `let`, so its value is fixed.";
      diagnostic.fix = "declare it with `var " + name + " = ...`";
      break;
    case Origin::Parameter:
      diagnostic.message = "`" + name + "` is a parameter, so its value is fixed.";
      diagnostic.fix = "start with a copy: `var " + name + "_ = " + name + "`";
      break;
    case Origin::LoopVariable:
      diagnostic.message = "`" + name + "` is a loop variable: each turn has its own, fixed.";
      diagnostic.fix = "use a `var` of its own, or a `while` loop";
      break;
    case Origin::Var:
      LAB_CHECK(false);
  }
  if (!fix.empty()) {
    diagnostic.fix = std::move(fix);
  }
  sink_.Report(std::move(diagnostic));
}

}  // namespace frontend
