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
  // The same for keys of ints alone, without boxing them. N is the arity.
  template <uint32_t N>
  const Value* FindInts(const int64_t* key);
  // Retains key and result. False when the heap's limit is reached.
  bool Insert(Context& context, const Value* key, Value result);
  // False, with a Type failure, when a key value is no int, float, bool or str.
  static bool CheckKey(Context& context, const Value* key, uint32_t arity);

  uint64_t size() const { return size_; }  // keys
  uint64_t hits() const { return hits_; }
  uint64_t misses() const { return misses_; }

 private:
  // A free slot has this tag, which no value has, in its result's place.
  static constexpr Tag kFree = static_cast<Tag>(~uint64_t{0});

  // A key's hash is the sum of its words, each times an odd constant of its
  // own: the products do not wait for each other (Dietzfelbinger et al. 1997).
  static constexpr uint64_t kMultipliers[] = {0x9e3779b97f4a7c15, 0xbf58476d1ce4e5b9,
                                              0x94d049bb133111eb, 0xd6e8feb86659fd93};
  static uint64_t Weigh(uint32_t position, uint64_t bits, Tag tag) {
    return (bits + static_cast<uint64_t>(tag)) * kMultipliers[position % 4] * (position / 4 * 2 + 1);
  }
  static uint64_t Finish(uint64_t hash) { return hash ^ (hash >> 32); }
  static uint64_t Hash(const Value* key, uint32_t arity);

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

template <uint32_t N>
const Value* MemoTable::FindInts(const int64_t* key) {
  if (capacity_ != 0) {
    uint64_t hash = 0;
    for (uint32_t i = 0; i < N; ++i) {
      hash += Weigh(i, static_cast<uint64_t>(key[i]), Tag::Int);
    }
    for (uint64_t slot = Finish(hash);; ++slot) {
      const Value* entry = &slots_[(slot & (capacity_ - 1)) * (N + 1)];
      if (entry[N].tag == kFree) {
        break;
      }
      bool same = true;
      for (uint32_t i = 0; i < N; ++i) {
        same &= entry[i].tag == Tag::Int && entry[i].integer == key[i];
      }
      if (same) {
        ++hits_;
        return &entry[N];
      }
    }
  }
  ++misses_;
  return nullptr;
}

}  // namespace runtime
