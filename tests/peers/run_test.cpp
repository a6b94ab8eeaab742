// Programs written by hand, on every peer that is installed: how each end is told.

#include "peers/run.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/peers/pretended_machine.h"
#include "tests/peers/real_machine.h"

namespace peers {
namespace {

using emit::Target;

// Prints its arguments; the argument `fail` is an error of the prelude's, `natural` one of the
// language's own, both on line 4 of the program, which is line 2 of the source; `range` and `loop`
// do what they say. `none` as well: a status without a word.
std::string_view ProgramFor(Target target) {
  switch (target) {
    case Target::Python:
    case Target::Cython:
      return R"(import sys
def f(what):
    if what == "fail":
        raise IndexError("index: 7 is outside")
    if what == "natural": return 1 // (len(what) - 7)
    if what == "range": raise Exception("range: outside this peer's exact range")
    while what == "loop": pass
    if what == "none": sys.exit(3)
if len(sys.argv) > 1: f(sys.argv[1])
print("done", *sys.argv[1:])
)";
    case Target::Lua:
    case Target::LuaJit:
      return R"(local what, other = ...
local function f()
  if what == "fail" then
    error("index: 7 is outside", 1) end
  if what == "natural" then local x = nil + 1 end
  if what == "range" then error("range: outside this peer's exact range") end
  while what == "loop" do end
  if what == "none" then os.exit(3) end
end
f()
print("done" .. (what and " " .. what or "") .. (other and " " .. other or ""))
)";
    case Target::Js:
      return R"(const what = process.argv[2];
function f() {
  if (what === "fail") {
    throw new Error("index: 7 is outside"); }
  if (what === "natural") { return undefined.x; }
  if (what === "range") { throw new Error("range: outside this peer's exact range"); }
  while (what === "loop") {}
  if (what === "none") { process.exit(3); }
}
f();
console.log(["done", ...process.argv.slice(2)].join(" "));
)";
    case Target::C:
      return R"(#include <stdio.h>
#include <stdlib.h>
#include <string.h>
static void fail(void) { fputs("program.c:4: index: 7 is outside\n", stderr); exit(1); }
int main(int argc, char** argv) {
  const char* what = argc > 1 ? argv[1] : "";
  if (strcmp(what, "fail") == 0) fail();
  if (strcmp(what, "natural") == 0) {
    fputs("program.c:5: division by zero: 1 // 0\n", stderr); exit(1); }
  if (strcmp(what, "range") == 0) { fputs("program.c:6: range: no\n", stderr); exit(1); }
  volatile int turns = 0;
  while (strcmp(what, "loop") == 0) ++turns;
  if (strcmp(what, "none") == 0) exit(3);
  printf("done");
  for (int i = 1; i < argc; ++i) printf(" %s", argv[i]);
  puts("");
}
)";
  }
  return {};
}

class RunTest : public ::testing::TestWithParam<std::string_view> {
 protected:
  void SetUp() override {
    toolchain_ = Find(*FindPeer(GetParam()), machine_);
    if (!toolchain_.is_ready()) {
      ASSERT_TRUE(MayBeMissing(GetParam())) << toolchain_.problem;
      GTEST_SKIP() << GetParam() << ": " << toolchain_.problem;
    }
  }
  PeerRun RunWith(const std::vector<std::string>& arguments, const RunLimits& limits = {}) {
    emit::Translation translation;
    translation.text = ProgramFor(toolchain_.peer->target);
    translation.lines.resize(20);
    translation.lines[3] = {2, 2};
    translation.lines[4] = {3, 4};
    return RunOnce(toolchain_, translation, arguments, limits, machine_);
  }

  Machine machine_ = ThisMachine();
  Toolchain toolchain_;
};

TEST_P(RunTest, ToldByOneProgram) {
  const PeerRun well = RunWith({"a b", "c"});
  EXPECT_EQ(well.end, RunEnd::Ok) << well.note << well.error.message;
  EXPECT_EQ(well.output, "done a b c\n");
  EXPECT_EQ(well.build_seconds > 0, IsBuilt(*toolchain_.peer));
  EXPECT_GT(well.run_seconds, 0);

  const PeerRun failed = RunWith({"fail"});
  EXPECT_EQ(failed.end, RunEnd::Error) << failed.note;
  EXPECT_EQ(failed.error.kind, "index");
  EXPECT_EQ(failed.error.message, "7 is outside");
  EXPECT_EQ(failed.error.lines.first, 2u);

  const PeerRun natural = RunWith({"natural"});
  EXPECT_EQ(natural.end, RunEnd::Error) << natural.note;
  const bool has_nil = toolchain_.peer->target == Target::Lua ||
                       toolchain_.peer->target == Target::LuaJit ||
                       toolchain_.peer->target == Target::Js;
  EXPECT_EQ(natural.error.kind, has_nil ? "type" : "division by zero");
  EXPECT_EQ(natural.error.lines.first, 3u);
  EXPECT_EQ(natural.error.lines.last, 4u);

  EXPECT_EQ(RunWith({"range"}).end, RunEnd::OutOfRange);

  const PeerRun loop = RunWith({"loop"}, {.run_seconds = 0.5});
  EXPECT_EQ(loop.end, RunEnd::Stopped);
  EXPECT_EQ(loop.note, "still running after 0.5 s");

  machine_.temporary = "/no/such/folder";
  const PeerRun homeless = RunWith({});
  EXPECT_EQ(homeless.end, RunEnd::Stopped);
  EXPECT_EQ(homeless.note, "cannot make a folder in /no/such/folder: No such file or directory");
  machine_.temporary = ThisMachine().temporary;

  const PeerRun silent = RunWith({"none"});
  EXPECT_EQ(silent.end, RunEnd::Crash);
  EXPECT_EQ(silent.note, "status 3");
}

INSTANTIATE_TEST_SUITE_P(Peers, RunTest, ::testing::ValuesIn(PeerNames()),
                         [](const auto& row) { return std::string(row.param); });

TEST(RunOnceTest, PassesRefusalsOn) {
  PretendedMachine machine;
  Toolchain toolchain;
  toolchain.peer = FindPeer("lua");
  emit::Translation translation;
  translation.refusal = emit::Refusal{.span = {1, 2}, .text = "Lua has no such thing"};
  const PeerRun run = RunOnce(toolchain, translation, {}, {}, machine.Get());
  EXPECT_EQ(run.end, RunEnd::Refused);
  EXPECT_EQ(run.note, "Lua has no such thing");
  EXPECT_TRUE(machine.started.empty());
}

TEST(RunOnceTest, LeavesNoFilesBehind) {
  PretendedMachine machine;
  std::string source;
  machine.Add("/usr/bin/lua", [&](const std::vector<std::string>& words) {
    source = words[1];
    EXPECT_TRUE(ThisMachine().exists(source));
    return Doing{.out = "1\n"};
  });
  Toolchain toolchain;
  toolchain.peer = FindPeer("lua");
  toolchain.path = "/usr/bin/lua";
  emit::Translation translation;
  translation.text = "print(1)";
  EXPECT_EQ(RunOnce(toolchain, translation, {}, {}, machine.Get()).output, "1\n");
  EXPECT_NE(source, "");
  EXPECT_FALSE(ThisMachine().exists(source));
}

}  // namespace
}  // namespace peers
