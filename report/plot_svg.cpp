// Tests: tests/report/plot_svg_test.cpp.

#include "report/plot_svg.h"

#include <algorithm>

#include <fmt/format.h>

#include "frontend/diagnostic.h"
#include "report/html_text.h"
#include "report/units.h"

namespace report {
namespace {

constexpr double kPanelWidth = 720;
constexpr double kPanelHeight = 190;
constexpr double kLeft = 78;
constexpr double kRight = 16;
constexpr double kTop = 44;
constexpr double kBottom = 30;

constexpr std::string_view kStyle = R"(
    text { font: 12px system-ui, sans-serif; fill: #1f2328; }
    .title { font-weight: 600; }
    .quiet { fill: #59636e; }
    .frame { fill: none; stroke: #8b949e; }
    .run { fill: #0969da; }
    .outlier { fill: none; stroke: #9a6700; stroke-width: 1.3; }
    .off { fill: #9a6700; }
    .level { stroke: #1f2328; stroke-width: 1.5; stroke-dasharray: 7 4; }
    .change { stroke: #cf222e; stroke-dasharray: 2 3; }
    .steady { fill: #1a7f37; fill-opacity: 0.12; }
    .mark { stroke: #8250df; stroke-width: 2; }
    .letter { fill: #8250df; font-weight: 600; }
    .page { fill: #ffffff; }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3; }
      .quiet { fill: #9198a1; }
      .run { fill: #58a6ff; }
      .outlier { stroke: #d29922; }
      .off { fill: #d29922; }
      .level { stroke: #e6edf3; }
      .change { stroke: #ff7b72; }
      .steady { fill: #3fb950; fill-opacity: 0.16; }
      .mark { stroke: #a371f7; }
      .letter { fill: #a371f7; }
      .page { fill: #0d1117; }
    }
)";

// Control characters and invalid bytes have no place in XML.
std::string Escaped(std::string_view text) { return HtmlText(frontend::Printable(text)); }

class Panel {
 public:
  Panel(const RunPlot& plot, double top) : plot_(plot), top_(top), scale_(ScaleOf(plot)) {}

  std::string Draw() {
    std::string summary = RunSummaryText(plot_.warmup);
    if (const std::string outliers = OutliersText(plot_.warmup); !outliers.empty()) {
      summary += "; ○ " + outliers;
    }
    if (!plot_.marks.empty()) {
      summary += "; " + MarkLegend(plot_);
    }
    Add("<text class=\"title\" x=\"{}\" y=\"{}\">{}</text>", kLeft, top_ + 16,
        Escaped(plot_.title));
    Add("<text class=\"quiet\" x=\"{}\" y=\"{}\">{}</text>", kLeft, top_ + 34, Escaped(summary));
    if (plot_.warmup.steady) {
      const double from = X(plot_.warmup.steady->from) - Step() / 2;
      Add("<rect class=\"steady\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\"/>",
          from, Upper(), kPanelWidth - kRight - from, Lower() - Upper());
    }
    Add("<path class=\"frame\" d=\"M{:.1f} {:.1f}V{:.1f}H{:.1f}\"/>", kLeft, Upper(), Lower(),
        kPanelWidth - kRight);
    DrawAxes();
    DrawRuns();
    DrawLevels();
    DrawMarks();
    return std::move(text_);
  }

 private:
  template <typename... T>
  void Add(fmt::format_string<T...> format, T&&... values) {
    text_ += "  " + fmt::format(format, std::forward<T>(values)...) + "\n";
  }

  double Upper() const { return top_ + kTop; }
  double Lower() const { return top_ + kPanelHeight - kBottom; }
  double Step() const {
    return (kPanelWidth - kLeft - kRight) / static_cast<double>(plot_.seconds.size());
  }
  double X(size_t iteration) const {
    return kLeft + (static_cast<double>(iteration) + 0.5) * Step();
  }
  double Y(double seconds) const {
    return Lower() - (seconds - scale_.low) / (scale_.high - scale_.low) * (Lower() - Upper());
  }

  void DrawAxes() {
    for (const double share : {0.0, 0.5, 1.0}) {
      const double seconds = scale_.low + share * (scale_.high - scale_.low);
      Add("<text class=\"quiet\" text-anchor=\"end\" x=\"{}\" y=\"{:.1f}\">{}</text>", kLeft - 8,
          Y(seconds) + 4, DurationText(seconds));
    }
    Add("<text class=\"quiet\" x=\"{}\" y=\"{:.1f}\">run 1</text>", kLeft, Lower() + 18);
    if (plot_.seconds.size() > 1) {
      Add("<text class=\"quiet\" text-anchor=\"end\" x=\"{}\" y=\"{:.1f}\">run {}</text>",
          kPanelWidth - kRight, Lower() + 18, plot_.seconds.size());
    }
    if (const std::string off_scale = OffScaleText(plot_, scale_); !off_scale.empty()) {
      Add("<text class=\"quiet\" text-anchor=\"middle\" x=\"{}\" y=\"{:.1f}\">▲ {}</text>",
          (kLeft + kPanelWidth - kRight) / 2, Lower() + 18, off_scale);
    }
  }

  void DrawRuns() {
    const std::vector<size_t>& outliers = plot_.warmup.outliers;
    const double radius = std::clamp(Step() / 3, 0.8, 3.0);
    for (size_t i = 0; i < plot_.seconds.size(); ++i) {
      const double seconds = plot_.seconds[i];
      const std::string tip =
          fmt::format("<title>run {}: {}</title>", i + 1, DurationText(seconds));
      if (seconds > scale_.high) {
        Add("<path class=\"off\" d=\"M{:.1f} {:.1f}l4 7h-8z\">{}</path>", X(i), Upper() - 4, tip);
      } else if (std::binary_search(outliers.begin(), outliers.end(), i)) {
        Add("<circle class=\"outlier\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\">{}</circle>", X(i),
            Y(seconds), radius + 1.5, tip);
      } else {
        Add("<circle class=\"run\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\">{}</circle>", X(i),
            Y(seconds), radius, tip);
      }
    }
  }

  void DrawLevels() {
    for (const measure::Segment& segment : plot_.warmup.segments) {
      if (segment.begin > 0) {
        const double x = X(segment.begin) - Step() / 2;
        Add("<path class=\"change\" d=\"M{:.1f} {:.1f}V{:.1f}\"/>", x, Upper(), Lower());
      }
      if (segment.mean <= scale_.high) {
        Add("<path class=\"level\" d=\"M{:.1f} {:.1f}H{:.1f}\"/>", X(segment.begin) - Step() / 2,
            Y(segment.mean), X(segment.end - 1) + Step() / 2);
      }
    }
  }

  // On the axis: a bar over the iterations, and the letter of its kind above it.
  void DrawMarks() {
    for (const PlotMark& mark : plot_.marks) {
      const double from = X(mark.first) - Step() / 2;
      const double to = std::max(X(mark.last) + Step() / 2, from + 2);
      Add("<path class=\"mark\" d=\"M{:.1f} {:.1f}H{:.1f}\"><title>{}</title></path>", from,
          Lower() - 1, to, Escaped(mark.text));
      Add("<text class=\"letter\" text-anchor=\"middle\" x=\"{:.1f}\" y=\"{:.1f}\">{}<title>{}"
          "</title></text>",
          (from + to) / 2, Lower() - 5 - 11 * static_cast<double>(mark.kind), LetterOf(mark.kind),
          Escaped(mark.text));
    }
  }

  const RunPlot& plot_;
  double top_;
  RunScale scale_;
  std::string text_;
};

}  // namespace

std::string PlotSvg(std::span<const RunPlot> plots) {
  const double height = kPanelHeight * static_cast<double>(plots.size()) + 10;
  std::string text = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" width=\"{}\" height=\"{}\" "
      "role=\"img\">\n  <title>Run sequences</title>\n  <desc>The time of each iteration by "
      "process; dashed lines are levels, dotted ones changes of level, the shaded part is steady, "
      "letters are what the engine did.</desc>\n"
      "  <style>{}  </style>\n  <rect class=\"page\" width=\"100%\" height=\"100%\"/>\n",
      kPanelWidth, height, kPanelWidth, height, kStyle);
  for (size_t i = 0; i < plots.size(); ++i) {
    text += Panel(plots[i], kPanelHeight * static_cast<double>(i)).Draw();
  }
  return text + "</svg>\n";
}

std::string PlotHtml(std::string_view title, std::span<const RunPlot> plots) {
  std::string text = fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'\">\n<title>{0}</title>\n<style>\n:root {{ color-scheme: light dark; }}\n"
      "body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 760px; margin: 2rem auto; "
      "padding: 0 1rem; }}\nsvg {{ max-width: 100%; height: auto; }}\ntable {{ border-collapse: "
      "collapse; }}\n"
      "td, th {{ padding: 0.1rem 1rem 0.1rem 0; text-align: right; font-variant-numeric: "
      "tabular-nums; }}\n</style>\n</head>\n<body>\n<h1>{0}</h1>\n",
      Escaped(title));
  text += PlotSvg(plots);
  for (const RunPlot& plot : plots) {
    text += fmt::format(
        "<details>\n<summary>{}</summary>\n<table>\n<tr><th>run</th><th>seconds</th></tr>\n",
        Escaped(plot.title));
    for (size_t i = 0; i < plot.seconds.size(); ++i) {
      text += fmt::format("<tr><td>{}</td><td>{:.9g}</td></tr>\n", i + 1, plot.seconds[i]);
    }
    text += "</table>\n</details>\n";
  }
  return text + "</body>\n</html>\n";
}

}  // namespace report
