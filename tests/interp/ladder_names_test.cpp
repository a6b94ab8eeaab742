// The steps of the interpreter's ladder go by the names that tables and logs show.

#include <gtest/gtest.h>

#include "interp/interpreter.h"

namespace interp {
namespace {

TEST(LadderNames, AreTheBackendsNames) {
  EXPECT_EQ(Interpreter(Ladder::Boxed).name(), "interp-boxed");
  EXPECT_EQ(Interpreter(Ladder::Typed).name(), "interp-typed");
  EXPECT_EQ(Interpreter(Ladder::Fused).name(), "interp");
}

}  // namespace
}  // namespace interp
