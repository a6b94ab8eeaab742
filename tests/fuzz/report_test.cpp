// What is told of a finding that cannot be shown, and how long it is looked for.

#include "fuzz/report.h"

#include <gtest/gtest.h>

namespace fuzz {
namespace {

TEST(Report, SaysWhenAFaultIsNotSeenAgain) {
  CampaignOptions campaign;
  campaign.matrix = Matrix::Quick;
  const SeedFinding found{3, {"jit-O0", "output", ""}};
  EXPECT_EQ(Report(found, campaign, testing::TempDir()),
            "seed 3: jit-O0: output: not seen again alone\n");
}

TEST(LimitWhileShrinking, IsWhatTheBaseNeedsAndNoLessThanASecond) {
  EXPECT_EQ(LimitWhileShrinking(0.01).processor_seconds, 1);
  EXPECT_EQ(LimitWhileShrinking(0.5).processor_seconds, 5);
  EXPECT_GT(LimitWhileShrinking(0.5).wall_seconds, 5);
}

}  // namespace
}  // namespace fuzz
