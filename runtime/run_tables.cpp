// Literals, C functions and memo tables by name; defaults and declared types of
// parameters at calls of values.

#include "runtime/run_tables.h"

#include <algorithm>

#include "runtime/builtins.h"
#include "runtime/error_texts.h"
#include "runtime/ops.h"
#include "runtime/rep.h"

namespace runtime {

using frontend::Expr;

RunTables::RunTables(Context& context, std::function<TypeId(frontend::GlobalId)> global_type)
    : globals(context.program.resolution.globals.size(), Value::None()),
      global_set(context.program.resolution.globals.size()),
      context_(context),
      global_type_(std::move(global_type)),
      externs_(context.program.resolution.functions.size()) {}

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

bool RunTables::GlobalValue(frontend::GlobalId global, Value* out) {
  if (global_set[global] == 0) {
    return context_.Fail(UnsetText(context_.program.resolution.globals[global].name));
  }
  const TypeId type = global_type_(global);
  const Rep rep = RepOf(context_.types, type);
  const Value& held = globals[global];
  *out = Retain(rep == Rep::Value ? held : Box(rep, type, context_.types, held.bits));
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

// Defaults are constant expressions: literals, names of constants and globals,
// operators and lists. The result is owned; false: failed.
bool RunTables::EvaluateDefault(const Expr& e, Value* out) {
  if (const auto* i = frontend::DynCast<frontend::IntExpr>(e)) {
    *out = Value::Int(i->value);
    return true;
  }
  if (const auto* d = frontend::DynCast<frontend::FloatExpr>(e)) {
    *out = Value::Float(d->value);
    return true;
  }
  if (const auto* b = frontend::DynCast<frontend::BoolExpr>(e)) {
    *out = Value::Bool(b->value);
    return true;
  }
  if (const auto* s = frontend::DynCast<frontend::StrExpr>(e)) {
    Str* text = Literal(s->value);
    if (text == nullptr) {
      return context_.FailMemory();
    }
    *out = Value::Of(Retain(text));
    return true;
  }
  if (e.kind == frontend::ExprKind::Name) {
    const frontend::Ref ref = context_.program.resolution.names[e.id];
    if (ref.kind != frontend::RefKind::Builtin) {
      return GlobalValue(ref.index, out);
    }
    *out = Value::Float(ConstantValue(static_cast<BuiltinKind>(ref.index)));
    return true;
  }
  if (const auto* u = frontend::DynCast<frontend::UnaryExpr>(e)) {
    Value operand;
    if (!EvaluateDefault(*u->operand, &operand)) {
      return false;
    }
    const bool done = u->op == frontend::UnaryOp::Not ? Not(context_, operand, out)
                                                      : Negate(context_, operand, out);
    Release(operand);
    return done;
  }
  if (const auto* o = frontend::DynCast<frontend::BinaryExpr>(e)) {
    Value left;
    Value right;
    if (!EvaluateDefault(*o->left, &left) || !EvaluateDefault(*o->right, &right)) {
      return false;
    }
    const bool done = Binary(context_, o->op, left, right, out);
    Release(left);
    Release(right);
    return done;
  }
  if (const auto* l = frontend::DynCast<frontend::ListExpr>(e)) {
    std::vector<Value> items;
    for (const Expr* item : l->items) {
      Value value;
      if (!EvaluateDefault(*item, &value)) {
        return false;
      }
      items.push_back(value);
    }
    List* list = NewListFromValues(context_, items);
    for (const Value item : items) {
      Release(item);
    }
    if (list == nullptr) {
      return false;
    }
    *out = Value::Of(list);
    return true;
  }
  *out = Value::None();
  return true;
}

}  // namespace runtime
