// Reasons. Walks a version whose types are final, if anything in it is Any,
// and remembers what each name, result and yield was made of: two types that
// differ are the reason, else whatever came in as Any. Test: tests/infer/unsettled_test.cpp.

#include "infer/explain.h"

#include <algorithm>
#include <utility>

#include "frontend/walk.h"
#include "infer/operators.h"

namespace infer {

using frontend::Cast;
using frontend::DynCast;
using frontend::Expr;
using frontend::ExprKind;
using frontend::FunctionKind;
using frontend::LocalId;
using frontend::RefKind;
using frontend::Span;
using runtime::kAny;
using runtime::kNever;
using runtime::TypeKind;

namespace {

constexpr LocalId kNoLocal = UINT32_MAX;
constexpr const char* kUnknown = "is not known before run time";

std::string TooDeep() {
  return "nests more than " + std::to_string(runtime::TypeTable::kMaxDepth) + " lists";
}

}  // namespace

Explainer::Explainer(const frontend::Program& program, runtime::TypeTable& types, Lattice& lattice,
                     const std::deque<Version>& versions, Version& version)
    : program_(program),
      resolution_(program.resolution),
      types_(types),
      lattice_(lattice),
      versions_(versions),
      version_(version),
      function_(program.resolution.functions[version.function]),
      locals_(version.locals.size()),
      lets_(version.locals.size()) {}

void Explainer::Origins::Add(const Origin& origin) {
  if (origin.type == kNever) {
    return;
  }
  if (origin.type == kAny) {
    any = any.type == kNever ? origin : any;
  } else if (first.type == kNever) {
    first = origin;
  } else if (second.type == kNever && first.type != origin.type) {
    second = origin;
  }
}

bool Explainer::HasAny() const {
  const auto is_open = [&](TypeId type) { return types_.Get(type).is_open; };
  return is_open(version_.result) || is_open(version_.yielded) ||
         std::any_of(version_.locals.begin(), version_.locals.end(), is_open) ||
         std::any_of(version_.exprs.begin(), version_.exprs.end(), is_open);
}

void Explainer::Run(std::span<const OpenList> lists, Capped capped) {
  if (!HasAny()) {
    return;
  }
  switch (function_.kind) {
    case FunctionKind::Top:
      for (const frontend::Item& item : program_.items) {
        if (item.expr != nullptr) {
          Collect(*item.expr);
        }
      }
      break;
    case FunctionKind::Generator: {
      const frontend::ComprehensionExpr& generator = *function_.generator;
      AddTo(generator.clauses[0].variable,
            {lattice_.ElementOf(version_.params[0]), generator.clauses[0].source->span, nullptr});
      CollectFrom(generator);
      yields_.Add({TypeOf(*generator.element), generator.element->span, generator.element});
      break;
    }
    case FunctionKind::Def:
    case FunctionKind::Bench:
    case FunctionKind::Lambda: {
      const Expr& body = function_.lambda ? *function_.lambda->body : *function_.decl->body;
      Collect(body);
      results_.Add({TypeOf(body), body.span, &body});
      break;
    }
    case FunctionKind::Extern:
      return;
  }
  ExplainLocals(capped);
  ExplainResult();
  for (const Expr* expr : exprs_) {
    ExplainExpr(*expr);
  }
  for (const OpenList& list : lists) {
    ExplainList(list);
  }
  std::stable_sort(
      version_.unsettled.begin(), version_.unsettled.end(),
      [](const Unsettled& a, const Unsettled& b) { return a.span.begin < b.span.begin; });
}

TypeId Explainer::TypeOf(const Expr& expr) const {
  return version_.exprs[expr.id - function_.first_expr];
}

void Explainer::AddTo(const frontend::Binding& binding, const Origin& origin) {
  const frontend::Ref ref = resolution_.bindings[binding.id];
  if (ref.kind == RefKind::Local) {
    locals_[ref.index].Add(origin);
  }
}

// Without recursion: left spines may be long.
void Explainer::Collect(const Expr& root) {
  std::vector<const Expr*> open{&root};
  while (!open.empty()) {
    const Expr& expr = *open.back();
    open.pop_back();
    const bool is_stored = resolution_.function_of_expr[expr.id] != 0;
    if (is_stored && expr.kind == ExprKind::Lambda) {
      continue;
    }
    if (is_stored) {
      open.push_back(Cast<frontend::ComprehensionExpr>(expr).clauses[0].source);
      continue;
    }
    CollectFrom(expr);
    const size_t base = open.size();
    frontend::ForEachChild(expr, [&](const Expr& child) { open.push_back(&child); });
    std::reverse(open.begin() + static_cast<std::ptrdiff_t>(base), open.end());
  }
}

void Explainer::CollectFrom(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::Let: {
      const auto& let = Cast<frontend::LetExpr>(expr);
      AddTo(let.binding, {lattice_.Accept(let.type, TypeOf(*let.value)), let.span, let.value});
      if (types_.Kind(TypeOf(*let.value)) == TypeKind::List) {
        names_.emplace(let.value, let.binding.name);
      }
      const frontend::Ref ref = resolution_.bindings[let.binding.id];
      if (ref.kind == RefKind::Local) {
        lets_[ref.index] = &let;
      }
      if (ref.kind == RefKind::Global && TypeOf(*let.value) == kAny && let.type == nullptr) {
        const std::string source = Source(*let.value, kNoLocal);
        Report(let.binding.span, "`" + std::string(let.binding.name) + "`",
               source.empty() ? kUnknown : source,
               "declare its type, as in `" + std::string(let.binding.name) + ": int`");
      }
      return;
    }
    case ExprKind::Assign:
      AddAssigned(Cast<frontend::AssignExpr>(expr));
      return;
    case ExprKind::For: {
      const auto& loop = Cast<frontend::ForExpr>(expr);
      AddTo(loop.variable,
            {lattice_.ElementOf(TypeOf(*loop.source)), loop.source->span, loop.source});
      return;
    }
    case ExprKind::Comprehension: {
      const auto& comprehension = Cast<frontend::ComprehensionExpr>(expr);
      const bool is_function = function_.generator == &comprehension;
      for (const frontend::Clause& clause : comprehension.clauses) {
        const bool is_first = &clause == &comprehension.clauses.front();
        if (is_function && !is_first) {
          Collect(*clause.source);
        }
        if (clause.is_for && !(is_function && is_first)) {
          AddTo(clause.variable,
                {lattice_.ElementOf(TypeOf(*clause.source)), clause.source->span, clause.source});
        }
      }
      if (is_function) {
        Collect(*comprehension.element);
      }
      return;
    }
    case ExprKind::Return: {
      const auto& statement = Cast<frontend::ReturnExpr>(expr);
      results_.Add({statement.value ? TypeOf(*statement.value) : runtime::kNone, expr.span,
                    statement.value});
      return;
    }
    case ExprKind::Yield: {
      const Expr& value = *Cast<frontend::YieldExpr>(expr).value;
      yields_.Add({TypeOf(value), expr.span, &value});
      return;
    }
    case ExprKind::List:
    case ExprKind::Call:
      exprs_.push_back(&expr);
      return;
    case ExprKind::Int:
    case ExprKind::Float:
    case ExprKind::Str:
    case ExprKind::Bool:
    case ExprKind::None:
    case ExprKind::Name:
    case ExprKind::Unary:
    case ExprKind::Binary:
    case ExprKind::Logical:
    case ExprKind::Index:
    case ExprKind::Lambda:
    case ExprKind::Block:
    case ExprKind::If:
    case ExprKind::While:
    case ExprKind::Break:
    case ExprKind::Continue:
      return;
  }
}

