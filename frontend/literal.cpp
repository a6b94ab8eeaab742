// Numbers go through std::from_chars, which rounds correctly and knows no
// locale. Only numbers with "_" and strings with escapes are copied.

#include "frontend/literal.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <string>

#include "frontend/utf8.h"

namespace frontend {
namespace {

std::string WithoutUnderscores(std::string_view text) {
  std::string digits;
  digits.reserve(text.size());
  std::copy_if(text.begin(), text.end(), std::back_inserter(digits),
               [](char c) { return c != '_'; });
  return digits;
}

template <typename T>
std::from_chars_result Read(std::string_view text, T& value) {
  return std::from_chars(text.data(), text.data() + text.size(), value);
}

// Where the first digit that is not zero stands: 3 for "1234", -2 for "0.01".
// Only its sign matters to the caller, so a huge exponent may saturate.
int64_t DecimalExponent(std::string_view text) {
  size_t mark = std::min(text.find_first_of("eE"), text.size());
  int64_t exponent = 0;
  if (mark < text.size()) {
    std::string_view digits = text.substr(mark + 1);
    bool negative = digits.starts_with('-');
    if (negative || digits.starts_with('+')) {
      digits.remove_prefix(1);
    }
    constexpr int64_t kFar = int64_t{1} << 60;
    if (Read(digits, exponent).ec != std::errc{} || exponent > kFar) {
      exponent = kFar;
    }
    exponent = negative ? -exponent : exponent;
  }
  std::string_view mantissa = text.substr(0, mark);
  auto point = static_cast<int64_t>(std::min(mantissa.find('.'), mantissa.size()));
  auto first = static_cast<int64_t>(mantissa.find_first_not_of("0."));
  return exponent + (first < point ? point - first - 1 : point - first);
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// "\u{...}" with one to six digits.
Escape DecodeUnicodeEscape(std::string_view text, size_t offset) {
  Escape escape{.length = 2};
  size_t i = offset + 2;
  if (i >= text.size() || text[i] != '{') {
    return escape;
  }
  int digits = 0;
  for (++i; i < text.size() && HexDigit(text[i]) >= 0; ++i, ++digits) {
    if (digits < 8) {
      escape.value = escape.value * 16 + static_cast<char32_t>(HexDigit(text[i]));
    }
  }
  bool closed = i < text.size() && text[i] == '}';
  escape.length = static_cast<uint32_t>(i - offset + (closed ? 1 : 0));
  bool is_surrogate = escape.value >= 0xD800 && escape.value <= 0xDFFF;
  escape.valid = closed && digits >= 1 && digits <= 6 && escape.value <= 0x10FFFF && !is_surrogate;
  return escape;
}

}  // namespace

std::optional<int64_t> DecodeInt(std::string_view text) {
  std::string copy;
  if (text.find('_') != std::string_view::npos) {
    copy = WithoutUnderscores(text);
    text = copy;
  }
  int64_t value = 0;
  if (Read(text, value).ec != std::errc{}) {
    return std::nullopt;
  }
  return value;
}

bool IsIntMinMagnitude(std::string_view text) {
  std::string digits = WithoutUnderscores(text);
  return digits == "9223372036854775808";
}

double DecodeFloat(std::string_view text) {
  std::string copy;
  if (text.find('_') != std::string_view::npos) {
    copy = WithoutUnderscores(text);
    text = copy;
  }
  double value = 0;
  if (Read(text, value).ec == std::errc::result_out_of_range) {
    // from_chars does not say on which side.
    return DecimalExponent(text) < 0 ? 0.0 : std::numeric_limits<double>::infinity();
  }
  return value;
}

Escape DecodeEscape(std::string_view text, size_t offset) {
  if (offset + 1 >= text.size()) {
    return {.length = 1};
  }
  switch (text[offset + 1]) {
    case 'n':
      return {'\n', 2, true};
    case 't':
      return {'\t', 2, true};
    case 'r':
      return {'\r', 2, true};
    case '\\':
      return {'\\', 2, true};
    case '"':
      return {'"', 2, true};
    case 'u':
      return DecodeUnicodeEscape(text, offset);
    default:
      return {.length = 2};
  }
}

std::string_view DecodeString(std::string_view text, Arena& arena) {
  char quote = text[0];
  text.remove_prefix(1);
  if (text.ends_with(quote)) {
    text.remove_suffix(1);
  }
  size_t first = text.find('\\');
  if (first == std::string_view::npos) {
    return text;
  }
  std::string value(text.substr(0, first));
  for (size_t i = first; i < text.size();) {
    if (text[i] != '\\') {
      size_t next = std::min(text.find('\\', i), text.size());
      value += text.substr(i, next - i);
      i = next;
      continue;
    }
    Escape escape = DecodeEscape(text, i);
    if (escape.valid) {
      AppendUtf8(value, escape.value);
    }
    i += escape.length;
  }
  return arena.Copy(value);
}

std::string EncodeFloat(double value) {
  char buffer[32];
  std::to_chars_result end = std::to_chars(buffer, buffer + sizeof(buffer), value);
  std::string text(buffer, end.ptr);
  // Without a point or an exponent it would read as an int.
  return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

std::string EncodeString(std::string_view value) {
  std::string text = "\"";
  for (size_t i = 0; i < value.size();) {
    CodePoint point = DecodeUtf8(value, i);
    char32_t c = point.value;
    if (point.length == 0) {
      constexpr char kDigits[] = "0123456789abcdef";
      const auto byte = static_cast<unsigned char>(value[i]);
      text += {'\\', 'x', kDigits[byte >> 4], kDigits[byte & 15]};
      point.length = 1;
    } else if (c == '\n') {
      text += "\\n";
    } else if (c == '\t') {
      text += "\\t";
    } else if (c == '\r') {
      text += "\\r";
    } else if (c == '"' || c == '\\') {
      text += {'\\', static_cast<char>(c)};
    } else if (c < 0x20 || (c >= 0x7F && c < 0xA0) || IsBidiControl(c)) {
      char digits[8];
      auto number = static_cast<uint32_t>(c);
      std::to_chars_result end = std::to_chars(digits, digits + sizeof(digits), number, 16);
      text += "\\u{" + std::string(digits, end.ptr) + "}";
    } else {
      text += value.substr(i, point.length);
    }
    i += point.length;
  }
  return text + "\"";
}

}  // namespace frontend
