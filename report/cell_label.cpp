// Reading takes a label apart from its end, where the lab's own names stand, and accepts what gives
// the same label again. Tests: tests/report/cell_label_test.cpp.

#include "report/cell_label.h"

#include <charconv>

#include <fmt/format.h>

#include "frontend/diagnostic.h"

namespace report {
namespace {

constexpr std::string_view kEngineMark = " @";
constexpr std::string_view kProcessMark = " #";

// "n=1000, m=2".
bool ReadParameters(std::string_view text, std::vector<measure::Parameter>* parameters) {
  while (true) {
    const size_t end = text.find(", ");
    const std::string_view one = text.substr(0, end);
    const size_t equals = one.find('=');
    if (equals == std::string_view::npos) {
      return false;
    }
    parameters->push_back(
        {std::string(one.substr(0, equals)), std::string(one.substr(equals + 1))});
    if (end == std::string_view::npos) {
      return true;
    }
    text.remove_prefix(end + 2);
  }
}

}  // namespace

std::string CellLabel(const measure::Cell& cell) {
  if (cell.bench.empty() || cell.engine.empty()) {
    return frontend::Printable(cell.bench.empty() ? cell.engine : measure::BenchText(cell));
  }
  return frontend::Printable(
      fmt::format("{} {}{}{}", cell.program, measure::BenchText(cell), kEngineMark, cell.engine));
}

std::string ProcessLabel(const measure::Cell& cell, uint32_t round) {
  return fmt::format("{}{}{}", CellLabel(cell), kProcessMark, round + 1);
}

std::optional<LabelledCell> ReadLabel(std::string_view label) {
  LabelledCell read;
  const size_t engine_mark = label.rfind(kEngineMark);
  if (engine_mark == std::string_view::npos) {
    return std::nullopt;
  }
  const std::string_view end = label.substr(engine_mark + kEngineMark.size());
  const size_t process_mark = end.find(kProcessMark);
  read.cell.engine = end.substr(0, process_mark);
  if (process_mark != std::string_view::npos) {
    const std::string_view digits = end.substr(process_mark + kProcessMark.size());
    uint32_t number = 0;
    const auto [stop, failure] =
        std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (failure != std::errc() || number == 0) {
      return std::nullopt;
    }
    read.round = number - 1;
  }
  std::string_view work = label.substr(0, engine_mark);
  const size_t open = work.ends_with(')') ? work.rfind('(') : std::string_view::npos;
  if (open != std::string_view::npos) {
    if (!ReadParameters(work.substr(open + 1, work.size() - open - 2), &read.cell.parameters)) {
      return std::nullopt;
    }
    work = work.substr(0, open);
  }
  const size_t space = work.rfind(' ');
  if (space == std::string_view::npos || space == 0 || space + 1 == work.size() ||
      read.cell.engine.empty() || read.cell.engine.find(' ') != std::string::npos) {
    return std::nullopt;
  }
  read.cell.program = work.substr(0, space);
  read.cell.bench = work.substr(space + 1);
  const std::string again =
      read.round ? ProcessLabel(read.cell, *read.round) : CellLabel(read.cell);
  return again == label ? std::optional(std::move(read)) : std::nullopt;
}

}  // namespace report
