#pragma once
// Reads tests/oracle, the data of other hands that the statistics must reproduce. Tests run in the
// root of the source tree.

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace measure {

// `path` is relative to tests/oracle. -Infinity, which is not JSON, reads as null. A file that
// cannot be read is a failure of the test and gives null.
nlohmann::json OracleJson(const std::string& path);

// One value per line, or the column `seconds` of a CSV file.
std::vector<double> OracleSeries(const std::string& path);

}  // namespace measure
