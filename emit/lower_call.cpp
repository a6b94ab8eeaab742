// Calls: of functions by name, of values, of built-ins. tests/emit/lower_test.cpp.

#include <algorithm>

#include "emit/lowering.h"
#include "emit/operators.h"
#include "frontend/check.h"

namespace emit {

using frontend::Expr;
using frontend::FunctionId;
using frontend::RefKind;
using runtime::BuiltinKind;
using runtime::kAny;
using runtime::kBool;
using runtime::kBuffer;
using runtime::kFloat;
using runtime::kInt;
using runtime::kNever;
using runtime::kStr;
using runtime::TypeKind;

bool IsConstantDefault(const Expr& value) {
  const auto* unary = frontend::DynCast<frontend::UnaryExpr>(value);
  if (unary == nullptr) {
    return value.kind <= frontend::ExprKind::None;
  }
  if (unary->op == frontend::UnaryOp::Not) {
    return unary->operand->kind == frontend::ExprKind::Bool;
  }
  const auto* integer = frontend::DynCast<frontend::IntExpr>(*unary->operand);
  return integer != nullptr ? integer->value != INT64_MIN
                            : unary->operand->kind == frontend::ExprKind::Float;
}

Term* RoutineLowering::LowerCall(const frontend::CallExpr& call) {
  if (const auto* name = frontend::DynCast<frontend::NameExpr>(*call.callee)) {
    const frontend::Ref ref = lowering_.resolution().names[name->id];
    if (ref.kind == RefKind::Function) {
      return LowerDirectCall(call, ref.index);
    }
    if (ref.kind == RefKind::Builtin && !lowering_.program().builtins[ref.index].is_constant) {
      return LowerBuiltinCall(call, static_cast<BuiltinKind>(ref.index));
    }
  }
  return LowerValueCall(call);
}

RoutineId RoutineLowering::RoutineOfCall(const frontend::CallExpr& call, FunctionId function) {
  return lowering_.RoutineOf(function,
                             traits_.has_routine_per_version ? CalleeOf(call) : infer::kNoVersion);
}

Term* RoutineLowering::LowerDirectCall(const frontend::CallExpr& call, FunctionId function) {
  const frontend::Function& callee = lowering_.resolution().functions[function];
  std::vector<frontend::BoundArgument> bound =
      frontend::BindArguments(lowering_.resolution(), call, callee);
  if (traits_.has_defaults && !callee.is_memo) {
    size_t count = callee.param_count;
    while (!bound.empty() && bound.back().is_default && bound.back().param + 1 == count &&
           IsConstantDefault(*bound.back().value)) {
      bound.pop_back();
      --count;
    }
  }
  std::vector<Operand> operands;
  bool is_in_order = true;
  for (size_t i = 0; i < bound.size(); ++i) {
    const Expr* value = bound[i].value;
    operands.push_back([this, value] { return Lower(*value); });
    is_in_order = is_in_order && bound[i].param == i;
  }
  const std::vector<Term*> values = LowerInOrder(operands);
  std::vector<Term*> args(bound.size());
  for (size_t i = 0; i < bound.size(); ++i) {
    args[bound[i].param] = is_in_order ? values[i] : SaveUnlessStable(values[i], "value");
  }
  return MakeCall(call.span, TypeOf(call), RoutineOfCall(call, function), std::move(args));
}

Term* RoutineLowering::CoerceArgument(const Routine& callee, size_t param, Term* argument) {
  const Variable& variable = callee.locals[param];
  return Coerce(CoerceDeclared(argument, variable.declared, variable.name), variable.type);
}

Term* RoutineLowering::MakeCall(frontend::Span span, TypeId type, RoutineId routine,
                                std::vector<Term*> args) {
  const Routine& callee = *lowering_.module().routines[routine];
  for (size_t i = 0; i < args.size(); ++i) {
    args[i] = CoerceArgument(callee, i, args[i]);
  }
  const TypeId result = callee.result == kNever ? type : callee.result;
  Term* term = New(TermKind::Call, result, span, std::move(args));
  term->index = routine;
  return type == kNever ? term : Coerce(term, type);
}

Term* RoutineLowering::LowerValueCall(const frontend::CallExpr& call) {
  std::vector<Operand> operands{[&] { return Lower(*call.callee); }};
  for (const frontend::Argument& argument : call.args) {
    operands.push_back([this, &argument] { return Lower(*argument.value); });
  }
  std::vector<Term*> terms = LowerInOrder(operands);
  Term* callee = terms.front();
  terms.erase(terms.begin());
  return CallTerm(call.span, callee, std::move(terms), TypeOf(call));
}

Term* RoutineLowering::CallTerm(frontend::Span span, Term* callee, std::vector<Term*> args,
                                TypeId type) {
  const runtime::Type& callee_type =
      lowering_.types().Get(callee->type == kNumber ? kAny : callee->type);
  if (callee_type.kind == TypeKind::Builtin) {
    const auto builtin = static_cast<BuiltinKind>(callee_type.index);
    const frontend::Signature& signature = lowering_.program().builtins[callee_type.index];
    if (args.size() >= signature.min_args &&
        (signature.max_args == frontend::kAnyCount || args.size() <= signature.max_args)) {
      return Kept(MakeBuiltinCall(span, type, builtin, std::move(args)));
    }
  }
  if (callee_type.kind == TypeKind::Function || callee_type.kind == TypeKind::Lambda) {
    const FunctionId function = callee_type.index;
    const frontend::Function& it = lowering_.resolution().functions[function];
    if (it.decl != nullptr) {
      while (args.size() < it.param_count &&
             it.decl->params[args.size()].default_value != nullptr) {
        args.push_back(Lower(*it.decl->params[args.size()].default_value));
      }
    }
    if (args.size() == it.param_count) {
      if (callee->kind == TermKind::Routine) {
        const RoutineId id = RoutineForArguments(function, args);
        return MakeCall(span, type, id, std::move(args));
      }
      const RoutineId id = lowering_.ValueRoutine(function, callee_type.args);
      const Routine& routine = *lowering_.module().routines[id];
      std::vector<Term*> parts{callee};
      for (size_t i = 0; i < args.size(); ++i) {
        parts.push_back(CoerceArgument(routine, i, args[i]));
      }
      Term* term = New(TermKind::CallValue, routine.result == kNever ? type : routine.result, span,
                       std::move(parts));
      term->index = id;
      return type == kNever ? term : Coerce(term, type);
    }
  }
  std::vector<Term*> parts{Boxed(callee)};
  for (Term* arg : args) {
    parts.push_back(Boxed(Coerce(arg, arg->type == kNever ? kAny : arg->type)));
  }
  Term* term = New(TermKind::CallValue, kAny, span, std::move(parts));
  term->index = kNoRoutine;
  return type == kNever ? term : Coerce(term, type);
}

RoutineId RoutineLowering::RoutineForArguments(FunctionId function,
                                               std::span<Term* const> arguments) {
  if (!traits_.has_routine_per_version) {
    return lowering_.RoutineOf(function, infer::kNoVersion);
  }
  const frontend::Function& it = lowering_.resolution().functions[function];
  std::vector<TypeId> types;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const TypeId type = arguments[i]->type == kNever ? kAny : arguments[i]->type;
    if (lowering_.inference().Accept(it.locals[i].type, type) == kNever) {
      return lowering_.RoutineOf(function, infer::kNoVersion);
    }
    types.push_back(type);
  }
  return lowering_.RoutineOf(function, lowering_.inference().Request(function, types));
}

