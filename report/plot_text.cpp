// Each character cell holds a grid of braille dots, two wide and four high; in ASCII one mark.
// Levels are drawn where no iteration is. Tests: tests/report/plot_text_test.cpp.

#include "report/plot_text.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "frontend/diagnostic.h"
#include "report/text_table.h"
#include "report/units.h"

namespace report {
namespace {

constexpr size_t kLabelWidth = 9;

// What stands in a cell, later ones in front.
enum class Mark : uint8_t { None, Level, Dots, Outlier, OffScale };

struct Glyphs {
  std::string_view level;
  std::string_view dot;  // ASCII only
  std::string_view outlier;
  std::string_view off_scale;
  std::string_view axis;
  std::string_view corner;
  std::string_view line;
  std::string_view change;
  std::string_view steady;
};

constexpr Glyphs kAscii = {"-", "*", "o", "^", "|", "+", "-", "+", "="};
constexpr Glyphs kUnicode = {"─", "", "○", "▲", "┤", "└", "─", "┴", "═"};

// Bit of a dot in U+2800 + bits, by column and row within the cell.
constexpr std::array<std::array<uint8_t, 4>, 2> kBrailleBits = {
    {{0x01, 0x02, 0x04, 0x40}, {0x08, 0x10, 0x20, 0x80}}};

std::string Braille(uint8_t bits) {
  return {static_cast<char>(0xe2), static_cast<char>(0xa0 | bits >> 6),
          static_cast<char>(0x80 | (bits & 0x3f))};
}

class Canvas {
 public:
  Canvas(const RunPlot& plot, const PlotStyle& style)
      : plot_(plot),
        is_unicode_(style.charset == Charset::Unicode),
        glyphs_(is_unicode_ ? kUnicode : kAscii),
        columns_(std::max<size_t>(style.width, 30) - kLabelWidth - 2),
        rows_(std::max<size_t>(style.height, 2)),
        scale_(ScaleOf(plot)),
        cells_(columns_ * rows_) {}

  std::string Draw() {
    DrawLevels();
    DrawIterations();
    std::string text = frontend::Printable(plot_.title) + "\n";
    for (size_t row = 0; row < rows_; ++row) {
      text += Label(row) + " " + std::string(glyphs_.axis);
      std::string line;
      for (size_t column = 0; column < columns_; ++column) {
        line += CellText(cells_[row * columns_ + column]);
      }
      line.erase(line.find_last_not_of(' ') + 1);
      text += line + "\n";
    }
    return text + Axis() + Below();
  }

 private:
  struct CanvasCell {
    Mark mark = Mark::None;
    uint8_t dots = 0;
  };

  size_t DotColumns() const { return is_unicode_ ? 2 * columns_ : columns_; }
  size_t DotRows() const { return is_unicode_ ? 4 * rows_ : rows_; }

  // A few iterations stand apart, many share a column.
  size_t DotColumn(size_t iteration) const {
    const size_t count = plot_.seconds.size();
    if (count <= 1) {
      return 0;
    }
    return iteration * (DotColumns() - 1) / (count - 1);
  }
  size_t Column(size_t iteration) const {
    return is_unicode_ ? DotColumn(iteration) / 2 : DotColumn(iteration);
  }
  size_t DotRow(double seconds) const {
    const double share = (scale_.high - seconds) / (scale_.high - scale_.low);
    const auto last = static_cast<double>(DotRows() - 1);
    return static_cast<size_t>(std::clamp(std::round(share * last), 0.0, last));
  }
  size_t Row(double seconds) const { return is_unicode_ ? DotRow(seconds) / 4 : DotRow(seconds); }

  void Put(size_t row, size_t column, Mark mark) {
    CanvasCell& cell = cells_[row * columns_ + column];
    cell.mark = std::max(cell.mark, mark);
  }

  void DrawLevels() {
    for (const measure::Segment& segment : plot_.warmup.segments) {
      if (segment.mean > scale_.high) {
        continue;
      }
      for (size_t column = Column(segment.begin); column <= Column(segment.end - 1); ++column) {
        Put(Row(segment.mean), column, Mark::Level);
      }
    }
  }

  void DrawIterations() {
    const std::vector<size_t>& outliers = plot_.warmup.outliers;
    for (size_t i = 0; i < plot_.seconds.size(); ++i) {
      const double seconds = plot_.seconds[i];
      if (seconds > scale_.high) {
        Put(0, Column(i), Mark::OffScale);
      } else if (std::binary_search(outliers.begin(), outliers.end(), i)) {
        Put(Row(seconds), Column(i), Mark::Outlier);
      } else {
        Put(Row(seconds), Column(i), Mark::Dots);
        cells_[Row(seconds) * columns_ + Column(i)].dots |=
            kBrailleBits[DotColumn(i) % 2][DotRow(seconds) % 4];
      }
    }
  }

