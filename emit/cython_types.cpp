// Types are taken away until all that are left agree: the largest set of typed variables that are
// assigned nothing but typed values. tests/emit/cython_test.cpp.

#include "emit/cython_types.h"

#include <algorithm>
#include <map>

#include "emit/libm.h"
#include "emit/walk.h"
#include "frontend/check.h"

namespace emit {

using frontend::TypeExpr;
using frontend::TypeExprKind;
using runtime::kFloat;

namespace {

constexpr std::string_view kDouble = "double";
constexpr std::string_view kLong = "long long";

std::string_view TypeOfDeclaration(const TypeExpr* declared) {
  if (declared == nullptr) {
    return {};
  }
  switch (declared->kind) {
    case TypeExprKind::Int:
    case TypeExprKind::I32:
      return kLong;
    case TypeExprKind::Float:
    case TypeExprKind::F32:
      return kDouble;
    case TypeExprKind::Bool:
      return "bint";
    case TypeExprKind::Str:
      return "str";
    case TypeExprKind::List:
      return "list";
    case TypeExprKind::None:
    case TypeExprKind::Seq:
    case TypeExprKind::Function:
      return {};
  }
  LAB_CHECK(false);
  __builtin_unreachable();
}

// Cython has no functions inside functions of C.
bool MakesFunctions(const Routine& routine) {
  bool makes = false;
  ForEachStatement(routine.body, [&](const Statement& statement) {
    makes = makes || statement.kind == StatementKind::Define;
    ForEachTerm(statement, [&](const Term& term) {
      makes = makes || term.kind == TermKind::Lambda ||
              (term.kind == TermKind::Comprehension && !term.is_list);
    });
  });
  return makes;
}

// The checks of a parameter that anything may be passed to assign it.
bool IsAssigned(const Routine& routine, LocalId local) {
  bool is_assigned = false;
  ForEachStatement(routine.body, [&](const Statement& statement) {
    is_assigned =
        is_assigned || (statement.kind == StatementKind::Assign && statement.local == local);
  });
  return is_assigned;
}

// Calls `visit` with each local that gets a value in the body, and the value; null when that is
// none of a term: an element, a function.
void ForEachAssignment(const Routine& routine,
                       const std::function<void(LocalId, const Statement*)>& visit) {
  ForEachStatement(routine.body, [&](const Statement& statement) {
    switch (statement.kind) {
      case StatementKind::Declare:
        if (statement.term != nullptr) {
          visit(statement.local, &statement);
        }
        break;
      case StatementKind::Assign:
      case StatementKind::Update:
      case StatementKind::ForRange:
        visit(statement.local, &statement);
        break;
      case StatementKind::ForEach:
      case StatementKind::Define:
        visit(statement.local, nullptr);
        break;
      case StatementKind::SetGlobal:
      case StatementKind::SetElement:
      case StatementKind::UpdateElement:
      case StatementKind::Evaluate:
      case StatementKind::If:
      case StatementKind::While:
      case StatementKind::Return:
      case StatementKind::Break:
      case StatementKind::Continue:
      case StatementKind::Yield:
      case StatementKind::Fail:
        break;
    }
    ForEachTerm(statement, [&](const Term& term) {
      for (const Clause& clause : term.clauses) {
        if (clause.source != nullptr) {
          visit(clause.variable, nullptr);
        }
      }
    });
  });
}

}  // namespace

CythonTypes::CythonTypes(const Module& module, const Options& options)
    : module_(module), options_(options) {
  for (const auto& routine : module.routines) {
    ForEachStatement(routine->body, [&](const Statement& statement) {
      ForEachTerm(statement, [&](const Term& term) {
        if (term.kind == TermKind::Routine) {
          handed_on_.insert(module.routines[term.index].get());
        } else if (term.kind == TermKind::Lambda && term.in_loop) {
          bound_lambdas_.insert(module.routines[term.index].get());
        }
      });
    });
  }
  for (const auto& routine : module.routines) {
    FindShape(*routine, &forms_[routine.get()]);
  }
  for (const auto& routine : module.routines) {
    if (routine->kind == RoutineKind::Named || routine->kind == RoutineKind::Top) {
      TypeLocals(*routine, &forms_[routine.get()]);
    }
  }
  // A lambda stands before the routine that makes it.
  for (auto routine = module.routines.rbegin(); routine != module.routines.rend(); ++routine) {
    if ((*routine)->kind == RoutineKind::Lambda) {
      TypeCaptures(**routine);
    }
  }
  for (const auto& routine : module.routines) {
    ForEachStatement(routine->body, [&](const Statement& statement) {
      ForEachTerm(statement, [&](const Term& term) {
        if (IsTypedMath(*routine, term)) {
          typed_math_.insert(runtime::Name(term.builtin));
        }
      });
    });
  }
}

// Which of the forms of functions it has; the types of its own are not known yet.
void CythonTypes::FindShape(const Routine& routine, Form* form) {
  form->types.resize(routine.locals.size());
  form->is_in_place.resize(routine.locals.size());
  const frontend::Function& function = module_.program->resolution.functions[routine.function];
  const bool is_handed_on = handed_on_.contains(&routine);
  if (routine.kind == RoutineKind::Extern) {
    form->is_compiled = !is_handed_on && IsLibm(function.name);
    return;
  }
  if (routine.kind != RoutineKind::Named) {
    return;
  }
  bool are_declared = true;
  for (LocalId param = 0; param < routine.param_count; ++param) {
    are_declared =
        are_declared && routine.locals[param].declared != nullptr && !IsAssigned(routine, param);
  }
  const bool has_result = function.decl->result_type != nullptr;
  form->is_typed = are_declared && (routine.param_count > 0 || has_result);
  const bool is_called_from_outside =
      function.kind == frontend::FunctionKind::Bench || function.name == "main";
  form->is_compiled = form->is_typed && has_result && !is_handed_on && !is_called_from_outside &&
                      !routine.is_memo && !routine.yields && !MakesFunctions(routine);
}

void CythonTypes::TypeLocals(const Routine& routine, Form* form) {
  for (LocalId local = 0; local < routine.locals.size(); ++local) {
    const Variable& variable = routine.locals[local];
    const bool is_param = local < routine.param_count;
    if (!is_param || !IsAssigned(routine, local)) {
      form->types[local] = TypeOfDeclaration(variable.declared);
    }
    if (!is_param && variable.declared == nullptr && form->is_typed && variable.type == kFloat) {
      form->types[local] = kDouble;
    }
  }
  ForEachAssignment(routine, [&](LocalId local, const Statement* statement) {
    if (statement != nullptr && statement->kind == StatementKind::ForRange) {
      form->types[local] = kLong;
    }
  });
  while (RemoveUntyped(routine, form)) {
  }
  FindPlaces(routine, form);
}

// True when it has found one.
bool CythonTypes::RemoveUntyped(const Routine& routine, Form* form) {
  bool is_changed = false;
  const auto remove = [&](LocalId local) {
    is_changed = is_changed || !form->types[local].empty();
    form->types[local] = {};
  };
  ForEachAssignment(routine, [&](LocalId local, const Statement* statement) {
    if (form->types[local].empty()) {
      return;
    }
    if (statement != nullptr && statement->kind == StatementKind::ForRange) {
      if (!IsRangeTyped(routine, *statement)) {
        remove(local);
      }
    } else if (routine.locals[local].declared == nullptr &&
               (statement == nullptr || NativeOf(routine, *statement->term) == Native::No)) {
      remove(local);
    }
  });
  // Variables of one name are one variable.
  std::map<std::string_view, std::string_view> type_of_name;
  for (LocalId local = 0; local < routine.locals.size(); ++local) {
    const auto [found, is_new] =
        type_of_name.insert({routine.locals[local].name, form->types[local]});
    if (!is_new && found->second != form->types[local]) {
      found->second = {};
    }
  }
  for (LocalId local = 0; local < routine.locals.size(); ++local) {
    if (type_of_name[routine.locals[local].name].empty()) {
      remove(local);
    }
  }
  return is_changed;
}

// A loop of C over ints of C: it must not leave their range in its last step.
bool CythonTypes::IsRangeTyped(const Routine& routine, const Statement& loop) const {
  bool depends = FormOf(routine).is_typed;
  for (const Term* part : loop.parts) {
    const Native native = NativeOf(routine, *part);
    if (native == Native::No || native == Native::Float) {
      return false;
    }
    depends = depends || DependsOnTyped(routine, *part);
  }
  const Term* step = loop.parts[2];
  step = step->kind == TermKind::Negate ? step->parts[0] : step;
  return depends && step->kind == TermKind::Int && step->integer != 0 &&
         (step->integer == 1 || step->integer == -1 || options_.overflow == Overflow::Native);
}

// What a lambda has copied is what it is outside, unless it has become a parameter.
void CythonTypes::TypeCaptures(const Routine& lambda) {
  if (bound_lambdas_.contains(&lambda)) {
    return;
  }
  Form& form = forms_.at(&lambda);
  const Routine& outer = *module_.routines[lambda.parent];
  for (LocalId i = lambda.param_count; i < lambda.param_count + lambda.capture_count; ++i) {
    for (LocalId local = 0; local < outer.locals.size(); ++local) {
      if (outer.locals[local].name == lambda.locals[i].name) {
        form.types[i] = FormOf(outer).types[local];
      }
    }
  }
}

// Cython takes a `cdef` in the body of a function only, not inside its statements, and once.
void CythonTypes::FindPlaces(const Routine& routine, Form* form) {
  std::map<std::string_view, uint32_t> declarations;
  for (LocalId local = 0; local < routine.locals.size(); ++local) {
    ++declarations[routine.locals[local].name];
  }
  for (const Statement* statement : routine.body) {
    if (statement->kind == StatementKind::Declare && statement->term != nullptr &&
        declarations[routine.locals[statement->local].name] == 1) {
      form->is_in_place[statement->local] = true;
    }
  }
}

std::string_view CythonTypes::TypeOf(const Routine& routine, LocalId local) const {
  return FormOf(routine).types[local];
}

std::string_view CythonTypes::TypeOfGlobal(frontend::GlobalId global) const {
  const frontend::Global& it = module_.program->resolution.globals[global];
  return it.may_be_unset ? std::string_view() : TypeOfDeclaration(it.type);
}

std::string_view CythonTypes::TypeOfResult(const Routine& routine) const {
  const frontend::Function& function = module_.program->resolution.functions[routine.function];
  return FormOf(routine).is_compiled ? TypeOfDeclaration(function.decl->result_type)
                                     : std::string_view();
}

bool CythonTypes::IsDeclaredInPlace(const Routine& routine, LocalId local) const {
  return FormOf(routine).is_in_place[local];
}

std::vector<std::pair<std::string_view, std::string>> CythonTypes::DeclarationsOnTop(
    const Routine& routine) const {
  const Form& form = FormOf(routine);
  std::vector<std::pair<std::string_view, std::string>> declarations;
  std::set<std::string_view> seen;
  for (LocalId local = routine.param_count; local < routine.locals.size(); ++local) {
    const std::string& name = routine.locals[local].name;
    if (!form.types[local].empty() && !form.is_in_place[local] && seen.insert(name).second) {
      declarations.emplace_back(form.types[local], name);
    }
  }
  return declarations;
}

}  // namespace emit
