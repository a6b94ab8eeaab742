// Statements: declarations, assignments, loops that end, and the shapes that engines find hard.
// Test: tests/fuzz/generator_test.cpp.

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "fuzz/writer.h"

namespace fuzz {
namespace {

constexpr Type kShown[] = {Type::Int,    Type::Float,  Type::Bool, Type::Str,
                           Type::Ints,   Type::Floats, Type::Strs, Type::Bools,
                           Type::Number, Type::Table,  Type::Any};

}  // namespace

Node Writer::Block(uint32_t count, int nesting) {
  const Scope scope(*this);
  Node block{.kind = NodeKind::Block, .type = Type::None, .text = {}, .parts = {}, .cell = {}};
  Statements(count, nesting, &block.parts);
  return block;
}

void Writer::Statements(uint32_t count, int nesting, std::vector<Node>* nodes) {
  for (uint32_t i = 0; i < count; ++i) {
    nodes->push_back(Statement(nesting));
  }
}

Node Writer::Statement(int nesting) {
  Spend(1);
  if (MayPlant() && turns_ > 1 && Chance(15)) {
    return Planted();
  }
  const bool is_small = nesting <= 0 || !Affords(60);
  switch (is_small ? Weighted({3, 4, 6, 2, 2})
                   : Weighted({3, 4, 6, 3, 3, 4, 4, 6, 3, 2, 2, 1, 1})) {
    case 0:
      return Declare(Variable::Kind::Let);
    case 1:
      return Declare(Variable::Kind::Var);
    case 2:
      return Assign();
    case 3:
      return ChangeList();
    case 4:
      return PrintStatement(is_small ? 2 : 3);
    case 5:
      return If(nesting);
    case 6:
      return While(nesting);
    case 7:
      return For(nesting);
    case 8:
      return ChangeOfType(nesting);
    case 9:
      return StoredSequence(nesting);
    case 10:
      return GrowString(nesting);
    case 11:
      return BufferUse();
    default:
      return MakeStatement("$", {MakeExpr(Type::None, "keep($)", {Expr(OneOf(kShown), 3).node})});
  }
}

Node Writer::Declare(Variable::Kind kind) {
  if (kind == Variable::Kind::Let && Chance(15)) {
    constexpr Type kFunctions[] = {Type::IntFn, Type::FloatFn, Type::TestFn, Type::StrFn};
    const Type type = OneOf(kFunctions);
    const InReach reach(*this, Chance(50) ? Reach::Bounded : Reach::All);
    Term value = FunctionValue(type);
    const std::string name = NewName();
    Add({name, type, kind, {}, reach_ == Reach::Bounded});
    return MakeStatement("let " + name + " = $", {value.node});
  }
  const Type type = AnyType();
  const bool is_list = ElementOf(type) != Type::None;
  const bool may_be_bounded = kind == Variable::Kind::Let && !is_list;
  const InReach reach(*this, may_be_bounded && Chance(50) ? Reach::Bounded : Reach::All);
  Term value = Expr(type, 3);
  const std::string name = NewName();
  Bound bound = value.bound;
  // More than a few only in some, since what goes through the list costs as much.
  const uint32_t room = !is_list ? 0 : Chance(80) ? 8 : 64;
  bound.length += room;
  bound.borrows_list = false;
  if (type == Type::Int) {
    value = Fit(std::move(value), -kMostOfVariable, kMostOfVariable);
    bound = value.bound;
  }
  if (kind == Variable::Kind::Var || type == Type::Ints || type == Type::Table) {
    bound.low = -kMostOfVariable;
    bound.high = kMostOfVariable;
  }
  if (kind == Variable::Kind::Var) {
    bound.least = std::min(bound.least, 1U);
  }
  const std::string declared =
      Chance(25) && !Name(type).empty() ? fmt::format(": {}", Name(type)) : std::string();
  Add({name, type, kind, bound, reach_ == Reach::Bounded, value.bound.borrows_list ? 0 : room});
  return MakeStatement(
      fmt::format("{} {}{} = $", kind == Variable::Kind::Var ? "var" : "let", name, declared),
      {value.node});
}

Node Writer::Assign() {
  for (int i = 0; i < 3; ++i) {
    if (const Variable* variable = Find(AnyType(), true)) {
      return AssignTo(*variable);
    }
  }
  return Declare(Variable::Kind::Var);
}

Node Writer::AssignTo(const Variable& variable) {
  const std::string name = variable.name;
  const Type type = variable.type;
  const bool is_compound = Chance(60);
  const InReach bounded(*this, Reach::Bounded);
  constexpr const char* kSigns[] = {"+=", "-=", "*=", "//=", "%="};
  switch (type) {
    case Type::Int: {
      // Small steps, so that as many as there are turns stay in range.
      if (is_compound && Chance(75)) {
        Term step = Fit(Expr(type, 2), -(1 << 20), 1 << 20);
        Node node = MakeStatement(name + (Chance(70) ? " += $" : " -= $"), {step.node});
        node.cell = "+= int";
        return node;
      }
      if (is_compound) {
        const size_t sign = 2 + Below(3);
        const char* value = sign == 2 ? "(-1)" : "7";
        return MakeStatement(fmt::format("{} {} {}", name, kSigns[sign], value));
      }
      Term value = Fit(Expr(type, 3), -(1 << 30), 1 << 30);
      return MakeStatement(name + " = $", {value.node});
    }
    case Type::Float:
      if (is_compound) {
        Node node = MakeStatement(fmt::format("{} {} $", name, kSigns[Below(3)]),
                                  {Expr(Chance(70) ? type : Type::Int, 2).node});
        node.cell = "+= float";
        return node;
      }
      return MakeStatement(name + " = $", {Expr(type, 3).node});
    case Type::Str: {
      // What is added does not hold a var, so that nothing doubles at each turn.
      Node value = StrLiteral().node;
      if (!is_compound) {
        return MakeStatement(name + " = $", {value});
      }
      if (Chance(50)) {
        value = MakeExpr(type, "str($)", {Expr(Type::Int, 2).node});
      }
      Node node =
          MakeStatement(name + (Chance(80) ? " += $" : fmt::format(" = {} + $", name)), {value});
      node.cell = "+= str";
      return node;
    }
    case Type::Number:
      if (is_compound) {
        return MakeStatement(name + (Chance(50) ? " += $" : " -= $"), {Atom(Type::Float).node});
      }
      return MakeStatement(name + " = $", {Expr(type, 2).node});
    case Type::Ints:
    case Type::Floats:
    case Type::Bools:
    case Type::Strs:
    case Type::Table: {
      const uint32_t most = variable.bound.length;
      Term value = ListLiteral(type, 2);
      const InReach all(*this, Reach::All);
      const Variable* other = Chance(50) ? Find(type) : nullptr;
      if (other != nullptr && other->bound.length <= most) {
        value.node = MakeExpr(type, other->name);
      }
      return MakeStatement(name + " = $", {value.node});
    }
    case Type::None:
    case Type::Bool:
    case Type::Any:
    case Type::IntSeq:
    case Type::FloatSeq:
    case Type::StrSeq:
    case Type::IntFn:
    case Type::FloatFn:
    case Type::TestFn:
    case Type::StrFn:
    case Type::Buffer:
      break;
  }
  return MakeStatement(name + " = $", {Expr(type, 3).node});
}

Node Writer::ChangeList() {
  constexpr Type kLists[] = {Type::Ints, Type::Strs, Type::Floats, Type::Bools};
  const Type type = OneOf(kLists);
  const Variable* list = Find(type);
  if (list == nullptr || list->bound.least == 0) {
    return Assign();
  }
  const std::string name = list->name;
  const uint32_t least = list->bound.least;
  const size_t index_of_list = static_cast<size_t>(list - variables_.data());
  const Type element = ElementOf(type);
  const auto value = [&] {
    const InReach bounded(*this, Reach::Bounded);
    Term term = Expr(element, 2);
    return element == Type::Int ? Fit(std::move(term), -(1 << 20), 1 << 20) : term;
  };
  changes_lists_ = true;
  if (Chance(40) && lists_in_use_ == 0 && closed_ == 0) {
    if (Chance(70)) {
      const std::string append = Chance(70) ? "append(" + name + ", $)" : name + ".append($)";
      Variable& changed = variables_[index_of_list];
      const bool has_room = changed.room >= turns_;
      changed.room -= has_room ? static_cast<uint32_t>(turns_) : 0;
      const std::string pattern =
          has_room ? append
                   : fmt::format("if len({}) < {} {{ {} }}", name, changed.bound.length, append);
      Node node = MakeStatement(pattern, {value().node});
      node.cell = "append " + std::string(Name(type));
      return node;
    }
    Node node = MakeStatement(fmt::format("if len({}) > {} {{ pop({}) }}", name, least, name));
    node.cell = "pop " + std::string(Name(type));
    return node;
  }
  Node index = MakeExpr(Type::Int, least > 1 ? fmt::format("$ % {}", least) : "$ % 1",
                        {Expr(Type::Int, 1).node});
  const bool adds = Chance(40) && (element == Type::Float || element == Type::Int);
  Node node = MakeStatement(fmt::format("{}[$] {} $", name, adds ? "+=" : "="),
                            {std::move(index), value().node});
  node.cell = fmt::format("set {}", Name(type));
  return node;
}

Node Writer::PrintStatement(int depth) {
  if (turns_ > 100) {
    return Assign();
  }
  const uint32_t count = 1 + Below(extent_.body);
  std::string pattern = "print(";
  std::vector<Node> parts;
  for (uint32_t i = 0; i < count; ++i) {
    pattern += i == 0 ? "$" : ", $";
    parts.push_back(Expr(OneOf(kShown), depth).node);
  }
  return MakeStatement(pattern + ")", std::move(parts));
}

Node Writer::If(int nesting) {
  Node condition = Expr(Type::Bool, 3).node;
  Node body = Block(1 + Below(2), nesting - 1);
  if (Chance(40)) {
    Node second = Expr(Type::Bool, 2).node;
    return MakeStatement("if $ $ elif $ $ else $",
                         {std::move(condition), std::move(body), std::move(second),
                          Block(1, nesting - 1), Block(1, nesting - 1)});
  }
  if (Chance(40)) {
    return MakeStatement("if $ $ else $",
                         {std::move(condition), std::move(body), Block(1, nesting - 1)});
  }
  return MakeStatement("if $ $", {std::move(condition), std::move(body)});
}

// The body of a loop, with now and then a way out in the middle of it.
Node Writer::LoopBlock(int nesting, uint32_t turns, const Term* source, Variable variable) {
  const Scope scope(*this);
  const bool was_loop = std::exchange(in_loop_, true);
  const uint32_t was_closed = std::exchange(closed_, 0);
  const bool borrows = source != nullptr && source->bound.borrows_list;
  lists_in_use_ += borrows ? 1 : 0;
  const uint64_t outside = turns_;
  turns_ *= std::max(1U, turns);
  Add(std::move(variable));
  Node block{.kind = NodeKind::Block, .type = Type::None, .text = {}, .parts = {}, .cell = {}};
  Statements(1 + Below(extent_.body), nesting - 1, &block.parts);
  if (Chance(20)) {
    Node condition = Expr(Type::Bool, 2).node;
    block.parts.push_back(MakeStatement("if $ { $ }", {std::move(condition), Leave()}));
    Statements(1, nesting - 1, &block.parts);
  }
  turns_ = outside;
  lists_in_use_ -= borrows ? 1 : 0;
  closed_ = was_closed;
  in_loop_ = was_loop;
  return block;
}

Node Writer::While(int nesting) {
  const uint32_t turns = Chance(60) && turns_ == 1 ? 20 + Below(80) : 1 + Below(8);
  const std::string name = NewName();
  Node condition = Chance(70) ? MakeExpr(Type::Bool, "true") : Expr(Type::Bool, 2).node;
  Node body = LoopBlock(nesting, turns, nullptr,
                        {name, Type::Int, Variable::Kind::Counter, {.low = 0, .high = turns}});
  body.parts.insert(body.parts.begin(), Make(NodeKind::Block, Type::None, name + " += 1"));
  Node loop = MakeStatement(fmt::format("var {} = 0\nwhile {} < {} and $ $", name, name, turns),
                            {std::move(condition), std::move(body)});
  Add({name, Type::Int, Variable::Kind::Counter, {.low = 0, .high = turns}});
  return loop;
}

Node Writer::For(int nesting) {
  constexpr Type kSources[] = {Type::IntSeq, Type::IntSeq, Type::StrSeq, Type::FloatSeq};
  Term source;
  if (Chance(60) && turns_ == 1) {
    const uint32_t turns = 20 + Below(150);
    source = {MakeExpr(Type::IntSeq, fmt::format("range({})", turns)),
              {.low = 0, .high = turns, .length = turns}};
  } else {
    source = Expr(OneOf(kSources), 3);
  }
  const std::string name = NewName();
  Node body = LoopBlock(nesting, source.bound.length, &source,
                        {name,
                         ElementOf(source.node.type),
                         Variable::Kind::Let,
                         {.low = source.bound.low, .high = source.bound.high, .length = 50}});
  Node loop = MakeStatement("for " + name + " in $ $", {source.node, std::move(body)});
  loop.cell = "for " + std::string(Name(source.node.type));
  return loop;
}

// A variable that holds values of one type, and at some turn of a loop gets one of another.
Node Writer::ChangeOfType(int nesting) {
  const std::string name = NewName();
  const std::string turn = NewName();
  const uint32_t turns = turns_ == 1 ? 4 + Below(40) : 4;
  const uint32_t changed_at = Below(turns);
  const bool stays_number = Chance(60);
  const Type type = stays_number ? Type::Number : Type::Any;
  Node first = Expr(Type::Int, 1).node;
  Node later =
      Expr(stays_number ? Type::Float : OneOf({Type::Str, Type::Float, Type::Ints}), 2).node;
  Add({name, type, Variable::Kind::Var});
  Node body = LoopBlock(nesting, turns, nullptr,
                        {turn, Type::Int, Variable::Kind::Let, {.low = 0, .high = turns}});
  body.parts.insert(body.parts.begin(),
                    MakeStatement(fmt::format("if {} == {} {{ {} = $ }}", turn, changed_at, name),
                                  {std::move(later)}));
  if (stays_number) {
    body.parts.push_back(MakeStatement(fmt::format("{} = {} + $", name, name),
                                       {MakeExpr(Type::Int, std::to_string(Below(5)))}));
  }
  Node loop = MakeStatement(
      fmt::format("var {} = $\nfor {} in range({}) $\nprint({})", name, turn, turns, name),
      {std::move(first), std::move(body)});
  loop.cell = "change of type";
  return loop;
}

// A sequence that is kept before it is gone through, once or, rarely, twice.
Node Writer::StoredSequence(int nesting) {
  constexpr Type kSources[] = {Type::IntSeq, Type::IntSeq, Type::StrSeq, Type::FloatSeq};
  Term source = Expr(OneOf(kSources), 3);
  const std::string stored = NewName();
  const std::string name = NewName();
  const std::string again =
      Chance(temper_ == Temper::Edge ? 25 : 2) ? fmt::format("\nprint(list({}))", stored) : "";
  if (Chance(40)) {
    return MakeStatement(fmt::format("let {} = $\nprint(list({})){}", stored, stored, again),
                         {source.node});
  }
  Node body = LoopBlock(nesting, source.bound.length, &source,
                        {name,
                         ElementOf(source.node.type),
                         Variable::Kind::Let,
                         {.low = source.bound.low, .high = source.bound.high, .length = 50}});
  Node loop =
      MakeStatement(fmt::format("let {} = $\nfor {} in {} ${}", stored, name, stored, again),
                    {source.node, std::move(body)});
  loop.cell = "stored sequence";
  return loop;
}

// A string that grows in place while another name may hold what it was.
Node Writer::GrowString(int nesting) {
  const std::string grown = NewName();
  const std::string kept = NewName();
  const std::string turn = NewName();
  const uint32_t turns = turns_ == 1 ? 3 + Below(60) : 3;
  Node part = StrLiteral().node;
  Node first = StrLiteral().node;
  Add({grown, Type::Str, Variable::Kind::Var, {.length = 50 * turns}});
  Add({kept, Type::Str, Variable::Kind::Var, {.length = 50 * turns}});
  Node body = LoopBlock(nesting - 1, turns, nullptr,
                        {turn, Type::Int, Variable::Kind::Let, {.low = 0, .high = turns}});
  body.parts.insert(body.parts.begin(), MakeStatement(grown + " += $", {std::move(part)}));
  body.parts.insert(
      body.parts.begin(),
      MakeStatement(fmt::format("if {} % {} == 0 {{ {} = {} }}", turn, 1 + Below(9), kept, grown)));
  Node loop = MakeStatement(fmt::format("var {} = $\nvar {} = \"\"\nfor {} in range({}) $\n"
                                        "print(len({}), len({}), {} == {})",
                                        grown, kept, turn, turns, grown, kept, grown, kept),
                            {std::move(first), std::move(body)});
  loop.cell = "string grows";
  return loop;
}

Node Writer::BufferUse() {
  const std::string name = NewName();
  return MakeStatement(fmt::format("let {} = buffer()\nfor x in $ {{ {}.write(str(x)) }}\n"
                                   "print(text({}))",
                                   name, name, name),
                       {Expr(Type::IntSeq, 2).node});
}

// What leaves a loop or a function.
Node Writer::Leave() {
  if (returns_ && (!in_loop_ || Chance(30))) {
    if (*returns_ == Type::None) {
      return MakeStatement("return");
    }
    Term value = Expr(*returns_, 1);
    if (*returns_ == Type::Int) {
      value = Fit(std::move(value), returned_.low, returned_.high);
    }
    return MakeStatement("return $", {value.node});
  }
  if (!in_loop_) {
    return PrintStatement(1);
  }
  return MakeStatement(Chance(50) ? "break" : "continue");
}

}  // namespace fuzz
