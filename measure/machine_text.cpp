// Cuts up the texts of /proc and /sys. Tests: tests/measure/machine_files_test.cpp.

#include "measure/machine_text.h"

#include <algorithm>
#include <string>

namespace measure {

namespace {

constexpr std::string_view kSpace = " \t\n";

std::string_view Trimmed(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(kSpace), text.size()));
  return text.substr(0, text.find_last_not_of(kSpace) + 1);
}

// Takes the text up to the separator off the front.
std::string_view Next(std::string_view* text, char separator) {
  const size_t end = std::min(text->find(separator), text->size());
  const std::string_view part = text->substr(0, end);
  text->remove_prefix(std::min(end + 1, text->size()));
  return part;
}

}  // namespace

std::vector<std::string_view> Words(std::string_view text) {
  std::vector<std::string_view> words;
  while (!(text = Trimmed(text)).empty()) {
    const size_t end = std::min(text.find_first_of(kSpace), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return words;
}

std::optional<std::string_view> Field(std::string_view text, std::string_view name) {
  while (!text.empty()) {
    std::string_view line = Next(&text, '\n');
    if (!line.starts_with(name)) {
      continue;
    }
    line.remove_prefix(name.size());
    const size_t value = std::min(line.find_first_not_of(":= \t"), line.size());
    if (value != 0) {
      return Trimmed(line.substr(value));
    }
  }
  return std::nullopt;
}

std::vector<int> CpuList(std::string_view text) {
  // Kernels end at 8192; a larger number is no list of CPUs.
  constexpr int kMaxCpu = 8192;
  std::vector<int> cpus;
  text = Trimmed(text);
  while (!text.empty()) {
    std::string_view range = Next(&text, ',');
    const std::optional<int> first = ToNumber<int>(Next(&range, '-'));
    const std::optional<int> last = range.empty() ? first : ToNumber<int>(range);
    if (first && last && *last < kMaxCpu) {
      for (int cpu = *first; cpu <= *last; ++cpu) {
        cpus.push_back(cpu);
      }
    }
  }
  return cpus;
}

std::string_view Bracketed(std::string_view text) {
  const size_t open = text.find('[');
  const size_t close = text.find(']');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) {
    return {};
  }
  return text.substr(open + 1, close - open - 1);
}

std::optional<double> SomePressure(std::string_view text, std::string_view name) {
  const std::optional<std::string_view> some = Field(text, "some");
  if (some) {
    for (std::string_view word : Words(*some)) {
      if (Next(&word, '=') == name) {
        return ToNumber<double>(word);
      }
    }
  }
  return std::nullopt;
}

std::vector<std::string_view> StatWords(std::string_view text) {
  const size_t name_end = text.rfind(')');
  return name_end == std::string_view::npos ? std::vector<std::string_view>()
                                            : Words(text.substr(name_end + 1));
}

}  // namespace measure
