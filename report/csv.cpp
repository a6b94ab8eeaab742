// Tests: tests/report/csv_test.cpp; Python's csv reads the exports in
// tests/report/foreign_reader_test.cpp.

#include "report/csv.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace report {
namespace {

constexpr std::string_view kFormulaStarts = "=+-@\t\r";
constexpr std::string_view kSpaces = " \t";

bool StartsFormula(std::string_view text) {
  return !text.empty() && kFormulaStarts.find(text.front()) != std::string_view::npos;
}

std::string Trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(kSpaces);
  if (begin == std::string_view::npos) {
    return {};
  }
  return std::string(text.substr(begin, text.find_last_not_of(kSpaces) - begin + 1));
}

std::string Unguarded(std::string text) {
  const bool is_guarded = text.starts_with('\'') && StartsFormula(std::string_view(text).substr(1));
  return is_guarded ? text.substr(1) : text;
}

class CsvReader {
 public:
  explicit CsvReader(std::string_view text) : text_(text) {}

  bool AtEnd() const { return at_ == text_.size(); }

  bool ReadRow(CsvRow* row, std::string* error) {
    *row = {line_, {}};
    while (true) {
      std::string field;
      if (!ReadField(&field, error)) {
        return false;
      }
      row->fields.push_back(std::move(field));
      if (AtEnd()) {
        return true;
      }
      if (text_[at_++] == '\n') {
        ++line_;
        return true;
      }
    }
  }

 private:
  // Stops at a comma, a line's end or the end of the text.
  bool ReadField(std::string* field, std::string* error) {
    while (!AtEnd() && kSpaces.find(text_[at_]) != std::string_view::npos) {
      ++at_;
    }
    if (!AtEnd() && text_[at_] == '"') {
      return ReadQuoted(field, error);
    }
    const size_t end = std::min(text_.find_first_of(",\n", at_), text_.size());
    std::string_view plain = text_.substr(at_, end - at_);
    if (plain.ends_with('\r')) {
      plain.remove_suffix(1);
    }
    *field = Unguarded(Trimmed(plain));
    at_ = end;
    return true;
  }

  bool ReadQuoted(std::string* field, std::string* error) {
    const size_t opened = line_;
    for (++at_; !AtEnd(); ++at_) {
      if (text_[at_] == '"') {
        ++at_;
        if (AtEnd() || text_[at_] != '"') {
          *field = Unguarded(std::move(*field));
          return SkipToSeparator(error);
        }
      }
      line_ += text_[at_] == '\n' ? 1 : 0;
      *field += text_[at_];
    }
    *error = fmt::format(
        "line {}: a quote is opened and never closed; close it, or write \"\" for "
        "a quote within a quoted field",
        opened);
    return false;
  }

  bool SkipToSeparator(std::string* error) {
    while (!AtEnd() && (text_[at_] == ' ' || text_[at_] == '\r')) {
      ++at_;
    }
    if (AtEnd() || text_[at_] == ',' || text_[at_] == '\n') {
      return true;
    }
    *error = fmt::format(
        "line {}: text follows a closing quote; put a comma between them, or "
        "write \"\" for a quote within a quoted field",
        line_);
    return false;
  }

  std::string_view text_;
  size_t at_ = 0;
  size_t line_ = 1;
};

}  // namespace

std::string CsvText(std::string_view text) {
  std::string field(text);
  if (StartsFormula(text)) {
    field.insert(0, 1, '\'');
  }
  if (field.find_first_of(",\"\r\n") == std::string::npos && field == Trimmed(field)) {
    return field;
  }
  for (size_t at = field.find('"'); at != std::string::npos; at = field.find('"', at + 2)) {
    field.insert(at, 1, '"');
  }
  return '"' + field + '"';
}

std::string CsvNumber(double value) {
  return std::isnan(value) ? std::string() : fmt::format("{}", value);
}

std::string CsvLine(const std::vector<std::string>& fields) {
  return fmt::format("{}\n", fmt::join(fields, ","));
}

bool ReadCsv(std::string_view text, std::vector<CsvRow>* rows, std::string* error) {
  CsvReader reader(text);
  while (!reader.AtEnd()) {
    CsvRow row;
    if (!reader.ReadRow(&row, error)) {
      return false;
    }
    if (row.fields.size() > 1 || !row.fields.front().empty()) {
      rows->push_back(std::move(row));
    }
  }
  return true;
}

}  // namespace report
