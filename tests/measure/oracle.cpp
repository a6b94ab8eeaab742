// Parses a file of tests/oracle; one that is missing or broken ends the test with an exception.

#include "tests/measure/oracle.h"

#include <fstream>

#include <nlohmann/json.hpp>

namespace measure {

nlohmann::json ReadOracle(const std::string& path) {
  std::ifstream file("tests/oracle/" + path);
  return nlohmann::json::parse(file);
}

}  // namespace measure
