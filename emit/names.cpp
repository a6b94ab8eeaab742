// Names that are free. tests/emit/lower_test.cpp.

#include "emit/names.h"

#include <algorithm>
#include <cctype>
#include <span>

#include "frontend/check.h"
#include "frontend/walk.h"

namespace emit {

using frontend::Expr;
using frontend::ExprKind;
using frontend::Function;
using frontend::FunctionId;
using frontend::LocalId;
using frontend::RefKind;

std::string Names::Take(std::string_view base) {
  std::string name(base);
  if (traits_.is_reserved(name)) {
    name += '_';
  }
  if (traits_.is_reserved(name)) {  // for its beginning
    name = "own_" + std::string(base);
  }
  const std::string stem = name;
  for (int number = 2; !taken_.insert(name).second || traits_.is_reserved(name); ++number) {
    name = stem + (stem.ends_with('_') ? "" : "_") + std::to_string(number);
  }
  return name;
}

std::string AsName(std::string_view type) {
  std::string name;
  for (const char c : type) {
    name += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  }
  name.resize(name.find_last_not_of('_') + 1);
  return name;
}

void TopLevelNames::AvoidAll(Names* names) const {
  for (const std::vector<std::string>* list : {&globals, &functions}) {
    for (const std::string& name : *list) {
      names->Avoid(name);
    }
  }
}

TopLevelNames NameTopLevel(const frontend::Program& program, const Traits& traits) {
  Names names(traits);
  TopLevelNames top_level;
  for (const frontend::Global& global : program.resolution.globals) {
    top_level.globals.push_back(names.Take(global.name));
  }
  for (const Function& function : program.resolution.functions) {
    top_level.functions.push_back(function.decl != nullptr ? names.Take(function.name) : "");
  }
  return top_level;
}

namespace {

// Names the locals of one function. A name that the program uses again in another loop or branch
// may be used again, because targets scope these too; blocks alone are no scopes there.
class LocalNames {
 public:
  LocalNames(const frontend::Program& program, FunctionId id, const Traits& traits)
      : resolution_(program.resolution),
        function_(resolution_.functions[id]),
        scope_(traits),
        names_(function_.locals.size()),
        is_lent_(function_.locals.size(), false) {
    for (const Function& inner : resolution_.functions) {
      if (inner.parent == id && &inner != &function_) {
        for (const frontend::Capture& capture : inner.captures) {
          is_lent_[capture.outer.index] = true;
        }
      }
    }
  }

  void Fix(LocalId local, std::string_view name) { names_[local] = scope_.Take(name); }

  // What functions see of the top level keeps its name there, and hides nothing elsewhere.
  void ReserveTopLevel(const TopLevelNames& top_level) {
    for (size_t id = 0; id < top_level.globals.size(); ++id) {
      ReserveUnlessHidden(resolution_.globals[id].name, top_level.globals[id]);
    }
    for (size_t id = 0; id < top_level.functions.size(); ++id) {
      ReserveUnlessHidden(resolution_.functions[id].name, top_level.functions[id]);
    }
  }

  void Walk(const Expr& expr) {
    if (expr.kind == ExprKind::Lambda) {
      return;
    }
    if (const auto* let = frontend::DynCast<frontend::LetExpr>(expr)) {
      Walk(*let->value);
      Declare(let->binding);
    } else if (const auto* loop = frontend::DynCast<frontend::ForExpr>(expr)) {
      Walk(*loop->source);
      InScope([&] {
        Declare(loop->variable);
        Walk(*loop->body);
      });
    } else if (const auto* again = frontend::DynCast<frontend::WhileExpr>(expr)) {
      InScope([&] {
        Walk(*again->condition);
        Walk(*again->body);
      });
    } else if (const auto* branches = frontend::DynCast<frontend::IfExpr>(expr)) {
      WalkBranches(*branches);
    } else if (const auto* made = frontend::DynCast<frontend::ComprehensionExpr>(expr)) {
      Walk(*made->clauses[0].source);
      if (resolution_.function_of_expr[expr.id] == 0) {
        InScope([&] { WalkClauses(*made); });
      }
    } else {
      WalkChildren(expr);
    }
  }

