// A whole program: constants, functions, some work at the top level, main.
// Test: tests/fuzz/generator_test.cpp.

#include <utility>

#include <fmt/format.h>

#include "fuzz/writer.h"

namespace fuzz {
namespace {

// Nodes that a run may execute: about a millisecond on the slowest engine.
constexpr uint64_t kNodesOfMain = 6000;
constexpr uint64_t kNodesOfTop = 1500;

// Small, middle and large programs. Most faults need little of a program, and what it costs is the
// compiling of its code.
constexpr uint32_t kShares[] = {10, 5, 1};
constexpr Extent kExtents[] = {
    {.globals = 1,
     .functions = 1,
     .statements = 0,
     .top_percent = 5,
     .body = 1,
     .nesting = 1,
     .depth = 2,
     .atom_percent = 45},
    {.globals = 1,
     .functions = 1,
     .statements = 1,
     .top_percent = 15,
     .body = 2,
     .nesting = 2,
     .depth = 2,
     .atom_percent = 25},
    {.globals = 2,
     .functions = 4,
     .statements = 5,
     .top_percent = 30,
     .body = 3,
     .nesting = 3,
     .depth = 3,
     .atom_percent = 15},
};

}  // namespace

Generated Writer::Write() {
  extent_ = kExtents[choices_.Weighted(kShares)];
  constexpr Temper kTempers[] = {Temper::Clean, Temper::Planted, Temper::Edge, Temper::Deep,
                                 Temper::Growing, Temper::Endless};
  temper_ = kTempers[Weighted({57, 20, 15, 4, 1, 3})];
  if (temper_ == Temper::Deep) {
    return DeepProgram();
  }
  if (temper_ == Temper::Growing) {
    return GrowingProgram();
  }
  if (temper_ == Temper::Endless) {
    return EndlessProgram();
  }
  Node program{.kind = NodeKind::Program, .type = Type::None, .text = {}, .parts = {}, .cell = {}};
  budget_ = 200;
  AddGlobals(&program.parts);
  AddFunctions(&program.parts);
  wants_planted_ = temper_ == Temper::Planted;
  if (Chance(extent_.top_percent)) {
    program.parts.push_back(TopStatements());
  }
  Node main = MainItem(&program.parts);
  program.parts.push_back(std::move(main));
  return {std::move(program), temper_, planted_, planted_says_};
}

void Writer::AddGlobals(std::vector<Node>* items) {
  const uint32_t count = Below(extent_.globals + 1);
  for (uint32_t i = 0; i < count; ++i) {
    items->push_back(Declare(Variable::Kind::Let));
  }
}

void Writer::AddFunctions(std::vector<Node>* items) {
  const uint32_t count = Below(extent_.functions + 1);
  for (uint32_t i = 0; i < count; ++i) {
    // The error stands in a function now and then.
    wants_planted_ = temper_ == Temper::Planted && i == 0 && Chance(40);
    items->push_back(FunctionItem());
  }
}

// A loop at the top level is a loop of a function that has no caller.
Node Writer::TopStatements() {
  const Scope scope(*this);
  spent_ = 0;
  turns_ = 1;
  budget_ = kNodesOfTop;
  Node items{.kind = NodeKind::Program, .type = Type::None, .text = {}, .parts = {}, .cell = {}};
  Statements(1 + Below(extent_.body), extent_.nesting - 1, &items.parts);
  return items;
}

Node Writer::MainItem(std::vector<Node>* items) {
  const Scope scope(*this);
  first_local_ = variables_.size();
  spent_ = 0;
  turns_ = 1;
  budget_ = kNodesOfMain;
  Node body{.kind = NodeKind::Block, .type = Type::None, .text = {}, .parts = {}, .cell = {}};
  if (Chance(temper_ == Temper::Edge ? 70 : 5)) {
    Corners(&body.parts);
  }
  for (size_t idioms = Weighted({70, 20, 10}); idioms > 0; --idioms) {
    body.parts.push_back(Idiom(items));
  }
  body.parts.push_back(Seam());
  Statements(Below(extent_.statements + 1), extent_.nesting, &body.parts);
  if (MayPlant()) {
    body.parts.push_back(Planted());
  }
  for (Function& function : functions_) {
    if (!function.is_used && Chance(80)) {
      body.parts.push_back(UseOf(function));
    }
  }
  body.parts.push_back(PrintStatement(extent_.depth - 1));
  if (Chance(30)) {
    body.parts.push_back(MakeStatement("$", {Expr(AnyType(), 2).node}));
  }
  return Make(NodeKind::Item, Type::None, "def main() $", {std::move(body)});
}

// A loop.
Node Writer::Seam() {
  switch (Weighted({4, 6, 3, 1, 2})) {
    case 0:
      return While(extent_.nesting);
    case 1:
      return For(extent_.nesting);
    case 2:
      return ChangeOfType(extent_.nesting);
    case 3:
      return StoredSequence(extent_.nesting);
    default:
      return GrowString(extent_.nesting);
  }
}

// A call of a function that has none: one alone, or one at each turn of a loop.
Node Writer::UseOf(Function& function) {
  const bool is_sequence = function.result == Type::IntSeq || function.result == Type::FloatSeq ||
                           function.result == Type::StrSeq;
  const char* shown = is_sequence ? "print(list($))" : "print($)";
  const uint32_t turns = Chance(60) ? 2 + Below(14) : 1;
  if (turns == 1 || !Affords(turns * (function.cost + 20))) {
    return MakeStatement(shown, {CallOf(function, 2).node});
  }
  const Scope scope(*this);
  const std::string turn = NewName();
  turns_ *= turns;
  Add({turn, Type::Int, Variable::Kind::Let, {.low = 0, .high = turns}});
  Node call = CallOf(function, 2).node;
  turns_ /= turns;
  Node loop = MakeStatement(fmt::format("for {} in range({}) {{ {} }}", turn, turns, shown),
                            {std::move(call)});
  loop.cell = "call in a loop";
  return loop;
}

Generated Generate(std::span<const uint8_t> bytes) {
  Choices choices(bytes);
  return Writer(choices).Write();
}

Generated ProgramOf(uint64_t seed) { return Generate(RandomBytes(seed, kUsefulBytes)); }

}  // namespace fuzz
