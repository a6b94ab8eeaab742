// What diagnostics look like, and that nothing dangerous reaches the terminal.

#include <gtest/gtest.h>

#include "frontend/diagnostic.h"
#include "frontend/suggest.h"
#include "tests/frontend/test_program.h"

namespace frontend {
namespace {

std::string Render(std::string text, Color color = Color::No, size_t limit = 10) {
  SourceFile source("prog.gc", text);
  DiagnosticSink sink;
  LoadProgram("prog.gc", std::move(text), kTestBuiltins, sink);
  return RenderDiagnostics(source, sink.Take(), color, limit);
}

TEST(Render, ShowsWhatWhereAndHow) {
  EXPECT_EQ(Render("let radius = 2\nprint(raduis)"),
            "error[E0201]: The name `raduis` is not known here.\n"
            "  --> prog.gc:2:7\n"
            "   |\n"
            " 2 | print(raduis)\n"
            "   |       ^^^^^^\n"
            "   = help: did you mean `radius`?\n"
            "\n");
}

TEST(Render, ShowsOtherPlacesWithTheirOwnWords) {
  EXPECT_EQ(Render("let x = 1\n\n\nlet x = 2"),
            "error[E0203]: `x` is declared twice at the top level.\n"
            "  --> prog.gc:4:5\n"
            "   |\n"
            " 1 | let x = 1\n"
            "   |     - declared here first\n"
            "...\n"
            " 4 | let x = 2\n"
            "   |     ^\n"
            "   = help: choose another name\n"
            "\n");
}

TEST(Render, CountsWhatItDoesNotShow) {
  std::string rendered = Render("a\nb\nc", Color::No, 1);
  EXPECT_NE(rendered.find("... and 2 more errors\n"), std::string::npos) << rendered;
  EXPECT_EQ(rendered.find("`b`"), std::string::npos);
}

TEST(Render, EscapesWhatWouldReachTheTerminalUnseen) {
  std::string rendered = Render("x \x1b[31m\u202e\t\x07");
  EXPECT_EQ(rendered.find('\x1b'), std::string::npos);
  EXPECT_EQ(rendered.find('\x07'), std::string::npos);
  EXPECT_EQ(rendered.find("\u202e"), std::string::npos);
  EXPECT_NE(rendered.find("\\x1b[31m\\u{202e}"), std::string::npos) << rendered;
  EXPECT_NE(Render("\"abc \xff\"").find("abc \\xff"), std::string::npos);
}

TEST(Render, PlacesCaretsUnderWideAndTabbedText) {
  std::string rendered = Render("\"\u6f22\u5b57\" + y");
  EXPECT_NE(rendered.find(" | \"\u6f22\u5b57\" + y\n   |          ^\n"), std::string::npos)
      << rendered;
  rendered = Render("{\n\ty\n}");
  EXPECT_NE(rendered.find(" 2 |     y\n   |     ^\n"), std::string::npos) << rendered;
}

TEST(Render, ColoursOnlyWhenAsked) {
  EXPECT_EQ(Render("y").find('\x1b'), std::string::npos);
  EXPECT_NE(Render("y", Color::Yes).find("\x1b[1;31merror[E0201]\x1b[0m"), std::string::npos);
}

TEST(Render, ShowsTheEndOfTheFile) {
  std::string rendered = Render("let x =");
  EXPECT_NE(rendered.find("prog.gc:1:8"), std::string::npos) << rendered;
}

TEST(Source, LocatesByCodePoints) {
  SourceFile source("test.gc", "\u00e4\u00f6x\n\ny");
  EXPECT_EQ(source.Locate(0), (Place{1, 1}));
  EXPECT_EQ(source.Locate(4), (Place{1, 3}));
  EXPECT_EQ(source.Locate(6), (Place{2, 1}));
  EXPECT_EQ(source.Locate(7), (Place{3, 1}));
  EXPECT_EQ(source.Locate(99), (Place{3, 2}));
  EXPECT_EQ(source.line_count(), 3u);
  EXPECT_EQ(source.Line(1), "\u00e4\u00f6x");
  EXPECT_EQ(source.Line(2), "");
}

TEST(Source, DropsByteOrderMarkAndCarriageReturns) {
  SourceFile source("test.gc", "\xEF\xBB\xBFx\r\ny");
  EXPECT_EQ(source.text(), "x\r\ny");
  EXPECT_EQ(source.Line(1), "x");
  EXPECT_EQ(SourceFile("test.gc", "").line_count(), 1u);
}

TEST(Suggest, FindsTheNearestWord) {
  EXPECT_EQ(EditDistance("raduis", "radius", 3), 1);
  EXPECT_EQ(EditDistance("abc", "abc", 3), 0);
  EXPECT_EQ(EditDistance("abc", "", 3), 3);
  EXPECT_EQ(EditDistance("kitten", "sitting", 5), 3);
  EXPECT_EQ(EditDistance("abcdef", "ghijkl", 2), 3);
  const std::string_view words[] = {"range", "round", "len", "x"};
  EXPECT_EQ(Suggest("rnage", words), "range");
  EXPECT_EQ(Suggest("LEN", words), "len");
  EXPECT_EQ(Suggest("y", words), "");
  EXPECT_EQ(Suggest("elephant", words), "");
}

TEST(Render, ShowsPiecesOfATextUnderTheirOwnNames) {
  SourceFile source("whole", "own\none\ntwo\nalpha\n  beta\n");
  source.Divide({{2, "first"}, {4, "second"}});
  EXPECT_EQ(source.NameOf(1).name, "whole");
  EXPECT_EQ(source.NameOf(3).name, "first");
  EXPECT_EQ(source.NameOf(3).line, 2u);
  EXPECT_EQ(source.NameOf(4).line, 1u);
  EXPECT_EQ(RenderExcerpt(source, {20, 24}, "here", {{{8, 11}, "and there"}}, Color::No),
            "  --> second:2:3\n"
            "   |\n"
            "  ::: first\n"
            " 2 | two\n"
            "   | --- and there\n"
            "  ::: second\n"
            " 2 |   beta\n"
            "   |   ^^^^ here\n");
}

TEST(Sink, KeepsOneDiagnosticAPlaceInSourceOrder) {
  DiagnosticSink sink;
  sink.Report({.kind = DiagnosticKind::UnknownName, .span = {5, 6}});
  sink.Report({.kind = DiagnosticKind::UnknownName, .span = {1, 2}});
  sink.Report({.kind = DiagnosticKind::MissingComma, .span = {5, 9}});
  std::vector<Diagnostic> diagnostics = sink.Take();
  ASSERT_EQ(diagnostics.size(), 2u);
  EXPECT_EQ(diagnostics[0].span.begin, 1u);
  EXPECT_EQ(diagnostics[1].kind, DiagnosticKind::UnknownName);
  EXPECT_FALSE(sink.has_errors());
}

}  // namespace
}  // namespace frontend
