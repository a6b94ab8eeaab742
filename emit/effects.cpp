// Effects of terms and functions. tests/emit/lower_test.cpp.

#include "emit/effects.h"

#include <algorithm>

#include "frontend/check.h"
#include "infer/reach.h"
#include "runtime/error.h"

namespace emit {
namespace {

using frontend::BinaryOp;
using frontend::Expr;
using frontend::FunctionId;
using frontend::FunctionKind;
using frontend::RefKind;
using runtime::BuiltinKind;
using runtime::ErrorKind;

constexpr uint32_t Bit(ErrorKind kind) { return uint32_t{1} << static_cast<uint32_t>(kind); }

constexpr uint32_t kAnyFailure = UINT32_MAX;

uint32_t FailuresOf(const Term& binary) {
  const auto is = [&](TypeId type) {
    return binary.parts[0]->type == type && binary.parts[1]->type == type;
  };
  const bool is_settled =
      binary.parts[0]->type != runtime::kAny && binary.parts[1]->type != runtime::kAny;
  if (!is_settled) {
    return kAnyFailure;
  }
  const uint32_t overflow = is(runtime::kFloat) ? 0 : Bit(ErrorKind::Overflow);
  switch (binary.op) {
    case BinaryOp::Add:
    case BinaryOp::Sub:
    case BinaryOp::Mul:
      return overflow;
    case BinaryOp::Div:
      return Bit(ErrorKind::ZeroDivision);
    case BinaryOp::FloorDiv:
    case BinaryOp::Mod:
      return Bit(ErrorKind::ZeroDivision) | overflow;
    case BinaryOp::Pow:
      return Bit(ErrorKind::ZeroDivision) | Bit(ErrorKind::Overflow) | Bit(ErrorKind::Domain);
    case BinaryOp::Eq:
    case BinaryOp::Ne:
    case BinaryOp::Lt:
    case BinaryOp::Le:
    case BinaryOp::Gt:
    case BinaryOp::Ge:
      return 0;
  }
  return kAnyFailure;
}

Effects EffectsOfBuiltin(BuiltinKind builtin) {
  switch (builtin) {
    case BuiltinKind::Pi:
    case BuiltinKind::E:
    case BuiltinKind::Inf:
    case BuiltinKind::Nan:
    case BuiltinKind::Fabs:
    case BuiltinKind::Atan:
    case BuiltinKind::Atan2:
    case BuiltinKind::Hypot:
    case BuiltinKind::Float:
    case BuiltinKind::Buffer:
    case BuiltinKind::Keep:
    case BuiltinKind::Bool:
      return {};
    case BuiltinKind::Sqrt:
    case BuiltinKind::Sin:
    case BuiltinKind::Cos:
    case BuiltinKind::Tan:
    case BuiltinKind::Asin:
    case BuiltinKind::Acos:
    case BuiltinKind::Log:
    case BuiltinKind::Log2:
    case BuiltinKind::Log10:
      return {.failures = Bit(ErrorKind::Domain)};
    case BuiltinKind::Abs:
    case BuiltinKind::Exp:
      return {.failures = Bit(ErrorKind::Overflow)};
    case BuiltinKind::Floor:
    case BuiltinKind::Ceil:
    case BuiltinKind::Round:
    case BuiltinKind::Int:
    case BuiltinKind::Pow:
    case BuiltinKind::Min:
    case BuiltinKind::Max:
      return {.reads = true, .failures = kAnyFailure};
    case BuiltinKind::Str:
    case BuiltinKind::Len:
    case BuiltinKind::Text:
      return {.reads = true};
    case BuiltinKind::Range:
    case BuiltinKind::Map:
    case BuiltinKind::Filter:
    case BuiltinKind::Sum:
    case BuiltinKind::Any:
    case BuiltinKind::All:
    case BuiltinKind::List:
    case BuiltinKind::Join:
    case BuiltinKind::Append:
    case BuiltinKind::Pop:
    case BuiltinKind::Write:
    case BuiltinKind::Print:
    case BuiltinKind::Assert:
    case BuiltinKind::Error:
    case BuiltinKind::Clock:
      return {.acts = true, .reads = true, .failures = kAnyFailure};
  }
  LAB_CHECK(false);
}

// What a consumer calls is looked at on its own.
bool IsActing(BuiltinKind builtin) {
  constexpr BuiltinKind kConsumers[] = {BuiltinKind::Range, BuiltinKind::Map, BuiltinKind::Filter,
                                        BuiltinKind::Sum,   BuiltinKind::Any, BuiltinKind::All,
                                        BuiltinKind::List,  BuiltinKind::Join};
  return std::find(std::begin(kConsumers), std::end(kConsumers), builtin) == std::end(kConsumers) &&
         EffectsOfBuiltin(builtin).acts;
}

// Whether the expression itself, without those below it, makes its function act. Functions that it
// may call are added to `calls`.
bool Acts(const frontend::Resolution& resolution, const Expr& expr,
          std::vector<FunctionId>* calls) {
  if (const auto* name = frontend::DynCast<frontend::NameExpr>(expr)) {
    const frontend::Ref ref = resolution.names[name->id];
    if (ref.kind == RefKind::Function) {
      calls->push_back(ref.index);  // called here, or handed to who may call it
    }
    return ref.kind == RefKind::Builtin && IsActing(static_cast<BuiltinKind>(ref.index));
  }
  if (const auto* call = frontend::DynCast<frontend::CallExpr>(expr)) {
    const auto* name = frontend::DynCast<frontend::NameExpr>(*call->callee);
    const RefKind kind = name != nullptr ? resolution.names[name->id].kind : RefKind::None;
    return kind != RefKind::Function && kind != RefKind::Builtin;
  }
  if (const FunctionId inner = resolution.function_of_expr[expr.id]; inner != 0) {
    calls->push_back(inner);
  }
  const auto* assign = frontend::DynCast<frontend::AssignExpr>(expr);
  return assign != nullptr && assign->target->kind == frontend::ExprKind::Index;
}

}  // namespace

Effects EffectsOf(const Module& module, const std::vector<bool>& acting, const Term& term) {
  Effects effects;
  switch (term.kind) {
    case TermKind::Int:
    case TermKind::Float:
    case TermKind::Str:
    case TermKind::Bool:
    case TermKind::None:
    case TermKind::Constant:
    case TermKind::Routine:
    case TermKind::Builtin:
    case TermKind::Lambda:
    case TermKind::List:
    case TermKind::Not:
    case TermKind::And:
    case TermKind::Or:
    case TermKind::Choose:
    case TermKind::ToFloat:
    case TermKind::Box:
    case TermKind::Unbox:
      break;
    case TermKind::Local:
      effects.reads = true;  // whoever knows that it is fixed asks IsStable first
      break;
    case TermKind::Global:
      effects.failures = term.is_checked ? Bit(ErrorKind::Unset) : 0;
      break;
    case TermKind::Call: {
      const Routine& callee = *module.routines[term.index];
      const bool is_extern = callee.kind == RoutineKind::Extern;
      effects = {.acts = is_extern || callee.yields || acting[callee.function],
                 .reads = true,
                 .failures = kAnyFailure};
      break;
    }
    case TermKind::CallValue:
    case TermKind::Comprehension:
    case TermKind::Keep:
      effects = {.acts = true, .reads = true, .failures = kAnyFailure};
      break;
    case TermKind::CallBuiltin:
      effects = EffectsOfBuiltin(term.builtin);
      if (!term.parts.empty() && term.parts[0]->type == runtime::kAny) {
        effects.failures = kAnyFailure;
      }
      break;
    case TermKind::Binary:
      effects.failures = FailuresOf(term);
      break;
    case TermKind::Negate:
      effects.failures = term.parts[0]->type == runtime::kFloat ? 0 : Bit(ErrorKind::Overflow);
      break;
    case TermKind::Index:
      effects = {.reads = true, .failures = Bit(ErrorKind::Index)};
      break;
    case TermKind::Check:
    case TermKind::CheckBool:
      effects.failures = Bit(ErrorKind::Type);
      break;
  }
  for (const Term* part : term.parts) {
    effects.Add(EffectsOf(module, acting, *part));
  }
  return effects;
}

bool Conflict(const Effects& one, const Effects& other) {
  const bool one_does = one.acts || one.failures != 0;
  const bool other_does = other.acts || other.failures != 0;
  if ((one.acts && (other.reads || other_does)) || (other.acts && (one.reads || one_does))) {
    return true;
  }
  // Two that may fail: which one does is seen, unless both can in the same way only.
  const uint32_t all = one.failures | other.failures;
  return one_does && other_does && (all & (all - 1)) != 0;
}

bool IsLiteral(const Term& term) {
  return term.kind <= TermKind::Constant || term.kind == TermKind::Routine ||
         term.kind == TermKind::Builtin;
}

bool IsStable(const Routine& routine, const Term& term) {
  if (term.kind == TermKind::Local) {
    return !routine.locals[term.index].is_var;
  }
  if (term.kind == TermKind::Global) {
    return !term.is_checked;
  }
  const bool is_converted =
      term.kind == TermKind::ToFloat || term.kind == TermKind::Box || term.kind == TermKind::Unbox;
  return IsLiteral(term) || (is_converted && IsStable(routine, *term.parts[0]));
}

std::vector<bool> FindActing(const frontend::Program& program) {
  const std::vector<frontend::Function>& functions = program.resolution.functions;
  std::vector<bool> acting(functions.size(), false);
  std::vector<std::vector<FunctionId>> callers(functions.size());
  std::vector<FunctionId> open;
  for (FunctionId id = 0; id < functions.size(); ++id) {
    bool acts = functions[id].kind == FunctionKind::Extern;
    std::vector<FunctionId> calls;
    for (const Expr* expr : infer::OwnExprs(program, id)) {
      acts |= Acts(program.resolution, *expr, &calls);
    }
    for (const FunctionId callee : calls) {
      callers[callee].push_back(id);
    }
    if (acts) {
      acting[id] = true;
      open.push_back(id);
    }
  }
  while (!open.empty()) {
    const FunctionId callee = open.back();
    open.pop_back();
    for (const FunctionId caller : callers[callee]) {
      if (!acting[caller]) {
        acting[caller] = true;
        open.push_back(caller);
      }
    }
  }
  return acting;
}

std::vector<bool> FindHandedOn(const frontend::Program& program) {
  const frontend::Resolution& resolution = program.resolution;
  std::vector<bool> handed_on(resolution.functions.size(), false);
  for (FunctionId id = 0; id < resolution.functions.size(); ++id) {
    handed_on[id] = handed_on[id] || resolution.functions[id].lambda != nullptr;
    std::vector<const Expr*> callees;
    const std::vector<const Expr*> own = infer::OwnExprs(program, id);
    for (const Expr* expr : own) {
      if (const auto* call = frontend::DynCast<frontend::CallExpr>(*expr)) {
        callees.push_back(call->callee);
      }
    }
    std::sort(callees.begin(), callees.end());
    for (const Expr* expr : own) {
      const bool is_name = expr->kind == frontend::ExprKind::Name &&
                           resolution.names[expr->id].kind == RefKind::Function;
      if (is_name && !std::binary_search(callees.begin(), callees.end(), expr)) {
        handed_on[resolution.names[expr->id].index] = true;
      }
    }
  }
  return handed_on;
}

}  // namespace emit
