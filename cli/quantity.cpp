// Reading of sizes and durations. Tests: tests/cli/options_test.cpp.

#include "cli/quantity.h"

#include <charconv>
#include <cmath>
#include <span>

namespace cli {

namespace {

struct Unit {
  std::string_view suffix;
  double factor;
};

// A number followed by the suffix of one of the units.
std::optional<double> ParseWithUnit(std::string_view text, std::span<const Unit> units) {
  double number = 0;
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  const auto [rest, error] = std::from_chars(begin, end, number, std::chars_format::fixed);
  if (error != std::errc() || !std::isfinite(number) || number <= 0) {
    return std::nullopt;
  }
  const std::string_view suffix(rest, static_cast<size_t>(end - rest));
  for (const Unit& unit : units) {
    if (unit.suffix == suffix) {
      return number * unit.factor;
    }
  }
  return std::nullopt;
}

constexpr double kKilo = 1024.0;

}  // namespace

std::optional<uint64_t> ParseSize(std::string_view text) {
  static constexpr Unit kUnits[] = {
      {"", 1},
      {"B", 1},
      {"k", kKilo},
      {"K", kKilo},
      {"kB", kKilo},
      {"KB", kKilo},
      {"KiB", kKilo},
      {"M", kKilo * kKilo},
      {"MB", kKilo * kKilo},
      {"MiB", kKilo * kKilo},
      {"G", kKilo * kKilo * kKilo},
      {"GB", kKilo * kKilo * kKilo},
      {"GiB", kKilo * kKilo * kKilo},
  };
  const std::optional<double> bytes = ParseWithUnit(text, kUnits);
  constexpr double kLargest = 0x1p62;  // leaves room for sums of sizes
  if (!bytes || *bytes < 1 || *bytes > kLargest) {
    return std::nullopt;
  }
  return static_cast<uint64_t>(*bytes);
}

std::optional<double> ParseSeconds(std::string_view text) {
  static constexpr Unit kUnits[] = {{"", 1}, {"s", 1}, {"ms", 1e-3}, {"m", 60}};
  const std::optional<double> seconds = ParseWithUnit(text, kUnits);
  constexpr double kLargest = 1e9;  // thirty years; a clock's counter has room for it
  if (!seconds || *seconds > kLargest) {
    return std::nullopt;
  }
  return seconds;
}

std::vector<std::string> SplitList(std::string_view text) {
  std::vector<std::string> words;
  size_t begin = 0;
  for (size_t comma; (comma = text.find(',', begin)) != std::string_view::npos; begin = comma + 1) {
    words.emplace_back(text.substr(begin, comma - begin));
  }
  words.emplace_back(text.substr(begin));
  return words;
}

std::vector<std::string> SplitLists(const std::vector<std::string>& lists) {
  std::vector<std::string> words;
  for (const std::string& list : lists) {
    const std::vector<std::string> more = SplitList(list);
    words.insert(words.end(), more.begin(), more.end());
  }
  return words;
}

}  // namespace cli
