#pragma once
// Fills a three-dimensional table of function pointers from a constexpr
// generator: entry [i][j][k] is Make::template Of<i, j, k>().

#include <utility>

namespace interp {

template <typename Fn, int I, int J, int K>
struct ShapeTable {
  Fn at[I][J][K];
};

template <typename Make, typename Fn, int I, int J, int K, int... N>
constexpr ShapeTable<Fn, I, J, K> FillShapes(std::integer_sequence<int, N...>) {
  ShapeTable<Fn, I, J, K> table{};
  ((table.at[N / (J * K)][N / K % J][N % K] = Make::template Of<N / (J * K), N / K % J, N % K>()),
   ...);
  return table;
}

template <typename Make, typename Fn, int I, int J, int K>
constexpr ShapeTable<Fn, I, J, K> FillShapes() {
  return FillShapes<Make, Fn, I, J, K>(std::make_integer_sequence<int, I * J * K>{});
}

}  // namespace interp
