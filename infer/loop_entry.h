#pragma once
// Where a running loop can be left on one engine and entered on another: at the
// beginning of a turn of its body, when nothing is going on but statements. What
// is known there are the parameters, the locals in scope and, for each loop that
// is running, its position; that is enough to do the rest of the function.
//
// Engines agree on the order of this state: parameters and captures; `locals`;
// then for each of `path` the words of its position (see LoopKind).

#include <cstdint>
#include <string_view>
#include <vector>

#include "frontend/program.h"
#include "infer/infer.h"

namespace infer {

// The words of a loop's position, all ints but `list`.
enum class LoopKind : uint8_t {
  While,  // none
  Range,  // the element of this turn, the end
  Steps,  // range with a step: the element of this turn, turns left with this one, the step
  List,   // the list, the index of this turn's element
};

struct LoopStep {
  const frontend::Expr* loop;
  LoopKind kind;
};

struct LoopEntry {
  std::vector<LoopStep> path;  // the loops that are running, from the outermost to this one
  // In scope at the beginning of a turn: lets and vars, and the variables of the loops around it.
  // The loop's own variable follows from its position.
  std::vector<frontend::LocalId> locals;

  const frontend::Expr& loop() const { return *path.back().loop; }
};

// A loop that can not be entered, and why.
struct RefusedLoop {
  const frontend::Expr* loop;
  std::string_view reason;  // "it stands inside an expression"
};

struct LoopEntries {
  std::vector<LoopEntry> entries;
  std::vector<RefusedLoop> refused;
};

// All `for` and `while` loops of the version's own code, in the order of the source.
LoopEntries FindLoopEntries(const frontend::Program& program, const Inference& inference,
                            const Version& version);

uint32_t PositionWords(LoopKind kind);

}  // namespace infer
