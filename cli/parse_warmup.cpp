// Tests: tests/cli/compare_test.cpp.

#include "cli/parse_warmup.h"

#include "cli/flags.h"
#include "cli/parse_measure.h"

namespace cli {
namespace {

constexpr uint32_t kDefaultProcesses = 3;

}  // namespace

Parsed<WarmupOptions> ParseWarmup(const std::vector<std::string>& args) {
  static constexpr std::pair<std::string_view, PlotChoice> kPlots[] = {
      {"all", PlotChoice::All}, {"first", PlotChoice::First}, {"none", PlotChoice::None}};
  static constexpr std::pair<std::string_view, measure::WarmupRule> kRules[] = {
      {"warmup_stats", measure::WarmupRule::WarmupStats}};
  WarmupOptions options;
  std::string plot = "first";
  std::string rule;
  Flags flags("warmup", FlagsAfterWords::Yes);
  MeasureFlags measure_flags(flags);
  flags.Value("-o", &options.output);
  flags.Value("--from", &options.from);
  flags.Value("--run", &options.run);
  flags.Value("--compat", &rule);
  flags.Value("--plot", &plot);
  flags.Value("--svg", &options.svg);
  flags.Value("--html", &options.html);
  flags.Switch("--json", &options.json);
  if (!flags.Parse(args)) {
    return flags.complaint();
  }
  if (const std::optional<HelpOptions> help = flags.help()) {
    return *help;
  }
  if (!flags.ParseColor(&options.color) || !measure_flags.Read(&options.measure) ||
      !flags.Choose("--plot", plot, kPlots, &options.plot) ||
      (flags.IsGiven("--compat") && !flags.Choose("--compat", rule, kRules, &options.rule))) {
    return flags.complaint();
  }
  options.measure.sources = flags.words();
  if (options.from.empty() == options.measure.sources.empty()) {
    if (options.from.empty()) {
      flags.Complain("there is no program to measure",
                     "name a file with benches, or a series with --from=FILE");
    } else {
      flags.Complain("`--from` shows what was measured; it takes no program");
    }
    return flags.complaint();
  }
  if (!options.run.empty() && options.from.empty()) {
    flags.Complain("`--run` is for --from");
    return flags.complaint();
  }
  if (options.measure.budget.processes == 0) {
    options.measure.budget.processes = kDefaultProcesses;
  }
  return options;
}

}  // namespace cli
