#pragma once
// What is decided at run time: calls of function values that inference does
// not know, and sequences that were stored before they are consumed. Slow next
// to typed nodes, and the same in every mode.
//
// `at` is the node in whose frame this happens (its site 0 is the place of
// errors and calls), `base` how far above `frame` free words begin.

#include <span>

#include "interp/machine.h"
#include "interp/node.h"
#include "runtime/arith.h"
#include "runtime/builtins.h"

namespace interp {

struct Place {
  const Node* at;
  Word* frame;
  int64_t base;

  Machine& machine() const { return *at->sites->machine; }
  runtime::Context& context() const { return machine().context; }
};

// Takes the elements of a sequence. Anything but Normal ends the sequence.
class ValueSink {
 public:
  virtual Status Put(runtime::Value owned) = 0;

 protected:
  ~ValueSink() = default;
};

// What a generator's `yield` reports to: words in the representation of the
// elements, refs owned.
struct Sink {
  Status (*put)(Sink* self, const Word* element);
};

// One step into a frame: depth, header, then `code`.
void EnterFrame(const Node* at, Word* frame, Word* callee, const Code* code);

// Calls any function value. Takes the arguments over; the callee is borrowed;
// the result is owned.
runtime::Value CallValue(const Place& place, runtime::Value callee, std::span<runtime::Value> args);

// Runs a sequence, list or string through `sink`; borrows `source`. `level`
// counts stages, which nest like calls.
Status PushValue(const Place& place, runtime::Value source, ValueSink& sink, int64_t level = 0);

// Runs a generator's body whose frame is ready at frame + base, and gives the
// status with which the consumer ended it (Normal when it ran out).
Status RunGenerator(const Node* at, Word* frame, int64_t base, const Code* code, Sink* sink);

using runtime::RangeCount;

// Raises unless the value can be summed.
void CheckSummand(const Place& place, runtime::Value value);

// sum, min, max, any, all, list and join on values. Borrows the arguments.
runtime::Value ConsumeValue(const Place& place, runtime::BuiltinKind kind,
                            std::span<const runtime::Value> args);

}  // namespace interp
