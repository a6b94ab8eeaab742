#pragma once
// What one run of a program has used, in the words and formats of GNU time 1.9
// (https://www.gnu.org/software/time/), and several runs side by side.

#include <span>
#include <string>
#include <string_view>

#include "measure/child_process.h"

namespace report {

struct TimedRun {
  std::string command;  // as the user would type it
  std::string backend;
  measure::ProcessEnd end;
};

// Formats of -v and -p; a line break follows each.
extern const std::string_view kVerboseFormat;
extern const std::string_view kPortableFormat;

// `format` with its %-sequences and the escapes \t, \n and \\ replaced, and a line break. What GNU
// time does not know stands after a question mark, as there. Hundredths are cut, not rounded. Of
// the command, what could disturb a terminal is shown escaped.
std::string GnuTimeText(std::string_view format, const TimedRun& run);

// "Command terminated by signal 9", "Command exited with non-zero status 1" and a line break; empty
// when all is well.
std::string BadEndText(const measure::ProcessEnd& end);

// A column for each run, and for each but the first its ratio to the first. Of the fields of -v,
// those that Linux fills.
std::string SideBySideText(std::span<const TimedRun> runs);

// {"runs": [...]}: all fields that Linux fills, in full precision.
std::string TimedRunsJson(std::span<const TimedRun> runs);

}  // namespace report
