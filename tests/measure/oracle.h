#pragma once
// Reads data of other hands from tests/oracle.

#include <fstream>
#include <string>

#include <nlohmann/json.hpp>

namespace measure {

inline nlohmann::json ReadOracle(const std::string& path) {
  std::ifstream file("tests/oracle/" + path);
  return nlohmann::json::parse(file);
}

}  // namespace measure
