// Expressions become terms; what takes statements goes in front of them.
// tests/emit/lower_test.cpp.

#include "emit/lowering.h"
#include "emit/operators.h"
#include "frontend/check.h"
#include "frontend/walk.h"

namespace emit {

using frontend::Expr;
using frontend::ExprKind;
using frontend::FunctionId;
using frontend::RefKind;
using runtime::BuiltinKind;
using runtime::kAny;
using runtime::kBool;
using runtime::kInt;
using runtime::kNever;
using runtime::kNone;
using runtime::kStr;
using runtime::TypeKind;

namespace {

// A chain of operators longer than this is cut by temporaries: readers, and the parsers of other
// languages, do not take a million in a row.
constexpr size_t kLongChain = 64;

}  // namespace

Term* RoutineLowering::Lower(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::Int: {
      Term* term = NewInt(frontend::Cast<frontend::IntExpr>(expr).value, expr.span);
      term->text = lowering_.program().source->text(expr.span);
      return term;
    }
    case ExprKind::Float: {
      Term* term = New(TermKind::Float, runtime::kFloat, expr.span);
      term->real = frontend::Cast<frontend::FloatExpr>(expr).value;
      term->text = lowering_.program().source->text(expr.span);
      return term;
    }
    case ExprKind::Str: {
      Term* term = New(TermKind::Str, kStr, expr.span);
      term->text = frontend::Cast<frontend::StrExpr>(expr).value;
      return term;
    }
    case ExprKind::Bool:
      return NewBool(expr.span, frontend::Cast<frontend::BoolExpr>(expr).value ? 1 : 0);
    case ExprKind::None:
      return New(TermKind::None, kNone, expr.span);
    case ExprKind::Name:
      return LowerName(frontend::Cast<frontend::NameExpr>(expr));
    case ExprKind::List:
      return LowerList(frontend::Cast<frontend::ListExpr>(expr));
    case ExprKind::Comprehension:
      return LowerComprehension(frontend::Cast<frontend::ComprehensionExpr>(expr));
    case ExprKind::Unary:
      return LowerUnary(frontend::Cast<frontend::UnaryExpr>(expr));
    case ExprKind::Binary:
      return LowerSpine(frontend::Cast<frontend::BinaryExpr>(expr));
    case ExprKind::Logical:
      return LowerLogical(frontend::Cast<frontend::LogicalExpr>(expr));
    case ExprKind::Call:
      return LowerCall(frontend::Cast<frontend::CallExpr>(expr));
    case ExprKind::Index:
      return LowerIndex(frontend::Cast<frontend::IndexExpr>(expr));
    case ExprKind::Lambda:
      return LowerLambda(frontend::Cast<frontend::LambdaExpr>(expr));
    case ExprKind::If:
      return LowerChoice(frontend::Cast<frontend::IfExpr>(expr));
    case ExprKind::Block: {
      const auto& block = frontend::Cast<frontend::BlockExpr>(expr);
      if (block.items.empty()) {
        return New(TermKind::None, kNone, expr.span);
      }
      for (const Expr* item : block.items.first(block.items.size() - 1)) {
        LowerTo(*item, kDiscard);
      }
      return Lower(*block.items.back());
    }
    case ExprKind::Return:
    case ExprKind::Break:
    case ExprKind::Continue:
      LowerTo(expr, kDiscard);
      return New(TermKind::None, kNever, expr.span);
    case ExprKind::Let:
    case ExprKind::Assign:
    case ExprKind::While:
    case ExprKind::For:
    case ExprKind::Yield:
      LowerTo(expr, kDiscard);
      return New(TermKind::None, kNone, expr.span);
  }
  LAB_CHECK(false);
}

