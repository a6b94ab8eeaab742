// The numbers at the end of a campaign.

#include "fuzz/figures.h"

#include <gtest/gtest.h>

namespace fuzz {
namespace {

TEST(Figures, AddUp) {
  Figures figures;
  figures.Add({.programs = 3, .compiled = 2, .raised = 1, .entered_loop = 2, .cells = {"a", "b"}});
  figures.Add({.programs = 1, .compiled = 1, .raised = 0, .findings = 1, .cells = {"b"}});
  figures.seconds = 2;
  figures.lanes = 4;
  figures.next_seed = 7;
  EXPECT_EQ(Text(figures),
            "4 programs in 2.0 s, 2.0 a second, on 4 lanes each\n"
            "33.3% raised an error, 66.7% entered a running loop, 25.0% were meant not to compile\n"
            "8 cells (operation x types x lane) covered, 1 faults\n"
            "--seed=7 goes on\n");
  figures.is_cut_short = true;
  EXPECT_NE(Text(figures).find("\nended early, since there are enough faults: --seed=7 goes on\n"),
            std::string::npos);
}

TEST(Figures, OfNothingAreNought) { EXPECT_NE(Text({}).find("0.0% raised"), std::string::npos); }

}  // namespace
}  // namespace fuzz
