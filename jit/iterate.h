#pragma once
// Pulling elements from a sequence that is a value: a list, a string, or a
// stored recipe, whose stages are iterators that pull from one another.
//
// What the interpreter pushes is pulled here, in the same order: stages are
// marked as consumed from the outside inwards, before the first element; the
// depth that calls count from is that of the innermost generator while its
// element is being used, else the consumer's.

#include <cstddef>
#include <cstdint>

#include "jit/machine.h"
#include "jit/support.h"

namespace jit {

enum class Source : uint8_t { List, Str, Range, Map, Filter, Generator };

struct Iterator {
  uint32_t depth;  // read by compiled code after each element
  Source kind;
  bool is_started;          // Generator: its frame may hold something
  uint32_t consumer_depth;  // what Iterate was given
  runtime::Value source;    // a reference of its own in the outermost; its stages borrow
  union {
    uint64_t at;  // List: index; Str: byte offset
    struct {
      uint64_t next;  // as unsigned, so that the step after the last may wrap
      uint64_t left;
    } range;
    Iterator* inner;  // Map, Filter
    struct {
      GeneratorFrame* frame;  // null at its end
      Resume resume;
    } generator;
  };
  // The open ones of a machine; used in the outermost only.
  Iterator* previous;
  Iterator* next;
};
static_assert(offsetof(Iterator, depth) == 0, "compiled code finds it there");

// Frees the memory of all that are open, without a look at what they hold: the
// language's objects are the heap's to free when a run has failed.
void FreeIterators(Machine& machine);

}  // namespace jit
