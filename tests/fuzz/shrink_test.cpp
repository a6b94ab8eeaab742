// Faults that are pretended: a program shows one when its text holds something.

#include "fuzz/shrink.h"

#include <gtest/gtest.h>

#include "fuzz/campaign.h"

namespace fuzz {
namespace {

bool Holds(const Node& node, std::string_view text) {
  return Print(node).text.find(text) != std::string::npos;
}

TEST(Shrink, DropsWhatIsNotNeeded) {
  Node program{.kind = NodeKind::Program, .type = Type::None, .text = {}, .parts = {}, .cell = {}};
  for (int i = 0; i < 20; ++i) {
    program.parts.push_back(MakeStatement("print(" + std::to_string(i) + ")"));
  }
  const Shrunk small =
      Shrink(program, [](const Node& node) { return Holds(node, "(7)") && Holds(node, "(13)"); });
  EXPECT_TRUE(small.is_smallest);
  EXPECT_EQ(Print(small.program).text, "print(7)\nprint(13)\n");
}

TEST(Shrink, TakesStatementsOutOfLoopsAndExpressionsOutOfExpressions) {
  Node block{.kind = NodeKind::Block, .type = Type::None, .text = {}, .parts = {}, .cell = {}};
  Node sum =
      MakeExpr(Type::Int, "($ + $)", {MakeExpr(Type::Int, "wanted"), MakeExpr(Type::Int, "x")});
  block.parts.push_back(MakeStatement("print($)", {MakeExpr(Type::Int, "abs($)", {sum})}));
  const Node loop = MakeStatement("for x in range(500) $", {block});
  const Shrunk small =
      Shrink(loop, [](const Node& node) { return Holds(node, "print(") && Holds(node, "wanted"); });
  EXPECT_EQ(Print(small.program).text, "print(wanted)\n");
}

TEST(Shrink, MakesNumbersSmaller) {
  const Shrunk small = Shrink(MakeStatement("for x in range(4096) { }"),
                              [](const Node& node) { return Holds(node, "range("); });
  EXPECT_EQ(Print(small.program).text, "for x in range(1) { }\n");
}

TEST(Shrink, StopsAtTheLimit) {
  Node block{.kind = NodeKind::Block, .type = Type::None, .text = {}, .parts = {}, .cell = {}};
  for (int i = 0; i < 100; ++i) {
    block.parts.push_back(MakeStatement("print($)", {MakeExpr(Type::Int, "keep(7)")}));
  }
  size_t asked = 0;
  const Shrunk shrunk = Shrink(MakeStatement("if true $", {block}),
                               [&](const Node&) {
                                 ++asked;
                                 return false;
                               },
                               {.trials = 50});
  EXPECT_EQ(asked, 50U);
  EXPECT_FALSE(shrunk.is_smallest);
}

TEST(Shrink, StopsWhenTheTimeIsOver) {
  double seconds = 0;
  size_t asked = 0;
  const Shrunk shrunk = Shrink(ProgramOf(1).program,
                               [&](const Node&) {
                                 ++asked;
                                 seconds += 2;
                                 return false;
                               },
                               {.seconds = 60, .clock = [&] { return seconds; }});
  EXPECT_EQ(asked, 30U);
  EXPECT_FALSE(shrunk.is_smallest);
}

}  // namespace
}  // namespace fuzz
