// Reading below a root, and the formats of /proc and /sys.

#include "measure/machine_files.h"

#include <gtest/gtest.h>

#include "measure/machine_text.h"
#include "tests/support/fake_machine.h"

namespace measure {
namespace {

using Cpus = std::vector<int>;
using Strings = std::vector<std::string_view>;

TEST(MachineFilesTest, ReadsBelowItsRootOnly) {
  const support::FakeMachine machine;
  machine.Write("/proc/loadavg", "0.50 0.40 \n\n");
  machine.Write("/proc/empty", "");
  const MachineFiles files = machine.files();
  EXPECT_EQ(files.Read("/proc/loadavg"), "0.50 0.40");
  EXPECT_EQ(files.Read("/proc/empty"), "");
  EXPECT_EQ(files.Read("/proc/meminfo"), std::nullopt);
  EXPECT_EQ(files.Read("/proc"), std::nullopt);  // a folder
  EXPECT_TRUE(files.Exists("/proc"));
  EXPECT_FALSE(files.Exists("/sys"));
  EXPECT_TRUE(MachineFiles().Read("/proc/self/stat").has_value());
}

TEST(MachineFilesTest, TakesWholeNumbersOnly) {
  const support::FakeMachine machine;
  machine.Write("/a", "-1\n");
  machine.Write("/b", "12 34\n");
  machine.Write("/c", "max\n");
  EXPECT_EQ(machine.files().ReadInteger("/a"), -1);
  EXPECT_EQ(machine.files().ReadInteger("/b"), std::nullopt);
  EXPECT_EQ(machine.files().ReadInteger("/c"), std::nullopt);
  EXPECT_EQ(machine.files().ReadInteger("/d"), std::nullopt);
}

TEST(MachineFilesTest, ListsNamesInOrder) {
  const support::FakeMachine machine;
  machine.Write("/class/b", "");
  machine.Write("/class/a/x", "");
  EXPECT_EQ(machine.files().List("/class"), (std::vector<std::string>{"a", "b"}));
  EXPECT_TRUE(machine.files().List("/none").empty());
}

TEST(MachineFilesTest, StopsAfterAMebibyte) {
  const support::FakeMachine machine;
  machine.Write("/long", std::string(3 << 20, 'x'));
  const size_t size = machine.files().Read("/long")->size();
  EXPECT_GE(size, 1U << 20);
  EXPECT_LT(size, 2U << 20);
}

TEST(MachineTextTest, FindsFields) {
  const std::string_view text = "cpu0 1\ncpu  2 3\nMemTotal:   64 kB\nNAME=\"x\"\nlast:";
  EXPECT_EQ(Field(text, "cpu"), "2 3");
  EXPECT_EQ(Field(text, "NAME"), "\"x\"");
  EXPECT_EQ(Field(text, "last"), "");
  EXPECT_EQ(Field(text, "Mem"), std::nullopt);
  EXPECT_EQ(NumberField<uint64_t>(text, "MemTotal"), 64U);
  EXPECT_EQ(NumberField<int>(text, "NAME"), std::nullopt);
}

TEST(MachineTextTest, ReadsListsOfCpus) {
  EXPECT_EQ(CpuList("0-2,5\n"), (Cpus{0, 1, 2, 5}));
  EXPECT_EQ(CpuList("3"), Cpus{3});
  EXPECT_TRUE(CpuList("").empty());
  EXPECT_TRUE(CpuList("\n").empty());
  EXPECT_EQ(CpuList("x,4,2-y"), Cpus{4});
  EXPECT_TRUE(CpuList("0-999999999").empty());
}

TEST(MachineTextTest, FindsTheChoiceInBrackets) {
  EXPECT_EQ(Bracketed("always [madvise] never"), "madvise");
  EXPECT_EQ(Bracketed("none"), "");
  EXPECT_EQ(Bracketed("]["), "");
}

TEST(MachineTextTest, ReadsPressure) {
  const std::string_view text =
      "some avg10=1.25 avg60=0.00 avg300=0.00 total=42\nfull avg10=9.00 total=7";
  EXPECT_EQ(SomePressure(text, "avg10"), 1.25);
  EXPECT_EQ(SomePressure(text, "total"), 42);
  EXPECT_EQ(SomePressure(text, "avg99"), std::nullopt);
  EXPECT_EQ(SomePressure("full avg10=9.00", "avg10"), std::nullopt);
}

TEST(MachineTextTest, SkipsTheNameOfAProcess) {
  EXPECT_EQ(StatWords("7 (a) b) (c) S 1 2"), (Strings{"S", "1", "2"}));
  EXPECT_TRUE(StatWords("7").empty());
}

}  // namespace
}  // namespace measure
