#pragma once
// Reads data of other hands from tests/oracle.

#include <string>

#include <nlohmann/json_fwd.hpp>

namespace measure {

// `path` is below tests/oracle, which the working directory holds.
nlohmann::json ReadOracle(const std::string& path);

}  // namespace measure
