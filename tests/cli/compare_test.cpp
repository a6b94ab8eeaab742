// `lab compare` and `lab warmup` in process, with scripted workers and a clock that only they move:
// exact texts, files, and what goes wrong.

#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "measure/worker.h"
#include "tests/cli/pretended_peers.h"

namespace cli {
namespace {

struct Script {
  double now = 100;
  int processes = 0;
  std::string jit_value = "42";
  std::string failing_engine = {};
  measure::FailureReach reach = measure::FailureReach::Plan;
};

// An interpreter that takes 8 ms a call, and a compiler that takes 30 ms at first and 2 ms then.
class FakeWorker final : public measure::Worker {
 public:
  FakeWorker(Script& script, const measure::Cell& cell)
      : script_(script), is_jit_(cell.engine == "jit"), engine_(cell.engine) {
    ++script.processes;
  }
  bool Start(measure::ProcessRun* run) override {
    script_.now += 0.01;
    run->startup_seconds = 0.001;
    run->before = {{"parse", 0.001}, {"prepare", 0.002}};
    failure_ = {1, "error: scripted\n", script_.reach};
    return engine_ != script_.failing_engine;
  }
  bool Run(uint32_t iterations, uint64_t calls, measure::Batch* batch) override {
    batch->first = taken_;
    batch->calls = calls;
    for (uint32_t i = 0; i < iterations; ++i) {
      const double wobble = 1e-6 * ((taken_ + script_.processes) % 5);
      const double seconds = (is_jit_ ? (taken_ == 0 ? 0.030 : 0.002) : 0.008) + wobble;
      batch->seconds.push_back(seconds);
      script_.now += seconds;
      ++taken_;
    }
    return true;
  }
  bool Finish(measure::ProcessRun* run) override {
    run->engine = {{"codegen", is_jit_ ? 0.020 : 0.0}};
    run->value = is_jit_ ? script_.jit_value : "42";
    run->tiers = {{is_jit_ ? "native -O2" : "tree, fused", taken_}};
    return true;
  }
  bool Probe(measure::ProbeAnswer* answer) override {
    answer->probe.call_seconds = is_jit_ ? 0.002 : 0.008;
    answer->answer.value = is_jit_ ? script_.jit_value : "42";
    return true;
  }
  const measure::WorkerFailure& failure() const override { return failure_; }

 private:
  Script& script_;
  bool is_jit_;
  std::string engine_;
  uint32_t taken_ = 0;
  measure::WorkerFailure failure_;
};

class FakeWorkers final : public measure::Workers {
 public:
  explicit FakeWorkers(Script& script) : script_(script) {}
  std::unique_ptr<measure::Worker> Make(const measure::Plan& plan, uint32_t cell) override {
    return std::make_unique<FakeWorker>(script_, plan.cells[cell]);
  }

 private:
  Script& script_;
};

class CompareTest : public PretendedPeersTest {
 protected:
  CompareTest() : workers_(script_) {
    program_ = Write("squares.gc", "bench squares(n = 1_000) = sum(i * i for i in range(n))\n");
  }
  Result Run(std::vector<std::string> args) {
    Surroundings around = Around();
    around.clock = [this] { return script_.now; };
    around.workers = &workers_;
    return Lab(args, around);
  }
  std::string InFolder(const std::string& name) const { return folder() + "/" + name; }

