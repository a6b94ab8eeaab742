#pragma once
// The answers of processes: times of the same work are compared only when all gave the same one.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "measure/results.h"

namespace measure {

struct Answer {
  std::string value;   // of the bench, as print shows it
  std::string output;  // of its first call
};

// Results of different engines (or processes) for the same work that are not equal.
struct Disagreement {
  Cell one;
  Cell other;
  std::string what;  // "value" or "output"
  std::string one_text;
  std::string other_text;
};

// How far apart the floats in two texts may be and still count as the same; everything else in them
// must be equal. From the strictest on.
enum class Tolerance : uint8_t {
  None,
  OwnMath,   // kOwnMathUlps, or kOwnMathShare of their size: sums add up what functions differ by
  FastMath,  // a 1e-9th of their size
  OwnSingleMath,  // kOwnSingleMathShare of their size: the same ulps, of 24 bits
};
inline constexpr int kOwnMathUlps = 4;
inline constexpr double kOwnMathShare = 1e-12;
inline constexpr double kOwnSingleMathShare = kOwnMathUlps * 0x1p-24;

Tolerance ToleranceOf(MathLibrary math);
// "4 ulp or 1e-12 of their size"; empty for None.
std::string TextOf(Tolerance tolerance);

bool SameText(Tolerance tolerance, std::string_view one_text, std::string_view other_text);

// Equal; where one of the two was measured with --math=fast or has a math library of its own, which
// may change last digits, as close as that allows.
bool SameText(const Cell& one, const Cell& other, std::string_view one_text,
              std::string_view other_text);

// None when the answers are the same, or when the two cells do not do the same work.
std::optional<Disagreement> Disagree(const Cell& one, const Answer& one_answer, const Cell& other,
                                     const Answer& other_answer);

// The first among all processes of the results.
std::optional<Disagreement> FindDisagreement(const Results& results);

}  // namespace measure
