#pragma once
// Comma-separated values as RFC 4180 has them, with lines that end in "\n".

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace report {

// A text as a field, quoted where it must be. Spreadsheets take a text that begins with = + - @ or
// a tab for a formula, and may run it; it gets an apostrophe in front, which they take for "text".
std::string CsvText(std::string_view text);
// The shortest digits that give the same number again, "inf" for what has no end; empty for what is
// not a number.
std::string CsvNumber(double value);
// Fields that CsvText() and CsvNumber() made, as a line.
std::string CsvLine(const std::vector<std::string>& fields);

struct CsvRow {
  size_t line;                      // where it begins, from 1
  std::vector<std::string> fields;  // without spaces around them and without CsvText()'s apostrophe
};

// Blank lines are left out; lines may also end in "\r\n". False: *error says what is wrong in which
// line.
bool ReadCsv(std::string_view text, std::vector<CsvRow>* rows, std::string* error);

}  // namespace report
