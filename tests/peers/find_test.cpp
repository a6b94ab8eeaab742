// Looking for peers on pretended machines.

#include "peers/find.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/peers/pretended_machine.h"

namespace peers {
namespace {

Toolchain FindNamed(PretendedMachine& machine, std::string_view name) {
  return Find(*FindPeer(name), machine.Get());
}

constexpr char kPython[] = "Python 3.11.2\n";

TEST(FindTest, TakesTheFirstInPath) {
  PretendedMachine machine;
  machine.path = "/opt/bin:/usr/bin";
  machine.AddSaying("/usr/bin/luajit", "LuaJIT 2.1.0-beta3 -- Copyright (C) 2005-2022\n");
  machine.AddSaying("/opt/bin/luajit", "LuaJIT 2.1.1700008891 -- Copyright (C) 2005-2023\n");
  const Toolchain found = FindNamed(machine, "luajit");
  EXPECT_TRUE(found.is_ready());
  EXPECT_EQ(found.path, "/opt/bin/luajit");
  EXPECT_EQ(found.version, "2.1.1700008891");
}

TEST(FindTest, ReadsVersionsAsTheyAreWritten) {
  PretendedMachine machine;
  machine.AddSaying("/usr/bin/pypy3",
                    "Python 3.9.16 (7.3.11+dfsg-2+deb12u3, Dec 30 2024, 22:36:23)\n"
                    "[PyPy 7.3.11 with GCC 12.2.0]\n");
  machine.AddSaying("/usr/bin/node", "v20.20.0\n");
  machine.AddSaying("/usr/bin/gcc", "gcc (Debian 12.2.0-14) 12.2.0\nCopyright (C) 2022\n");
  machine.AddSaying("/usr/bin/clang-19", "Debian clang version 19.1.7 (3+b1)\nTarget: x\n");
  machine.AddSaying("/usr/bin/lua5.4", "Lua 5.4.4  Copyright (C) 1994-2022 Lua.org, PUC-Rio\n");
  EXPECT_EQ(FindNamed(machine, "pypy").version, "7.3.11");
  EXPECT_EQ(FindNamed(machine, "node").version, "20.20.0");
  EXPECT_EQ(FindNamed(machine, "gcc").version, "12.2.0");
  EXPECT_EQ(FindNamed(machine, "gcc").compiler, "/usr/bin/gcc");
  EXPECT_EQ(FindNamed(machine, "clang").version, "19.1.7");
  EXPECT_EQ(FindNamed(machine, "lua").version, "5.4.4");
}

TEST(FindTest, AbsentPeersSayHowToGetThem) {
  PretendedMachine machine;
  const Toolchain found = FindNamed(machine, "luajit");
  EXPECT_FALSE(found.is_ready());
  EXPECT_EQ(found.path, "");
  EXPECT_EQ(found.problem, "missing");
  EXPECT_EQ(InstallCommand(*found.peer), "apt-get install luajit");
}

TEST(FindTest, RefusesOtherProgramsOfThatName) {
  PretendedMachine machine;
  machine.AddSaying("/usr/bin/lua", "Lua 5.1.5  Copyright (C) 1994-2012 Lua.org, PUC-Rio\n");
  machine.AddSaying("/usr/bin/gcc", "Apple clang version 15.0.0 (clang-1500.3.9.4)\n");
  EXPECT_EQ(FindNamed(machine, "lua").problem, "/usr/bin/lua is not Lua 5.4");
  EXPECT_FALSE(FindNamed(machine, "gcc").is_ready());
}

TEST(FindTest, AsksAShimForTheRealProgram) {
  PretendedMachine machine;
  machine.Add("/shims/python3", [](const std::vector<std::string>& words) {
    return words[1] == "-c" ? Doing{.out = "/versions/3.12/bin/python3\n"}
                            : Doing{.out = "Python 3.12.1\n"};
  });
  machine.AddSaying("/versions/3.12/bin/python3", "Python 3.12.1\n");
  machine.AddSaying("/usr/bin/python3", kPython);
  const Toolchain found = FindNamed(machine, "cpython");
  EXPECT_EQ(found.path, "/versions/3.12/bin/python3");
  EXPECT_EQ(found.version, "3.12.1");
}

TEST(FindTest, PassesOverShimsThatLeadToNothing) {
  PretendedMachine machine;
  const auto broken = [](const std::vector<std::string>&) {
    return Doing{.err = "pyenv: python3: command not found\n", .exit_status = 127};
  };
  machine.Add("/shims/python3", broken);
  machine.AddSaying("/usr/bin/python3", kPython);
  EXPECT_EQ(FindNamed(machine, "cpython").path, "/usr/bin/python3");
  machine.Add("/shims/pypy3", broken);
  EXPECT_EQ(FindNamed(machine, "pypy").problem, "/shims/pypy3 leads to nothing");
}

TEST(FindTest, SkipsShimsThatCannotBeAsked) {
  PretendedMachine machine;
  machine.AddSaying("/shims/lua", "Lua 5.4.6  Copyright\n");
  EXPECT_EQ(FindNamed(machine, "lua").path, "/shims/lua");  // better than none
  machine.AddSaying("/usr/bin/lua", "Lua 5.4.4  Copyright\n");
  EXPECT_EQ(FindNamed(machine, "lua").path, "/usr/bin/lua");
}

TEST(FindTest, GivesUpOnAProgramThatHangs) {
  PretendedMachine machine;
  machine.Add("/usr/bin/node",
              [](const std::vector<std::string>&) { return Doing{.hangs = true}; });
  EXPECT_FALSE(FindNamed(machine, "node").is_ready());
  EXPECT_GT(machine.now, 1);
  EXPECT_LT(machine.now, 60);
}

TEST(FindTest, FollowsAlternativesAndNoOtherLinks) {
  PretendedMachine machine;
  machine.AddSaying("/usr/bin/lua", "Lua 5.4.4  Copyright\n");
  machine.AddSaying("/usr/bin/lua5.4.real", "Lua 5.4.4  Copyright\n");
  machine.links = {{"/usr/bin/lua", "/etc/alternatives/lua-interpreter"},
                   {"/etc/alternatives/lua-interpreter", "/usr/bin/lua5.4.real"}};
  EXPECT_EQ(FindNamed(machine, "lua").path, "/usr/bin/lua5.4.real");
  machine.AddSaying("/usr/bin/gcc", "gcc (Debian 12.2.0-14) 12.2.0\n");
  machine.links["/usr/bin/gcc"] = "/usr/bin/ccache";
  EXPECT_EQ(FindNamed(machine, "gcc").path, "/usr/bin/gcc");
}

class FindCythonTest : public ::testing::Test {
 protected:
  FindCythonTest() {
    machine_.AddSaying("/usr/bin/cython3", "Cython version 0.29.32\n");
    machine_.first_lines["/usr/bin/cython3"] = "#!/usr/bin/python3.9";
    machine_.AddSaying("/usr/bin/gcc", "gcc (Debian 12.2.0-14) 12.2.0\n");
    machine_.AddSaying("/usr/bin/python3.9",
                       "/usr/include/python3.9\n/usr/lib\npython3.9\n-lm -ldl  \n");
    machine_.files = {"/usr/include/python3.9/Python.h"};
  }
  PretendedMachine machine_;
};

TEST_F(FindCythonTest, LinksWithThePythonThatRunsIt) {
  const Toolchain found = FindNamed(machine_, "cython");
  EXPECT_TRUE(found.is_ready()) << found.problem;
  EXPECT_EQ(found.compiler, "/usr/bin/gcc");
  EXPECT_EQ(found.include_flags, (std::vector<std::string>{"-I/usr/include/python3.9"}));
  EXPECT_EQ(found.link_flags, (std::vector<std::string>{"-L/usr/lib", "-Wl,-rpath,/usr/lib",
                                                        "-lpython3.9", "-lm", "-ldl"}));
}

TEST_F(FindCythonTest, NeedsHeadersAndACompiler) {
  machine_.files.clear();
  EXPECT_EQ(FindNamed(machine_, "cython").problem, "the headers of /usr/bin/python3.9 are missing");
  PretendedMachine bare;
  bare.AddSaying("/usr/bin/cython3", "Cython version 3.0.11\n");
  EXPECT_EQ(FindNamed(bare, "cython").problem, "there is no C compiler");
  EXPECT_EQ(FindNamed(bare, "cython").path, "/usr/bin/cython3");
}

TEST(PeerTest, NamesAreFoundAgain) {
  for (const std::string_view name : PeerNames()) {
    ASSERT_NE(FindPeer(name), nullptr);
    EXPECT_EQ(FindPeer(name)->name, name);
    EXPECT_EQ(FindPeer(std::string(name) + "#2"), FindPeer(name));
  }
  EXPECT_EQ(FindPeer("cobol"), nullptr);
}

}  // namespace
}  // namespace peers