  Script script_;
  FakeWorkers workers_;
  std::string program_;
};

TEST_F(CompareTest, PrintsTheTableExactly) {
  const Result result = Run({"compare", "--no-save", "--backend=interp,jit", "--processes=8",
                             "--iterations=20", program_});
  EXPECT_EQ(result.status, 0) << result.err;
  const std::string expected =
      program_ +
      ", n = 1000\n"
      "8 processes a row, in turns; all answers agree\n"
      "\n"
      "bench    engine  first run  steady run    99 %  time / interp         verdict  warm-up\n";
  EXPECT_EQ(result.out.substr(0, expected.size()), expected);
  EXPECT_TRUE(Contains(result.out, "squares  interp    8.00 ms     8.00 ms  ±0.0 %  1"))
      << result.out;
  EXPECT_TRUE(Contains(result.out, "0.250 [0.250, 0.250]  faster   warmup 8/8")) << result.out;
  EXPECT_TRUE(Contains(result.out, "native -O2")) << result.out;
  // 1 + 3 ms of start each; 8 ms against 2 ms, after a first run of 30 ms: 32 + 8 (k - 1) = 30 + 2
  // (k - 1).
  EXPECT_TRUE(Contains(result.out, "squares  jit     interp  5 [5, 5]")) << result.out;
}

TEST_F(CompareTest, PeersAreRowsOfTheSameTable) {
  AddPeer("bin/lua5.4", "echo 'Lua 5.4.4  Copyright'");
  AddPeer("bin/node", "echo v20.1.0");
  const std::string file = InFolder("r.jsonl");
  script_.failing_engine = "node";
  script_.reach = measure::FailureReach::Cell;
  const Result result = Run({"compare", "-o", file, "--processes=6", "--iterations=8",
                             "--peers=lua,node,pypy", "--base=lua", program_});
  ASSERT_EQ(result.status, 0) << result.err;
  // One that is not installed costs a line, one that cannot run the bench its row.
  EXPECT_TRUE(Contains(result.err, "note: pypy is left out: missing: apt-get install pypy3\n"));
  EXPECT_TRUE(Contains(result.out, "time / lua")) << result.out;
  EXPECT_TRUE(Contains(result.out, "         lua     ")) << result.out;
  EXPECT_TRUE(Contains(result.out, "not measured")) << result.out;
  EXPECT_TRUE(Contains(result.out, "- squares on node: error: scripted")) << result.out;
  EXPECT_EQ(Run({"compare", "--from", file, "--base=lua"}).out, result.out);
  // What was left out stays so.
  std::filesystem::resize_file(file, ReadFile(file).find("\"round\":3"));
  const Result resumed = Run({"compare", "--resume", file, "--base=lua"});
  EXPECT_EQ(resumed.status, 0) << resumed.err;
  EXPECT_TRUE(Contains(resumed.out, "6 processes a row"));
  EXPECT_TRUE(Contains(resumed.out, "- squares on node: error: scripted")) << resumed.out;
}

TEST_F(CompareTest, ShowsTheSameTableFromTheFile) {
  const std::string file = InFolder("r.jsonl");
  const Result first = Run({"compare", "-o", file, "--processes=6", "--iterations=8", program_});
  ASSERT_EQ(first.status, 0) << first.err;
  EXPECT_TRUE(Contains(first.err, "results: " + file + " (run "));
  EXPECT_EQ(Run({"compare", "--from", file}).out, first.out);
  // A second run in the same file: the last one is shown, unless another is named.
  const Result second = Run({"compare", "-o", file, "--processes=5", "--iterations=8", program_});
  ASSERT_EQ(second.status, 0);
  EXPECT_NE(first.out, second.out);
  EXPECT_EQ(Run({"compare", "--from", file}).out, second.out);
  const size_t begin = first.err.find("(run ") + 5;
  const std::string run = first.err.substr(begin, first.err.find(')', begin) - begin);
  EXPECT_EQ(Run({"compare", "--from", file, "--run", run}).out, first.out);
  EXPECT_EQ(Run({"compare", "--from", file, "--run", "none"}).status, 5);
}

TEST_F(CompareTest, ResumesWhatWasInterrupted) {
  const std::string file = InFolder("r.jsonl");
  const Result whole = Run({"compare", "-o", file, "--processes=6", "--iterations=8", program_});
  ASSERT_EQ(whole.status, 0);
  // Everything from the third round on is lost, in the middle of a record.
  const size_t third = ReadFile(file).find("\"round\":2");
  ASSERT_NE(third, std::string::npos);
  std::filesystem::resize_file(file, third);
  const Result partial = Run({"compare", "--from", file});
  EXPECT_TRUE(Contains(partial.out, "2 of 6 rounds were measured")) << partial.out;
  EXPECT_TRUE(Contains(partial.err, "1 incomplete record"));
  const Result resumed = Run({"compare", "--resume", file});
  EXPECT_EQ(resumed.status, 0) << resumed.err;
  EXPECT_TRUE(Contains(resumed.out, "6 processes a row"));
  EXPECT_EQ(Run({"compare", "--from", file}).out, resumed.out);
  const int processes = script_.processes;
  EXPECT_EQ(Run({"compare", "--resume", file}).out, resumed.out);
  EXPECT_EQ(script_.processes, processes) << "a complete run was measured again";
}

TEST_F(CompareTest, RefusesDifferentAnswersBeforeAnyTime) {
  script_.jit_value = "43";
  const std::string file = InFolder("r.jsonl");
  const Result result = Run({"compare", "-o", file, program_});
  EXPECT_EQ(result.status, 6);
  EXPECT_EQ(result.out, "");
  EXPECT_TRUE(Contains(result.err,
                       "- squares(n=1000) on interp: 42\n"
                       "+ squares(n=1000) on jit: 43\n"))
      << result.err;
  EXPECT_TRUE(Contains(result.err, "do not give the same value"));
}

TEST_F(CompareTest, SaysWhichRowFailed) {
  script_.failing_engine = "jit";
  const Result result = Run({"compare", "--no-save", program_});
  EXPECT_EQ(result.status, 1);
  EXPECT_TRUE(Contains(result.err, "error: scripted\n"));
  EXPECT_TRUE(Contains(result.err, "squares(n=1000) on jit could not be measured")) << result.err;
}

TEST_F(CompareTest, ShowsProgressOnATerminalOnly) {
  const std::vector<std::string> args{"compare", "--no-save", "--processes=5", "--iterations=40",
                                      program_};
  EXPECT_FALSE(Contains(Run(args).err, "round"));
  const Result result =
      Lab(args,
          {.err_is_terminal = true, .clock = [this] { return script_.now; }, .workers = &workers_});
  EXPECT_TRUE(Contains(result.err, "\r\033[Kmeasuring [")) << result.err;
  EXPECT_TRUE(Contains(result.err, "of 5, "));
  EXPECT_TRUE(result.err.ends_with("\r\033[K")) << result.err;
}

TEST_F(CompareTest, PrintsJson) {
  const Result result =
      Run({"compare", "--no-save", "--json", "--processes=6", "--iterations=8", program_});
  ASSERT_EQ(result.status, 0) << result.err;
  const auto json = nlohmann::json::parse(result.out);
  EXPECT_EQ(json["engines"][0]["verdict"], "faster");
}

TEST_F(CompareTest, SweepsParameters) {
  const Result result = Run({"compare", "--no-save", "--set", "n=1e3,2e3", "--backend=interp,jit",
                             "--processes=5", "--iterations=8", program_});
  ASSERT_EQ(result.status, 0) << result.err;
  EXPECT_TRUE(Contains(result.out, "squares(n=1000)"));
  EXPECT_TRUE(Contains(result.out, "squares(n=2000)"));
}

TEST_F(CompareTest, ComplainsAboutNamesThatNothingAnswersTo) {
  const Result bench = Run({"compare", "--bench=square", program_});
  EXPECT_EQ(bench.status, 2);
  EXPECT_TRUE(Contains(bench.err, "unknown bench `square`")) << bench.err;
  EXPECT_TRUE(Contains(bench.err, "did you mean `squares`?"));
  EXPECT_EQ(Run({"compare", "--set", "m=3", program_}).status, 2);
  EXPECT_EQ(Run({"compare", "--set", "n", program_}).status, 2);
  EXPECT_EQ(Run({"compare", "--backend=intrp", program_}).status, 2);
  EXPECT_EQ(Run({"compare", "--backend=interp:fast", program_}).status, 2);
  EXPECT_EQ(Run({"compare", "--processes=0", program_}).status, 2);
  EXPECT_EQ(Run({"compare", "--base=jit", "--backend=interp", program_}).status, 2);
  EXPECT_EQ(Run({"compare"}).status, 2);
  EXPECT_EQ(Run({"compare", program_, program_}).status, 2);
  EXPECT_EQ(Run({"compare", "--from", "a", program_}).status, 2);
  const std::string empty = Write("empty.gc", "print(1)\n");
  const Result none = Run({"compare", empty});
  EXPECT_EQ(none.status, 2);
  EXPECT_TRUE(Contains(none.err, "has no bench")) << none.err;
  EXPECT_EQ(Run({"compare", Write("bad.gc", "bench f( = 1\n")}).status, 3);
}

TEST_F(CompareTest, SaysWhatFilesCannotBeUsed) {
  EXPECT_EQ(Run({"compare", "-o", folder(), program_}).status, 5);
  EXPECT_EQ(Run({"compare", "--from", InFolder("none")}).status, 5);
  const Result garbage = Run({"compare", "--from", Write("garbage", "no results\n")});
  EXPECT_EQ(garbage.status, 5);
  EXPECT_TRUE(Contains(garbage.err, "which no known format does")) << garbage.err;
}

TEST_F(CompareTest, WarmupShowsEachProcess) {
  const Result result =
      Run({"warmup", "--backend=jit", "--processes=2", "--iterations=40", program_});
  ASSERT_EQ(result.status, 0) << result.err;
  EXPECT_TRUE(Contains(result.out, "squares(n=1000) on jit, process 1")) << result.out;
  EXPECT_TRUE(Contains(result.out, "off the scale: run 1 (30.0 ms)")) << result.out;
  EXPECT_TRUE(Contains(result.out, "squares(n=1000) on jit: consistent")) << result.out;
  const std::string svg = InFolder("w.svg");
  const Result json = Run({"warmup", "--backend=jit", "--processes=2", "--iterations=40", "--json",
                           "--svg", svg, program_});
  EXPECT_EQ(nlohmann::json::parse(json.out).size(), 2U);
  EXPECT_TRUE(std::filesystem::exists(svg));
}

TEST_F(CompareTest, WarmupPlotsAsTheTerminalCan) {
  const std::string series = Write("series", "1\n1.1\n1\n1.1\n1\n1.1\n1\n1.1\n");
  const auto plot = [&](const std::string& locale, const std::string& columns) {
    return Lab({"warmup", "--from=" + series},
               {.variables = {{"LANG", locale}, {"COLUMNS", columns}}})
        .out;
  };
  EXPECT_TRUE(Contains(plot("C", "80"), "|"));
  EXPECT_FALSE(Contains(plot("C", "80"), "┤"));
  EXPECT_TRUE(Contains(plot("en_US.UTF-8", "80"), "┤"));
  EXPECT_TRUE(Contains(plot("en_US.utf-8", "80"), "┤"));
  EXPECT_TRUE(Contains(plot("de_DE.utf8", "80"), "┤"));
  const auto axis = [](size_t columns) {
    return "\n          +" + std::string(columns, '-') + "\n";
  };
  EXPECT_TRUE(Contains(plot("C", "80"), axis(80 - 1 - 11)));
  EXPECT_TRUE(Contains(plot("C", "60"), axis(60 - 1 - 11)));
  EXPECT_TRUE(Contains(plot("C", "garbage"), axis(78 - 11)));
}

TEST_F(CompareTest, WarmupReproducesPublishedClasses) {
  const auto expected =
      nlohmann::json::parse(std::ifstream("tests/oracle/warmup_figures/expected.json"));
  size_t series = 0;
  for (const auto& [name, entry] : expected.items()) {
    const std::string file = "tests/oracle/warmup_figures/" + name + ".csv";
    if (!std::filesystem::exists(file)) {
      continue;
    }
    ++series;
    const Result result = Run({"warmup", "--from=" + file, "--compat=warmup_stats", "--json"});
    ASSERT_EQ(result.status, 0) << file << result.err;
    EXPECT_EQ(nlohmann::json::parse(result.out)[0]["class"], entry["published"]["classification"])
        << file;
  }
  EXPECT_EQ(series, 24U);
}

}  // namespace
}  // namespace cli
