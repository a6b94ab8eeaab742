// A program with its expectations is read back as it was meant.

#include "fuzz/regression.h"

#include <gtest/gtest.h>

namespace fuzz {
namespace {

TEST(GoldenText, HoldsOutputErrorAndTrace) {
  Observation observation;
  observation.output = "1\n\n";
  observation.error_kind = "index";
  observation.error_message = "there is no 5";
  observation.trace = {{"f", 1, 12}, {"main", 2, 3}};
  EXPECT_EQ(GoldenText("A title.", "def f(x) = [x][5]\ndef main() = f(1)\n", observation),
            "# A title.\n"
            "def f(x) = [x][5]  # error[12]: index: there is no 5\n"
            "def main() = f(1)\n"
            "# expect: 1\n"
            "# expect: \n"
            "# trace: f, main\n");
}

}  // namespace
}  // namespace fuzz
