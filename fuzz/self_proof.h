#pragma once
// Who tests the fuzzer? Before a campaign, faults are planted in compiled code
// (jit/planted_fault.h), and small programs run through the very code that judges a campaign's. A
// fuzzer that does not catch every one of them would find nothing and be believed. (The idea is
// that of the start-up tests of Fuzzilli, https://github.com/googleprojectzero/fuzzilli.)

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "fuzz/campaign.h"

namespace fuzz {

struct SelfProof {
  size_t planted = 0;
  size_t caught = 0;
  // What went wrong: each fault that was not caught, with what was found instead, and what was
  // found in programs without a fault. Empty: the fuzzer may be believed.
  std::vector<std::string> complaints;
};

// How a program is examined: ExamineApart, unless a test wants it otherwise.
using ExamineOne = std::function<ExaminedApart(const Generated& generated, uint64_t seed,
                                               const ApartOptions& options)>;

// On the lanes of `matrix`.
SelfProof ProveSelf(Matrix matrix, const ExamineOne& examine = ExamineApart);

// "self-proof: 7 of 7 planted faults caught", and a line for each complaint.
std::string Text(const SelfProof& proof);

}  // namespace fuzz
