#pragma once
// Run-sequence plots for a terminal.

#include <cstddef>
#include <string>

#include "report/run_plot.h"

namespace report {

enum class Charset { Ascii, Unicode };

struct PlotStyle {
  size_t width = 78;   // columns, axis included; at least 30
  size_t height = 10;  // rows of the plot itself
  Charset charset = Charset::Unicode;
};

// Lines, each with its newline: title and summary, the plot, the axis with a mark at each change of
// level, a line with the engine's marks and one below the steady part, and what is off the scale.
std::string PlotText(const RunPlot& plot, const PlotStyle& style);

}  // namespace report
