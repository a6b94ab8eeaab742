// Tests: tests/cli/timeit_test.cpp.

#include <fmt/format.h>

#include "cli/flags.h"
#include "cli/parse_time.h"
#include "cli/quantity.h"

namespace cli {

namespace {

// More would not fit into the range of a loop, or never end.
constexpr uint64_t kMostLoops = 1'000'000'000'000;
constexpr uint64_t kMostRepeats = 1'000'000;

bool ReadEngines(Flags& flags, const std::string& text, TimeitOptions* options) {
  for (const std::string& name : SplitList(text)) {
    const std::optional<Engine> engine = FindEngine(name);
    if (!engine) {
      return flags.BadChoice("--backend", name, EngineNames());
    }
    options->engines.push_back({name, *engine});
  }
  return true;
}

std::string Lines(const std::vector<std::string>& texts) {
  return fmt::format("{}", fmt::join(texts, "\n"));
}

bool ReadStatements(Flags& flags, const std::vector<std::string>& others, TimeitOptions* options) {
  if (flags.words().empty()) {
    return flags.Complain("there is no statement to time",
                          "write it in quotes: lab timeit 'sum(range(100))'");
  }
  options->statements = {Lines(flags.words())};
  options->statements.insert(options->statements.end(), others.begin(), others.end());
  return true;
}

}  // namespace

Parsed<TimeitOptions> ParseTimeit(const std::vector<std::string>& args) {
  using report::TimeUnit;
  static constexpr std::pair<std::string_view, TimeUnit> kUnitChoices[] = {
      {"nsec", TimeUnit::Nanoseconds},
      {"usec", TimeUnit::Microseconds},
      {"msec", TimeUnit::Milliseconds},
      {"sec", TimeUnit::Seconds}};
  TimeitOptions options;
  std::string loops;
  std::string repeats;
  std::string unit;
  std::string backends(kDefaultBackend);
  std::string max_memory;
  std::string max_source;
  std::vector<std::string> setup;
  std::vector<std::string> others;
  bool no_sandbox = false;

  Flags flags("timeit", FlagsAfterWords::Yes);
  flags.Value("-n", &loops);
  flags.Value("-r", &repeats);
  flags.Values("-s", &setup);
  flags.Value("-f", &options.setup_file);
  flags.Value("-u", &unit);
  flags.Value("--backend", &backends);
  flags.Values("--compare", &others);
  flags.Switch("-v", &options.verbose);
  flags.Switch("--json", &options.json);
  flags.Switch("--no-sandbox", &no_sandbox);
  flags.Value("--max-memory", &max_memory);
  flags.Value("--max-source", &max_source);
  flags.Values("--allow-extern", &options.allowed_externs);
  if (!flags.Parse(args)) {
    return flags.complaint();
  }
  if (const std::optional<HelpOptions> help = flags.help()) {
    return *help;
  }
  options.setup = Lines(setup);
  options.is_sandboxed = !no_sandbox;
  if (!flags.ParseColor(&options.color) || !ReadEngines(flags, backends, &options) ||
      !flags.ReadCount("-n", loops, kMostLoops, &options.loops) ||
      !flags.ReadCount("-r", repeats, kMostRepeats, &options.repeats) ||
      (flags.IsGiven("-u") && !flags.Choose("-u", unit, kUnitChoices, &options.unit)) ||
      !flags.ReadBytes("--max-memory", max_memory, kAnySize, &options.max_memory_bytes) ||
      !flags.ReadBytes("--max-source", max_source, kLargestSource, &options.max_source_bytes) ||
      !ReadStatements(flags, others, &options)) {
    return flags.complaint();
  }
  return options;
}

}  // namespace cli
