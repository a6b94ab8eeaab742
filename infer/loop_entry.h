#pragma once
// Where running loops can be left on one engine and entered on another: at the
// beginning of a turn, when nothing else is going on than what the path of steps
// says. All that is known there can be handed over, and is enough to do the rest.
//
// The rest is that of the function where the loop stands between statements.
// Elsewhere it is that of the loop (`for`, `while`), or of the expression that
// consumes (`sum(...)`, a list comprehension), which is then the entry's root: its
// value is handed back, and who was there before goes on behind it. No jump and no
// `yield` leaves a root.
//
// Engines agree on the order of the state, boxed values all: parameters and
// captures; `kept`; `changed`; `locals`; then the words of each step of the path.

#include <cstdint>
#include <string_view>
#include <vector>

#include "frontend/program.h"
#include "infer/infer.h"

namespace infer {

// What is going on, and its words.
enum class StepKind : uint8_t {
  // Where turns come from. Each has begun a turn, with an element that has not been looked at.
  While,  // none
  Range,  // the element of this turn, the end
  Steps,  // range with a step: the element of this turn, turns left with this one, the step
  List,   // the list, the index of this turn's element
  Str,    // the string, the offset of this turn's element
  // What stands around that.
  For,       // none
  Stage,     // a map or filter: its function
  Fold,      // sum, min, max: the value so far, whether there is one
  Quantify,  // any, all: none
  Collect,   // list, a list comprehension: the list so far
  Join,      // the separator, the text so far, whether there is a part in it
};

struct Step {
  const frontend::Expr* expr;  // the loop, the call, or the source of elements
  StepKind kind;
};

struct LoopEntry {
  const frontend::Expr* loop;  // for readers: a loop, a consumer, or a further source in one
  const frontend::Expr* root = nullptr;  // null: the function
  // In scope and declared outside of the root: those it does not assign, which are borrowed, and
  // those it does, which are taken over and given back.
  std::vector<frontend::LocalId> kept;
  std::vector<frontend::LocalId> changed;
  // Declared inside, taken over: lets and vars in scope, and the variables of the loops around this
  // one. Its own variable follows from its position.
  std::vector<frontend::LocalId> locals;
  std::vector<Step> path;  // from the outermost to the source of the turns

  const frontend::Expr& source() const { return *path.back().expr; }
};

// A loop that can not be entered, and why.
struct RefusedLoop {
  const frontend::Expr* loop;
  std::string_view reason;  // one of those below
};

// Some of these loops can be left by a jump or a yield; others are entered all the same.
inline constexpr std::string_view kJumpsOutOfExpression =
    "it stands inside an expression, which a jump or `yield` in the loop may leave";
inline constexpr std::string_view kYields =
    "a `yield` or a jump may leave it, in a function that yields";
inline constexpr std::string_view kNoPosition =
    "it runs over a generator, or over a sequence that was stored or whose type is not known";
inline constexpr std::string_view kInNoPosition =
    "a jump or `yield` may leave it, and the loop around it runs over a sequence that is stored or "
    "yields";

struct LoopEntries {
  std::vector<LoopEntry> entries;
  std::vector<RefusedLoop> refused;
};

// All loops of the version's own code: `for`, `while`, and what consumers run.
LoopEntries FindLoopEntries(const frontend::Program& program, const Inference& inference,
                            const Version& version);

uint32_t StateWords(StepKind kind);

}  // namespace infer
