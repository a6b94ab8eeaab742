#pragma once
// The checks of the doctor, in groups. Internal to the folder: Diagnose() is the interface.

#include <span>
#include <string>
#include <string_view>

#include "measure/doctor.h"

namespace measure {

// What a check looks at.
struct Patient {
  const Environment& environment;
  const Activity* activity;  // may be null
};

struct Check {
  std::string_view id;
  Finding (*look)(const Patient& patient);  // leaves `id` to the caller
};

std::span<const Check> ProcessChecks();  // checks_system.cpp: build, debugger, priority
std::span<const Check> LoadChecks();     // checks_load.cpp: what takes CPU or memory away
std::span<const Check> CpuChecks();      // checks_cpu.cpp: frequency, cores, heat, power
std::span<const Check> SystemChecks();   // checks_system.cpp: clock, kernel

inline constexpr std::string_view kComputed = "computed from what was seen";
inline constexpr std::string_view kMeasured = "measured just now";

inline Finding Fine(std::string seen) {
  return {.severity = Severity::Ok, .seen = std::move(seen)};
}
inline Finding NotSeen(std::string why) {
  return {.severity = Severity::Unknown, .seen = std::move(why)};
}
inline Finding NotWatched() { return NotSeen("the machine was not watched"); }

// The severity that a value has reached, of three ascending limits.
struct Limits {
  double note;
  double warning;
  double serious;

  Severity Of(double value) const {
    return value >= serious   ? Severity::Serious
           : value >= warning ? Severity::Warning
           : value >= note    ? Severity::Note
                              : Severity::Ok;
  }
};

}  // namespace measure
