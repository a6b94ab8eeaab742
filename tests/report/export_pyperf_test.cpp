// report/export_pyperf.h: what pyperf's loader demands, keys and kinds of the samples in
// tests/oracle/formats, and the lab's times.

#include "report/export_pyperf.h"

#include <map>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/report/format_sample.h"
#include "tests/report/pyperf_rules.h"
#include "tests/report/sample.h"

namespace report {
namespace {

using Json = nlohmann::ordered_json;

const char* const kSamples[] = {"formats/pyperf_mult_list_py36.json",
                                "formats/pyperf_mult_list_py38.json", "formats/pyperf_telco.json",
                                "formats/pyperf_track_memory.json"};

Json Exported() { return Json::parse(PyperfJson(SampleResults(), SampleSummary())); }

TEST(PyperfRulesTest, AcceptPyperfsOwnFiles) {
  for (const char* sample : kSamples) {
    EXPECT_EQ(PyperfOffence(OracleJson(sample)), "") << sample;
  }
}

TEST(PyperfRulesTest, RefuseWhatPyperfRefuses) {
  const Json good = Exported();
  ASSERT_EQ(PyperfOffence(good), "");
  const auto offence = [&](const char* patch) {
    return PyperfOffence(good.patch(Json::array({Json::parse(patch)})));
  };
  EXPECT_EQ(offence(R"({"op": "replace", "path": "/version", "value": 1.0})"),
            "the version is not 1.0");
  EXPECT_EQ(offence(R"({"op": "replace", "path": "/benchmarks", "value": []})"),
            "there is no benchmark");
  EXPECT_EQ(offence(R"({"op": "replace", "path": "/benchmarks/0/metadata/loops", "value": 1.5})"),
            "loops has a bad value");
  EXPECT_EQ(offence(R"({"op": "remove", "path": "/benchmarks/0/metadata/name"})"),
            "a benchmark has no name");
  EXPECT_EQ(offence(R"({"op": "replace", "path": "/benchmarks/0/runs/0/values/0", "value": 0})"),
            "a value is not above 0");
  EXPECT_EQ(offence(R"({"op": "replace", "path": "/metadata/unit", "value": "minute"})"),
            "unit has a bad value");
  EXPECT_EQ(offence(R"({"op": "replace", "path": "/benchmarks/0/runs/0", "value": {}})"),
            "a run is empty");
}

// Keys that pyperf writes, by where they stand, with their kinds.
std::map<std::string, std::string> KeysOf(const Json& file) {
  std::map<std::string, std::string> keys;
  const auto add = [&](const std::string& prefix, const Json& object) {
    for (const auto& [key, value] : object.items()) {
      // Where metadata stand depends on what is common to all.
      keys[prefix + key] = KindOf(value);
    }
  };
  add("", file);
  add("metadata.", file.value("metadata", Json::object()));
  for (const Json& benchmark : file["benchmarks"]) {
    add("benchmark.", benchmark);
    add("metadata.", benchmark.value("metadata", Json::object()));
    for (const Json& run : benchmark["runs"]) {
      add("run.", run);
      add("metadata.", run.value("metadata", Json::object()));
    }
  }
  return keys;
}

TEST(ExportPyperfTest, HasOnlyKeysOfTheSamplesWithTheirKinds) {
  std::map<std::string, std::string> known;
  for (const char* sample : kSamples) {
    known.merge(KeysOf(OracleJson(sample)));
  }
  const auto keys = KeysOf(Exported());
  for (const auto& [key, kind] : keys) {
    ASSERT_TRUE(known.contains(key)) << key;
    EXPECT_EQ(kind, known[key]) << key;
  }
  for (const char* key : {"version", "benchmarks", "metadata.unit", "metadata.name",
                          "metadata.loops", "metadata.date", "metadata.duration",
                          "metadata.mem_max_rss", "run.values", "run.warmups"}) {
    EXPECT_TRUE(keys.contains(key)) << key;
  }
}

TEST(ExportPyperfTest, ARunIsAProcessAndKeepsItsIterations) {
  const Json benchmarks = Exported()["benchmarks"];
  ASSERT_EQ(benchmarks.size(), SampleResults().plan.cells.size() - 1);  // not the void one
  EXPECT_EQ(benchmarks[0]["metadata"]["name"], "great_circle.gc raw(n=100) @interp");
  const measure::CellSummary& cell = SampleSummary().cells[0];
  ASSERT_EQ(benchmarks[0]["runs"].size(), cell.processes.size());
  for (size_t i = 0; i < cell.processes.size(); ++i) {
    const Json& run = benchmarks[0]["runs"][i];
    std::vector<double> seconds;
    for (const Json& warmup : run.value("warmups", Json::array())) {
      EXPECT_EQ(warmup[0], 1);
      seconds.push_back(warmup[1]);
    }
    EXPECT_EQ(seconds.size(), cell.processes[i].steady_from);
    for (const Json& value : run["values"]) {
      seconds.push_back(value);
    }
    EXPECT_EQ(seconds, cell.processes[i].seconds);
  }
}

TEST(ExportPyperfTest, DatesFollowTheClockOfTheRun) {
  const Json benchmarks = Exported()["benchmarks"];
  EXPECT_EQ(benchmarks[0]["runs"][0]["metadata"]["date"], "2026-11-28 10:11:36.000000");
  EXPECT_EQ(benchmarks[2]["runs"][5]["metadata"]["date"], "2026-11-28 10:11:41.020000");
}

TEST(ExportPyperfTest, TheFirstRunIsAWarmupWhenValuesAreOfManyCalls) {
  measure::Results results;
  results.plan.programs = {{"a.gc", ""}};
  results.plan.cells = {{"a.gc", "b", "jit", {}}};
  results.plan.sampling = {{.calls = 10, .iterations = 3}};
  results.plan.rounds = 1;
  results.rounds_done = {0};
  measure::ProcessRun run;
  run.batches = {{.first = 0, .calls = 10, .seconds = {0.25, 0.25, 0.25}}};
  results.processes = {run};
  measure::Summary summary = measure::Summarise(results);
  summary.cells[0].processes[0].steady_from = 0;
  const Json json = Json::parse(PyperfJson(results, summary));
  EXPECT_EQ(PyperfOffence(json), "");
  EXPECT_EQ(json["benchmarks"][0]["metadata"]["loops"], 10);
  const Json& only = json["benchmarks"][0]["runs"][0];
  EXPECT_EQ(only["warmups"], Json::parse("[[1, 0.25]]"));
  EXPECT_EQ(only["values"], Json::parse("[0.25, 0.25]"));
  EXPECT_EQ(only["metadata"], (Json{{"duration", 0.25 + 2.5 + 2.5}}));
}

}  // namespace
}  // namespace report
