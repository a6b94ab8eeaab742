#pragma once
// The longer texts of `lab help`.

#include <span>
#include <string_view>

namespace cli {

struct Topic {
  std::string_view name;
  std::string_view summary;  // for the overview
  std::string_view text;
};

std::span<const Topic> Topics();

}  // namespace cli
