// A walk over the statements of a function. Loops that stand elsewhere, or in a loop over a
// sequence that has no simple position, are refused. Test: tests/infer/loop_entry_test.cpp.

#include "infer/loop_entry.h"

#include <optional>

#include "frontend/walk.h"
#include "runtime/builtins.h"

namespace infer {
namespace {

using frontend::BlockExpr;
using frontend::DynCast;
using frontend::Expr;
using frontend::ExprKind;
using frontend::ForExpr;
using frontend::IfExpr;
using frontend::LocalId;
using frontend::RefKind;
using runtime::BuiltinKind;
using runtime::TypeKind;

constexpr std::string_view kInExpression = "it stands inside an expression";
constexpr std::string_view kYields = "its function yields";
constexpr std::string_view kNoPosition = "it runs over a sequence that is neither range nor list";
constexpr std::string_view kInSequence =
    "it stands in a loop over a sequence that is neither range nor list";

class Finder {
 public:
  Finder(const frontend::Program& program, const Inference& inference, const Version& version)
      : resolution_(program.resolution), inference_(inference), version_(version) {}

  LoopEntries Run(const frontend::Program& program) {
    const frontend::Function& function = resolution_.functions[version_.function];
    if (function.yields) {
      refusal_ = kYields;
    }
    if (version_.function == frontend::kTopFunction) {
      for (const frontend::Item& item : program.items) {
        if (item.expr != nullptr) {
          Statement(*item.expr);
        }
      }
    } else if (function.lambda != nullptr) {
      Statement(*function.lambda->body);
    } else if (function.decl != nullptr && function.decl->body != nullptr) {
      Statement(*function.decl->body);
    }
    return std::move(result_);
  }

 private:
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
    } else if (const auto* repeat = DynCast<frontend::WhileExpr>(e)) {
      Operand(*repeat->condition);
      Loop(e, LoopKind::While, *repeat->body, std::nullopt);
    } else if (const auto* loop = DynCast<ForExpr>(e)) {
      Operand(*loop->source);
      Loop(e, KindOf(*loop), *loop->body, resolution_.bindings[loop->variable.id].index);
    } else {
      Operand(e);
    }
  }

  void Loop(const Expr& e, std::optional<LoopKind> kind, const Expr& body,
            std::optional<LocalId> variable) {
    const std::string_view outer_refusal = refusal_;
    if (refusal_.empty() && !kind.has_value()) {
      refusal_ = kNoPosition;
    }
    const size_t outside = entry_.locals.size();
    entry_.path.push_back({&e, kind.value_or(LoopKind::While)});
    if (refusal_.empty()) {
      result_.entries.push_back(entry_);
    } else {
      result_.refused.push_back({&e, refusal_});
    }
    if (refusal_ == kNoPosition) {
      refusal_ = kInSequence;
    }
    if (variable.has_value()) {
      entry_.locals.push_back(*variable);
    }
    Statement(body);
    entry_.locals.resize(outside);
    entry_.path.pop_back();
    refusal_ = outer_refusal;
  }

  // An expression that is not a statement. (A `let` is one wherever the parser takes it.)
  void Operand(const Expr& root) {
    std::vector<const Expr*> pending{&root};
    while (!pending.empty()) {
      const Expr& e = *pending.back();
      pending.pop_back();
      if (e.kind == ExprKind::Lambda ||
          (e.kind == ExprKind::Comprehension && resolution_.function_of_expr[e.id] != 0)) {
        continue;
      }
      if (e.kind == ExprKind::For || e.kind == ExprKind::While) {
        result_.refused.push_back({&e, refusal_.empty() ? kInExpression : refusal_});
      }
      frontend::ForEachChild(e, [&](const Expr& child) { pending.push_back(&child); });
    }
  }

  std::optional<LoopKind> KindOf(const ForExpr& e) const {
    const auto type_of = [&](const Expr& part) { return inference_.ExprType(version_, part); };
    const TypeId variable = version_.locals[resolution_.bindings[e.variable.id].index];
    const auto* call = DynCast<frontend::CallExpr>(*e.source);
    const frontend::Ref callee = call != nullptr && call->callee->kind == ExprKind::Name
                                     ? resolution_.names[call->callee->id]
                                     : frontend::Ref{};
    if (callee.kind == RefKind::Builtin) {
      const auto kind = static_cast<BuiltinKind>(callee.index);
      if (kind == BuiltinKind::Range) {
        for (const frontend::Argument& argument : call->args) {
          if (type_of(*argument.value) != runtime::kInt) {
            return std::nullopt;
          }
        }
        if (variable != runtime::kInt) {
          return std::nullopt;
        }
        return call->args.size() == 3 ? LoopKind::Steps : LoopKind::Range;
      }
      if (kind == BuiltinKind::Map || kind == BuiltinKind::Filter) {
        return std::nullopt;
      }
    }
    const auto* made = DynCast<frontend::ComprehensionExpr>(*e.source);
    if (made != nullptr && !made->is_list) {
      return std::nullopt;
    }
    const TypeId source = type_of(*e.source);
    const runtime::TypeTable& types = inference_.types();
    if (types.Kind(source) != TypeKind::List || types.Element(source) != variable) {
      return std::nullopt;
    }
    return LoopKind::List;
  }

  const frontend::Resolution& resolution_;
  const Inference& inference_;
  const Version& version_;
  LoopEntries result_;
  LoopEntry entry_;
  std::string_view refusal_;
};

}  // namespace

LoopEntries FindLoopEntries(const frontend::Program& program, const Inference& inference,
                            const Version& version) {
  return Finder(program, inference, version).Run(program);
}

uint32_t PositionWords(LoopKind kind) {
  switch (kind) {
    case LoopKind::While:
      return 0;
    case LoopKind::Range:
    case LoopKind::List:
      return 2;
    case LoopKind::Steps:
      return 3;
  }
  return 0;
}

}  // namespace infer