void Explainer::AddAssigned(const frontend::AssignExpr& assign) {
  if (assign.target->kind != ExprKind::Name) {
    return;
  }
  const LocalId local = resolution_.names[assign.target->id].index;
  TypeId type = TypeOf(*assign.value);
  if (assign.is_compound) {
    type = BinaryType(lattice_, types_, assign.op, version_.locals[local], type);
  }
  type = lattice_.Accept(function_.locals[local].type, type);
  locals_[local].Add({type, assign.span, assign.value});
}

void Explainer::ExplainLocals(Capped capped) {
  const std::string cap = std::to_string(Inference::kMaxVersions);
  for (LocalId local = 0; local < locals_.size(); ++local) {
    if (version_.locals[local] != kAny) {
      continue;
    }
    const frontend::Local& it = function_.locals[local];
    const std::string what = "`" + std::string(it.name) + "`";
    if (local >= version_.params.size()) {
      Report(it.span, what, Reason(locals_[local], local), LocalAdvice(local));
    } else if (capped == Capped::Yes) {
      Report(it.span, what,
             "has any type: there are more than " + cap + " versions of `" +
                 std::string(function_.name) + "`",
             LocalAdvice(local));
    } else if (local >= function_.param_count) {
      Report(it.span, what, "is not settled where the function is made");
    } else {
      Report(it.span, what, "is given values whose type is not known before run time",
             LocalAdvice(local));
    }
  }
}

