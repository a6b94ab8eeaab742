#pragma once
// Run-sequence plots as one SVG image, a panel for each process.

#include <span>
#include <string>

#include "report/run_plot.h"

namespace report {

// Stands alone: no script, nothing loaded, light or dark as the viewer prefers. Texts are escaped.
std::string PlotSvg(std::span<const RunPlot> plots);

// A page with the image and a table of the iterations behind each panel.
std::string PlotHtml(std::string_view title, std::span<const RunPlot> plots);

}  // namespace report