// Built-ins ------------------------------------------------------------------------

Term* RoutineLowering::LowerBuiltinCall(const frontend::CallExpr& call, BuiltinKind builtin) {
  if (ExpandsConsumer(call, builtin)) {
    return ExpandConsumer(call, builtin);
  }
  const bool is_lazy = builtin == BuiltinKind::Map || builtin == BuiltinKind::Filter;
  const int consumed = lowering_.program().builtins[static_cast<size_t>(builtin)].consumed_argument;
  std::vector<Operand> operands;
  for (size_t i = 0; i < call.args.size(); ++i) {
    const Expr* value = call.args[i].value;
    const bool is_source = (is_lazy && i == 1) || (static_cast<int>(i) == consumed);
    operands.push_back(
        [this, value, is_source] { return is_source ? LowerSource(*value) : Lower(*value); });
  }
  std::vector<Term*> args = LowerInOrder(operands);
  if (builtin == BuiltinKind::Print) {
    FinishBeforeShown(&args);
  }
  return Kept(MakeBuiltinCall(call.span, TypeOf(call), builtin, std::move(args)));
}

// A sequence that is a value, unless who asked for it consumes it at once (LowerSource).
Term* RoutineLowering::Kept(Term* term) {
  const bool is_sequence =
      term->kind == TermKind::CallBuiltin &&
      (term->builtin == BuiltinKind::Range || term->builtin == BuiltinKind::Map ||
       term->builtin == BuiltinKind::Filter);
  return is_sequence ? New(TermKind::Keep, term->type, term->span, {term}) : term;
}

