// Tests: tests/cli/compare_test.cpp.

#include "cli/parse_measure.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "cli/parse_peers.h"
#include "cli/quantity.h"

namespace cli {
namespace {

bool ReadSeconds(Flags& flags, const char* flag, const std::string& text, double* seconds) {
  if (!flags.IsGiven(flag)) {
    return true;
  }
  const std::optional<double> value = ParseSeconds(text);
  if (!value) {
    return flags.BadValue(flag, text, "a duration, such as 30, 500ms or 2m");
  }
  *seconds = *value;
  return true;
}

bool ReadSweep(Flags& flags, const std::string& text, ParameterSweep* sweep) {
  const size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) {
    return flags.BadValue("--set", text, "NAME=VALUE, or NAME=VALUE,VALUE ... for a sweep");
  }
  sweep->name = text.substr(0, equals);
  sweep->values = SplitLists({text.substr(equals + 1)});
  if (std::find(sweep->values.begin(), sweep->values.end(), "") != sweep->values.end()) {
    return flags.BadValue("--set", text, "a value between commas");
  }
  return true;
}

// An engine beside itself shows what the machine can tell apart: "jit", "jit#2".
void NumberRepeated(std::vector<std::string>* engines) {
  std::map<std::string, int> times;
  for (std::string& engine : *engines) {
    if (const int count = ++times[engine]; count > 1) {
      engine += fmt::format("#{}", count);
    }
  }
}

}  // namespace

MeasureFlags::MeasureFlags(Flags& flags) : flags_(flags) {
  flags.Values("--backend", &backends_);
  flags.Values("--peers", &peers_);
  flags.Values("--bench", &benches_);
  flags.Values("--set", &sets_);
  flags.Value("--processes", &processes_);
  flags.Value("--iterations", &iterations_);
  flags.Value("--seconds", &seconds_);
  flags.Value("--seed", &seed_);
  flags.Value("--answer-limit", &answer_limit_);
  flags.Value("--max-memory", &max_memory_);
  flags.Value("--max-source", &max_source_);
  flags.Switch("--no-sandbox", &no_sandbox_);
}

bool MeasureFlags::Read(MeasureOptions* options) {
  options->engines = SplitLists(backends_);
  for (const std::string& engine : options->engines) {
    if (!FindEngine(engine)) {
      flags_.BadChoice("--backend", engine, EngineNames());
      return false;
    }
  }
  if (options->engines.empty()) {
    for (const std::string_view backend : BackendNames()) {
      options->engines.emplace_back(backend);
    }
  }
  NumberRepeated(&options->engines);
  if (!ReadPeers(flags_, SplitLists(peers_), &options->peers)) {
    return false;
  }
  options->benches = SplitLists(benches_);
  for (const std::string& text : sets_) {
    ParameterSweep sweep;
    if (!ReadSweep(flags_, text, &sweep)) {
      return false;
    }
    options->sweeps.push_back(std::move(sweep));
  }
  uint64_t processes = 0;
  uint64_t iterations = 0;
  if (!flags_.ReadCount("--processes", processes_, 1000, &processes) ||
      !flags_.ReadCount("--iterations", iterations_, 1'000'000, &iterations) ||
      !flags_.ReadCount("--seed", seed_, UINT64_MAX, &options->seed) ||
      !ReadSeconds(flags_, "--seconds", seconds_, &options->budget.seconds) ||
      !ReadSeconds(flags_, "--answer-limit", answer_limit_, &options->answer_seconds) ||
      !flags_.ReadBytes("--max-memory", max_memory_, kAnySize, &options->max_memory_bytes) ||
      !flags_.ReadBytes("--max-source", max_source_, kLargestSource, &options->max_source_bytes)) {
    return false;
  }
  if (options->budget.seconds == 0 && !options->peers.IsNone()) {
    options->budget.seconds = measure::kPeersBudgetSeconds;
  }
  options->is_sandboxed = !no_sandbox_;
  options->budget.processes = static_cast<uint32_t>(processes);
  options->budget.iterations = static_cast<uint32_t>(iterations);
  return true;
}

}  // namespace cli
