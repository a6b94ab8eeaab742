// warmup_stats takes the number of iterations from the last column's name and a float from every
// field, so that a shorter process has a shorter line and no empty fields. Tests:
// tests/report/export_csv_test.cpp, tests/report/foreign_reader_test.cpp.

#include "report/export_warmup_csv.h"

#include <algorithm>

#include <fmt/format.h>

#include "report/cell_label.h"
#include "report/csv.h"
#include "report/export_rows.h"

namespace report {

std::string WarmupCsv(const measure::Results& results, const measure::Summary& summary) {
  const std::vector<ExportRow> rows = ExportRows(results, summary);
  size_t columns = 0;
  std::string lines;
  for (const ExportRow& row : rows) {
    std::string name = CellLabel(*row.cell);
    std::replace(name.begin(), name.end(), ':', '/');
    for (const ExportProcess& process : row.processes) {
      columns = std::max(columns, process.summary->seconds.size());
      std::vector<std::string> fields{fmt::format("{}", process.run->round), CsvText(name)};
      for (const double seconds : process.summary->seconds) {
        fields.push_back(CsvNumber(seconds));
      }
      lines += CsvLine(fields);
    }
  }
  std::vector<std::string> header{"process_exec_idx", "bench_name"};
  for (size_t i = 0; i < columns; ++i) {
    header.push_back(fmt::format("{}", i));
  }
  return CsvLine(header) + lines;
}

}  // namespace report
