#pragma once
// What a campaign has done, as numbers.

#include <cstdint>
#include <set>
#include <string>

namespace fuzz {

struct Figures {
  uint64_t programs = 0;
  uint64_t compiled = 0;  // the rest were meant not to compile
  uint64_t raised = 0;
  uint64_t entered_loop = 0;
  uint64_t findings = 0;
  double seconds = 0;
  // The first seed that was not examined: where to go on. Some behind it may have been.
  uint64_t next_seed = 0;
  bool is_cut_short = false;  // by as many faults as are looked for at once
  uint32_t lanes = 0;
  std::set<std::string> cells;  // operations with the types of their operands

  void Add(const Figures& other);
};

// Some lines.
std::string Text(const Figures& figures);

}  // namespace fuzz
