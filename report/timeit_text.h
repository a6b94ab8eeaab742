#pragma once
// What `lab timeit` says, in the words of Python's timeit where it has them.

#include <optional>
#include <string>
#include <vector>

#include "measure/timeit.h"

namespace report {

enum class TimeUnit { Auto, Nanoseconds, Microseconds, Milliseconds, Seconds };

struct TimeitRow {
  std::string statement;
  std::string backend;
  measure::TimeitSeries series;
  std::vector<std::string> idle_work;  // sentences, of FindIdleWork
  uint64_t dropped_bytes = 0;
  std::optional<measure::Comparison> comparison = std::nullopt;  // with the first row
};

// "65.4 nsec": three significant digits; Auto takes the largest unit that leaves at least one.
std::string TurnText(double seconds, TimeUnit unit);

// Of one statement: "5000000 loops, best of 5: 65.4 nsec per loop" and what the first turn took.
std::string TimeitText(const TimeitRow& row, TimeUnit unit);
// What -v puts before that: the tries, all repeats, the empty loop.
std::string TimeitDetailsText(const TimeitRow& row, TimeUnit unit);
// Several statements or engines.
std::string TimeitTableText(const std::vector<TimeitRow>& rows, TimeUnit unit);
// Reasons to doubt a row, each "warning: ..." and a line break.
std::string TimeitWarnings(const TimeitRow& row, TimeUnit unit);
std::string TimeitJson(const std::vector<TimeitRow>& rows);

}  // namespace report
