#pragma once
// Words of a command line to checked options. One function a command.

#include <string>
#include <variant>
#include <vector>

#include "cli/complaint.h"
#include "cli/options.h"

namespace cli {

// The options; or a request for help (--help among the flags); or what is wrong.
template <typename Options>
struct ParsedOf {
  using Type = std::variant<Options, HelpOptions, Complaint>;
};
template <>
struct ParsedOf<HelpOptions> {
  using Type = std::variant<HelpOptions, Complaint>;
};
template <typename Options>
using Parsed = typename ParsedOf<Options>::Type;

// `args` stand after the command's name.
Parsed<RunOptions> ParseRun(const std::vector<std::string>& args);
Parsed<DumpOptions> ParseDump(const std::vector<std::string>& args);
Parsed<ReportOptions> ParseReport(const std::vector<std::string>& args);
Parsed<DoctorOptions> ParseDoctor(const std::vector<std::string>& args);
Parsed<HelpOptions> ParseHelp(const std::vector<std::string>& args);

}  // namespace cli
