// The table of --stats. Tests: tests/cli/run_test.cpp.

#include "cli/stats.h"

#include <fmt/format.h>

#include "runtime/error_texts.h"

namespace cli {

std::string StatsText(const Stats& stats) {
  constexpr double kMilliseconds = 1e3;
  std::string text;
  double total = 0;
  const auto add_time = [&](std::string_view name, double seconds) {
    text += fmt::format("{:<12}{:>14.3f} ms\n", name, seconds * kMilliseconds);
  };
  const auto add_count = [&](std::string_view name, uint64_t count) {
    text += fmt::format("{:<12}{:>14}\n", name, runtime::GroupedText(count));
  };

  for (const runtime::PhaseTime& phase : stats.phases) {
    add_time(phase.phase, phase.seconds);
    total += phase.seconds;
  }
  add_time("total", total);

  if (!stats.notes.empty()) {
    text += "\n";
  }
  for (const std::string& note : stats.notes) {
    text += note + "\n";
  }

  text += "\n";
  if (stats.work.nodes != 0) {  // compiled code has none
    add_count("nodes", stats.work.nodes);
  }
  add_count("calls", stats.work.calls);
  add_count("allocations", stats.heap.allocations);
  add_count("bytes", stats.heap.allocated_bytes);
  add_count("peak bytes", stats.heap.peak_bytes);
  for (const runtime::WorkCounters::Memo& memo : stats.work.memo) {
    text += fmt::format("{:<12}{:>14} hits {} misses\n", "memo " + memo.function,
                        runtime::GroupedText(memo.hits), runtime::GroupedText(memo.misses));
  }
  text += "\nCounting was on, so `run` took longer than without --stats.\n";
  return text;
}

}  // namespace cli