// Whether the built-in takes values of these types as they are.
bool RoutineLowering::Takes(BuiltinKind builtin, std::span<Term* const> args) const {
  const auto type_of = [&](size_t i) { return i < args.size() ? args[i]->type : kNever; };
  const auto is_list = [&](size_t i) {
    return type_of(i) != kNumber && lowering_.types().Kind(type_of(i)) == TypeKind::List;
  };
  const auto all = [&](auto fits) {
    return std::all_of(args.begin(), args.end(), [&](const Term* arg) { return fits(arg->type); });
  };
  switch (builtin) {
    case BuiltinKind::Abs:
    case BuiltinKind::Fabs:
    case BuiltinKind::Floor:
    case BuiltinKind::Ceil:
    case BuiltinKind::Round:
    case BuiltinKind::Sqrt:
    case BuiltinKind::Sin:
    case BuiltinKind::Cos:
    case BuiltinKind::Tan:
    case BuiltinKind::Asin:
    case BuiltinKind::Acos:
    case BuiltinKind::Atan:
    case BuiltinKind::Atan2:
    case BuiltinKind::Exp:
    case BuiltinKind::Log:
    case BuiltinKind::Log2:
    case BuiltinKind::Log10:
    case BuiltinKind::Pow:
    case BuiltinKind::Hypot:
      return all(IsNumber);
    case BuiltinKind::Range:
      return all([](TypeId type) { return type == kInt; });
    case BuiltinKind::Int:
    case BuiltinKind::Float:
      return IsNumber(type_of(0)) || type_of(0) == kBool || type_of(0) == kStr;
    case BuiltinKind::Len:
      return type_of(0) == kStr || is_list(0);
    case BuiltinKind::Append:
      return is_list(0) && (lowering_.types().Element(type_of(0)) == type_of(1) ||
                            lowering_.types().Element(type_of(0)) == kAny);
    case BuiltinKind::Pop:
      return is_list(0);
    case BuiltinKind::Write:
      return type_of(0) == kBuffer && type_of(1) == kStr;
    case BuiltinKind::Text:
      return type_of(0) == kBuffer;
    case BuiltinKind::Assert:
      return type_of(0) == kBool && (args.size() == 1 || type_of(1) == kStr);
    case BuiltinKind::Error:
      return type_of(0) == kStr;
    case BuiltinKind::Join:
      return type_of(0) == kStr;
    case BuiltinKind::Min:
    case BuiltinKind::Max:
      return args.size() == 1 || all(IsNumber) || all([](TypeId type) { return type == kStr; });
    case BuiltinKind::Sum:
      return args.size() == 1 || IsNumber(type_of(1));
    case BuiltinKind::Pi:
    case BuiltinKind::E:
    case BuiltinKind::Inf:
    case BuiltinKind::Nan:
    case BuiltinKind::Str:
    case BuiltinKind::Bool:
    case BuiltinKind::Map:
    case BuiltinKind::Filter:
    case BuiltinKind::Any:
    case BuiltinKind::All:
    case BuiltinKind::List:
    case BuiltinKind::Buffer:
    case BuiltinKind::Print:
    case BuiltinKind::Keep:
    case BuiltinKind::Clock:
      return true;
  }
  LAB_CHECK(false);
}

Term* RoutineLowering::MakeBuiltinCall(frontend::Span span, TypeId type, BuiltinKind builtin,
                                       std::vector<Term*> args) {
  for (Term*& arg : args) {
    if (arg->type == kNever) {
      arg = Coerce(arg, kAny);
    }
  }
  const bool is_settled = Takes(builtin, args);
  if (!is_settled) {
    for (Term*& arg : args) {
      arg = Boxed(arg);
    }
  } else if ((builtin == BuiltinKind::Min || builtin == BuiltinKind::Max) && args.size() > 1 &&
             type == kFloat) {
    for (Term*& arg : args) {
      arg = Coerce(arg, kFloat);
    }
  } else if (builtin == BuiltinKind::Append) {
    args[1] = Coerce(args[1], ElementOf(args[0]->type));
  }
  const bool ends = builtin == BuiltinKind::Error;
  const TypeId own = ends ? kNever : is_settled && type != kNever ? type : ResultOf(builtin, type);
  Term* term = New(TermKind::CallBuiltin, own, span, std::move(args));
  term->builtin = builtin;
  return type == kNever ? term : Coerce(term, type);
}

// Of a built-in whose arguments are not settled: what it gives whatever they are, else Any.
TypeId RoutineLowering::ResultOf(BuiltinKind builtin, TypeId inferred) const {
  constexpr BuiltinKind kLikeArguments[] = {BuiltinKind::Abs, BuiltinKind::Min, BuiltinKind::Max,
                                            BuiltinKind::Sum, BuiltinKind::Pop, BuiltinKind::Keep};
  const bool depends = std::find(std::begin(kLikeArguments), std::end(kLikeArguments), builtin) !=
                       std::end(kLikeArguments);
  return depends || inferred == kNever ? kAny : inferred;
}

}  // namespace emit
