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

}  // namespace

Generated Writer::Write() {
  constexpr Temper kTempers[] = {Temper::Clean, Temper::Planted, Temper::Edge};
  temper_ = kTempers[Weighted({65, 20, 15})];
  Node program{.kind = NodeKind::Program, .type = Type::None, .text = {}, .parts = {}, .cell = {}};
  budget_ = 200;
  AddGlobals(&program.parts);
  const uint32_t functions = 1 + Below(4);
  for (uint32_t i = 0; i < functions; ++i) {
    // The error stands in a function now and then, but in one that has callers.
    wants_planted_ = temper_ == Temper::Planted && i == 0 && Chance(40);
    program.parts.push_back(FunctionItem());
  }
  wants_planted_ = temper_ == Temper::Planted;
  if (Chance(30)) {
    program.parts.push_back(TopStatements());
  }
  program.parts.push_back(MainItem());
  return {std::move(program), temper_, planted_};
}

void Writer::AddGlobals(std::vector<Node>* items) {
  const uint32_t count = Below(3);
  for (uint32_t i = 0; i < count; ++i) {
    items->push_back(Declare(Variable::Kind::Let));
  }
}

// A loop at the top level is a loop of a function that has no caller.
Node Writer::TopStatements() {
  const Scope scope(*this);
  spent_ = 0;
  turns_ = 1;
  budget_ = kNodesOfTop;
  Node items{.kind = NodeKind::Program, .type = Type::None, .text = {}, .parts = {}, .cell = {}};
  Statements(1 + Below(3), 2, &items.parts);
  return items;
}

Node Writer::MainItem() {
  const Scope scope(*this);
  first_local_ = variables_.size();
  spent_ = 0;
  turns_ = 1;
  budget_ = kNodesOfMain;
  Node body{.kind = NodeKind::Block, .type = Type::None, .text = {}, .parts = {}, .cell = {}};
  Statements(2 + Below(4), 3, &body.parts);
  if (MayPlant() && Chance(50)) {
    body.parts.push_back(Planted());
  }
  body.parts.push_back(PrintStatement(3));
  if (Chance(50)) {
    body.parts.push_back(MakeStatement("$", {Expr(AnyType(), 3).node}));
  }
  return Make(NodeKind::Item, Type::None, "def main() $", {std::move(body)});
}

Generated Generate(std::span<const uint8_t> bytes) {
  Choices choices(bytes);
  return Writer(choices).Write();
}

}  // namespace fuzz
