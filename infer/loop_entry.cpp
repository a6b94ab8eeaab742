// A walk over the code of a function in the order in which both engines run it: what is in scope,
// and which steps are going on. Test: tests/infer/loop_entry_test.cpp.

#include "infer/loop_entry.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <unordered_set>
#include <utility>

#include "frontend/walk.h"
#include "runtime/builtins.h"
#include "runtime/rep.h"

namespace infer {
namespace {

using frontend::BlockExpr;
using frontend::CallExpr;
using frontend::ComprehensionExpr;
using frontend::DynCast;
using frontend::Expr;
using frontend::ExprKind;
using frontend::ForExpr;
using frontend::IfExpr;
using frontend::LocalId;
using frontend::RefKind;
using frontend::WhileExpr;
using runtime::BuiltinKind;
using runtime::Rep;
using runtime::TypeKind;

class Finder {
 public:
  Finder(const frontend::Program& program, const Inference& inference, const Version& version)
      : program_(program),
        resolution_(program.resolution),
        inference_(inference),
        version_(version) {}

  LoopEntries Run() {
    const frontend::Function& function = resolution_.functions[version_.function];
    if (function.yields) {
      refusal_ = kYields;
    }
    if (version_.function == frontend::kTopFunction) {
      for (const frontend::Item& item : program_.items) {
        if (item.expr != nullptr) {
          Statement(*item.expr);
        }
      }
    } else if (function.generator != nullptr) {
      const ComprehensionExpr& e = *function.generator;
      Clauses(e, 0, e, [&] { Operand(*e.element); });
    } else if (function.lambda != nullptr) {
      Statement(*function.lambda->body);
    } else if (function.decl != nullptr && function.decl->body != nullptr) {
      Statement(*function.decl->body);
    }
    return std::move(result_);
  }

 private:
  using Walk = std::function<void()>;

  // ---- statements ----

  void Statement(const Expr& e) {
    if (const auto* block = DynCast<BlockExpr>(e)) {
      const size_t outside = entry_.locals.size();
      for (const Expr* item : block->items) {
        Statement(*item);
      }
      entry_.locals.resize(outside);
    } else if (const auto* choice = DynCast<IfExpr>(e)) {
      for (const frontend::Branch& branch : choice->branches) {
        Operand(*branch.condition);
      }
      for (const frontend::Branch& branch : choice->branches) {
        Statement(*branch.body);
      }
      if (choice->otherwise != nullptr) {
        Statement(*choice->otherwise);
      }
    } else if (const auto* let = DynCast<frontend::LetExpr>(e)) {
      Operand(*let->value);
      const frontend::Ref ref = resolution_.bindings[let->binding.id];
      if (ref.kind == RefKind::Local) {
        entry_.locals.push_back(ref.index);
      }
    } else if (e.kind == ExprKind::While || e.kind == ExprKind::For) {
      // The rest of the loop, where the rest of the function is out of reach.
      if (!refusal_.empty() && !Exits(e)) {
        InRoot(e, [&] { Loop(e); });
      } else {
        Loop(e);
      }
    } else {
      Operand(e);
    }
  }

  void Loop(const Expr& e) {
    if (const auto* repeat = DynCast<WhileExpr>(e)) {
      Operand(*repeat->condition);
      Turns(e, StepKind::While, e, [&] { Statement(*repeat->body); });
      return;
    }
    const auto& loop = frontend::Cast<ForExpr>(e);
    const LocalId variable = resolution_.bindings[loop.variable.id].index;
    InStep(e, StepKind::For, [&] {
      Source(*loop.source, e, version_.locals[variable],
             [&] { WithLocal(variable, [&] { Statement(*loop.body); }); });
    });
  }

  // ---- expressions that are no statements ----

