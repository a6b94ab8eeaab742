// What the doctor says of several machines.

#include "measure/doctor.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/fake_machine.h"

namespace measure {
namespace {

constexpr BuildFacts kRelease = {
    .lab_version = "0", .compiler = "gcc 12", .llvm_version = "19", .is_optimised = true};

// The environment with a good clock and a release build, whatever this one is.
Environment Read(const support::FakeMachine& machine) {
  int readings = 0;
  Environment environment = ReadEnvironment(machine.files(), [&] { return 25e-9 * ++readings; });
  environment.build = kRelease;
  return environment;
}

// Half a second on a machine where nothing else happens.
Activity Quiet() {
  Activity activity;
  activity.clock = {.seconds = 0.5,
                    .readings = 20'000'000,
                    .reading_seconds = 25e-9,
                    .resolution_seconds = 10e-9};
  activity.disturbance.steal_seconds = 0;
  activity.disturbance.waiting_seconds = 0;
  activity.disturbance.throttles = 0;
  activity.disturbance.throttled_seconds = 0;
  activity.others.emplace();
  return activity;
}

Finding Find(const std::vector<Finding>& findings, std::string_view id) {
  for (const Finding& finding : findings) {
    if (finding.id == id) {
      return finding;
    }
  }
  ADD_FAILURE() << "no finding " << id;
  return {};
}

std::string Ids(const std::vector<Finding>& findings, Severity severity) {
  std::string ids;
  for (const Finding& finding : findings) {
    if (finding.severity == severity) {
      ids += (ids.empty() ? "" : " ") + std::string(finding.id);
    }
  }
  return ids;
}

bool Contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(DoctorTest, FindsNothingWrongWithACleanServer) {
  const Activity activity = Quiet();
  const std::vector<Finding> findings = Diagnose(Read(support::CleanServer()), &activity);
  for (const Finding& finding : findings) {
    EXPECT_EQ(finding.severity, Severity::Ok) << finding.id << ": " << finding.seen;
  }
  EXPECT_GE(findings.size(), 30U);
  EXPECT_EQ(Verdict(findings), "Nothing that was looked at weakens a measurement.");
}

TEST(DoctorTest, FindsWhatIsWrongWithALaptop) {
  const Activity activity = Quiet();
  const std::vector<Finding> findings = Diagnose(Read(support::BareLaptop()), &activity);
  EXPECT_EQ(Ids(findings, Severity::Serious), "");
  EXPECT_EQ(Ids(findings, Severity::Warning),
            "cpu-governor cpu-turbo thermal-throttling temperature power-supply platform-profile "
            "aslr");
  EXPECT_EQ(Ids(findings, Severity::Note), "smt perf-events");
  EXPECT_EQ(Verdict(findings),
            "7 warnings: expect differences of some percent that are not the program's. Begin with "
            "cpu-governor.");
  const Finding governor = Find(findings, "cpu-governor");
  EXPECT_EQ(governor.seen, "powersave (intel_pstate)");
  EXPECT_TRUE(Contains(governor.effect, "0.4 to 4.4 GHz, a factor of 11.0"));
  EXPECT_EQ(governor.cure, "sudo cpupower frequency-set -g performance");
  EXPECT_TRUE(Contains(Find(findings, "cpu-turbo").effect, "a factor of 2.00"));
  EXPECT_TRUE(Contains(Find(findings, "cpu-turbo").cure, "intel_pstate/no_turbo"));
}

TEST(DoctorTest, FindsWhatIsWrongWithAContainerInTheCloud) {
  Activity activity = Quiet();
  activity.disturbance.throttles = 5;
  activity.disturbance.throttled_seconds = 0.25;
  const std::vector<Finding> findings = Diagnose(Read(support::CloudContainer()), &activity);
  EXPECT_EQ(Ids(findings, Severity::Serious), "tracer cpu-quota cpu-throttling steal-time");
  EXPECT_EQ(Ids(findings, Severity::Warning), "priority memory-pressure free-memory clock-source");
  EXPECT_EQ(Ids(findings, Severity::Note), "memory-limit virtual-machine");
  EXPECT_TRUE(Contains(Ids(findings, Severity::Unknown), "cpu-governor"));
  EXPECT_EQ(Verdict(findings),
            "4 serious findings: times measured here mislead until they are cured. Begin with "
            "tracer.");
  const Finding quota = Find(findings, "cpu-quota");
  EXPECT_EQ(quota.seen, "the control group may use 0.50 CPUs, counted over 100 ms");
  EXPECT_TRUE(Contains(quota.effect, "stopped for 50 ms of every 100 ms"));
  EXPECT_TRUE(Contains(Find(findings, "cpu-throttling").seen, "5 times in 500 ms"));
  // A fifth of the time was stolen: what took four seconds takes five.
  EXPECT_TRUE(Contains(Find(findings, "steal-time").effect, "25.0 %"));
  EXPECT_TRUE(Contains(Find(findings, "clock-source").effect, "25 ns"));
  EXPECT_TRUE(Contains(Find(findings, "clock-source").cure, "echo tsc"));
  EXPECT_EQ(Find(findings, "cpu-governor").seen, "a virtual machine does not show it");
}

TEST(DoctorTest, KnowsNothingOfAnEmptyMachine) {
  const support::FakeMachine machine;
  Environment environment = ReadEnvironment(machine.files(), [] { return 0.0; });
  environment.build = kRelease;
  for (const Finding& finding : Diagnose(environment)) {
    const bool is_known = finding.id == "build" || finding.id == "isolated-cpus";
    EXPECT_EQ(finding.severity, is_known ? Severity::Ok : Severity::Unknown) << finding.id;
    EXPECT_FALSE(finding.seen.empty()) << finding.id;
  }
}

TEST(DoctorTest, GivesEachFindingAnEffectAndACure) {
  std::set<std::string_view> ids;
  for (const support::FakeMachine& machine :
       {support::BareLaptop(), support::CloudContainer(), support::CleanServer()}) {
    ids.clear();
    for (const Finding& finding : Diagnose(Read(machine))) {
      EXPECT_TRUE(ids.insert(finding.id).second) << finding.id;
      EXPECT_FALSE(finding.seen.empty()) << finding.id;
      EXPECT_EQ(finding.effect.empty(), finding.severity <= Severity::Unknown) << finding.id;
      EXPECT_EQ(finding.cure.empty(), finding.severity <= Severity::Unknown) << finding.id;
      EXPECT_FALSE(Contains(finding.cure, "\n")) << finding.id;
    }
  }
  EXPECT_GE(ids.size(), 30U);
}

TEST(DoctorTest, PutsTheWorstFirst) {
  Environment environment = Read(support::BareLaptop());
  environment.build.is_optimised = false;
  const std::vector<Finding> findings = Diagnose(environment);
  EXPECT_EQ(findings.front().id, "build");
  EXPECT_TRUE(
      std::is_sorted(findings.begin(), findings.end(),
                     [](const Finding& a, const Finding& b) { return a.severity > b.severity; }));
}

TEST(DoctorTest, JudgesBuilds) {
  Environment environment = Read(support::CleanServer());
  environment.build.has_sanitizers = true;
  environment.build.has_assertions = true;
  const Finding finding = Find(Diagnose(environment), "build");
  EXPECT_EQ(finding.severity, Severity::Serious);
  EXPECT_EQ(finding.seen, "with assertions, with sanitizers");
  EXPECT_EQ(finding.source, "Serebryany et al. 2012");
  environment.build = kRelease;
  environment.build.llvm_has_assertions = true;
  EXPECT_EQ(Find(Diagnose(environment), "build").seen, "LLVM with assertions");
}

TEST(DoctorTest, TellsGovernorsApart) {
  Environment environment = Read(support::CleanServer());
  const auto severity = [&](std::vector<std::string> governors, const std::string& driver) {
    environment.frequency.governors = std::move(governors);
    environment.frequency.driver = driver;
    return Find(Diagnose(environment), "cpu-governor").severity;
  };
  EXPECT_EQ(severity({"performance"}, "intel_pstate"), Severity::Ok);
  EXPECT_EQ(severity({"performance", "schedutil"}, "acpi-cpufreq"), Severity::Warning);
  EXPECT_EQ(severity({"powersave"}, "amd-pstate-epp"), Severity::Warning);
  EXPECT_EQ(severity({"powersave"}, "acpi-cpufreq"), Severity::Serious);
}

TEST(DoctorTest, SeesCoresThatDiffer) {
  Environment environment = Read(support::CleanServer());
  environment.frequency.slowest_max_hz = 2e9;
  environment.frequency.fastest = {0, 1, 2, 5};
  const Finding finding = Find(Diagnose(environment), "cpu-kinds");
  EXPECT_EQ(finding.severity, Severity::Warning);
  EXPECT_TRUE(Contains(finding.effect, "1.50 times"));
  EXPECT_EQ(finding.cure, "taskset -c 0-2,5 lab ...");
}

TEST(DoctorTest, SeesAProcessorThatIsHeldBack) {
  Environment environment = Read(support::CleanServer());
  environment.frequency.current_hz = {1.2e9, 1.3e9};
  const Activity activity = Quiet();
  EXPECT_EQ(Find(Diagnose(environment, &activity), "cpu-frequency").severity, Severity::Warning);
  // Without work before, a low frequency means nothing.
  EXPECT_EQ(Find(Diagnose(environment), "cpu-frequency").severity, Severity::Ok);
  environment.frequency.max_hz = 1.5e9;
  EXPECT_TRUE(Contains(Find(Diagnose(environment), "cpu-frequency").effect, "2.00 times"));
}

TEST(DoctorTest, JudgesQuotas) {
  Environment environment = Read(support::CleanServer());
  environment.cgroup.period_seconds = 0.1;
  const auto severity = [&](double cpus) {
    environment.cgroup.quota_cpus = cpus;
    return Find(Diagnose(environment), "cpu-quota").severity;
  };
  EXPECT_EQ(severity(0.99), Severity::Serious);
  EXPECT_EQ(severity(1), Severity::Warning);
  EXPECT_EQ(severity(2), Severity::Ok);
}

TEST(DoctorTest, JudgesWhatItWatched) {
  const Environment environment = Read(support::CleanServer());
  const auto severity = [&](const Activity& activity, std::string_view id) {
    return Find(Diagnose(environment, &activity), id).severity;
  };
  Activity activity = Quiet();
  activity.clock.interruptions = 100;
  activity.clock.lost_seconds = 0.01;
  EXPECT_EQ(severity(activity, "interruptions"), Severity::Warning);
  activity.clock.lost_seconds = 0.0005;
  EXPECT_EQ(severity(activity, "interruptions"), Severity::Ok);
  activity.clock.resolution_seconds = 4e-3;
  EXPECT_EQ(severity(activity, "interruptions"), Severity::Unknown);

  activity = Quiet();
  activity.disturbance.waiting_seconds = 0.1;
  EXPECT_EQ(severity(activity, "preemption"), Severity::Serious);
  activity.disturbance.steal_seconds = 0.01;
  EXPECT_EQ(severity(activity, "steal-time"), Severity::Ok);
  activity.disturbance.steal_seconds = 0.04;  // of four CPUs for half a second
  EXPECT_EQ(severity(activity, "steal-time"), Severity::Warning);

  // Two CPUs may be used: one busy process leaves one, two leave none.
  activity.others = {{7, "build", 1.0}};
  EXPECT_EQ(severity(activity, "competing-processes"), Severity::Warning);
  activity.others->push_back({8, "browser", 0.5});
  EXPECT_EQ(severity(activity, "competing-processes"), Severity::Serious);
  EXPECT_EQ(Find(Diagnose(environment, &activity), "competing-processes").seen,
            "build (100 %, pid 7), browser (50 %, pid 8)");
  activity.others = {{7, "clock", 0.02}};
  EXPECT_EQ(severity(activity, "competing-processes"), Severity::Ok);
}

TEST(DoctorTest, JudgesClocks) {
  Environment environment = Read(support::CleanServer());
  for (const char* name : {"tsc", "kvm-clock"}) {
    environment.system.clock_source = name;
    EXPECT_EQ(Find(Diagnose(environment), "clock-source").severity, Severity::Ok);
  }
  environment.system.clock_source = "hpet";
  environment.system.clock_sources = {"hpet"};
  environment.clock.reading_seconds = 1.5e-6;
  const std::vector<Finding> findings = Diagnose(environment);
  EXPECT_TRUE(Contains(Find(findings, "clock-source").effect, "1500 ns"));
  EXPECT_TRUE(Contains(Find(findings, "clock-source").cure, "dmesg"));
  EXPECT_TRUE(Contains(Find(findings, "clock-precision").effect, "150 us"));
}

TEST(DoctorTest, IsWrittenAsJson) {
  const Environment environment = Read(support::CloudContainer());
  Activity activity = Quiet();
  activity.others = {{7, "build", 1.0}};
  const std::vector<Finding> findings = Diagnose(environment, &activity);
  const auto json = nlohmann::json::parse(DoctorJson(environment, activity, findings));
  EXPECT_EQ(json["schema"], "lab-doctor-1");
  EXPECT_EQ(json["verdict"], Verdict(findings));
  ASSERT_EQ(json["findings"].size(), findings.size());
  EXPECT_EQ(json["findings"][0]["id"], findings[0].id);
  EXPECT_EQ(json["findings"][0]["severity"], "serious");
  EXPECT_EQ(json["activity"]["others"][0]["name"], "build");
  EXPECT_EQ(json["environment"], nlohmann::json::parse(EnvironmentJson(environment)));
}

}  // namespace
}  // namespace measure
