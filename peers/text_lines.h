#pragma once
// The lines of what programs print.

#include <string_view>
#include <vector>

namespace peers {

// Views into `text`, without the line breaks.
std::vector<std::string_view> LinesOf(std::string_view text);

// The first line that holds more than spaces, without those in front; empty when there is none.
std::string_view FirstLineOf(std::string_view text);

}  // namespace peers