  void Operand(const Expr& root) {
    std::vector<const Expr*> pending{&root};
    while (!pending.empty()) {
      const Expr& e = *pending.back();
      pending.pop_back();
      if (e.kind == ExprKind::Block || e.kind == ExprKind::For || e.kind == ExprKind::While) {
        const std::string_view outer = refusal_;
        refusal_ = refusal_.empty() ? kJumpsOutOfExpression : refusal_;
        Statement(e);
        refusal_ = outer;
        continue;
      }
      if (e.kind == ExprKind::Lambda || Consumer(e)) {
        continue;
      }
      const size_t first = pending.size();
      if (e.kind == ExprKind::Comprehension && IsStored(e)) {
        pending.push_back(frontend::Cast<ComprehensionExpr>(e).clauses[0].source);
        continue;
      }
      frontend::ForEachChild(e, [&](const Expr& child) { pending.push_back(&child); });
      std::reverse(pending.begin() + static_cast<std::ptrdiff_t>(first), pending.end());
    }
  }

  // False when it is none, or none that is run as a loop of its own.
  bool Consumer(const Expr& e) {
    if (Exits(e)) {
      return false;
    }
    if (const auto* list = DynCast<ComprehensionExpr>(e); list != nullptr && list->is_list) {
      InRoot(e, [&] {
        InStep(e, StepKind::Collect,
               [&] { Clauses(*list, 0, e, [&] { Operand(*list->element); }); });
      });
      return true;
    }
    const auto* call = DynCast<CallExpr>(e);
    BuiltinKind kind;
    if (call == nullptr || !IsBuiltin(*call, &kind)) {
      return false;
    }
    switch (kind) {
      case BuiltinKind::Min:
      case BuiltinKind::Max:
        if (call->args.size() > 1) {
          return false;
        }
        [[fallthrough]];
      case BuiltinKind::Sum:
        InRoot(e, [&] { Fold(*call); });
        return true;
      case BuiltinKind::Any:
      case BuiltinKind::All:
        InRoot(e, [&] { Consume(e, StepKind::Quantify, *call->args[0].value); });
        return true;
      case BuiltinKind::List:
        InRoot(e, [&] { Consume(e, StepKind::Collect, *call->args[0].value); });
        return true;
      case BuiltinKind::Join:
        if (!PushesInPlace(*call->args[1].value)) {
          return false;
        }
        InRoot(e, [&] {
          Operand(*call->args[0].value);
          Consume(e, StepKind::Join, *call->args[1].value);
        });
        return true;
      default:
        return false;
    }
  }

  void Consume(const Expr& e, StepKind kind, const Expr& source) {
    InStep(e, kind, [&] { Source(source, e, std::nullopt, [] {}); });
  }

  // A start is evaluated before its elements are, but after a source that is a value.
  void Fold(const CallExpr& e) {
    const Expr& source = *e.args[0].value;
    const Expr* start = e.args.size() > 1 ? e.args[1].value : nullptr;
    const bool is_literal =
        start != nullptr && (start->kind == ExprKind::Int || start->kind == ExprKind::Float);
    if (start == nullptr || is_literal || PushesInPlace(source)) {
      if (start != nullptr) {
        Operand(*start);
      }
      Consume(e, StepKind::Fold, source);
      return;
    }
    Operand(source);
    Operand(*start);
    InStep(e, StepKind::Fold, [&] { Turns(source, KindOf(source, std::nullopt), e, [] {}); });
  }

  // ---- sources of elements ----

  // `loop`: whose they are; `variable`: the type of the variable that they arrive in, if any.
  void Source(const Expr& source, const Expr& loop, std::optional<TypeId> variable,
              const Walk& body) {
    const auto* call = DynCast<CallExpr>(source);
    BuiltinKind kind;
    if (call != nullptr && IsBuiltin(*call, &kind)) {
      if (kind == BuiltinKind::Range && IsIntRange(*call, variable)) {
        for (const frontend::Argument& argument : call->args) {
          Operand(*argument.value);
        }
        Turns(source, call->args.size() == 3 ? StepKind::Steps : StepKind::Range, loop, body);
        return;
      }
      if (kind == BuiltinKind::Map || kind == BuiltinKind::Filter) {
        Stage(*call, kind, loop, variable, body);
        return;
      }
    }
    if (const auto* made = DynCast<ComprehensionExpr>(source);
        made != nullptr && !made->is_list && !IsStored(source)) {
      Clauses(*made, 0, loop, [&] {
        Operand(*made->element);
        body();
      });
      return;
    }
    Operand(source);
    Turns(source, KindOf(source, variable), loop, body);
  }

