// The generator: the same bytes give the same program, every program compiles unless it is meant
// not to, most of what can be written is written, and no program holds much.

#include "fuzz/generator.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "cli/registry.h"
#include "frontend/program.h"
#include "fuzz/campaign.h"
#include "fuzz/choices.h"
#include "fuzz/observe.h"
#include "runtime/builtins.h"
#include "runtime/context.h"
#include "runtime/run.h"
#include "runtime/type.h"

namespace fuzz {
namespace {

TEST(Choices, AreTheFirstOnesWhenTheBytesAreUsedUp) {
  const uint8_t bytes[] = {0xFF, 0xFF};
  Choices choices(bytes);
  EXPECT_EQ(choices.Below(10), 9U);
  EXPECT_EQ(choices.Below(10), 0U);
  EXPECT_FALSE(choices.Chance(99));
}

TEST(Choices, FollowTheWeights) {
  const std::vector<uint8_t> bytes = RandomBytes(1, 20'000);
  Choices choices(bytes);
  const uint32_t weights[] = {1, 0, 3};
  int counts[3] = {};
  for (int i = 0; i < 10'000; ++i) {
    ++counts[choices.Weighted(weights)];
  }
  EXPECT_NEAR(counts[0], 2500, 200);
  EXPECT_EQ(counts[1], 0);
}

TEST(RandomBytes, DependOnTheSeedAlone) {
  EXPECT_EQ(RandomBytes(7, 100), RandomBytes(7, 100));
  EXPECT_NE(RandomBytes(7, 100), RandomBytes(8, 100));
}

TEST(Print, PutsBlocksOnLinesOfTheirOwn) {
  Node block{.kind = NodeKind::Block, .type = Type::None, .text = {}, .parts = {}, .cell = {}};
  block.parts.push_back(MakeStatement("print($)", {MakeExpr(Type::Int, "1")}));
  Node wrong = MakeStatement("1 // 0");
  wrong.is_planted = true;
  block.parts.push_back(wrong);
  const Printed printed = Print(MakeStatement("while $ $", {MakeExpr(Type::Bool, "true"), block}));
  EXPECT_EQ(printed.text, "while true {\n  print(1)\n  1 // 0\n}\n");
  EXPECT_EQ(printed.planted_line, 3U);
  EXPECT_EQ(printed.text.substr(printed.planted_begin, printed.planted_end - printed.planted_begin),
            "1 // 0");
}

TEST(Generator, GivesTheSameProgramForTheSameBytes) {
  EXPECT_EQ(Print(ProgramOf(3).program).text, Print(ProgramOf(3).program).text);
  EXPECT_NE(Print(ProgramOf(3).program).text, Print(ProgramOf(4).program).text);
}

TEST(InputOf, IsADamagedTextForTheSourceMatrix) {
  EXPECT_EQ(Print(InputOf(3, Matrix::Quick).program).text, Print(ProgramOf(3).program).text);
  EXPECT_EQ(Print(InputOf(3, Matrix::Source).program).text,
            Print(InputOf(3, Matrix::Source).program).text);
  EXPECT_NE(Print(InputOf(3, Matrix::Source).program).text, Print(ProgramOf(3).program).text);
}

TEST(Generator, MakesAProgramOfNoBytes) { EXPECT_NE(Print(Generate({}).program).text, ""); }

TEST(Generator, MakesProgramsOfAllSizes) {
  constexpr uint64_t kPrograms = 400;
  std::vector<size_t> sizes;
  for (uint64_t seed = 0; seed < kPrograms; ++seed) {
    const std::string text = Print(ProgramOf(seed).program).text;
    sizes.push_back(static_cast<size_t>(std::count(text.begin(), text.end(), '\n')));
  }
  std::sort(sizes.begin(), sizes.end());
  EXPECT_LT(sizes[kPrograms / 2], 16U);
  EXPECT_GT(sizes[kPrograms * 97 / 100], 35U);
}

TEST(Generator, PlantsOneErrorAtMost) {
  uint64_t with_one = 0;
  for (uint64_t seed = 0; seed < 4000; ++seed) {
    const Generated generated = ProgramOf(seed);
    int planted = 0;
    ForEach(generated.program, [&](const Node& node) { planted += node.is_planted ? 1 : 0; });
    ASSERT_LE(planted, 1) << seed;
    ASSERT_EQ(planted == 1, !generated.planted.empty()) << seed;
    with_one += planted == 1 ? 1 : 0;
  }
  EXPECT_GT(with_one, 600U);
}

// What a run holds at most does not double at each turn of a loop.
TEST(Generator, WritesProgramsThatHoldLittle) {
  runtime::OnLargeStack([] {
    for (uint64_t seed = 0; seed < 2000; ++seed) {
      const Generated generated = ProgramOf(seed);
      const std::string text = Print(generated.program).text;
      frontend::DiagnosticSink sink;
      const auto program = frontend::LoadProgram("a.gc", text, runtime::BuiltinSignatures(), sink);
      if (program == nullptr || generated.reaches_a_limit()) {
        continue;
      }
      runtime::TypeTable types;
      runtime::StringOutput output;
      runtime::Limits limits;
      limits.memory_bytes = 1 << 20;
      runtime::Context context(*program, types, output, limits);
      const auto backend = cli::FindConfiguration("interp", "boxed")->make({});
      const auto executable =
          backend->Prepare(*program, context, runtime::Counting::No, runtime::Entry::Main);
      const runtime::Outcome outcome = runtime::RunProgram(*executable, context, {}, false);
      ASSERT_FALSE(outcome.error && outcome.error->failure.kind == runtime::ErrorKind::Memory)
          << seed << "\n"
          << text;
      runtime::Release(outcome.value);
    }
  });
}

// What the program ends with on the interpreter; "" when it ends well.
std::string EndOf(const Generated& generated) {
  frontend::DiagnosticSink sink;
  const auto program = frontend::LoadProgram("a.gc", Print(generated.program).text,
                                             runtime::BuiltinSignatures(), sink);
  std::string kind = "diagnostic";
  if (program != nullptr) {
    runtime::OnLargeStack([&] {
      kind = Observe(*program, *cli::FindConfiguration("interp", "fused"), {}).error_kind;
    });
  }
  return kind;
}

TEST(Generator, WritesProgramsThatReachTheirLimits) {
  int growing = 0;
  std::map<std::string, int> ends_of_deep;
  for (uint64_t seed = 0; seed < 3000; ++seed) {
    const Generated generated = ProgramOf(seed);
    if (generated.temper == Temper::Growing) {
      ++growing;
      ASSERT_EQ(EndOf(generated), "memory limit") << Print(generated.program).text;
    } else if (generated.temper == Temper::Deep) {
      const std::string end = EndOf(generated);
      ++ends_of_deep[end];
      ASSERT_TRUE(end.empty() || end == "depth limit") << end << Print(generated.program).text;
    }
  }
  EXPECT_GT(growing, 10);
  EXPECT_GT(ends_of_deep[""], 10);
  EXPECT_GT(ends_of_deep["depth limit"], 10);
}

TEST(Generator, WritesProgramsThatCompile) {
  std::set<std::string> cells;
  std::set<std::string> planted;
  std::set<Temper> tempers;
  for (uint64_t seed = 0; seed < 6000; ++seed) {
    const Generated generated = ProgramOf(seed);
    tempers.insert(generated.temper);
    if (seed >= 1000 && !generated.reaches_a_limit()) {
      continue;  // those that reach one are few, of many patterns
    }
    const std::string text = Print(generated.program).text;
    frontend::DiagnosticSink sink;
    const auto program = frontend::LoadProgram("a.gc", text, runtime::BuiltinSignatures(), sink);
    ASSERT_TRUE(program != nullptr || !generated.is_meant_to_compile()) << seed << "\n" << text;
    planted.insert(generated.planted);
    ForEach(generated.program, [&](const Node& node) { cells.insert(node.cell); });
  }
  EXPECT_GT(cells.size(), 120U);
  EXPECT_GT(planted.size(), 10U);
  EXPECT_EQ(tempers.size(), 6U);
}

}  // namespace
}  // namespace fuzz
