#pragma once
// Types of every expression for (function, argument types). Knows no engine:
// the interpreter builds typed trees from it, compilers machine code.
//
// A Version is a function with the types of its arguments. Its tables say what
// type each local and expression has, or kAny where that is not settled before
// run time, with the reason. The analysis is a fixpoint over all versions
// reachable from a request. What it says is final: a later request adds
// versions and changes none, because a list whose element type is still being
// inferred is treated as dynamic as soon as it flows to a place of type Any
// (escape), so that no code discovered later can contradict it.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "frontend/program.h"
#include "runtime/type.h"

namespace infer {

using runtime::TypeId;
using VersionId = uint32_t;

inline constexpr VersionId kNoVersion = UINT32_MAX;

enum class Typing : uint8_t {
  Inferred,  // the analysis described above
  Boxed,     // nothing is known: one version per function, every type is kAny
};

// A value whose type is not settled, and why.
struct Unsettled {
  frontend::Span span;
  std::string what;    // "`total`", "the result of `f`", "an element of `xs`"
  std::string reason;  // "is int at line 4 and float at line 6"
  std::string advice;  // "write `0.0` instead of `0` at 4:9"; empty: no edit is known to help
};

struct Version {
  frontend::FunctionId function;
  // Parameters, then captures, as the body sees them (declared types applied).
  std::vector<TypeId> params;
  // What a call returns; for a function that yields, kSeq of the yielded type.
  TypeId result = runtime::kNever;
  TypeId yielded = runtime::kNever;
  std::vector<TypeId> locals;  // by LocalId
  std::vector<TypeId> exprs;   // by ExprId - first_expr
  // By the same index: for calls of one known function of the program, the
  // version called (for a function that yields, the one that makes the
  // sequence's elements), and for generators that are stored; else kNoVersion.
  std::vector<VersionId> callees;
  std::vector<Unsettled> unsettled;
};

class Inference {
 public:
  Inference(const frontend::Program& program, runtime::TypeTable& types, Typing typing);
  ~Inference();

  // The version for arguments of these types: one per parameter (defaulted
  // ones included), then one per capture. Cheap when it exists already. Beyond
  // kMaxVersions of one function, the version with all types kAny.
  VersionId Request(frontend::FunctionId function, std::span<const TypeId> args);
  const Version& Get(VersionId id) const;
  size_t version_count() const;

  TypeId ExprType(const Version& version, const frontend::Expr& expr) const;
  VersionId Callee(const Version& version, const frontend::Expr& call) const;
  TypeId GlobalType(frontend::GlobalId global) const;
  const runtime::TypeTable& types() const;

  // The parameter's type when an argument of type `argument` meets the
  // declaration: kNever when it can not fit, the declared type when it is
  // checked or converted, else `argument`.
  TypeId Accept(const frontend::TypeExpr* declared, TypeId argument);
  // What a `for` over a value of this type yields; kNever when it is no sequence.
  TypeId ElementOf(TypeId source) const;

  static constexpr size_t kMaxVersions = 16;

 private:
  class Solver;
  std::unique_ptr<Solver> solver_;
};

}  // namespace infer
