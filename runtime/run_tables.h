#pragma once
// What one run makes once and looks up from then on, whatever engines run it;
// and calls of values, whose arguments meet their parameters at run time.
// Engines that share a run share its tables.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "frontend/program.h"
#include "runtime/backend.h"
#include "runtime/context.h"
#include "runtime/extern.h"
#include "runtime/memo.h"
#include "runtime/value.h"

namespace runtime {

class RunTables {
 public:
  // `global_type`: what type a top-level let has, once its version is known.
  RunTables(Context& context, std::function<TypeId(frontend::GlobalId)> global_type);
  // Gives back what the tables hold; after an error it may be half done, and is left to the heap.
  ~RunTables();
  RunTables(const RunTables&) = delete;
  RunTables& operator=(const RunTables&) = delete;

  // String literals are made once; the tables hold a reference to each. Null
  // when the heap's limit is reached.
  Str* Literal(std::string_view text);
  // Bound at the first call; null, with context.failure set, when refused.
  ExternFunction* Extern(frontend::FunctionId function);
  // One table a memo function, whatever the version: the keys carry their types.
  MemoTable* Memo(frontend::FunctionId function);
  // `more_hits`: those that an engine counts itself.
  std::vector<WorkCounters::Memo> MemoCounters(
      const std::function<uint64_t(const MemoTable*)>& more_hits = {}) const;
  // Keeps a result; false when the heap's limit is reached. One that replaces another is announced
  // to on_memo_replaced, for copies of what the table holds; it may be empty.
  bool InsertMemo(MemoTable* table, const Value* key, Value result);
  std::function<void(const MemoTable*)> on_memo_replaced;

  // Top-level lets by GlobalId: boxed, or typed by their type, which leaves the tag unused. Engines
  // read and write them in place.
  std::vector<Value> globals;
  std::vector<uint8_t> global_set;  // not 0: its let has run
  bool has_failed = false;  // the run has ended with an error
  // The owned value of a top-level let; false, with context.failure set, when it has not run.
  bool GlobalValue(frontend::GlobalId global, Value* out);

  // False, with context.failure set, when the function does not take so many arguments.
  bool CheckCount(const frontend::Function& function, uint64_t given);
  // Parameters as the function declares them: checked, converted, defaulted.
  // Takes over the arguments; `values` has room for all parameters. False, with
  // context.failure set: then *refused is the argument at fault, -1 for a default.
  bool Accept(const frontend::Function& function, std::span<const Value> args, Value* values,
              int32_t* refused);

 private:
  // The value of a top-level let that has run, borrowed.
  Value Held(frontend::GlobalId global) const;
  bool EvaluateDefault(const frontend::Expr& e, Value* out);
  bool EvaluateUnary(const frontend::UnaryExpr& e, Value* out);
  bool EvaluateBinary(const frontend::BinaryExpr& e, Value* out);
  bool EvaluateLogical(const frontend::LogicalExpr& e, Value* out);
  bool EvaluateList(const frontend::ListExpr& e, Value* out);

  Context& context_;
  std::function<TypeId(frontend::GlobalId)> global_type_;
  std::vector<std::unique_ptr<ExternFunction>> externs_;  // by FunctionId
  std::unordered_map<std::string_view, Str*> literals_;
  std::map<frontend::FunctionId, std::unique_ptr<MemoTable>> memos_;
};

}  // namespace runtime
