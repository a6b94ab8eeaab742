// Random programs mean the same on every step of the ladder: output, value, error, traceback, work
// counted, and nothing left behind.

#include <gtest/gtest.h>

#include "fuzz/generator.h"
#include "tests/interp/ladder_run.h"

namespace interp {
namespace {

class Programs : public testing::TestWithParam<uint32_t> {};

// Enough of the programs end well, or the comparison of leaks would mean little.
TEST_P(Programs, AgreeOnAllSteps) {
  constexpr uint32_t kCount = 200;
  runtime::Limits limits;
  limits.memory_bytes = 64 << 20;
  uint32_t succeeded = 0;
  for (uint32_t i = 0; i < kCount && !HasFailure(); ++i) {
    const uint32_t seed = GetParam() * kCount + i;
    SCOPED_TRACE("seed " + std::to_string(seed));
    const fuzz::Generated generated = fuzz::ProgramOf(seed);
    if (generated.is_meant_to_end()) {
      const std::string text = Print(generated.program).text;
      succeeded += ExpectLaddersAgree(text, limits).failed ? 0 : 1;
    }
  }
  EXPECT_GT(succeeded, kCount / 10);
  EXPECT_LT(succeeded, kCount);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Programs, testing::Range(0U, 5U));

}  // namespace
}  // namespace interp
