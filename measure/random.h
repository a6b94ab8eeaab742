#pragma once
// Random numbers that are the same on every machine, so that resampling the same samples gives the
// same interval, byte for byte. (The distributions of <random> differ between libraries.)

#include <cstdint>

namespace measure {

// xoshiro256** by Blackman and Vigna (2018), seeded through splitmix64.
class Random {
 public:
  explicit Random(uint64_t seed);

  uint64_t Next();
  // In [0, bound), without bias; bound > 0.
  uint64_t Below(uint64_t bound);
  // In [0, 1), with 53 bits.
  double Uniform();
  // Standard normal.
  double Normal();

 private:
  uint64_t state_[4];
};

}  // namespace measure
