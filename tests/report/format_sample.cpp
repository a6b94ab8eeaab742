// Reads whole files.

#include "tests/report/format_sample.h"

#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

namespace report {

std::string OracleText(const std::string& path) {
  std::ifstream file("tests/oracle/" + path);
  EXPECT_TRUE(file.is_open()) << "tests/oracle/" << path;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

nlohmann::ordered_json OracleJson(const std::string& path) {
  nlohmann::ordered_json json = nlohmann::ordered_json::parse(OracleText(path), nullptr, false);
  EXPECT_FALSE(json.is_discarded()) << path;
  return json;
}

std::string KindOf(const nlohmann::ordered_json& json) {
  return json.is_number_integer() ? "whole number" : json.type_name();
}

}  // namespace report
