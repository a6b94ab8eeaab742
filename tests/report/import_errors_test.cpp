// report/import.h: files that are wrong are refused, with where and what to do.

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "report/import.h"
#include "tests/report/format_sample.h"

namespace report {
namespace {

std::string Error(std::string_view text) {
  measure::Results results;
  results.plan.run = "untouched";
  std::string error;
  EXPECT_FALSE(ImportResults(text, "file", &results, &error)) << text;
  EXPECT_EQ(results.plan.run, "untouched");
  return error;
}

constexpr const char* kTime =
    ", but a time is a number of seconds above 0; measure again, or "
    "remove it";
constexpr const char* kExport = "; export it again with the tool that made it";

struct Wrong {
  std::string text;
  std::string error;
};

void ExpectErrors(const std::vector<Wrong>& wrongs) {
  for (const Wrong& wrong : wrongs) {
    EXPECT_EQ(Error(wrong.text), wrong.error) << wrong.text;
  }
}

// R"({"results": [RESULT]})" with a good first result.
std::string Hyperfine(const std::string& result) {
  return R"({"results": [{"command": "a", "times": [1]}, )" + result + "]}";
}

std::string Pyperf(const std::string& benchmark) {
  return R"({"version": "1.0", "benchmarks": [)" + benchmark + "]}";
}

std::string PyperfRun(const std::string& run) {
  return Pyperf(R"({"metadata": {"name": "x"}, "runs": [)" + run + "]}");
}

TEST(ImportErrorsTest, WhatIsNoFormatAtAll) {
  const std::string formats =
      "; import JSON of hyperfine or pyperf, CSV of warmup_stats or with a column `seconds`, or "
      "one number a line";
  const std::string json =
      "it is JSON, but neither hyperfine's, which has `results`, nor pyperf's, which has "
      "`benchmarks`; use `hyperfine --export-json FILE` or `python3 -m pyperf ... -o FILE`";
  ExpectErrors({
      {"", "it is empty; measure again"},
      {" \n\r\n", "it is empty; measure again"},
      {"hello\n", "line 1: it begins with `hello`, which no known format does" + formats},
      {"{}", json},
      {"[1, 2]", json},
      {"\x1F\x8B\x08", "it is compressed; unpack it with `gunzip` and import what comes out"},
  });
}

TEST(ImportErrorsTest, JsonThatBreaksOff) {
  const std::string whole = OracleText("formats/hyperfine_1.15_export.json");
  for (const size_t length : {size_t{1}, size_t{20}, whole.size() / 2, whole.size() - 3}) {
    EXPECT_EQ(Error(whole.substr(0, length)),
              "its JSON ends too early; the file is cut off: copy or export it again");
  }
  ExpectErrors({
      {"{\"results\": [\n  {\"times\": [NaN]}]}",
       "line 2, column 14: this is not JSON, which has no NaN, comments or second value; correct "
       "it, or export the file again"},
      {"{\"results\": [{\"command\": \"a\", \"times\": [1e999]}]}",
       "it holds a number that is too large; correct it, or export the file again"},
  });
}

TEST(ImportErrorsTest, Hyperfine) {
  ExpectErrors({
      {R"({"results": []})", "`results` is empty; there is nothing to import: measure again"},
      {R"({"results": 3})", std::string("`results` is 3, and a list was expected") + kExport},
      {Hyperfine("7"), std::string("`results[1]` is 7, and an object was expected") + kExport},
      {Hyperfine(R"({"times": [1]})"), std::string("`results[1]` has no `command`") + kExport},
      {Hyperfine(R"({"command": 5, "times": [1]})"),
       std::string("`results[1].command` is 5, and a text was expected") + kExport},
      {Hyperfine(R"({"command": "b", "mean": 1})"),
       std::string("`results[1]` has no `times`") + kExport},
      {Hyperfine(R"({"command": "b", "times": null})"),
       std::string("`results[1]` has no `times`") + kExport},
      {Hyperfine(R"({"command": "b", "times": []})"),
       "`results[1].times` is empty; there is nothing to import: measure again"},
      {Hyperfine(R"({"command": "b", "times": [1, -0.5]})"),
       std::string("`results[1].times[1]` is -0.5") + kTime},
      {Hyperfine(R"({"command": "b", "times": [0.0]})"),
       std::string("`results[1].times[0]` is 0.0") + kTime},
      {Hyperfine(R"({"command": "b", "times": ["1"]})"),
       std::string("`results[1].times[0]` is the text \"1\"") + kTime},
      {Hyperfine(R"({"command": "b", "times": [null]})"),
       std::string("`results[1].times[0]` is null") + kTime},
      {Hyperfine(R"({"command": "p.gc b @jit #1", "times": [1]},
                    {"command": "p.gc b @jit #1", "times": [1]})"),
       "`results[2]` is a process that stands further up already; remove one of them"},
  });
}

TEST(ImportErrorsTest, Pyperf) {
  ExpectErrors({
      {R"({"benchmarks": []})",
       "the JSON has `benchmarks` as pyperf's files do, but not its `version` \"1.0\"; write it "
       "again with pyperf 1.0 or later (`python3 -m pyperf convert`)"},
      {Pyperf(""), "`benchmarks` is empty; there is nothing to import: measure again"},
      {Pyperf("{}"), std::string("`benchmarks[0]` has no `runs`") + kExport},
      {Pyperf(R"({"runs": []})"),
       "`benchmarks[0].runs` is empty; there is nothing to import: measure again"},
      {Pyperf(R"({"runs": [{"values": [1]}]})"),
       "`benchmarks[0]` has no name in its metadata; export it again with pyperf"},
      {PyperfRun(R"({"values": [-1]})"),
       std::string("`benchmarks[0].runs[0].values[0]` is -1") + kTime},
      {PyperfRun(R"({"values": [1], "warmups": [[1]]})"),
       "`benchmarks[0].runs[0].warmups[0]` is not a pair of loops and a time; export it again "
       "with pyperf"},
      {PyperfRun(R"({"values": [1], "warmups": [[0, 1]]})"),
       std::string("`benchmarks[0].runs[0].warmups[0][0]` is 0, and a whole number from 1 to "
                   "2^53 was expected") +
           kExport},
      {PyperfRun(R"({"values": [1], "metadata": {"loops": 9007199254740992, "inner_loops": 2}})"),
       "`benchmarks[0].runs[0]` stands for 9007199254740992 times 2 loops; more than 2^53 cannot "
       "be true: measure again"},
      {PyperfRun(R"({"warmups": [[1, 1.0]]})"),
       "`benchmarks[0]` has no run with values; its runs only calibrate: measure again"},
      {Pyperf(R"({"metadata": {"name": "x"}, "runs": [{"values": [1]}]},
                 {"metadata": {"name": "x"}, "runs": [{"values": [1]}]})"),
       "`benchmarks[1]` is a second benchmark called `x`; rename one of them"},
      {OracleText("formats/pyperf_track_memory.json"),
       "`benchmarks[0]` holds values in the unit `byte`; only times can be compared: measure "
       "without --track-memory"},
  });
}

TEST(ImportErrorsTest, WarmupStats) {
  const std::string header = "process_exec_idx,bench_name,0,1\n";
  ExpectErrors({
      {header, "line 1: nothing follows the names of the columns; measure again"},
      {header + "0,fib\n", "line 2: a process has no times; remove the line, or measure again"},
      {header + "0,fib,1,-2\n", std::string("line 2: column 4 is `-2`") + kTime},
      {header + "0,fib,1,nan\n", std::string("line 2: column 4 is `nan`") + kTime},
      {header + "0,fib,,2\n", std::string("line 2: column 3 is ``") + kTime},
      {header + "0,fib,1,2\nx,fib,1,2\n",
       "line 3: the process is `x`, and a whole number from 0 was expected; correct it"},
      {header + "0,fib,1,2\n0,fib,1,2\n",
       "line 3: process 0 of `fib` is there twice; number the processes of a benchmark from 0"},
  });
}

TEST(ImportErrorsTest, Series) {
  const std::string header = "iteration,seconds\n";
  ExpectErrors({
      {header, "line 1: nothing follows the names of the columns; measure again"},
      {header + "0,1\n1\n",
       "line 3: it has 1 columns, and the header has 2; the file may be cut off: export it again"},
      {header + "0,1\n1,inf\n", std::string("line 3: column 2 is `inf`") + kTime},
      {header + "0,1s\n", std::string("line 2: column 2 is `1s`") + kTime},
      {"1.5\nx\n", "line 2: `x` is no finite number; correct or remove it"},
      {"1.5\nnan\n", "line 2: `nan` is no finite number; correct or remove it"},
      {"1,2\n",
       "line 1: there are 2 numbers in it; without a header a file has one number a line: name "
       "the columns in the first line, and the one of the times `seconds`"},
      {OracleText("formats/hyperfine_1.15_export.csv"),
       "line 1: this is hyperfine's CSV, which has no single times; export it with `hyperfine "
       "--export-json`"},
      {"\"a\nb\n",
       "line 1: a quote is opened and never closed; close it, or write \"\" for a quote within a "
       "quoted field"},
  });
}

TEST(ImportErrorsTest, Samples) {
  const std::string header = "program,bench,engine,round,iteration,calls,seconds\n";
  ExpectErrors({
      {"program,engine,seconds\na,b,1\n",
       "line 1: there is no column `bench`; export it again with --export=samples-csv"},
      {header + "a,b,c,0,1,1,0.5\n",
       "line 2: a process does not begin with iteration 0; export it again with "
       "--export=samples-csv"},
      {header + "a,b,c,0,0,0,0.5\n",
       "line 2: a time of no calls says nothing; export it again with --export=samples-csv"},
      {header + "a,b,c,0,0,1,0.5\na,b,c,0,0,1,0.5\n",
       "line 3: this process begins a second time; remove one of them"},
      {header + "a,b,c,0,0,1,-0.5\n", std::string("line 2: column 7 is `-0.5`") + kTime},
  });
}

// Whatever byte is lost or changed, the import ends with results or with a sentence.
TEST(ImportErrorsTest, NoDamageGoesUnsaid) {
  const std::string whole =
      R"({"version": "1.0", "benchmarks": [{"metadata": {"name": "x", "loops": 2},
          "runs": [{"warmups": [[1, 2.5]], "values": [1.5, 1.25]}]}], "metadata": {}})";
  for (size_t i = 0; i < whole.size(); ++i) {
    for (const char byte : {'\0', '"', '[', '}', '0', '-', '\xFF'}) {
      std::string damaged = whole;
      damaged[i] = byte;
      measure::Results results;
      std::string error;
      const bool is_good = ImportResults(damaged, "file", &results, &error);
      EXPECT_EQ(error.empty(), is_good) << damaged;
      EXPECT_EQ(results.plan.cells.empty(), !is_good) << damaged;
    }
  }
}

}  // namespace
}  // namespace report
