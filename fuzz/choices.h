#pragma once
// Where every decision of the generator comes from: a string of bytes. Random bytes give random
// programs, and a fuzzer that changes bytes changes programs.

#include <cstdint>
#include <span>
#include <vector>

namespace fuzz {

class Choices {
 public:
  // The bytes are borrowed. When they are used up, every decision is the first one, which is the
  // simplest.
  explicit Choices(std::span<const uint8_t> bytes) : bytes_(bytes) {}

  // In [0, count), for a count of at least 1. Two bytes a decision: the bias is below 0.1% for
  // the counts in use.
  uint32_t Below(uint32_t count);
  // False when the bytes are used up.
  bool Chance(uint32_t percent) { return Below(100) >= 100 - percent; }
  // The index of one of the weights, as often as its weight says.
  size_t Weighted(std::span<const uint32_t> weights);

 private:
  std::span<const uint8_t> bytes_;
  size_t used_ = 0;
};

// The same bytes for the same seed, on every machine.
std::vector<uint8_t> RandomBytes(uint64_t seed, size_t count);

}  // namespace fuzz
