// The commands that build and start a program, on a pretended machine.

#include "peers/build.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/peers/pretended_machine.h"

namespace peers {
namespace {

Toolchain Ready(std::string_view name) {
  Toolchain toolchain;
  toolchain.peer = FindPeer(name);
  toolchain.path = fmt::format("/usr/bin/{}", name);
  toolchain.compiler = "/usr/bin/cc";
  toolchain.include_flags = {"-Iinclude"};
  toolchain.link_flags = {"-lpython3"};
  return toolchain;
}

std::string TextOf(const std::string& path) {
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

TEST(ScratchFolderTest, IsRemovedWithAllThatIsInIt) {
  std::string path;
  {
    const ScratchFolder folder(::testing::TempDir());
    path = folder.path();
    EXPECT_TRUE(folder.Write("a.txt", "text"));
    EXPECT_EQ(TextOf(path + "/a.txt"), "text");
    EXPECT_FALSE(folder.Write("no/a.txt", "text"));
  }
  EXPECT_NE(path, "");
  EXPECT_FALSE(std::filesystem::exists(path));
  EXPECT_EQ(ScratchFolder("/nowhere").path(), "");
}

TEST(BuildTest, InterpretersTakeTheFileAsItIs) {
  PretendedMachine machine;
  const ScratchFolder folder(::testing::TempDir());
  const Runnable program = Build(Ready("cpython"), "print(1)\n", folder, machine.Get(), 10);
  EXPECT_EQ(program.problem, "");
  EXPECT_EQ(program.build_seconds, 0);
  EXPECT_EQ(program.command, (std::vector<std::string>{"/usr/bin/cpython", "-E", "-B",
                                                       folder.path() + "/program.py"}));
  EXPECT_EQ(TextOf(program.command.back()), "print(1)\n");
  EXPECT_TRUE(machine.started.empty());
}

TEST(BuildTest, CompilersAreTimed) {
  PretendedMachine machine;
  machine.Add("/usr/bin/cc", [&](const std::vector<std::string>&) {
    machine.now += 0.5;
    return Doing{};
  });
  const ScratchFolder folder(::testing::TempDir());
  const Runnable program = Build(Ready("gcc"), "int main;", folder, machine.Get(), 10);
  EXPECT_EQ(program.problem, "");
  EXPECT_EQ(program.build_seconds, 0.5);
  EXPECT_EQ(program.command, (std::vector<std::string>{folder.path() + "/program"}));
  ASSERT_EQ(machine.started.size(), 1u);
  EXPECT_TRUE(machine.started[0].find("-O2 -ffp-contract=off") != std::string::npos);
  EXPECT_TRUE(
      machine.started[0].ends_with(fmt::format("{0}/program.c -o {0}/program -lm", folder.path())))
      << machine.started[0];
}

TEST(BuildTest, CythonIsTranslatedAndThenCompiled) {
  PretendedMachine machine;
  machine.AddSaying("/usr/bin/cython", "");
  machine.AddSaying("/usr/bin/cc", "");
  const ScratchFolder folder(::testing::TempDir());
  EXPECT_EQ(Build(Ready("cython"), "", folder, machine.Get(), 10).problem, "");
  ASSERT_EQ(machine.started.size(), 2u);
  EXPECT_EQ(
      machine.started[0],
      fmt::format("/usr/bin/cython -3 --embed -o {0}/program.c {0}/program.pyx", folder.path()));
  EXPECT_TRUE(machine.started[1].ends_with(
      fmt::format("-Iinclude {0}/program.c -o {0}/program -lpython3", folder.path())))
      << machine.started[1];
}

TEST(BuildTest, QuotesACompilerThatFails) {
  PretendedMachine machine;
  machine.Add("/usr/bin/cc", [](const std::vector<std::string>&) {
    return Doing{.err =
                     "\n/tmp/x/program.c: In function 'f':\n"
                     "/tmp/x/program.c:1: error: bad\nmore\n",
                 .exit_status = 1};
  });
  const ScratchFolder folder(::testing::TempDir());
  EXPECT_EQ(Build(Ready("gcc"), "", folder, machine.Get(), 10).problem,
            "/usr/bin/cc cannot build it: program.c:1: error: bad");
  machine.Add("/usr/bin/cc", [](const std::vector<std::string>&) { return Doing{.hangs = true}; });
  EXPECT_EQ(Build(Ready("gcc"), "", folder, machine.Get(), 10).problem,
            "/usr/bin/cc was still building at the time limit");
  EXPECT_EQ(machine.now, 10);
  PretendedMachine bare;
  EXPECT_EQ(Build(Ready("gcc"), "", folder, bare.Get(), 10).problem,
            "cannot start /usr/bin/cc: No such file or directory");
  EXPECT_TRUE(Build(Ready("gcc"), "", ScratchFolder("/nowhere"), bare.Get(), 10)
                  .problem.starts_with("cannot write a temporary file"));
}

}  // namespace
}  // namespace peers
