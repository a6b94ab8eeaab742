// Which loops can be entered while they run, with what state, and which not and why.

#include "infer/loop_entry.h"

#include <gtest/gtest.h>

#include "runtime/builtins.h"
#include "runtime/type.h"

namespace infer {
namespace {

// "range > while: a i b": the loops that are running, and the locals in scope.
struct Found {
  std::vector<std::string> entries;
  std::vector<std::string> refused;
};

std::string_view Name(LoopKind kind) {
  switch (kind) {
    case LoopKind::While:
      return "while";
    case LoopKind::Range:
      return "range";
    case LoopKind::Steps:
      return "steps";
    case LoopKind::List:
      return "list";
  }
  return "";
}

Found Find(const std::string& text) {
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
  const Version& top = inference.Get(inference.Request(frontend::kTopFunction, {}));
  const LoopEntries loops = FindLoopEntries(*program, inference, top);
  const frontend::Function& function = program->resolution.functions[frontend::kTopFunction];
  for (const LoopEntry& entry : loops.entries) {
    std::string words;
    for (const LoopStep& step : entry.path) {
      words += std::string(words.empty() ? "" : " > ") + std::string(Name(step.kind));
    }
    words += ":";
    for (const frontend::LocalId local : entry.locals) {
      words += " " + std::string(function.locals[local].name);
    }
    found.entries.push_back(words);
  }
  for (const RefusedLoop& refused : loops.refused) {
    found.refused.emplace_back(refused.reason);
  }
  return found;
}

using Texts = std::vector<std::string>;

TEST(LoopEntry, KnowsEveryKind) {
  EXPECT_EQ(Find("var n = 3\nwhile n > 0 { n -= 1 }\nfor i in range(3) { }\n"
                 "for i in range(3, 0, -1) { }\nfor x in [1, 2] { }\n")
                .entries,
            (Texts{"while: n", "range: n", "steps: n", "list: n"}));
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
            (Texts{"range: a", "range > list: a i b c", "range > while: a i b"}));
}

TEST(LoopEntry, RefusesWhatHasNoPosition) {
  const Found found = Find(
      "var t = 0\n"
      "for x in map(k => k + 1, [1, 2]) { t += x\nfor i in range(x) { t += i } }\n"
      "for c in \"ab\" { t += len(c) }\n"
      "for x in (k for k in range(3)) { t += x }\n"
      "while t > 0 { t -= 1 }\n");
  EXPECT_EQ(found.entries, Texts{"while: t"});
  EXPECT_EQ(found.refused,
            (Texts{"it runs over a sequence that is neither range nor list",
                   "it stands in a loop over a sequence that is neither range nor list",
                   "it runs over a sequence that is neither range nor list",
                   "it runs over a sequence that is neither range nor list"}));
}

TEST(LoopEntry, RefusesLoopsInsideExpressions) {
  const Found found =
      Find("let x = 1 + { var s = 0\nfor i in range(3) { s += i }\ns }\nprint(x)\n");
  EXPECT_EQ(found.entries, Texts{});
  EXPECT_EQ(found.refused, Texts{"it stands inside an expression"});
}

}  // namespace
}  // namespace infer
