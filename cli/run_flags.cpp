// Tests: tests/cli/options_test.cpp, tests/cli/time_test.cpp.

#include "cli/run_flags.h"

#include <algorithm>

#include <fmt/format.h>

#include "cli/quantity.h"

namespace cli {

namespace {

// As many turns as a loop does in a year or so.
constexpr uint64_t kMostThreshold = 1'000'000'000'000'000;

// Flags of other engines are mistakes: they would change nothing.
bool CheckEngineFlags(Flags& flags, const std::string& backend) {
  for (const EngineFlag& flag : EngineFlags()) {
    if (!flag.IsFor(backend) && flags.IsGiven(std::string(flag.name).c_str())) {
      return flags.Complain(
          fmt::format(
              "`{}` is for --backend={}{}, and the engine here is `{}`", flag.name, flag.backend,
              flag.other_backend.empty() ? "" : fmt::format(" or {}", flag.other_backend), backend),
          fmt::format("add --backend={}, or leave {} out", flag.backend, flag.name));
    }
  }
  return true;
}

std::string_view NameOf(ColorChoice choice) {
  switch (choice) {
    case ColorChoice::Auto:
      return "auto";
    case ColorChoice::Always:
      return "always";
    case ColorChoice::Never:
      return "never";
  }
  return "";
}

}  // namespace

bool TakeSource(Flags& flags, const std::string& expression, std::vector<std::string>& words,
                std::string* source, bool* is_expression) {
  *is_expression = flags.IsGiven("-e");
  if (*is_expression) {
    *source = expression;
    return true;
  }
  if (words.empty()) {
    return flags.Complain("there is no program to run",
                          "name a file, `-` for standard input, or write -e 'EXPR'");
  }
  *source = std::move(words.front());
  words.erase(words.begin());
  if (source->empty()) {
    return flags.Complain("the name of the program is empty");
  }
  return true;
}

RunFlags::RunFlags(Flags& flags)
    : flags_(flags),
      backend_(kDefaultBackend),
      values_{{"--backend", &backend_},
              {"--interp", &interp_mode_},
              {"--opt", &level_},
              {"--tier", &tier_},
              {"--tier-threshold", &tier_threshold_},
              {"--tier-seed", &tier_seed_},
              {"--events", &events_},
              {"--math", &math_},
              {"--time-limit", &time_limit_},
              {"--max-memory", &max_memory_},
              {"--max-source", &max_source_}},
      switches_{{"--perf", &perf_},
                {"--gdb", &gdb_},
                {"--stats", &stats_},
                {"--no-sandbox", &no_sandbox_}} {
  flags.Value("-e", &expression_);
  for (const ValueFlag& flag : values_) {
    flags.Value(flag.name, flag.value);
  }
  for (const SwitchFlag& flag : switches_) {
    flags.Switch(flag.name, flag.value);
  }
  flags.Values("--allow-extern", &allowed_externs_);
}

bool RunFlags::ReadEngine(const Configuration** engine) {
  const std::vector<std::string_view> backends = BackendNames();
  if (std::find(backends.begin(), backends.end(), backend_) == backends.end()) {
    return flags_.BadChoice("--backend", backend_, backends);
  }
  if (!CheckEngineFlags(flags_, backend_)) {
    return false;
  }
  const std::string_view mode_flag = FindConfiguration(backend_, "")->mode_flag;
  const auto given = std::find_if(values_.begin(), values_.end(),
                                  [&](const ValueFlag& flag) { return flag.name == mode_flag; });
  const std::string& mode = *given->value;
  *engine = FindConfiguration(backend_, mode);
  return *engine != nullptr || flags_.BadChoice(mode_flag, mode, ModeNames(backend_));
}

bool RunFlags::Read(RunOptions* options) {
  if (!flags_.ParseColor(&options->color) || !ReadEngine(&options->engine) ||
      !flags_.Choose("--math", math_, kMathChoices, &options->settings.fast_math) ||
      !flags_.ReadBytes("--max-memory", max_memory_, kAnySize, &options->max_memory_bytes) ||
      !flags_.ReadBytes("--max-source", max_source_, kLargestSource, &options->max_source_bytes)) {
    return false;
  }
  if (flags_.IsGiven("--time-limit")) {
    const std::optional<double> seconds = ParseSeconds(time_limit_);
    if (!seconds) {
      return flags_.BadValue("--time-limit", time_limit_, "seconds, such as 2, 0.5 or 500ms");
    }
    options->time_limit_seconds = *seconds;
  }
  if (flags_.IsGiven("--tier-seed") && tier_ != "random") {
    return flags_.Complain("`--tier-seed` is for --tier=random", "add that, or leave the seed out");
  }
  if (!flags_.ReadCount("--tier-seed", tier_seed_, UINT64_MAX, &options->settings.tier_seed)) {
    return false;
  }
  if (flags_.IsGiven("--tier-threshold") && !tier_.empty() && tier_ != "auto") {
    return flags_.Complain(
        fmt::format("`--tier-threshold` is for --tier=auto, and the mode here is `{}`", tier_),
        "leave one of the two out");
  }
  if (!flags_.ReadCount("--tier-threshold", tier_threshold_, kMostThreshold,
                        &options->settings.tier_threshold)) {
    return false;
  }
  options->events_path = events_;
  options->settings.perf_names = perf_;
  options->settings.gdb_names = gdb_;
  options->stats = stats_;
  // The file for perf is written while the program runs.
  options->is_sandboxed = !no_sandbox_ && !perf_;
  options->allowed_externs = allowed_externs_;
  options->arguments = flags_.words();
  return TakeSource(flags_, expression_, options->arguments, &options->source,
                    &options->is_expression);
}

std::vector<std::string> RunFlags::CommandLine(const RunOptions& options,
                                               const std::optional<Engine>& engine) const {
  std::vector<std::string> words = {"run"};
  const auto add = [&](std::string_view flag, std::string_view value) {
    words.push_back(fmt::format("{}={}", flag, value));
  };
  if (engine) {
    const Configuration& row = *engine->configuration;
    add("--backend", row.backend);
    if (!row.is_default) {
      add(row.mode_flag, row.mode);
    }
    if (engine->settings.fast_math) {
      add("--math", "fast");
    }
  }
  for (const ValueFlag& flag : values_) {
    if (flags_.IsGiven(flag.name) && !(engine && flag.value == &backend_)) {
      add(flag.name, *flag.value);
    }
  }
  for (const SwitchFlag& flag : switches_) {
    if (*flag.value) {
      words.push_back(flag.name);
    }
  }
  for (const std::string& library : allowed_externs_) {
    add("--allow-extern", library);
  }
  if (flags_.IsGiven("--color")) {
    add("--color", NameOf(options.color));
  }
  std::vector<std::string> rest = options.arguments;
  if (options.is_expression) {
    words.insert(words.end(), {"-e", options.source});
  } else {
    rest.insert(rest.begin(), options.source);
  }
  if (!rest.empty() && rest[0].size() > 1 && rest[0][0] == '-') {
    words.push_back("--");
  }
  words.insert(words.end(), rest.begin(), rest.end());
  return words;
}

}  // namespace cli
