// The texts have the form that real machines give them, cut down to what is read.

#include "tests/support/fake_machine.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "frontend/check.h"

namespace support {

namespace {

constexpr const char* kCpu = "/sys/devices/system/cpu/";

void WriteStat(const FakeMachine& machine, const std::string& cpu_times) {
  machine.Write("/proc/stat", "cpu  " + cpu_times + "\ncpu0 1 2 3 4 5 6 7 8 0 0\nintr 1 2 3\n");
}

void WritePressure(const FakeMachine& machine, const std::string& resource,
                   const std::string& percent) {
  machine.Write("/proc/pressure/" + resource,
                "some avg10=" + percent + " avg60=0.00 avg300=0.00 total=2500000\n" +
                    "full avg10=0.00 avg60=0.00 avg300=0.00 total=0\n");
}

void WriteProcess(const FakeMachine& machine, const std::string& cpus, const std::string& nice,
                  const std::string& policy, const std::string& tracer) {
  machine.Write("/proc/self/status", "Name:\tlab\nTracerPid:\t" + tracer +
                                         "\nCpus_allowed:\tff\nCpus_allowed_list:\t" + cpus + "\n");
  // Words 4 to 18, 20 to 40 and 42 on of proc(5) are not read.
  std::string stat = "4242 (lab (dev)) R";
  for (int word = 4; word <= 52; ++word) {
    stat += " " + (word == 19 ? nice : word == 41 ? policy : word == 14 ? "7" : "0");
  }
  machine.Write("/proc/self/stat", stat + "\n");
  machine.Write("/proc/thread-self/schedstat", "1000000 2000000000 3\n");
  machine.Write("/proc/thread-self/status", "Name:\tlab\nnonvoluntary_ctxt_switches:\t40\n");
}

struct Frequencies {
  std::string governor;
  std::string driver;
  std::string lowest_khz;
  std::string highest_khz;
  std::string current_khz;
};

void WriteFrequency(const FakeMachine& machine, int cpu, const Frequencies& frequencies) {
  const std::string folder = kCpu + ("cpu" + std::to_string(cpu)) + "/cpufreq/";
  machine.Write(folder + "scaling_governor", frequencies.governor + "\n");
  machine.Write(folder + "scaling_driver", frequencies.driver + "\n");
  machine.Write(folder + "cpuinfo_min_freq", frequencies.lowest_khz + "\n");
  machine.Write(folder + "cpuinfo_max_freq", frequencies.highest_khz + "\n");
  machine.Write(folder + "scaling_min_freq", frequencies.lowest_khz + "\n");
  machine.Write(folder + "scaling_max_freq", frequencies.highest_khz + "\n");
  machine.Write(folder + "scaling_cur_freq", frequencies.current_khz + "\n");
}

void WriteMemory(const FakeMachine& machine, const std::string& total_kib,
                 const std::string& available_kib) {
  machine.Write("/proc/meminfo",
                "MemTotal:       " + total_kib + " kB\nMemFree:        1024 kB\nMemAvailable:   " +
                    available_kib + " kB\nSwapTotal:      2097148 kB\nSwapFree:  2097148 kB\n");
}

void WriteKernel(const FakeMachine& machine, const std::string& clock, const std::string& aslr,
                 const std::string& paranoid) {
  machine.Write("/etc/os-release", "NAME=\"Debian GNU/Linux\"\nPRETTY_NAME=\"Debian 12\"\n");
  machine.Write("/proc/sys/kernel/osrelease", "6.1.0-28-amd64\n");
  machine.Write("/proc/sys/kernel/randomize_va_space", aslr + "\n");
  machine.Write("/proc/sys/kernel/perf_event_paranoid", paranoid + "\n");
  machine.Write("/proc/sys/kernel/seccomp/actions_avail", "kill_process trap errno allow\n");
  machine.Write("/proc/self/personality", "00000000\n");
  const std::string folder = "/sys/devices/system/clocksource/clocksource0/";
  machine.Write(folder + "current_clocksource", clock + "\n");
  machine.Write(folder + "available_clocksource", "tsc " + clock + " \n");
  machine.Write("/sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never\n");
  machine.Write("/sys/kernel/mm/transparent_hugepage/defrag", "always defer [madvise] never\n");
}

}  // namespace

FakeMachine::FakeMachine() {
  std::string name = (std::filesystem::temp_directory_path() / "lab-machine-XXXXXX").string();
  LAB_CHECK(mkdtemp(name.data()) != nullptr);
  root_ = name;
}

FakeMachine::~FakeMachine() {
  if (!root_.empty()) {
    std::filesystem::remove_all(root_);
  }
}

void FakeMachine::Write(const std::string& path, const std::string& text) const {
  const std::filesystem::path file = root_ + path;
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

FakeMachine BareLaptop() {
  FakeMachine machine;
  machine.Write("/proc/cpuinfo",
                "processor\t: 0\nmodel name\t: Laptop CPU 9000\nflags\t\t: fpu tsc avx2\n");
  machine.Write(kCpu + std::string("online"), "0-7\n");
  machine.Write(kCpu + std::string("isolated"), "\n");
  machine.Write(kCpu + std::string("smt/active"), "1\n");
  machine.Write(kCpu + std::string("intel_pstate/no_turbo"), "0\n");
  for (int cpu = 0; cpu < 8; ++cpu) {
    WriteFrequency(machine, cpu, {"powersave", "intel_pstate", "400000", "4400000", "3900000"});
    machine.Write(kCpu + ("cpu" + std::to_string(cpu)) + "/cpufreq/base_frequency", "2200000\n");
    machine.Write(kCpu + ("cpu" + std::to_string(cpu)) + "/thermal_throttle/core_throttle_count",
                  cpu == 0 ? "17\n" : "0\n");
  }
  machine.Write("/sys/devices/system/node/online", "0\n");
  machine.Write("/sys/devices/system/node/node0/distance", "10\n");
  machine.Write("/sys/class/hwmon/hwmon0/name", "nvme\n");
  machine.Write("/sys/class/hwmon/hwmon0/temp1_input", "99000\n");
  machine.Write("/sys/class/hwmon/hwmon3/name", "coretemp\n");
  machine.Write("/sys/class/hwmon/hwmon3/temp1_input", "91000\n");
  machine.Write("/sys/class/hwmon/hwmon3/temp1_crit", "100000\n");
  machine.Write("/sys/class/power_supply/AC/type", "Mains\n");
  machine.Write("/sys/class/power_supply/AC/online", "0\n");
  machine.Write("/sys/class/power_supply/BAT0/type", "Battery\n");
  machine.Write("/sys/class/power_supply/BAT0/status", "Discharging\n");
  machine.Write("/sys/class/power_supply/mouse/type", "Battery\n");
  machine.Write("/sys/class/power_supply/mouse/scope", "Device\n");
  machine.Write("/sys/firmware/acpi/platform_profile", "low-power\n");
  machine.Write("/proc/loadavg", "1.00 0.80 0.50 2/900 4242\n");
  machine.Write("/proc/self/cgroup", "0::/user.slice/session-2.scope\n");
  machine.Write("/sys/fs/cgroup/user.slice/session-2.scope/cpu.stat",
                "nr_periods 0\nnr_throttled 0\nthrottled_usec 0\n");
  WriteStat(machine, "100 0 100 9800 0 0 0 0 0 0");
  WritePressure(machine, "cpu", "0.50");
  WritePressure(machine, "memory", "0.00");
  WritePressure(machine, "io", "0.00");
  WriteProcess(machine, "0-7", "0", "0", "0");
  WriteMemory(machine, "16000000", "9000000");
  WriteKernel(machine, "tsc", "0", "3");
  return machine;
}

FakeMachine CloudContainer() {
  FakeMachine machine;
  machine.Write("/proc/cpuinfo", "model name\t: Cloud CPU\nflags\t\t: fpu tsc hypervisor avx2\n");
  machine.Write(kCpu + std::string("online"), "0-1\n");
  machine.Write("/sys/class/dmi/id/sys_vendor", "Amazon EC2\n");
  machine.Write("/.dockerenv", "");
  machine.Write("/proc/loadavg", "0.10 0.20 0.30 1/90 12\n");
  machine.Write("/proc/self/cgroup", "0::/\n");
  machine.Write("/sys/fs/cgroup/cpu.max", "50000 100000\n");
  machine.Write("/sys/fs/cgroup/cpu.stat",
                "usage_usec 9\nnr_periods 100\nnr_throttled 40\nthrottled_usec 2500000\n");
  machine.Write("/sys/fs/cgroup/memory.max", "536870912\n");
  machine.Write("/sys/fs/cgroup/memory.pressure", "some avg10=3.00 avg60=0.00 total=9\n");
  WriteStat(machine, "400 0 100 300 0 0 0 200 0 0");
  WriteProcess(machine, "0-1", "10", "0", "77");
  WriteMemory(machine, "4000000", "200000");
  WriteKernel(machine, "xen", "2", "2");
  return machine;
}

FakeMachine CleanServer() {
  FakeMachine machine;
  machine.Write("/proc/cpuinfo", "model name\t: Server CPU\nflags\t\t: fpu tsc avx2\n");
  machine.Write(kCpu + std::string("online"), "0-3\n");
  machine.Write(kCpu + std::string("isolated"), "2-3\n");
  machine.Write(kCpu + std::string("smt/active"), "0\n");
  machine.Write(kCpu + std::string("cpufreq/boost"), "0\n");
  for (int cpu = 0; cpu < 4; ++cpu) {
    WriteFrequency(machine, cpu, {"performance", "acpi-cpufreq", "3000000", "3000000", "3000000"});
    machine.Write(kCpu + ("cpu" + std::to_string(cpu)) + "/thermal_throttle/core_throttle_count",
                  "0\n");
  }
  machine.Write("/sys/devices/system/node/online", "0\n");
  machine.Write("/sys/devices/system/node/node0/distance", "10\n");
  machine.Write("/sys/class/thermal/thermal_zone0/type", "x86_pkg_temp\n");
  machine.Write("/sys/class/thermal/thermal_zone0/temp", "45000\n");
  machine.Write("/sys/class/power_supply/AC/type", "Mains\n");
  machine.Write("/sys/class/power_supply/AC/online", "1\n");
  machine.Write("/sys/firmware/acpi/platform_profile", "performance\n");
  machine.Write("/proc/loadavg", "0.00 0.01 0.00 1/200 4242\n");
  machine.Write("/proc/self/cgroup", "4:cpu,cpuacct:/\n2:memory:/\n0::/\n");
  machine.Write("/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "-1\n");
  machine.Write("/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n");
  machine.Write("/sys/fs/cgroup/cpu,cpuacct/cpu.stat",
                "nr_periods 0\nnr_throttled 0\nthrottled_time 0\n");
  machine.Write("/sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
  WriteStat(machine, "10 0 10 9980 0 0 0 0 0 0");
  for (const char* resource : {"cpu", "memory", "io"}) {
    WritePressure(machine, resource, "0.00");
  }
  WriteProcess(machine, "2-3", "-5", "0", "0");
  WriteMemory(machine, "64000000", "60000000");
  WriteKernel(machine, "tsc", "2", "1");
  return machine;
}

}  // namespace support
