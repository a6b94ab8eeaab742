// The targets.

#include "emit/emit.h"

#include <gtest/gtest.h>

namespace emit {
namespace {

TEST(TargetsTest, HaveNamesThatFindThem) {
  EXPECT_EQ(TargetNames(),
            (std::vector<std::string_view>{"python", "cython", "c", "lua", "luajit", "js"}));
  for (const std::string_view name : TargetNames()) {
    ASSERT_TRUE(FindTarget(name).has_value());
    EXPECT_EQ(Name(*FindTarget(name)), name);
  }
  EXPECT_EQ(FindTarget("cobol"), std::nullopt);
  EXPECT_EQ(FileExtension(Target::Cython), "pyx");
}

}  // namespace
}  // namespace emit
