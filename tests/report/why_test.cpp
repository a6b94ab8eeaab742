// What a log says in words, exactly.

#include "report/why.h"

#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "report/why_text.h"
#include "runtime/builtins.h"
#include "tests/report/made_log.h"

namespace report {
namespace {

std::unique_ptr<frontend::Program> Load(const std::string& text = kLoggedProgram) {
  frontend::DiagnosticSink sink;
  auto program = frontend::LoadProgram("a\033b.gc", text, runtime::BuiltinSignatures(), sink);
  EXPECT_NE(program, nullptr);
  return program;
}

// The table without the lines between its rows.
std::string WithoutRules(const std::string& text) {
  std::istringstream lines(text);
  std::string rest;
  for (std::string line; std::getline(lines, line);) {
    rest += line.starts_with("─") ? "" : line + "\n";
  }
  return rest;
}

std::string TextAt(uint32_t line) {
  const auto program = Load();
  const Why why = AtLine(ExplainRun(MadeLog(), *program), ContentOf(*program, line), line);
  return WhyLine(why, line, program->source->Line(line));
}

TEST(WhyTest, ShowsATableAndWhatToEdit) {
  EXPECT_EQ(WithoutRules(WhyTable(ExplainRun(MadeLog(), *Load()))),
            "a\\x1bb.gc on tiered: 20.0 ms in all, times since it began\n"
            "\n"
            "line  what                                  types          hot at  compiled "
            "in  boxed  machine code\n"
            "      the top level                                                           "
            "         from 8.50 ms on, in its loop\n"
            "   1  step                                  (int) -> int                      "
            "         from 8.50 ms on, inlined in the loop at line 13 of the top level\n"
            "   3  rare                                  (int) -> int                      "
            "      1  not worth it: 1.00 µs of interpreting, about 3.00 ms of compiling\n"
            "   4  the loop at line 4 of rare                                              "
            "         cannot be entered while it runs\n"
            "  10  unused                                                                  "
            "         not called\n"
            "  13  the loop at line 13 of the top level                1.00 ms      4.75 "
            "ms         from 8.50 ms on\n"
            "\n"
            "  5:9           boxed: `t` is int at line 5 and float at line 6\n"
            "    edit        write `0.0` instead of `0` at 5:13\n"
            "  4             the loop at line 4 of rare: it cannot be entered while it "
            "runs: it stands inside an expression\n"
            "    edit        make the loop a statement of its own\n");
}

TEST(WhyTest, ExplainsALoop) {
  EXPECT_EQ(TextAt(13),
            "a\\x1bb.gc:13 on tiered: 20.0 ms in all, times since it began\n"
            "  13 | while x < 1000 {\n"
            "\n"
            "the loop at line 13 of the top level\n"
            "  hot           at 1.00 ms: 900 µs of interpreting, about 4.00 ms of compiling\n"
            "  compiled      in 4.75 ms beside the run: lower 250 µs, optimise 1.50 ms, "
            "codegen 2.00 ms, link 1.00 ms\n"
            "  size          1,234 instructions as lowered, 567 bytes of code\n"
            "  machine code  from 8.50 ms on\n"
            "  entered       at 8.50 ms\n"
            "  inlined in it step\n"
            "  types         x: int\n");
}

// Nothing begins there that the log knows: the loop around it is explained.
TEST(WhyTest, ExplainsALineOfALoop) {
  EXPECT_EQ(TextAt(14),
            "a\\x1bb.gc:14 on tiered: 20.0 ms in all, times since it began\n"
            "  14 |     x = step(x)\n"
            "\n"
            "the loop at line 13 of the top level\n"
            "  hot           at 1.00 ms: 900 µs of interpreting, about 4.00 ms of compiling\n"
            "  compiled      in 4.75 ms beside the run: lower 250 µs, optimise 1.50 ms, "
            "codegen 2.00 ms, link 1.00 ms\n"
            "  size          1,234 instructions as lowered, 567 bytes of code\n"
            "  machine code  from 8.50 ms on\n"
            "  entered       at 8.50 ms\n"
            "  inlined in it step\n"
            "  types         x: int\n");
}

TEST(WhyTest, ExplainsAFunction) {
  EXPECT_EQ(TextAt(1),
            "a\\x1bb.gc:1 on tiered: 20.0 ms in all, times since it began\n"
            "   1 | def step(x) = x * 2\n"
            "\n"
            "step(int) -> int\n"
            "  machine code  from 8.50 ms on, inlined in the loop at line 13 of the top "
            "level\n"
            "  inlined into  the top level\n"
            "  types         x: int\n");
  EXPECT_EQ(TextAt(10),
            "a\\x1bb.gc:10 on tiered: 20.0 ms in all, times since it began\n"
            "  10 | def unused() = 1\n"
            "\n"
            "unused\n"
            "  machine code  not called\n");
}

TEST(WhyTest, ExplainsABoxedValue) {
  EXPECT_EQ(TextAt(5),
            "a\\x1bb.gc:5 on tiered: 20.0 ms in all, times since it began\n"
            "   5 |     var t = 0\n"
            "\n"
            "rare(int) -> int\n"
            "  machine code  not worth it: 1.00 µs of interpreting, about 3.00 ms of "
            "compiling\n"
            "  types         t: any\n"
            "  boxed 5:9     `t` is int at line 5 and float at line 6\n"
            "    edit        write `0.0` instead of `0` at 5:13\n");
}

// A function that is called once, or is so small that its calls are not counted.
TEST(WhyTest, DoesNotWeighWhatCostNothing) {
  const auto program = Load();
  EventLog log = MadeLog();
  for (runtime::Event& event : log.events) {
    event.spent_seconds = event.kind == runtime::EventKind::Interpreted ? 0 : event.spent_seconds;
  }
  const std::string text = WhyTable(ExplainRun(log, *program));
  EXPECT_NE(text.find("no: its own calls cost next to nothing"), std::string::npos) << text;
  EXPECT_EQ(text.find("not worth it"), std::string::npos) << text;
}

TEST(WhyTest, KnowsWhatStandsOnALine) {
  const auto program = Load();
  for (const uint32_t line : {2U, 8U, 9U, 11U, 15U}) {
    EXPECT_TRUE(ContentOf(*program, line).is_empty) << line;
  }
  EXPECT_FALSE(ContentOf(*program, 10).is_empty);
  const LineContent body = ContentOf(*program, 14);
  EXPECT_FALSE(body.is_empty);
  EXPECT_EQ(body.names, std::vector<std::string>{"x"});
  EXPECT_EQ(body.loop_lines, std::vector<uint32_t>{13});
  EXPECT_EQ(body.function_line, 0U);
  const LineContent inner = ContentOf(*program, 4);
  EXPECT_EQ(inner.names, (std::vector<std::string>{"k", "i", "n"}));
  EXPECT_EQ(inner.function_line, 3U);
}

TEST(WhyTest, HasAllOfItAsJson) {
  const auto json = nlohmann::json::parse(WhyJson(ExplainRun(MadeLog(), *Load()), 0));
  EXPECT_EQ(json["lab_why"], 1);
  EXPECT_TRUE(json["line"].is_null());
  EXPECT_NEAR(json["run_seconds"].get<double>(), 0.02, 1e-9);
  ASSERT_EQ(json["items"].size(), 6U);
  const auto& loop = json["items"][5];
  EXPECT_EQ(loop["name"], "the loop at line 13 of the top level");
  EXPECT_EQ(loop["kind"], "loop");
  EXPECT_EQ(loop["compile"]["code_bytes"], 567);
  EXPECT_EQ(loop["compile"]["thread"], "compile");
  EXPECT_EQ(loop["compile"]["phases"].size(), 4U);
  EXPECT_NEAR(loop["machine_code"]["from"].get<double>(), 0.0085, 1e-9);
  EXPECT_EQ(loop["inlined"], nlohmann::json::array({"step"}));
  const auto& step = json["items"][1];
  EXPECT_EQ(step["name"], "step");
  EXPECT_TRUE(step["compile"].is_null());
  EXPECT_EQ(step["machine_code"]["unit"], "the loop at line 13 of the top level");
  const auto& rare = json["items"][2];
  EXPECT_EQ(rare["boxed"][0]["edit"], "write `0.0` instead of `0` at 5:13");
  EXPECT_TRUE(rare["machine_code"].is_null());
}

}  // namespace
}  // namespace report
