// Which routines a module has, and the pieces they are made of. tests/emit/lower_test.cpp.

#include "emit/lowering.h"

#include <algorithm>

#include "emit/lower.h"
#include "frontend/check.h"
#include "infer/reach.h"

namespace emit {

using frontend::Expr;
using frontend::Function;
using frontend::FunctionId;
using frontend::FunctionKind;
using runtime::kAny;
using runtime::kBool;
using runtime::kFloat;
using runtime::kInt;
using runtime::kNever;
using runtime::kNone;
using runtime::TypeKind;

TypeId JoinTypes(TypeId a, TypeId b) {
  const auto is_number = [](TypeId type) {
    return type == kInt || type == kFloat || type == kNumber;
  };
  if (a == b || b == kNever) {
    return a;
  }
  if (a == kNever) {
    return b;
  }
  return is_number(a) && is_number(b) ? kNumber : kAny;
}

// Lowering: the routines -----------------------------------------------------------

Lowering::Lowering(const frontend::Program& program, runtime::TypeTable& types,
                   const Traits& traits)
    : program_(program),
      types_(types),
      traits_(traits),
      inference_(program, types, infer::Typing::Inferred),
      module_(std::make_unique<Module>()),
      acting_(FindActing(program)),
      handed_on_(FindHandedOn(program)),
      top_level_names_(NameTopLevel(program, traits)),
      local_names_(NameLocals(program, top_level_names_, traits)) {}

std::unique_ptr<Module> Lowering::Run() {
  module_->program = &program_;
  module_->types = &types_;
  const std::vector<VersionId> roots = infer::RequestRoots(inference_, program_);
  reached_ = infer::Reach(inference_, program_, roots);
  top_version_ = roots.front();
  module_->entry_of_function.resize(resolution().functions.size(), kNoRoutine);
  for (const frontend::Global& global : resolution().globals) {
    const auto id = static_cast<frontend::GlobalId>(&global - resolution().globals.data());
    const TypeId type = inference_.GlobalType(id);
    module_->globals.push_back({.name = top_level_names_.globals[id],
                                .type = type == kNever ? kAny : type,
                                .span = global.span});
  }
  RoutineOf(frontend::kTopFunction, top_version_);
  for (const VersionId root : roots) {
    const FunctionId function = inference_.Get(root).function;
    module_->entry_of_function[function] = RoutineOf(function, EntryVersion(root));
  }
  if (!traits_.has_routine_per_version) {
    AddJoinedRoutines();
  }
  while (!open_.empty()) {
    const RoutineId id = open_.back();
    open_.pop_back();
    RoutineLowering(*this, id).Run();
  }
  NameRoutines();
  FindRecursion();
  Order();
  return std::move(module_);
}

// A root guesses that a parameter without declaration and default is an int. What stands on the
// command line decides that, so the entry takes anything there.
VersionId Lowering::EntryVersion(VersionId root) {
  const infer::Version& version = inference_.Get(root);
  const Function& function = resolution().functions[version.function];
  if (!traits_.has_routine_per_version || function.decl == nullptr) {
    return root;
  }
  std::vector<TypeId> types = version.params;
  for (size_t i = 0; i < types.size(); ++i) {
    const frontend::Param& param = function.decl->params[i];
    if (param.type == nullptr && param.default_value == nullptr) {
      types[i] = kAny;
    }
  }
  return types == version.params ? root : inference_.Request(version.function, types);
}

void Lowering::AddJoinedRoutines() {
  for (FunctionId id = 1; id < resolution().functions.size(); ++id) {
    if (resolution().functions[id].decl != nullptr) {
      RoutineOf(id, infer::kNoVersion);
    }
  }
}

VersionId Lowering::GenericVersion(FunctionId function, std::span<const TypeId> captures) {
  const Function& it = resolution().functions[function];
  std::vector<TypeId> args(it.param_count, kAny);
  args.insert(args.end(), captures.begin(), captures.end());
  args.resize(it.param_count + it.captures.size(), kAny);
  return inference_.Request(function, args);
}

RoutineId Lowering::RoutineOf(FunctionId function, VersionId version) {
  // The versions of a memo function share one table.
  if (traits_.has_routine_per_version && resolution().functions[function].is_memo &&
      reached_[function].size() > 1) {
    version = GenericVersion(function, {});
  }
  const VersionId key = traits_.has_routine_per_version ? version : infer::kNoVersion;
  const auto found = routine_of_.find({function, key});
  if (found != routine_of_.end()) {
    return found->second;
  }
  std::vector<VersionId> versions;
  if (traits_.has_routine_per_version) {
    versions.push_back(version == infer::kNoVersion ? GenericVersion(function, {}) : version);
  } else {
    versions = reached_[function];
    if (versions.empty()) {
      versions.push_back(version == infer::kNoVersion ? GenericVersion(function, {}) : version);
    }
  }
  const RoutineId id = AddRoutine(function, std::move(versions));
  routine_of_[{function, key}] = id;
  return id;
}

RoutineId Lowering::ValueRoutine(FunctionId function, std::span<const TypeId> captures) {
  if (!traits_.has_routine_per_version ||
      resolution().functions[function].kind == FunctionKind::Extern) {
    return RoutineOf(function, infer::kNoVersion);
  }
  const Function& it = resolution().functions[function];
  std::vector<VersionId> fitting;
  for (const VersionId version : reached_[function]) {
    const std::vector<TypeId>& params = inference_.Get(version).params;
    if (std::equal(captures.begin(), captures.end(), params.begin() + it.param_count,
                   params.end())) {
      fitting.push_back(version);
    }
  }
  // One version is all there is only when nobody calls the value without knowing it.
  bool is_known = fitting.size() == 1;
  for (VersionId id = 0; is_known && id < inference_.version_count(); ++id) {
    const infer::Version& version = inference_.Get(id);
    is_known = version.function != function || id == fitting[0] ||
               version.params == inference_.Get(fitting[0]).params;
  }
  return RoutineOf(function, is_known ? fitting[0] : GenericVersion(function, captures));
}

RoutineId Lowering::AddRoutine(FunctionId function, std::vector<VersionId> versions) {
  const Function& it = resolution().functions[function];
  auto routine = std::make_unique<Routine>();
  routine->function = function;
  routine->span = it.decl != nullptr     ? it.decl->span
                  : it.lambda != nullptr ? it.lambda->span
                                         : it.span;
  switch (it.kind) {
    case FunctionKind::Top:
      routine->kind = RoutineKind::Top;
      break;
    case FunctionKind::Def:
    case FunctionKind::Bench:
      routine->kind = RoutineKind::Named;
      break;
    case FunctionKind::Extern:
      routine->kind = RoutineKind::Extern;
      break;
    case FunctionKind::Lambda:
      routine->kind = RoutineKind::Lambda;
      break;
    case FunctionKind::Generator:
      routine->kind = RoutineKind::Generator;
      break;
  }
  routine->param_count = it.param_count;
  routine->capture_count = static_cast<uint32_t>(it.captures.size());
  routine->yields = it.yields;
  routine->is_memo = it.is_memo;
  routine->is_pure = !acting_[function] && !it.yields;
  routine->result = kNever;
  for (frontend::LocalId local = 0; local < it.locals.size(); ++local) {
    TypeId type = kNever;
    for (const VersionId version : versions) {
      type = JoinTypes(type, inference_.Get(version).locals[local]);
    }
    routine->locals.push_back({.name = local_names_[function][local],
                               .type = type == kNever ? kAny : type,
                               .span = it.locals[local].span,
                               .declared = it.locals[local].type,
                               .is_var = it.locals[local].is_var});
  }
  for (const VersionId version : versions) {
    routine->result = JoinTypes(routine->result, inference_.Get(version).result);
    routine->yielded = JoinTypes(routine->yielded, inference_.Get(version).yielded);
  }
  const auto id = static_cast<RoutineId>(module_->routines.size());
  module_->routines.push_back(std::move(routine));
  instances_.push_back({.versions = std::move(versions)});
  open_.push_back(id);
  return id;
}

TypeId Lowering::DefaultType(const Expr& value) {
  return inference_.ExprType(inference_.Get(top_version_), value);
}

// "place", or "place_int" and "place_float" where there are several.
void Lowering::NameRoutines() {
  Names names(traits_);
  top_level_names_.AvoidAll(&names);
  std::vector<uint32_t> count(resolution().functions.size(), 0);
  for (const auto& routine : module_->routines) {
    ++count[routine->function];
  }
  // Names that are made up here hide nothing and are hidden by nothing.
  for (const auto& routine : module_->routines) {
    for (const Variable& variable : routine->locals) {
      names.Avoid(variable.name);
    }
  }
  for (RoutineId id = 0; id < module_->routines.size(); ++id) {
    Routine& routine = *module_->routines[id];
    const Function& function = resolution().functions[routine.function];
    if (routine.kind == RoutineKind::Top) {
      continue;
    }
    std::string base(function.decl != nullptr                 ? function.name
                     : routine.kind == RoutineKind::Generator ? "generator"
                                                              : "lambda");
    const bool is_only = count[routine.function] == 1;
    const bool is_entry = module_->entry_of_function[routine.function] == id;
    if (function.decl != nullptr && (is_only || is_entry)) {
      routine.name = top_level_names_.functions[routine.function];
    } else if (is_only) {
      routine.name = names.Take(base);
    } else {
      for (uint32_t param = 0; param < routine.param_count; ++param) {
        base += "_" + AsName(types_.Name(routine.locals[param].type));
      }
      routine.name = names.Take(base);
    }
  }
}

void Lowering::FindRecursion() {
  const size_t count = module_->routines.size();
  std::vector<std::vector<RoutineId>> callees(count);
  // Calls are not kept by routine: the functions tell who may call whom.
  for (RoutineId id = 0; id < count; ++id) {
    for (const VersionId version : instances_[id].versions) {
      for (const VersionId callee : inference_.Get(version).callees) {
        if (callee == infer::kNoVersion) {
          continue;
        }
        const FunctionId function = inference_.Get(callee).function;
        const auto found = routine_of_.find(
            {function, traits_.has_routine_per_version ? callee : infer::kNoVersion});
        if (found != routine_of_.end()) {
          callees[id].push_back(found->second);
        }
      }
    }
  }
  for (RoutineId id = 0; id < count; ++id) {
    std::vector<bool> seen(count, false);
    std::vector<RoutineId> open = callees[id];
    while (!open.empty()) {
      const RoutineId callee = open.back();
      open.pop_back();
      if (!seen[callee]) {
        seen[callee] = true;
        open.insert(open.end(), callees[callee].begin(), callees[callee].end());
      }
    }
    module_->routines[id]->is_recursive = seen[id];
  }
}

// Routines in the order of the program, inner ones first, the top level last.
void Lowering::Order() {
  const size_t count = module_->routines.size();
  std::vector<RoutineId> order(count);
  for (RoutineId id = 0; id < count; ++id) {
    order[id] = id;
  }
  std::sort(order.begin(), order.end(), [&](RoutineId a, RoutineId b) {
    const Routine& one = *module_->routines[a];
    const Routine& other = *module_->routines[b];
    const bool one_is_top = one.kind == RoutineKind::Top;
    const bool other_is_top = other.kind == RoutineKind::Top;
    if (one_is_top != other_is_top) {
      return other_is_top;
    }
    // An inner routine ends first; of those that end together, the one that begins last is inner.
    return std::tuple(one.span.end, ~one.span.begin, a) <
           std::tuple(other.span.end, ~other.span.begin, b);
  });
  std::vector<RoutineId> place(count);
  std::vector<std::unique_ptr<Routine>> routines(count);
  for (RoutineId i = 0; i < count; ++i) {
    place[order[i]] = i;
    routines[i] = std::move(module_->routines[order[i]]);
  }
  module_->routines = std::move(routines);
  const auto move = [&](RoutineId& id) {
    if (id != kNoRoutine) {
      id = place[id];
    }
  };
  for (const auto& routine : module_->routines) {
    move(routine->parent);
  }
  for (RoutineId& id : module_->entry_of_function) {
    move(id);
  }
  for (Term& term : module_->terms) {
    if (term.kind == TermKind::Call || term.kind == TermKind::Routine ||
        term.kind == TermKind::Lambda || term.kind == TermKind::CallValue) {
      move(term.index);
    }
  }
  for (Statement& statement : module_->statements) {
    if (statement.kind == StatementKind::Define) {
      move(statement.index);
    }
  }
}

std::unique_ptr<Module> Lower(const frontend::Program& program, runtime::TypeTable& types,
                              const Traits& traits) {
  return Lowering(program, types, traits).Run();
}

// RoutineLowering: the pieces -------------------------------------------------------

RoutineLowering::RoutineLowering(Lowering& lowering, RoutineId routine)
    : lowering_(lowering),
      traits_(lowering.traits()),
      id_(routine),
      routine_(*lowering.module().routines[routine]),
      function_(lowering.resolution().functions[routine_.function]),
      versions_(lowering.VersionsOf(routine)),
      names_(lowering.traits()),
      needs_(lowering.program().expr_count, 0) {
  for (const Variable& variable : routine_.locals) {
    names_.Avoid(variable.name);
  }
  lowering.top_level_names().AvoidAll(&names_);
}

TypeId RoutineLowering::TypeOf(const Expr& expr) {
  if (expr.id < function_.first_expr || expr.id >= function_.end_expr) {
    return lowering_.DefaultType(expr);
  }
  TypeId type = kNever;
  for (const VersionId version : versions_) {
    const infer::Inference& inference = lowering_.inference();
    type = JoinTypes(type, inference.ExprType(inference.Get(version), expr));
  }
  return type;
}

TypeId RoutineLowering::ElementOf(TypeId source) {
  if (source == kNumber || source == kAny) {
    return kAny;
  }
  const TypeId element = lowering_.inference().ElementOf(source);
  return element == kNever ? kAny : element;
}

VersionId RoutineLowering::CalleeOf(const Expr& expr) {
  if (expr.id < function_.first_expr || expr.id >= function_.end_expr) {
    return infer::kNoVersion;
  }
  return lowering_.inference().Callee(lowering_.inference().Get(versions_.front()), expr);
}

Term* RoutineLowering::New(TermKind kind, TypeId type, frontend::Span span) {
  Term& term = lowering_.module().terms.emplace_back();
  term.kind = kind;
  term.type = type;
  term.span = span;
  return &term;
}

Term* RoutineLowering::New(TermKind kind, TypeId type, frontend::Span span,
                           std::vector<Term*> parts) {
  Term* term = New(kind, type, span);
  term->parts = lowering_.module().arena.Copy(parts);
  return term;
}

Term* RoutineLowering::NewInt(int64_t value, frontend::Span span) {
  Term* term = New(TermKind::Int, kInt, span);
  term->integer = value;
  return term;
}

Term* RoutineLowering::NewBool(frontend::Span span, uint8_t value) {
  Term* term = New(TermKind::Bool, kBool, span);
  term->boolean = value != 0;
  return term;
}

Term* RoutineLowering::NewLocal(LocalId local, frontend::Span span) {
  Term* term = New(TermKind::Local, routine_.locals[local].type, span);
  term->index = local;
  return term;
}

Statement* RoutineLowering::NewStatement(StatementKind kind, frontend::Span span) {
  Statement& statement = lowering_.module().statements.emplace_back();
  statement.kind = kind;
  statement.span = span;
  return &statement;
}

Statement* RoutineLowering::Emit(StatementKind kind, frontend::Span span) {
  Statement* statement = NewStatement(kind, span);
  out_->push_back(statement);
  return statement;
}

LocalId RoutineLowering::NewTemporary(std::string_view hint, TypeId type) {
  routine_.locals.push_back(
      {.name = names_.Take(hint), .type = type == kNever ? kAny : type, .is_temporary = true});
  return static_cast<LocalId>(routine_.locals.size() - 1);
}

void RoutineLowering::DeclareLocal(LocalId local, Term* term, frontend::Span span) {
  Statement* declare = Emit(StatementKind::Declare, span);
  declare->local = local;
  declare->term = term == nullptr ? nullptr : Coerce(term, routine_.locals[local].type);
}

Term* RoutineLowering::Save(Term* term, std::string_view hint) {
  const LocalId local = NewTemporary(hint, term->type);
  DeclareLocal(local, term, term->span);
  return NewLocal(local, term->span);
}

Term* RoutineLowering::SaveUnlessStable(Term* term, std::string_view hint) {
  return IsStable(routine_, *term) ? term : Save(term, hint);
}

bool RoutineLowering::IsObjectType(TypeId type) const {
  if (type == kNumber) {
    return false;
  }
  switch (lowering_.types().Kind(type)) {
    case TypeKind::Str:
    case TypeKind::Buffer:
    case TypeKind::List:
    case TypeKind::Seq:
    case TypeKind::Lambda:
    case TypeKind::Any:
      return true;
    case TypeKind::Never:
    case TypeKind::None:
    case TypeKind::Bool:
    case TypeKind::Int:
    case TypeKind::Float:
    case TypeKind::Function:
    case TypeKind::Builtin:
    case TypeKind::Cell:
      return false;
  }
  return false;
}

// A list whose elements have no settled type.
bool RoutineLowering::IsOpenList(TypeId type) const {
  return type != kNumber && lowering_.types().Kind(type) == TypeKind::List &&
         lowering_.types().Get(type).is_open;
}

// Stands where the program never comes to.
Term* RoutineLowering::Placeholder(TypeId type, frontend::Span span) {
  if (type == kInt) {
    return NewInt(0, span);
  }
  if (type == kBool) {
    return NewBool(span, 0);
  }
  if (type == kFloat) {
    return New(TermKind::Float, kFloat, span);
  }
  Term* none = New(TermKind::None, kNone, span);
  return type == kAny && traits_.has_routine_per_version ? Boxed(none) : none;
}

Term* RoutineLowering::Boxed(Term* term) {
  if (term->type == kAny || !traits_.has_routine_per_version) {
    return term;
  }
  if (term->kind == TermKind::Unbox && term->parts[0]->type == kAny) {
    return term->parts[0];
  }
  return New(TermKind::Box, kAny, term->span, {term});
}

Term* RoutineLowering::Coerce(Term* term, TypeId type) {
  if (type == kNever) {
    type = kAny;
  }
  if (term->type == type) {
    return term;
  }
  if (term->type == kNever) {
    if (!traits_.has_routine_per_version) {
      return term;
    }
    if (term->kind != TermKind::None) {  // it ends the program, or leaves
      Emit(StatementKind::Evaluate, term->span)->term = term;
    }
    return Placeholder(type, term->span);
  }
  if (type == kFloat && (term->type == kInt || term->type == kNumber)) {
    if (term->kind == TermKind::Int) {
      Term* literal = New(TermKind::Float, kFloat, term->span);
      literal->real = static_cast<double>(term->integer);
      return literal;
    }
    return New(TermKind::ToFloat, kFloat, term->span, {term});
  }
  if (!traits_.has_routine_per_version) {
    return term;
  }
  if (type == kAny) {
    return Boxed(term);
  }
  if (term->type == kAny) {
    return New(TermKind::Unbox, type, term->span, {term});
  }
  if (IsOpenList(type) && !IsOpenList(term->type)) {
    return New(TermKind::Box, type, term->span, {term});
  }
  return term;
}

Term* RoutineLowering::CoerceDeclared(Term* term, const frontend::TypeExpr* declared,
                                      std::string_view name) {
  if (declared == nullptr || term->type == kNever) {
    return term;
  }
  const TypeId type = lowering_.types().FromDeclaration(*declared);
  if (term->type == type) {
    return term;
  }
  if (type == kFloat && (term->type == kInt || term->type == kNumber)) {
    return Coerce(term, kFloat);
  }
  const bool is_open = term->type == kAny || term->type == kNumber ||
                       (traits_.has_routine_per_version && IsOpenList(term->type));
  const TypeId accepted = is_open ? kNever : lowering_.inference().Accept(declared, term->type);
  if (accepted != kNever) {
    return term;
  }
  Term* check = New(TermKind::Check, type, term->span, {Boxed(term)});
  check->declared = declared;
  // The variable's own text moves when variables are added.
  check->text = lowering_.module().arena.Copy(name);
  return check;
}

Block RoutineLowering::LowerInBlock(const std::function<void()>& fill) {
  Block block;
  Block* outer = out_;
  out_ = &block;
  fill();
  out_ = outer;
  return block;
}

}  // namespace emit
