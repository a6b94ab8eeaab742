#pragma once
// What evaluating a term does beside giving its value, as far as order matters.

#include <cstdint>
#include <span>
#include <vector>

#include "emit/tree.h"
#include "frontend/program.h"

namespace emit {

struct Effects {
  bool acts = false;   // prints, stores, consumes a sequence, reads the clock ...
  bool reads = false;  // depends on something that may be acted upon
  // How it may fail: bits by runtime::ErrorKind.
  uint32_t failures = 0;

  void Add(const Effects& other) {
    acts |= other.acts;
    reads |= other.reads;
    failures |= other.failures;
  }
};

// `acting`: see FindActing().
Effects EffectsOf(const Module& module, const std::vector<bool>& acting, const Term& term);

// Whether the order in which the two are evaluated can be seen.
bool Conflict(const Effects& one, const Effects& other);

// A literal, or another value that is there before the program runs.
bool IsLiteral(const Term& term);

// A value that nothing can change: it may be evaluated later, or not at all.
bool IsStable(const Routine& routine, const Term& term);

// By FunctionId: true for those of which a call may do more than return a value or fail.
std::vector<bool> FindActing(const frontend::Program& program);

// By FunctionId: true for those that are used as values: lambdas, and names that are not called.
std::vector<bool> FindHandedOn(const frontend::Program& program);

}  // namespace emit
