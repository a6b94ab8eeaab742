// The cache in front of a memo table, as helpers use it. Compiled code that reads it: the golden
// programs of tests/golden/memo.

#include "jit/memo_cache.h"

#include <bit>
#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "jit/machine.h"
#include "jit/support.h"
#include "tests/runtime/run_fixture.h"

namespace jit {
namespace {

using runtime::MemoTable;
using runtime::Tag;
using runtime::Value;

uint64_t Word(int64_t value) { return std::bit_cast<uint64_t>(value); }
uint64_t Word(double value) { return std::bit_cast<uint64_t>(value); }

// Where the key stands, as found from outside: the only entry that holds it.
const uint64_t* Look(const MemoCache& cache, const std::vector<uint64_t>& key) {
  const uint64_t* found = nullptr;
  for (uint64_t i = 0; i < MemoCache::kEntries; ++i) {
    const uint64_t* entry = cache.entries() + i * cache.entry_words();
    if (std::equal(key.begin(), key.end(), entry)) {
      EXPECT_EQ(found, nullptr);
      found = entry;
    }
  }
  return found;
}

TEST(MemoCache, NeedsKeysOfKnownTypes) {
  MemoTable table(1);
  const auto has_cache = [&](const std::vector<Tag>& keys) {
    return MemoCache::Make(&table, keys, Rep::Int) != nullptr;
  };
  EXPECT_TRUE(has_cache({Tag::Int}));
  EXPECT_TRUE(has_cache({Tag::Float, Tag::Str, Tag::Bool, Tag::Int}));
  EXPECT_FALSE(has_cache({}));
  EXPECT_FALSE(has_cache({Tag::None}));
  EXPECT_FALSE(has_cache({Tag::List}));
  EXPECT_FALSE(has_cache({Tag::Int, Tag::Int, Tag::Int, Tag::Int, Tag::Int}));
}

TEST(MemoCache, FindsNothingThatWasNotFilled) {
  MemoTable table(2);
  for (const Tag first : {Tag::Int, Tag::Float, Tag::Bool}) {
    const Tag keys[] = {first, Tag::Int};
    const auto cache = MemoCache::Make(&table, keys, Rep::Int);
    ASSERT_NE(cache, nullptr);
    EXPECT_EQ(cache->entry_words(), 3U);
    // Where a key of zeros belongs, something else stands.
    EXPECT_NE(cache->entries()[0], 0U);
    const uint64_t zeros[] = {0, 0};
    cache->Fill(zeros, Value::Int(5));
    EXPECT_EQ(cache->entries()[0], 0U);
    EXPECT_EQ(cache->entries()[2], 5U);
    cache->Clear();
    EXPECT_NE(cache->entries()[0], 0U);
    // And what stands there belongs elsewhere.
    const uint64_t one[] = {1, 0};
    cache->Fill(one, Value::Int(6));
    EXPECT_EQ(cache->entries()[2], 0U);
  }
}

TEST(MemoCache, KnowsWhatTheTableKnows) {
  tests::RunFixture run;
  MemoTable table(1);
  const Tag keys[] = {Tag::Int};
  const auto cache = MemoCache::Make(&table, keys, Rep::Float);
  const uint64_t key[] = {Word(int64_t{-3})};
  EXPECT_EQ(cache->Find(key), nullptr);
  const Value boxed = Value::Int(-3);
  ASSERT_TRUE(table.Insert(run.context, &boxed, Value::Float(0.5)));
  EXPECT_EQ(Look(*cache, {key[0]}), nullptr);
  EXPECT_EQ(cache->Find(key)->real, 0.5);
  const uint64_t* entry = Look(*cache, {key[0]});
  ASSERT_NE(entry, nullptr);
  EXPECT_EQ(entry[1], Word(0.5));
  EXPECT_EQ(table.hits(), 1U);
  EXPECT_EQ(table.misses(), 1U);
}

TEST(MemoCache, KeepsGridsOfAnyShapeApart) {
  MemoTable table(2);
  const Tag keys[] = {Tag::Int, Tag::Int};
  for (const int64_t width : {1, 3, 16, 37, 128, 500, 1'000, 8'000, 21'000}) {
    const auto cache = MemoCache::Make(&table, keys, Rep::Unit);
    const int64_t height = 21'000 / width;
    for (int64_t a = 0; a < height; ++a) {
      for (int64_t b = 0; b < width; ++b) {
        const uint64_t key[] = {Word(a), Word(b)};
        cache->Fill(key, Value::None());
      }
    }
    int64_t held = 0;
    for (uint64_t i = 0; i < MemoCache::kEntries; ++i) {
      const uint64_t* entry = cache->entries() + 2 * i;
      held += entry[0] != 0 || entry[1] != 0 ? 1 : 0;
    }
    EXPECT_GE(held, width * height - 1) << width;  // zeros do not show
  }
}

TEST(MemoCache, HoldsOnlyStringsThatTheTableKeeps) {
  tests::RunFixture run;
  {
    MemoTable table(1);
    const Tag keys[] = {Tag::Str};
    const auto cache = MemoCache::Make(&table, keys, Rep::Int);
    const Value kept = Value::Of(run.context.heap.NewStr("key", 3));
    const Value other = Value::Of(run.context.heap.NewStr("key", 3));
    ASSERT_TRUE(table.Insert(run.context, &kept, Value::Int(1)));
    EXPECT_EQ(cache->Find(&other.bits)->integer, 1);
    EXPECT_EQ(Look(*cache, {other.bits}), nullptr);
    EXPECT_EQ(cache->Find(&kept.bits)->integer, 1);
    EXPECT_NE(Look(*cache, {kept.bits}), nullptr);
    runtime::Release(kept);
    runtime::Release(other);
  }
  run.ExpectNothingLives();
}

TEST(MemoCache, ComparesFloatsByTheirBits) {
  tests::RunFixture run;
  MemoTable table(1);
  const Tag keys[] = {Tag::Float};
  const auto cache = MemoCache::Make(&table, keys, Rep::Int);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  int64_t next = 0;
  for (const double x : {0.0, -0.0, nan}) {
    const Value boxed = Value::Float(x);
    ASSERT_TRUE(table.Insert(run.context, &boxed, Value::Int(next++)));
  }
  const uint64_t of_keys[] = {Word(-0.0), Word(nan), Word(-nan)};
  const int64_t results[] = {1, 2, 2};
  for (size_t i = 0; i < std::size(of_keys); ++i) {
    EXPECT_EQ(cache->Find(&of_keys[i])->integer, results[i]);
    ASSERT_NE(Look(*cache, {of_keys[i]}), nullptr);
    EXPECT_EQ(Look(*cache, {of_keys[i]})[1], Word(results[i]));
  }
  const uint64_t zero = Word(0.0);
  EXPECT_EQ(cache->Find(&zero)->integer, 0);
  EXPECT_EQ(cache->entries()[0], 0U);
  EXPECT_EQ(cache->entries()[1], 0U);
}

}  // namespace
}  // namespace jit
