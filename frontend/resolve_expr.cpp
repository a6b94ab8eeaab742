// The walk over expressions. Each Visit function resolves what is below its
// node, in the order of ids, and returns what the node may do.

#include <algorithm>
#include <string>
#include <utility>

#include "frontend/resolver_state.h"
#include "frontend/walk.h"

namespace frontend {

uint8_t ResolverState::Visit(const Expr& expr) {
  next_expr_ = expr.id + 1;
  uint8_t effects = VisitKind(expr);
  result_.effects[expr.id] = effects;
  return effects;
}

uint8_t ResolverState::VisitKind(const Expr& expr) {
  uint8_t effects = 0;
  switch (expr.kind) {
    case ExprKind::Int:
    case ExprKind::Float:
    case ExprKind::Str:
    case ExprKind::Bool:
    case ExprKind::None:
      return 0;
    case ExprKind::Name:
      VisitName(Cast<NameExpr>(expr));
      return 0;
    case ExprKind::List:
      for (const Expr* item : Cast<ListExpr>(expr).items) {
        effects |= Visit(*item);
      }
      return effects;
    case ExprKind::Comprehension: {
      const auto& comprehension = Cast<ComprehensionExpr>(expr);
      return VisitComprehension(comprehension, comprehension.is_list);
    }
    case ExprKind::Unary:
      return Visit(*Cast<UnaryExpr>(expr).operand);
    case ExprKind::Binary:
      return VisitBinary(Cast<BinaryExpr>(expr));
    case ExprKind::Logical:
      for (const Expr* operand : Cast<LogicalExpr>(expr).operands) {
        effects |= Visit(*operand);
      }
      return effects;
    case ExprKind::Call:
      return VisitCall(Cast<CallExpr>(expr));
    case ExprKind::Index:
      effects = Visit(*Cast<IndexExpr>(expr).object);
      effects |= Visit(*Cast<IndexExpr>(expr).index);
      return effects;
    case ExprKind::Lambda:
      return VisitLambda(Cast<LambdaExpr>(expr));
    case ExprKind::Block:
      return VisitBlock(Cast<BlockExpr>(expr));
    case ExprKind::Let:
      return VisitLet(Cast<LetExpr>(expr));
    case ExprKind::Assign:
      return VisitAssign(Cast<AssignExpr>(expr));
    case ExprKind::If: {
      const auto& branching = Cast<IfExpr>(expr);
      for (const Branch& branch : branching.branches) {
        effects |= Visit(*branch.condition);
        effects |= Visit(*branch.body);
      }
      if (branching.otherwise != nullptr) {
        effects |= Visit(*branching.otherwise);
      }
      return effects;
    }
    case ExprKind::While:
      effects = Visit(*Cast<WhileExpr>(expr).condition);
      effects |= VisitLoopBody(*Cast<WhileExpr>(expr).body);
      return effects;
    case ExprKind::For:
      return VisitFor(Cast<ForExpr>(expr));
    case ExprKind::Return:
      return VisitReturn(Cast<ReturnExpr>(expr));
    case ExprKind::Break:
    case ExprKind::Continue:
      CheckJump(expr);
      return kMayBreak;
    case ExprKind::Yield:
      return VisitYield(Cast<YieldExpr>(expr));
  }
  LAB_CHECK(false);
}

uint8_t ResolverState::VisitBinary(const BinaryExpr& expr) {
  if (expr.left->kind != ExprKind::Binary) {
    uint8_t effects = Visit(*expr.left);
    return static_cast<uint8_t>(effects | Visit(*expr.right));
  }
  // The operators of the spine come first in the order of ids, then the operands.
  std::vector<const BinaryExpr*> spine = LeftSpine(expr);
  next_expr_ = spine.front()->id + 1;
  uint8_t effects = Visit(*spine.front()->left);
  for (const BinaryExpr* binary : spine) {
    effects |= Visit(*binary->right);
    result_.effects[binary->id] = effects;
  }
  return effects;
}

uint8_t ResolverState::VisitBlock(const BlockExpr& block) {
  uint8_t effects = 0;
  uint32_t scope = OpenScope();
  open_blocks_.push_back(&block);
  for (const Expr* item : block.items) {
    effects |= Visit(*item);
  }
  open_blocks_.pop_back();
  CloseScope(scope);
  return effects;
}

uint8_t ResolverState::VisitLet(const LetExpr& let) {
  if (let.type != nullptr) {
    CheckType(*let.type);
  }
  // Only items of the file stand outside all scopes.
  TopLevelName* top = nullptr;
  if (at_top() && scope_ == 0) {
    const Declaration* declaration = Find(let.binding.name);
    if (declaration != nullptr && declaration->kind == DeclarationKind::TopLevel &&
        top_level_[declaration->index].let == &let) {
      top = &top_level_[declaration->index];
      top->is_initializing = true;
    }
  } else if (const Declaration* other = Find(let.binding.name);
             other != nullptr && other->kind == DeclarationKind::Local && other->scope == scope_ &&
             other->function == current().id) {
    sink_.Report(
        {.kind = DiagnosticKind::AlreadyDeclared,
         .span = let.binding.span,
         .message = "`" + std::string(let.binding.name) + "` is declared twice in this block.",
         .labels = {{other->span, "declared here first"}},
         .fix = "choose another name, or assign to the first without `let`"});
  }
  initializing_.push_back(&let);
  uint8_t effects = Visit(*let.value);
  initializing_.pop_back();
  if (scope_ == 0 && at_top()) {
    if (top == nullptr) {
      return effects;  // Declared twice, which was reported.
    }
    FunctionState& state = current();
    Function& function = result_.functions[kTopFunction];
    top->local = static_cast<LocalId>(function.locals.size());
    function.locals.push_back({let.binding.name, let.binding.span, let.is_var, let.type});
    result_.bindings[let.binding.id] = {RefKind::Local, top->local};
    state.local_bindings.push_back(let.binding.id);
    top->is_initializing = false;
    top->is_declared = true;
  } else {
    AddLocal(let.binding, let.type, let.is_var ? Origin::Var : Origin::Let);
  }
  return effects | kAssigns;
}

uint8_t ResolverState::VisitAssign(const AssignExpr& assign) {
  uint8_t effects = 0;
  if (const auto* name = DynCast<NameExpr>(*assign.target)) {
    next_expr_ = name->id + 1;
    VisitTarget(*name, assign.is_compound);
    effects = kAssigns;
  } else {
    effects = Visit(*assign.target);
  }
  return static_cast<uint8_t>(effects | Visit(*assign.value));
}

uint8_t ResolverState::VisitFor(const ForExpr& loop) {
  uint8_t effects = VisitSource(*loop.source, !ReadsVar(*loop.source));
  uint32_t scope = OpenScope();
  AddLocal(loop.variable, nullptr, Origin::LoopVariable);
  effects |= VisitLoopBody(*loop.body);
  CloseScope(scope);
  return static_cast<uint8_t>(effects | kAssigns | SourceEffects(*loop.source));
}

uint8_t ResolverState::VisitLoopBody(const Expr& body) {
  ++current().loops;
  uint8_t effects = Visit(body);
  --current().loops;
  return static_cast<uint8_t>(effects & ~kMayBreak);
}

uint8_t ResolverState::VisitReturn(const ReturnExpr& expr) {
  CheckJump(expr);
  uint8_t effects = kMayReturn;
  if (expr.value != nullptr) {
    effects |= Visit(*expr.value);
    if (current().returns_value == Span{}) {
      current().returns_value = expr.span;
    }
  }
  return effects;
}

uint8_t ResolverState::VisitYield(const YieldExpr& expr) {
  CheckJump(expr);
  result_.functions[current().id].yields = true;
  return static_cast<uint8_t>(Visit(*expr.value) | kMayYield);
}

// Whether a jump has somewhere to go to.
void ResolverState::CheckJump(const Expr& expr) {
  const FunctionState& state = current();
  bool is_loop_jump = expr.kind == ExprKind::Break || expr.kind == ExprKind::Continue;
  std::string word = expr.kind == ExprKind::Break      ? "break"
                     : expr.kind == ExprKind::Continue ? "continue"
                     : expr.kind == ExprKind::Return   ? "return"
                                                       : "yield";
  if (is_loop_jump && state.loops > 0) {
    return;
  }
  Diagnostic diagnostic{
      .span = {expr.span.begin, expr.span.begin + static_cast<uint32_t>(word.size())}};
  if (state.in_comprehension) {
    diagnostic.kind = DiagnosticKind::JumpInComprehension;
    diagnostic.message = "`" + word + "` cannot leave a comprehension.";
    diagnostic.fix = "use a `for` loop";
  } else if (is_loop_jump) {
    diagnostic.kind = DiagnosticKind::OutsideLoop;
    diagnostic.message = "`" + word + "` stands in no loop.";
    if (state.kind == FunctionKind::Lambda) {
      diagnostic.cause = "a lambda is a function of its own and cannot end a loop around it";
    }
  } else if (state.kind == FunctionKind::Top) {
    diagnostic.kind = DiagnosticKind::OutsideFunction;
    diagnostic.message = "`" + word + "` stands in no function.";
    diagnostic.fix = "put the code in a function: `def main() { ... }`";
  } else if (state.kind == FunctionKind::Lambda && expr.kind == ExprKind::Yield) {
    diagnostic.kind = DiagnosticKind::YieldInLambda;
    diagnostic.message = "A lambda cannot yield.";
    diagnostic.fix = "write a function with `def`, or a generator `(... for x in xs)`";
  } else {
    return;
  }
  sink_.Report(std::move(diagnostic));
}

uint8_t ResolverState::VisitLambda(const LambdaExpr& lambda) {
  auto id = static_cast<FunctionId>(result_.functions.size());
  Function function{.kind = FunctionKind::Lambda,
                    .name = "<lambda>",
                    .span = lambda.span,
                    .parent = current().id};
  function.lambda = &lambda;
  result_.functions.push_back(std::move(function));
  result_.function_of_expr[lambda.id] = id;
  current().children.push_back(id);
  CheckDuplicates(lambda.params);
  for (const Param& param : lambda.params) {
    if (param.type != nullptr) {
      CheckType(*param.type);
    }
    if (param.default_value != nullptr) {
      sink_.Report({.kind = DiagnosticKind::MisplacedDefault,
                    .span = param.binding.span,
                    .message = "The parameters of a lambda have no default values.",
                    .cause = "a lambda is called as a value, and its caller does not know them",
                    .fix = "write a function with `def`"});
    }
  }
  BeginFunction(id);
  uint32_t scope = OpenScope();
  DeclareParams(lambda.params);
  result_.functions[id].first_expr = lambda.body->id;
  Visit(*lambda.body);
  result_.functions[id].end_expr = next_expr_;
  CloseScope(scope);
  EndFunction();
  return 0;
}

// The body of a loop may assign a variable that its source reads, and a
// generator sees the value from when it was made: such a one is stored.
bool ResolverState::ReadsVar(const Expr& expr) {
  if (const auto* name = DynCast<NameExpr>(expr)) {
    const Declaration* declaration = Find(name->name);
    return declaration != nullptr &&
           (declaration->kind == DeclarationKind::TopLevel
                ? top_level_[declaration->index].let->is_var
                : declaration->kind == DeclarationKind::Local && declaration->origin == Origin::Var);
  }
  if (const auto* binary = DynCast<BinaryExpr>(expr)) {
    const std::vector<const BinaryExpr*> spine = LeftSpine(*binary);
    return ReadsVar(*spine.front()->left) ||
           std::any_of(spine.begin(), spine.end(),
                       [this](const BinaryExpr* step) { return ReadsVar(*step->right); });
  }
  bool reads = false;
  ForEachChild(expr, [&](const Expr& child) { reads = reads || ReadsVar(child); });
  return reads;
}

// Something that is looped over. A generator written right here is consumed on
// the spot and needs no Function of its own.
uint8_t ResolverState::VisitSource(const Expr& source, bool in_place) {
  const auto* generator = DynCast<ComprehensionExpr>(source);
  if (generator == nullptr) {
    return Visit(source);
  }
  next_expr_ = source.id + 1;
  uint8_t effects = VisitComprehension(*generator, in_place || generator->is_list);
  result_.effects[source.id] = effects;
  return effects;
}

// Running through a sequence runs the code behind it.
uint8_t ResolverState::SourceEffects(const Expr& source) const {
  if (source.kind == ExprKind::List) {
    return 0;
  }
  if (source.kind == ExprKind::Comprehension) {
    return result_.function_of_expr[source.id] == 0 ? 0 : kCalls;  // in place: counted already
  }
  if (const auto* call = DynCast<CallExpr>(source);
      call != nullptr && call->callee->kind == ExprKind::Name) {
    Ref callee = result_.names[call->callee->id];
    if (callee.kind == RefKind::Builtin && builtins_[callee.index].name == "range") {
      return 0;
    }
  }
  return kCalls;
}

uint8_t ResolverState::VisitComprehension(const ComprehensionExpr& expr, bool in_place) {
  if (!in_place) {
    return VisitStoredGenerator(expr);
  }
  FunctionState& state = current();
  bool was_inside = std::exchange(state.in_comprehension, true);
  int loops = std::exchange(state.loops, 0);
  uint8_t effects =
      VisitSource(*expr.clauses[0].source, !ReadsVar(*expr.clauses[0].source));
  uint32_t scope = OpenScope();
  uint32_t floor = state.generator_floor;
  if (!expr.is_list) {
    state.generator_floor = scope_;
  }
  effects |= VisitClauses(expr, true);
  state.generator_floor = floor;
  CloseScope(scope);
  state.in_comprehension = was_inside;
  state.loops = loops;
  return static_cast<uint8_t>(effects | kAssigns);
}

uint8_t ResolverState::VisitClauses(const ComprehensionExpr& expr, bool in_place) {
  uint8_t effects = SourceEffects(*expr.clauses[0].source);
  AddLocal(expr.clauses[0].variable, nullptr, Origin::LoopVariable);
  // Each variable has a scope of its own, so that a later one may have its name.
  auto mark = static_cast<uint32_t>(declarations_.size());
  uint32_t scopes = 0;
  for (const Clause& clause : expr.clauses.subspan(1)) {
    if (!clause.is_for) {
      effects |= Visit(*clause.source);
      continue;
    }
    effects |= VisitSource(*clause.source, in_place && !ReadsVar(*clause.source));
    effects |= SourceEffects(*clause.source);
    OpenScope();
    ++scopes;
    AddLocal(clause.variable, nullptr, Origin::LoopVariable);
  }
  effects |= Visit(*expr.element);
  CloseScopes(scopes, mark);
  return effects;
}

uint8_t ResolverState::VisitStoredGenerator(const ComprehensionExpr& expr) {
  FunctionState& outer = current();
  bool was_inside = std::exchange(outer.in_comprehension, true);
  int loops = std::exchange(outer.loops, 0);
  uint8_t effects = VisitSource(*expr.clauses[0].source, false);
  outer.in_comprehension = was_inside;
  outer.loops = loops;

  auto id = static_cast<FunctionId>(result_.functions.size());
  Function function{.kind = FunctionKind::Generator,
                    .name = "<generator>",
                    .span = expr.span,
                    .parent = outer.id};
  function.generator = &expr;
  function.yields = true;
  function.param_count = 1;
  function.locals.push_back({"<source>", expr.clauses[0].source->span, false, nullptr});
  result_.functions.push_back(std::move(function));
  result_.function_of_expr[expr.id] = id;
  outer.children.push_back(id);

  BeginFunction(id);
  current().in_comprehension = true;
  uint32_t scope = OpenScope();
  result_.functions[id].first_expr = next_expr_;
  VisitClauses(expr, false);
  result_.functions[id].end_expr = next_expr_;
  CloseScope(scope);
  EndFunction();
  return effects;
}

}  // namespace frontend
