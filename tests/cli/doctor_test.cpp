// `lab doctor` on machines made of files, with a clock that moves by itself.

#include <nlohmann/json.hpp>

#include "tests/cli/command_line.h"
#include "tests/support/fake_machine.h"

namespace cli {
namespace {

Result Doctor(const support::FakeMachine& machine, std::vector<std::string> args = {},
              Surroundings surroundings = {}) {
  int readings = 0;
  surroundings.root = machine.root();
  surroundings.clock = [&] { return 5e-7 * ++readings; };
  args.insert(args.begin(), "doctor");
  return Lab(args, surroundings);
}

TEST(DoctorTest, ShowsTheWorstFirstAndAVerdictLast) {
  const Result result = Doctor(support::CloudContainer());
  EXPECT_EQ(result.status, kOk);
  EXPECT_EQ(result.err, "");
  EXPECT_TRUE(
      result.out.starts_with("Cloud CPU, 2 CPUs, 3.8 GiB, Linux 6.1.0-28-amd64, Debian 12, "
                             "virtual machine, container\n\nserious  "))
      << result.out;
  EXPECT_TRUE(Contains(result.out,
                       "serious  cpu-quota\n"
                       "    seen    the control group may use 0.50 CPUs, counted over 100 ms\n"
                       "    effect  a program that computes is stopped for 50 ms of every 100 ms "
                       "(computed from what was\n"
                       "            seen)\n"))
      << result.out;
  EXPECT_LT(result.out.find("\nserious  cpu-quota"), result.out.find("\nwarning  clock-source"));
  EXPECT_LT(result.out.find("\nwarning  clock-source"), result.out.find("\nok       aslr"));
  EXPECT_TRUE(result.out.ends_with(".\n"));
  EXPECT_GT(result.out.rfind(" serious findings: "), result.out.rfind("\nunknown"));
}

TEST(DoctorTest, NamesTogetherWhatIsUnknownForOneReason) {
  const Result result = Doctor(support::CloudContainer());
  EXPECT_TRUE(Contains(result.out,
                       "unknown  cpu-governor, cpu-turbo, cpu-frequency, cpu-kinds, "
                       "thermal-throttling, temperature,\n"
                       "         power-supply, platform-profile: a virtual machine does not show "
                       "it\n"))
      << result.out;
}

TEST(DoctorTest, KeepsTo100Columns) {
  for (const support::FakeMachine& machine :
       {support::BareLaptop(), support::CloudContainer(), support::CleanServer()}) {
    const std::string text = Doctor(machine).out;
    size_t begin = 0;
    for (size_t end; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1) {
      EXPECT_LE(end - begin, 100U) << text.substr(begin, end - begin);
    }
  }
}

TEST(DoctorTest, WorksWhereNothingIsKnown) {
  const support::FakeMachine empty;
  const Result result = Doctor(empty);
  EXPECT_EQ(result.status, kOk);
  EXPECT_TRUE(result.out.starts_with("a machine that tells nothing of itself\n"));
}

TEST(DoctorTest, WritesJson) {
  const Result result = Doctor(support::BareLaptop(), {"--json"}, {.out_is_terminal = true});
  EXPECT_EQ(result.status, kOk);
  EXPECT_TRUE(result.out.ends_with("}\n"));
  const auto json = nlohmann::json::parse(result.out);
  EXPECT_EQ(json["environment"]["cpu"]["model"], "Laptop CPU 9000");
  EXPECT_GE(json["findings"].size(), 30U);
  EXPECT_NEAR(json["activity"]["seconds"].get<double>(), 0.5, 1e-5);
}

TEST(DoctorTest, LooksAtThisMachine) {
  int readings = 0;
  const Result result = Lab({"doctor", "--json"}, {.clock = [&] { return 5e-7 * ++readings; }});
  EXPECT_EQ(result.status, kOk);
  const auto json = nlohmann::json::parse(result.out);
  EXPECT_FALSE(json["environment"]["system"]["kernel"].is_null());
  EXPECT_GT(json["environment"]["memory"]["total_bytes"], 0);
  EXPECT_GT(json["environment"]["cpu"]["allowed"].size(), 0U);
}

TEST(DoctorTest, ColoursOnlyForATerminalThatReadsIt) {
  const support::FakeMachine machine = support::BareLaptop();
  const std::string plain = Doctor(machine).out;
  EXPECT_FALSE(Contains(plain, "\033"));
  EXPECT_FALSE(Contains(Doctor(machine, {}, {.err_is_terminal = true}).out, "\033"));
  EXPECT_FALSE(Contains(Doctor(machine, {"--color=never"}, {.out_is_terminal = true}).out, "\033"));
  std::string colored = Doctor(machine, {}, {.out_is_terminal = true}).out;
  EXPECT_TRUE(Contains(colored, "\033[1;33mwarning\033[0m  cpu-governor\n"));
  EXPECT_EQ(Doctor(machine, {"--color=always"}).out, colored);
  for (size_t at; (at = colored.find('\033')) != std::string::npos;) {
    colored.erase(at, colored.find('m', at) - at + 1);
  }
  EXPECT_EQ(colored, plain);
}

TEST(DoctorTest, LetsNoFileSpeakToTheTerminal) {
  const support::FakeMachine machine = support::CleanServer();
  machine.Write("/proc/cpuinfo", "model name\t: \033[31mred\n");
  machine.Write("/sys/firmware/acpi/platform_profile", "\033[31mlow\n");
  EXPECT_FALSE(Contains(Doctor(machine).out, "\033"));
}

TEST(DoctorTest, RefusesWhatIsWrong) {
  EXPECT_EQ(Lab({"doctor", "prog.gc"}).status, kUsage);
  EXPECT_TRUE(Contains(Lab({"doctor", "prog.gc"}).err, "takes no file"));
  EXPECT_TRUE(Contains(Lab({"doctor", "--jsn"}).err, "did you mean `--json`?"));
  EXPECT_TRUE(Contains(Lab({"doctor", "--json=1"}).err, "`--json` takes no value"));
  EXPECT_TRUE(Contains(Lab({"doctor", "--color=red"}).err, "unknown value for `--color`"));
}

}  // namespace
}  // namespace cli
