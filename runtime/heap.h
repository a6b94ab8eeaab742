#pragma once
// Allocation of the language's objects, with exact accounting. Sizes are
// defined by the language, not by malloc, so that counts and the memory limit
// are the same on every machine: every object counts kObjectBytes, plus the
// capacity of its buffer in bytes. Growth doubles capacity from 16 elements
// (lists) or kInlineBytes (strings).
//
// A run that ends with an error abandons its references; the heap's destructor
// frees everything that is left.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "runtime/object.h"
#include "runtime/type.h"
#include "runtime/value.h"

namespace runtime {

struct Context;

inline constexpr uint64_t kObjectBytes = 64;

struct HeapCounters {
  uint64_t allocations = 0;      // objects and buffers ever made; a grown buffer counts again
  uint64_t allocated_bytes = 0;  // of those
  uint64_t live_bytes = 0;
  uint64_t peak_bytes = 0;
  uint64_t live_objects = 0;
};

class Heap {
 public:
  explicit Heap(uint64_t limit_bytes);
  ~Heap();
  Heap(const Heap&) = delete;
  Heap& operator=(const Heap&) = delete;

  const HeapCounters& counters() const { return counters_; }
  uint64_t limit_bytes() const { return limit_bytes_; }

  // All return null when the limit would be passed; the caller then fails with
  // ErrorKind::Memory (Context::FailMemory). Results are owned.
  Str* NewStr(std::string_view text, uint64_t code_points);
  List* NewList(TypeId element, uint64_t capacity);
  Closure* NewClosure(uint32_t function, TypeId type, uint32_t count);
  Seq* NewSeq(SeqKind kind, TypeId type, uint32_t count);
  Buffer* NewBuffer();

  // Makes room for `more` further bytes or elements. False at the limit.
  bool Grow(Str* str, uint64_t more_bytes);
  bool Grow(List* list, uint64_t more);
  // Accounts for engine-side tables (memo). False at the limit.
  bool Charge(uint64_t bytes);
  void Discharge(uint64_t bytes);

  static Heap& Of(Object* object);

 private:
  friend void Destroy(Object* object) noexcept;
  // Helper's choice: slabs, free lists.
  struct Slabs;
  std::unique_ptr<Slabs> slabs_;
  HeapCounters counters_;
  uint64_t limit_bytes_;
};

}  // namespace runtime
