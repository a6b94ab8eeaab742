#include "lists.h"

using Flags = std::vector<char>;

static Int Place(Int row, Int n, Flags& columns, Flags& rising, Flags& falling, int depth) {
  CheckDepth(depth);
  if (row == n) return 1;
  Int count = 0;
  for (Int column = 0; column < n; column++) {
    const Int up = Add(row, column);
    const Int down = Add(Sub(row, column), n);
    if (At(columns, column) && At(rising, up) && At(falling, down)) {
      At(columns, column) = false;
      At(rising, up) = false;
      At(falling, down) = false;
      count = Add(count, Place(Add(row, 1), n, columns, rising, falling, depth + 1));
      At(columns, column) = true;
      At(rising, up) = true;
      At(falling, down) = true;
    }
  }
  return count;
}

static double Solutions(long n) {
  Flags columns(static_cast<size_t>(n), true);
  Flags rising(static_cast<size_t>(Mul(2, n)), true);
  Flags falling(static_cast<size_t>(Mul(2, n)), true);
  return static_cast<double>(Place(0, n, columns, rising, falling, 0));
}

int main(int argc, char** argv) {
  const Bench benches[] = {{"solutions", Solutions}};
  return RunBench(benches, 1, argc, argv);
}
