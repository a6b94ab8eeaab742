// Finding, making and analysing versions: the fixpoint of a session.

#include "infer/versions.h"

#include <algorithm>
#include <utility>

#include "infer/analysis.h"
#include "runtime/mutant.h"

namespace infer {

using frontend::Function;
using frontend::FunctionId;
using frontend::FunctionKind;
using frontend::GlobalId;
using runtime::kAny;
using runtime::kNever;
using runtime::TypeKind;

namespace {

// Callees are analysed at once while the passes below stand no deeper than
// this in expressions, all together: it bounds the native stack. Deeper chains
// of calls go through the queue.
constexpr uint32_t kMaxPassNesting = 1000;

}  // namespace

Versions::Versions(const frontend::Program& program, runtime::TypeTable& types)
    : program_(program),
      types_(types),
      lattice_(types, worklist_),
      by_function_(program.resolution.functions.size()),
      function_types_(program.resolution.functions.size(), kNever),
      globals_(program.resolution.globals.size()) {}

TypeId Versions::AcceptParam(const Function& function, size_t index, TypeId argument) {
  if (index >= function.param_count) {
    return argument;
  }
  const frontend::TypeExpr* declared = function.locals[index].type;
  const TypeId accepted = lattice_.Accept(declared, argument);
  return accepted == kNever && declared != nullptr ? types_.FromDeclaration(*declared) : accepted;
}

VersionId Versions::Request(FunctionId function, std::span<const TypeId> args) {
  const Function& callee = resolution().functions[function];
  LAB_CHECK(args.size() == callee.param_count + callee.captures.size());
  std::vector<TypeId> accepted(args.begin(), args.end());
  for (size_t i = 0; i < accepted.size(); ++i) {
    accepted[i] = AcceptParam(callee, i, accepted[i]);
  }
  const VersionId known = Find(function, accepted);
  if (known != kNoVersion) {
    return known;
  }
  first_version_ = static_cast<VersionId>(versions_.size());
  first_cell_ = lattice_.cell_count();
  if (top_ == kNoVersion) {
    Require(frontend::kTopFunction, {});
    OpenGlobals();
  }
  const VersionId id = Require(function, std::move(accepted));
  Settle();
  if (first_version_ == top_) {
    OpenGlobals();
    Settle();
  }
  Publish();
  const VersionId merged =
      id < first_version_ || merged_into_.empty() ? kNoVersion : merged_into_[id - first_version_];
  return merged == kNoVersion ? id : merged;
}

VersionId Versions::Find(FunctionId function, std::span<const TypeId> args) {
  for (const VersionId id : by_function_[function]) {
    const std::vector<TypeId>& params = versions_[id].params;
    const auto is_same = [&](TypeId a, TypeId b) {
      return a == b || LAB_MUTANT(411, false, a == runtime::kFloat) ||
             (lattice_.HasCell(a) && lattice_.HasCell(b) &&
              lattice_.Normal(a) == lattice_.Normal(b));
    };
    if (std::equal(params.begin(), params.end(), args.begin(), args.end(), is_same)) {
      return id;
    }
  }
  return kNoVersion;
}

// A version of the session whose arguments differ from these in their cells only.
VersionId Versions::FindShape(FunctionId function, std::span<const TypeId> args) {
  const auto is_same = [&](TypeId a, TypeId b) {
    return a == b ||
           (lattice_.HasCell(a) && lattice_.HasCell(b) && lattice_.Shape(a) == lattice_.Shape(b));
  };
  const auto has_cell = [&](TypeId arg) { return lattice_.HasCell(arg); };
  if (std::none_of(args.begin(), args.end(), has_cell)) {
    return kNoVersion;
  }
  for (const VersionId id : by_function_[function]) {
    const std::vector<TypeId>& params = versions_[id].params;
    if (!states_[id].is_final &&
        std::equal(params.begin(), params.end(), args.begin(), args.end(), is_same)) {
      return id;
    }
  }
  return kNoVersion;
}

VersionId Versions::Require(FunctionId function, std::vector<TypeId> args) {
  const VersionId known = Find(function, args);
  if (known != kNoVersion) {
    return known;
  }
  bool is_capped = false;
  if (by_function_[function].size() >= Inference::kMaxVersions) {
    // One that differs in its cells only serves as well, if the cells are made one.
    const VersionId similar = FindShape(function, args);
    if (similar != kNoVersion) {
      for (size_t i = 0; i < args.size(); ++i) {
        lattice_.Join(versions_[similar].params[i], args[i]);
      }
      return similar;
    }
    for (size_t i = 0; i < args.size(); ++i) {
      lattice_.Escape(args[i]);
      args[i] = AcceptParam(resolution().functions[function], i, kAny);
    }
    is_capped = true;
    const VersionId general = Find(function, args);
    if (general != kNoVersion) {
      return general;
    }
  }
  const VersionId id = Create(function, std::move(args));
  states_[id].is_capped = is_capped;
  if (resolution().functions[function].kind == FunctionKind::Extern) {
    return id;
  }
  if (nesting < kMaxPassNesting) {
    Analyse(id);
    Drain();
  } else {
    worklist_.Enqueue(id);
  }
  return id;
}

VersionId Versions::Create(FunctionId function, std::vector<TypeId> args) {
  const Function& callee = resolution().functions[function];
  const auto id = static_cast<VersionId>(versions_.size());
  const VersionId similar = FindShape(function, args);
  by_function_[function].push_back(id);
  State& state = states_.emplace_back();
  state.shape = similar == kNoVersion ? id : states_[similar].shape;
  Version& version = versions_.emplace_back();
  version.function = function;
  version.locals.assign(callee.locals.size(), kNever);
  std::copy(args.begin(), args.end(), version.locals.begin());
  version.params = std::move(args);
  version.exprs.assign(callee.end_expr - callee.first_expr, kNever);
  version.callees.assign(version.exprs.size(), kNoVersion);
  if (function == frontend::kTopFunction) {
    top_ = id;
  }
  if (callee.yields) {
    version.result = types_.Seq(kNever);
  } else if (callee.kind == FunctionKind::Extern) {
    version.result = types_.FromDeclaration(*callee.decl->result_type);
  }
  return id;
}

void Versions::Analyse(VersionId id) {
  for (;;) {
    Pass pass{.version = id};
    worklist_.Begin(pass);
    worklist_.Advance();
    Analysis(*this, pass).Run();
    worklist_.End(pass);
    if (pass.stale == kNoTick) {
      return;
    }
  }
}

void Versions::Drain() {
  for (;;) {
    for (const FunctionId function : lattice_.TakeEscaped()) {
      for (const VersionId id : by_function_[function]) {
        lattice_.Escape(versions_[id].result);
      }
    }
    const VersionId next = worklist_.Next();
    if (next == kNoVersion) {
      return;
    }
    Analyse(next);
  }
}

void Versions::Settle() {
  do {
    Drain();
  } while (CloseOpenEnds());
  is_at_rest_ = false;
}

// What nothing has been found out about by now stays so. Each answer may wake
// code that leads to new questions.
bool Versions::CloseOpenEnds() {
  bool has_closed = lattice_.CloseCells(first_cell_);
  if (!is_at_rest_) {
    is_at_rest_ = true;
    for (const VersionId id : std::exchange(without_elements_, {})) {
      worklist_.Enqueue(id);
      has_closed = true;
    }
  }
  return has_closed;
}

bool Versions::IsAtRest(VersionId id) {
  if (!is_at_rest_ && (without_elements_.empty() || without_elements_.back() != id)) {
    without_elements_.push_back(id);
  }
  return is_at_rest_;
}

// See the head of versions.h.
void Versions::OpenGlobals() {
  const auto has_open_list = [&](const Grown& global) { return lattice_.HasCell(global.type); };
  if (std::none_of(globals_.begin(), globals_.end(), has_open_list)) {
    return;
  }
  const std::vector<Function>& functions = resolution().functions;
  for (FunctionId id = 1; id < functions.size(); ++id) {
    const Function& function = functions[id];
    for (frontend::ExprId expr = function.first_expr; expr < function.end_expr; ++expr) {
      const frontend::Ref ref = resolution().names[expr];
      if (ref.kind == frontend::RefKind::Global && has_open_list(globals_[ref.index])) {
        std::vector<TypeId> args(function.param_count + function.captures.size(), kAny);
        for (size_t i = 0; i < args.size(); ++i) {
          args[i] = AcceptParam(function, i, kAny);
        }
        OpenResult(Require(id, std::move(args)));
        break;
      }
    }
  }
}

void Versions::OpenResult(VersionId id) {
  states_[id].has_open_result = true;
  lattice_.set_site(resolution().functions[versions_[id].function].span);
  lattice_.Escape(versions_[id].result);
  Drain();
}

TypeId Versions::ResultOf(VersionId id) {
  if (!states_[id].is_final) {
    worklist_.Read(states_[id].readers);
  }
  return versions_[id].result;
}

TypeId Versions::YieldedOf(VersionId id) {
  ResultOf(id);
  return versions_[id].yielded;
}

void Versions::JoinResult(VersionId id, TypeId type) {
  Version& version = versions_[id];
  const TypeId joined = lattice_.Join(version.result, type);
  if (states_[id].has_open_result || lattice_.IsEscaped(version.function)) {
    lattice_.Escape(joined);
  }
  if (joined != version.result) {
    version.result = joined;
    worklist_.Changed(states_[id].readers);
  }
}

void Versions::JoinYielded(VersionId id, TypeId type) {
  Version& version = versions_[id];
  version.yielded = lattice_.Join(version.yielded, type);
  JoinResult(id, lattice_.Seq(version.yielded));
}

TypeId Versions::ReadGlobal(GlobalId global) {
  if (!states_[top_].is_final) {
    worklist_.Read(globals_[global].readers);
  }
  return globals_[global].type;
}

void Versions::JoinGlobal(GlobalId global, TypeId type) {
  Grown& grown = globals_[global];
  const TypeId joined = lattice_.Join(grown.type, type);
  if (joined != grown.type) {
    grown.type = joined;
    worklist_.Changed(grown.readers);
  }
}

TypeId Versions::GlobalType(GlobalId global) {
  Request(frontend::kTopFunction, {});
  return globals_[global].type;
}

TypeId Versions::ReadDefault(const frontend::Expr& value) {
  Grown& grown = defaults_[value.id];
  if (!states_[top_].is_final) {
    worklist_.Read(grown.readers);
  }
  return grown.type;
}

void Versions::SetDefault(const frontend::Expr& value, TypeId type) {
  Grown& grown = defaults_[value.id];
  const TypeId joined = lattice_.Join(grown.type, type);
  if (joined != grown.type) {
    grown.type = joined;
    worklist_.Changed(grown.readers);
  }
}

TypeId Versions::OpenListOf(VersionId id, const frontend::Expr& literal) {
  const VersionId shape = states_[id].shape;
  TypeId& list = open_lists_[static_cast<uint64_t>(shape) << 32 | literal.id];
  if (list == kNever) {
    list = lattice_.NewOpenList();
  }
  Version& version = versions_[id];
  const size_t index = literal.id - resolution().functions[version.function].first_expr;
  if (version.exprs[index] != list) {
    states_[id].literals.push_back({&literal, list});
    version.exprs[index] = list;
  }
  return list;
}

TypeId Versions::FunctionType(FunctionId function) {
  TypeId& type = function_types_[function];
  if (type == kNever) {
    type = types_.Function(function);
  }
  return type;
}

}  // namespace infer
