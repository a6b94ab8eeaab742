#pragma once
// Results of other tools, so that their rows can stand in the lab's tables.
// docs/export_formats.md tells what becomes of each format.

#include <string>
#include <string_view>

#include "measure/results.h"

namespace report {

// Recognises by its content: the JSON of hyperfine and of pyperf, the CSV of warmup_stats, the
// lab's own samples-csv, a CSV with a column `seconds`, and one number a line. `name` (of the file)
// names the program, and the row of a series; rows that the lab exported get their own names back.
//
// Every time must be a finite number above 0; only in one number a line, which need not be times,
// negative ones are allowed. False: *error says in a sentence what is wrong, where (line or JSON
// path) and what to do, and *results is unchanged.
bool ImportResults(std::string_view text, std::string_view name, measure::Results* results,
                   std::string* error);

}  // namespace report
