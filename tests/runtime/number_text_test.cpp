// Number text where the vectors do not reach.

#include "runtime/number_text.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace tests {
namespace {

using runtime::NumberText;
using runtime::Value;

TEST(NumberText, FloatsAreWrittenAsPythonDoes) {
  EXPECT_EQ(NumberText(Value::Float(1.0)), "1.0");
  EXPECT_EQ(NumberText(Value::Float(1e16)), "1e+16");
  EXPECT_EQ(NumberText(Value::Float(1e15)), "1000000000000000.0");
  EXPECT_EQ(NumberText(Value::Float(0.0001)), "0.0001");
  EXPECT_EQ(NumberText(Value::Float(0.00001)), "1e-05");
  EXPECT_EQ(NumberText(Value::Float(-2116178168839186432.0)), "-2.1161781688391864e+18");
  EXPECT_EQ(NumberText(Value::Float(-0.0)), "-0.0");
}

TEST(NumberText, NanHasNoSign) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(NumberText(Value::Float(nan)), "nan");
  EXPECT_EQ(NumberText(Value::Float(std::copysign(nan, -1.0))), "nan");
}

TEST(NumberText, LongestNumbersFit) {
  EXPECT_EQ(NumberText(Value::Int(INT64_MIN)), "-9223372036854775808");
  EXPECT_EQ(NumberText(Value::Float(-2.2250738585072014e-308)), "-2.2250738585072014e-308");
}

}  // namespace
}  // namespace tests
