#pragma once
// What `lab check` shows of its runs.

#include <string>
#include <vector>

#include "peers/outcome.h"

namespace cli {

struct CheckedRun {
  std::string name;          // "jit-O2", "cpython"
  std::string version = {};  // of a peer
  peers::Outcome outcome = {};
  measure::Tolerance tolerance = measure::Tolerance::None;
  peers::Verdict verdict = peers::Verdict::Ok;
};

// A table, and below it what differs. The first run is what the others were compared with.
std::string CheckText(const std::vector<CheckedRun>& runs);
std::string CheckJson(const std::vector<CheckedRun>& runs);

}  // namespace cli
