// Expectations of output stand behind the program, the error stands on its line.
// Test: tests/fuzz/regression_test.cpp.

#include "fuzz/regression.h"

#include <sstream>

#include <fmt/format.h>

namespace fuzz {

std::string GoldenText(const std::string& title, const std::string& text,
                       const Observation& observation) {
  std::string golden = fmt::format("# {}\n", title);
  // The title moves the program down by a line, which an error does not notice: it is found by the
  // comment on its own line.
  std::istringstream lines(text);
  uint32_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    golden += line;
    if (!observation.trace.empty() && observation.trace[0].line == number) {
      golden += fmt::format("  # error[{}]: {}: {}", observation.trace[0].column,
                            observation.error_kind, observation.error_message);
    }
    golden += '\n';
  }
  std::istringstream output(observation.output);
  for (std::string line; std::getline(output, line);) {
    golden += fmt::format("# expect: {}\n", line);
  }
  if (!observation.trace.empty()) {
    constexpr size_t kMostCalls = 8;
    std::string calls;
    for (size_t i = 0; i < observation.trace.size() && i < kMostCalls; ++i) {
      calls += (calls.empty() ? "" : ", ") + observation.trace[i].function;
    }
    if (observation.trace.size() <= kMostCalls) {
      golden += fmt::format("# trace: {}\n", calls);
    }
  }
  return golden;
}

}  // namespace fuzz
