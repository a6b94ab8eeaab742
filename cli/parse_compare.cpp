// Tests: tests/cli/compare_options_test.cpp.

#include "cli/parse_compare.h"

#include <algorithm>

#include "cli/flags.h"
#include "cli/parse_measure.h"

namespace cli {

Parsed<CompareOptions> ParseCompare(const std::vector<std::string>& args) {
  CompareOptions options;
  bool no_save = false;
  Flags flags("compare", FlagsAfterWords::Yes);
  MeasureFlags measure_flags(flags);
  flags.Values("--allow-extern", &options.measure.allowed_externs);
  flags.Value("--base", &options.base_engine);
  flags.Value("--base-bench", &options.base_bench);
  flags.Value("-o", &options.output);
  flags.Switch("--no-save", &no_save);
  flags.Value("--resume", &options.resume);
  flags.Value("--from", &options.from);
  flags.Value("--run", &options.run);
  flags.Switch("--json", &options.json);
  if (!flags.Parse(args)) {
    return flags.complaint();
  }
  if (const std::optional<HelpOptions> help = flags.help()) {
    return *help;
  }
  if (!flags.ParseColor(&options.color) || !measure_flags.Read(&options.measure)) {
    return flags.complaint();
  }
  options.save = !no_save;
  options.measure.sources = flags.words();
  const bool is_stored = !options.resume.empty() || !options.from.empty();
  if (is_stored && !options.measure.sources.empty()) {
    flags.Complain("`--resume` and `--from` take what was measured from a results file",
                   "leave out the programs");
    return flags.complaint();
  }
  if (!is_stored && options.measure.sources.empty()) {
    flags.Complain("there is no program to measure",
                   "name a file with benches, such as programs/great_circle.gc");
    return flags.complaint();
  }
  if (!options.resume.empty() && !options.from.empty()) {
    flags.Complain("`--resume` and `--from` exclude each other");
    return flags.complaint();
  }
  if (!options.run.empty() && !is_stored) {
    flags.Complain("`--run` is for --from and --resume");
    return flags.complaint();
  }
  const std::vector<std::string>& engines = options.measure.engines;
  if (!options.base_engine.empty() && !is_stored &&
      std::find(engines.begin(), engines.end(), options.base_engine) == engines.end()) {
    flags.BadChoice("--base", options.base_engine, {engines.begin(), engines.end()});
    return flags.complaint();
  }
  return options;
}

}  // namespace cli
