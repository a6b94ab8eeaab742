#pragma once
// The comparison as Markdown, for reports, pull requests and course pages.

#include <string>
#include <string_view>

#include "measure/summary.h"

namespace report {

// A table of GitHub's kind with a line a row, one of variants where there are any, and the notes.
// `summary` is of `results`.
std::string ComparisonMarkdown(const measure::Results& results, const measure::Summary& summary);

// `text` so that Markdown shows it as it is, also within a table.
std::string MarkdownText(std::string_view text);

}  // namespace report
