// Texts are compared as they are; where last digits may differ they are walked in step, number by
// number. Tests: tests/measure/answers_test.cpp.

#include "measure/answers.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "runtime/number_text.h"

namespace measure {
namespace {

constexpr double kFastMathTolerance = 1e-9;

bool IsDigit(char c) { return '0' <= c && c <= '9'; }

size_t SkipDigits(std::string_view text, size_t at) {
  while (at < text.size() && IsDigit(text[at])) {
    ++at;
  }
  return at;
}

// The length of the float that `text` begins with; 0 for anything else, an int included.
size_t FloatLength(std::string_view text) {
  const size_t sign = text.starts_with('-') ? 1 : 0;
  const size_t whole = SkipDigits(text, sign);
  if (whole == sign) {
    return 0;
  }
  size_t end = whole;
  if (end < text.size() && text[end] == '.') {
    end = SkipDigits(text, end + 1);
  }
  if (end < text.size() && text[end] == 'e') {
    const size_t exponent = end + 1;
    const bool is_signed =
        exponent < text.size() && (text[exponent] == '-' || text[exponent] == '+');
    const size_t digits = exponent + (is_signed ? 1 : 0);
    if (SkipDigits(text, digits) > digits) {
      end = SkipDigits(text, digits);
    }
  }
  return end == whole ? 0 : end;
}

// How many floats lie from `a` to `b`, both finite and of the same sign.
uint64_t UlpsBetween(double a, double b) {
  const auto from = std::bit_cast<uint64_t>(std::abs(a));
  const auto to = std::bit_cast<uint64_t>(std::abs(b));
  return from < to ? to - from : from - to;
}

bool AreClose(Tolerance tolerance, std::string_view one, std::string_view other) {
  double a = 0;
  double b = 0;
  if (runtime::ParseFloat(one, &a) != runtime::ParseResult::Ok ||
      runtime::ParseFloat(other, &b) != runtime::ParseResult::Ok) {
    return false;
  }
  const double size = std::max(std::abs(a), std::abs(b));
  switch (tolerance) {
    case Tolerance::None:
      break;
    case Tolerance::OwnMath:
      return std::abs(a - b) <= kOwnMathShare * size ||
             (std::signbit(a) == std::signbit(b) && UlpsBetween(a, b) <= kOwnMathUlps);
    case Tolerance::OwnSingleMath:
      return std::abs(a - b) <= kOwnSingleMathShare * size;
    case Tolerance::FastMath:
      return std::abs(a - b) <= kFastMathTolerance * size;
  }
  return one == other;
}

bool SameButForLastDigits(Tolerance tolerance, std::string_view one, std::string_view other) {
  while (!one.empty() && !other.empty()) {
    const size_t one_float = FloatLength(one);
    const size_t other_float = FloatLength(other);
    if (one_float > 0 && other_float > 0) {
      if (!AreClose(tolerance, one.substr(0, one_float), other.substr(0, other_float))) {
        return false;
      }
      one.remove_prefix(one_float);
      other.remove_prefix(other_float);
      continue;
    }
    if (one.front() != other.front()) {
      return false;
    }
    one.remove_prefix(1);
    other.remove_prefix(1);
  }
  return one.empty() && other.empty();
}

}  // namespace

Tolerance ToleranceOf(MathLibrary math) {
  switch (math) {
    case MathLibrary::Shared:
      break;
    case MathLibrary::Own:
      return Tolerance::OwnMath;
    case MathLibrary::OwnSingle:
      return Tolerance::OwnSingleMath;
  }
  return Tolerance::None;
}

std::string TextOf(Tolerance tolerance) {
  switch (tolerance) {
    case Tolerance::None:
      break;
    case Tolerance::OwnMath:
      return fmt::format("{} ulp or {:g} of their size", kOwnMathUlps, kOwnMathShare);
    case Tolerance::OwnSingleMath:
      return fmt::format("{} ulp of 24 bits", kOwnMathUlps);
    case Tolerance::FastMath:
      return fmt::format("{:g} of their size", kFastMathTolerance);
  }
  return {};
}

bool SameText(Tolerance tolerance, std::string_view one_text, std::string_view other_text) {
  return one_text == other_text ||
         (tolerance != Tolerance::None && SameButForLastDigits(tolerance, one_text, other_text));
}

bool SameText(const Cell& one, const Cell& other, std::string_view one_text,
              std::string_view other_text) {
  const bool is_fast = IsFastMath(one) || IsFastMath(other);
  const Tolerance tolerance = std::max({is_fast ? Tolerance::FastMath : Tolerance::None,
                                        ToleranceOf(one.math), ToleranceOf(other.math)});
  return SameText(tolerance, one_text, other_text);
}

std::optional<Disagreement> Disagree(const Cell& one, const Answer& one_answer, const Cell& other,
                                     const Answer& other_answer) {
  if (!SameWork(one, other)) {
    return std::nullopt;
  }
  if (!SameText(one, other, one_answer.value, other_answer.value)) {
    return Disagreement{one, other, "value", one_answer.value, other_answer.value};
  }
  if (!SameText(one, other, one_answer.output, other_answer.output)) {
    return Disagreement{one, other, "output", one_answer.output, other_answer.output};
  }
  return std::nullopt;
}

std::optional<Disagreement> FindDisagreement(const Results& results) {
  const std::vector<Cell>& cells = results.plan.cells;
  std::vector<const ProcessRun*> firsts;  // of each work
  for (const ProcessRun& process : results.processes) {
    const Cell& cell = cells[process.cell];
    bool is_first = true;
    for (const ProcessRun* first : firsts) {
      is_first = is_first && !SameWork(cells[first->cell], cell);
      if (auto disagreement = Disagree(cells[first->cell], {first->value, first->output}, cell,
                                       {process.value, process.output})) {
        return disagreement;
      }
    }
    if (is_first) {
      firsts.push_back(&process);
    }
  }
  return std::nullopt;
}

}  // namespace measure
