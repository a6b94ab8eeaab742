#pragma once
// The engines that can run a program. A new backend is a row in registry.cpp:
// the command line, its help and the golden tests all read the table.

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "runtime/backend.h"

namespace cli {

// A backend in one of its modes.
struct Configuration {
  std::string_view name;     // "interp-typed": stable, also the name in tests
  std::string_view backend;  // --backend=
  std::string_view mode;     // --interp=; empty when the backend has no modes
  bool is_default;           // the mode taken when none is given
  std::unique_ptr<runtime::Backend> (*make)();
};

std::span<const Configuration> Configurations();

// The names that --backend= and --interp= take, in the order of the table.
std::vector<std::string_view> BackendNames();
std::vector<std::string_view> ModeNames(std::string_view backend);
// Null when there is no such row. An empty mode means the default one.
const Configuration* FindConfiguration(std::string_view backend, std::string_view mode);

inline constexpr std::string_view kDefaultBackend = "interp";

}  // namespace cli
