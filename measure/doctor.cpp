// Runs the checks and sums up. Tests: tests/measure/doctor_test.cpp.

#include "measure/doctor.h"

#include <algorithm>

#include <fmt/format.h>

#include "measure/doctor_checks.h"

namespace measure {

std::string_view SeverityName(Severity severity) {
  switch (severity) {
    case Severity::Ok:
      return "ok";
    case Severity::Unknown:
      return "unknown";
    case Severity::Note:
      return "note";
    case Severity::Warning:
      return "warning";
    case Severity::Serious:
      return "serious";
  }
  return "";
}

std::vector<Finding> Diagnose(const Environment& environment, const Activity* activity) {
  const Patient patient{environment, activity};
  std::vector<Finding> findings;
  // In this order findings of one severity stay.
  for (const std::span<const Check> group :
       {ProcessChecks(), LoadChecks(), CpuChecks(), SystemChecks()}) {
    for (const Check& check : group) {
      findings.push_back(check.look(patient));
      findings.back().id = check.id;
    }
  }
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Finding& a, const Finding& b) { return a.severity > b.severity; });
  return findings;
}

std::string Verdict(const std::vector<Finding>& findings) {
  const auto count = [&](Severity severity) {
    return std::count_if(findings.begin(), findings.end(), [severity](const Finding& finding) {
      return finding.severity == severity;
    });
  };
  const auto serious = count(Severity::Serious);
  const auto warnings = count(Severity::Warning);
  const auto notes = count(Severity::Note);
  const auto counted = [](auto number, std::string_view what) {
    return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s");
  };
  // Worst first, and the first checks are those that count most.
  const std::string_view first = findings.empty() ? "" : findings.front().id;
  if (serious > 0) {
    return fmt::format("{}: times measured here mislead until {} cured. Begin with {}.",
                       counted(serious, "serious finding"), serious == 1 ? "it is" : "they are",
                       first);
  }
  if (warnings > 0) {
    return fmt::format(
        "{}: expect differences of some percent that are not the program's. Begin with "
        "{}.",
        counted(warnings, "warning"), first);
  }
  if (notes > 0) {
    return fmt::format("{}: good for all but small differences.", counted(notes, "note"));
  }
  return "Nothing that was looked at weakens a measurement.";
}

}  // namespace measure
