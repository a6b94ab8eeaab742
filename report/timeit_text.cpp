// Tests: tests/report/timeit_text_test.cpp, tests/cli/timeit_test.cpp.

#include "report/timeit_text.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "report/text_table.h"
#include "report/words.h"
#include "runtime/error_texts.h"

namespace report {

namespace {

struct UnitName {
  TimeUnit unit;
  double seconds;
  std::string_view name;
};
constexpr UnitName kUnits[] = {{TimeUnit::Seconds, 1, "sec"},
                               {TimeUnit::Milliseconds, 1e-3, "msec"},
                               {TimeUnit::Microseconds, 1e-6, "usec"},
                               {TimeUnit::Nanoseconds, 1e-9, "nsec"}};

const UnitName& NameFor(double seconds, TimeUnit unit) {
  for (const UnitName& row : kUnits) {
    if (unit == row.unit || (unit == TimeUnit::Auto && seconds >= 0.9995 * row.seconds)) {
      return row;
    }
  }
  return kUnits[std::size(kUnits) - 1];
}

std::string LoopsText(uint64_t turns) {
  return fmt::format("{} {}", turns, turns == 1 ? "loop" : "loops");
}

// Its observations are repeats here, not processes.
std::string WordFor(measure::Verdict verdict) {
  return verdict == measure::Verdict::TooFewProcesses ? "too few repeats" : VerdictText(verdict);
}

// Statements are one line in a table.
std::string OneLine(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ';');
  return text;
}

}  // namespace

std::string TurnText(double seconds, TimeUnit unit) {
  const UnitName& row = NameFor(seconds, unit);
  const double value = seconds / row.seconds;
  return value >= 999.5 ? fmt::format("{:.0f} {}", value, row.name)
                        : fmt::format("{:.3g} {}", value, row.name);
}

std::string TimeitText(const TimeitRow& row, TimeUnit unit) {
  const measure::TimeitSeries& series = row.series;
  return fmt::format("{}, best of {}: {} per loop\nfirst loop: {}, of which compiling {}\n",
                     LoopsText(series.turns), series.seconds.size(), TurnText(series.Best(), unit),
                     TurnText(series.first_turn_seconds, unit),
                     TurnText(series.compile_seconds, unit));
}

std::string TimeitDetailsText(const TimeitRow& row, TimeUnit unit) {
  const measure::TimeitSeries& series = row.series;
  std::string text;
  for (const measure::LoopTime& time : series.tries) {
    text += fmt::format("{} -> {}\n", LoopsText(time.turns), TurnText(time.seconds, unit));
  }
  text += "raw times: ";
  for (size_t i = 0; i < series.seconds.size(); ++i) {
    text += fmt::format("{}{}", i == 0 ? "" : ", ",
                        TurnText(series.seconds[i] * static_cast<double>(series.turns), unit));
  }
  return text +
         fmt::format("\nempty loop: {} per loop\n\n", TurnText(series.empty_turn_seconds, unit));
}

std::string TimeitTableText(const std::vector<TimeitRow>& rows, TimeUnit unit) {
  const auto all_have = [&](std::string TimeitRow::*field) {
    return std::all_of(rows.begin(), rows.end(),
                       [&](const TimeitRow& row) { return row.*field == rows[0].*field; });
  };
  const bool same_backend = all_have(&TimeitRow::backend);
  const bool same_statement = all_have(&TimeitRow::statement) && !same_backend;
  TextTable table({{"statement"},
                   {"backend"},
                   {"loops", Align::Right},
                   {fmt::format("best of {}", rows[0].series.seconds.size()), Align::Right},
                   {"first loop", Align::Right},
                   {"ratio [99%]"},
                   {""}});
  for (const TimeitRow& row : rows) {
    std::vector<std::string> cells = {
        same_statement ? "" : OneLine(row.statement), same_backend ? "" : row.backend,
        runtime::GroupedText(row.series.turns), TurnText(row.series.Best(), unit),
        TurnText(row.series.first_turn_seconds, unit)};
    cells.push_back(row.comparison ? RatioIntervalText(*row.comparison) : "1");
    cells.push_back(row.comparison ? WordFor(row.comparison->verdict) : "base");
    table.AddRow(std::move(cells));
  }
  return table.Text() +
         fmt::format("\nratio: of times, to the base, over {} rounds in which all took turns{}\n",
                     rows[0].series.seconds.size(),
                     rows.size() > 2 ? "; the intervals hold together" : "");
}

std::string TimeitWarnings(const TimeitRow& row, TimeUnit unit) {
  const measure::TimeitSeries& series = row.series;
  std::string text;
  const auto warn = [&](std::string_view sentence) {
    text += fmt::format("warning: {}\n", sentence);
  };
  for (const std::string& sentence : row.idle_work) {
    warn(sentence);
  }
  if (!series.grows) {
    warn(
        "twice the loops do not take twice the time: the compiler has removed the work; let it "
        "depend on `turn`, the number of the loop");
  } else if (series.IsEmpty()) {
    warn(
        fmt::format("a loop without work takes as long ({}): the compiler has done the work "
                    "beforehand, or it is too little to be seen; let it depend on `turn`, the "
                    "number of the loop: `sqrt(2.0 + turn)` instead of `sqrt(2.0)`",
                    TurnText(series.empty_turn_seconds, unit)));
  }
  if (series.IsUnsteady()) {
    warn(
        fmt::format("the worst time ({}) is more than four times the best ({}): something else "
                    "is running, or a loop leaves more work for the next",
                    TurnText(series.Worst(), unit), TurnText(series.Best(), unit)));
  }
  if (row.dropped_bytes > 0) {
    warn(fmt::format("what was printed, {} bytes, is not shown; printing is part of the time",
                     runtime::GroupedText(row.dropped_bytes)));
  }
  return text;
}

std::string TimeitJson(const std::vector<TimeitRow>& rows) {
  using Json = nlohmann::ordered_json;
  Json list = Json::array();
  for (const TimeitRow& row : rows) {
    const measure::TimeitSeries& series = row.series;
    Json entry = {{"statement", row.statement},
                  {"backend", row.backend},
                  {"loops", series.turns},
                  {"seconds_per_loop", series.seconds},
                  {"best_seconds", series.Best()},
                  {"first_loop_seconds", series.first_turn_seconds},
                  {"compile_seconds", series.compile_seconds},
                  {"empty_loop_seconds", series.empty_turn_seconds},
                  {"is_unsteady", series.IsUnsteady()},
                  {"is_empty", series.IsEmpty()},
                  {"idle_work", row.idle_work},
                  {"dropped_bytes", row.dropped_bytes}};
    if (row.comparison) {
      // An infinite bound is null.
      entry["comparison"] = {{"ratio", row.comparison->ratio},
                             {"low", row.comparison->interval.low},
                             {"high", row.comparison->interval.high},
                             {"verdict", WordFor(row.comparison->verdict)}};
    }
    list.push_back(std::move(entry));
  }
  const Json document = {{"lab_timeit", 1}, {"rows", std::move(list)}};
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace report
