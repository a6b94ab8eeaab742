// The header decides which kind it is: `bench_name` in the second column is warmup_stats', `engine`
// and `seconds` are the lab's samples, `seconds` alone is a series, and no header is one number a
// line. Tests: tests/report/import_test.cpp.

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "frontend/diagnostic.h"
#include "report/cell_label.h"
#include "report/csv.h"
#include "report/import_formats.h"

namespace report {
namespace {

constexpr std::string_view kParameterColumn = "parameter_";

[[noreturn]] void Fail(size_t line, std::string_view what, std::string_view remedy) {
  throw BadImport{fmt::format("line {}: {}; {}", line, what, remedy)};
}

std::string Quoted(std::string_view field) { return '`' + frontend::Printable(field) + '`'; }

// False when the field is anything but one number. "nan" and "inf" are numbers.
template <typename T>
bool ReadNumber(std::string_view field, T* number) {
  const char* end = field.data() + field.size();
  const auto [stop, failure] = std::from_chars(field.data(), end, *number);
  return failure == std::errc() && stop == end;
}

double TimeAt(const CsvRow& row, size_t column) {
  double seconds = 0;
  const std::string_view field = row.fields[column];
  if (!ReadNumber(field, &seconds) || !IsTime(seconds)) {
    Fail(row.line, fmt::format("column {} is {}, but {}", column + 1, Quoted(field), kTimeRule),
         "measure again, or remove it");
  }
  return seconds;
}

uint32_t NumberAt(const CsvRow& row, size_t column, std::string_view name) {
  uint32_t number = 0;
  if (!ReadNumber(row.fields[column], &number)) {
    Fail(row.line,
         fmt::format("{} is {}, and a whole number from 0 was expected", name,
                     Quoted(row.fields[column])),
         "correct it");
  }
  return number;
}

using Rows = std::vector<CsvRow>;

size_t ColumnOf(const CsvRow& header, std::string_view name) {
  return static_cast<size_t>(std::find(header.fields.begin(), header.fields.end(), name) -
                             header.fields.begin());
}

bool HasColumn(const CsvRow& header, std::string_view name) {
  return ColumnOf(header, name) < header.fields.size();
}

void DemandLines(const Rows& rows) {
  if (rows.size() == 1) {
    Fail(rows.front().line, "nothing follows the names of the columns", "measure again");
  }
}

// Every line has as many fields as the header.
void DemandTable(const Rows& rows) {
  DemandLines(rows);
  for (const CsvRow& row : rows) {
    if (row.fields.size() != rows.front().fields.size()) {
      Fail(row.line,
           fmt::format("it has {} columns, and the header has {}", row.fields.size(),
                       rows.front().fields.size()),
           "the file may be cut off: export it again");
    }
  }
}

void ImportWarmupStats(Rows rows, ImportedRun* run) {
  DemandLines(rows);
  for (auto row = rows.begin() + 1; row != rows.end(); ++row) {
    while (!row->fields.empty() && row->fields.back().empty()) {
      row->fields.pop_back();  // Spreadsheets fill short lines up.
    }
    if (row->fields.size() < 3) {
      Fail(row->line, "a process has no times", "remove the line, or measure again");
    }
    const uint32_t round = NumberAt(*row, 0, "the process");
    const std::string& bench = row->fields[1];
    const std::optional<LabelledCell> label = ReadLabel(bench);
    const uint32_t index =
        run->RowOf(label ? label->cell : measure::Cell{run->name(), bench, {}, {}});
    if (run->HasProcess(index, round)) {
      Fail(row->line, fmt::format("process {} of {} is there twice", round, Quoted(bench)),
           "number the processes of a benchmark from 0");
    }
    measure::ProcessRun& process = run->ProcessOf(index, round);
    for (size_t i = 2; i < row->fields.size(); ++i) {
      AddSample(&process, 1, TimeAt(*row, i));
    }
  }
}

void ImportSamples(const Rows& rows, ImportedRun* run) {
  const CsvRow& header = rows.front();
  for (const char* name : {"program", "bench", "engine", "round", "iteration", "calls"}) {
    if (!HasColumn(header, name)) {
      Fail(header.line, fmt::format("there is no column `{}`", name),
           "export it again with --export=samples-csv");
    }
  }
  DemandTable(rows);
  const size_t iteration = ColumnOf(header, "iteration");
  const size_t calls = ColumnOf(header, "calls");
  const size_t seconds = ColumnOf(header, "seconds");
  measure::ProcessRun* process = nullptr;
  for (auto row = rows.begin() + 1; row != rows.end(); ++row) {
    if (NumberAt(*row, iteration, "the iteration") == 0) {
      measure::Cell cell{row->fields[ColumnOf(header, "program")],
                         row->fields[ColumnOf(header, "bench")],
                         row->fields[ColumnOf(header, "engine")],
                         {}};
      for (size_t i = 0; i < header.fields.size(); ++i) {
        const std::string_view name = header.fields[i];
        if (name.starts_with(kParameterColumn) && !row->fields[i].empty()) {
          cell.parameters.push_back(
              {std::string(name.substr(kParameterColumn.size())), row->fields[i]});
        }
      }
      const uint32_t round = NumberAt(*row, ColumnOf(header, "round"), "the round");
      const uint32_t index = run->RowOf(cell);
      if (run->HasProcess(index, round)) {
        Fail(row->line, "this process begins a second time", "remove one of them");
      }
      process = &run->ProcessOf(index, round);
    }
    const uint32_t count = NumberAt(*row, calls, "the number of calls");
    if (process == nullptr || count == 0) {
      Fail(row->line,
           process == nullptr ? "a process does not begin with iteration 0"
                              : "a time of no calls says nothing",
           "export it again with --export=samples-csv");
    }
    AddSample(process, count, TimeAt(*row, seconds));
  }
}

measure::ProcessRun& AddSeries(ImportedRun* run) {
  return run->ProcessOf(run->RowOf({run->name(), run->name(), {}, {}}), 0);
}

void ImportSeries(const Rows& rows, ImportedRun* run) {
  DemandTable(rows);
  const size_t seconds = ColumnOf(rows.front(), "seconds");
  measure::ProcessRun& process = AddSeries(run);
  for (auto row = rows.begin() + 1; row != rows.end(); ++row) {
    AddSample(&process, 1, TimeAt(*row, seconds));
  }
}

void ImportNumbers(const Rows& rows, ImportedRun* run) {
  measure::ProcessRun& process = AddSeries(run);
  for (const CsvRow& row : rows) {
    double number = 0;
    if (row.fields.size() != 1) {
      Fail(row.line, fmt::format("there are {} numbers in it", row.fields.size()),
           "without a header a file has one number a line: name the columns in the first line, "
           "and the one of the times `seconds`");
    }
    if (!ReadNumber(row.fields.front(), &number) || !std::isfinite(number)) {
      Fail(row.line, Quoted(row.fields.front()) + " is no finite number", "correct or remove it");
    }
    AddSample(&process, 1, number);
  }
}

}  // namespace

void ImportCsv(std::string_view text, ImportedRun* run) {
  Rows rows;
  std::string error;
  if (!ReadCsv(text, &rows, &error)) {
    throw BadImport{error};
  }
  if (rows.empty()) {
    throw BadImport{"it is empty; measure again"};
  }
  const CsvRow& header = rows.front();
  double number = 0;
  if (header.fields.size() >= 2 && header.fields[1] == "bench_name") {
    ImportWarmupStats(std::move(rows), run);
  } else if (HasColumn(header, "seconds")) {
    HasColumn(header, "engine") ? ImportSamples(rows, run) : ImportSeries(rows, run);
  } else if (ReadNumber(header.fields.front(), &number)) {
    ImportNumbers(rows, run);
  } else if (header.fields.front() == "command") {
    Fail(header.line, "this is hyperfine's CSV, which has no single times",
         "export it with `hyperfine --export-json`");
  } else {
    Fail(header.line,
         fmt::format("it begins with {}, which no known format does",
                     Quoted(std::string_view(header.fields.front()).substr(0, 40))),
         "import JSON of hyperfine or pyperf, CSV of warmup_stats or with a column `seconds`, or "
         "one number a line");
  }
}

}  // namespace report