  std::string CellText(const CanvasCell& cell) const {
    switch (cell.mark) {
      case Mark::None:
        break;
      case Mark::Level:
        return std::string(glyphs_.level);
      case Mark::Dots:
        return is_unicode_ ? Braille(cell.dots) : std::string(glyphs_.dot);
      case Mark::Outlier:
        return std::string(glyphs_.outlier);
      case Mark::OffScale:
        return std::string(glyphs_.off_scale);
    }
    return " ";
  }

  // The time at the middle of the first, the middle and the last row.
  std::string Label(size_t row) const {
    if (row != 0 && row != rows_ / 2 && row + 1 != rows_) {
      return std::string(kLabelWidth, ' ');
    }
    const double share = (static_cast<double>(row) + 0.5) / static_cast<double>(rows_);
    const std::string text = DurationText(scale_.high - share * (scale_.high - scale_.low));
    return std::string(kLabelWidth - std::min(kLabelWidth, DisplayWidth(text)), ' ') + text;
  }

  std::string Axis() const {
    std::vector<bool> is_change(columns_, false);
    for (size_t i = 1; i < plot_.warmup.segments.size(); ++i) {
      is_change[Column(plot_.warmup.segments[i].begin)] = true;
    }
    std::string text = std::string(kLabelWidth + 1, ' ') + std::string(glyphs_.corner);
    for (size_t column = 0; column < columns_; ++column) {
      text += is_change[column] ? glyphs_.change : glyphs_.line;
    }
    return text + "\n";
  }

  // From the column `from` to `last`; the word stands in the line, or before it where it is short.
  std::string SteadyLine(size_t from, size_t last) const {
    constexpr std::string_view kWord = " steady ";
    const size_t length = last - from + 1;
    const bool has_word = length >= kWord.size() + 4;
    const size_t word_at = from + (length - std::min(length, kWord.size())) / 2;
    std::string text;
    if (!has_word && from >= kWord.size()) {
      text = std::string(from - kWord.size(), ' ') + std::string(kWord);
    } else {
      text = std::string(from, ' ');
    }
    for (size_t column = from; column <= last; ++column) {
      if (has_word && column == word_at) {
        text += kWord;
        column += kWord.size() - 1;
      } else {
        text += glyphs_.steady;
      }
    }
    return text;
  }

  // One line; of marks that share a column the later kind is shown.
  std::string Marks(const std::string& indent) const {
    if (plot_.marks.empty()) {
      return {};
    }
    std::string line(columns_, ' ');
    for (const PlotMarkKind kind :
         {PlotMarkKind::Hot, PlotMarkKind::Compiling, PlotMarkKind::Entered}) {
      for (const PlotMark& mark : plot_.marks) {
        if (mark.kind == kind) {
          for (size_t column = Column(mark.first); column <= Column(mark.last); ++column) {
            line[column] = LetterOf(kind)[0];
          }
        }
      }
    }
    line.erase(line.find_last_not_of(' ') + 1);
    return indent + line + "\n";
  }

  std::string Below() const {
    const std::string indent(kLabelWidth + 2, ' ');
    const size_t count = plot_.seconds.size();
    std::string text = Marks(indent);
    if (plot_.warmup.steady) {
      text += indent + SteadyLine(Column(plot_.warmup.steady->from), Column(count - 1)) + "\n";
    }
    const std::string last = fmt::format("run {}", count);
    text += indent + "run 1";
    if (count > 1) {
      text += std::string(columns_ - std::min(columns_, 5 + last.size()), ' ') + last;
    }
    text += "\n";
    text += indent + RunSummaryText(plot_.warmup) + "\n";
    if (const std::string off_scale = OffScaleText(plot_, scale_); !off_scale.empty()) {
      text += indent + std::string(glyphs_.off_scale) + " " + off_scale + "\n";
    }
    if (const std::string outliers = OutliersText(plot_.warmup); !outliers.empty()) {
      text += indent + std::string(glyphs_.outlier) + " " + outliers + "\n";
    }
    if (!plot_.marks.empty()) {
      text += indent + MarkLegend(plot_) + "\n";
    }
    return text;
  }

  const RunPlot& plot_;
  bool is_unicode_;
  const Glyphs& glyphs_;
  size_t columns_;
  size_t rows_;
  RunScale scale_;
  std::vector<CanvasCell> cells_;
};

}  // namespace

std::string PlotText(const RunPlot& plot, const PlotStyle& style) {
  return Canvas(plot, style).Draw();
}

}  // namespace report
