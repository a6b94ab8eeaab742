// Writing is a field after the other; reading goes through one function a record, each of which
// throws nlohmann's exception when a field is missing or of another type: such a line is no record.
// Tests: tests/measure/results_json_test.cpp.

#include "measure/results_json.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "measure/process_json.h"

namespace measure {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kOwnMath = "own";
constexpr std::string_view kOwnSingleMath = "own, also of 24 bits";

Json Header(std::string_view record, const std::string& run) {
  return {{"lab_results", kResultsSchema}, {"record", record}, {"run", run}};
}

Json Header(std::string_view record, const RecordKey& key) {
  Json json = Header(record, key.run);
  json["attempt"] = key.attempt;
  json["round"] = key.round;
  json["cell"] = key.cell;
  return json;
}

// Program text may hold bytes that are not UTF-8 only inside what programs print; they are shown as
// U+FFFD.
std::string Line(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json CellJson(const Cell& cell, const Sampling& sampling) {
  Json parameters = Json::array();
  for (const Parameter& parameter : cell.parameters) {
    parameters.push_back({{"name", parameter.name}, {"value", parameter.value}});
  }
  Json json = {{"program", cell.program}, {"bench", cell.bench},
               {"engine", cell.engine},   {"parameters", std::move(parameters)},
               {"calls", sampling.calls}, {"iterations", sampling.iterations},
               {"cold", sampling.cold},   {"block", sampling.block}};
  if (cell.math != MathLibrary::Shared) {
    json["math"] = cell.math == MathLibrary::Own ? kOwnMath : kOwnSingleMath;
  }
  return json;
}

void ReadCell(const Json& json, Plan* plan) {
  Cell cell{json.at("program"), json.at("bench"), json.at("engine"), {}};
  for (const Json& parameter : json.at("parameters")) {
    cell.parameters.push_back({parameter.at("name"), parameter.at("value")});
  }
  if (const std::string math = json.value("math", ""); !math.empty()) {
    cell.math = math == kOwnMath ? MathLibrary::Own : MathLibrary::OwnSingle;
  }
  plan->cells.push_back(std::move(cell));
  plan->sampling.push_back(
      {json.at("calls"), json.at("iterations"), json.at("cold"), json.at("block")});
}

Plan ReadPlan(const Json& json) {
  Plan plan;
  plan.run = json.at("run");
  plan.started = json.at("started");
  for (const Json& program : json.at("programs")) {
    plan.programs.push_back({program.at("name"), program.at("text")});
  }
  for (const Json& cell : json.at("cells")) {
    ReadCell(cell, &plan);
  }
  plan.rounds = json.at("rounds");
  plan.seed = json.at("seed");
  plan.base_engine = json.at("base_engine");
  plan.base_bench = json.at("base_bench");
  plan.max_memory_bytes = json.at("max_memory_bytes");
  plan.allowed_externs = json.at("allowed_externs").get<std::vector<std::string>>();
  plan.environment = json.at("environment").dump();
  return plan;
}

Probe ReadProbe(const Json& json) {
  return {json.at("cell"), json.at("call_seconds"), DoubtsFromJson(json.at("doubts")),
          json.value("build_seconds", 0.0)};
}

Batch ReadBatch(const Json& json) {
  return {json.at("first"), json.at("calls"), json.at("at_seconds"),
          json.at("seconds").get<std::vector<double>>()};
}

// Nothing that the plan is used for, measuring the rest of it included, can go wrong.
bool MakesSense(const Plan& plan) {
  const auto is_sampling = [](const Sampling& sampling) {
    return sampling.calls > 0 && sampling.block > 0 && sampling.cold > 0 &&
           sampling.cold <= sampling.iterations;
  };
  const auto has_program = [&](const Cell& cell) {
    return std::any_of(plan.programs.begin(), plan.programs.end(),
                       [&](const ProgramText& program) { return program.name == cell.program; });
  };
  return !plan.cells.empty() &&
         std::all_of(plan.sampling.begin(), plan.sampling.end(), is_sampling) &&
         std::all_of(plan.cells.begin(), plan.cells.end(), has_program);
}

// Puts together the records of one run.
class Assembly {
 public:
  explicit Assembly(Plan plan) { results_.plan = std::move(plan); }

  void Add(const Json& json) {
    const std::string record = json.at("record");
    if (record == "probe") {
      Probe probe = ReadProbe(json);
      if (probe.cell < results_.plan.cells.size()) {
        results_.probes.push_back(std::move(probe));
      }
      return;
    }
    if (record == "left_out") {
      const uint32_t cell = json.at("cell");
      if (cell < results_.plan.cells.size() && !IsLeftOut(results_.plan, cell)) {
        results_.plan.left_out.push_back({cell, json.at("reason")});
      }
      return;
    }
    if (record != "start" && record != "batch" && record != "end" && record != "round") {
      return;  // a record that a later version adds
    }
    const std::pair<std::string, uint32_t> key{json.at("attempt"), json.at("round")};
    if (record == "round") {
      Close(key.second, open_[key]);
      open_.erase(key);
    } else {
      AddToProcess(record, json, key.second, &open_[key]);
    }
  }

  Results Take() {
    AddRounds(std::move(complete_), &results_);
    return std::move(results_);
  }

 private:
  // A process as far as its records have been read.
  struct Pending {
    ProcessRun run;
    size_t samples = 0;
    bool has_ended = false;
  };
  using Round = std::map<uint32_t, Pending>;  // by cell

  void AddToProcess(std::string_view record, const Json& json, uint32_t round, Round* processes) {
    const uint32_t cell = json.at("cell");
    if (record == "start") {
      ProcessRun run{.cell = cell, .round = round};
      run.startup_seconds = json.at("startup_seconds");
      run.before = PhasesFromJson(json.at("before"));
      (*processes)[cell] = {std::move(run)};
      return;
    }
    const auto process = processes->find(cell);
    if (process == processes->end()) {
      return;  // its start is damaged, so the round will not count
    }
    Pending& pending = process->second;
    if (record == "end") {
      FinishFromJson(json, &pending.run);
      pending.has_ended = true;
      return;
    }
    Batch batch = ReadBatch(json);
    if (batch.first == pending.samples && !batch.seconds.empty()) {
      pending.samples += batch.seconds.size();
      pending.run.batches.push_back(std::move(batch));
    }
  }

  // Every cell that is not left out has a process, with all its samples.
  bool IsComplete(const Round& processes) const {
    const Plan& plan = results_.plan;
    for (uint32_t cell = 0; cell < plan.cells.size(); ++cell) {
      const auto process = processes.find(cell);
      const bool is_complete = process != processes.end() && process->second.has_ended &&
                               process->second.samples == plan.sampling[cell].iterations;
      if (!is_complete && !IsLeftOut(plan, cell)) {
        return false;
      }
    }
    return true;
  }

  void Close(uint32_t round, Round& processes) {
    std::vector<uint32_t>& done = complete_.rounds_done;
    if (round >= results_.plan.rounds || !IsComplete(processes) ||
        std::find(done.begin(), done.end(), round) != done.end()) {
      return;  // of two attempts at once, the first to end counts
    }
    done.push_back(round);
    for (auto& [cell, pending] : processes) {
      complete_.processes.push_back(std::move(pending.run));
    }
  }

  Results results_;                                         // plan and probes
  Results complete_;                                        // rounds
  std::map<std::pair<std::string, uint32_t>, Round> open_;  // by attempt and number
};

}  // namespace

std::string PlanRecord(const Plan& plan) {
  Json json = Header("plan", plan.run);
  json["started"] = plan.started;
  json["rounds"] = plan.rounds;
  json["seed"] = plan.seed;
  json["base_engine"] = plan.base_engine;
  json["base_bench"] = plan.base_bench;
  json["max_memory_bytes"] = plan.max_memory_bytes;
  json["allowed_externs"] = plan.allowed_externs;
  json["cells"] = Json::array();
  for (size_t i = 0; i < plan.cells.size(); ++i) {
    json["cells"].push_back(CellJson(plan.cells[i], plan.sampling[i]));
  }
  json["programs"] = Json::array();
  for (const ProgramText& program : plan.programs) {
    json["programs"].push_back({{"name", program.name}, {"text", program.text}});
  }
  json["environment"] = Json::parse(plan.environment);
  return Line(json);
}

std::string ProbeRecord(const std::string& run, const Probe& probe) {
  Json json = Header("probe", run);
  json["cell"] = probe.cell;
  json["call_seconds"] = probe.call_seconds;
  json["doubts"] = DoubtsToJson(probe.doubts);
  if (probe.build_seconds > 0) {
    json["build_seconds"] = probe.build_seconds;
  }
  return Line(json);
}

std::string LeftOutRecord(const std::string& run, const LeftOut& left_out) {
  Json json = Header("left_out", run);
  json["cell"] = left_out.cell;
  json["reason"] = left_out.reason;
  return Line(json);
}

std::string StartRecord(const RecordKey& key, const ProcessRun& process) {
  Json json = Header("start", key);
  json["startup_seconds"] = process.startup_seconds;
  json["before"] = PhasesToJson(process.before);
  return Line(json);
}

std::string BatchRecord(const RecordKey& key, const Batch& batch) {
  Json json = Header("batch", key);
  json["first"] = batch.first;
  json["calls"] = batch.calls;
  json["at_seconds"] = batch.at_seconds;
  json["seconds"] = batch.seconds;
  return Line(json);
}

std::string EndRecord(const RecordKey& key, const ProcessRun& process) {
  Json json = Header("end", key);
  FinishToJson(process, &json);
  return Line(json);
}

std::string RoundRecord(const RecordKey& key) {
  Json json = Header("round", key.run);
  json["attempt"] = key.attempt;
  json["round"] = key.round;
  return Line(json);
}

bool ParseResults(std::string_view text, std::string_view run, ReadResults* read,
                  std::string* error) {
  std::vector<std::pair<std::string, Json>> records;  // by run
  std::map<std::string, Plan, std::less<>> plans;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    const Json json = Json::parse(text.substr(0, end), nullptr, /*allow_exceptions=*/false);
    const bool is_whole = end != std::string_view::npos;
    const bool is_blank = text.find_first_not_of(" \t\r") == end;
    text.remove_prefix(is_whole ? end + 1 : text.size());
    if (is_blank) {
      continue;
    }
    try {
      if (const int schema = json.at("lab_results"); schema != kResultsSchema) {
        *error = fmt::format("its records have version {}, and this lab reads version {}", schema,
                             kResultsSchema);
        return false;
      }
      std::string name = json.at("run");
      if (json.at("record") == "plan") {
        Plan plan = ReadPlan(json);
        if (!MakesSense(plan)) {
          ++read->skipped_lines;
        } else if (plans.emplace(name, std::move(plan)).second) {
          read->runs.push_back(name);
        }
      } else {
        records.emplace_back(std::move(name), json);
      }
    } catch (const Json::exception&) {
      ++read->skipped_lines;
    }
  }
  if (read->runs.empty()) {
    *error = "it holds no results of `lab compare` or `lab warmup`";
    return false;
  }
  const std::string wanted = run.empty() ? read->runs.back() : std::string(run);
  const auto plan = plans.find(wanted);
  if (plan == plans.end()) {
    *error = fmt::format("it holds no run `{}`; its last is `{}`", wanted, read->runs.back());
    return false;
  }
  Assembly assembly(std::move(plan->second));
  for (const auto& [name, json] : records) {
    if (name != wanted) {
      continue;
    }
    try {
      assembly.Add(json);
    } catch (const Json::exception&) {
      ++read->skipped_lines;
    }
  }
  read->results = assembly.Take();
  return true;
}

}  // namespace measure
