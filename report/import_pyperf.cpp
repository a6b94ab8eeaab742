// A run of pyperf is a process. Its warm-ups come first and its values after them, so that together
// they are its iterations. Runs without values only found out how many loops to make. What is
// demanded of a file follows the loader of pyperf 2. Tests: tests/report/import_test.cpp.

#include <optional>
#include <set>

#include <fmt/format.h>

#include "report/cell_label.h"
#include "report/import_formats.h"
#include "report/json_place.h"

namespace report {
namespace {

constexpr const char* kNoPython = "pyperf";
constexpr uint64_t kMostCalls = uint64_t{1} << 53;

// Metadata stand where they are common to all below: at the file, a benchmark, a run.
class Metadata {
 public:
  explicit Metadata(const JsonPlace& place) { Push(place); }
  Metadata(const Metadata& outer, const JsonPlace& place) : levels_(outer.levels_) { Push(place); }

  // Null when it stands nowhere.
  const JsonPlace* Find(const char* key, std::optional<JsonPlace>* found) const {
    for (auto level = levels_.rbegin(); level != levels_.rend(); ++level) {
      if (level->Has(key)) {
        return &found->emplace(level->Member(key));
      }
    }
    return nullptr;
  }

  std::string Text(const char* key, const char* otherwise) const {
    std::optional<JsonPlace> found;
    return Find(key, &found) != nullptr ? found->Text() : otherwise;
  }
  uint64_t Count(const char* key, uint64_t otherwise) const {
    std::optional<JsonPlace> found;
    return Find(key, &found) != nullptr ? found->Count() : otherwise;
  }

 private:
  void Push(const JsonPlace& place) {
    if (place.Has("metadata")) {
      levels_.push_back(place.Member("metadata"));
    }
  }

  std::vector<JsonPlace> levels_;  // outermost first
};

// "cpython-3.8.5" of "cpython" and "3.8.5 (64-bit)".
std::string EngineText(const Metadata& metadata) {
  const std::string python = metadata.Text("python_implementation", kNoPython);
  const std::string version = metadata.Text("python_version", "");
  return version.empty() ? python : python + "-" + version.substr(0, version.find(" ("));
}

// How often the body of the benchmark ran for one time.
uint64_t CallsOf(const JsonPlace& place, uint64_t loops, uint64_t inner_loops) {
  if (inner_loops > kMostCalls / loops) {
    place.Fail(fmt::format("stands for {} times {} loops", loops, inner_loops),
               "more than 2^53 cannot be true: measure again");
  }
  return loops * inner_loops;
}

void ImportProcess(const JsonPlace& json, const Metadata& metadata, measure::ProcessRun* process) {
  const uint64_t inner_loops = metadata.Count("inner_loops", 1);
  if (json.Has("warmups")) {
    const JsonPlace warmups = json.Member("warmups");
    for (size_t i = 0; i < warmups.json().size(); ++i) {
      const JsonPlace warmup = warmups.Element(i);
      if (warmup.Size() != 2) {
        warmup.Fail("is not a pair of loops and a time", "export it again with pyperf");
      }
      AddSample(process, CallsOf(warmup, warmup.Element(0).Count(), inner_loops),
                warmup.Element(1).Time());
    }
  }
  const uint64_t calls = CallsOf(json, metadata.Count("loops", 1), inner_loops);
  for (const double seconds : json.Member("values").Times()) {
    AddSample(process, calls, seconds);
  }
  process->peak_bytes = metadata.Count("mem_max_rss", 0);
}

void ImportBenchmark(const JsonPlace& benchmark, const Metadata& outer,
                     std::set<std::string>* names, ImportedRun* run) {
  const Metadata metadata(outer, benchmark);
  const JsonPlace runs = benchmark.Member("runs");
  // Old files have the name only with the runs.
  const Metadata first(metadata, runs.Element(0));
  const std::string name = first.Text("name", "");
  if (name.empty()) {
    benchmark.Fail("has no name in its metadata", "export it again with pyperf");
  }
  if (!names->insert(name).second) {
    benchmark.Fail(fmt::format("is a second benchmark called `{}`", name), "rename one of them");
  }
  if (const std::string unit = first.Text("unit", "second"); unit != "second") {
    benchmark.Fail(fmt::format("holds values in the unit `{}`", unit),
                   "only times can be compared: measure without --track-memory");
  }
  const std::optional<LabelledCell> label = ReadLabel(name);
  const uint32_t row =
      run->RowOf(label ? label->cell : measure::Cell{run->name(), name, EngineText(first), {}});
  uint32_t round = 0;
  for (size_t i = 0; i < runs.Size(); ++i) {
    const JsonPlace one = runs.Element(i);
    if (one.Has("values") && !one.Member("values").json().empty()) {
      ImportProcess(one, Metadata(metadata, one), &run->ProcessOf(row, round++));
    }
  }
  if (round == 0) {
    benchmark.Fail("has no run with values", "its runs only calibrate: measure again");
  }
}

}  // namespace

void ImportPyperf(const nlohmann::ordered_json& json, ImportedRun* run) {
  const JsonPlace file(json);
  const JsonPlace benchmarks = file.Member("benchmarks");
  if (!file.Has("version") || file.json()["version"] != "1.0") {
    file.Fail("has `benchmarks` as pyperf's files do, but not its `version` \"1.0\"",
              "write it again with pyperf 1.0 or later (`python3 -m pyperf convert`)");
  }
  const Metadata metadata(file);
  std::set<std::string> names;
  for (size_t i = 0; i < benchmarks.Size(); ++i) {
    ImportBenchmark(benchmarks.Element(i), metadata, &names, run);
  }
}

}  // namespace report
