// Literals, C functions and memo tables by name; defaults and declared types of
// parameters at calls of values. Tests: tests/runtime/run_tables_test.cpp.

#include "runtime/run_tables.h"

#include <algorithm>

#include "frontend/check.h"
#include "runtime/builtins.h"
#include "runtime/error_texts.h"
#include "runtime/ops.h"
#include "runtime/rep.h"

namespace runtime {

using frontend::Cast;
using frontend::Expr;
using frontend::ExprKind;

RunTables::RunTables(Context& context, std::function<TypeId(frontend::GlobalId)> global_type)
    : globals(context.program.resolution.globals.size(), Value::None()),
      global_set(context.program.resolution.globals.size()),
      context_(context),
      global_type_(std::move(global_type)),
      externs_(context.program.resolution.functions.size()) {}

RunTables::~RunTables() {
  if (has_failed) {
    return;
  }
  for (frontend::GlobalId global = 0; global < globals.size(); ++global) {
    if (global_set[global] != 0) {
      Release(Held(global));
    }
  }
  for (const auto& [text, str] : literals_) {
    if (str != nullptr) {
      Release(str);
    }
  }
}

Str* RunTables::Literal(std::string_view text) {
  Str*& str = literals_[text];
  if (str == nullptr) {
    const auto starts =
        std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; });
    str = context_.heap.NewStr(text, static_cast<uint64_t>(starts));
  }
  return str;
}

ExternFunction* RunTables::Extern(frontend::FunctionId function) {
  if (externs_[function] == nullptr) {
    externs_[function] =
        ExternFunction::Bind(context_, *context_.program.resolution.functions[function].decl);
  }
  return externs_[function].get();
}

MemoTable* RunTables::Memo(frontend::FunctionId function) {
  auto& table = memos_[function];
  if (table == nullptr) {
    table =
        std::make_unique<MemoTable>(context_.program.resolution.functions[function].param_count);
  }
  return table.get();
}

std::vector<WorkCounters::Memo> RunTables::MemoCounters(
    const std::function<uint64_t(const MemoTable*)>& more_hits) const {
  std::vector<WorkCounters::Memo> counters;
  for (const auto& [function, table] : memos_) {
    counters.push_back({std::string(context_.program.resolution.functions[function].name),
                        table->hits() + (more_hits ? more_hits(table.get()) : 0), table->misses()});
  }
  return counters;
}

bool RunTables::InsertMemo(MemoTable* table, const Value* key, Value result) {
  const uint64_t size = table->size();
  if (!table->Insert(context_, key, result)) {
    return false;
  }
  if (table->size() == size && on_memo_replaced) {
    on_memo_replaced(table);
  }
  return true;
}

Value RunTables::Held(frontend::GlobalId global) const {
  const TypeId type = global_type_(global);
  const Rep rep = RepOf(context_.types, type);
  const Value& held = globals[global];
  return rep == Rep::Value ? held : Box(rep, type, context_.types, held.bits);
}

bool RunTables::GlobalValue(frontend::GlobalId global, Value* out) {
  if (global_set[global] == 0) {
    return context_.Fail(UnsetText(context_.program.resolution.globals[global].name));
  }
  *out = Retain(Held(global));
  return true;
}

bool RunTables::CheckCount(const frontend::Function& function, uint64_t given) {
  const std::span<const frontend::Param> params = function.params();
  if (given == params.size()) [[likely]] {
    return true;
  }
  size_t least = params.size();
  while (least > 0 && params[least - 1].default_value != nullptr) {
    --least;
  }
  if (given >= least && given <= params.size()) {
    return true;
  }
  return context_.Fail(ArgumentCountText(function.name, least, params.size(), given));
}

bool RunTables::Accept(const frontend::Function& function, std::span<const Value> args,
                       Value* values, int32_t* refused) {
  const std::span<const frontend::Param> params = function.params();
  std::copy(args.begin(), args.end(), values);
  for (size_t i = 0; i < params.size(); ++i) {
    *refused = i < args.size() ? static_cast<int32_t>(i) : -1;
    if (i >= args.size() && !EvaluateDefault(*params[i].default_value, &values[i])) {
      return false;
    }
    if (params[i].type != nullptr &&
        !CheckDeclared(context_, context_.types.FromDeclaration(*params[i].type),
                       params[i].binding.name, &values[i])) {
      return false;
    }
  }
  return true;
}

