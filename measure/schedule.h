#pragma once
// The order in which competitors take their turns.

#include <cstdint>
#include <vector>

namespace measure {

// Rows of orders of 0 .. count-1, `count` of them when it is even and twice as many when it is odd:
// each competitor stands at each position equally often, and follows each other one equally often,
// so that neither drift within a row nor what a competitor leaves behind (caches, heat) favours
// one. E. J. Williams, "Experimental designs balanced for the estimation of residual effects of
// treatments", Australian Journal of Scientific Research A 2 (1949).
std::vector<std::vector<uint32_t>> WilliamsDesign(uint32_t count);

// The same with names handed out by chance and rows in a chance order, both fixed by `seed`.
std::vector<std::vector<uint32_t>> ShuffledWilliamsDesign(uint32_t count, uint64_t seed);

}  // namespace measure