  void Stage(const CallExpr& e, BuiltinKind kind, const Expr& loop, std::optional<TypeId> variable,
             const Walk& body) {
    Operand(*e.args[0].value);
    const Expr& source = *e.args[1].value;
    const TypeKind known = inference_.types().Kind(TypeOf(source));
    InStep(e, StepKind::Stage, [&] {
      if (known == TypeKind::Seq || known == TypeKind::List || known == TypeKind::Str ||
          !IsPlainSource(source)) {
        const bool is_handed_on = kind == BuiltinKind::Filter && variable.has_value();
        Source(source, loop, is_handed_on ? *variable : inference_.ElementOf(TypeOf(source)), body);
      } else {
        Operand(source);
        Turns(source, std::nullopt, loop, body);
      }
    });
  }

  void Clauses(const ComprehensionExpr& e, size_t at, const Expr& loop, const Walk& body) {
    if (at == e.clauses.size()) {
      body();
      return;
    }
    const frontend::Clause& clause = e.clauses[at];
    const auto next = [&] { Clauses(e, at + 1, loop, body); };
    if (!clause.is_for) {
      Operand(*clause.source);
      next();
      return;
    }
    const LocalId variable = resolution_.bindings[clause.variable.id].index;
    const auto turn = [&] { WithLocal(variable, next); };
    if (at == 0 && resolution_.functions[version_.function].generator == &e) {
      Turns(*clause.source, std::nullopt, loop, turn);  // it was made with the generator
    } else {
      Source(*clause.source, at == 0 ? loop : *clause.source, version_.locals[variable], turn);
    }
  }

  // The turns begin here. No kind: they have no position that could be handed over.
  void Turns(const Expr& source, std::optional<StepKind> kind, const Expr& loop,
             const Walk& body) {
    const std::string_view outer = refusal_;
    if (refusal_.empty() && !kind.has_value()) {
      refusal_ = kNoPosition;
    }
    InStep(source, kind.value_or(StepKind::While), [&] {
      if (refusal_.empty()) {
        result_.entries.push_back(entry_);
        result_.entries.back().loop = &loop;
      } else {
        result_.refused.push_back({&loop, refusal_});
      }
      if (refusal_ == kNoPosition) {
        refusal_ = kInNoPosition;
      }
      body();
    });
    refusal_ = outer;
  }

  // ---- where the walk is ----

  void InStep(const Expr& e, StepKind kind, const Walk& walk) {
    entry_.path.push_back({&e, kind});
    walk();
    entry_.path.pop_back();
  }

  void WithLocal(LocalId local, const Walk& walk) {
    const size_t outside = entry_.locals.size();
    entry_.locals.push_back(local);
    walk();
    entry_.locals.resize(outside);
  }

  void InRoot(const Expr& root, const Walk& walk) {
    LoopEntry outer = std::exchange(entry_, {});
    const std::string_view refusal = std::exchange(refusal_, {});
    entry_.root = &root;
    const std::unordered_set<LocalId> assigned = AssignedIn(root);
    for (const auto* locals : {&outer.kept, &outer.changed, &outer.locals}) {
      for (const LocalId local : *locals) {
        (assigned.contains(local) ? entry_.changed : entry_.kept).push_back(local);
      }
    }
    walk();
    entry_ = std::move(outer);
    refusal_ = refusal;
  }

