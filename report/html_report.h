#pragma once
// One HTML page that holds everything about a run: it loads nothing, neither from the network nor
// from beside it, and its tables need no script.

#include <string>

#include "measure/results.h"
#include "measure/summary.h"

namespace report {

// `summary` is of `results`. What programs and results files call themselves may be anything: it is
// shown as text and is never markup.
std::string HtmlReport(const measure::Results& results, const measure::Summary& summary);

}  // namespace report
