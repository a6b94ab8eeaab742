// An interrupt from another thread ends every kind of long run soon, with its own error.

#include <chrono>
#include <thread>

#include <gtest/gtest.h>

#include "runtime/run.h"
#include "tests/interp/ladder_run.h"

namespace interp {
namespace {

class Interrupts : public testing::TestWithParam<const char*> {};

TEST_P(Interrupts, EndTheRun) {
  const auto program = Load(std::string(R"(
def count(n) { var i = 0
  while i < n { yield i
    i += 1 } }
def ping(n) = if n == 0 { 0 } else { ping(n - 1) + ping(n - 1) }
def inc(x) = x + 1
let big = 4_000_000_000
)") + GetParam() + "\n");
  ASSERT_NE(program, nullptr);
  for (const Ladder ladder : kLadders) {
    for (const int after_ms : {0, 1, 7}) {
      runtime::OnLargeStack([&] {
        Prepared prepared(*program, ladder);
        std::thread other([&] {
          std::this_thread::sleep_for(std::chrono::milliseconds(after_ms));
          prepared.context().RequestInterrupt(runtime::Interrupt::User);
        });
        const auto start = std::chrono::steady_clock::now();
        const std::string result = prepared.Take(prepared.RunTop());
        other.join();
        const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
        EXPECT_EQ(result.substr(0, 12), "interrupted:") << result.substr(0, 200);
        EXPECT_LT(spent.count(), 5.0);
      });
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    Programs, Interrupts,
    testing::Values(
        "while true { none }", "var i = 0\nwhile i >= 0 { i = (i + 1) % 1000 }",
        "for i in range(big) { none }", "for i in range(0, big, 3) { none }",
        "for i in count(big) { none }", "ping(60)", "sum(range(big))", "sum(map(inc, range(big)))",
        "any(x < 0 for x in range(big))",
        "let s = map(inc, filter(x => x > 0, range(big)))\nmax(s)",
        "let s = (x * 2 % 7 for x in count(big))\nall(x < 9 for x in s)",
        "var xs = [1]\nfor x in xs { xs[0] = 1\n append(xs, 1)\n pop(xs)\n append(xs, 1)\n "
        "if len(xs) > 1000 { while true { none } } }",
        "def spin(c) { while c or not c { none } }\nspin(true)",
        "join(\"\", (\"\" for x in range(big)))"));

}  // namespace
}  // namespace interp
