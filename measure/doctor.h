#pragma once
// What on this machine weakens a measurement, how much, and what helps.

#include <string>
#include <string_view>
#include <vector>

#include "measure/activity.h"
#include "measure/environment.h"

namespace measure {

enum class Severity {
  Ok,
  Unknown,  // could not be looked at
  Note,     // matters for small differences, or for some measurements only
  Warning,  // expect differences of some percent that are none of the program's
  Serious,  // times from here mislead
};
// "ok", "unknown", "note", "warning", "serious".
std::string_view SeverityName(Severity severity);

struct Finding {
  // Such as "cpu-governor": stays the same from version to version.
  std::string_view id = {};
  Severity severity = Severity::Ok;
  std::string seen;  // or why nothing could be seen
  // On times, in words; the rest is empty for Ok and Unknown.
  std::string effect = {};
  // Where the size of the effect comes from: measured here, computed from what was seen, or a
  // publication. Empty: the effect is a direction and not a size.
  std::string source = {};
  std::string cure = {};  // one line: a command, or what to do where none helps
};

// One finding for each check, worst first. `activity` may be null: what must be watched is unknown
// then.
std::vector<Finding> Diagnose(const Environment& environment, const Activity* activity = nullptr);

// Sums up what Diagnose() returned: what to expect, and where to begin.
std::string Verdict(const std::vector<Finding>& findings);

// {"schema", "verdict", "findings": [...], "activity": {...}, "environment": {...}}.
std::string DoctorJson(const Environment& environment, const Activity& activity,
                       const std::vector<Finding>& findings);

}  // namespace measure
