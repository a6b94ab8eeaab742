#pragma once
// The readers behind ImportResults(), for the .cpp files of the imports only. All throw BadImport.

#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "report/imported_run.h"

namespace report {

// hyperfine's: an object with `results`.
void ImportHyperfine(const nlohmann::ordered_json& json, ImportedRun* run);
// pyperf's, format version 1.0: an object with `benchmarks`.
void ImportPyperf(const nlohmann::ordered_json& json, ImportedRun* run);
// warmup_stats', the lab's samples, a column `seconds`, one number a line.
void ImportCsv(std::string_view text, ImportedRun* run);

}  // namespace report
