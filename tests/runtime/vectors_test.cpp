// CPython's answers over all pairs of boundary values (tests/vectors/arith.txt).

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/runtime/arith_cases.h"
#include "tests/runtime/run_fixture.h"

namespace tests {
namespace {

TEST(Vectors, AgreeWithCPython) {
  std::ifstream in("tests/vectors/arith.txt");
  ASSERT_TRUE(in.is_open());
  RunFixture run;
  std::vector<std::string> values;
  size_t cases = 0;
  const auto check = [&](const std::string& wrong) {
    ++cases;
    EXPECT_EQ(wrong, "");
  };
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    std::string kind;
    std::string op;
    std::string a;
    words >> kind;
    if (kind == "#") {
      continue;
    }
    if (kind == "values") {
      for (std::string value; words >> value;) {
        values.push_back(value);
      }
      continue;
    }
    words >> op >> a;
    if (kind == "row") {
      for (const std::string& b : values) {
        std::string expected;
        words >> expected;
        check(CheckBinary(run.context, op, a, b, expected));
      }
    } else if (kind == "bools") {
      std::string letters;
      words >> letters;
      ASSERT_EQ(letters.size(), values.size());
      for (size_t i = 0; i < values.size(); ++i) {
        check(CheckBinary(run.context, op, a, values[i], letters.substr(i, 1)));
      }
    } else {
      std::string expected;
      words >> expected;
      check(CheckUnary(run.context, op, a, expected));
    }
  }
  EXPECT_GT(cases, 40'000u);
  run.ExpectNothingLives();
}

}  // namespace
}  // namespace tests
