// Random programs mean the same whichever tier their calls and loops are in, and wherever they go
// over. TIERED_SEEDS=FIRST:COUNT in the environment runs others.

#include <cstdio>
#include <cstdlib>

#include <gtest/gtest.h>

#include "cli/registry.h"
#include "fuzz/generator.h"
#include "tests/support/program_run.h"

namespace tiered {
namespace {

support::ProgramRun RunOn(const char* backend, const char* mode, uint64_t seed,
                          const std::string& text) {
  cli::RunOptions options;
  options.engine = cli::FindConfiguration(backend, mode);
  options.settings.tier_seed = seed;
  options.max_memory_bytes = uint64_t{64} << 20;
  return support::RunProgramText("test.gc", text, options);
}

TEST(TieredPrograms, AgreeWithTheInterpreter) {
  uint32_t first = 0;
  uint32_t count = 12;
  if (const char* seeds = std::getenv("TIERED_SEEDS")) {
    ASSERT_EQ(std::sscanf(seeds, "%u:%u", &first, &count), 2);
  }
  for (uint32_t seed = first; seed < first + count && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const fuzz::Generated generated = fuzz::ProgramOf(seed);
    if (!generated.is_meant_to_end()) {
      continue;
    }
    const std::string text = Print(generated.program).text;
    const support::ProgramRun expected = RunOn("interp", "", 0, text);
    EXPECT_EQ(expected.diagnostics, "");
    for (const char* mode : {"auto", "calls", "loops", "random"}) {
      EXPECT_EQ(support::Difference(expected, RunOn("tiered", mode, seed, text)), "")
          << mode << "\n"
          << text.substr(0, 2000);
    }
  }
}

}  // namespace
}  // namespace tiered
