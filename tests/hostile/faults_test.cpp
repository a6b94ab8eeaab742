// Memory that ends at each allocation, and output that fails at each write: the right error on
// every engine, for output at the same place, and nothing that was written before is lost.

#include <cerrno>

#include <gtest/gtest.h>

#include "cli/registry.h"
#include "runtime/output.h"
#include "tests/support/program_run.h"

namespace hostile {
namespace {

// One of each way to run. The JIT's optimisation does not change what allocates; it is the
// cheapest to compile without.
constexpr const char* kEngines[] = {"interp-boxed", "interp-fused", "jit-O0", "tiered-random"};

cli::RunOptions On(const char* engine) {
  cli::RunOptions options;
  options.engine = cli::FindEngine(engine)->configuration;
  return options;
}

constexpr const char* kAllocating[] = {
    // Strings, lists, closures, buffers, memo results.
    R"(
memo def key(n, s) = s + str(n)
def rows(n) = [[j for j in range(i)] for i in range(n)]
def main() {
  var s = ""
  var xs = [0]
  for i in range(20) { append(xs, i)
    s += str(i) + key(i % 3, "é") }
  let b = buffer()
  for row in rows(5) { write(b, str(row)) }
  s + text(b) + join(",", map(str, xs)) + str(xs + xs) + str([1.5] * 9) }
)",
    // Sequences, stored and consumed in other functions.
    R"(
def gen(n) { let s = [str(n)]
  for i in range(n) { yield s[0] + str(i) } }
def use(seq) { var n = 0
  for x in seq { n += len(x) }
  n }
def main() {
  let lazy = map(x => [x], filter(x => x % 2 == 0, (y + 1 for y in range(12))))
  var total = 0
  for r in lazy { total += len(str(r)) }
  let parts = [x for x in gen(9)]
  total + use(gen(7)) + len(join("", parts)) }
)",
    // Recursion that holds something at each level.
    R"(
def build(n) = if n == 0 { [0] } else { build(n - 1) + [n] }
def nest(n, s) = if n == 0 { len(s) } else { nest(n - 1, s + "ab") + len(s) }
def main() = [str(build(12)), str(nest(12, ""))]
)"};

// Where memory ends depends on the engine: compiled code makes no object that nobody can see.
TEST(Faults, EveryAllocationMayBeTheLast) {
  for (const char* text : kAllocating) {
    const support::ProgramRun whole = support::RunProgramText("faults.gc", text, On(kEngines[0]));
    ASSERT_EQ(whole.exit_status, 0) << whole.diagnostics << whole.rendered_error;
    for (const char* engine : kEngines) {
      cli::RunOptions options = On(engine);
      size_t refused = 0;
      for (options.max_memory_bytes = 0;; options.max_memory_bytes += 64) {
        const support::ProgramRun run = support::RunProgramText("faults.gc", text, options);
        if (!run.error_kind) {
          EXPECT_EQ(support::Difference(whole, run), "") << engine;
          break;
        }
        ASSERT_EQ(run.error_kind, "memory limit") << options.max_memory_bytes << engine;
        EXPECT_EQ(run.exit_status, 4);
        EXPECT_FALSE(run.trace.empty()) << run.rendered_error;
        EXPECT_EQ(run.output, "");  // main has not ended
        ASSERT_LT(++refused, 1'000U);
      }
      EXPECT_GT(refused, 10U) << engine;
    }
  }
}

// Takes `good` writes, and no further one.
class FailingOutput final : public runtime::Output {
 public:
  FailingOutput(size_t good, int error_number) : good_(good), error_number_(error_number) {}

  bool Write(std::string_view text) override {
    if (good_ == 0) {
      error = error_number_;
      return false;
    }
    --good_;
    text_ += text;
    return true;
  }
  bool Flush() override { return error == 0; }
  const std::string& text() const { return text_; }

 private:
  size_t good_;
  int error_number_;
  std::string text_;
};

constexpr char kPrinting[] = R"(
def show(x) { print("show", x)
  x }
memo def once(x) { print("once", x)
  x }
def gen(n) { for i in range(n) { print("gen", i)
    yield i } }
print("top")
def main() {
  for i in range(3) { show(once(i % 2)) }
  let f = x => show(x + 1)
  let xs = [f(x) for x in gen(3)]
  keep(sum(map(show, xs)))
  let stored = gen(2)
  for x in stored { print([x], str(x) + "!") }
  assert(true)
  print("a long text " * 100)
  "value" }
)";

TEST(Faults, EveryWriteMayFail) {
  FailingOutput whole(SIZE_MAX, 0);
  ASSERT_EQ(support::RunProgramText("faults.gc", kPrinting, On(kEngines[0]), &whole).exit_status,
            0);
  for (const auto& [number, kind, status] :
       {std::tuple(ENOSPC, "output", 5), {EPIPE, "reader gone", 141}}) {
    for (size_t good = 0;; ++good) {
      FailingOutput first(good, number);
      const support::ProgramRun expected =
          support::RunProgramText("faults.gc", kPrinting, On(kEngines[0]), &first);
      for (const char* engine : kEngines) {
        FailingOutput output(good, number);
        EXPECT_EQ(support::Difference(expected, support::RunProgramText("faults.gc", kPrinting,
                                                                        On(engine), &output)),
                  "")
            << engine << " after " << good;
        EXPECT_EQ(output.text(), first.text());
      }
      EXPECT_TRUE(whole.text().starts_with(first.text()));
      if (!expected.error_kind) {
        EXPECT_EQ(first.text(), whole.text());
        EXPECT_GT(good, 15U);
        break;
      }
      EXPECT_EQ(expected.error_kind, kind) << good;
      EXPECT_EQ(expected.exit_status, status);
    }
  }
}

}  // namespace
}  // namespace hostile
