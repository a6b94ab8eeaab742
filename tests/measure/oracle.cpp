// Files of tests/oracle as JSON and as series, for the tests of this folder.

#include "tests/measure/oracle.h"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace measure {
namespace {

std::ifstream Open(const std::string& path) {
  std::ifstream file("tests/oracle/" + path);
  EXPECT_TRUE(file.is_open()) << "tests/oracle/" << path;
  return file;
}

}  // namespace

nlohmann::json OracleJson(const std::string& path) {
  std::ifstream file = Open(path);
  std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const std::string infinity = "-Infinity";
  for (size_t at = text.find(infinity); at != std::string::npos; at = text.find(infinity, at)) {
    text.replace(at, infinity.size(), "null");
  }
  nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
  EXPECT_FALSE(json.is_discarded()) << path;
  return json.is_discarded() ? nlohmann::json() : json;
}

std::vector<double> OracleSeries(const std::string& path) {
  std::ifstream file = Open(path);
  const bool is_csv = path.ends_with(".csv");
  std::string line;
  if (is_csv) {
    std::getline(file, line);
  }
  std::vector<double> series;
  while (std::getline(file, line)) {
    const size_t begin = is_csv ? line.find(',') + 1 : 0;
    series.push_back(std::strtod(line.c_str() + begin, nullptr));
  }
  EXPECT_FALSE(series.empty()) << path;
  return series;
}

}  // namespace measure