void Explainer::ExplainResult() {
  const std::string name =
      function_.kind == FunctionKind::Def || function_.kind == FunctionKind::Bench
          ? "`" + std::string(function_.name) + "`"
          : std::string(function_.name);
  if (function_.kind != FunctionKind::Top && version_.result == kAny) {
    Report(function_.span, "the result of " + name, Reason(results_, kNoLocal),
           ResultAdvice(results_));
  }
  if (version_.yielded == kAny) {
    Report(function_.span, "what " + name + " yields", Reason(yields_, kNoLocal),
           YieldAdvice(yields_));
  }
}

void Explainer::ExplainList(const OpenList& list) {
  const std::string what = "an element of " + ListQuote(*list.expr);
  const CellCause& cause = list.cause;
  switch (cause.kind) {
    case CellCause::Kind::None:
      return;
    case CellCause::Kind::NeverFilled:
      Report(list.expr->span, ListQuote(*list.expr), "is never given an element", ListAdvice(list));
      return;
    case CellCause::Kind::Mixed: {
      if (cause.second == kAny) {
        Report(list.expr->span, what,
               "is " + types_.Name(lattice_.Final(cause.first)) + LineOf(cause.first_span) +
                   " and not known before run time" + LineOf(cause.second_span),
               ListAdvice(list));
        return;
      }
      const Origin first{lattice_.Final(cause.first), cause.first_span, nullptr};
      const Origin second{lattice_.Final(cause.second), cause.second_span, nullptr};
      Report(list.expr->span, what, Mixed(first, second), ListAdvice(list));
      return;
    }
    case CellCause::Kind::Escaped:
      Report(list.expr->span, what,
             "can be anything: the list meets a value of unknown type" + LineOf(cause.second_span),
             ListAdvice(list));
      return;
    case CellCause::Kind::TooDeep:
      Report(list.expr->span, what, TooDeep());
      return;
  }
}

// Lists written out with different elements, and calls of what is not known.
void Explainer::ExplainExpr(const Expr& expr) {
  if (const auto* call = DynCast<frontend::CallExpr>(expr)) {
    if (TypeOf(expr) == kAny && TypeOf(*call->callee) == kAny) {
      Report(expr.span, "the result of " + Quote(*call->callee),
             "is open, because " + Quote(*call->callee) + " is not known before run time");
    }
    return;
  }
  const auto& list = Cast<frontend::ListExpr>(expr);
  if (list.items.empty() || types_.Kind(TypeOf(list)) != TypeKind::List ||
      types_.Element(TypeOf(list)) != kAny) {
    return;
  }
  Origins origins;
  for (const Expr* item : list.items) {
    origins.Add({TypeOf(*item), item->span, item});
  }
  const bool is_cut = origins.any.type == kNever && origins.second.type == kNever;
  Report(expr.span, "an element of " + ListQuote(list),
         is_cut ? TooDeep() : Reason(origins, kNoLocal),
         is_cut ? "" : Advice(origins, "make the elements one type"));
}

std::string Explainer::Reason(const Origins& origins, LocalId self) const {
  if (origins.second.type != kNever) {
    return Mixed(origins.first, origins.second);
  }
  if (origins.any.type != kNever && origins.any.expr != nullptr) {
    const std::string source = Source(*origins.any.expr, self);
    if (!source.empty()) {
      return source;
    }
  }
  return kUnknown;
}

