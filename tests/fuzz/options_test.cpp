// The driver's command line.

#include "fuzz/options.h"

#include <gtest/gtest.h>

namespace fuzz {
namespace {

TEST(Options, RunForAMinuteUnlessTold) {
  const DriverOptions options = ParseOptions({}, 5);
  EXPECT_EQ(options.campaign.seconds, 60);
  EXPECT_EQ(options.campaign.first_seed, uint64_t{5} << 20);
  EXPECT_EQ(options.campaign.matrix, Matrix::Full);
}

TEST(Options, TakeSecondsOrHours) {
  EXPECT_EQ(ParseOptions({"20"}, 0).campaign.seconds, 20);
  EXPECT_EQ(ParseOptions({"--hours", "8"}, 0).campaign.seconds, 28'800);
}

TEST(Options, TakeSeedAndCount) {
  const DriverOptions options =
      ParseOptions({"--seed=7", "--count=9", "--matrix=engines", "--jobs=2", "--out=x"}, 0);
  EXPECT_EQ(options.mistake, "");
  EXPECT_EQ(options.campaign.first_seed, 7U);
  EXPECT_EQ(options.campaign.count, 9U);
  EXPECT_EQ(options.campaign.seconds, 0);
  EXPECT_EQ(options.campaign.matrix, Matrix::Engines);
  EXPECT_EQ(options.campaign.jobs, 2U);
  EXPECT_EQ(options.folder, "x");
}

TEST(Options, MayEndAtTheFirstFault) {
  EXPECT_FALSE(ParseOptions({}, 0).stops_at_fault);
  const DriverOptions options = ParseOptions({"--until-fault"}, 0);
  EXPECT_TRUE(options.stops_at_fault);
  EXPECT_EQ(options.campaign.most_findings, 1U);
}

TEST(Options, RefuseWhatTheyDoNotKnow) {
  EXPECT_NE(ParseOptions({"--sede=7"}, 0).mistake, "");
  EXPECT_NE(ParseOptions({"--count=many"}, 0).mistake, "");
  EXPECT_NE(ParseOptions({"--matrix=half"}, 0).mistake, "");
  EXPECT_NE(ParseOptions({"soon"}, 0).mistake, "");
}

}  // namespace
}  // namespace fuzz
