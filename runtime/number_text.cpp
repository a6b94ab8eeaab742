// Number text. std::to_chars and std::from_chars do the hard part, digits
// that read back exactly; the layout around them is Python's, which differs
// (1.0, 1e+16, 1e-05). Tests: tests/runtime/number_text_test.cpp and the
// vectors written by CPython.

#include "runtime/number_text.h"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <limits>

#include "frontend/check.h"

namespace runtime {

namespace {

size_t Copy(std::string_view text, char* out) {
  text.copy(out, text.size());
  return text.size();
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

std::string_view Strip(std::string_view text) {
  constexpr std::string_view kSpaces = " \t\n\r\v\f";
  const size_t first = text.find_first_not_of(kSpaces);
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(kSpaces) - first + 1);
}

// Takes a sign off the front.
bool TakeSign(std::string_view* text) {
  const bool negative = text->starts_with('-');
  if (negative || text->starts_with('+')) {
    text->remove_prefix(1);
  }
  return negative;
}

// Moves digits, with `_` allowed between two of them, to the end of `digits`.
// False when an underscore is out of place.
bool TakeDigits(std::string_view* text, std::string* digits) {
  size_t i = 0;
  while (i < text->size()) {
    const char c = (*text)[i];
    if (IsDigit(c)) {
      digits->push_back(c);
    } else if (c != '_') {
      break;
    } else if (i == 0 || i + 1 == text->size() || !IsDigit((*text)[i + 1])) {
      return false;
    }
    ++i;
  }
  text->remove_prefix(i);
  return true;
}

bool EqualsIgnoringCase(std::string_view text, std::string_view lower) {
  if (text.size() != lower.size()) {
    return false;
  }
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if ((c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c) != lower[i]) {
      return false;
    }
  }
  return true;
}

// `text` without sign, brought to the form that from_chars reads; false when malformed.
bool NormaliseFloat(std::string_view text, std::string* plain) {
  if (!TakeDigits(&text, plain)) {
    return false;
  }
  bool has_digits = !plain->empty();
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    plain->push_back('.');
    const size_t before = plain->size();
    if (!TakeDigits(&text, plain)) {
      return false;
    }
    has_digits |= plain->size() > before;
  }
  if (!has_digits) {
    return false;
  }
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    *plain += TakeSign(&text) ? "e-" : "e+";
    const size_t before = plain->size();
    if (!TakeDigits(&text, plain) || plain->size() == before) {
      return false;
    }
  }
  return text.empty();
}

}  // namespace

size_t WriteInt(int64_t value, char* out) {
  return static_cast<size_t>(std::to_chars(out, out + kNumberChars, value).ptr - out);
}

size_t WriteFloat(double value, char* out) {
  if (std::isnan(value)) {
    return Copy("nan", out);
  }
  if (std::isinf(value)) {
    return Copy(value < 0 ? "-inf" : "inf", out);
  }
  char* const begin = out;
  if (std::signbit(value)) {
    *out++ = '-';
    value = -value;
  }
  char scientific[kNumberChars];
  const auto written =
      std::to_chars(scientific, scientific + kNumberChars, value, std::chars_format::scientific);
  // "d.ddde+XX": the digits, and the exponent of the first one.
  char digits[kNumberChars];
  int count = 0;
  const char* at = scientific;
  for (; *at != 'e'; ++at) {
    if (*at != '.') {
      digits[count++] = *at;
    }
  }
  int exponent = 0;
  std::from_chars(at + 2, written.ptr, exponent);
  if (at[1] == '-') {
    exponent = -exponent;
  }
  const auto put_digits = [&](int first, int end) {
    std::memcpy(out, digits + first, static_cast<size_t>(end - first));
    out += end - first;
  };
  if (exponent < -4 || exponent >= 16) {
    *out++ = digits[0];
    if (count > 1) {
      *out++ = '.';
      put_digits(1, count);
    }
    *out++ = 'e';
    *out++ = exponent < 0 ? '-' : '+';
    const int size = exponent < 0 ? -exponent : exponent;
    if (size < 10) {
      *out++ = '0';
    }
    out = std::to_chars(out, out + 3, size).ptr;
  } else if (exponent < 0) {
    *out++ = '0';
    *out++ = '.';
    for (int i = -1; i > exponent; --i) {
      *out++ = '0';
    }
    put_digits(0, count);
  } else {
    const int whole = exponent + 1;
    for (int i = 0; i < whole; ++i) {
      *out++ = i < count ? digits[i] : '0';
    }
    *out++ = '.';
    if (count > whole) {
      put_digits(whole, count);
    } else {
      *out++ = '0';
    }
  }
  return static_cast<size_t>(out - begin);
}

std::string NumberText(Value number) {
  LAB_CHECK(number.tag == Tag::Int || number.tag == Tag::Float);
  char text[kNumberChars];
  const size_t size =
      number.tag == Tag::Int ? WriteInt(number.integer, text) : WriteFloat(number.real, text);
  return {text, size};
}

ParseResult ParseInt(std::string_view text, int64_t* result) {
  text = Strip(text);
  const bool negative = TakeSign(&text);
  std::string digits = negative ? "-" : "";
  const size_t sign_size = digits.size();
  if (!TakeDigits(&text, &digits) || !text.empty() || digits.size() == sign_size) {
    return ParseResult::Malformed;
  }
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), *result);
  return read.ec == std::errc() ? ParseResult::Ok : ParseResult::OutOfRange;
}

ParseResult ParseFloat(std::string_view text, double* result) {
  text = Strip(text);
  const bool negative = TakeSign(&text);
  double value = 0;
  if (EqualsIgnoringCase(text, "inf") || EqualsIgnoringCase(text, "infinity")) {
    value = std::numeric_limits<double>::infinity();
  } else if (EqualsIgnoringCase(text, "nan")) {
    value = std::numeric_limits<double>::quiet_NaN();
  } else {
    std::string plain;
    if (!NormaliseFloat(text, &plain)) {
      return ParseResult::Malformed;
    }
    const auto read = std::from_chars(plain.data(), plain.data() + plain.size(), value);
    if (read.ec == std::errc::result_out_of_range) {
      // from_chars does not say which end; strtod gives inf or the nearest small number.
      value = std::strtod(plain.c_str(), nullptr);
    }
  }
  *result = negative ? -value : value;
  return ParseResult::Ok;
}

}  // namespace runtime
