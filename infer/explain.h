#pragma once
// Why values of a version are not settled, and which edit would settle them, in words.

#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "frontend/program.h"
#include "infer/infer.h"
#include "infer/lattice.h"

namespace infer {

// A list whose elements are Any although they were inferred.
struct OpenList {
  const frontend::Expr* expr;
  CellCause cause;
};

// Whether the version stands for those beyond kMaxVersions.
enum class Capped : uint8_t { No, Yes };

class Explainer {
 public:
  // `lattice` is asked about final types only.
  Explainer(const frontend::Program& program, runtime::TypeTable& types, Lattice& lattice,
            const std::deque<Version>& versions, Version& version);

  // Fills version.unsettled, in source order.
  void Run(std::span<const OpenList> lists, Capped capped);

 private:
  // A type that a name was given, and by what.
  struct Origin {
    TypeId type;
    frontend::Span span;
    const frontend::Expr* expr;  // null: by the caller
  };
  // The first two types that differ, and the first that is Any.
  struct Origins {
    Origin first{};
    Origin second{};
    Origin any{};

    void Add(const Origin& origin);
  };

  bool HasAny() const;
  void Collect(const frontend::Expr& root);
  void CollectFrom(const frontend::Expr& expr);
  void AddTo(const frontend::Binding& binding, const Origin& origin);
  void AddAssigned(const frontend::AssignExpr& assign);
  void ExplainLocals(Capped capped);
  void ExplainResult();
  void ExplainList(const OpenList& list);
  void ExplainExpr(const frontend::Expr& expr);
  std::string Reason(const Origins& origins, frontend::LocalId self) const;
  // The edits (explain_advice.cpp). `otherwise`: when the types are no two kinds of number.
  std::string Advice(const Origins& origins, std::string_view otherwise) const;
  std::string NumberAdvice(const Origin& number) const;
  // A name other than `self` whose own reason is the one, or what branches differ in.
  std::string SettleAdvice(const Origins& origins, frontend::LocalId self) const;
  std::string LocalAdvice(frontend::LocalId local) const;
  std::string ResultAdvice(const Origins& origins) const;
  std::string YieldAdvice(const Origins& origins) const;
  std::string ListAdvice(const OpenList& list) const;
  std::string PlaceOf(frontend::Span span) const;
  // How `expr` came to be Any; empty: because of `self` alone.
  std::string Source(const frontend::Expr& expr, frontend::LocalId self) const;
  Origins BranchesOf(const frontend::IfExpr& branching) const;
  std::string CallSource(const frontend::CallExpr& call, frontend::LocalId self) const;
  std::string Mixed(const Origin& first, const Origin& second) const;
  std::string Quote(const frontend::Expr& expr) const;
  std::string LineOf(frontend::Span span) const;
  std::string ListQuote(const frontend::Expr& list) const;
  TypeId TypeOf(const frontend::Expr& expr) const;
  void Report(frontend::Span span, std::string what, std::string reason, std::string advice = {});

  const frontend::Program& program_;
  const frontend::Resolution& resolution_;
  runtime::TypeTable& types_;
  Lattice& lattice_;
  const std::deque<Version>& versions_;
  Version& version_;
  const frontend::Function& function_;
  std::vector<Origins> locals_;
  std::vector<const frontend::LetExpr*> lets_;  // by local: what declares it, where a `let` does
  Origins results_;
  Origins yields_;
  std::vector<const frontend::Expr*> exprs_;                           // those that may need a word
  std::unordered_map<const frontend::Expr*, std::string_view> names_;  // list -> its `let`
};

}  // namespace infer
