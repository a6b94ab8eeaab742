// Walks the positions of the body whose value is dropped. Only the bench itself is looked at: what
// its functions drop is their business. Tests: tests/measure/discarded_test.cpp.

#include "measure/discarded.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "frontend/walk.h"
#include "runtime/builtins.h"

namespace measure {
namespace {

using frontend::Expr;
using frontend::ExprKind;

// ForEachChild, with the operands of a chain of binary operators at once: chains may be long.
template <typename F>
void ForEachOperand(const Expr& e, F visit) {
  const auto* binary = frontend::DynCast<frontend::BinaryExpr>(e);
  if (binary == nullptr) {
    frontend::ForEachChild(e, visit);
    return;
  }
  const std::vector<const frontend::BinaryExpr*> spine = frontend::LeftSpine(*binary);
  visit(*spine.front()->left);
  for (const frontend::BinaryExpr* link : spine) {
    visit(*link->right);
  }
}

class Finder {
 public:
  Finder(const frontend::Program& program, const infer::Inference& inference,
         const infer::Version& version)
      : program_(program), inference_(inference), version_(version) {}

  std::vector<std::string> Find(const Expr& body) {
    CollectReads(body);
    Visit(body, Use::Used);
    return std::move(sentences_);
  }

 private:
  enum class Use { Used, Dropped };

  void CollectReads(const Expr& e) {
    if (e.kind == ExprKind::Name) {
      const frontend::Ref ref = program_.resolution.names[e.id];
      if (ref.kind == frontend::RefKind::Local) {
        read_locals_.insert(ref.index);
      }
    }
    ForEachOperand(e, [&](const Expr& child) { CollectReads(child); });
  }

  // Every expression below `e`; those in whose place no value is wanted are judged.
  void Visit(const Expr& e, Use use) {
    if (const auto* block = frontend::DynCast<frontend::BlockExpr>(e)) {
      for (const Expr* item : block->items) {
        Visit(*item, item == block->items.back() ? use : Use::Dropped);
      }
    } else if (const auto* choice = frontend::DynCast<frontend::IfExpr>(e)) {
      for (const frontend::Branch& branch : choice->branches) {
        Visit(*branch.condition, Use::Used);
        Visit(*branch.body, use);
      }
      if (choice->otherwise != nullptr) {
        Visit(*choice->otherwise, use);
      }
    } else if (const auto* loop = frontend::DynCast<frontend::ForExpr>(e)) {
      Visit(*loop->source, Use::Used);
      Visit(*loop->body, Use::Dropped);
    } else if (const auto* repeat = frontend::DynCast<frontend::WhileExpr>(e)) {
      Visit(*repeat->condition, Use::Used);
      Visit(*repeat->body, Use::Dropped);
    } else if (e.kind == ExprKind::Lambda || e.kind == ExprKind::Comprehension) {
      JudgeIf(use, e);
    } else {
      JudgeIf(use, e);
      JudgeLet(e);
      ForEachOperand(e, [&](const Expr& child) { Visit(child, Use::Used); });
    }
  }

  void JudgeIf(Use use, const Expr& e) {
    if (use == Use::Used || e.kind == ExprKind::Assign) {
      return;
    }
    const runtime::TypeId type = inference_.ExprType(version_, e);
    if (IsSequence(type)) {
      Say(e,
          "makes a sequence that nobody consumes, so it does nothing: wrap it in sum() or list()");
    } else if (type != runtime::kNone && type != runtime::kNever && type != runtime::kAny &&
               !HasEffect(e)) {
      Say(e,
          "computes a value that nobody uses, so a compiler may leave it out: wrap it in keep()");
    }
  }

  void JudgeLet(const Expr& e) {
    const auto* let = frontend::DynCast<frontend::LetExpr>(e);
    if (let == nullptr || !IsSequence(inference_.ExprType(version_, *let->value))) {
      return;
    }
    const frontend::Ref ref = program_.resolution.bindings[let->binding.id];
    if (ref.kind == frontend::RefKind::Local && !read_locals_.contains(ref.index)) {
      Say(e,
          "makes a sequence that nobody consumes, so it does nothing: wrap it in sum() or list()");
    }
  }

  bool IsSequence(runtime::TypeId type) const {
    return inference_.types().Get(type).kind == runtime::TypeKind::Seq;
  }

  // Calls that may be made for what they do: of keep() and pop(), of values, and with lists or
  // buffers, which the function may change.
  bool HasEffect(const Expr& e) const {
    const auto* call = frontend::DynCast<frontend::CallExpr>(e);
    if (call == nullptr) {
      return false;
    }
    if (call->callee->kind != ExprKind::Name) {
      return true;
    }
    for (const frontend::Argument& argument : call->args) {
      const auto kind = inference_.types().Get(inference_.ExprType(version_, *argument.value)).kind;
      if (kind == runtime::TypeKind::List || kind == runtime::TypeKind::Buffer ||
          kind == runtime::TypeKind::Any) {
        return true;
      }
    }
    const frontend::Ref ref = program_.resolution.names[call->callee->id];
    return ref.kind == frontend::RefKind::Builtin &&
           (ref.index == static_cast<uint32_t>(runtime::BuiltinKind::Keep) ||
            ref.index == static_cast<uint32_t>(runtime::BuiltinKind::Pop));
  }

  void Say(const Expr& e, std::string_view what) {
    const frontend::SourceFile& source = *program_.source;
    const uint32_t line = source.NameOf(source.Locate(e.span.begin).line).line;
    sentences_.push_back(fmt::format("line {} {}", line, what));
  }

  const frontend::Program& program_;
  const infer::Inference& inference_;
  const infer::Version& version_;
  std::set<uint32_t> read_locals_;
  std::vector<std::string> sentences_;
};

}  // namespace

std::vector<std::string> FindDiscarded(const frontend::Program& program,
                                       const frontend::Function& bench,
                                       std::span<const runtime::TypeId> args,
                                       runtime::TypeTable& types) {
  return FindDiscardedIn(program, bench, *bench.decl->body, args, types);
}

std::vector<std::string> FindDiscardedIn(const frontend::Program& program,
                                         const frontend::Function& function,
                                         const frontend::Expr& part,
                                         std::span<const runtime::TypeId> args,
                                         runtime::TypeTable& types) {
  infer::Inference inference(program, types, infer::Typing::Inferred);
  const infer::VersionId version = inference.Request(program.IdOf(function), args);
  return Finder(program, inference, inference.Get(version)).Find(part);
}

}  // namespace measure
