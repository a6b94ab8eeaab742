// Distributions against closed forms, published tables and exact fractions.

#include "measure/distributions.h"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

namespace measure {
namespace {

// Relative to what is expected.
void ExpectClose(double actual, double expected) {
  EXPECT_NEAR(actual / expected, 1, 1e-13) << actual << " instead of " << expected;
}

TEST(DistributionsTest, NormalQuantileHasItsWellKnownValues) {
  ExpectClose(NormalQuantile(0.975), 1.959963984540054);
  ExpectClose(NormalQuantile(0.995), 2.575829303548901);
  ExpectClose(NormalQuantile(1e-10), -6.361340902404056);
  EXPECT_NEAR(NormalQuantile(0.5), 0, 1e-16);
}

TEST(DistributionsTest, NormalQuantileInvertsTheCdf) {
  for (double p = 1e-300; p < 0.5; p *= 17) {
    EXPECT_NEAR(NormalCdf(NormalQuantile(p)) / p, 1, 1e-12) << p;
  }
}

TEST(DistributionsTest, StudentOfOneDegreeIsCauchys) {
  for (const double p : {1e-12, 1e-5, 0.01, 0.3, 0.45}) {
    ExpectClose(StudentQuantile(p, 1), -1 / std::tan(std::numbers::pi * p));
  }
  for (const double t : {-1e6, -2.0, -0.1}) {
    ExpectClose(StudentCdf(t, 1), std::atan(-1 / t) / std::numbers::pi);
  }
}

TEST(DistributionsTest, StudentOfTwoDegreesHasAClosedForm) {
  for (const double p : {0.001, 0.1, 0.6, 0.975, 0.9999}) {
    ExpectClose(StudentQuantile(p, 2), (2 * p - 1) / std::sqrt(2 * p * (1 - p)));
  }
}

TEST(DistributionsTest, StudentQuantileHasItsTabledValues) {
  EXPECT_NEAR(StudentTwoSided(0.95, 9), 2.2621571628, 1e-10);
  EXPECT_NEAR(StudentTwoSided(0.99, 9), 3.2498355416, 1e-10);
  EXPECT_NEAR(StudentQuantile(0.975, 30), 2.0422724563, 1e-10);
  EXPECT_EQ(StudentQuantile(0.5, 7), 0);
}

TEST(DistributionsTest, StudentQuantileInvertsTheCdf) {
  for (const double df : {0.7, 3.0, 11.5, 40.0, 1000.0}) {
    for (double p = 1e-15; p < 0.5; p *= 7) {
      EXPECT_NEAR(StudentCdf(StudentQuantile(p, df), df) / p, 1, 1e-9) << p << " " << df;
    }
  }
}

TEST(DistributionsTest, StudentTendsToNormal) {
  EXPECT_NEAR(StudentQuantile(0.975, 1e7), NormalQuantile(0.975), 1e-6);
}

TEST(DistributionsTest, FairCoinCdfIsExact) {
  EXPECT_EQ(FairCoinCdf(10, 1), 11.0 / 1024);
  EXPECT_EQ(FairCoinCdf(10, -1), 0);
  EXPECT_EQ(FairCoinCdf(10, 10), 1);
  EXPECT_EQ(FairCoinCdf(10, 8), 1 - 11.0 / 1024);
  ExpectClose(FairCoinCdf(52, 18), 0.018241700004179906);
  ExpectClose(FairCoinCdf(2000, 900), 4.228544767751963e-06);
  ExpectClose(FairCoinCdf(5000, 2400), 0.002441824868758759);
}

}  // namespace
}  // namespace measure
