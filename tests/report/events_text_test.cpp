// The log as JSON lines, exactly, and as a trace that keeps to the format's rules.

#include "report/events_text.h"

#include <map>
#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/report/made_log.h"

namespace report {
namespace {

using nlohmann::json;

TEST(EventsText, IsOneObjectALine) {
  const std::string text = EventLines(MadeLog());
  std::istringstream lines(text);
  std::string line;
  std::vector<std::string> found;
  while (std::getline(lines, line)) {
    EXPECT_TRUE(json::parse(line).is_object());
    found.push_back(line);
  }
  ASSERT_EQ(found.size(), 19U);
  EXPECT_EQ(found[0], "{\"schema\":2,\"program\":\"a\\u001bb.gc\",\"engine\":\"tiered\"}");
  EXPECT_EQ(found[3],
            "{\"event\":\"hot\",\"at_us\":1000.0,\"thread\":\"run\",\"function\":\"<top>\","
            "\"function_line\":0,\"version\":0,\"types\":\"\",\"loop_line\":13,\"loop_column\":1,"
            "\"spent_us\":900.0,\"estimated_us\":4000.0}");
  EXPECT_EQ(found[4],
            "{\"event\":\"started\",\"at_us\":1000.0,\"thread\":\"compile\",\"pause_us\":50.0,"
            "\"lasts_us\":2000.0}");
  EXPECT_EQ(found[12],
            "{\"event\":\"compile-end\",\"at_us\":8000.0,\"thread\":\"compile\",\"function\":"
            "\"<top>\",\"function_line\":0,\"version\":0,\"types\":\"\",\"loop_line\":13,"
            "\"loop_column\":1,\"instructions\":1234,\"code_bytes\":567,\"versions\":[0,1]}");
  EXPECT_EQ(found[16],
            "{\"event\":\"boxed\",\"at_us\":10000.0,\"thread\":\"run\",\"function\":\"rare\","
            "\"function_line\":3,\"version\":2,\"types\":\"int\",\"what\":\"`t`\",\"line\":5,"
            "\"column\":9,\"reason\":\"is int at line 5 and float at line 6\",\"advice\":\"write "
            "`0.0` instead of `0` at 5:13\"}");
}

// The fields that the Trace Event Format asks of each phase that is used, and spans that nest.
TEST(EventsText, IsATrace) {
  const json trace = json::parse(EventTrace(MadeLog()));
  ASSERT_TRUE(trace.at("traceEvents").is_array());
  std::map<int, std::vector<std::pair<double, double>>> spans;  // by track
  std::map<std::string, int> count;
  for (const json& event : trace["traceEvents"]) {
    const std::string phase = event.at("ph");
    ++count[phase];
    EXPECT_TRUE(event.at("name").is_string());
    EXPECT_TRUE(event.at("pid").is_number_integer());
    EXPECT_TRUE(event.at("tid").is_number_integer());
    EXPECT_TRUE(event.at("args").is_object());
    if (phase == "M") {
      EXPECT_TRUE(event["args"].at("name").is_string());
      continue;
    }
    EXPECT_GE(event.at("ts").get<double>(), 0);
    EXPECT_TRUE(event.at("cat").is_string());
    if (phase == "i") {
      EXPECT_EQ(event.at("s"), "t");
    } else {
      ASSERT_EQ(phase, "X");
      const double begin = event["ts"];
      spans[event["tid"]].emplace_back(begin, begin + event.at("dur").get<double>());
    }
  }
  EXPECT_EQ(count, (std::map<std::string, int>{{"M", 3}, {"X", 7}, {"i", 11}}));
  EXPECT_EQ(spans.size(), 2U);
  for (const auto& [track, all] : spans) {
    for (const auto& a : all) {
      for (const auto& b : all) {
        const bool is_apart = a.second <= b.first || b.second <= a.first;
        const bool is_inside = (a.first <= b.first && b.second <= a.second) ||
                               (b.first <= a.first && a.second <= b.second);
        EXPECT_TRUE(is_apart || is_inside) << track;
      }
    }
  }
}

TEST(EventsText, TheEndingChoosesTheForm) {
  EXPECT_TRUE(json::parse(EventFile(MadeLog(), "x.trace.json")).contains("traceEvents"));
  EXPECT_EQ(EventFile(MadeLog(), "x.jsonl"), EventLines(MadeLog()));
  EXPECT_EQ(EventFile(MadeLog(), "events"), EventLines(MadeLog()));
}

TEST(EventsText, NamesWhatHasNoName) {
  runtime::Event event;
  event.function = "<top>";
  EXPECT_EQ(SubjectText(event), "the top level");
  event.function = "<lambda>";
  event.function_line = 3;
  EXPECT_EQ(SubjectText(event), "the lambda at line 3");
  event.loop_line = 4;
  EXPECT_EQ(SubjectText(event), "the loop at line 4 of the lambda at line 3");
  event.function = "f";
  EXPECT_EQ(SubjectText(event), "the loop at line 4 of f");
}

}  // namespace
}  // namespace report