std::string Explainer::Source(const Expr& expr, LocalId self) const {
  if (types_.Kind(TypeOf(expr)) == TypeKind::List || types_.Kind(TypeOf(expr)) == TypeKind::Seq) {
    return "is an element of " + Quote(expr) + ", whose elements are not settled";
  }
  switch (expr.kind) {
    case ExprKind::Name: {
      const frontend::Ref ref = resolution_.names[expr.id];
      return ref.kind == RefKind::Local && ref.index == self ? "" : "comes from " + Quote(expr);
    }
    case ExprKind::Index:
      return Source(*Cast<frontend::IndexExpr>(expr).object, self);
    case ExprKind::Call:
      return CallSource(Cast<frontend::CallExpr>(expr), self);
    case ExprKind::Block: {
      const auto& items = Cast<frontend::BlockExpr>(expr).items;
      return items.empty() ? "" : Source(*items.back(), self);
    }
    case ExprKind::If: {
      return Reason(BranchesOf(Cast<frontend::IfExpr>(expr)), self);
    }
    case ExprKind::Unary:
      return Source(*Cast<frontend::UnaryExpr>(expr).operand, self);
    case ExprKind::Binary: {
      // The leftmost operand that is open, or the first right one on the way to it.
      const Expr* operand = &expr;
      while (const auto* binary = DynCast<frontend::BinaryExpr>(*operand)) {
        operand = TypeOf(*binary->left) == kAny ? binary->left : binary->right;
      }
      return Source(*operand, self);
    }
    case ExprKind::Int:
    case ExprKind::Float:
    case ExprKind::Str:
    case ExprKind::Bool:
    case ExprKind::None:
    case ExprKind::List:
    case ExprKind::Comprehension:
    case ExprKind::Logical:
    case ExprKind::Lambda:
    case ExprKind::Let:
    case ExprKind::Assign:
    case ExprKind::While:
    case ExprKind::For:
    case ExprKind::Return:
    case ExprKind::Break:
    case ExprKind::Continue:
    case ExprKind::Yield:
      return "";
  }
  return "";
}

Explainer::Origins Explainer::BranchesOf(const frontend::IfExpr& branching) const {
  Origins origins;
  for (const frontend::Branch& branch : branching.branches) {
    origins.Add({TypeOf(*branch.body), branch.body->span, branch.body});
  }
  if (branching.otherwise != nullptr) {
    origins.Add({TypeOf(*branching.otherwise), branching.otherwise->span, branching.otherwise});
  }
  return origins;
}

std::string Explainer::CallSource(const frontend::CallExpr& call, LocalId self) const {
  if (types_.Kind(TypeOf(*call.callee)) != TypeKind::Builtin) {
    const VersionId callee = version_.callees[call.id - function_.first_expr];
    return "comes from " + Quote(*call.callee) +
           (callee == kNoVersion ? ", which is not known before run time"
                                 : ", whose result is not settled");
  }
  for (const frontend::Argument& arg : call.args) {
    if (types_.Get(TypeOf(*arg.value)).is_open) {
      return Source(*arg.value, self);
    }
  }
  return "";
}

std::string Explainer::Mixed(const Origin& first, const Origin& second) const {
  std::string names[2] = {types_.Name(first.type), types_.Name(second.type)};
  if (names[0] == names[1]) {
    names[1] = "another";
  }
  return "is " + names[0] + LineOf(first.span) + " and " + names[1] + LineOf(second.span);
}

std::string Explainer::LineOf(Span span) const {
  return " at line " + std::to_string(program_.source->Locate(span.begin).line);
}

std::string Explainer::Quote(const Expr& expr) const {
  constexpr size_t kMaxQuote = 30;
  const std::string_view text = program_.source->text(expr.span);
  const bool is_short = text.size() <= kMaxQuote && text.find('\n') == text.npos;
  return is_short ? "`" + std::string(text) + "`" : "the value" + LineOf(expr.span);
}

std::string Explainer::ListQuote(const Expr& list) const {
  const auto named = names_.find(&list);
  return named == names_.end() ? "this list" : "`" + std::string(named->second) + "`";
}

void Explainer::Report(Span span, std::string what, std::string reason, std::string advice) {
  version_.unsettled.push_back({span, std::move(what), std::move(reason), std::move(advice)});
}

}  // namespace infer
