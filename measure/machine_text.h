#pragma once
// The few formats in which Linux writes its files for people and programs.

#include <charconv>
#include <optional>
#include <string_view>
#include <vector>

namespace measure {

// The whole text as a number; null when it is something else.
template <typename T>
std::optional<T> ToNumber(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_whole = error == std::errc() && end == text.data() + text.size();
  return is_whole ? std::optional(value) : std::nullopt;
}

// What stands between white space.
std::vector<std::string_view> Words(std::string_view text);

// The rest of the first line that starts with `name` and a separator, one of `:`, `=`, a space or a
// tab; without the white space around it. Null when there is no such line.
std::optional<std::string_view> Field(std::string_view text, std::string_view name);

// The first number of such a line: 24684084 of "MemTotal:       24684084 kB".
template <typename T>
std::optional<T> NumberField(std::string_view text, std::string_view name) {
  const std::optional<std::string_view> field = Field(text, name);
  return field ? ToNumber<T>(field->substr(0, field->find_first_of(" \t"))) : std::nullopt;
}

// "0-2,5" as 0, 1, 2, 5; what cannot be read is left out.
std::vector<int> CpuList(std::string_view text);

// The word in brackets: "madvise" of "always [madvise] never". Empty when there is none.
std::string_view Bracketed(std::string_view text);

// The number behind `name`= on the line of a pressure file that starts with "some": the share of
// time, in percent, or in microseconds for `total`, in which some task had to wait.
std::optional<double> SomePressure(std::string_view text, std::string_view name);

// The words of /proc/PID/stat from the third one, the state, on: the name before it may hold spaces
// and brackets. Word n of proc(5), which counts from 1, is at n - 3.
std::vector<std::string_view> StatWords(std::string_view text);

}  // namespace measure
