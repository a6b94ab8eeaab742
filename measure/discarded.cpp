// Walks the positions of the body whose value is dropped, and the locals that nobody reads. Only
// the bench itself is looked at: what its functions drop is their business. Their bodies are
// searched for effects, since a call that is made for its effect is no waste. Tests:
// tests/measure/discarded_test.cpp.

#include "measure/discarded.h"

#include <algorithm>
#include <map>
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

constexpr runtime::BuiltinKind kActing[] = {
    runtime::BuiltinKind::Append, runtime::BuiltinKind::Assert, runtime::BuiltinKind::Error,
    runtime::BuiltinKind::Keep,   runtime::BuiltinKind::Pop,    runtime::BuiltinKind::Print,
    runtime::BuiltinKind::Write,
};

// Whether code may change anything but the local variables of its own function, as far as the text
// tells; when in doubt it may.
class Effects {
 public:
  explicit Effects(const frontend::Program& program) : program_(program) {}

  // Of `e` and all that it may call.
  bool MayAct(const Expr& e) {
    const auto* call = frontend::DynCast<frontend::CallExpr>(e);
    if (call != nullptr && !NamesItsFunction(*call)) {
      return true;
    }
    if (e.kind == ExprKind::Name && NameMayAct(program_.resolution.names[e.id])) {
      return true;
    }
    const auto* assign = frontend::DynCast<frontend::AssignExpr>(e);
    if (assign != nullptr && assign->target->kind == ExprKind::Index) {
      return true;
    }
    bool may_act = false;
    ForEachOperand(e, [&](const Expr& child) { may_act = may_act || MayAct(child); });
    return may_act;
  }

 private:
  bool NamesItsFunction(const frontend::CallExpr& call) const {
    if (call.callee->kind != ExprKind::Name) {
      return false;
    }
    const frontend::RefKind kind = program_.resolution.names[call.callee->id].kind;
    return kind == frontend::RefKind::Function || kind == frontend::RefKind::Builtin;
  }

  // Also when it is not called here: it may be passed to something that calls it.
  bool NameMayAct(frontend::Ref ref) {
    if (ref.kind == frontend::RefKind::Builtin) {
      return std::find(std::begin(kActing), std::end(kActing),
                       static_cast<runtime::BuiltinKind>(ref.index)) != std::end(kActing);
    }
    return ref.kind == frontend::RefKind::Function && FunctionMayAct(ref.index);
  }

  bool FunctionMayAct(frontend::FunctionId id) {
    const frontend::Function& function = program_.resolution.functions[id];
    if (function.kind == frontend::FunctionKind::Extern || function.is_memo) {
      return true;
    }
    // A function that calls itself acts when the rest of it does.
    const auto [entry, is_new] = functions_.emplace(id, false);
    if (is_new) {
      const bool may_act = MayAct(*function.decl->body);
      functions_[id] = may_act;
      return may_act;
    }
    return entry->second;
  }

  const frontend::Program& program_;
  std::map<frontend::FunctionId, bool> functions_;
};

class Finder {
 public:
  Finder(const frontend::Program& program, const infer::Inference& inference,
         const infer::Version& version)
      : program_(program), inference_(inference), version_(version), effects_(program) {}

  std::vector<std::string> Find(const Expr& body) {
    CollectReads(body);
    Visit(body, Use::Used);
    return std::move(sentences_);
  }

 private:
  enum class Use { Used, Dropped };

  // The bench's own locals that are read: by name, or when a lambda or a stored generator is made.
  void CollectReads(const Expr& e) {
    if (e.kind == ExprKind::Name) {
      AddRead(program_.resolution.names[e.id]);
    }
    const frontend::FunctionId inner = program_.resolution.function_of_expr[e.id];
    if (inner == 0) {
      ForEachOperand(e, [&](const Expr& child) { CollectReads(child); });
      return;
    }
    for (const frontend::Capture& capture : program_.resolution.functions[inner].captures) {
      AddRead(capture.outer);
    }
    if (const auto* generator = frontend::DynCast<frontend::ComprehensionExpr>(e)) {
      CollectReads(*generator->clauses.front().source);
    }
  }

  void AddRead(frontend::Ref ref) {
    if (ref.kind == frontend::RefKind::Local) {
      read_locals_.insert(ref.index);
    }
  }

  // Every expression below `e` in the bench's own frame; those in whose place no value is wanted
  // are judged.
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
    } else if (const auto* let = frontend::DynCast<frontend::LetExpr>(e)) {
      Visit(*let->value, Use::Used);
      const frontend::Ref ref = program_.resolution.bindings[let->binding.id];
      if (ref.kind == frontend::RefKind::Local && !read_locals_.contains(ref.index)) {
        JudgeDropped(e, *let->value);
      }
    } else {
      if (use == Use::Dropped) {
        JudgeDropped(e, e);
      }
      if (e.kind != ExprKind::Lambda && e.kind != ExprKind::Comprehension) {
        ForEachOperand(e, [&](const Expr& child) { Visit(child, Use::Used); });
      }
    }
  }

  // `place` is named, `value` is what nobody uses.
  void JudgeDropped(const Expr& place, const Expr& value) {
    const runtime::TypeId type = inference_.ExprType(version_, value);
    if (inference_.types().Get(type).kind == runtime::TypeKind::Seq) {
      Say(place,
          "makes a sequence that nobody consumes, so it does nothing: wrap it in sum() or list()");
    } else if (type != runtime::kNone && type != runtime::kNever && type != runtime::kAny &&
               IsWork(value) && !HasEffect(value)) {
      Say(place,
          "computes a value that nobody uses, so a compiler may leave it out: wrap it in keep()");
    }
  }

  static bool IsWork(const Expr& e) {
    switch (e.kind) {
      case ExprKind::Int:
      case ExprKind::Float:
      case ExprKind::Str:
      case ExprKind::Bool:
      case ExprKind::None:
      case ExprKind::Name:
      case ExprKind::Lambda:
        return false;
      case ExprKind::List:
      case ExprKind::Comprehension:
      case ExprKind::Unary:
      case ExprKind::Binary:
      case ExprKind::Logical:
      case ExprKind::Call:
      case ExprKind::Index:
      case ExprKind::Block:
      case ExprKind::Let:
      case ExprKind::Assign:
      case ExprKind::If:
      case ExprKind::While:
      case ExprKind::For:
      case ExprKind::Break:
      case ExprKind::Continue:
      case ExprKind::Return:
      case ExprKind::Yield:
        break;
    }
    return true;
  }

  bool HasEffect(const Expr& e) {
    return (program_.resolution.effects[e.id] & frontend::kExits) != 0 || Assigns(e) ||
           effects_.MayAct(e);
  }

  static bool Assigns(const Expr& e) {
    bool assigns = e.kind == ExprKind::Assign;
    ForEachOperand(e, [&](const Expr& child) { assigns = assigns || Assigns(child); });
    return assigns;
  }

  void Say(const Expr& e, std::string_view what) {
    const frontend::SourceFile& source = *program_.source;
    const uint32_t line = source.NameOf(source.Locate(e.span.begin).line).line;
    sentences_.push_back(fmt::format("line {} {}", line, what));
  }

  const frontend::Program& program_;
  const infer::Inference& inference_;
  const infer::Version& version_;
  Effects effects_;
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