  // All but the first source.
  void WalkClauses(const frontend::ComprehensionExpr& comprehension) {
    for (const frontend::Clause& clause : comprehension.clauses) {
      if (&clause != comprehension.clauses.data()) {
        Walk(*clause.source);
      }
      if (clause.is_for) {
        Declare(clause.variable);
      }
    }
    Walk(*comprehension.element);
  }

  std::vector<std::string> Take() {
    for (LocalId local = 0; local < names_.size(); ++local) {
      if (names_[local].empty()) {
        Fix(local, function_.locals[local].name);
      }
    }
    return std::move(names_);
  }

 private:
  // A parameter may hide what has its name in the program, too.
  void ReserveUnlessHidden(std::string_view name, const std::string& name_there) {
    const auto params = std::span(function_.locals).first(function_.param_count);
    const bool is_hidden =
        name == name_there && std::any_of(params.begin(), params.end(),
                                          [&](const auto& param) { return param.name == name; });
    if (!is_hidden) {
      scope_.Avoid(name_there);
    }
  }

  void WalkBranches(const frontend::IfExpr& branches) {
    for (const frontend::Branch& branch : branches.branches) {
      Walk(*branch.condition);
      InScope([&] { Walk(*branch.body); });
    }
    if (branches.otherwise != nullptr) {
      InScope([&] { Walk(*branches.otherwise); });
    }
  }

  void WalkChildren(const Expr& expr) {
    if (const auto* binary = frontend::DynCast<frontend::BinaryExpr>(expr)) {
      const auto spine = frontend::LeftSpine(*binary);
      Walk(*spine.front()->left);
      for (const frontend::BinaryExpr* each : spine) {
        Walk(*each->right);
      }
      return;
    }
    frontend::ForEachChild(expr, [&](const Expr& child) { Walk(child); });
  }

  void Declare(const frontend::Binding& binding) {
    const frontend::Ref ref = resolution_.bindings[binding.id];
    if (ref.kind == RefKind::Local) {
      Fix(ref.index, binding.name);
      declared_.push_back(ref.index);
    }
  }

  template <typename Body>
  void InScope(Body body) {
    const size_t before = declared_.size();
    body();
    for (; declared_.size() > before; declared_.pop_back()) {
      // A function that is made in a loop may outlive the turn, and what yields keeps all it has.
      if (!is_lent_[declared_.back()] && !function_.yields) {
        scope_.Release(names_[declared_.back()]);
      }
    }
  }

  const frontend::Resolution& resolution_;
  const Function& function_;
  Names scope_;
  std::vector<std::string> names_;
  std::vector<bool> is_lent_;      // by LocalId: some function inside uses it
  std::vector<LocalId> declared_;  // in the scopes that are open
};

}  // namespace

std::vector<std::vector<std::string>> NameLocals(const frontend::Program& program,
                                                 const TopLevelNames& top_level,
                                                 const Traits& traits) {
  const std::vector<Function>& functions = program.resolution.functions;
  std::vector<std::vector<std::string>> names(functions.size());
  // A function stands before those inside it, so the names it lends them are known.
  for (FunctionId id = 0; id < functions.size(); ++id) {
    const Function& function = functions[id];
    LocalNames own(program, id, traits);
    for (const frontend::Capture& capture : function.captures) {
      LAB_CHECK(capture.outer.kind == RefKind::Local);
      own.Fix(capture.inner, names[function.parent][capture.outer.index]);
    }
    own.ReserveTopLevel(top_level);
    for (LocalId local = 0; local < function.param_count; ++local) {
      const std::string_view name = function.locals[local].name;
      own.Fix(local, name.starts_with('<') ? "source" : name);  // of a generator
    }
    if (function.generator != nullptr) {
      own.WalkClauses(*function.generator);
    } else if (function.lambda != nullptr) {
      own.Walk(*function.lambda->body);
    } else if (function.decl != nullptr && function.decl->body != nullptr) {
      own.Walk(*function.decl->body);
    } else if (function.kind == frontend::FunctionKind::Top) {
      for (const frontend::Item& item : program.items) {
        if (item.expr != nullptr) {
          own.Walk(*item.expr);
        }
      }
    }
    names[id] = own.Take();
  }
  return names;
}

}  // namespace emit
