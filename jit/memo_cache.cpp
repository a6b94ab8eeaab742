// A free entry holds a key that does not belong there. Words of zero belong into the first entry,
// so fresh memory is free but for that one. Tests: tests/jit/memo_cache_test.cpp.

#include "jit/memo_cache.h"

#include <algorithm>
#include <bit>

#include <sys/mman.h>

namespace jit {

using runtime::Rep;
using runtime::Tag;
using runtime::Value;

namespace {

bool IsKey(Tag tag) {
  return tag == Tag::Int || tag == Tag::Float || tag == Tag::Bool || tag == Tag::Str;
}

uint64_t WordsOf(Rep rep) {
  switch (rep) {
    case Rep::Unit:
      return 0;
    case Rep::Int:
    case Rep::Float:
    case Rep::Bool:
    case Rep::Ref:
      return 1;
    case Rep::Value:
      return 2;
  }
  return 0;
}

}  // namespace

std::unique_ptr<MemoCache> MemoCache::Make(runtime::MemoTable* table, std::span<const Tag> keys,
                                           runtime::Rep result) {
  if (keys.empty() || keys.size() > kMaxKeys || !std::all_of(keys.begin(), keys.end(), IsKey)) {
    return nullptr;
  }
  const uint64_t entry_words = keys.size() + WordsOf(result);
  void* memory = mmap(nullptr, kEntries * entry_words * sizeof(uint64_t), PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) {
    return nullptr;
  }
  return std::unique_ptr<MemoCache>(
      new MemoCache(table, keys, result, entry_words, static_cast<uint64_t*>(memory)));
}

MemoCache::MemoCache(runtime::MemoTable* table, std::span<const Tag> keys, runtime::Rep result,
                     uint64_t entry_words, uint64_t* entries)
    : table_(table),
      count_(keys.size()),
      all_ints_(std::all_of(keys.begin(), keys.end(), [](Tag tag) { return tag == Tag::Int; })),
      result_(result),
      entry_words_(entry_words),
      entries_(entries) {
  std::copy(keys.begin(), keys.end(), keys_.begin());
  MarkEmpty();
}

MemoCache::~MemoCache() { munmap(entries_, kEntries * entry_words_ * sizeof(uint64_t)); }

// A key of 1 and zeros belongs elsewhere, whatever the types.
void MemoCache::MarkEmpty() { entries_[0] = 1; }

void MemoCache::Clear() {
  const uint64_t bytes = kEntries * entry_words_ * sizeof(uint64_t);
  if (madvise(entries_, bytes, MADV_DONTNEED) != 0) {  // fresh memory again
    std::fill_n(entries_, kEntries * entry_words_, 0);
  }
  MarkEmpty();
}

uint64_t* MemoCache::EntryOf(const uint64_t* key) const {
  uint64_t sum = 0;
  uint64_t upper = 0;
  for (size_t i = 0; i < count_; ++i) {
    if (UsesUpperBits(keys_[i])) {
      upper += key[i] * kMultipliers[i];
    } else {
      sum += key[i] * kStrides[count_ - 1 - i];
    }
  }
  return &entries_[(sum + (upper >> kUpperBits)) % kEntries * entry_words_];
}

const Value* MemoCache::Boxed(const uint64_t* key, std::array<Value, kMaxKeys>* out) const {
  for (size_t i = 0; i < count_; ++i) {
    (*out)[i].tag = keys_[i];
    (*out)[i].bits = key[i];
  }
  return out->data();
}

const Value* MemoCache::Find(const uint64_t* key) {
  const Value* found = nullptr;
  if (all_ints_ && count_ == 1) {
    const int64_t ints[] = {std::bit_cast<int64_t>(key[0])};
    found = table_->FindInts<1>(ints);
  } else if (all_ints_ && count_ == 2) {
    const int64_t ints[] = {std::bit_cast<int64_t>(key[0]), std::bit_cast<int64_t>(key[1])};
    found = table_->FindInts<2>(ints);
  } else {
    std::array<Value, kMaxKeys> boxed;
    found = table_->Find(Boxed(key, &boxed));
  }
  if (found == nullptr) {
    return nullptr;
  }
  const Value* known = found - count_;  // the table's key stands in front of its result
  for (size_t i = 0; i < count_; ++i) {
    if (keys_[i] == Tag::Str && known[i].bits != key[i]) {
      return found;  // the same text, but not the string that the table keeps alive
    }
  }
  Fill(key, *found);
  return found;
}

void MemoCache::Fill(const uint64_t* key, Value result) {
  if (table_->size() > kEntries && ++left_out_ % kOneIn != 0) {
    return;
  }
  uint64_t* entry = EntryOf(key);
  entry = std::copy_n(key, count_, entry);
  switch (result_) {
    case runtime::Rep::Unit:
      break;
    case runtime::Rep::Float:
      *entry = result.tag == Tag::Int ? std::bit_cast<uint64_t>(static_cast<double>(result.integer))
                                      : result.bits;
      break;
    case runtime::Rep::Int:
    case runtime::Rep::Bool:
    case runtime::Rep::Ref:
      *entry = result.bits;
      break;
    case runtime::Rep::Value:
      entry[0] = static_cast<uint64_t>(result.tag);
      entry[1] = result.bits;
      break;
  }
}

}  // namespace jit
