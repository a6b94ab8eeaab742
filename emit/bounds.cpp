// Intervals of ints, by iteration with widening. tests/emit/bounds_test.cpp.

#include "emit/bounds.h"

#include <algorithm>
#include <cmath>

#include "frontend/check.h"

namespace emit {

using frontend::BinaryOp;
using runtime::BuiltinKind;
using runtime::kInt;

namespace {

constexpr double kSmallStep = 1024;
constexpr double kMostElements = 4294967296.0;  // 2^32: no list or str of a peer is longer
// What is not settled after so many rounds is taken to be anything.
constexpr int kRounds = 4;

Bounds Union(Bounds a, Bounds b) {
  return {.low = std::min(a.low, b.low), .high = std::max(a.high, b.high)};
}

Bounds Product(Bounds a, Bounds b) {
  const double corners[] = {a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high};
  return {.low = *std::min_element(std::begin(corners), std::end(corners)),
          .high = *std::max_element(std::begin(corners), std::end(corners))};
}

bool IsSmall(Bounds bounds) { return bounds.low >= -kSmallStep && bounds.high <= kSmallStep; }

}  // namespace

IntBounds::IntBounds(const Module& module, double limit)
    : module_(module), limit_(limit), start_limit_(std::exp2(std::floor(std::log2(limit)) - 1)) {
  const size_t count = module.routines.size();
  locals_.resize(count);
  results_.resize(count);
  std::vector<bool> is_value(count, false);
  for (const Term& term : module.terms) {
    if (term.kind == TermKind::Routine || term.kind == TermKind::Lambda) {
      is_value[term.index] = true;
    }
  }
  for (RoutineId id = 0; id < count; ++id) {
    const Routine& routine = *module.routines[id];
    locals_[id].resize(routine.locals.size());
    for (LocalId local = 0; local < routine.param_count; ++local) {
      if (is_value[id]) {
        Join(&locals_[id][local], Anything());
      }
    }
  }
  for (const RoutineId id : module.entry_of_function) {
    if (id != kNoRoutine) {
      for (LocalId local = 0; local < module.routines[id]->param_count; ++local) {
        Join(&locals_[id][local], {.low = -start_limit_, .high = start_limit_});
      }
    }
  }
  is_changed_ = true;
  for (int round = 0; is_changed_; ++round) {
    is_changed_ = false;
    widens_ = round >= kRounds;
    for (RoutineId id = 0; id < count; ++id) {
      Visit(id, module.routines[id]->body);
    }
  }
}

void IntBounds::Join(Fact* fact, Bounds bounds) {
  if (!fact->is_known) {
    fact->is_known = true;
    fact->bounds = bounds;
    is_changed_ = true;
    return;
  }
  if (bounds.low < fact->bounds.low) {
    fact->bounds.low = widens_ ? -limit_ : bounds.low;
    is_changed_ = true;
  }
  if (bounds.high > fact->bounds.high) {
    fact->bounds.high = widens_ ? limit_ : bounds.high;
    is_changed_ = true;
  }
}

Bounds IntBounds::BoundsOf(const Fact& fact) const {
  if (!fact.is_known) {
    return {};  // nothing has come here yet
  }
  Bounds bounds = fact.bounds;
  const double drift = start_limit_ / 2;
  if (fact.rises) {
    bounds.high = bounds.high <= start_limit_ ? start_limit_ + drift : limit_;
  }
  if (fact.falls) {
    bounds.low = bounds.low >= -start_limit_ ? -start_limit_ - drift : -limit_;
  }
  return bounds;
}

// The local of `routine` gets the value that the term has in `from`.
void IntBounds::Assign(RoutineId routine, LocalId local, RoutineId from, const Term& term) {
  if (term.type != kInt || local >= locals_[routine].size()) {
    return;
  }
  Fact& fact = locals_[routine][local];
  const auto is_itself = [&](const Term& part) {
    return from == routine && part.kind == TermKind::Local && part.index == local;
  };
  if (is_itself(term)) {
    return;
  }
  const bool moves = term.kind == TermKind::Binary && is_itself(*term.parts[0]) &&
                     (term.op == BinaryOp::Add || term.op == BinaryOp::Sub);
  if (moves) {
    const Bounds step = Of(from, *term.parts[1]);
    if (IsSmall(step)) {
      const bool adds = term.op == BinaryOp::Add;
      const bool rises = adds ? step.high > 0 : step.low < 0;
      const bool falls = adds ? step.low < 0 : step.high > 0;
      is_changed_ = is_changed_ || (rises && !fact.rises) || (falls && !fact.falls);
      fact.rises |= rises;
      fact.falls |= falls;
      return;
    }
  }
  Join(&fact, Of(from, term));
}

void IntBounds::Visit(RoutineId id, const Block& block) {
  for (const Statement* statement : block) {
    for (const Term* term :
         {statement->term, statement->object, static_cast<Term*>(statement->subscript)}) {
      if (term != nullptr) {
        VisitTerm(id, *term);
      }
    }
    for (const Term* part : statement->parts) {
      VisitTerm(id, *part);
    }
    Fact* fact = statement->local < locals_[id].size() ? &locals_[id][statement->local] : nullptr;
    switch (statement->kind) {
      case StatementKind::Declare:
      case StatementKind::Assign:
        if (statement->term != nullptr) {
          Assign(id, statement->local, id, *statement->term);
        }
        break;
      case StatementKind::Update: {
        if (module_.routines[id]->locals[statement->local].type != kInt) {
          break;
        }
        Term local{.kind = TermKind::Local, .type = kInt, .span = statement->span};
        local.index = statement->local;
        Term* const parts[] = {&local, statement->term};
        Term sum{.kind = TermKind::Binary, .type = kInt, .span = statement->span};
        sum.op = statement->op;
        sum.parts = parts;
        Assign(id, statement->local, id, sum);
        break;
      }
      case StatementKind::ForRange: {
        const Bounds first = Of(id, *statement->parts[0]);
        const Bounds last = Of(id, *statement->parts[1]);
        const Bounds step = Of(id, *statement->parts[2]);
        if (step.low > 0) {
          Join(fact, {.low = first.low, .high = std::max(first.low, last.high - 1)});
        } else if (step.high < 0) {
          Join(fact, {.low = std::min(first.high, last.low + 1), .high = first.high});
        } else {
          Join(fact, Union(first, last));
        }
        break;
      }
      case StatementKind::ForEach:
        Join(fact, Anything());
        break;
      case StatementKind::Return:
        if (statement->term != nullptr && statement->term->type == kInt) {
          Join(&results_[id], Of(id, *statement->term));
        }
        break;
      case StatementKind::SetGlobal:
      case StatementKind::SetElement:
      case StatementKind::UpdateElement:
      case StatementKind::Evaluate:
      case StatementKind::Define:
      case StatementKind::If:
      case StatementKind::While:
      case StatementKind::Break:
      case StatementKind::Continue:
      case StatementKind::Yield:
      case StatementKind::Fail:
        break;
    }
    for (const Arm& arm : statement->arms) {
      if (arm.condition != nullptr) {
        VisitTerm(id, *arm.condition);
      }
      Visit(id, arm.body);
    }
    Visit(id, statement->body);
  }
}

// Arguments go to parameters, captured values to those who capture them.
void IntBounds::VisitTerm(RoutineId id, const Term& term) {
  for (const Term* part : term.parts) {
    VisitTerm(id, *part);
  }
  if (term.kind != TermKind::Call && term.kind != TermKind::Lambda) {
    return;
  }
  const Routine& callee = *module_.routines[term.index];
  const LocalId first = term.kind == TermKind::Lambda ? callee.param_count : 0;
  for (LocalId i = 0; i < term.parts.size(); ++i) {
    Assign(term.index, first + i, id, *term.parts[i]);
  }
  if (term.kind == TermKind::Call && term.parts.size() < callee.param_count) {
    for (auto i = static_cast<LocalId>(term.parts.size()); i < callee.param_count; ++i) {
      Join(&locals_[term.index][i], {.low = -start_limit_, .high = start_limit_});
    }
  }
}

Bounds IntBounds::Unchecked(RoutineId routine, const Term& term) const {
  const Bounds a = Of(routine, *term.parts[0]);
  if (term.kind == TermKind::Negate) {
    return {.low = -a.high, .high = -a.low};
  }
  LAB_CHECK(term.kind == TermKind::Binary);
  const Bounds b = Of(routine, *term.parts[1]);
  switch (term.op) {
    case BinaryOp::Add:
      return {.low = a.low + b.low, .high = a.high + b.high};
    case BinaryOp::Sub:
      return {.low = a.low - b.high, .high = a.high - b.low};
    case BinaryOp::Mul:
      return Product(a, b);
    case BinaryOp::FloorDiv:
      if (b.low >= 1) {
        return {.low = std::floor(std::min(a.low / b.low, a.low / b.high)),
                .high = std::floor(std::max(a.high / b.low, a.high / b.high))};
      }
      break;
    case BinaryOp::Mod:
      if (b.low >= 1) {
        return {.low = 0, .high = a.low >= 0 ? std::min(a.high, b.high - 1) : b.high - 1};
      }
      break;
    case BinaryOp::Div:
    case BinaryOp::Pow:
    case BinaryOp::Eq:
    case BinaryOp::Ne:
    case BinaryOp::Lt:
    case BinaryOp::Le:
    case BinaryOp::Gt:
    case BinaryOp::Ge:
      break;
  }
  return Anything();
}

Bounds IntBounds::Of(RoutineId routine, const Term& term) const {
  if (term.type != kInt) {
    return Anything();
  }
  switch (term.kind) {
    case TermKind::Int: {
      const auto value = static_cast<double>(term.integer);
      return {.low = value, .high = value};
    }
    case TermKind::Local:
      return BoundsOf(locals_[routine][term.index]);
    case TermKind::Call:
      return BoundsOf(results_[term.index]);
    case TermKind::Binary:
    case TermKind::Negate: {
      const Bounds all = Unchecked(routine, term);
      return {.low = std::clamp(all.low, -limit_, limit_),
              .high = std::clamp(all.high, -limit_, limit_)};
    }
    case TermKind::Choose:
      return Union(Of(routine, *term.parts[1]), Of(routine, *term.parts[2]));
    case TermKind::CallBuiltin:
      if (term.builtin == BuiltinKind::Len) {
        return {.low = 0, .high = kMostElements};
      }
      if (term.builtin == BuiltinKind::Keep) {
        return Of(routine, *term.parts[0]);
      }
      if (term.builtin == BuiltinKind::Abs) {
        return {.low = 0, .high = limit_};
      }
      if ((term.builtin == BuiltinKind::Min || term.builtin == BuiltinKind::Max) &&
          term.parts.size() > 1) {
        Bounds all = Of(routine, *term.parts[0]);
        for (const Term* part : term.parts.subspan(1)) {
          all = Union(all, Of(routine, *part));
        }
        return all;
      }
      return Anything();
    case TermKind::Float:
    case TermKind::Str:
    case TermKind::Bool:
    case TermKind::None:
    case TermKind::Constant:
    case TermKind::Global:
    case TermKind::Routine:
    case TermKind::Builtin:
    case TermKind::Lambda:
    case TermKind::CallValue:
    case TermKind::Not:
    case TermKind::And:
    case TermKind::Or:
    case TermKind::Index:
    case TermKind::List:
    case TermKind::Comprehension:
    case TermKind::ToFloat:
    case TermKind::Box:
    case TermKind::Unbox:
    case TermKind::Check:
    case TermKind::CheckBool:
    case TermKind::Keep:
      return Anything();
  }
  LAB_CHECK(false);
}

}  // namespace emit
