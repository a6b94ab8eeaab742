#pragma once
// Programs run on single steps of the interpreter's ladder, with everything kept that two steps
// can be compared by.

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "frontend/program.h"
#include "interp/interpreter.h"
#include "runtime/context.h"
#include "runtime/output.h"
#include "runtime/type.h"

namespace interp {

inline constexpr Ladder kLadders[] = {Ladder::Boxed, Ladder::Typed, Ladder::Fused};

// Fails the test when the text does not compile; the result is then null.
std::unique_ptr<frontend::Program> Load(const std::string& text);

// A program made ready on one step. Must live on a large stack (runtime::OnLargeStack) when the
// program nests deeply.
class Prepared {
 public:
  Prepared(const frontend::Program& program, Ladder ladder, const runtime::Limits& limits = {},
           runtime::Counting counting = runtime::Counting::No);

  runtime::Outcome RunTop() { return executable_->RunTop(); }
  runtime::Outcome Call(std::string_view function, std::span<const runtime::Value> args = {});
  runtime::WorkCounters counters() const { return executable_->counters(); }
  uint64_t live_objects() const { return context_.heap.counters().live_objects; }
  const std::string& output() const { return output_.text(); }
  runtime::Context& context() { return context_; }
  // The value, or the error with every place of its traceback; releases the value.
  std::string Take(runtime::Outcome outcome);

 private:
  runtime::TypeTable types_;
  runtime::StringOutput output_;
  runtime::Context context_;
  std::unique_ptr<runtime::Executable> executable_;
};

// Whether two outcomes without objects are the same: bit for bit, nan like nan.
bool SamePlain(const runtime::Outcome& a, const runtime::Outcome& b);

// What a whole run leaves behind.
struct LadderRun {
  std::string output;
  std::string result;  // of main if there is one, else of the last top-level expression
  bool failed = false;
  uint64_t nodes = 0;
  uint64_t calls = 0;
  std::string memo;  // "f 3/4" for each memo function
  // Objects alive after the run that a second call of main does not find again.
  uint64_t leaked = 0;

  friend bool operator==(const LadderRun&, const LadderRun&) = default;
};

// Runs the top level, then main twice (when it ended well: what the first call made ready, such
// as literals and memo tables, stays; what the second leaves is a leak).
LadderRun RunProgramOn(const frontend::Program& program, Ladder ladder,
                       runtime::Counting counting = runtime::Counting::Yes,
                       const runtime::Limits& limits = {});

std::string Describe(const LadderRun& run);

// Runs a program on all steps, and on the fused one also without counting; fails the test where
// they differ or leak. Returns the run of the fused step.
LadderRun ExpectLaddersAgree(const std::string& text, const runtime::Limits& limits = {});

}  // namespace interp
