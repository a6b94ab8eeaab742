// The command line of `lab report`. Tests: tests/cli/report_test.cpp.

#include <fmt/format.h>

#include "cli/flags.h"
#include "cli/parse_options.h"

namespace cli {

Parsed<ReportOptions> ParseReport(const std::vector<std::string>& args) {
  ReportOptions options;
  Flags flags("report", FlagsAfterWords::Yes);
  flags.Value("-o", &options.output);
  flags.Value("--run", &options.run);
  if (!flags.Parse(args)) {
    return flags.complaint();
  }
  if (const std::optional<HelpOptions> help = flags.help()) {
    return *help;
  }
  if (!flags.ParseColor(&options.color)) {
    return flags.complaint();
  }
  const std::vector<std::string>& words = flags.words();
  if (words.empty() || words[0].empty()) {
    flags.Complain("there are no results to report", "name a file that `lab compare` has written");
    return flags.complaint();
  }
  if (words.size() > 1) {
    flags.Complain(fmt::format("`lab report` takes one file; `{}` is one too many", words[1]));
    return flags.complaint();
  }
  if (flags.IsGiven("-o") && options.output.empty()) {
    flags.Complain("the name of the page is empty");
    return flags.complaint();
  }
  options.results = words[0];
  if (options.results == "-" && options.output.empty()) {
    flags.Complain("results from standard input give the page no name",
                   "add -o FILE, or -o - for standard output");
    return flags.complaint();
  }
  return options;
}

}  // namespace cli
