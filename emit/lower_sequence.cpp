// Sequences: comprehensions, what `for` goes through, and what consumes a sequence.
// tests/emit/lower_test.cpp.

#include "emit/lowering.h"
#include "emit/operators.h"
#include "frontend/check.h"

namespace emit {

using frontend::CallExpr;
using frontend::ComprehensionExpr;
using frontend::Expr;
using frontend::FunctionId;
using frontend::RefKind;
using runtime::BuiltinKind;
using runtime::kAny;
using runtime::kBool;
using runtime::kBuffer;
using runtime::kInt;
using runtime::kNever;
using runtime::kNone;
using runtime::kStr;
using runtime::TypeKind;

const CallExpr* RoutineLowering::AsBuiltinCall(const Expr& expr, BuiltinKind builtin) const {
  const auto* call = frontend::DynCast<CallExpr>(expr);
  const auto* name =
      call != nullptr ? frontend::DynCast<frontend::NameExpr>(*call->callee) : nullptr;
  if (name == nullptr) {
    return nullptr;
  }
  const frontend::Ref ref = lowering_.resolution().names[name->id];
  const bool is_it = ref.kind == RefKind::Builtin && static_cast<BuiltinKind>(ref.index) == builtin;
  return is_it ? call : nullptr;
}

const ComprehensionExpr* RoutineLowering::AsInlineGenerator(const Expr& expr) const {
  const auto* comprehension = frontend::DynCast<ComprehensionExpr>(expr);
  const bool is_it = comprehension != nullptr && !comprehension->is_list &&
                     lowering_.resolution().function_of_expr[expr.id] == 0;
  return is_it ? comprehension : nullptr;
}

const CallExpr* RoutineLowering::AsStage(const Expr& expr) const {
  const CallExpr* map = AsBuiltinCall(expr, BuiltinKind::Map);
  return map != nullptr ? map : AsBuiltinCall(expr, BuiltinKind::Filter);
}

// Whether going through the sequence takes the loops that stand for it.
bool RoutineLowering::IsExpanded(const Expr& source) {
  if (AsInlineGenerator(source) != nullptr) {
    return !traits_.has_comprehensions || NeedsStatements(source);
  }
  if (const CallExpr* stage = AsStage(source)) {
    return !traits_.has_comprehensions || IsExpanded(*stage->args[1].value);
  }
  return !traits_.has_comprehensions && AsBuiltinCall(source, BuiltinKind::Range) != nullptr;
}

// Comprehensions -------------------------------------------------------------------

Term* RoutineLowering::LowerComprehension(const ComprehensionExpr& comprehension) {
  const FunctionId function = lowering_.resolution().function_of_expr[comprehension.id];
  if (function != 0) {
    return LowerStoredGenerator(comprehension, function);
  }
  if (traits_.has_comprehensions && !NeedsStatements(comprehension)) {
    return MakeComprehension(comprehension);
  }
  TypeId type = TypeOf(comprehension);
  type = type == kNever ? lowering_.types().List(kAny) : type;
  return CollectInto(type, comprehension.span, [&](const Sink& sink) {
    LoopContext context = {.break_loop = kNoLoop, .continue_loop = kNoLoop};
    IterateClauses(comprehension, 0, &context, [&](Term*) { sink(Lower(*comprehension.element)); });
  });
}

// A list, filled by what `fill` hands to its sink.
Term* RoutineLowering::CollectInto(TypeId type, frontend::Span span,
                                   const std::function<void(const Sink&)>& fill) {
  Term* list = Save(New(TermKind::List, type, span), "items");
  fill([&](Term* element) {
    Term* append = MakeBuiltinCall(span, kNone, BuiltinKind::Append, {list, Named(element)});
    Emit(StatementKind::Evaluate, element->span)->term = append;
  });
  return list;
}

Term* RoutineLowering::MakeComprehension(const ComprehensionExpr& comprehension) {
  TypeId type = TypeOf(comprehension);
  Term* term = New(TermKind::Comprehension, type == kNever ? kAny : type, comprehension.span);
  std::vector<Clause> clauses;
  ++depth_in_loops_;
  const Block before = LowerInBlock([&] {
    for (const frontend::Clause& clause : comprehension.clauses) {
      if (clause.is_for) {
        clauses.push_back({.variable = lowering_.resolution().bindings[clause.variable.id].index,
                           .source = LowerSource(*clause.source)});
      } else {
        clauses.push_back({.condition = LowerCondition(*clause.source)});
      }
    }
    term->parts = lowering_.module().arena.Copy(std::vector{Lower(*comprehension.element)});
  });
  --depth_in_loops_;
  LAB_CHECK(before.empty());
  term->clauses = lowering_.module().arena.Copy(clauses);
  term->is_list = comprehension.is_list;
  return term;
}

Term* RoutineLowering::LowerStoredGenerator(const ComprehensionExpr& generator,
                                            FunctionId function) {
  const frontend::Function& it = lowering_.resolution().functions[function];
  std::vector<Term*> args{Named(LowerSource(*generator.clauses[0].source))};
  const RoutineId id = lowering_.RoutineOf(
      function, traits_.has_routine_per_version ? CalleeOf(generator) : infer::kNoVersion);
  const Routine& routine = *lowering_.module().routines[id];
  args[0] = Coerce(args[0], routine.locals[0].type);
  for (const frontend::Capture& capture : it.captures) {
    args.push_back(
        Coerce(NewLocal(capture.outer.index, generator.span), routine.locals[capture.inner].type));
  }
  Term* term = New(TermKind::Call, routine.result, generator.span, std::move(args));
  term->index = id;
  return term;
}

Term* RoutineLowering::LowerSource(const Expr& expr) {
  Term* term = Lower(expr);
  return term->kind == TermKind::Keep ? term->parts[0] : term;
}

// Loops ----------------------------------------------------------------------------

void RoutineLowering::Iterate(const Expr& source, const LocalId* variable, frontend::Span header,
                              LoopContext* context, const Sink& body) {
  if (const CallExpr* range = AsBuiltinCall(source, BuiltinKind::Range)) {
    IterateRange(*range, variable, header, context, body);
    return;
  }
  if (!IsExpanded(source)) {
    Term* term = Named(LowerSource(source));
    IterateTerm(term, ElementOf(term->type), variable, header, context, body);
    return;
  }
  if (const ComprehensionExpr* generator = AsInlineGenerator(source)) {
    IterateClauses(*generator, 0, context, [&](Term*) {
      Term* element = Named(Lower(*generator->element));
      body(Bind(variable, element));
    });
    return;
  }
  const CallExpr& stage = *AsStage(source);
  Term* function = SaveUnlessStable(Lower(*stage.args[0].value), "function");
  if (AsBuiltinCall(source, BuiltinKind::Map) != nullptr) {
    const TypeId type = ElementOf(TypeOf(source));
    Iterate(*stage.args[1].value, nullptr, header, context, [&](Term* element) {
      body(Bind(variable, Named(CallTerm(stage.span, function, {element}, type))));
    });
    return;
  }
  Iterate(*stage.args[1].value, variable, header, context, [&](Term* element) {
    element = SaveUnlessStable(element, "item");
    Term* passes = AsCondition(Named(CallTerm(stage.span, function, {element}, kBool)));
    Statement* check = Emit(StatementKind::If, stage.span);
    Block inner = LowerInBlock([&] { body(element); });
    check->arms.push_back({.condition = passes, .body = std::move(inner)});
  });
}

// The element under the name of the loop's variable, when there is one.
Term* RoutineLowering::Bind(const LocalId* variable, Term* element) {
  if (variable == nullptr) {
    return element;
  }
  DeclareLocal(*variable, element, element->span);
  return NewLocal(*variable, element->span);
}

void RoutineLowering::IterateTerm(Term* source, TypeId element, const LocalId* variable,
                                  frontend::Span header, LoopContext* context, const Sink& body) {
  Statement* loop = NewStatement(StatementKind::ForEach, header);
  loop->term = Coerce(source, source->type == kNever ? kAny : source->type);
  const LocalId local = variable != nullptr ? *variable : NewTemporary("item", element);
  loop->local = local;
  Loop(loop, context, [&] { body(NewLocal(local, header)); });
}

void RoutineLowering::IterateRange(const CallExpr& range, const LocalId* variable,
                                   frontend::Span header, LoopContext* context, const Sink& body) {
  std::vector<Operand> operands;
  for (const frontend::Argument& argument : range.args) {
    operands.push_back([this, &argument] { return Lower(*argument.value); });
  }
  std::vector<Term*> parts = LowerInOrder(operands);
  bool is_settled = true;
  for (const Term* part : parts) {
    is_settled = is_settled && part->type == kInt;
  }
  if (!is_settled) {
    Term* source = MakeBuiltinCall(range.span, lowering_.types().Seq(kInt), BuiltinKind::Range,
                                   std::move(parts));
    IterateTerm(Named(source), kInt, variable, header, context, body);
    return;
  }
  if (parts.size() == 1) {
    parts.insert(parts.begin(), NewInt(0, range.span));
  }
  if (parts.size() == 2) {
    parts.push_back(NewInt(1, range.span));
  }
  Statement* loop = NewStatement(StatementKind::ForRange, header);
  loop->parts = lowering_.module().arena.Copy(parts);
  const LocalId local = variable != nullptr ? *variable : NewTemporary("item", kInt);
  loop->local = local;
  Loop(loop, context, [&] { body(NewLocal(local, header)); });
}

void RoutineLowering::IterateClauses(const ComprehensionExpr& comprehension, size_t clause,
                                     LoopContext* context, const Sink& body) {
  if (clause == comprehension.clauses.size()) {
    body(nullptr);
    return;
  }
  const frontend::Clause& it = comprehension.clauses[clause];
  if (it.is_for) {
    const LocalId variable = lowering_.resolution().bindings[it.variable.id].index;
    Iterate(*it.source, &variable, it.source->span, context,
            [&](Term*) { IterateClauses(comprehension, clause + 1, context, body); });
    return;
  }
  Term* condition = LowerCondition(*it.source);
  Statement* check = Emit(StatementKind::If, it.source->span);
  Block inner = LowerInBlock([&] { IterateClauses(comprehension, clause + 1, context, body); });
  check->arms.push_back({.condition = condition, .body = std::move(inner)});
}

// Consumers ------------------------------------------------------------------------

bool RoutineLowering::ExpandsConsumer(const CallExpr& call, BuiltinKind builtin) {
  const int consumed = lowering_.program().builtins[static_cast<size_t>(builtin)].consumed_argument;
  const bool chooses_of_values =
      (builtin == BuiltinKind::Min || builtin == BuiltinKind::Max) && call.args.size() > 1;
  if (consumed < 0 || chooses_of_values) {
    return false;
  }
  return traits_.expands_consumers || IsExpanded(*call.args[static_cast<size_t>(consumed)].value);
}

Term* RoutineLowering::ExpandConsumer(const CallExpr& call, BuiltinKind builtin) {
  if (builtin == BuiltinKind::Sum) {
    return ExpandSum(call);
  }
  if (builtin == BuiltinKind::Min || builtin == BuiltinKind::Max) {
    return ExpandExtreme(call, builtin);
  }
  if (builtin == BuiltinKind::Any || builtin == BuiltinKind::All) {
    return ExpandSearch(call, builtin);
  }
  if (builtin == BuiltinKind::List) {
    return ExpandList(call);
  }
  LAB_CHECK(builtin == BuiltinKind::Join);
  return ExpandJoin(call);
}

LocalId RoutineLowering::DeclareVariable(std::string_view hint, TypeId type, Term* value) {
  const LocalId local = NewTemporary(hint, type);
  routine_.locals[local].is_var = true;
  DeclareLocal(local, value, value->span);
  return local;
}

void RoutineLowering::Set(LocalId local, Term* value) {
  Statement* assign = Emit(StatementKind::Assign, value->span);
  assign->local = local;
  assign->term = Coerce(value, routine_.locals[local].type);
}

// Hands each element to `body`, and tells it whether it is the first; ends the program when there
// was none.
void RoutineLowering::ForEachWithFirst(const CallExpr& call, BuiltinKind builtin, const Sink& first,
                                       const Sink& others) {
  const LocalId started = DeclareVariable("started", kBool, NewBool(call.span, 0));
  LoopContext context = {.break_loop = kNoLoop, .continue_loop = kNoLoop};
  Iterate(*call.args[0].value, nullptr, call.span, &context, [&](Term* element) {
    element = SaveUnlessStable(element, "item");
    Statement* check = Emit(StatementKind::If, call.span);
    Block later = LowerInBlock([&] { others(element); });
    Block begin = LowerInBlock([&] {
      first(element);
      Set(started, NewBool(call.span, 1));
    });
    check->arms.push_back({.condition = NewLocal(started, call.span), .body = std::move(later)});
    check->arms.push_back({.condition = nullptr, .body = std::move(begin)});
  });
  FailUnless(started, call, builtin);
}

void RoutineLowering::FailUnless(LocalId started, const CallExpr& call, BuiltinKind builtin) {
  Statement* check = Emit(StatementKind::If, call.span);
  Block fail = LowerInBlock([&] { Emit(StatementKind::Fail, call.span)->builtin = builtin; });
  check->arms.push_back(
      {.condition = New(TermKind::Not, kBool, call.span, {NewLocal(started, call.span)}),
       .body = std::move(fail)});
}

Term* RoutineLowering::ExpandSum(const CallExpr& call) {
  TypeId type = TypeOf(call);
  type = type == kNever ? kAny : type;
  // What is no number is refused, though `+` would take it; `x - 0` is x for every number.
  const auto number = [&](Term* element) {
    return IsNumber(element->type) ? element
                                   : Named(MakeBinary(frontend::BinaryOp::Sub, call.span, element,
                                                      NewInt(0, call.span), kAny));
  };
  const auto add = [&](LocalId total, Term* element) {
    Term* sum = MakeBinary(frontend::BinaryOp::Add, call.span, NewLocal(total, call.span),
                           number(element), type);
    if (sum->kind == TermKind::Binary && sum->type == type &&
        sum->parts[0]->kind == TermKind::Local) {
      Statement* update = Emit(StatementKind::Update, call.span);
      update->local = total;
      update->op = frontend::BinaryOp::Add;
      update->term = sum->parts[1];
    } else {
      Set(total, sum);
    }
  };
  if (call.args.size() == 2) {
    const Expr& source = *call.args[0].value;
    const bool has_loops =
        IsExpanded(source) || AsBuiltinCall(source, BuiltinKind::Range) != nullptr;
    Term* sequence = has_loops ? nullptr : SaveUnlessStable(Named(LowerSource(source)), "items");
    Term* start = Lower(*call.args[1].value);
    const LocalId total = DeclareVariable("total", type, Coerce(start, type));
    LoopContext context = {.break_loop = kNoLoop, .continue_loop = kNoLoop};
    const Sink body = [&](Term* element) { add(total, element); };
    if (has_loops) {
      Iterate(source, nullptr, call.span, &context, body);
    } else {
      IterateTerm(sequence, ElementOf(sequence->type), nullptr, call.span, &context, body);
    }
    return NewLocal(total, call.span);
  }
  if (traits_.has_routine_per_version && (type == kInt || type == runtime::kFloat)) {
    // The numbers that change no first element, not even -0.0: no question in the loop.
    Term* start = Placeholder(type, call.span);
    start->real = -0.0;
    const LocalId total = DeclareVariable("total", type, start);
    const LocalId started = DeclareVariable("started", kBool, NewBool(call.span, 0));
    LoopContext context = {.break_loop = kNoLoop, .continue_loop = kNoLoop};
    Iterate(*call.args[0].value, nullptr, call.span, &context, [&](Term* element) {
      add(total, element);
      Set(started, NewBool(call.span, 1));
    });
    FailUnless(started, call, BuiltinKind::Sum);
    return NewLocal(total, call.span);
  }
  const LocalId total = DeclareVariable("total", type, Placeholder(type, call.span));
  ForEachWithFirst(
      call, BuiltinKind::Sum, [&](Term* element) { Set(total, number(element)); },
      [&](Term* element) { add(total, element); });
  return NewLocal(total, call.span);
}

Term* RoutineLowering::ExpandExtreme(const CallExpr& call, BuiltinKind builtin) {
  TypeId type = TypeOf(call);
  type = type == kNever ? kAny : type;
  const LocalId best = DeclareVariable(builtin == BuiltinKind::Min ? "least" : "most", type,
                                       Placeholder(type, call.span));
  ForEachWithFirst(
      call, builtin, [&](Term* element) { Set(best, element); },
      [&](Term* element) {
        if (type == kAny) {
          Set(best,
              MakeBuiltinCall(call.span, kAny, builtin, {NewLocal(best, call.span), element}));
          return;
        }
        const auto op =
            builtin == BuiltinKind::Min ? frontend::BinaryOp::Lt : frontend::BinaryOp::Gt;
        Term* is_better = MakeBinary(op, call.span, element, NewLocal(best, call.span), kBool);
        Statement* check = Emit(StatementKind::If, call.span);
        Block take = LowerInBlock([&] { Set(best, element); });
        check->arms.push_back({.condition = is_better, .body = std::move(take)});
      });
  return NewLocal(best, call.span);
}

Term* RoutineLowering::ExpandSearch(const CallExpr& call, BuiltinKind builtin) {
  const bool is_any = builtin == BuiltinKind::Any;
  const LocalId found =
      DeclareVariable(is_any ? "found" : "holds", kBool, NewBool(call.span, is_any ? 0 : 1));
  LoopContext context = {.break_loop = kNoLoop, .continue_loop = kNoLoop};
  Iterate(*call.args[0].value, nullptr, call.span, &context, [&](Term* element) {
    Term* condition = AsCondition(element);
    if (!is_any) {
      condition = New(TermKind::Not, kBool, element->span, {condition});
    }
    Statement* check = Emit(StatementKind::If, element->span);
    Block stop = LowerInBlock([&] {
      Set(found, NewBool(call.span, is_any ? 1 : 0));
      Jump(call.span, StatementKind::Break, context.break_loop);
    });
    check->arms.push_back({.condition = condition, .body = std::move(stop)});
  });
  return NewLocal(found, call.span);
}

Term* RoutineLowering::ExpandList(const CallExpr& call) {
  TypeId type = TypeOf(call);
  type = type == kNever ? lowering_.types().List(kAny) : type;
  return CollectInto(type, call.span, [&](const Sink& sink) {
    LoopContext context = {.break_loop = kNoLoop, .continue_loop = kNoLoop};
    Iterate(*call.args[0].value, nullptr, call.span, &context, sink);
  });
}

Term* RoutineLowering::ExpandJoin(const CallExpr& call) {
  Term* separator = SaveUnlessStable(Named(Lower(*call.args[0].value)), "separator");
  const auto write = [&](Term* buffer, Term* text) {
    Emit(StatementKind::Evaluate, call.span)->term =
        MakeBuiltinCall(call.span, kNone, BuiltinKind::Write, {buffer, text});
  };
  Term* buffer = Save(MakeBuiltinCall(call.span, kBuffer, BuiltinKind::Buffer, {}), "buffer");
  const LocalId started = DeclareVariable("started", kBool, NewBool(call.span, 0));
  LoopContext context = {.break_loop = kNoLoop, .continue_loop = kNoLoop};
  Iterate(*call.args[1].value, nullptr, call.span, &context, [&](Term* element) {
    element = SaveUnlessStable(Named(element), "item");
    Statement* check = Emit(StatementKind::If, call.span);
    Block between = LowerInBlock([&] { write(buffer, separator); });
    check->arms.push_back({.condition = NewLocal(started, call.span), .body = std::move(between)});
    Set(started, NewBool(call.span, 1));
    write(buffer, element);
  });
  return Named(MakeBuiltinCall(call.span, kStr, BuiltinKind::Text, {buffer}));
}

}  // namespace emit
