// The table of engines. Tests: tests/cli/options_test.cpp.

#include "cli/registry.h"

#include <algorithm>

#include "interp/interpreter.h"

namespace cli {

namespace {

template <interp::Ladder kLadder>
std::unique_ptr<runtime::Backend> MakeInterpreter() {
  return std::make_unique<interp::Interpreter>(kLadder);
}

constexpr Configuration kConfigurations[] = {
    {"interp-boxed", "interp", "boxed", false, MakeInterpreter<interp::Ladder::Boxed>},
    {"interp-typed", "interp", "typed", false, MakeInterpreter<interp::Ladder::Typed>},
    {"interp-fused", "interp", "fused", true, MakeInterpreter<interp::Ladder::Fused>},
};

}  // namespace

std::span<const Configuration> Configurations() { return kConfigurations; }

std::vector<std::string_view> BackendNames() {
  std::vector<std::string_view> names;
  for (const Configuration& row : kConfigurations) {
    if (std::find(names.begin(), names.end(), row.backend) == names.end()) {
      names.push_back(row.backend);
    }
  }
  return names;
}

std::vector<std::string_view> ModeNames(std::string_view backend) {
  std::vector<std::string_view> names;
  for (const Configuration& row : kConfigurations) {
    if (row.backend == backend && !row.mode.empty()) {
      names.push_back(row.mode);
    }
  }
  return names;
}

const Configuration* FindConfiguration(std::string_view backend, std::string_view mode) {
  for (const Configuration& row : kConfigurations) {
    if (row.backend == backend && (mode.empty() ? row.is_default : row.mode == mode)) {
      return &row;
    }
  }
  return nullptr;
}

}  // namespace cli
