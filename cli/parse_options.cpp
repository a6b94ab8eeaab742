// Command lines to options: the flags of each command, their values checked against each other.
// Tests: tests/cli/options_test.cpp, tests/cli/usage_test.cpp.

#include "cli/parse_options.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "cli/flags.h"
#include "cli/quantity.h"

namespace cli {

namespace {

// What --opt and --math take, for `run` through the table of engines and for `dump`.
constexpr std::pair<std::string_view, bool> kMathChoices[] = {{"strict", false}, {"fast", true}};

// Flags of other engines are mistakes: they would change nothing.
bool CheckEngineFlags(Flags& flags, const std::string& backend) {
  for (const EngineFlag& flag : EngineFlags()) {
    if (flag.backend != backend && flags.IsGiven(std::string(flag.name).c_str())) {
      return flags.Complain(
          fmt::format("`{}` is for --backend={}, and the engine here is `{}`", flag.name,
                      flag.backend, backend),
          fmt::format("add --backend={}, or leave {} out", flag.backend, flag.name));
    }
  }
  return true;
}

bool ParseEngine(Flags& flags, const std::string& backend, const std::string& interp_mode,
                 const std::string& level, const Configuration** engine) {
  const std::vector<std::string_view> backends = BackendNames();
  if (std::find(backends.begin(), backends.end(), backend) == backends.end()) {
    return flags.BadChoice("--backend", backend, backends);
  }
  if (!CheckEngineFlags(flags, backend)) {
    return false;
  }
  // The flag of the other backend was not given.
  const std::string& mode = interp_mode.empty() ? level : interp_mode;
  const std::string_view mode_flag = FindConfiguration(backend, "")->mode_flag;
  *engine = FindConfiguration(backend, mode);
  return *engine != nullptr || flags.BadChoice(mode_flag, mode, ModeNames(backend));
}

// What to run: the text of -e, or the first word. False: a complaint.
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

// Whether the flags given say something about the phase.
bool CheckDumpFlags(Flags& flags, DumpPhase phase) {
  const bool is_compiled = phase >= DumpPhase::Ir;
  if (flags.IsGiven("--function") && phase < DumpPhase::Types) {
    return flags.Complain("`--function` is for the phases types, ir, ir-opt and asm");
  }
  for (const char* flag : {"--opt", "--math"}) {
    if (flags.IsGiven(flag) && !is_compiled) {
      return flags.Complain(fmt::format("`{}` is for the phases ir, ir-opt and asm", flag));
    }
  }
  return true;
}

}  // namespace

Parsed<RunOptions> ParseRun(const std::vector<std::string>& args) {
  RunOptions options;
  std::string expression;
  std::string backend(kDefaultBackend);
  std::string interp_mode;
  std::string level;
  std::string math = "strict";
  std::string time_limit;
  std::string max_memory;
  std::string max_source;

  Flags flags("run", FlagsAfterWords::No);
  flags.Value("-e", &expression);
  flags.Value("--backend", &backend);
  flags.Value("--interp", &interp_mode);
  flags.Value("--opt", &level);
  flags.Value("--math", &math);
  flags.Switch("--perf", &options.settings.perf_names);
  flags.Switch("--gdb", &options.settings.gdb_names);
  flags.Switch("--stats", &options.stats);
  flags.Value("--time-limit", &time_limit);
  flags.Value("--max-memory", &max_memory);
  flags.Value("--max-source", &max_source);
  flags.Values("--allow-extern", &options.allowed_externs);
  if (!flags.Parse(args)) {
    return flags.complaint();
  }
  if (const std::optional<HelpOptions> help = flags.help()) {
    return *help;
  }
  if (!flags.ParseColor(&options.color) ||
      !ParseEngine(flags, backend, interp_mode, level, &options.engine) ||
      !flags.Choose("--math", math, kMathChoices, &options.settings.fast_math) ||
      !flags.ReadBytes("--max-memory", max_memory, kAnySize, &options.max_memory_bytes) ||
      !flags.ReadBytes("--max-source", max_source, kLargestSource, &options.max_source_bytes)) {
    return flags.complaint();
  }
  if (flags.IsGiven("--time-limit")) {
    const std::optional<double> seconds = ParseSeconds(time_limit);
    if (!seconds) {
      flags.BadValue("--time-limit", time_limit, "seconds, such as 2, 0.5 or 500ms");
      return flags.complaint();
    }
    options.time_limit_seconds = *seconds;
  }
  options.arguments = flags.words();
  if (!TakeSource(flags, expression, options.arguments, &options.source, &options.is_expression)) {
    return flags.complaint();
  }
  return options;
}

Parsed<DumpOptions> ParseDump(const std::vector<std::string>& args) {
  static constexpr std::pair<std::string_view, DumpPhase> kPhases[] = {
      {"tokens", DumpPhase::Tokens}, {"ast", DumpPhase::Ast}, {"resolved", DumpPhase::Resolved},
      {"types", DumpPhase::Types},   {"ir", DumpPhase::Ir},   {"ir-opt", DumpPhase::OptimisedIr},
      {"asm", DumpPhase::Assembly},
  };
  static constexpr std::pair<std::string_view, int> kLevels[] = {
      {"0", 0}, {"1", 1}, {"2", 2}, {"3", 3}};
  DumpOptions options;
  std::string expression;
  std::string phase;
  std::string level = "2";
  std::string math = "strict";
  std::string max_source;

  Flags flags("dump", FlagsAfterWords::Yes);
  flags.Value("-e", &expression);
  flags.Value("--phase", &phase);
  flags.Value("--function", &options.function);
  flags.Value("--opt", &level);
  flags.Value("--math", &math);
  flags.Value("--max-source", &max_source);
  if (!flags.Parse(args)) {
    return flags.complaint();
  }
  if (const std::optional<HelpOptions> help = flags.help()) {
    return *help;
  }
  if (!flags.IsGiven("--phase")) {
    flags.Complain("`lab dump` needs a phase",
                   "add --phase=tokens, ast, resolved, types, ir, ir-opt or asm");
    return flags.complaint();
  }
  std::vector<std::string> words = flags.words();
  if (!flags.ParseColor(&options.color) ||
      !flags.Choose("--phase", phase, kPhases, &options.phase) ||
      !flags.Choose("--opt", level, kLevels, &options.optimise) ||
      !flags.Choose("--math", math, kMathChoices, &options.fast_math) ||
      !CheckDumpFlags(flags, options.phase) ||
      !flags.ReadBytes("--max-source", max_source, kLargestSource, &options.max_source_bytes) ||
      !TakeSource(flags, expression, words, &options.source, &options.is_expression)) {
    return flags.complaint();
  }
  if (!words.empty()) {
    flags.Complain(fmt::format("`lab dump` takes one program; `{}` is one too many", words[0]));
    return flags.complaint();
  }
  return options;
}

Parsed<HelpOptions> ParseHelp(const std::vector<std::string>& args) {
  HelpOptions options;
  Flags flags("help", FlagsAfterWords::Yes);
  if (!flags.Parse(args)) {
    return flags.complaint();
  }
  if (const std::optional<HelpOptions> help = flags.help()) {
    return *help;
  }
  if (!flags.ParseColor(&options.color)) {
    return flags.complaint();
  }
  if (flags.words().size() > 1) {
    flags.Complain("`lab help` explains one thing at a time");
    return flags.complaint();
  }
  if (!flags.words().empty()) {
    options.topic = flags.words()[0];
  }
  return options;
}

}  // namespace cli
