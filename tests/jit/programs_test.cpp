// Random programs mean the same on the JIT as on the interpreter: output, error and traceback.
// JIT_SEEDS=FIRST:COUNT in the environment runs others.

#include <cstdio>
#include <cstdlib>

#include <gtest/gtest.h>

#include "fuzz/generator.h"
#include "tests/jit/jit_run.h"

namespace jit {
namespace {

TEST(JitPrograms, AgreeWithTheInterpreter) {
  uint32_t first = 0;
  uint32_t count = 60;
  if (const char* seeds = std::getenv("JIT_SEEDS")) {
    ASSERT_EQ(std::sscanf(seeds, "%u:%u", &first, &count), 2);
  }
  cli::RunOptions options;
  options.max_memory_bytes = uint64_t{64} << 20;
  uint32_t succeeded = 0;
  for (uint32_t seed = first; seed < first + count && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const fuzz::Generated generated = fuzz::ProgramOf(seed);
    if (generated.is_meant_to_end()) {
      const support::ProgramRun run = ExpectSame(Print(generated.program).text, options);
      succeeded += run.error_kind.has_value() ? 0 : 1;
    }
  }
  EXPECT_GT(succeeded, count / 10);
}

}  // namespace
}  // namespace jit
