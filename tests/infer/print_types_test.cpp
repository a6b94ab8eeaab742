// The listing of `lab dump --phase=types`.

#include "infer/print_types.h"

#include <gtest/gtest.h>

#include "tests/infer/inferred_program.h"

namespace infer {
namespace {

TEST(PrintTypes, GreatCircle) {
  InferredProgram program(R"(# The distance between two places.
def calculate_x() = pi / 180.0
def calculate_coordinate(lat, x) = (90.0 - lat) * x

def great_circle(lon1, lat1, lon2, lat2) {
    let radius = 3956  # miles
    let x = calculate_x()
    let a = calculate_coordinate(lat1, x)
    let b = calculate_coordinate(lat2, x)
    let theta = (lon2 - lon1) * x
    radius * acos(cos(a) * cos(b) + sin(a) * sin(b) * cos(theta))
}

bench factored(n = 1_000_000) {
    var total = 0
    for i in range(n) {
        total += great_circle(-72.345, 34 + i, -61.823, 54.826)
    }
    total
}

def unused(x) = x
def main() = print(factored(10), great_circle(0, 0, 0, 1))
)");
  EXPECT_EQ(PrintTypes(*program.inference, *program.program),
            R"(   1  # The distance between two places.
calculate_x() -> float
   2  def calculate_x() = pi / 180.0
calculate_coordinate(lat: int, x: float) -> float
calculate_coordinate(lat: float, x: float) -> float
   3  def calculate_coordinate(lat, x) = (90.0 - lat) * x              | lat: int / float, x: float
   4
great_circle(lon1: int, lat1: int, lon2: int, lat2: int) -> float
great_circle(lon1: float, lat1: int, lon2: float, lat2: float) -> float
   5  def great_circle(lon1, lat1, lon2, lat2) {                       | lon1: int / float, lat1: int, lon2: int / float, lat2: int / float
   6      let radius = 3956  # miles                                   | radius: int
   7      let x = calculate_x()                                        | x: float
   8      let a = calculate_coordinate(lat1, x)                        | a: float
   9      let b = calculate_coordinate(lat2, x)                        | b: float
  10      let theta = (lon2 - lon1) * x                                | theta: float
  11      radius * acos(cos(a) * cos(b) + sin(a) * sin(b) * cos(theta))
  12  }
  13
factored(n: int) -> any
  14  bench factored(n = 1_000_000) {                                  | n: int   (the result of `factored` comes from `total`)
  15      var total = 0                                                | total: any   (is int at line 15 and float at line 17)
  16      for i in range(n) {                                          | i: int
  17          total += great_circle(-72.345, 34 + i, -61.823, 54.826)  | total: any
  18      }
  19      total
  20  }
  21
unused: not called with known types
  22  def unused(x) = x
main() -> none
  23  def main() = print(factored(10), great_circle(0, 0, 0, 1))
)");
}

TEST(PrintTypes, KeepsNamesOfALineInOrder) {
  InferredProgram program(
      "def main(n) = sum([i * j for i in range(n) for j in range(n)])\n"
      "let t = 1; let u = x => x + t\n"
      "print(u(1), u(0.5))");
  EXPECT_EQ(PrintTypes(*program.inference, *program.program),
            R"(main(n: int) -> int
   1  def main(n) = sum([i * j for i in range(n) for j in range(n)])  | n: int, i: int, j: int
   2  let t = 1; let u = x => x + t                                   | t: int, u: lambda, x: int / float
   3  print(u(1), u(0.5))
)");
}

TEST(PrintTypes, EmptyProgram) {
  InferredProgram program("");
  EXPECT_EQ(PrintTypes(*program.inference, *program.program), "");
}

}  // namespace
}  // namespace infer
