// Bytes to decisions. Random bytes come from SplitMix64 (Steele, Lea, Flood: "Fast splittable
// pseudorandom number generators", 2014), whose streams for neighbouring seeds are unrelated.
// Test: tests/fuzz/generator_test.cpp.

#include "fuzz/choices.h"

#include <numeric>

namespace fuzz {

uint32_t Choices::Below(uint32_t count) {
  if (used_ + 2 > bytes_.size()) {
    return 0;
  }
  const uint32_t word = bytes_[used_] + (uint32_t{bytes_[used_ + 1]} << 8);
  used_ += 2;
  return word * count >> 16;
}

size_t Choices::Weighted(std::span<const uint32_t> weights) {
  uint32_t left = Below(std::accumulate(weights.begin(), weights.end(), 0U));
  size_t index = 0;
  while (left >= weights[index]) {
    left -= weights[index++];
  }
  return index;
}

std::vector<uint8_t> RandomBytes(uint64_t seed, size_t count) {
  std::vector<uint8_t> bytes(count);
  uint64_t state = seed;
  uint64_t word = 0;
  for (size_t i = 0; i < count; ++i) {
    if (i % 8 == 0) {
      state += 0x9E3779B97F4A7C15;
      word = (state ^ state >> 30) * 0xBF58476D1CE4E5B9;
      word = (word ^ word >> 27) * 0x94D049BB133111EB;
      word ^= word >> 31;
    }
    bytes[i] = static_cast<uint8_t>(word);
    word >>= 8;
  }
  return bytes;
}

}  // namespace fuzz
