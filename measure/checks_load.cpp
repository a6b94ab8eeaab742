// Checks of what takes CPU time or memory away from a program: limits, other programs, the host.
// Tests: tests/measure/doctor_test.cpp.

#include <algorithm>

#include <fmt/format.h>

#include "measure/doctor_checks.h"

namespace measure {

namespace {

constexpr double kPercent = 100;
constexpr double kMilliseconds = 1e3;
constexpr double kMiB = 1 << 20;

Finding LookAtQuota(const Patient& patient) {
  const CgroupFacts& facts = patient.environment.cgroup;
  if (!facts.version) {
    return NotSeen("control groups are not visible");
  }
  if (!facts.quota_cpus) {
    return Fine("none");
  }
  const double period_ms = facts.period_seconds.value_or(0) * kMilliseconds;
  const std::string seen = fmt::format(
      "the control group may use {:.2f} CPUs, counted over {:.0f} "
      "ms",
      *facts.quota_cpus, period_ms);
  // A program, and beside it a compiler in the background.
  constexpr double kEnough = 2;
  if (*facts.quota_cpus >= kEnough) {
    return Fine(seen);
  }
  const bool stops_alone = *facts.quota_cpus < 1;
  const double busy = stops_alone ? 1 : kEnough;
  return {.severity = stops_alone ? Severity::Serious : Severity::Warning,
          .seen = seen,
          .effect = fmt::format(
              "{} stopped for {:.0f} ms of every {:.0f} ms",
              stops_alone ? "a program that computes is" : "a program with a second busy thread is",
              period_ms * (1 - *facts.quota_cpus / busy), period_ms),
          .source = std::string(kComputed),
          .cure =
              "cannot be changed from inside: docker run --cpus=2, or a higher limit in "
              "Kubernetes"};
}

Finding LookAtThrottling(const Patient& patient) {
  const CgroupFacts& facts = patient.environment.cgroup;
  if (!facts.throttles || !facts.throttled_seconds) {
    return NotSeen("the control group does not tell");
  }
  const Disturbance* now = patient.activity == nullptr ? nullptr : &patient.activity->disturbance;
  if (now != nullptr && now->throttles.value_or(0) > 0) {
    const double seconds = now->throttled_seconds.value_or(0);
    return {.severity = Severity::Serious,
            .seen = fmt::format("stopped {} times in {:.0f} ms, for {:.0f} ms together",
                                *now->throttles, patient.activity->clock.seconds * kMilliseconds,
                                seconds * kMilliseconds),
            .effect = "these stops are in every time that is measured",
            .source = std::string(kMeasured),
            .cure = "a higher quota (see cpu-quota), or fewer busy threads in the container"};
  }
  if (*facts.throttles == 0) {
    return Fine("never");
  }
  return {.severity = Severity::Note,
          .seen = fmt::format("stopped {} times so far, for {:.1f} s together, not just now",
                              *facts.throttles, *facts.throttled_seconds),
          .effect = "the container sometimes uses up its quota, and a run in it is stopped then",
          .cure = "a higher quota (see cpu-quota), or fewer busy threads in the container"};
}

Finding LookAtSteal(const Patient& patient) {
  const LoadFacts& facts = patient.environment.load;
  if (!facts.steal_share) {
    return NotSeen("the kernel does not tell");
  }
  double now_share = 0;
  bool is_now = false;
  if (patient.activity != nullptr && patient.activity->clock.seconds > 0) {
    const double cpus =
        static_cast<double>(std::max<size_t>(patient.environment.cpu.online.size(), 1));
    const double stolen = patient.activity->disturbance.steal_seconds.value_or(0);
    now_share = stolen / (patient.activity->clock.seconds * cpus);
    // It is counted in ticks of 10 ms, and a single one says little.
    constexpr double kOneTick = 0.01;
    is_now = stolen > 1.5 * kOneTick;
  }
  const double share = std::max(*facts.steal_share, is_now ? now_share : 0);
  const Severity severity = Limits{0.001, 0.01, 0.1}.Of(share);
  const std::string seen = fmt::format("{:.2f} % since the start, {:.1f} % just now",
                                       *facts.steal_share * kPercent, now_share * kPercent);
  if (severity == Severity::Ok) {
    return Fine(seen);
  }
  return {.severity = severity,
          .seen = seen,
          .effect = fmt::format("the host ran something else meanwhile: times are {:.1f} % or more "
                                "longer, unevenly",
                                share / (1 - std::min(share, 0.99)) * kPercent),
          .source = std::string(kComputed),
          .cure = "cannot be changed from here: a machine with CPUs of its own, or another hour"};
}

Finding LookAtInterruptions(const Patient& patient) {
  if (patient.activity == nullptr) {
    return NotWatched();
  }
  const ClockWatch& watch = patient.activity->clock;
  if (watch.seconds <= 0 || watch.resolution_seconds.value_or(1) >= kInterruptionSeconds ||
      watch.reading_seconds >= kInterruptionSeconds) {
    return NotSeen("the clock is too coarse");
  }
  const double share = watch.lost_seconds / watch.seconds;
  const Severity severity = Limits{0.002, 0.01, 0.05}.Of(share);
  const std::string seen =
      fmt::format("{:.0f} a second, {:.2f} % of the time, the longest {:.2f} ms",
                  static_cast<double>(watch.interruptions) / watch.seconds, share * kPercent,
                  watch.longest_seconds * kMilliseconds);
  if (severity == Severity::Ok) {
    return Fine(seen);
  }
  return {.severity = severity,
          .seen = seen,
          .effect =
              "a busy loop lost this much of its core; an iteration that one falls into is "
              "an outlier",
          .source = std::string(kMeasured),
          .cure =
              "end other programs; what remains is the kernel's or the host's: take more "
              "samples"};
}

Finding LookAtPreemption(const Patient& patient) {
  if (patient.activity == nullptr) {
    return NotWatched();
  }
  const double seconds = patient.activity->clock.seconds;
  const Disturbance& disturbance = patient.activity->disturbance;
  if (seconds <= 0 || !disturbance.waiting_seconds) {
    return NotSeen("the kernel does not tell how long a thread waits");
  }
  const double share = *disturbance.waiting_seconds / seconds;
  const Severity severity = Limits{0.002, 0.01, 0.05}.Of(share);
  const std::string seen = fmt::format(
      "waited {:.2f} % of the time; involuntary switches in {:.0f} ms: {}", share * kPercent,
      seconds * kMilliseconds, disturbance.involuntary_switches.value_or(0));
  if (severity == Severity::Ok) {
    return Fine(seen);
  }
  return {.severity = severity,
          .seen = seen,
          .effect = "another thread had the CPU while this one was ready, and left its caches cold",
          .source = std::string(kMeasured),
          .cure = "end other programs, or give the run a CPU that they do not use: taskset -c"};
}

Finding LookAtOthers(const Patient& patient) {
  if (patient.activity == nullptr) {
    return NotWatched();
  }
  if (!patient.activity->others) {
    return NotSeen("other processes are hidden");
  }
  double cpus = 0;
  std::string names;
  for (const BusyProcess& process : *patient.activity->others) {
    cpus += process.cpus;
    names += fmt::format("{}{} ({:.0f} %, pid {})", names.empty() ? "" : ", ", process.name,
                         process.cpus * kPercent, process.pid);
  }
  if (cpus < 0.05) {
    return Fine("none of note");
  }
  const double usable = UsableCpus(patient.environment).value_or(1);
  const bool none_left = cpus > usable - 1 + 0.1;
  return {.severity = none_left     ? Severity::Serious
                      : cpus >= 0.3 ? Severity::Warning
                                    : Severity::Note,
          .seen = names,
          .effect = none_left ? "no core is left to the program alone"
                              : "they share caches, memory and the power budget with the program, "
                                "also from another core",
          .cure = "end them or wait for them"};
}

Finding LookAtLoad(const Patient& patient) {
  const std::optional<double>& load = patient.environment.load.average_1;
  if (!load) {
    return NotSeen("the system does not tell");
  }
  const double cpus =
      static_cast<double>(std::max<size_t>(patient.environment.cpu.online.size(), 1));
  const double share = *load / cpus;
  const Severity severity = Limits{0.25, 0.75, 2}.Of(share);
  const std::string seen = fmt::format("{:.2f} over the last minute on {:.0f} CPUs", *load, cpus);
  if (severity == Severity::Ok) {
    return Fine(seen);
  }
  return {.severity = severity,
          .seen = seen,
          .effect = share >= 1 ? "every CPU was busy: runs had to wait for one"
                               : "other work comes and goes",
          .cure = "`top` shows who it is; after heavy work wait a minute"};
}

Finding LookAtPressure(const std::optional<double>& percent, std::string_view resource,
                       Limits limits, std::string cure) {
  if (!percent) {
    return NotSeen("the kernel does not count it (it would with psi=1)");
  }
  const Severity severity = limits.Of(*percent);
  const std::string seen = fmt::format("{:.1f} % of the last ten seconds", *percent);
  if (severity == Severity::Ok) {
    return Fine(seen);
  }
  return {.severity = severity,
          .seen = seen,
          .effect = fmt::format("in this share of time some task waited for {}", resource),
          .source = std::string(kMeasured),
          .cure = std::move(cure)};
}

Finding LookAtCpuPressure(const Patient& patient) {
  return LookAtPressure(patient.environment.load.cpu_pressure_percent, "a CPU", {2, 10, 50},
                        "end other programs; `top` shows them");
}

Finding LookAtMemoryPressure(const Patient& patient) {
  std::optional<double> percent = patient.environment.load.memory_pressure_percent;
  if (const std::optional<double>& group = patient.environment.cgroup.memory_pressure_percent) {
    percent = std::max(percent.value_or(0), *group);
  }
  return LookAtPressure(percent, "memory to be freed or read back", {0.1, 1, 10},
                        "end programs that hold much memory, or raise the container's limit");
}

Finding LookAtIoPressure(const Patient& patient) {
  return LookAtPressure(patient.environment.load.io_pressure_percent, "a disk", {5, 30, 90},
                        "wait for copies, backups and builds to end");
}

Finding LookAtFreeMemory(const Patient& patient) {
  const MemoryFacts& facts = patient.environment.memory;
  if (!facts.total_bytes || !facts.available_bytes || *facts.total_bytes == 0) {
    return NotSeen("the system does not tell");
  }
  constexpr double kSwapOfNote = 256 * kMiB;
  const double available = static_cast<double>(*facts.available_bytes);
  const double share = available / static_cast<double>(*facts.total_bytes);
  const double swapped = static_cast<double>(facts.swap_used_bytes.value_or(0));
  const std::string seen = fmt::format("{:.0f} MiB ({:.0f} %) available, {:.0f} MiB swapped out",
                                       available / kMiB, share * kPercent, swapped / kMiB);
  if (share >= 0.1 && swapped < kSwapOfNote) {
    return Fine(seen);
  }
  return {.severity = share < 0.1 ? Severity::Warning : Severity::Note,
          .seen = seen,
          .effect =
              "a page that has to be read back stops the program for as long as the disk "
              "takes",
          .cure = "end programs that hold much memory"};
}

Finding LookAtMemoryLimit(const Patient& patient) {
  const Environment& environment = patient.environment;
  if (!environment.cgroup.version) {
    return NotSeen("control groups are not visible");
  }
  const std::optional<uint64_t>& limit = environment.cgroup.memory_limit_bytes;
  if (!limit || *limit >= environment.memory.total_bytes.value_or(UINT64_MAX)) {
    return Fine("none");
  }
  // A program may hold 1 GiB by default, and the lab needs some beside it.
  constexpr double kEnough = 1280 * kMiB;
  const double bytes = static_cast<double>(*limit);
  const std::string seen = fmt::format("{:.0f} MiB for the control group", bytes / kMiB);
  if (bytes >= kEnough) {
    return Fine(seen);
  }
  return {.severity = Severity::Note,
          .seen = seen,
          .effect = "a program may hold 1 GiB by default, and is killed without a word before that",
          .cure = fmt::format("lab run --max-memory={:.0f}M", bytes / kMiB / 2)};
}

// Causes before what they lead to.
constexpr Check kChecks[] = {
    {"cpu-quota", LookAtQuota},
    {"cpu-throttling", LookAtThrottling},
    {"steal-time", LookAtSteal},
    {"competing-processes", LookAtOthers},
    {"load", LookAtLoad},
    {"cpu-pressure", LookAtCpuPressure},
    {"preemption", LookAtPreemption},
    {"interruptions", LookAtInterruptions},
    {"memory-pressure", LookAtMemoryPressure},
    {"io-pressure", LookAtIoPressure},
    {"free-memory", LookAtFreeMemory},
    {"memory-limit", LookAtMemoryLimit},
};

}  // namespace

std::span<const Check> LoadChecks() { return kChecks; }

}  // namespace measure
