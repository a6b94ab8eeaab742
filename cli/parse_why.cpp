// Tests: tests/cli/why_test.cpp, tests/cli/usage_test.cpp.

#include "cli/parse_why.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include <sys/stat.h>

#include <fmt/format.h>

#include "cli/run_flags.h"

namespace cli {
namespace {

bool IsFile(const std::string& path) {
  struct stat about;
  return stat(path.c_str(), &about) == 0;
}

// Takes ":12" off the end of the name, unless a file has that name.
bool SplitLine(Flags& flags, WhyOptions* options) {
  std::string& source = options->run.source;
  const size_t colon = source.rfind(':');
  const bool has_digits = colon != std::string::npos && colon + 1 < source.size() &&
                          std::all_of(source.begin() + static_cast<std::ptrdiff_t>(colon) + 1,
                                      source.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (options->run.is_expression || !has_digits || IsFile(source)) {
    return true;
  }
  const char* end = source.data() + source.size();
  const auto [read, error] = std::from_chars(source.data() + colon + 1, end, options->line);
  if (error != std::errc() || options->line == 0) {
    return flags.Complain(fmt::format("there is no line {}", source.substr(colon + 1)),
                          "lines are counted from 1");
  }
  source.resize(colon);
  return true;
}

}  // namespace

Parsed<WhyOptions> ParseWhy(const std::vector<std::string>& args) {
  WhyOptions options;
  Flags flags("why", FlagsAfterWords::No);
  RunFlags run_flags(flags);
  run_flags.SetBackend("tiered");
  flags.Switch("--json", &options.json);
  if (!flags.Parse(args)) {
    return flags.complaint();
  }
  if (const std::optional<HelpOptions> help = flags.help()) {
    return *help;
  }
  for (const char* flag : {"--stats", "--events", "--perf", "--gdb"}) {
    if (flags.IsGiven(flag)) {
      flags.Complain(fmt::format("`{}` is for `lab run`", flag));
      return flags.complaint();
    }
  }
  if (run_flags.backend() == "interp") {
    flags.Complain("the interpreter decides nothing that could be explained",
                   "add --backend=tiered or --backend=jit");
    return flags.complaint();
  }
  if (!run_flags.Read(&options.run) || !SplitLine(flags, &options)) {
    return flags.complaint();
  }
  return options;
}

}  // namespace cli
