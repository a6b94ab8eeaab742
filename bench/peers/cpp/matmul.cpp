// A matrix is a vector of vectors, as it is a list of lists.
#include "lists.h"

using Row = std::vector<double>;
using Matrix = std::vector<Row>;

static Matrix MakeMatrix(Int n, double shift) {
  Matrix m;
  for (Int i = 0; i < n; i++) {
    Row row;
    for (Int j = 0; j < n; j++) {
      row.push_back(static_cast<double>(Mod(Add(Mul(i, 7), Mul(j, 3)), 11)) + shift);
    }
    m.push_back(std::move(row));
  }
  return m;
}

static Matrix MultiplyLoops(const Matrix& a, const Matrix& b, Int n) {
  Matrix c;
  for (Int i = 0; i < n; i++) c.push_back(Row(static_cast<size_t>(n), 0.0));
  for (Int i = 0; i < n; i++) {
    for (Int j = 0; j < n; j++) {
      double total = 0.0;
      for (Int k = 0; k < n; k++) total += At(At(a, i), k) * At(At(b, k), j);
      At(At(c, i), j) = total;
    }
  }
  return c;
}

static Matrix MultiplyComprehension(const Matrix& a, const Matrix& b, Int n) {
  Matrix c;
  for (const Row& row : a) {
    Row products;
    for (Int j = 0; j < n; j++) {
      Check(n > 0, "sum of nothing");
      double total = 0.0;
      for (Int k = 0; k < n; k++) total += At(row, k) * At(At(b, k), j);
      products.push_back(total);
    }
    c.push_back(std::move(products));
  }
  return c;
}

static double SumRows(const Matrix& m) {
  Check(!m.empty(), "sum of nothing");
  double total = 0.0;
  for (const Row& row : m) total += Sum(row);
  return total;
}

static double WithLoops(long n) {
  return SumRows(MultiplyLoops(MakeMatrix(n, 0.5), MakeMatrix(n, 0.25), n));
}

static double WithComprehension(long n) {
  return SumRows(MultiplyComprehension(MakeMatrix(n, 0.5), MakeMatrix(n, 0.25), n));
}

int main(int argc, char** argv) {
  const Bench benches[] = {{"with_loops", WithLoops}, {"with_comprehension", WithComprehension}};
  return RunBench(benches, 2, argc, argv);
}
