#pragma once
// All versions of a program's functions, and the fixpoint over them.
//
// A request from outside opens a session: the version asked for and all that
// it calls are analysed together until nothing changes, then they are final.
// Callees are analysed where a pass first meets them, so that straight-line
// code needs one pass; what recursion leaves stale is queued.
//
// What a session may still change are only types that it made itself: final
// versions hold no cells. A top-level list that functions can see is shared
// with code not analysed yet, so those functions are analysed for arguments of
// type Any in the session that makes the list: no other version of them can
// store more than that one.

#include <cstdint>
#include <deque>
#include <span>
#include <unordered_map>
#include <vector>

#include "frontend/program.h"
#include "infer/infer.h"
#include "infer/lattice.h"
#include "infer/worklist.h"
#include "runtime/type.h"

namespace infer {

class Versions {
 public:
  Versions(const frontend::Program& program, runtime::TypeTable& types);

  // See Inference.
  VersionId Request(frontend::FunctionId function, std::span<const TypeId> args);
  const Version& Get(VersionId id) const { return versions_[id]; }
  size_t count() const { return versions_.size(); }
  TypeId GlobalType(frontend::GlobalId global);
  // The version that holds the types of the default expressions of parameters.
  VersionId top() const { return top_; }

  // For the passes over bodies (analysis.h).
  const frontend::Program& program() const { return program_; }
  const frontend::Resolution& resolution() const { return program_.resolution; }
  runtime::TypeTable& types() { return types_; }
  Lattice& lattice() { return lattice_; }
  Worklist& worklist() { return worklist_; }
  Version& version(VersionId id) { return versions_[id]; }
  // The version for arguments that parameters have accepted.
  VersionId Require(frontend::FunctionId function, std::vector<TypeId> args);
  TypeId ResultOf(VersionId id);
  TypeId YieldedOf(VersionId id);
  TypeId ReadGlobal(frontend::GlobalId global);
  void JoinGlobal(frontend::GlobalId global, TypeId type);
  TypeId ReadDefault(const frontend::Expr& value);
  void SetDefault(const frontend::Expr& value, TypeId type);
  void JoinResult(VersionId id, TypeId type);
  void JoinYielded(VersionId id, TypeId type);
  // The open list that an expression of the version makes.
  TypeId OpenListOf(VersionId id, const frontend::Expr& literal);
  TypeId FunctionType(frontend::FunctionId function);
  // True when all code has come to rest and `id`'s pass may conclude that a
  // sequence still without elements has none; else the pass is repeated then.
  bool IsAtRest(VersionId id);

  // How deep the passes now running stand in expressions.
  uint32_t nesting = 0;

 private:
  struct Grown {
    TypeId type = runtime::kNever;
    Readers readers;
  };
  struct Literal {
    const frontend::Expr* expr;
    TypeId list;
  };
  struct State {
    Readers readers;  // of result and yielded
    VersionId shape;  // literals' cells are shared with the versions of this shape
    bool is_final = false;
    bool is_capped = false;        // stands for the versions beyond kMaxVersions
    bool has_open_result = false;  // its results reach code that is not known
    std::vector<Literal> literals;
  };

  VersionId Find(frontend::FunctionId function, std::span<const TypeId> args);
  VersionId FindShape(frontend::FunctionId function, std::span<const TypeId> args);
  VersionId Create(frontend::FunctionId function, std::vector<TypeId> args);
  TypeId AcceptParam(const frontend::Function& function, size_t index, TypeId argument);
  void SetExternResult(Version& version);
  void Analyse(VersionId id);
  void Drain();
  void Settle();
  void OpenGlobals();
  void OpenResult(VersionId id);
  bool CloseOpenEnds();

  // publish.cpp
  void Publish();
  void Finalize(VersionId id);
  void MergeEqual();
  void Explain(VersionId id);

  const frontend::Program& program_;
  runtime::TypeTable& types_;
  Worklist worklist_;
  Lattice lattice_;
  std::deque<Version> versions_;
  std::deque<State> states_;
  std::vector<std::vector<VersionId>> by_function_;
  std::vector<TypeId> function_types_;  // by FunctionId; kNever: not made yet
  std::vector<Grown> globals_;
  std::unordered_map<frontend::ExprId, Grown> defaults_;
  std::unordered_map<uint64_t, TypeId> open_lists_;  // by shape and ExprId
  std::vector<VersionId> merged_into_;               // of the session; kNoVersion: itself
  std::vector<VersionId> without_elements_;          // wait for rest
  VersionId top_ = kNoVersion;
  VersionId first_version_ = 0;  // of the session
  uint32_t first_cell_ = 0;      // of the session
  bool is_at_rest_ = false;
};

}  // namespace infer
