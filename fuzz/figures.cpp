// Test: tests/fuzz/figures_test.cpp.

#include "fuzz/figures.h"

#include <algorithm>

#include <fmt/format.h>

namespace fuzz {
namespace {

std::string Share(uint64_t part, uint64_t whole) {
  return fmt::format(
      "{:.1f}%", whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

}  // namespace

void Figures::Add(const Figures& other) {
  programs += other.programs;
  compiled += other.compiled;
  raised += other.raised;
  entered_loop += other.entered_loop;
  findings += other.findings;
  cells.insert(other.cells.begin(), other.cells.end());
}

std::string Text(const Figures& figures) {
  const double rate = static_cast<double>(figures.programs) / std::max(figures.seconds, 1e-9);
  return fmt::format(
      "{} programs in {:.1f} s, {:.1f} a second, on {} lanes each\n"
      "{} raised an error, {} entered a running loop, {} were meant not to compile\n"
      "{} cells (operation x types x lane) covered, {} faults\n"
      "{}--seed={} goes on\n",
      figures.programs, figures.seconds, rate, figures.lanes,
      Share(figures.raised, figures.compiled), Share(figures.entered_loop, figures.compiled),
      Share(figures.programs - figures.compiled, figures.programs),
      figures.cells.size() * figures.lanes, figures.findings,
      figures.is_cut_short ? "ended early, since there are enough faults: " : "",
      figures.next_seed);
}

}  // namespace fuzz
