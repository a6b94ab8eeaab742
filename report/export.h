#pragma once
// The forms in which results leave the lab. docs/export_formats.md tells what each holds.

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "measure/summary.h"

namespace report {

enum class Format {
  Markdown,
  Csv,
  SamplesCsv,
  Hyperfine,
  HyperfineIterations,
  Pyperf,
  WarmupCsv,
};

struct FormatRow {
  Format format;
  std::string_view name;     // as the command line has it
  std::string_view ending;   // of a file's name that stands for this format, or empty
  std::string_view summary;  // for the command's help
};

// All of them, in the order of the help.
std::span<const FormatRow> Formats();

// The format of that name, or the one that the ending of a file's name stands for: "table.md".
std::optional<Format> FormatOf(std::string_view name_or_path);

// `summary` is of `results`. The same input gives the same bytes.
std::string Export(Format format, const measure::Results& results, const measure::Summary& summary);

}  // namespace report