Term* RoutineLowering::LowerName(const frontend::NameExpr& name) {
  const frontend::Ref ref = lowering_.resolution().names[name.id];
  switch (ref.kind) {
    case RefKind::Local:
      return NewLocal(ref.index, name.span);
    case RefKind::Global: {
      Term* term = New(TermKind::Global, lowering_.module().globals[ref.index].type, name.span);
      term->index = ref.index;
      term->is_checked = lowering_.resolution().globals[ref.index].may_be_unset &&
                         routine_.kind != RoutineKind::Top;
      return term;
    }
    case RefKind::Function: {
      Term* term = New(TermKind::Routine, lowering_.types().Function(ref.index), name.span);
      term->index = lowering_.ValueRoutine(ref.index, {});
      return term;
    }
    case RefKind::Builtin: {
      const bool is_constant = lowering_.program().builtins[ref.index].is_constant;
      Term* term =
          New(is_constant ? TermKind::Constant : TermKind::Builtin,
              is_constant ? runtime::kFloat
                          : lowering_.types().Builtin(static_cast<frontend::BuiltinId>(ref.index)),
              name.span);
      term->builtin = static_cast<BuiltinKind>(ref.index);
      return term;
    }
    case RefKind::None:
      break;
  }
  LAB_CHECK(false);
}

// Operands -----------------------------------------------------------------------

std::vector<Term*> RoutineLowering::LowerInOrder(std::span<const Operand> operands) {
  std::vector<Term*> terms;
  size_t fixed = 0;  // those before it have been given names
  for (const Operand& operand : operands) {
    Term* term = nullptr;
    Block before = LowerInBlock([&] { term = Named(operand()); });
    if (!before.empty()) {
      for (; fixed < terms.size(); ++fixed) {
        terms[fixed] = SaveUnlessStable(terms[fixed], "value");
      }
      out_->insert(out_->end(), before.begin(), before.end());
    }
    terms.push_back(term);
  }
  KeepOrder(&terms);
  return terms;
}

std::vector<Term*> RoutineLowering::LowerOperands(std::span<const Expr* const> exprs) {
  std::vector<Operand> operands;
  operands.reserve(exprs.size());
  for (const Expr* expr : exprs) {
    operands.push_back([this, expr] { return Lower(*expr); });
  }
  return LowerInOrder(operands);
}

// A name for an object that a term makes, for targets that must know where it ends.
Term* RoutineLowering::Named(Term* term) {
  if (!traits_.names_objects || !IsObjectType(term->type)) {
    return term;
  }
  const Term* inside = term;
  while (inside->kind == TermKind::Box || inside->kind == TermKind::Unbox) {
    inside = inside->parts[0];
  }
  const bool has_name = inside->kind == TermKind::Str || inside->kind == TermKind::Local ||
                        inside->kind == TermKind::Global || !IsObjectType(inside->type);
  return has_name ? term : Save(term, "value");
}

void RoutineLowering::KeepOrder(std::vector<Term*>* terms) {
  if (traits_.orders_operands || terms->size() < 2) {
    return;
  }
  bool matters = false;
  std::vector<Effects> seen;
  for (const Term* term : *terms) {
    if (IsStable(routine_, *term)) {
      continue;
    }
    const Effects effects = EffectsOf(lowering_.module(), lowering_.acting(), *term);
    for (const Effects& earlier : seen) {
      matters = matters || Conflict(earlier, effects);
    }
    seen.push_back(effects);
  }
  if (matters) {
    for (size_t i = 0; i + 1 < terms->size(); ++i) {
      (*terms)[i] = SaveUnlessStable((*terms)[i], "value");
    }
  }
}

void RoutineLowering::FinishBeforeShown(std::vector<Term*>* terms) {
  const auto may_change = [&](const Term* term) {
    if (term->type == kNumber) {
      return false;
    }
    const TypeKind kind = lowering_.types().Kind(term->type);
    return kind == TypeKind::List || kind == TypeKind::Any;
  };
  const auto acts = [&](const Term* term) {
    return EffectsOf(lowering_.module(), lowering_.acting(), *term).acts;
  };
  const auto first = std::find_if(terms->begin(), terms->end(), may_change);
  if (first != terms->end() && std::any_of(first + 1, terms->end(), acts)) {
    for (Term*& term : *terms) {
      term = SaveUnlessStable(term, "value");
    }
  }
}

// Operators ----------------------------------------------------------------------

Term* RoutineLowering::LowerSpine(const frontend::BinaryExpr& binary) {
  const std::vector<const frontend::BinaryExpr*> spine = frontend::LeftSpine(binary);
  Term* left = Lower(*spine.front()->left);
  size_t length = 0;
  for (const frontend::BinaryExpr* each : spine) {
    const std::vector<Term*> operands = LowerInOrder(std::vector<Operand>{
        [left] { return left; }, [this, each] { return Lower(*each->right); }});
    left = MakeBinary(each->op, each->span, operands[0], operands[1], TypeOf(*each));
    if (++length % kLongChain == 0 && each != spine.back()) {
      left = Save(left, "value");
    }
  }
  return left;
}

