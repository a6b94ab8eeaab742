// Expressions that are statements in other languages, and where values go.
// tests/emit/lower_test.cpp.

#include "emit/lowering.h"
#include "frontend/check.h"
#include "runtime/builtins.h"

namespace emit {

using frontend::Expr;
using frontend::ExprKind;
using frontend::RefKind;
using runtime::kAny;
using runtime::kNever;
using runtime::kNone;

namespace {

// From the beginning of a construct to that of its body.
frontend::Span HeaderOf(const Expr& whole, const Expr& body) {
  return {.begin = whole.span.begin, .end = body.span.begin};
}

// Nothing happens when it is evaluated.
bool IsIdle(const Term& term) {
  return IsLiteral(term) || term.kind == TermKind::Local || term.kind == TermKind::Lambda;
}

}  // namespace

void RoutineLowering::Run() {
  if (routine_.kind == RoutineKind::Extern) {
    return;
  }
  routine_.body = LowerInBlock([&] { LowerBody(); });
  Finish(&routine_.body);
}

void RoutineLowering::LowerBody() {
  if (routine_.kind == RoutineKind::Top) {
    for (const frontend::Item& item : lowering_.program().items) {
      if (item.expr != nullptr) {
        LowerTo(*item.expr, kDiscard);
      }
    }
    return;
  }
  if (function_.generator != nullptr) {
    const frontend::ComprehensionExpr& generator = *function_.generator;
    const frontend::Clause& first = generator.clauses[0];
    const LocalId variable = lowering_.resolution().bindings[first.variable.id].index;
    LoopContext context = {.break_loop = kNoLoop, .continue_loop = kNoLoop};
    Term* source = NewLocal(0, first.source->span);
    IterateTerm(source, ElementOf(source->type), &variable, generator.span, &context, [&](Term*) {
      IterateClauses(generator, 1, &context, [&](Term*) {
        Term* element = Coerce(Lower(*generator.element), routine_.yielded);
        Emit(StatementKind::Yield, generator.element->span)->term = element;
      });
    });
    return;
  }
  const Expr& body = function_.lambda != nullptr ? *function_.lambda->body : *function_.decl->body;
  CheckParameters();
  if (function_.lambda != nullptr && !traits_.has_long_lambdas && !NeedsStatements(body)) {
    Store({.kind = Dest::Kind::Return}, Lower(body), body.span);
    return;
  }
  LowerTo(body, routine_.yields ? kDiscard : Dest{.kind = Dest::Kind::Return});
}

// Whoever calls a function as a value does not know what it declares: there the function looks
// itself. (With a routine for each version, the value's routine is for values that may be
// anything.)
void RoutineLowering::CheckParameters() {
  if (traits_.has_routine_per_version || !lowering_.IsHandedOn(routine_.function)) {
    return;
  }
  for (LocalId local = 0; local < routine_.param_count; ++local) {
    const Variable& variable = routine_.locals[local];
    if (variable.declared != nullptr) {
      Term* value = NewLocal(local, variable.span);
      value->type = kAny;
      Statement* assign = Emit(StatementKind::Assign, variable.span);
      assign->local = local;
      assign->term = CoerceDeclared(value, variable.declared, variable.name);
    }
  }
}

// A return of nothing at the very end says nothing.
void RoutineLowering::Finish(Block* body) {
  if (!body->empty() && body->back()->kind == StatementKind::Return &&
      (body->back()->term == nullptr || body->back()->term->kind == TermKind::None)) {
    body->pop_back();
  }
}

void RoutineLowering::LowerTo(const Expr& expr, Dest dest) {
  switch (expr.kind) {
    case ExprKind::Block:
      LowerBlock(frontend::Cast<frontend::BlockExpr>(expr), dest);
      return;
    case ExprKind::If:
      LowerIf(frontend::Cast<frontend::IfExpr>(expr), dest);
      return;
    case ExprKind::Return:
      LowerReturn(frontend::Cast<frontend::ReturnExpr>(expr));
      return;
    case ExprKind::Break:
      LAB_CHECK(!loops_.empty());
      Jump(expr.span, StatementKind::Break, loops_.back().break_loop);
      return;
    case ExprKind::Continue:
      LAB_CHECK(!loops_.empty());
      Jump(expr.span, StatementKind::Continue, loops_.back().continue_loop);
      return;
    case ExprKind::Let:
      LowerLet(frontend::Cast<frontend::LetExpr>(expr));
      break;
    case ExprKind::Assign:
      LowerAssign(frontend::Cast<frontend::AssignExpr>(expr));
      break;
    case ExprKind::While:
      LowerWhile(frontend::Cast<frontend::WhileExpr>(expr));
      break;
    case ExprKind::For:
      LowerFor(frontend::Cast<frontend::ForExpr>(expr));
      break;
    case ExprKind::Yield:
      LowerYield(frontend::Cast<frontend::YieldExpr>(expr));
      break;
    case ExprKind::Int:
    case ExprKind::Float:
    case ExprKind::Str:
    case ExprKind::Bool:
    case ExprKind::None:
    case ExprKind::Name:
    case ExprKind::List:
    case ExprKind::Comprehension:
    case ExprKind::Unary:
    case ExprKind::Binary:
    case ExprKind::Logical:
    case ExprKind::Call:
    case ExprKind::Index:
    case ExprKind::Lambda: {
      Term* term = Lower(expr);
      // A print gives none, which is worth no statement of its own.
      if (dest.kind == Dest::Kind::Return && term->type == kNone && term->kind != TermKind::None) {
        Store(kDiscard, term, expr.span);
        term = New(TermKind::None, kNone, expr.span);
      }
      Store(dest, term, expr.span);
      return;
    }
  }
  if (dest.kind != Dest::Kind::Discard) {
    Store(dest, New(TermKind::None, kNone, expr.span), expr.span);
  }
}

void RoutineLowering::Store(Dest dest, Term* term, frontend::Span span) {
  switch (dest.kind) {
    case Dest::Kind::Discard:
      if (!IsIdle(*term)) {
        Emit(StatementKind::Evaluate, span)->term = term;
      }
      return;
    case Dest::Kind::Local: {
      Statement* assign = Emit(StatementKind::Assign, span);
      assign->local = dest.local;
      assign->term = Coerce(term, routine_.locals[dest.local].type);
      return;
    }
    case Dest::Kind::Return:
      if (term->type == kNever && !IsIdle(*term)) {
        Emit(StatementKind::Evaluate, span)->term = term;
        return;
      }
      if (function_.decl != nullptr && function_.decl->result_type != nullptr) {
        term = CoerceDeclared(term, function_.decl->result_type, function_.name);
      }
      Emit(StatementKind::Return, span)->term = Coerce(term, routine_.result);
      return;
  }
}

void RoutineLowering::LowerBlock(const frontend::BlockExpr& block, Dest dest) {
  for (const Expr* const& item : block.items) {
    LowerTo(*item, &item == &block.items.back() ? dest : kDiscard);
  }
  if (block.items.empty() && dest.kind != Dest::Kind::Discard) {
    Store(dest, New(TermKind::None, kNone, block.span), block.span);
  }
}

void RoutineLowering::LowerIf(const frontend::IfExpr& branches, Dest dest) {
  // Without `else` the value is none, whatever a branch gives.
  const bool has_value = branches.otherwise != nullptr;
  const Dest inner = has_value ? dest : kDiscard;
  Block* const outer = out_;
  Statement* statement = nullptr;
  for (const frontend::Branch& branch : branches.branches) {
    Term* condition = nullptr;
    Block before = LowerInBlock([&] { condition = LowerCondition(*branch.condition); });
    // A condition that takes statements stands in an `else` of its own.
    if (!before.empty() && statement != nullptr) {
      statement->arms.push_back({});
      // Its arms do not move any more: that statement is complete.
      out_ = &statement->arms.back().body;
      statement = nullptr;
    }
    out_->insert(out_->end(), before.begin(), before.end());
    if (statement == nullptr) {
      statement = Emit(StatementKind::If, branch.condition->span);
    }
    Block body = LowerInBlock([&] { LowerTo(*branch.body, inner); });
    statement->arms.push_back({.condition = condition, .body = std::move(body)});
  }
  if (has_value) {
    Block body = LowerInBlock([&] { LowerTo(*branches.otherwise, inner); });
    if (!body.empty()) {
      statement->arms.push_back({.condition = nullptr, .body = std::move(body)});
    }
  }
  out_ = outer;
  if (!has_value && dest.kind != Dest::Kind::Discard) {
    Store(dest, New(TermKind::None, kNone, branches.span), branches.span);
  }
}

void RoutineLowering::LowerLet(const frontend::LetExpr& let) {
  const frontend::Ref ref = lowering_.resolution().bindings[let.binding.id];
  if (ref.kind == RefKind::Global) {
    Term* value = CoerceDeclared(Lower(*let.value), let.type, let.binding.name);
    Statement* set = Emit(StatementKind::SetGlobal, let.span);
    set->index = ref.index;
    set->term = Coerce(value, lowering_.module().globals[ref.index].type);
    return;
  }
  LAB_CHECK(ref.kind == RefKind::Local);
  DeclareAs(let, ref.index, *let.value);
}

void RoutineLowering::DeclareAs(const frontend::LetExpr& let, LocalId local, const Expr& value) {
  if (const auto* block = frontend::DynCast<frontend::BlockExpr>(value);
      block != nullptr && !block->items.empty()) {
    for (const Expr* item : block->items.first(block->items.size() - 1)) {
      LowerTo(*item, kDiscard);
    }
    DeclareAs(let, local, *block->items.back());
    return;
  }
  if (const auto* choice = frontend::DynCast<frontend::IfExpr>(value);
      choice != nullptr && NeedsStatements(value) && let.type == nullptr) {
    DeclareLocal(local, nullptr, let.span);
    LowerIf(*choice, {.kind = Dest::Kind::Local, .local = local});
    return;
  }
  if (const auto* lambda = frontend::DynCast<frontend::LambdaExpr>(value);
      lambda != nullptr && let.type == nullptr && routine_.kind != RoutineKind::Top) {
    Term* term = LowerLambda(*lambda);
    if (term->kind == TermKind::Local) {
      out_->back()->local = local;  // its Define: the name is known already
      return;
    }
    DeclareLocal(local, term, let.span);
    return;
  }
  Term* term = CoerceDeclared(Lower(value), let.type, let.binding.name);
  DeclareLocal(local, term, &value == let.value ? let.span : value.span);
}

void RoutineLowering::LowerAssign(const frontend::AssignExpr& assign) {
  const auto* name = frontend::DynCast<frontend::NameExpr>(*assign.target);
  if (name == nullptr) {
    AssignElement(assign);
    return;
  }
  const frontend::Ref ref = lowering_.resolution().names[name->id];
  LAB_CHECK(ref.kind == RefKind::Local);
  AssignLocal(assign, ref.index);
}

void RoutineLowering::AssignLocal(const frontend::AssignExpr& assign, LocalId local) {
  const Variable variable = routine_.locals[local];
  Term* value = Lower(*assign.value);
  if (assign.is_compound) {
    value = Named(value);
  }
  if (value->type == kNever) {
    Store(kDiscard, value, assign.span);
    return;
  }
  if (!assign.is_compound) {
    Statement* statement = Emit(StatementKind::Assign, assign.span);
    statement->local = local;
    statement->term =
        Coerce(CoerceDeclared(value, variable.declared, variable.name), variable.type);
    return;
  }
  Term* sum = MakeBinary(assign.op, assign.span, NewLocal(local, assign.target->span), value,
                         variable.type);
  const bool is_list =
      sum->type < kNumber && lowering_.types().Kind(sum->type) == runtime::TypeKind::List;
  if (sum->type == variable.type && sum->parts[0]->kind == TermKind::Local && !is_list) {
    Statement* update = Emit(StatementKind::Update, assign.span);
    update->local = local;
    update->op = assign.op;
    update->term = sum->parts[1];
    return;
  }
  Statement* statement = Emit(StatementKind::Assign, assign.span);
  statement->local = local;
  statement->term = Coerce(CoerceDeclared(sum, variable.declared, variable.name), variable.type);
}

void RoutineLowering::AssignElement(const frontend::AssignExpr& assign) {
  const auto& target = frontend::Cast<frontend::IndexExpr>(*assign.target);
  std::vector<Operand> operands;
  for (const Expr* expr : {assign.value, target.object, target.index}) {
    operands.push_back([this, expr] { return Lower(*expr); });
  }
  std::vector<Term*> terms = LowerInOrder(operands);
  for (Term* term : terms) {
    if (term->type == kNever) {
      Store(kDiscard, term, assign.span);
      return;
    }
  }
  // Not all targets look at the value first: it must not matter.
  Term* old = MakeIndex(target.span, terms[1], terms[2], kNever);
  if (!IsStable(routine_, *terms[0]) &&
      Conflict(EffectsOf(lowering_.module(), lowering_.acting(), *terms[0]),
               EffectsOf(lowering_.module(), lowering_.acting(), *old))) {
    terms[0] = Save(terms[0], "value");
  }
  Term* object = old->parts[0];
  Term* index = old->parts[1];
  const TypeId element = old->type;
  if (assign.is_compound) {
    Term* sum = MakeBinary(assign.op, assign.span, old, terms[0], element);
    if (sum->type == element && sum->parts[0] == old &&
        (element == runtime::kInt || element == runtime::kFloat || element == runtime::kStr)) {
      Statement* update = Emit(StatementKind::UpdateElement, assign.span);
      update->object = object;
      update->subscript = index;
      update->op = assign.op;
      update->term = sum->parts[1];
      return;
    }
    object = SaveUnlessStable(object, "place");
    index = SaveUnlessStable(index, "index");
    old = Named(New(TermKind::Index, element, target.span, {object, index}));
    terms[0] = Named(MakeBinary(assign.op, assign.span, old, terms[0], element));
  }
  Statement* set = Emit(StatementKind::SetElement, assign.span);
  set->object = object;
  set->subscript = index;
  set->term = object->type == runtime::kAny ? Boxed(terms[0]) : terms[0];
}

void RoutineLowering::LowerWhile(const frontend::WhileExpr& loop) {
  const frontend::Span header = HeaderOf(loop, *loop.body);
  Statement* statement = NewStatement(StatementKind::While, header);
  Term* condition = nullptr;
  Block before;  // the condition, where it stands in front of the loop no more
  if (!NeedsStatements(*loop.condition)) {
    before = LowerInBlock([&] { condition = LowerCondition(*loop.condition); });
    statement->term = before.empty() ? condition : nullptr;
  }
  LoopContext context = {.break_loop = kNoLoop, .continue_loop = kNoLoop};
  Loop(statement, &context, [&] {
    if (statement->term == nullptr) {
      // A jump out of the condition belongs to the loop around this one.
      if (condition == nullptr) {
        condition = LowerCondition(*loop.condition);
      }
      out_->insert(out_->end(), before.begin(), before.end());
      Statement* check = Emit(StatementKind::If, loop.condition->span);
      Block leave = LowerInBlock(
          [&] { Jump(loop.condition->span, StatementKind::Break, context.break_loop); });
      check->arms.push_back(
          {.condition = New(TermKind::Not, runtime::kBool, loop.condition->span, {condition}),
           .body = std::move(leave)});
    }
    loops_.push_back(context);
    LowerTo(*loop.body, kDiscard);
    loops_.pop_back();
  });
}

void RoutineLowering::LowerFor(const frontend::ForExpr& loop) {
  const LocalId variable = lowering_.resolution().bindings[loop.variable.id].index;
  LoopContext context = {.break_loop = kNoLoop, .continue_loop = kNoLoop};
  Iterate(*loop.source, &variable, HeaderOf(loop, *loop.body), &context, [&](Term*) {
    loops_.push_back(context);
    LowerTo(*loop.body, kDiscard);
    loops_.pop_back();
  });
}

void RoutineLowering::Loop(Statement* loop, LoopContext* context,
                           const std::function<void()>& body) {
  loop->loop = routine_.loop_count++;
  context->continue_loop = loop->loop;
  if (context->break_loop == kNoLoop) {
    context->break_loop = loop->loop;
  }
  open_loops_.push_back({.loop = loop->loop});
  ++depth_in_loops_;
  loop->body = LowerInBlock(body);
  --depth_in_loops_;
  const OpenLoop open = std::move(open_loops_.back());
  open_loops_.pop_back();
  for (const OpenLoop::Leaving& leaving : open.leavings) {
    DeclareLocal(leaving.flag, NewBool(loop->span, 0), loop->span);
  }
  out_->push_back(loop);
  for (const OpenLoop::Leaving& leaving : open.leavings) {
    Block body_of_if = LowerInBlock([&] { Jump(loop->span, leaving.kind, leaving.loop); });
    Statement* check = Emit(StatementKind::If, loop->span);
    check->arms.push_back(
        {.condition = NewLocal(leaving.flag, loop->span), .body = std::move(body_of_if)});
  }
}

void RoutineLowering::Jump(frontend::Span span, StatementKind kind, LoopId loop) {
  if (traits_.has_labels || open_loops_.back().loop == loop) {
    Emit(kind, span)->loop = loop;
    return;
  }
  // Out of the innermost loop, with a flag for what is to be done behind it.
  OpenLoop& inner = open_loops_.back();
  const OpenLoop::Leaving* known = nullptr;
  for (const OpenLoop::Leaving& leaving : inner.leavings) {
    if (leaving.kind == kind && leaving.loop == loop) {
      known = &leaving;
    }
  }
  const LocalId flag = known != nullptr ? known->flag : NewTemporary("leave", runtime::kBool);
  if (known == nullptr) {
    routine_.locals[flag].is_var = true;
    inner.leavings.push_back({.kind = kind, .loop = loop, .flag = flag});
  }
  Statement* assign = Emit(StatementKind::Assign, span);
  assign->local = flag;
  assign->term = NewBool(span, 1);
  Emit(StatementKind::Break, span)->loop = inner.loop;
}

void RoutineLowering::LowerReturn(const frontend::ReturnExpr& statement) {
  if (routine_.yields) {
    Emit(StatementKind::Return, statement.span);
    return;
  }
  const Dest dest = {.kind = Dest::Kind::Return};
  if (statement.value != nullptr) {
    LowerTo(*statement.value, dest);
  } else {
    Store(dest, New(TermKind::None, kNone, statement.span), statement.span);
  }
}

void RoutineLowering::LowerYield(const frontend::YieldExpr& statement) {
  Term* value = Coerce(Lower(*statement.value), routine_.yielded);
  Emit(StatementKind::Yield, statement.span)->term = value;
}

}  // namespace emit
