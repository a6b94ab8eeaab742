// Strings and lists. Test: tests/fuzz/generator_test.cpp.

#include <algorithm>

#include <fmt/format.h>

#include "fuzz/writer.h"

namespace fuzz {
namespace {

constexpr const char* kStrings[] = {
    "\"\"",
    "\"a\"",
    "\"ab\"",
    "\"déf\"",
    "\"x y\"",
    "\"\\n\"",
    "\"12\"",
    "\"Ω\"",
    "\"\\u{1F600}!\"",
    "\"quo\\\"te\"",
    "\"it's\"",
    "\"\\u{0}z\"",
    "\"twenty-four bytes exactly\"",
    "\"a longer text than fits into the cell of a string\"",
};

constexpr const char* kFloatElements[] = {"0.5", "1.0", "2.25", "-3.5", "1e3", "0.1"};

}  // namespace

Type ElementOf(Type type) {
  switch (type) {
    case Type::Ints:
    case Type::IntSeq:
    case Type::Table:
      return Type::Int;
    case Type::Floats:
    case Type::FloatSeq:
      return Type::Float;
    case Type::Bools:
      return Type::Bool;
    case Type::Strs:
    case Type::StrSeq:
      return Type::Str;
    case Type::None:
    case Type::Int:
    case Type::Float:
    case Type::Bool:
    case Type::Str:
    case Type::Number:
    case Type::Any:
    case Type::IntFn:
    case Type::FloatFn:
    case Type::TestFn:
    case Type::StrFn:
    case Type::Buffer:
      break;
  }
  return Type::None;
}

bool HasLength(Type type) {
  switch (type) {
    case Type::Str:
    case Type::Any:
    case Type::Ints:
    case Type::Floats:
    case Type::Bools:
    case Type::Strs:
    case Type::Table:
    case Type::IntSeq:
    case Type::FloatSeq:
    case Type::StrSeq:
    case Type::StrFn:
    case Type::Buffer:
      return true;
    case Type::None:
    case Type::Int:
    case Type::Float:
    case Type::Bool:
    case Type::Number:
    case Type::IntFn:
    case Type::FloatFn:
    case Type::TestFn:
      break;
  }
  return false;
}

Type ListOf(Type element) {
  return element == Type::Float  ? Type::Floats
         : element == Type::Str  ? Type::Strs
         : element == Type::Bool ? Type::Bools
                                 : Type::Ints;
}

Type SeqOf(Type element) {
  return element == Type::Float ? Type::FloatSeq
         : element == Type::Str ? Type::StrSeq
                                : Type::IntSeq;
}

Term Writer::StrLiteral() { return {MakeExpr(Type::Str, OneOf(kStrings)), {.length = 50}}; }

Term Writer::Short(Type type) { return type == Type::Str ? StrLiteral() : ListLiteral(type, 0); }

Term Writer::StrExpr(int depth) {
  switch (Weighted({5, 4, 2, 2, 2, 2, 1, 1})) {
    case 0: {
      Term a = Expr(Type::Str, depth - 1);
      Term b = Expr(Type::Str, depth - 1);
      const uint32_t length = a.bound.length + b.bound.length;
      if (length > 2000) {
        return a;
      }
      Node node = MakeExpr(Type::Str, "($ + $)", {a.node, b.node});
      node.cell = "+ str str";
      return {std::move(node), {.length = length}};
    }
    case 1: {
      const Type type = AnyType();
      Node node = MakeExpr(Type::Str, "str($)", {Expr(type, depth - 1).node});
      node.cell = "str " + std::string(Name(type));
      return {std::move(node), {.length = 200}};
    }
    case 2: {
      Term parts = Expr(Type::StrSeq, depth - 1);
      Node node = MakeExpr(Type::Str, "join($, $)", {Atom(Type::Str).node, parts.node});
      node.cell = "join seq";
      return {std::move(node), {.length = 200}};
    }
    case 3: {
      Term list = Expr(Type::Strs, depth - 1);
      Node index = IndexOf(list, depth);
      return {MakeExpr(Type::Str, "$[$]", {list.node, std::move(index)}), {.length = 60}};
    }
    case 4: {
      Node text = Expr(Type::Str, depth - 1).node;
      const bool is_risky = temper_ == Temper::Edge && Chance(30);
      Node node = MakeExpr(Type::Str, is_risky ? "$[$]" : "($ + \"...\")[$]",
                           {std::move(text), MakeExpr(Type::Int, OneOf({"0", "1", "-1", "2"}))});
      node.cell = "index str";
      return {std::move(node), {.length = 1}};
    }
    case 5:
      if (std::optional<Term> call = Call(Type::Str, depth)) {
        return std::move(*call);
      }
      return StrLiteral();
    case 6: {
      Node node = MakeExpr(Type::Str, Chance(50) ? "($ * $)" : "($ * ($ % 3))",
                           {Atom(Type::Str).node, MakeExpr(Type::Int, std::to_string(Below(4)))});
      node.cell = "* str int";
      return {std::move(node), {.length = 200}};
    }
    default:
      if (const Variable* function = Find(Type::StrFn)) {
        const std::string name = function->name;
        return {MakeExpr(Type::Str, name + "($)", {Atom(Type::Str).node}), {.length = 200}};
      }
      return StrLiteral();
  }
}

Node Writer::IndexOf(const Term& list, int depth) {
  if (temper_ == Temper::Edge && Chance(15)) {
    return Expr(Type::Int, depth - 1).node;
  }
  if (list.bound.least >= 2 && Chance(60)) {
    return MakeExpr(Type::Int, fmt::format("$ % {}", list.bound.least),
                    {Expr(Type::Int, depth - 1).node});
  }
  return MakeExpr(Type::Int, Chance(50) ? "0" : "-1");
}

Term Writer::ListLiteral(Type type, int depth) {
  if (type == Type::Table) {
    Term a = ListLiteral(Type::Ints, depth);
    Term b = Atom(Type::Ints);
    const Bound bound{.low = std::min(a.bound.low, b.bound.low),
                      .high = std::max(a.bound.high, b.bound.high),
                      .length = 2,
                      .least = 2};
    return {MakeExpr(type, "[$, $]", {a.node, b.node}), bound};
  }
  const Type element = ElementOf(type);
  const uint32_t count = 1 + Below(5);
  std::string pattern = "[";
  std::vector<Node> parts;
  Bound bound{.length = count, .least = count};
  for (uint32_t i = 0; i < count; ++i) {
    pattern += i == 0 ? "$" : ", $";
    Term term = depth > 0 && i < 2       ? Expr(element, depth - 1)
                : element == Type::Float ? Term{MakeExpr(Type::Float, OneOf(kFloatElements))}
                                         : Atom(element);
    if (element == Type::Int) {
      term = Fit(std::move(term), -kMostOfVariable, kMostOfVariable);
      bound.low = std::min(bound.low, term.bound.low);
      bound.high = std::max(bound.high, term.bound.high);
    }
    parts.push_back(std::move(term.node));
  }
  return {MakeExpr(type, pattern + "]", std::move(parts)), bound};
}

// Never empty: an index of 0 or -1 is right.
Term Writer::ListExpr(Type type, int depth) {
  const Type element = ElementOf(type);
  const auto not_empty = [&](Term term) {
    term.node = MakeExpr(type, fmt::format("($ + {})", SimplestText(type)), {std::move(term.node)});
    term.bound.low = std::min<int64_t>(term.bound.low, 0);
    term.bound.high = std::max<int64_t>(term.bound.high, 0);
    term.bound.length += 1;
    term.bound.least += 1;
    term.bound.borrows_list = false;
    return term;
  };
  switch (Weighted({4, 4, 3, 2, 1, 1})) {
    case 0:
      return ListLiteral(type, depth - 1);
    case 1: {
      Term list = Comprehension(element, depth, "[", "]");
      list.node.type = type;
      return list.bound.least > 0 ? list : not_empty(std::move(list));
    }
    case 2: {
      if (element == Type::Bool) {
        return ListLiteral(type, depth - 1);
      }
      Term source = Expr(SeqOf(element), depth - 1);
      Spend(source.bound.length);
      source.node = MakeExpr(type, "list($)", {source.node});
      source.node.cell = "list seq";
      return not_empty(std::move(source));
    }
    case 3: {
      Term a = Expr(type, depth - 1);
      Term b = Atom(type);
      Bound bound{.low = std::min(a.bound.low, b.bound.low),
                  .high = std::max(a.bound.high, b.bound.high),
                  .length = a.bound.length + b.bound.length,
                  .least = a.bound.least + b.bound.least};
      Node node = MakeExpr(type, "($ + $)", {a.node, b.node});
      node.cell = fmt::format("+ {} {}", Name(type), Name(type));
      return {std::move(node), bound};
    }
    case 4: {
      Term list = ListLiteral(type, 0);
      const uint32_t times = 1 + Below(4);
      list.bound.length *= times;
      list.node = MakeExpr(type, fmt::format("($ * {})", times), {list.node});
      list.node.cell = "* list int";
      return list;
    }
    default:
      if (std::optional<Term> call = Call(type, depth)) {
        return not_empty(std::move(*call));
      }
      return ListLiteral(type, 0);
  }
}

Term Writer::Comprehension(Type element, int depth, std::string_view open, std::string_view close) {
  constexpr Type kSources[] = {Type::IntSeq, Type::IntSeq, Type::FloatSeq, Type::StrSeq};
  Term source = Expr(OneOf(kSources), depth - 1);
  const Type from = ElementOf(source.node.type);
  const std::string name = NewName();
  const bool is_list = open == "[";
  lists_in_use_ += source.bound.borrows_list ? 1 : 0;
  std::vector<Node> parts;
  std::string clauses;
  uint32_t length = source.bound.length;
  uint32_t least = source.bound.least;
  Bound bound;
  {
    const Inside inside(*this, is_list ? Inside::Kind::List : Inside::Kind::Generator, length);
    Add({name,
         from,
         Variable::Kind::Let,
         {.low = source.bound.low, .high = source.bound.high, .length = 50},
         reach_ == Reach::Bounded});
    std::optional<Inside> second;
    if (Chance(15) && Affords(40)) {
      const std::string inner = NewName();
      second.emplace(*this, is_list ? Inside::Kind::List : Inside::Kind::Generator, 3);
      Add({inner, Type::Int, Variable::Kind::Let, {.low = 0, .high = 2}});
      clauses += fmt::format(" for {} in range(3)", inner);
      length *= 3;
    }
    if (Chance(25)) {
      parts.push_back(Expr(Type::Bool, depth - 1).node);
      clauses += " if $";
      least = 0;
    }
    Term value = Expr(element, depth - 1);
    if (element == Type::Int) {
      value = Fit(std::move(value), -kMostOfVariable, kMostOfVariable);
    }
    bound = {.low = value.bound.low, .high = value.bound.high, .length = length, .least = least};
    parts.insert(parts.begin(), {std::move(value.node), std::move(source.node)});
  }
  lists_in_use_ -= source.bound.borrows_list ? 1 : 0;
  bound.borrows_list = source.bound.borrows_list && !is_list;
  return {
      MakeExpr(is_list ? ListOf(element) : SeqOf(element),
               fmt::format("{}$ for {} in ${}{}", open, name, clauses, close), std::move(parts)),
      bound};
}

Term Writer::TableExpr(int depth) {
  if (!Chance(50)) {
    return ListLiteral(Type::Table, depth - 1);
  }
  const std::string name = NewName();
  const uint32_t count = 1 + Below(4);
  const Inside inside(*this, Inside::Kind::List, count);
  Add({name, Type::Int, Variable::Kind::Let, {.low = 0, .high = count - 1}});
  Term row = Expr(Type::Ints, depth - 1);
  if (row.bound.least == 0) {
    row = ListLiteral(Type::Ints, 0);
  }
  const Bound bound{.low = row.bound.low, .high = row.bound.high, .length = count, .least = count};
  return {MakeExpr(Type::Table, fmt::format("[$ for {} in range({})]", name, count), {row.node}),
          bound};
}

}  // namespace fuzz
