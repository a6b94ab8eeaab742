#pragma once
// The table of a memo function: argument values to result. Keys are int,
// float (by bits, so -0.0 and 0.0 differ and nan finds itself), bool and str;
// the tag is part of the key. Open addressing; memory is charged to the heap.

#include <cstdint>
#include <memory>
#include <vector>

#include "runtime/context.h"
#include "runtime/value.h"

namespace runtime {

class MemoTable {
 public:
  explicit MemoTable(uint32_t arity);
  ~MemoTable();
  MemoTable(const MemoTable&) = delete;
  MemoTable& operator=(const MemoTable&) = delete;

  // Null when absent; the result is borrowed and valid until the next Insert.
  // Counts a hit or a miss.
  const Value* Find(const Value* key);
  // Retains key and result. False when the heap's limit is reached.
  bool Insert(Context& context, const Value* key, Value result);
  // False, with a Type failure, when a key value is no int, float, bool or str.
  static bool CheckKey(Context& context, const Value* key, uint32_t arity);

  uint64_t hits() const { return hits_; }
  uint64_t misses() const { return misses_; }

 private:
  // The values of a slot: the key, then the result.
  Value* Slot(uint64_t slot) { return &slots_[slot * (arity_ + 1)]; }
  const Value* Slot(uint64_t slot) const { return &slots_[slot * (arity_ + 1)]; }
  // The slot that holds the key, or the free one where it belongs.
  uint64_t Probe(const Value* key) const;
  bool Grow(Context& context);

  uint32_t arity_;
  uint64_t hits_ = 0;
  uint64_t misses_ = 0;
  uint64_t size_ = 0;
  uint64_t capacity_ = 0;
  std::vector<Value> slots_;  // capacity * (arity + 1)
  Heap* heap_ = nullptr;      // what the slots are charged to, once there are any
};

}  // namespace runtime
