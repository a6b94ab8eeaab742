// Sequences: what can be gone through once. Test: tests/fuzz/generator_test.cpp.

#include <algorithm>

#include <fmt/format.h>

#include "fuzz/writer.h"

namespace fuzz {

Term Writer::Range() {
  const uint32_t most = turns_ > 200 ? 4 : 12;
  const uint32_t count = Below(most);
  switch (Weighted({6, 2, 1, 1})) {
    case 0:
      return {MakeExpr(Type::IntSeq, fmt::format("range({})", count)),
              {.low = 0, .high = count, .length = count, .least = count}};
    case 1: {
      const uint32_t first = Below(5);
      return {MakeExpr(Type::IntSeq, fmt::format("range({}, {})", first, first + count)),
              {.low = 0, .high = first + count, .length = count, .least = count}};
    }
    case 2:
      return {MakeExpr(Type::IntSeq, fmt::format("range({}, -1, -2)", count)),
              {.low = 0, .high = count, .length = count / 2 + 1, .least = count / 2 + 1}};
    default: {
      ++closed_;
      Term end = Expr(Type::Int, 1);
      --closed_;
      // Not by Fit(), which hopes now and then: the program must end.
      return {MakeExpr(Type::IntSeq, "range($ % 6)", {end.node}),
              {.low = 0, .high = 5, .length = 5}};
    }
  }
}

Term Writer::Sequence(Type type, int depth) { return SequenceOf(ElementOf(type), depth); }

Term Writer::SequenceOf(Type element, int depth) {
  const Type type = SeqOf(element);
  if (depth <= 0 || !Affords(20)) {
    return Atom(type);
  }
  Spend(1);
  switch (Weighted({4, 4, 4, 3, 3, 2})) {
    case 0:
      if (element == Type::Int) {
        return Range();
      }
      return Atom(type);
    case 1: {
      if (std::optional<Term> call = Call(type, depth)) {
        return std::move(*call);
      }
      return Atom(type);
    }
    case 2:
      return Mapped(element, depth);
    case 3:
      return Filtered(element, depth);
    case 4: {
      Term generator = Comprehension(element, depth, "(", ")");
      generator.node.cell = "generator";
      return generator;
    }
    default: {
      if (element == Type::Str && Chance(50)) {
        Term text = Expr(Type::Str, depth - 1);
        text.node.type = type;
        text.bound = {.length = std::min(text.bound.length, 60U)};
        return text;
      }
      Term list = Expr(ListOf(element), depth - 1);
      list.node.type = type;
      return list;
    }
  }
}

Term Writer::Mapped(Type element, int depth) {
  const Type function = element == Type::Int     ? Type::IntFn
                        : element == Type::Float ? Type::FloatFn
                                                 : Type::StrFn;
  Term source = SequenceOf(element, depth - 1);
  if (element == Type::Int && (source.bound.low < -1000 || source.bound.high > 1000)) {
    source = Range();
  }
  const uint64_t turns = turns_;
  turns_ *= std::max(1U, source.bound.length);
  const Variable* stored = Chance(30) ? Find(function) : nullptr;
  Node mapper = stored != nullptr ? MakeExpr(function, stored->name) : Expr(function, 2).node;
  turns_ = turns;
  Node node = MakeExpr(SeqOf(element), "map($, $)", {std::move(mapper), source.node});
  node.cell = fmt::format("map {}", Name(element));
  return {std::move(node),
          {.low = -kMostOfFunction,
           .high = kMostOfFunction,
           .length = source.bound.length,
           .least = source.bound.least,
           .borrows_list = source.bound.borrows_list}};
}

Term Writer::Filtered(Type element, int depth) {
  Term source = SequenceOf(element, depth - 1);
  Node test;
  if (element == Type::Int && source.bound.low >= -1000 && source.bound.high <= 1000) {
    const uint64_t turns = turns_;
    turns_ *= std::max(1U, source.bound.length);
    test = Expr(Type::TestFn, 2).node;
    turns_ = turns;
  } else {
    const std::string name = NewName();
    const Inside inside(*this, Inside::Kind::Lambda, source.bound.length);
    Add({name,
         element,
         Variable::Kind::Let,
         {.low = source.bound.low, .high = source.bound.high, .length = 50},
         reach_ == Reach::Bounded});
    test = MakeExpr(Type::None, name + " => $", {Expr(Type::Bool, 1).node});
  }
  Node node = MakeExpr(SeqOf(element), "filter($, $)", {std::move(test), source.node});
  node.cell = fmt::format("filter {}", Name(element));
  source.bound.least = 0;
  return {std::move(node), source.bound};
}

}  // namespace fuzz
