// The facts of several machines, and their JSON.

#include "measure/environment.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/fake_machine.h"

namespace measure {
namespace {

using Cpus = std::vector<int>;

Environment Read(const support::FakeMachine& machine) {
  int readings = 0;
  return ReadEnvironment(machine.files(), [&] { return 25e-9 * ++readings; });
}

TEST(EnvironmentTest, ReadsALaptop) {
  const Environment environment = Read(support::BareLaptop());
  EXPECT_EQ(environment.cpu.model, "Laptop CPU 9000");
  EXPECT_EQ(environment.cpu.online.size(), 8U);
  EXPECT_EQ(environment.cpu.allowed.size(), 8U);
  EXPECT_TRUE(environment.cpu.isolated.empty());
  EXPECT_EQ(environment.cpu.smt, true);
  EXPECT_EQ(environment.frequency.governors, std::vector<std::string>{"powersave"});
  EXPECT_EQ(environment.frequency.driver, "intel_pstate");
  EXPECT_EQ(environment.frequency.turbo, true);
  EXPECT_EQ(environment.frequency.min_hz, 400e6);
  EXPECT_EQ(environment.frequency.hardware_max_hz, 4400e6);
  EXPECT_EQ(environment.frequency.base_hz, 2200e6);
  EXPECT_EQ(environment.frequency.current_hz.size(), 8U);
  EXPECT_EQ(environment.power.temperature_celsius, 91);
  EXPECT_EQ(environment.power.critical_celsius, 100);
  EXPECT_EQ(environment.power.thermal_throttles, 17U);
  EXPECT_EQ(environment.power.on_mains, false);
  EXPECT_EQ(environment.power.platform_profile, "low-power");
  EXPECT_EQ(environment.memory.total_bytes, uint64_t{16'000'000} * 1024);
  EXPECT_EQ(environment.memory.swap_used_bytes, 0U);
  EXPECT_EQ(environment.memory.huge_pages, "madvise");
  EXPECT_EQ(environment.system.name, "Debian 12");
  EXPECT_EQ(environment.system.in_virtual_machine, false);
  EXPECT_EQ(environment.system.aslr, 0);
  EXPECT_EQ(environment.cgroup.version, 2);
  EXPECT_FALSE(environment.cgroup.quota_cpus);
  EXPECT_EQ(environment.load.average_15, 0.5);
  EXPECT_EQ(environment.load.cpu_pressure_percent, 0.5);
  EXPECT_NEAR(environment.clock.reading_seconds, 25e-9, 1e-12);
}

TEST(EnvironmentTest, ReadsAContainerInTheCloud) {
  const Environment environment = Read(support::CloudContainer());
  EXPECT_EQ(environment.system.in_virtual_machine, true);
  EXPECT_EQ(environment.system.virtual_machine, "Amazon EC2");
  EXPECT_TRUE(environment.system.in_container);
  EXPECT_EQ(environment.system.clock_source, "xen");
  EXPECT_EQ(environment.system.clock_sources, (std::vector<std::string>{"tsc", "xen"}));
  EXPECT_EQ(environment.cgroup.quota_cpus, 0.5);
  EXPECT_EQ(environment.cgroup.throttles, 40U);
  EXPECT_EQ(environment.cgroup.memory_limit_bytes, 512U << 20);
  EXPECT_EQ(environment.cgroup.memory_pressure_percent, 3);
  EXPECT_DOUBLE_EQ(*environment.load.steal_share, 0.2);
  EXPECT_EQ(environment.process.nice, 10);
  EXPECT_EQ(environment.process.scheduling, "other");
  EXPECT_EQ(environment.process.tracer_pid, 77);
  EXPECT_EQ(UsableCpus(environment), 0.5);
  EXPECT_TRUE(environment.frequency.governors.empty());
  EXPECT_FALSE(environment.power.temperature_celsius);
}

TEST(EnvironmentTest, ReadsAServer) {
  const Environment environment = Read(support::CleanServer());
  EXPECT_EQ(environment.cpu.isolated, (Cpus{2, 3}));
  EXPECT_EQ(environment.cpu.allowed, (Cpus{2, 3}));
  EXPECT_EQ(environment.frequency.turbo, false);
  EXPECT_EQ(environment.power.temperature_celsius, 45);
  EXPECT_EQ(environment.power.on_mains, true);
  EXPECT_EQ(environment.process.nice, -5);
  EXPECT_EQ(UsableCpus(environment), 2);
}

TEST(EnvironmentTest, SeesThatTheProcessHasFixedAddresses) {
  const support::FakeMachine machine = support::CleanServer();
  EXPECT_EQ(Read(machine).system.aslr, 2);
  machine.Write("/proc/self/personality", "00040000\n");
  EXPECT_EQ(Read(machine).system.aslr, 0);
}

TEST(EnvironmentTest, FindsTheFastCores) {
  const support::FakeMachine machine = support::CleanServer();
  machine.Write("/sys/devices/system/cpu/cpu3/cpufreq/cpuinfo_max_freq", "2000000\n");
  const FrequencyFacts facts = Read(machine).frequency;
  EXPECT_EQ(facts.fastest, Cpus{2});
  EXPECT_EQ(facts.slowest_max_hz, 2e9);
  EXPECT_EQ(facts.hardware_max_hz, 3e9);
}

TEST(EnvironmentTest, IsWrittenAsJson) {
  const support::FakeMachine machine = support::BareLaptop();
  machine.Write("/proc/cpuinfo", "model name\t: bad \xff byte\n");
  const auto json = nlohmann::json::parse(EnvironmentJson(Read(machine)));
  EXPECT_EQ(json.size(), 10U);
  EXPECT_EQ(json["cpu"]["model"], "bad \xef\xbf\xbd byte");
  EXPECT_EQ(json["cpu"]["allowed"].size(), 8U);
  EXPECT_EQ(json["frequency"]["governors"], nlohmann::json({"powersave"}));
  EXPECT_EQ(json["frequency"]["base_hz"], 2200e6);
  EXPECT_EQ(json["power"]["on_mains"], false);
  EXPECT_TRUE(json["cgroup"]["quota_cpus"].is_null());
  EXPECT_EQ(json["build"]["lab_version"], ThisBuild().lab_version);
}

TEST(EnvironmentTest, HasTheSameKeysWhereNothingIsKnown) {
  const support::FakeMachine empty;
  const Environment environment = Read(empty);
  EXPECT_FALSE(UsableCpus(environment));
  const auto nothing = nlohmann::json::parse(EnvironmentJson(environment));
  const auto laptop = nlohmann::json::parse(EnvironmentJson(Read(support::BareLaptop())));
  for (const auto& [part, facts] : laptop.items()) {
    for (const auto& [key, value] : facts.items()) {
      EXPECT_TRUE(nothing.at(part).contains(key)) << part << "." << key;
    }
  }
  EXPECT_TRUE(nothing["cpu"]["model"].is_null());
}

TEST(BuildFactsTest, TellOfThisBuild) {
  const BuildFacts facts = ThisBuild();
  EXPECT_TRUE(facts.lab_version.starts_with("0."));
  EXPECT_TRUE(facts.llvm_version.starts_with("19."));
  EXPECT_FALSE(facts.compiler.empty());
#if defined(NDEBUG)
  EXPECT_FALSE(facts.has_assertions);
#else
  EXPECT_TRUE(facts.has_assertions);
  EXPECT_FALSE(facts.IsForMeasuring());
#endif
}

}  // namespace
}  // namespace measure
