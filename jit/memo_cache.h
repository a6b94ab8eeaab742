#pragma once
// What stands in front of a memo table in compiled code: the last results of one
// version of a memo function, keys and result as bare words. Compiled code looks
// here itself, which costs two or three loads; the table is asked when that fails.
//
// Direct mapped. What it holds it borrows from the table, which keeps its keys and
// results as long as it lives. A result that is replaced there is forgotten here.

#include <array>
#include <cstdint>
#include <memory>
#include <span>

#include "runtime/context.h"
#include "runtime/memo.h"
#include "runtime/rep.h"

namespace jit {

class MemoCache {
 public:
  static constexpr size_t kMaxKeys = 4;
  // Memory is touched as entries are filled: a function of small ints uses the first few.
  static constexpr uint64_t kEntries = 1 << 16;
  // With more keys than entries, one in so many is put in: going round all of them finds nothing
  // here, and writing every time would double its cost; keys in frequent use come in all the same.
  static constexpr uint64_t kOneIn = 16;

  // An entry stands at the sum of its key's words, each times a factor, modulo kEntries. Ints and
  // bools add their products: a range of ints is an array, and the rows of two ints stand so far
  // apart that no grid of less than 21,769 keys, whatever its shape, has two at one place (the best
  // factor there is). Floats and strings (by their address) add the upper bits of the sum of their
  // products.
  static constexpr std::array<uint64_t, kMaxKeys> kStrides = {1, 19463, 49473, 55437};
  static constexpr std::array<uint64_t, kMaxKeys> kMultipliers = {
      0x9e3779b97f4a7c15, 0xbf58476d1ce4e5b9, 0x94d049bb133111eb, 0xd6e8feb86659fd93};
  static constexpr unsigned kUpperBits = 48;
  static bool UsesUpperBits(runtime::Tag key) {
    return key == runtime::Tag::Float || key == runtime::Tag::Str;
  }

  // Null when there is no such cache for these keys (none, too many, or of unknown type), or no
  // memory.
  static std::unique_ptr<MemoCache> Make(runtime::MemoTable* table,
                                         std::span<const runtime::Tag> keys, runtime::Rep result);
  ~MemoCache();
  MemoCache(const MemoCache&) = delete;
  MemoCache& operator=(const MemoCache&) = delete;

  // The table's answer, which is then known here too. Null: absent. Counts a hit or a miss.
  const runtime::Value* Find(const uint64_t* key);
  // After the result was inserted into the table. May leave it out.
  void Fill(const uint64_t* key, runtime::Value result);
  // Forgets everything.
  void Clear();

  // The key as the table wants it, in `out`.
  const runtime::Value* Boxed(const uint64_t* key, std::array<runtime::Value, kMaxKeys>* out) const;

  runtime::MemoTable* table() const { return table_; }
  std::span<const runtime::Tag> keys() const { return {keys_.data(), count_}; }
  // For compiled code: entries of `entry_words` words, the key's first, then the result's.
  const uint64_t* entries() const { return entries_; }
  uint64_t entry_words() const { return entry_words_; }

  uint64_t hits = 0;  // found by compiled code, which counts them only where work is counted

 private:
  MemoCache(runtime::MemoTable* table, std::span<const runtime::Tag> keys, runtime::Rep result,
            uint64_t entry_words, uint64_t* entries);
  uint64_t* EntryOf(const uint64_t* key) const;
  void MarkEmpty();

  runtime::MemoTable* table_;
  std::array<runtime::Tag, kMaxKeys> keys_ = {};
  size_t count_;
  bool all_ints_;
  runtime::Rep result_;
  uint64_t entry_words_;
  uint64_t* entries_;
  uint64_t left_out_ = 0;
};

}  // namespace jit