// Defaults are constant expressions: ResolveDefault lets nothing else pass.
// The result is owned; false: failed, with nothing left behind and `out` as it was.
bool RunTables::EvaluateDefault(const Expr& e, Value* out) {
  switch (e.kind) {
    case ExprKind::Int:
      *out = Value::Int(Cast<frontend::IntExpr>(e).value);
      return true;
    case ExprKind::Float:
      *out = Value::Float(Cast<frontend::FloatExpr>(e).value);
      return true;
    case ExprKind::Bool:
      *out = Value::Bool(Cast<frontend::BoolExpr>(e).value);
      return true;
    case ExprKind::None:
      *out = Value::None();
      return true;
    case ExprKind::Str: {
      Str* text = Literal(Cast<frontend::StrExpr>(e).value);
      if (text == nullptr) {
        return context_.FailMemory();
      }
      *out = Value::Of(Retain(text));
      return true;
    }
    case ExprKind::Name: {
      const frontend::Ref ref = context_.program.resolution.names[e.id];
      if (ref.kind != frontend::RefKind::Builtin) {
        return GlobalValue(ref.index, out);
      }
      *out = Value::Float(ConstantValue(static_cast<BuiltinKind>(ref.index)));
      return true;
    }
    case ExprKind::Unary:
      return EvaluateUnary(Cast<frontend::UnaryExpr>(e), out);
    case ExprKind::Binary:
      return EvaluateBinary(Cast<frontend::BinaryExpr>(e), out);
    case ExprKind::Logical:
      return EvaluateLogical(Cast<frontend::LogicalExpr>(e), out);
    case ExprKind::List:
      return EvaluateList(Cast<frontend::ListExpr>(e), out);
    case ExprKind::Comprehension:
    case ExprKind::Call:
    case ExprKind::Index:
    case ExprKind::Lambda:
    case ExprKind::Block:
    case ExprKind::Let:
    case ExprKind::Assign:
    case ExprKind::If:
    case ExprKind::While:
    case ExprKind::For:
    case ExprKind::Return:
    case ExprKind::Break:
    case ExprKind::Continue:
    case ExprKind::Yield:
      break;
  }
  LAB_CHECK(false);
  return false;
}

bool RunTables::EvaluateUnary(const frontend::UnaryExpr& e, Value* out) {
  Value operand;
  if (!EvaluateDefault(*e.operand, &operand)) {
    return false;
  }
  const bool done =
      e.op == frontend::UnaryOp::Not ? Not(context_, operand, out) : Negate(context_, operand, out);
  Release(operand);
  return done;
}

bool RunTables::EvaluateBinary(const frontend::BinaryExpr& e, Value* out) {
  const std::vector<const frontend::BinaryExpr*> spine = frontend::LeftSpine(e);
  Value left;
  if (!EvaluateDefault(*spine.front()->left, &left)) {
    return false;
  }
  for (const frontend::BinaryExpr* step : spine) {
    Value right;
    if (!EvaluateDefault(*step->right, &right)) {
      Release(left);
      return false;
    }
    Value result;
    const bool done = Binary(context_, step->op, left, right, &result);
    Release(left);
    Release(right);
    if (!done) {
      return false;
    }
    left = result;
  }
  *out = left;
  return true;
}

bool RunTables::EvaluateLogical(const frontend::LogicalExpr& e, Value* out) {
  const bool decides = e.op == frontend::LogicalOp::Or;
  bool truth = false;
  for (const Expr* operand : e.operands) {
    Value value;
    if (!EvaluateDefault(*operand, &value)) {
      return false;
    }
    const bool is_bool = Truth(context_, value, &truth);
    Release(value);
    if (!is_bool) {
      return false;
    }
    if (truth == decides) {
      break;
    }
  }
  *out = Value::Bool(truth);
  return true;
}

bool RunTables::EvaluateList(const frontend::ListExpr& e, Value* out) {
  std::vector<Value> items;
  bool done = true;
  for (const Expr* item : e.items) {
    Value value;
    done = EvaluateDefault(*item, &value);
    if (!done) {
      break;
    }
    items.push_back(value);
  }
  List* list = done ? NewListFromValues(context_, items) : nullptr;
  for (const Value item : items) {
    Release(item);
  }
  if (list == nullptr) {
    return false;
  }
  *out = Value::Of(list);
  return true;
}

}  // namespace runtime
