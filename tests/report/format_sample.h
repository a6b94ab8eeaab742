#pragma once
// Files of other tools in tests/oracle. Tests run in the root of the source tree.

#include <string>

#include <nlohmann/json.hpp>

namespace report {

// `path` is relative to tests/oracle. A file that cannot be read is a failure of the test.
std::string OracleText(const std::string& path);
nlohmann::ordered_json OracleJson(const std::string& path);

// "text", "number", "whole number", "list" ...: what a reader tells apart.
std::string KindOf(const nlohmann::ordered_json& json);

}  // namespace report
