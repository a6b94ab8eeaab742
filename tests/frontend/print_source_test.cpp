// Round trips: what the printer writes parses to the tree it was given.

#include "frontend/print_source.h"

#include <gtest/gtest.h>

#include "tests/frontend/test_program.h"
#include "tests/support/golden_file.h"

namespace frontend {
namespace {

void ExpectRoundTrip(const std::string& text) {
  std::string tree = TreeOf(text);
  Parsed parsed(text);
  std::string printed = PrintSource(parsed.tree.items);
  EXPECT_EQ(TreeOf(printed), tree) << "printed as:\n" << printed;
  // And the printed form is a fixed point.
  Parsed again(printed);
  EXPECT_EQ(PrintSource(again.tree.items), printed);
}

TEST(PrintSource, KeepsTheTree) {
  for (const char* text : {
           "1 + 2 * 3 - 4 ** -5 ** 6",
           "(1 + 2) * 3",
           "1 - (2 - 3)",
           "(1 < 2) == (3 < 4)",
           "-(2 ** 2) + (-2) ** 2 + --x",
           "(-9223372036854775808) ** 2 - -9223372036854775808",
           "not (a and b) or c and (d or e) and (f and g)",
           "(not a) == b",
           "(x => x)(1)",
           "let f = x => y => x = y",
           "(if a { 1 } else { 2 }) + 3",
           "if (if a { b } else { c }) { d }",
           "for x in (y => y) { x }",
           "while { a } { b }",
           "f(x, n = y => y)[1][2].g().h(3)",
           "2.abs() + 2.5.floor() + 1e100.int()",
           "[x for x in xs if x for y in (if a { b } else { c })]",
           "sum(x for x in xs)",
           "let g = ((x => x) for x in xs)",
           "{ let x: list[fn(int) -> seq[str]] = []; var y = 1; y //= 2; x[0] = y }",
           "def f(a: int, b = [1, \"\\u{202e}\\n\"]) -> none { return; yield 3; break }",
           "memo def f(n) = n\nbench b(n = 1) { n }\nextern \"m\" def c(x: f32) -> i32",
           "a or (return 3)",
           "{}\n{ {} }",
           "1.0 + 1e300 + 5e-324 + 0.1",
       }) {
    ExpectRoundTrip(text);
  }
}

TEST(PrintSource, KeepsTheProgramsOfTheProject) {
  for (const std::string& path : support::FindGoldenFiles("programs")) {
    SCOPED_TRACE(path);
    ExpectRoundTrip(support::LoadGoldenFile(path).text);
  }
}

TEST(PrintSource, WritesTypes) {
  Parsed parsed("let x: fn(int, list[seq[float]]) -> none = 1");
  EXPECT_EQ(PrintType(*Cast<LetExpr>(*parsed.tree.items[0].expr).type),
            "fn(int, list[seq[float]]) -> none");
}

}  // namespace
}  // namespace frontend
