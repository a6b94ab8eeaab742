#pragma once
// What `lab run --stats` shows: where the time went and how much was done.

#include <string>
#include <vector>

#include "runtime/backend.h"
#include "runtime/heap.h"

namespace cli {

struct Stats {
  std::vector<runtime::PhaseTime> phases;  // in the order they began
  std::vector<std::string> notes;          // the engine's own words, a line each
  runtime::WorkCounters work;
  runtime::HeapCounters heap;
};

// One `name  value` a line. Scripts read the phases: `lex        1.234 ms`.
std::string StatsText(const Stats& stats);

}  // namespace cli
