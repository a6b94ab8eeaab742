#pragma once
// Sizes, durations and lists as people write them on a command line.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

// "64k", "512M", "1G", "1.5G", "4096": k, M and G are powers of 1024; a "B" or "iB" may follow.
// Null when it is no size, is not positive, or does not fit.
std::optional<uint64_t> ParseSize(std::string_view text);

// "2", "0.5", "500ms", "2s", "1m" in seconds. Null when it is no duration or not positive.
std::optional<double> ParseSeconds(std::string_view text);

// The words between the commas of "a,b"; "" is one empty word.
std::vector<std::string> SplitList(std::string_view text);
// Of several such lists, as a repeated flag gives them.
std::vector<std::string> SplitLists(const std::vector<std::string>& lists);

}  // namespace cli