Term* RoutineLowering::MakeBinary(frontend::BinaryOp op, frontend::Span span, Term* left,
                                  Term* right, TypeId type) {
  if (left->type == kNever || right->type == kNever) {
    // Never comes to the operation itself.
    left = Coerce(left, kAny);
    right = Coerce(right, kAny);
  }
  const bool is_settled = IsSettled(lowering_.types(), op, left->type, right->type);
  if (is_settled) {
    Term* term =
        New(TermKind::Binary, ResultType(op, left->type, right->type), span, {left, right});
    term->op = op;
    return term;
  }
  Term* term = New(TermKind::Binary, frontend::IsComparison(op) ? kBool : kAny, span,
                   {Boxed(left), Boxed(right)});
  term->op = op;
  return type == kNever ? term : Coerce(term, type);
}

Term* RoutineLowering::LowerUnary(const frontend::UnaryExpr& unary) {
  if (unary.op == frontend::UnaryOp::Not) {
    return New(TermKind::Not, kBool, unary.span, {LowerCondition(*unary.operand)});
  }
  Term* operand = Named(Lower(*unary.operand));
  if (IsNumber(operand->type)) {
    return New(TermKind::Negate, operand->type, unary.span, {operand});
  }
  Term* term = New(TermKind::Negate, kAny, unary.span, {Boxed(Coerce(operand, kAny))});
  const TypeId type = TypeOf(unary);
  return type == kNever ? term : Coerce(term, type);
}

Term* RoutineLowering::LowerCondition(const Expr& expr) { return AsCondition(Named(Lower(expr))); }

Term* RoutineLowering::AsCondition(Term* term) {
  if (term->type == kBool) {
    return term;
  }
  if (term->type == kNever) {
    return Coerce(term, kBool);
  }
  return New(TermKind::CheckBool, kBool, term->span, {Boxed(term)});
}

Term* RoutineLowering::LowerLogical(const frontend::LogicalExpr& logical) {
  const bool is_and = logical.op == frontend::LogicalOp::And;
  std::vector<Term*> parts{LowerCondition(*logical.operands.front())};
  std::vector<Block> before;
  bool is_plain = true;
  for (const Expr* operand : logical.operands.subspan(1)) {
    Term* part = nullptr;
    before.push_back(LowerInBlock([&] { part = LowerCondition(*operand); }));
    is_plain = is_plain && before.back().empty();
    parts.push_back(part);
  }
  if (is_plain) {
    return New(is_and ? TermKind::And : TermKind::Or, kBool, logical.span, std::move(parts));
  }
  const LocalId result = NewTemporary("holds", kBool);
  routine_.locals[result].is_var = true;
  DeclareLocal(result, parts[0], logical.span);
  Block* const outer = out_;
  for (size_t i = 1; i < parts.size(); ++i) {
    Term* holds = NewLocal(result, logical.span);
    Statement* check = Emit(StatementKind::If, parts[i]->span);
    Term* condition = is_and ? holds : New(TermKind::Not, kBool, logical.span, {holds});
    check->arms.push_back({.condition = condition, .body = std::move(before[i - 1])});
    out_ = &check->arms.back().body;
    Statement* assign = Emit(StatementKind::Assign, parts[i]->span);
    assign->local = result;
    assign->term = parts[i];
  }
  out_ = outer;
  return NewLocal(result, logical.span);
}

// `if` as a value ------------------------------------------------------------------

Term* RoutineLowering::LowerChoice(const frontend::IfExpr& branches) {
  TypeId type = TypeOf(branches);
  type = type == kNever ? kAny : type;
  if (branches.otherwise == nullptr) {
    LowerIf(branches, kDiscard);
    return New(TermKind::None, kNone, branches.span);
  }
  if (traits_.has_choose && !NeedsStatements(branches)) {
    return Choice(branches, 0, type);
  }
  const LocalId local = NewTemporary("value", type);
  routine_.locals[local].is_var = true;
  DeclareLocal(local, nullptr, branches.span);
  LowerIf(branches, {.kind = Dest::Kind::Local, .local = local});
  return NewLocal(local, branches.span);
}

