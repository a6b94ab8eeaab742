// What a snippet becomes, and where its errors are shown. That it runs: tests/cli/timeit_test.cpp.

#include "measure/snippet.h"

#include <gtest/gtest.h>

namespace measure {
namespace {

LoadedSnippet Load(const std::string& setup, const std::string& statement) {
  return LoadSnippet({{{"<setup>", setup}}, {"<statement>", statement}});
}

// The first line of the excerpt of the first diagnostic.
std::string PlaceOf(const LoadedSnippet& snippet) {
  if (snippet.program != nullptr || !snippet.source) {
    return "no error";
  }
  const std::string text =
      frontend::RenderDiagnostics(*snippet.source, snippet.diagnostics, frontend::Color::No);
  const size_t begin = text.find("--> ") + 4;
  return text.substr(begin, text.find('\n', begin) - begin);
}

std::string ErrorsOf(const LoadedSnippet& snippet) {
  return snippet.source ? frontend::RenderDiagnostics(*snippet.source, snippet.diagnostics,
                                                      frontend::Color::No)
                        : "";
}

TEST(SnippetTest, AcceptsWhatAProgramMayHold) {
  for (const auto& [setup, statement] : std::vector<std::pair<std::string, std::string>>{
           {"", "1 + 1"},
           {"", ""},
           {"", "let x = 3; x * x  # the value"},
           {"", "let x = 3\nx * x\n"},
           {"", "for i in range(3) { if i == 1 { break } }"},
           {"", "turn + 1"},
           {"let turn = 5", "turn + 1"},
           {"def f(x) = x\nlet a = f(1); let b = a  # no end", "f(b)"},
           {"def timeit(x) = x\nlet timeit_ = 3", "timeit(timeit_)"},
           {"var s = 0; let t = 2", "s += t"},
           {"let xs = [1]\r\nvar s = xs[0]\r\n", "s += 1"},
           {"var s = {\n let a = 1; a\n}\ndef f(x) = x\ns += f(2)", "s"},
       }) {
    const LoadedSnippet snippet = Load(setup, statement);
    EXPECT_NE(snippet.program, nullptr) << setup << " / " << statement << "\n" << ErrorsOf(snippet);
  }
}

TEST(SnippetTest, ShowsErrorsWhereTheyWereWritten) {
  EXPECT_EQ(PlaceOf(Load("", "xs + 1")), "<statement>:1:1");
  EXPECT_EQ(PlaceOf(Load("let a = 1\nlet b = 2", "a\na + é + c")), "<statement>:2:5");
  EXPECT_EQ(PlaceOf(Load("let a = 1\nlet b = c", "a")), "<setup>:2:9");
  EXPECT_EQ(PlaceOf(Load("let a = 1", "a += 1")), "<statement>:1:1");
  EXPECT_EQ(PlaceOf(Load("", "def f() = 1")), "<statement>:1:1");
  // After a part that has moved, and in it.
  EXPECT_EQ(PlaceOf(Load("var a = 1; def f() = a", "f()")), "<setup>:1:22");
}

TEST(SnippetTest, RefusesWhatWouldLeaveTheLoop) {
  EXPECT_EQ(PlaceOf(Load("", "break")), "<statement>:1:1");
  EXPECT_EQ(PlaceOf(Load("", "return 3")), "<statement>:1:1");
  EXPECT_EQ(PlaceOf(Load("", "yield 3")), "<statement>:1:1");
  EXPECT_EQ(PlaceOf(Load("", "1 }) }; for i in range(2) { keep({ 2")), "<statement>:1:3");
  EXPECT_EQ(PlaceOf(Load("{", "}")), "<setup>:1:1");
  EXPECT_EQ(PlaceOf(Load("let a = (", "1)")), "<setup>:1:9");
}

TEST(SnippetTest, NamesTheOtherPieceOfAnError) {
  EXPECT_EQ(ErrorsOf(Load("let a = 1", "a = 2")),
            "error[E0209]: `a` is declared with `let`, so its value is fixed.\n"
            "  --> <statement>:1:1\n"
            "   |\n"
            "  ::: <setup>\n"
            " 1 | let a = 1\n"
            "   |     - declared here\n"
            "  ::: <statement>\n"
            " 1 | a = 2\n"
            "   | ^\n"
            "   = help: declare it with `var a = ...`\n\n");
}

TEST(SnippetTest, FindsWorkThatIsNotDone) {
  const auto idle = [](const std::string& statement) {
    runtime::TypeTable types;
    return FindIdleWork(Load("let xs = [1, 2]", statement), types);
  };
  EXPECT_TRUE(idle("sum(x * x for x in xs)").empty());
  EXPECT_TRUE(idle("1 + turn").empty());
  ASSERT_EQ(idle("(x * x for x in xs)").size(), 1u);
  EXPECT_EQ(idle("map(x => x, xs)")[0],
            "the statement makes a sequence, and a sequence that nobody consumes does no work: "
            "wrap it in sum(...) or list(...)");
  ASSERT_EQ(idle("1 + 2\nrange(4)\n5").size(), 2u);
  EXPECT_EQ(idle("1 + 2\nrange(4)\n5")[0],
            "line 1 computes a value that nobody uses, so a compiler may leave it out: wrap it in "
            "keep()");
  EXPECT_TRUE(idle("1 + 2\nrange(4)\n5")[1].starts_with("line 2 makes a sequence"));
}

}  // namespace
}  // namespace measure
