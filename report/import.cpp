// Finds out which format a text has and where JSON breaks off. Tests:
// tests/report/import_test.cpp, tests/report/round_trip_test.cpp.

#include "report/import.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "report/import_formats.h"
#include "report/imported_run.h"

namespace report {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kGzip = "\x1F\x8B";

Json ParseJson(std::string_view text) {
  try {
    return Json::parse(text);
  } catch (const Json::parse_error& failure) {
    if (failure.byte > text.size()) {
      throw BadImport{"its JSON ends too early; the file is cut off: copy or export it again"};
    }
    const std::string_view before = text.substr(0, failure.byte - 1);
    const size_t line = 1 + static_cast<size_t>(std::count(before.begin(), before.end(), '\n'));
    const size_t column = before.size() - (before.rfind('\n') + 1) + 1;
    throw BadImport{fmt::format(
        "line {}, column {}: this is not JSON, which has no NaN, comments or second value; "
        "correct it, or export the file again",
        line, column)};
  } catch (const Json::out_of_range&) {
    throw BadImport{"it holds a number that is too large; correct it, or export the file again"};
  }
}

void ImportJson(std::string_view text, ImportedRun* run) {
  const Json json = ParseJson(text);
  if (json.is_object() && json.contains("results")) {
    ImportHyperfine(json, run);
  } else if (json.is_object() && json.contains("benchmarks")) {
    ImportPyperf(json, run);
  } else {
    throw BadImport{
        "it is JSON, but neither hyperfine's, which has `results`, nor pyperf's, which has "
        "`benchmarks`; use `hyperfine --export-json FILE` or `python3 -m pyperf ... -o FILE`"};
  }
}

}  // namespace

bool ImportResults(std::string_view text, std::string_view name, measure::Results* results,
                   std::string* error) {
  if (text.starts_with(kByteOrderMark)) {
    text.remove_prefix(kByteOrderMark.size());
  }
  try {
    if (text.starts_with(kGzip)) {
      throw BadImport{"it is compressed; unpack it with `gunzip` and import what comes out"};
    }
    ImportedRun run(name);
    const size_t first = text.find_first_not_of(" \t\r\n");
    const bool is_json =
        first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
    is_json ? ImportJson(text, &run) : ImportCsv(text, &run);
    *results = run.Take();
    return true;
  } catch (const BadImport& bad) {
    *error = bad.error;
    return false;
  }
}

}  // namespace report
