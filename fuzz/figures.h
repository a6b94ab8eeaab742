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
  uint32_t lanes = 0;
  std::set<std::string> cells;  // operations with the types of their operands

  void Add(const Figures& other);
};

// Two or three lines.
std::string Text(const Figures& figures);

}  // namespace fuzz