// From the branch `first` on.
Term* RoutineLowering::Choice(const frontend::IfExpr& branches, size_t first, TypeId type) {
  if (first == branches.branches.size()) {
    return Coerce(Named(Lower(*branches.otherwise)), type);
  }
  const frontend::Branch& branch = branches.branches[first];
  Term* condition = LowerCondition(*branch.condition);
  Term* value = nullptr;
  Term* otherwise = nullptr;
  Block before_value = LowerInBlock([&] { value = Coerce(Named(Lower(*branch.body)), type); });
  Block before_otherwise = LowerInBlock([&] { otherwise = Choice(branches, first + 1, type); });
  if (before_value.empty() && before_otherwise.empty()) {
    return New(TermKind::Choose, type, branches.span, {condition, value, otherwise});
  }
  const LocalId local = NewTemporary("value", type);
  routine_.locals[local].is_var = true;
  DeclareLocal(local, nullptr, branches.span);
  const Dest dest = {.kind = Dest::Kind::Local, .local = local};
  Statement* check = Emit(StatementKind::If, branch.condition->span);
  const auto fill = [&](Block before, Term* term) {
    Block store = LowerInBlock([&] { Store(dest, term, term->span); });
    before.insert(before.end(), store.begin(), store.end());
    return before;
  };
  check->arms.push_back({.condition = condition, .body = fill(std::move(before_value), value)});
  check->arms.push_back(
      {.condition = nullptr, .body = fill(std::move(before_otherwise), otherwise)});
  return NewLocal(local, branches.span);
}

// Objects --------------------------------------------------------------------------

Term* RoutineLowering::LowerLambda(const frontend::LambdaExpr& lambda) {
  const FunctionId function = lowering_.resolution().function_of_expr[lambda.id];
  const frontend::Function& it = lowering_.resolution().functions[function];
  std::vector<TypeId> types;
  for (const frontend::Capture& capture : it.captures) {
    const TypeId type = routine_.locals[capture.outer.index].type;
    types.push_back(type == kNumber ? kAny : type);
    routine_.locals[capture.outer.index].is_captured = true;
  }
  const RoutineId id = lowering_.ValueRoutine(function, types);
  Routine& routine = *lowering_.module().routines[id];
  routine.parent = id_;
  std::vector<Term*> captured;
  for (size_t i = 0; i < it.captures.size(); ++i) {
    const TypeId type = routine.locals[it.captures[i].inner].type;
    captured.push_back(Coerce(NewLocal(it.captures[i].outer.index, lambda.span), type));
  }
  TypeId type = lowering_.types().Lambda(function, types);
  Term* term = New(TermKind::Lambda, type, lambda.span, std::move(captured));
  term->index = id;
  term->in_loop = depth_in_loops_ > 0;
  if (traits_.has_long_lambdas || !IsLong(lambda)) {
    return term;
  }
  const LocalId local = NewTemporary("lambda", type);
  Define(term, local);
  return NewLocal(local, lambda.span);
}

// Whether it takes more than one expression: parameters with types are checked first.
bool RoutineLowering::IsLong(const frontend::LambdaExpr& lambda) {
  for (const frontend::Param& param : lambda.params) {
    if (param.type != nullptr && !traits_.has_routine_per_version) {
      return true;
    }
  }
  return NeedsStatements(*lambda.body);
}

void RoutineLowering::Define(Term* lambda, LocalId local) {
  Statement* define = Emit(StatementKind::Define, lambda->span);
  define->index = lambda->index;
  define->local = local;
  define->term = lambda;
}

Term* RoutineLowering::LowerList(const frontend::ListExpr& list) {
  std::vector<Term*> items = LowerOperands(list.items);
  TypeId type = TypeOf(list);
  type = type == kNever ? lowering_.types().List(kAny) : type;
  const TypeId element = type == kAny ? kAny : ElementOf(type);
  for (Term*& item : items) {
    item = Coerce(item, element);
  }
  return New(TermKind::List, type, list.span, std::move(items));
}

Term* RoutineLowering::LowerIndex(const frontend::IndexExpr& index) {
  const Expr* const exprs[] = {index.object, index.index};
  std::vector<Term*> operands = LowerOperands(exprs);
  return MakeIndex(index.span, operands[0], operands[1], TypeOf(index));
}

