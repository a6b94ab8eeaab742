#pragma once
// What the HTML page needs besides its data: report/assets/, embedded by the build.

#include <string_view>

namespace report {

extern const std::string_view kPageStyle;
extern const std::string_view kPageScript;
extern const std::string_view kHowToRead;  // HTML

}  // namespace report
