// Which loops can be entered while they run, with what state, and which not and why.

#include "infer/loop_entry.h"

#include <gtest/gtest.h>

#include "runtime/builtins.h"
#include "runtime/type.h"

namespace infer {
namespace {

// "for range while | kept | changed | locals": the steps that are going on, and the locals.
struct Found {
  std::vector<std::string> entries;
  std::vector<std::string> refused;
};

std::string_view Name(StepKind kind) {
  switch (kind) {
    case StepKind::While:
      return "while";
    case StepKind::Range:
      return "range";
    case StepKind::Steps:
      return "steps";
    case StepKind::List:
      return "list";
    case StepKind::Str:
      return "str";
    case StepKind::For:
      return "for";
    case StepKind::Stage:
      return "stage";
    case StepKind::Fold:
      return "fold";
    case StepKind::Quantify:
      return "quantify";
    case StepKind::Collect:
      return "collect";
    case StepKind::Join:
      return "join";
  }
  return "";
}

// Of the function of that name, called without arguments; empty: of the top level.
Found Find(const std::string& text, std::string_view name = "") {
  Found found;
  frontend::DiagnosticSink sink;
  const auto program = frontend::LoadProgram("test.gc", text, runtime::BuiltinSignatures(), sink);
  if (program == nullptr) {
    ADD_FAILURE() << frontend::RenderDiagnostics(frontend::SourceFile("test.gc", text), sink.Take(),
                                                 frontend::Color::No);
    return found;
  }
  runtime::TypeTable types;
  Inference inference(*program, types, Typing::Inferred);
  const frontend::FunctionId id =
      name.empty() ? frontend::kTopFunction : program->IdOf(*program->FindFunction(name));
  const Version& version = inference.Get(inference.Request(id, {}));
  const LoopEntries loops = FindLoopEntries(*program, inference, version);
  const frontend::Function& function = program->resolution.functions[id];
  for (const LoopEntry& entry : loops.entries) {
    std::string words = entry.root == nullptr ? "" : "root:";
    for (const Step& step : entry.path) {
      words += std::string(words.empty() ? "" : " ") + std::string(Name(step.kind));
    }
    for (const auto* locals : {&entry.kept, &entry.changed, &entry.locals}) {
      words += " |";
      for (const frontend::LocalId local : *locals) {
        words += " " + std::string(function.locals[local].name);
      }
    }
    found.entries.push_back(words);
  }
  for (const RefusedLoop& refused : loops.refused) {
    found.refused.emplace_back(refused.reason);
  }
  return found;
}

using Texts = std::vector<std::string>;

TEST(LoopEntry, KnowsEveryKindOfLoop) {
  EXPECT_EQ(Find("var n = 3\nwhile n > 0 { n -= 1 }\nfor i in range(3) { }\n"
                 "for i in range(3, 0, -1) { }\nfor x in [1, 2] { }\nfor c in \"ab\" { }\n")
                .entries,
            (Texts{"while | | | n", "for range | | | n", "for steps | | | n", "for list | | | n",
                   "for str | | | n"}));
}

TEST(LoopEntry, NamesWhatIsInScopeAndWhatIsRunning) {
  EXPECT_EQ(Find("var a = 1\n"
                 "if a == 1 { var gone = 2\ngone += 1 }\n"
                 "for i in range(3) {\n"
                 "    let b = i\n"
                 "    { let c = b\nfor x in [b, c] { let d = x\na += d } }\n"
                 "    while a < 0 { a += 1 }\n"
                 "}\n")
                .entries,
            (Texts{"for range | | | a", "for range for list | | | a i b c",
                   "for range while | | | a i b"}));
}

TEST(LoopEntry, HasTheStagesOfALoopInTheirOrder) {
  EXPECT_EQ(Find("var t = 0\n"
                 "for x in map(k => k + 1, filter(k => k > 0, [1, 2])) { t += x\n"
                 "    for i in range(x) { t += i } }\n"
                 "for x in (str(j) + k for j in range(3) if j > 1 for k in \"ab\") { t += len(x) }\n")
                .entries,
            (Texts{"for stage stage list | | | t", "for stage stage list for range | | | t x",
                   "for range | | | t", "for range str | | | t j"}));
}

TEST(LoopEntry, EntersConsumersOnTheirOwn) {
  EXPECT_EQ(Find("let a = 1\n"
                 "print(sum(map(abs, range(a))), max([1, 2]), 1 + sum([1, 2], abs(a)),\n"
                 "      any(x > a for x in range(3)), list(\"ab\"),\n"
                 "      [j * k for j in range(3) for k in [j, a]], join(\", \", (c for c in \"ab\")))\n")
                .entries,
            (Texts{"root: fold stage range | a | |", "root: fold list | a | |",
                   "root: fold list | a | |", "root: quantify range | a | |",
                   "root: collect str | a | |", "root: collect range | a | |",
                   "root: collect range list | a | | j", "root: join str | a | |"}));
}

TEST(LoopEntry, EntersWithoutTheRestOfTheFunctionWhereThatIsOutOfReach) {
  EXPECT_EQ(Find("let a = 1\n"
                 "let x = a + { var s = 0\nfor i in range(3) { s += i * a }\ns }\n"
                 "print(x)\n")
                .entries,
            (Texts{"root: for range | a | s |"}));
  const Found found =
      Find("def f() { var t = 0\nfor i in range(3) { while t < i { t += 1 }\nyield t } }\n", "f");
  EXPECT_EQ(found.entries, (Texts{"root: while | i | t |"}));
  EXPECT_EQ(found.refused, (Texts{std::string(kYields)}));
}

TEST(LoopEntry, EntersWhatStandsInALoopWithoutAPosition) {
  const Found found = Find(
      "def f() { yield 1 }\n"
      "var t = 0\n"
      "for x in f() { for i in range(x) { t += i }\nfor i in range(x) { if i > t { break } } }\n");
  EXPECT_EQ(found.entries, (Texts{"root: for range | x | t |", "root: for range | t x | |"}));
  EXPECT_EQ(found.refused, Texts{std::string(kNoPosition)});
}

TEST(LoopEntry, RefusesWhatAJumpLeaves) {
  const std::string text =
      "def f() { yield 1 }\n"
      "def g() {\n"
      "    let x = 1 + { for i in range(3) { if i > 1 { return 2 } }\n1 }\n"
      "    for y in f() { for i in range(x) { if i > y { return x } } }\n"
      "    x\n"
      "}\n";
  const Found found = Find(text, "g");
  EXPECT_EQ(found.entries, Texts{});
  EXPECT_EQ(found.refused, (Texts{std::string(kJumpsOutOfExpression), std::string(kNoPosition),
                                  std::string(kInNoPosition)}));
}

}  // namespace
}  // namespace infer
