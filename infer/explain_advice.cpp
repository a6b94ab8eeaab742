// The edit that would settle a type. Each kind is applied in tests/infer/unsettled_test.cpp, after
// which nothing is unsettled any more.

#include "frontend/walk.h"
#include "infer/explain.h"

namespace infer {

using frontend::Cast;
using frontend::DynCast;
using frontend::Expr;
using frontend::ExprKind;
using frontend::LocalId;
using runtime::kNever;

namespace {

constexpr LocalId kNoLocal = UINT32_MAX;
constexpr std::string_view kOneType = "give every path a value of one type";

// What the value of an expression is in the end: the last item of a block.
const Expr& Tail(const Expr& expr) {
  const Expr* tail = &expr;
  while (const auto* block = DynCast<frontend::BlockExpr>(*tail)) {
    if (block->items.empty()) {
      break;
    }
    tail = block->items.back();
  }
  return *tail;
}

}  // namespace

std::string Explainer::PlaceOf(frontend::Span span) const {
  const frontend::Place place = program_.source->Locate(span.begin);
  return std::to_string(place.line) + ":" + std::to_string(place.column);
}

std::string Explainer::NumberAdvice(const Origin& number) const {
  if (number.expr == nullptr) {
    return "make the int at " + PlaceOf(number.span) + " a float";
  }
  const Expr& value = Tail(*number.expr);
  const std::string at = " at " + PlaceOf(value.span);
  const std::string text(program_.source->text(value.span));
  if (value.kind == ExprKind::Int) {
    return "write `" + text + ".0` instead of `" + text + "`" + at;
  }
  const std::string quoted = Quote(value);
  return quoted.front() == '`' ? "write `float(" + text + ")` instead of " + quoted + at
                               : "make the int" + at + " a float";
}

std::string Explainer::Advice(const Origins& origins, std::string_view otherwise) const {
  if (origins.second.type == kNever) {
    return {};
  }
  for (const auto& [whole, real] :
       {std::pair(&origins.first, &origins.second), std::pair(&origins.second, &origins.first)}) {
    if (whole->type == runtime::kInt && real->type == runtime::kFloat) {
      return NumberAdvice(*whole);
    }
  }
  return std::string(otherwise);
}

std::string Explainer::SettleAdvice(const Origins& origins, LocalId self) const {
  if (origins.any.type == kNever || origins.any.expr == nullptr) {
    return {};
  }
  const Expr& value = Tail(*origins.any.expr);
  if (const auto* branching = DynCast<frontend::IfExpr>(value)) {
    return Advice(BranchesOf(*branching), kOneType);
  }
  if (value.kind != ExprKind::Name) {
    return {};
  }
  const frontend::Ref ref = resolution_.names[value.id];
  const bool is_reported = ref.kind == frontend::RefKind::Local && ref.index != self &&
                           version_.locals[ref.index] == runtime::kAny;
  return is_reported ? "settle " + Quote(value) : "";
}

std::string Explainer::LocalAdvice(LocalId local) const {
  const Origins& origins = locals_[local];
  if (origins.second.type != kNever) {
    return Advice(origins,
                  "give what it is at " + PlaceOf(origins.second.span) + " a name of its own");
  }
  if (std::string advice = SettleAdvice(origins, local); !advice.empty()) {
    return advice;
  }
  const std::string name(function_.locals[local].name);
  if (local < function_.param_count) {
    return "declare the parameter's type, as in `" + name + ": int`";
  }
  return lets_[local] != nullptr ? "declare its type, as in `" + name + ": int`" : "";
}

std::string Explainer::ResultAdvice(const Origins& origins) const {
  if (origins.second.type != kNever) {
    return Advice(origins, kOneType);
  }
  if (std::string advice = SettleAdvice(origins, kNoLocal); !advice.empty()) {
    return advice;
  }
  return function_.decl != nullptr ? "declare what it returns, as in `-> int`" : "";
}

std::string Explainer::YieldAdvice(const Origins& origins) const {
  return Advice(origins, "yield values of one type");
}

std::string Explainer::ListAdvice(const OpenList& list) const {
  const CellCause& cause = list.cause;
  const auto named = names_.find(list.expr);
  const std::string name = named == names_.end() ? "xs" : std::string(named->second);
  switch (cause.kind) {
    case CellCause::Kind::None:
    case CellCause::Kind::TooDeep:
      return {};
    case CellCause::Kind::NeverFilled:
    case CellCause::Kind::Escaped:
      return "declare its type, as in `" + name + ": list[int]`";
    case CellCause::Kind::Mixed: {
      Origins origins;
      origins.first = {lattice_.Final(cause.first), cause.first_span, nullptr};
      origins.second = {lattice_.Final(cause.second), cause.second_span, nullptr};
      return Advice(origins, "keep values of one type in a list");
    }
  }
  return {};
}

}  // namespace infer
