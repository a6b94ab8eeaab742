#pragma once
// Collects the processes that an import finds, and what is wrong with them. For the .cpp files of
// the imports only.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "measure/results.h"

namespace report {

// Ends an import; caught by ImportResults().
struct BadImport {
  std::string error;
};

class ImportedRun {
 public:
  explicit ImportedRun(std::string_view name) : name_(name) {}

  const std::string& name() const { return name_; }

  // The row of `cell`, a new one unless it has been there before.
  uint32_t RowOf(const measure::Cell& cell);
  // A new row; when `cell` has been there before, its engine gets a number: "jit#2".
  uint32_t AddRow(measure::Cell cell);
  bool HasProcess(uint32_t row, uint32_t round) const { return runs_.contains({round, row}); }
  // A new one unless it has been there before. The reference stays good until Take().
  measure::ProcessRun& ProcessOf(uint32_t row, uint32_t round);
  void AddDoubt(uint32_t row, std::string text);

  // Each process must have a sample by now.
  measure::Results Take();

 private:
  std::string name_;
  std::vector<measure::Cell> cells_;
  std::map<std::pair<uint32_t, uint32_t>, measure::ProcessRun> runs_;  // by round and row
  std::vector<measure::Probe> probes_;
};

// The next sample of a process: a time of one call, taken from `calls`.
void AddSample(measure::ProcessRun* process, uint64_t calls, double seconds);

// Whether a number can be a time.
bool IsTime(double seconds);
inline constexpr std::string_view kTimeRule = "a time is a number of seconds above 0";

}  // namespace report
