// Command lines to options: the flags of each command, their values checked against each other.
// Tests: tests/cli/options_test.cpp, tests/cli/usage_test.cpp.

#include "cli/parse_options.h"

#include <optional>

#include <fmt/format.h>

#include "cli/flags.h"
#include "cli/run_flags.h"

namespace cli {

namespace {

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
  Flags flags("run", FlagsAfterWords::No);
  RunFlags run_flags(flags);
  if (!flags.Parse(args)) {
    return flags.complaint();
  }
  if (const std::optional<HelpOptions> help = flags.help()) {
    return *help;
  }
  if (!run_flags.Read(&options)) {
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
