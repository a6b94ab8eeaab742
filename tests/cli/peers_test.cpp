// `lab peers` and `lab emit`, with a PATH of scripts that pretend to be peers.

#include <filesystem>

#include <nlohmann/json.hpp>

#include "tests/cli/command_line.h"
#include "tests/cli/pretended_peers.h"

namespace cli {
namespace {

class PeersTest : public PretendedPeersTest {};

TEST_F(PeersTest, ListsAllWithAWayToGetThem) {
  AddPeer("bin/lua5.4", "echo 'Lua 5.4.4  Copyright (C) 1994-2022 Lua.org, PUC-Rio'");
  AddPeer("shims/node", "exit 127");
  const Result result = Lab({"peers"}, Around());
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.err, "");
  EXPECT_TRUE(result.out.starts_with("peer     language  version  where\n")) << result.out;
  EXPECT_TRUE(Contains(result.out, "lua      lua       5.4.4    " + folder() + "/bin/lua5.4\n"))
      << result.out;
  EXPECT_TRUE(
      Contains(result.out, folder() + "/shims/node leads to nothing: apt-get install nodejs"))
      << result.out;
  EXPECT_TRUE(Contains(result.out, "pypy     python             missing: apt-get install pypy3\n"))
      << result.out;
}

TEST_F(PeersTest, TellsProgramsTheSame) {
  AddPeer("bin/luajit", "echo 'LuaJIT 2.1.0-beta3 -- Copyright (C) 2005-2022 Mike Pall.'");
  const auto json = nlohmann::json::parse(Lab({"peers", "--json"}, Around()).out);
  EXPECT_EQ(json.at("lab_peers"), 1);
  ASSERT_EQ(json.at("peers").size(), peers::Peers().size());
  for (const auto& row : json.at("peers")) {
    const bool is_luajit = row.at("peer") == "luajit";
    EXPECT_EQ(row.at("is_ready"), is_luajit);
    EXPECT_EQ(row.at("version"), is_luajit ? "2.1.0-beta3" : "");
    EXPECT_EQ(row.at("problem"), is_luajit ? "" : "missing");
    EXPECT_TRUE(row.at("install").get<std::string>().starts_with("apt-get install "));
  }
}

TEST_F(PeersTest, EmptyPathHoldsNoPeer) {
  const Result result = Lab({"peers"});
  EXPECT_EQ(result.status, 0);
  EXPECT_TRUE(Contains(result.out, "missing: apt-get install python3\n")) << result.out;
}

TEST(EmitTest, ChecksItsCommandLine) {
  const auto complaint = [](const std::vector<std::string>& args) {
    const Result result = Lab(args);
    EXPECT_EQ(result.status, kUsage);
    EXPECT_EQ(result.out, "");
    return result.err;
  };
  EXPECT_TRUE(Contains(complaint({"emit", "p.gc"}), "`--to` takes `python`, `cython`, `c`"));
  EXPECT_TRUE(Contains(complaint({"emit", "--to=pyhton", "p.gc"}), "did you mean `python`?"));
  EXPECT_TRUE(Contains(complaint({"emit", "--to=c"}), "there is no program"));
  EXPECT_TRUE(Contains(complaint({"emit", "--to=c", "a.gc", "b.gc"}), "`b.gc` is one too many"));
  EXPECT_TRUE(Contains(complaint({"emit", "--to=c", "--overflow=wrap", "a.gc"}),
                       "`--overflow` takes `checked` and `native`"));
  EXPECT_TRUE(Contains(complaint({"emit", "--to=c", "--ending=bench", "a.gc"}),
                       "`--ending` takes `main` and `measure`"));
  EXPECT_TRUE(Contains(complaint({"peers", "a.gc"}), "`lab check FILE` runs a program"));
}

TEST(EmitTest, ProgramsMustCompile) {
  const Result result = Lab({"emit", "--to=python", "-e", "1 +"});
  EXPECT_EQ(result.status, kNotCompiled);
  EXPECT_EQ(result.out, "");
  EXPECT_TRUE(Contains(result.err, "error[E"));
}

}  // namespace
}  // namespace cli
