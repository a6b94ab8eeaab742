#pragma once
// Makes a program that shows a fault smaller while it still shows it.
//
// Works on the tree, with its types: parts of blocks are dropped in ever smaller groups (Zeller,
// Hildebrandt: "Simplifying and isolating failure-inducing input", 2002), expressions give way to
// the simplest one of their type or to a part of theirs that has it, numbers become smaller. What
// no longer compiles does not show the fault, so that scopes need not be looked at.

#include <cstddef>
#include <functional>

#include "fuzz/tree.h"

namespace fuzz {

// Whichever is reached first ends it.
struct ShrinkLimits {
  size_t trials = 1500;
  double seconds = 60;
  std::function<double()> clock = {};  // in seconds; empty: that of the machine
};

struct Shrunk {
  Node program;
  bool is_smallest = false;  // false: a limit was reached before nothing more could be taken away
};

// `shows` is asked about candidates; the program itself must show the fault.
Shrunk Shrink(Node program, const std::function<bool(const Node& candidate)>& shows,
              const ShrinkLimits& limits = {});

}  // namespace fuzz
