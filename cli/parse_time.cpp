// Tests: tests/cli/time_test.cpp.

#include "cli/parse_time.h"

#include <fmt/format.h>

#include "cli/flags.h"
#include "cli/quantity.h"
#include "cli/run_flags.h"

namespace cli {

namespace {

// One run for each of several engines. Their modes are part of their names.
bool AddRuns(Flags& flags, RunFlags& run_flags, const std::vector<std::string>& names,
             TimeOptions* options) {
  for (const EngineFlag& flag : EngineFlags()) {
    if (flags.IsGiven(std::string(flag.name).c_str())) {
      return flags.Complain(fmt::format("`{}` is for a single backend", flag.name),
                            "of several, name the modes: --backend=interp-boxed,jit-O0,jit:fast");
    }
  }
  for (const std::string& name : names) {
    const std::optional<Engine> engine = FindEngine(name);
    if (!engine) {
      return flags.BadChoice("--backend", name, EngineNames());
    }
    run_flags.SetBackend(std::string(engine->configuration->backend));
    RunOptions run;
    if (!run_flags.Read(&run)) {
      return false;
    }
    if (!run.is_expression && run.source == "-") {
      return flags.Complain("standard input can be read only once, and there are several backends",
                            "name a file");
    }
    options->color = run.color;
    options->runs.push_back({name, run_flags.CommandLine(run, engine)});
  }
  return true;
}

bool AddRun(RunFlags& run_flags, TimeOptions* options) {
  RunOptions run;
  if (!run_flags.Read(&run)) {
    return false;
  }
  options->color = run.color;
  options->runs.push_back({run_flags.backend(), run_flags.CommandLine(run, std::nullopt)});
  return true;
}

bool CheckForm(Flags& flags, const TimeOptions& options, bool is_verbose) {
  if (options.json + options.is_portable + is_verbose + options.format.has_value() > 1) {
    return flags.Complain("`-f`, `-p`, `-v` and `--json` exclude each other");
  }
  return !options.append || !options.output.empty() || flags.Complain("`-a` is for -o FILE");
}

}  // namespace

Parsed<TimeOptions> ParseTime(const std::vector<std::string>& args) {
  TimeOptions options;
  std::string format;
  bool is_verbose = false;
  Flags flags("time", FlagsAfterWords::No);
  RunFlags run_flags(flags);
  flags.Value("-f", &format);
  flags.Value("-o", &options.output);
  flags.Switch("-a", &options.append);
  flags.Switch("-p", &options.is_portable);
  flags.Switch("-q", &options.is_quiet);
  flags.Switch("-v", &is_verbose);
  flags.Switch("--json", &options.json);
  if (!flags.Parse(args)) {
    return flags.complaint();
  }
  if (const std::optional<HelpOptions> help = flags.help()) {
    return *help;
  }
  if (flags.IsGiven("-f")) {
    options.format = format;
  }
  const std::vector<std::string> names = SplitList(run_flags.backend());
  if (!CheckForm(flags, options, is_verbose) ||
      !(names.size() > 1 ? AddRuns(flags, run_flags, names, &options)
                         : AddRun(run_flags, &options))) {
    return flags.complaint();
  }
  return options;
}

}  // namespace cli
