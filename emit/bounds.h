#pragma once
// Between which bounds the ints of a program stay, where that can be seen: which of them are never
// negative, and which sums cannot leave the ints of a target. An interval for each local variable,
// found by going through all assignments until nothing changes.
//
// Two things keep the answers useful. A variable that only moves in small steps (`count += 1`,
// `f(n - 1)`) from a start well inside the range is taken to stay in it: to leave it would take
// more than 2^40 steps. And arguments from outside are at most 2^52 (2^62 with ints of 64 bits),
// which the program that reads them must see to.

#include <vector>

#include "emit/tree.h"

namespace emit {

// Inclusive. Doubles, since what is asked of them is no finer.
struct Bounds {
  double low = 0;
  double high = 0;
};

class IntBounds {
 public:
  // `limit`: the largest int, 2^53 - 1 or about 2^63.
  IntBounds(const Module& module, double limit);

  // Of an int term in this routine, as the program has it: results beyond the limit are errors.
  Bounds Of(RoutineId routine, const Term& term) const;
  // Of a Binary or Negate of ints before anybody checks it.
  Bounds Unchecked(RoutineId routine, const Term& term) const;
  // Of large ints only those that are not near the limit, where doubles are too coarse to tell.
  bool Fits(Bounds bounds) const {
    const double most = limit_ > kFineLimit ? limit_ * 0.99 : limit_;
    return bounds.low >= -most && bounds.high <= most;
  }
  // Arguments from outside stay within plus and minus this.
  double argument_limit() const { return start_limit_; }

 private:
  static constexpr double kFineLimit = 9007199254740992.0;  // 2^53

  struct Fact {
    bool is_known = false;  // some value has been seen
    bool rises = false;     // by small steps
    bool falls = false;
    Bounds bounds;
  };

  void Visit(RoutineId routine, const Block& block);
  void VisitTerm(RoutineId routine, const Term& term);
  void Assign(RoutineId routine, LocalId local, RoutineId from, const Term& term);
  void Join(Fact* fact, Bounds bounds);
  Bounds BoundsOf(const Fact& fact) const;
  Bounds Anything() const { return {.low = -limit_, .high = limit_}; }

  const Module& module_;
  const double limit_;
  const double start_limit_;
  std::vector<std::vector<Fact>> locals_;  // by RoutineId and LocalId
  std::vector<Fact> results_;              // by RoutineId
  bool is_changed_ = false;
  bool widens_ = false;
};

}  // namespace emit