Term* RoutineLowering::MakeIndex(frontend::Span span, Term* object, Term* index, TypeId type) {
  const bool is_indexable =
      object->type == kStr || (object->type < kNumber && object->type != kNever &&
                               lowering_.types().Kind(object->type) == TypeKind::List);
  if (!is_indexable || index->type != kInt) {
    Term* term =
        New(TermKind::Index, kAny, span, {Boxed(Coerce(object, kAny)), Boxed(Coerce(index, kAny))});
    return type == kNever ? term : Coerce(term, type);
  }
  return New(TermKind::Index, object->type == kStr ? kStr : ElementOf(object->type), span,
             {object, index});
}

// Statements inside ------------------------------------------------------------------

bool RoutineLowering::NeedsStatements(const Expr& expr) {
  uint8_t& known = needs_[expr.id];
  if (known == 0) {
    const uint8_t needs = ComputeNeeds(expr) ? 2 : 1;
    needs_[expr.id] = needs;
    return needs == 2;
  }
  return known == 2;
}

// Whether the arguments of a call of the function stand in another order than its parameters.
bool RoutineLowering::IsOutOfOrder(const frontend::CallExpr& call, FunctionId function) const {
  const frontend::Resolution& resolution = lowering_.resolution();
  uint32_t next = 0;
  for (const frontend::BoundArgument& bound :
       frontend::BindArguments(resolution, call, resolution.functions[function])) {
    if (bound.param != next++) {
      return true;
    }
  }
  return false;
}

bool RoutineLowering::ComputeNeeds(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::Let:
    case ExprKind::Assign:
    case ExprKind::While:
    case ExprKind::For:
    case ExprKind::Return:
    case ExprKind::Break:
    case ExprKind::Continue:
    case ExprKind::Yield:
      return true;
    case ExprKind::Block: {
      const auto& block = frontend::Cast<frontend::BlockExpr>(expr);
      return block.items.size() > 1 ||
             (block.items.size() == 1 && NeedsStatements(*block.items[0]));
    }
    case ExprKind::If:
      if (!traits_.has_choose || frontend::Cast<frontend::IfExpr>(expr).otherwise == nullptr) {
        return true;
      }
      break;
    case ExprKind::Lambda:
      return !traits_.has_long_lambdas && IsLong(frontend::Cast<frontend::LambdaExpr>(expr));
    case ExprKind::Comprehension: {
      const FunctionId function = lowering_.resolution().function_of_expr[expr.id];
      if (function != 0) {  // all but the first source runs elsewhere
        return NeedsStatements(
            *frontend::Cast<frontend::ComprehensionExpr>(expr).clauses[0].source);
      }
      if (!traits_.has_comprehensions) {
        return true;
      }
      break;
    }
    case ExprKind::Binary: {
      const auto spine = frontend::LeftSpine(frontend::Cast<frontend::BinaryExpr>(expr));
      if (spine.size() >= kLongChain || NeedsStatements(*spine.front()->left)) {
        return true;
      }
      for (const frontend::BinaryExpr* each : spine) {
        if (NeedsStatements(*each->right)) {
          return true;
        }
      }
      return false;
    }
    case ExprKind::Call: {
      const auto& call = frontend::Cast<frontend::CallExpr>(expr);
      const auto* name = frontend::DynCast<frontend::NameExpr>(*call.callee);
      if (name != nullptr) {
        const frontend::Ref ref = lowering_.resolution().names[name->id];
        if (ref.kind == RefKind::Builtin &&
            ExpandsConsumer(call, static_cast<BuiltinKind>(ref.index))) {
          return true;
        }
        if (ref.kind == RefKind::Function && IsOutOfOrder(call, ref.index)) {
          return true;  // the arguments get names, to be evaluated as written
        }
      }
      break;
    }
    case ExprKind::Int:
    case ExprKind::Float:
    case ExprKind::Str:
    case ExprKind::Bool:
    case ExprKind::None:
    case ExprKind::Name:
    case ExprKind::List:
    case ExprKind::Unary:
    case ExprKind::Logical:
    case ExprKind::Index:
      break;
  }
  bool needs = false;
  frontend::ForEachChild(expr, [&](const Expr& child) { needs = needs || NeedsStatements(child); });
  return needs;
}

}  // namespace emit
