// Expressions of every type: what they have in common, and those that are neither numbers nor
// texts. Test: tests/fuzz/generator_test.cpp.

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "fuzz/writer.h"

namespace fuzz {
namespace {

constexpr Type kCompared[] = {Type::Int,  Type::Float,  Type::Str, Type::Int,
                              Type::Ints, Type::Number, Type::Bool};
constexpr Type kShown[] = {Type::Int,  Type::Float,  Type::Bool, Type::Str,
                           Type::Ints, Type::Floats, Type::Strs, Type::Number};

}  // namespace

std::string Writer::NewName() { return "v" + std::to_string(names_++); }

Type Writer::AnyType() {
  constexpr Type kTypes[] = {Type::Int,  Type::Float,  Type::Str,    Type::Bool, Type::Ints,
                             Type::Strs, Type::Floats, Type::Number, Type::Int,  Type::Float,
                             Type::Str,  Type::Any,    Type::Table,  Type::Bools};
  return OneOf(kTypes);
}

const Variable* Writer::Find(Type type, bool is_assigned) {
  std::vector<const Variable*> found;
  for (size_t i = 0; i < variables_.size(); ++i) {
    const Variable& variable = variables_[i];
    const bool is_let = variable.kind == Variable::Kind::Let;
    const bool is_local = i >= first_local_ && i >= first_closed_;
    const bool fits = is_assigned
                          ? variable.kind == Variable::Kind::Var && is_local && i >= first_assigned_
                          : is_let || is_local;
    if (variable.type == type && fits && (is_assigned || IsInReach(variable))) {
      found.push_back(&variable);
    }
  }
  if (found.empty()) {
    return nullptr;
  }
  const Variable* variable = found[Below(static_cast<uint32_t>(found.size()))];
  const bool is_outside = variable < variables_.data() + first_local_;
  reads_growing_ = reads_growing_ || (is_outside && MayGrow(*variable));
  return variable;
}

Term Writer::Atom(Type type) {
  Spend(1);
  if (const Variable* variable = Chance(75) ? Find(type) : nullptr) {
    Term term{MakeExpr(type, variable->name), variable->bound};
    term.bound.borrows_list = variable->bound.length > 0 && type != Type::Str;
    return term;
  }
  switch (type) {
    case Type::Int:
      return IntLiteral();
    case Type::Float:
      return FloatLiteral();
    case Type::Bool:
      return {MakeExpr(type, Chance(50) ? "true" : "false")};
    case Type::Str:
      return StrLiteral();
    case Type::Number:
    case Type::Any: {
      Term term = Atom(Chance(50) ? Type::Float : Type::Int);
      term.node.type = type;
      return term;
    }
    case Type::Ints:
    case Type::Floats:
    case Type::Bools:
    case Type::Strs:
    case Type::Table:
      return ListLiteral(type, 0);
    case Type::IntSeq:
    case Type::FloatSeq:
    case Type::StrSeq: {
      if (type == Type::IntSeq && Chance(60)) {
        return Range();
      }
      Term list = Atom(ListOf(ElementOf(type)));
      list.node.type = type;
      return list;
    }
    case Type::IntFn:
      return {MakeExpr(type, "x => x + 1")};
    case Type::FloatFn:
      return {MakeExpr(type, "x => x * 0.5")};
    case Type::TestFn:
      return {MakeExpr(type, "x => x % 2 == 0")};
    case Type::StrFn:
      return {MakeExpr(type, "x => x + \"!\"")};
    case Type::None:
    case Type::Buffer:
      break;
  }
  return {MakeExpr(type, SimplestText(type))};
}

Term Writer::Expr(Type type, int depth) {
  const InReach reach(*this, HasLength(type) ? reach_ : Reach::All);
  depth = std::min(depth, extent_.depth);
  if (depth <= 0 || !Affords(20)) {
    return Atom(type);
  }
  Spend(1);
  if (type == Type::IntSeq || type == Type::FloatSeq || type == Type::StrSeq) {
    // Nothing may leave it: it may become the source of a comprehension.
    ++closed_;
    Term source = Chance(7) ? Branches(type, depth - 1) : Sequence(type, depth);
    --closed_;
    return source;
  }
  if (closed_ == 0 && (in_loop_ || returns_) && Chance(2)) {
    return Exit(type, depth - 1);
  }
  if (Chance(7)) {
    return Branches(type, depth - 1);
  }
  if (MayPlant() && turns_ > 1 && Chance(2)) {
    is_planted_ = true;  // before there is another within it
    Term term = Expr(type, depth - 1);
    term.node = PlantedExpr(type, std::move(term.node));
    return term;
  }
  const Variable* assigned = Chance(3) ? Find(type, true) : nullptr;
  if (assigned != nullptr && type != Type::Int && type != Type::Str) {
    const std::string name = assigned->name;
    const InReach bounded(*this, Reach::Bounded);
    Term value = Expr(type, depth - 1);
    value.node = MakeExpr(type, fmt::format("{{ {} = $; {} }}", name, name), {value.node});
    value.bound.least = 0;
    return value;
  }
  if (Chance(extent_.atom_percent)) {
    return Atom(type);
  }
  switch (type) {
    case Type::Int:
      return IntExpr(depth);
    case Type::Float:
      return FloatExpr(depth);
    case Type::Bool:
      return BoolExpr(depth);
    case Type::Str:
      return StrExpr(depth);
    case Type::Number:
      return NumberExpr(depth);
    case Type::Any:
      return AnyExpr(depth);
    case Type::Ints:
    case Type::Floats:
    case Type::Bools:
    case Type::Strs:
      return ListExpr(type, depth);
    case Type::Table:
      return TableExpr(depth);
    case Type::IntFn:
    case Type::FloatFn:
    case Type::TestFn:
    case Type::StrFn:
      return FunctionValue(type);
    case Type::IntSeq:
    case Type::FloatSeq:
    case Type::StrSeq:
    case Type::None:
    case Type::Buffer:
      break;
  }
  return Atom(type);
}

// An if, a call of a lambda, a function that picks: the value of one of two.
Term Writer::Branches(Type type, int depth) {
  Term condition = Expr(Type::Bool, depth);
  Term a = Expr(type, depth);
  Term b = Expr(type, depth);
  const Bound bound{.low = std::min(a.bound.low, b.bound.low),
                    .high = std::max(a.bound.high, b.bound.high),
                    .length = std::max(a.bound.length, b.bound.length),
                    .least = std::min(a.bound.least, b.bound.least),
                    .borrows_list = a.bound.borrows_list || b.bound.borrows_list};
  const char* pattern =
      Chance(70) ? "(if $ { $ } else { $ })" : "((c, a, b) => if c { a } else { b })($, $, $)";
  return {MakeExpr(type, pattern, {condition.node, a.node, b.node}), bound};
}

// An expression that may leave what it stands in.
Term Writer::Exit(Type type, int depth) {
  Term condition = Expr(Type::Bool, 1);
  Node leave = Leave();
  Term value = Expr(type, depth);
  value.node =
      MakeExpr(type, "(if $ { $ } else { $ })", {condition.node, std::move(leave), value.node});
  return value;
}

Term Writer::NumberExpr(int depth) {
  constexpr const char* kSigns[] = {"+", "-", "*", "/"};
  switch (Weighted({3, 4, 2})) {
    case 0: {
      Term condition = Expr(Type::Bool, depth - 1);
      Node a = Expr(Type::Int, depth - 1).node;
      Node b = Expr(Type::Float, depth - 1).node;
      return {MakeExpr(Type::Number, "(if $ { $ } else { $ })", {condition.node, a, b})};
    }
    case 1: {
      const std::string sign = OneOf(kSigns);
      const bool is_safe = !(temper_ == Temper::Edge && Chance(50));
      const char* pattern = sign == "/"   ? "($ / ($ % 4 + 5))"
                            : sign == "*" ? "(atan($) * $)"
                            : is_safe     ? "($ % 1000 {} $)"
                                          : "($ {} $)";
      Node a = Expr(Type::Number, depth - 1).node;
      Node b = Atom(Chance(50) ? Type::Number : Type::Float).node;
      if (b.type == Type::Number) {
        b = MakeExpr(Type::Number, "$ % 1000", {b});
        pattern = sign == "/" ? "($ / ($ % 4 + 5))" : "($ % 1000 {} ($))";
      }
      Node node = MakeExpr(Type::Number, fmt::format(fmt::runtime(pattern), sign), {a, b});
      node.cell = sign + " number number";
      return {std::move(node)};
    }
    default:
      if (std::optional<Term> call = Call(Type::Number, depth)) {
        return std::move(*call);
      }
      return Atom(Type::Number);
  }
}

Term Writer::AnyExpr(int depth) {
  Term term = Expr(OneOf(kShown), depth - 1);
  term.node.type = Type::Any;
  return {std::move(term.node)};
}

Term Writer::BoolExpr(int depth) {
  switch (Weighted({3, 2, 8, 3, 2, 1, 1})) {
    case 0:
      return {MakeExpr(Type::Bool, Chance(50) ? "($ and $)" : "($ or $)",
                       {Expr(Type::Bool, depth - 1).node, Expr(Type::Bool, depth - 1).node})};
    case 1:
      return {MakeExpr(Type::Bool, "(not $)", {Expr(Type::Bool, depth - 1).node})};
    case 2: {
      constexpr const char* kSigns[] = {"==", "!=", "<", "<=", ">", ">="};
      const Type left = OneOf(kCompared);
      const bool is_number = left == Type::Int || left == Type::Float || left == Type::Number;
      const Type right = is_number && Chance(30) ? Type::Float : left;
      const std::string sign = left == Type::Bool ? kSigns[Below(2)] : OneOf(kSigns);
      Node node = MakeExpr(Type::Bool, "($ " + sign + " $)",
                           {Expr(left, depth - 1).node, Expr(right, depth - 1).node});
      node.cell = fmt::format("{} {} {}", sign, left == Type::Number ? "number" : Name(left),
                              right == Type::Number ? "number" : Name(right));
      return {std::move(node)};
    }
    case 3: {
      const bool is_any = Chance(50);
      Term source = Expr(Type::IntSeq, depth - 1);
      const std::string name = NewName();
      const Inside inside(*this, Inside::Kind::Generator, source.bound.length);
      Add({name, Type::Int, Variable::Kind::Let, source.bound});
      Node test = Expr(Type::Bool, depth - 1).node;
      return {MakeExpr(Type::Bool, fmt::format("{}($ for {} in $)", is_any ? "any" : "all", name),
                       {std::move(test), source.node})};
    }
    case 4:
      if (const Variable* function = Find(Type::TestFn)) {
        const std::string name = function->name;
        return {MakeExpr(Type::Bool, name + "($)",
                         {Fit(Expr(Type::Int, depth - 1), -1000, 1000).node})};
      }
      return {MakeExpr(Type::Bool, "($ % 2 == 0)", {Expr(Type::Int, depth - 1).node})};
    case 5:
      return {MakeExpr(Type::Bool, "bool($)", {Expr(OneOf(kShown), depth - 1).node})};
    default: {
      Node a = Expr(Type::Any, depth - 1).node;
      return {MakeExpr(Type::Bool, "(str($) == $)", {a, Expr(Type::Str, depth - 1).node})};
    }
  }
}

Term Writer::FunctionValue(Type type) {
  const bool takes_int = type == Type::IntFn || type == Type::TestFn;
  const Type param = takes_int ? Type::Int : type == Type::FloatFn ? Type::Float : Type::Str;
  const Type result = type == Type::TestFn ? Type::Bool : param;
  for (Function& function : functions_) {
    if (function.is_value && function.params.size() == 1 && function.params[0].type == param &&
        function.result == result && function.cost < 40 &&
        !(function.reads_growing && reach_ == Reach::Bounded) && Chance(40)) {
      function.is_used = true;
      reads_growing_ = reads_growing_ || function.reads_growing;
      return {MakeExpr(type, function.name)};
    }
  }
  const std::string name = NewName();
  const Inside inside(*this, Inside::Kind::Lambda, 1);
  const bool is_bounded = reach_ == Reach::Bounded;
  Add({name, param, Variable::Kind::Let, {.low = -1000, .high = 1000, .length = 8}, is_bounded});
  if (Chance(25)) {
    const std::string local = NewName();
    Term first = Expr(param, 1);
    Add({local, param, Variable::Kind::Let, first.bound, is_bounded});
    Term second = Expr(result, 1);
    if (result == Type::Int) {
      second = Fit(std::move(second), -kMostOfFunction, kMostOfFunction);
    }
    return {MakeExpr(type, fmt::format("{} => {{ let {} = $; $ }}", name, local),
                     {first.node, second.node})};
  }
  Term body = Expr(result, 2);
  if (result == Type::Int) {
    body = Fit(std::move(body), -kMostOfFunction, kMostOfFunction);
  }
  const std::string_view declared = Chance(20) ? Name(param) : "";
  return {MakeExpr(type,
                   declared.empty() ? name + " => $" : fmt::format("({}: {}) => $", name, declared),
                   {body.node})};
}

}  // namespace fuzz
