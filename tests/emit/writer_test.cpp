// Lines, their origins, and where comments go.

#include "emit/writer.h"

#include <gtest/gtest.h>

namespace emit {
namespace {

// The span of the first occurrence of `part`.
frontend::Span SpanOf(const frontend::SourceFile& source, std::string_view part) {
  const auto begin = static_cast<uint32_t>(source.text().find(part));
  return {.begin = begin, .end = begin + static_cast<uint32_t>(part.size())};
}

Translation Done(Writer writer) {
  Writer whole(writer.source(), "//", "  ");
  return whole.Join(std::move(writer));
}

TEST(WriterTest, KnowsWhereLinesComeFrom) {
  const frontend::SourceFile source("a.gc", "let a = 1\nlet b = [\n  2]\n");
  Writer writer(source, "//", "  ");
  writer.Plain("{");
  writer.Indent();
  writer.Line(SpanOf(source, "let b = [\n  2]"), "b = [2];");
  writer.Outdent();
  const Translation translation = Done(std::move(writer));
  EXPECT_EQ(translation.text, "{\n  b = [2];\n");
  ASSERT_EQ(translation.lines.size(), 2U);
  EXPECT_EQ(translation.lines[0].first, 0U);
  EXPECT_EQ(translation.lines[1].first, 2U);
  EXPECT_EQ(translation.lines[1].last, 3U);
}

TEST(WriterTest, KeepsCommentsWithTheirLines) {
  const frontend::SourceFile source("a.gc",
                                    "# about a\n"
                                    "let a = \"#\"   # behind a\n"
                                    "\n"
                                    "# alone\n"
                                    "\n"
                                    "# about b\n"
                                    "let b = [  # inside\n"
                                    "  2]\n");
  Writer writer(source, "//", "  ");
  writer.Line(SpanOf(source, "let a = \"#\""), "a;");
  writer.Line(SpanOf(source, "let b = [  # inside\n  2]"), "b;");
  EXPECT_EQ(Done(std::move(writer)).text,
            "// about a\na;  // behind a\n// alone\n// about b\n// inside\nb;\n");
}

TEST(WriterTest, WritesACommentOnce) {
  const frontend::SourceFile source("a.gc", "let a = 1  # once\n");
  Writer writer(source, "--", "  ");
  writer.Line(SpanOf(source, "let a"), "a;");
  writer.Line(SpanOf(source, "let a"), "again;");
  EXPECT_EQ(Done(std::move(writer)).text, "a;  -- once\nagain;\n");
}

TEST(WriterTest, TellsTheHeadOfTheFileFromTheFirstItem) {
  const frontend::SourceFile apart("a.gc", "#!/usr/bin/env lab\n# The file.\n\nlet a = 1\n");
  Writer head(apart, "//", "  ");
  head.Head();
  Writer body(apart, "//", "  ");
  body.SkipHead();
  body.Line(SpanOf(apart, "let a"), "a;");
  EXPECT_EQ(head.Join(std::move(body)).text, "// The file.\n\na;\n");

  const frontend::SourceFile joined("a.gc", "# About a.\nlet a = 1\n");
  Writer no_head(joined, "//", "  ");
  no_head.Head();
  EXPECT_EQ(no_head.line_count(), 0U);
}

TEST(WriterTest, KeepsGapsAsWideAsAsked) {
  const frontend::SourceFile source("a.gc", "1\n");
  Writer writer(source, "//", "  ");
  writer.Gap();
  writer.Plain("a");
  writer.Gap();
  writer.Gap();
  writer.Gap(2);
  writer.Plain("b");
  EXPECT_EQ(Done(std::move(writer)).text, "a\n\n\nb\n");
}

}  // namespace
}  // namespace emit
