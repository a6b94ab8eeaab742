// Checks of the lab's own build and process, of the clock, and of settings of the kernel.
// Tests: tests/measure/doctor_test.cpp.

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "measure/doctor_checks.h"

namespace measure {

namespace {

constexpr double kNano = 1e-9;

Finding LookAtBuild(const Patient& patient) {
  const BuildFacts& facts = patient.environment.build;
  if (facts.IsForMeasuring()) {
    return Fine(fmt::format("release, {}", facts.compiler));
  }
  std::vector<std::string_view> faults;
  if (!facts.is_optimised) {
    faults.push_back("not optimised");
  }
  if (facts.has_assertions) {
    faults.push_back("with assertions");
  }
  if (facts.has_sanitizers) {
    faults.push_back("with sanitizers");
  }
  if (facts.llvm_has_assertions) {
    faults.push_back("LLVM with assertions");
  }
  Finding finding{.severity = Severity::Serious,
                  .seen = fmt::format("{}", fmt::join(faults, ", "))};
  if (facts.has_sanitizers) {
    finding.effect = "AddressSanitizer alone makes programs 73 % slower on average";
    finding.source = "Serebryany et al. 2012";
  } else {
    finding.effect =
        "the lab itself is slower, and not by the same factor in each engine and phase";
  }
  finding.cure = "cmake --preset release && cmake --build --preset release";
  return finding;
}

Finding LookAtTracer(const Patient& patient) {
  const std::optional<int64_t>& pid = patient.environment.process.tracer_pid;
  if (!pid) {
    return NotSeen("the system does not tell");
  }
  if (*pid == 0) {
    return Fine("none");
  }
  return {.severity = Severity::Serious,
          .seen = fmt::format("process {} traces this one", *pid),
          .effect = "system calls or breakpoints stop the program until the tracer has looked",
          .cure = "run without the debugger or strace"};
}

Finding LookAtPriority(const Patient& patient) {
  const ProcessFacts& facts = patient.environment.process;
  if (!facts.nice || !facts.scheduling) {
    return NotSeen("the system does not tell");
  }
  const std::string seen = fmt::format("nice {}, scheduling {}", *facts.nice, *facts.scheduling);
  if (*facts.nice <= 0 && *facts.scheduling != "idle" && *facts.scheduling != "batch") {
    return Fine(seen);
  }
  return {.severity = Severity::Warning,
          .seen = seen,
          .effect = "whatever else runs goes first",
          .cure = "run without nice, chrt or ionice"};
}

// Clocks that are read without a system call.
bool IsFastClock(std::string_view source) {
  static constexpr std::string_view kFast[] = {"tsc", "kvm-clock", "hyperv_clocksource_tsc_page",
                                               "arch_sys_counter"};
  return std::find(std::begin(kFast), std::end(kFast), source) != std::end(kFast);
}

Finding LookAtClockSource(const Patient& patient) {
  const SystemFacts& facts = patient.environment.system;
  if (!facts.clock_source) {
    return NotSeen("the kernel does not tell");
  }
  if (IsFastClock(*facts.clock_source)) {
    return Fine(*facts.clock_source);
  }
  const bool has_tsc = std::count(facts.clock_sources.begin(), facts.clock_sources.end(), "tsc");
  return {.severity = Severity::Warning,
          .seen = *facts.clock_source,
          .effect = fmt::format("each reading of the clock takes {:.0f} ns; 20 to 40 are usual",
                                patient.environment.clock.reading_seconds / kNano),
          .source = std::string(kMeasured),
          .cure = has_tsc ? "echo tsc | sudo tee /sys/devices/system/clocksource/clocksource0/"
                            "current_clocksource"
                          : "cannot be changed from here: `dmesg | grep -i tsc` tells why the "
                            "kernel refused it"};
}

Finding LookAtClockPrecision(const Patient& patient) {
  const ClockWatch& watch = patient.environment.clock;
  if (!watch.resolution_seconds) {
    return NotSeen("the clock stood still");
  }
  constexpr double kSlowReading = 200 * kNano;
  constexpr double kCoarseStep = 1000 * kNano;
  const std::string seen =
      fmt::format("{:.0f} ns a reading, the smallest step {:.0f} ns", watch.reading_seconds / kNano,
                  *watch.resolution_seconds / kNano);
  if (watch.reading_seconds < kSlowReading && *watch.resolution_seconds < kCoarseStep) {
    return Fine(seen);
  }
  const double shortest = std::max(watch.reading_seconds, *watch.resolution_seconds) * 100;
  return {.severity = Severity::Warning,
          .seen = seen,
          .effect = fmt::format("what is timed must take {:.0f} us or more to be right to 1 %",
                                shortest * 1e6),
          .source = std::string(kMeasured),
          .cure = "see clock-source; time many calls at once"};
}

Finding LookAtVirtualMachine(const Patient& patient) {
  const SystemFacts& facts = patient.environment.system;
  if (!facts.in_virtual_machine) {
    return NotSeen("the processor does not tell");
  }
  if (!*facts.in_virtual_machine) {
    return Fine("no");
  }
  return {
      .severity = Severity::Note,
      .seen = facts.virtual_machine ? "yes, of " + *facts.virtual_machine : "yes",
      .effect =
          "other guests share caches, memory and the power budget, and how busy they are "
          "cannot be seen",
      .cure =
          "cannot be changed from here: trust a small difference once another day shows it again"};
}

Finding LookAtAslr(const Patient& patient) {
  const std::optional<int64_t>& aslr = patient.environment.system.aslr;
  if (!aslr) {
    return NotSeen("the kernel does not tell");
  }
  if (*aslr != 0) {
    return Fine("on: each process has addresses of its own");
  }
  return {.severity = Severity::Warning,
          .seen = "off: all processes have the same addresses",
          .effect =
              "what the layout of memory costs, 33 % of a small loop and more, is in every "
              "run alike: no interval shows it",
          .source = "Mytkowicz et al. 2009",
          .cure = "sudo sysctl kernel.randomize_va_space=2, and no setarch -R"};
}

Finding LookAtHugePages(const Patient& patient) {
  const MemoryFacts& facts = patient.environment.memory;
  if (!facts.huge_pages) {
    return NotSeen("the kernel does not tell");
  }
  const std::string defrag = facts.huge_page_defrag.value_or("unknown");
  const std::string seen = fmt::format("{}, defrag {}", *facts.huge_pages, defrag);
  if (*facts.huge_pages != "always" || defrag != "always") {
    return Fine(seen);
  }
  return {.severity = Severity::Note,
          .seen = seen,
          .effect = "a program that asks for memory may wait while the kernel moves pages together",
          .cure = "echo madvise | sudo tee /sys/kernel/mm/transparent_hugepage/defrag"};
}

Finding LookAtPerfEvents(const Patient& patient) {
  const std::optional<int64_t>& level = patient.environment.system.perf_event_paranoid;
  if (!level) {
    return NotSeen("the kernel does not tell");
  }
  constexpr int64_t kOwnProgramsAllowed = 2;
  const std::string seen = fmt::format("perf_event_paranoid is {}", *level);
  if (*level <= kOwnProgramsAllowed) {
    return Fine(seen);
  }
  return {.severity = Severity::Note,
          .seen = seen,
          .effect =
              "cycles, instructions and cache misses cannot be counted, and `lab run --perf` "
              "has no reader",
          .cure = "sudo sysctl kernel.perf_event_paranoid=2"};
}

// Of no weight for times, but of some for whoever runs programs of others.
Finding LookAtSandbox(const Patient& patient) {
  const std::optional<std::string>& actions = patient.environment.system.seccomp_actions;
  if (!actions) {
    return NotSeen("the kernel does not tell");
  }
  if (actions->find("errno") != std::string::npos && actions->find("trap") != std::string::npos) {
    return Fine("programs run confined by a filter of system calls");
  }
  return {.severity = Severity::Note,
          .seen = "the kernel cannot refuse system calls: programs run unconfined",
          .effect = "none on times; a program that finds a mistake of the lab can use it",
          .cure = "run programs of others in a virtual machine or as another user"};
}

constexpr Check kProcessChecks[] = {
    {"build", LookAtBuild},
    {"tracer", LookAtTracer},
    {"priority", LookAtPriority},
};

constexpr Check kSystemChecks[] = {
    {"clock-source", LookAtClockSource},
    {"clock-precision", LookAtClockPrecision},
    {"virtual-machine", LookAtVirtualMachine},
    {"aslr", LookAtAslr},
    {"huge-pages", LookAtHugePages},
    {"perf-events", LookAtPerfEvents},
    {"sandbox", LookAtSandbox},
};

}  // namespace

std::span<const Check> ProcessChecks() { return kProcessChecks; }

std::span<const Check> SystemChecks() { return kSystemChecks; }

}  // namespace measure
