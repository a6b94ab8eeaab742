// Open addressing with linear probing over one array of slots, each a key of
// `arity` values and the result. A slot is free while its result's place
// holds a tag that no value has. The table doubles at three quarters full.
// Tests: tests/runtime/memo_test.cpp.

#include "runtime/memo.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "runtime/error_texts.h"
#include "runtime/mutant.h"
#include "runtime/ops.h"

namespace runtime {

namespace {

constexpr uint64_t kFirstCapacity = 16;

uint64_t Mix(uint64_t hash, uint64_t word) {
  hash = (hash ^ word) * 0x9e3779b97f4a7c15;
  return hash ^ (hash >> 32);
}

uint64_t HashText(std::string_view text) {
  uint64_t hash = 0x243f6a8885a308d3;
  while (text.size() >= 8) {
    uint64_t word;
    std::memcpy(&word, text.data(), 8);
    hash = Mix(hash, word);
    text.remove_prefix(8);
  }
  uint64_t rest = text.size();
  std::memcpy(&rest, text.data(), text.size());
  return Mix(hash, rest ^ text.size() << 56);
}

// The payload that stands for the value: every nan is the same key.
uint64_t KeyBits(const Value& value) {
  if (value.tag == Tag::Float && LAB_MUTANT(309, std::isnan(value.real), false)) {
    return 0x7ff8000000000000;
  }
  return value.bits;
}

bool SameKey(const Value* a, const Value* b, uint32_t arity) {
  for (uint32_t i = 0; i < arity; ++i) {
    if (a[i].tag != b[i].tag ||
        (a[i].tag == Tag::Str ? !EqualStr(a[i].str, b[i].str) : KeyBits(a[i]) != KeyBits(b[i]))) {
      return false;
    }
  }
  return true;
}

}  // namespace

uint64_t MemoTable::Hash(const Value* key, uint32_t arity) {
  uint64_t hash = 0;
  for (uint32_t i = 0; i < arity; ++i) {
    const uint64_t bits = key[i].tag == Tag::Str ? HashText(key[i].str->view()) : KeyBits(key[i]);
    hash += Weigh(i, bits, key[i].tag);
  }
  return Finish(hash);
}

MemoTable::MemoTable(uint32_t arity) : arity_(arity) {}

MemoTable::~MemoTable() {
  for (uint64_t slot = 0; slot < capacity_; ++slot) {
    const Value* entry = Slot(slot);
    if (entry[arity_].tag != kFree) {
      for (uint32_t i = 0; i <= arity_; ++i) {
        Release(entry[i]);
      }
    }
  }
  if (heap_ != nullptr) {
    heap_->Discharge(slots_.size() * sizeof(Value));
  }
}

uint64_t MemoTable::Probe(const Value* key) const {
  uint64_t slot = Hash(key, arity_) & (capacity_ - 1);
  while (Slot(slot)[arity_].tag != kFree && !SameKey(Slot(slot), key, arity_)) {
    slot = (slot + 1) & (capacity_ - 1);
  }
  return slot;
}

const Value* MemoTable::Find(const Value* key) {
  if (capacity_ != 0) {
    const Value* result = Slot(Probe(key)) + arity_;
    if (result->tag != kFree) {
      ++hits_;
      return result;
    }
  }
  ++misses_;
  return nullptr;
}

bool MemoTable::Grow(Context& context) {
  const uint64_t capacity = capacity_ == 0 ? kFirstCapacity : 2 * capacity_;
  const uint64_t values = capacity * (arity_ + 1);
  if (!context.heap.Charge(values * sizeof(Value))) {
    return context.FailMemory();
  }
  heap_ = &context.heap;
  Value free_slot = Value::None();
  free_slot.tag = kFree;
  std::vector<Value> old(values, free_slot);
  old.swap(slots_);
  capacity_ = capacity;
  for (size_t at = 0; at < old.size(); at += arity_ + 1) {
    if (old[at + arity_].tag != kFree) {
      std::copy_n(&old[at], arity_ + 1, Slot(Probe(&old[at])));
    }
  }
  heap_->Discharge(LAB_MUTANT(310, old.size() * sizeof(Value), 0));
  return true;
}

bool MemoTable::Insert(Context& context, const Value* key, Value result) {
  if (4 * (size_ + 1) > 3 * capacity_ && !Grow(context)) {
    return false;
  }
  Value* entry = Slot(Probe(key));
  if (entry[arity_].tag != kFree) {
    // A recursive call with the same key has come first.
    Value old = entry[arity_];
    entry[arity_] = Retain(result);
    Release(old);
    return true;
  }
  for (uint32_t i = 0; i < arity_; ++i) {
    entry[i] = Retain(key[i]);
  }
  entry[arity_] = Retain(result);
  ++size_;
  return true;
}

bool MemoTable::CheckKey(Context& context, const Value* key, uint32_t arity) {
  for (uint32_t i = 0; i < arity; ++i) {
    if (key[i].tag != Tag::Int && key[i].tag != Tag::Float && key[i].tag != Tag::Bool &&
        key[i].tag != Tag::Str) {
      return context.Fail(MemoKeyText(DescribeType(context, key[i])));
    }
  }
  return true;
}

}  // namespace runtime