  std::unordered_set<LocalId> AssignedIn(const Expr& root) const {
    std::unordered_set<LocalId> assigned;
    std::vector<const Expr*> pending{&root};
    while (!pending.empty()) {
      const Expr& e = *pending.back();
      pending.pop_back();
      if (e.kind == ExprKind::Lambda || IsStored(e)) {
        continue;  // their locals are their own
      }
      if (const auto* assign = DynCast<frontend::AssignExpr>(e);
          assign != nullptr && assign->target->kind == ExprKind::Name) {
        const frontend::Ref ref = resolution_.names[assign->target->id];
        if (ref.kind == RefKind::Local) {
          assigned.insert(ref.index);
        }
      }
      frontend::ForEachChild(e, [&](const Expr& child) { pending.push_back(&child); });
    }
    return assigned;
  }

  // ---- questions ----

  TypeId TypeOf(const Expr& e) const { return inference_.ExprType(version_, e); }
  Rep RepOf(TypeId type) const { return runtime::RepOf(inference_.types(), type); }
  bool Exits(const Expr& e) const { return (resolution_.effects[e.id] & frontend::kExits) != 0; }
  // A generator expression that is a value.
  bool IsStored(const Expr& e) const {
    return e.kind == ExprKind::Comprehension && resolution_.function_of_expr[e.id] != 0;
  }

  bool IsBuiltin(const CallExpr& call, BuiltinKind* kind) const {
    const frontend::Ref ref = call.callee->kind == ExprKind::Name
                                  ? resolution_.names[call.callee->id]
                                  : frontend::Ref{};
    *kind = static_cast<BuiltinKind>(ref.index);
    return ref.kind == RefKind::Builtin;
  }

  bool IsPlainSource(const Expr& source) const {
    const auto* call = DynCast<CallExpr>(source);
    BuiltinKind kind;
    return call == nullptr || !IsBuiltin(*call, &kind) ||
           (kind != BuiltinKind::Range && kind != BuiltinKind::Map && kind != BuiltinKind::Filter);
  }

  // Whether no sequence is made before it is run.
  bool PushesInPlace(const Expr& source) const {
    const auto* made = DynCast<ComprehensionExpr>(source);
    return !IsPlainSource(source) || (made != nullptr && !made->is_list && !IsStored(source));
  }

  bool IsIntRange(const CallExpr& call, std::optional<TypeId> variable) const {
    return variable.value_or(runtime::kInt) == runtime::kInt &&
           std::all_of(call.args.begin(), call.args.end(), [&](const frontend::Argument& argument) {
             return TypeOf(*argument.value) == runtime::kInt;
           });
  }

  // How a value is run through.
  std::optional<StepKind> KindOf(const Expr& source, std::optional<TypeId> variable) const {
    const TypeId type = TypeOf(source);
    const bool is_list = inference_.types().Kind(type) == TypeKind::List;
    if (!is_list && type != runtime::kStr) {
      return std::nullopt;
    }
    const Rep element = RepOf(inference_.ElementOf(type));
    if (element == Rep::Unit || (variable.has_value() && RepOf(*variable) != element)) {
      return std::nullopt;
    }
    return is_list ? StepKind::List : StepKind::Str;
  }

  const frontend::Program& program_;
  const frontend::Resolution& resolution_;
  const Inference& inference_;
  const Version& version_;
  LoopEntries result_;
  LoopEntry entry_{};
  std::string_view refusal_;
};

}  // namespace

LoopEntries FindLoopEntries(const frontend::Program& program, const Inference& inference,
                            const Version& version) {
  return Finder(program, inference, version).Run();
}

uint32_t StateWords(StepKind kind) {
  switch (kind) {
    case StepKind::While:
    case StepKind::For:
    case StepKind::Quantify:
      return 0;
    case StepKind::Stage:
    case StepKind::Collect:
      return 1;
    case StepKind::Range:
    case StepKind::List:
    case StepKind::Str:
    case StepKind::Fold:
      return 2;
    case StepKind::Steps:
    case StepKind::Join:
      return 3;
  }
  return 0;
}

}  // namespace infer
