// The flags of `lab doctor`. Tests: tests/cli/doctor_test.cpp.

#include "cli/flags.h"
#include "cli/parse_options.h"

namespace cli {

Parsed<DoctorOptions> ParseDoctor(const std::vector<std::string>& args) {
  DoctorOptions options;
  Flags flags("doctor", FlagsAfterWords::Yes);
  flags.Switch("--json", &options.json);
  if (!flags.Parse(args)) {
    return flags.complaint();
  }
  if (const std::optional<HelpOptions> help = flags.help()) {
    return *help;
  }
  if (!flags.words().empty()) {
    flags.Complain("`lab doctor` looks at the machine and takes no file");
  } else if (flags.ParseColor(&options.color)) {
    return options;
  }
  return flags.complaint();
}

}  // namespace cli
