// What a loop is left with and entered with, as names, types and values.

#include "tiered/live_state.h"

#include <gtest/gtest.h>

#include "cli/registry.h"
#include "tests/support/program_run.h"

namespace tiered {
namespace {

// What machine code began with at each entry, in order; that is what the interpreter had.
std::vector<std::string> Entries(const std::string& text) {
  std::vector<std::string> entries;
  cli::EngineSettings settings;
  settings.on_entry = [&](const std::string& interpreter, const std::string& machine_code) {
    EXPECT_EQ(interpreter, machine_code);
    entries.push_back(machine_code);
  };
  const support::ProgramRun run = support::RunProgramWith(
      "test.gc", text, *cli::FindConfiguration("tiered", "loops"), settings);
  EXPECT_EQ(run.rendered_error, "");
  return entries;
}

TEST(LiveState, NamesWhatIsLive) {
  EXPECT_EQ(Entries("def f(n, name) {\n"
                    "    var total = 0.5\n"
                    "    let names = [name]\n"
                    "    for i in range(2, n) { total += len(names) }\n"
                    "    total\n"
                    "}\n"
                    "print(f(5, \"a\"))\n"),
            std::vector<std::string>{"n: int = 5\n"
                                     "name: str = 'a'\n"
                                     "total: float = 0.5\n"
                                     "names: list[str] = ['a']\n"
                                     "element (line 4): int = 2\n"
                                     "end (line 4): int = 5\n"});
}

TEST(LiveState, NamesTheStepsThatAreGoingOn) {
  EXPECT_EQ(Entries("def f(k) {\n"
                    "    let t = sum(map(x => x * k, filter(x => x > 1, [1, 2])), 7)\n"
                    "    join(\"-\", (c for c in \"ab\"))\n"
                    "}\n"
                    "print(f(3))\n"),
            (std::vector<std::string>{"k: int = 3\n"
                                      "value so far (line 2): int = 7\n"
                                      "is there one (line 2): bool = true\n"
                                      "function (line 2): a function = <lambda>\n"
                                      "function (line 2): a function = <lambda>\n"
                                      "list (line 2): list[int] = [1, 2]\n"
                                      "index (line 2): int = 0\n",
                                      "k: int = 3\n"
                                      "t: int = 13\n"
                                      "separator (line 3): str = '-'\n"
                                      "text so far (line 3): str = ''\n"
                                      "is there a part (line 3): bool = false\n"
                                      "string (line 3): str = 'ab'\n"
                                      "offset (line 3): int = 0\n"}));
}

}  // namespace
}  // namespace tiered
