// Memo tables.

#include "runtime/memo.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "tests/runtime/run_fixture.h"

namespace tests {
namespace {

using runtime::MemoTable;
using runtime::Value;

TEST(Memo, FindsWhatWasInserted) {
  RunFixture run;
  {
    MemoTable table(2);
    for (int64_t i = 0; i < 10'000; ++i) {
      const Value key[] = {Value::Int(i), Value::Int(i % 7)};
      EXPECT_EQ(table.Find(key), nullptr);
      ASSERT_TRUE(table.Insert(run.context, key, Value::Int(i * i)));
    }
    for (int64_t i = 0; i < 10'000; ++i) {
      const Value key[] = {Value::Int(i), Value::Int(i % 7)};
      const Value* found = table.Find(key);
      ASSERT_NE(found, nullptr);
      EXPECT_EQ(found->integer, i * i);
    }
    EXPECT_EQ(table.hits(), 10'000u);
    EXPECT_EQ(table.misses(), 10'000u);
    EXPECT_GT(run.context.heap.counters().live_bytes, 10'000u * 48);
  }
  run.ExpectNothingLives();
}

TEST(Memo, KeysAreExact) {
  RunFixture run;
  MemoTable table(1);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const Value keys[] = {Value::Int(1),      Value::Float(1),   Value::Bool(true),
                        Value::Float(-0.0), Value::Float(0.0), Value::Float(nan),
                        Value::Int(0),      Value::Bool(false)};
  int64_t number = 0;
  for (const Value& key : keys) {
    EXPECT_EQ(table.Find(&key), nullptr);
    ASSERT_TRUE(table.Insert(run.context, &key, Value::Int(number++)));
  }
  const Value other_nan = Value::Float(std::copysign(nan, -1.0));
  ASSERT_NE(table.Find(&other_nan), nullptr);
  EXPECT_EQ(table.Find(&other_nan)->integer, 5);
  EXPECT_EQ(table.Find(&keys[3])->integer, 3);
  EXPECT_EQ(table.Find(&keys[4])->integer, 4);
}

TEST(Memo, StringsAreKeysByTheirText) {
  RunFixture run;
  {
    MemoTable table(1);
    for (int i = 0; i < 100; ++i) {
      const Value key = run.Str("key " + std::to_string(i));
      const Value result = run.Str(std::to_string(i));
      ASSERT_TRUE(table.Insert(run.context, &key, result));
      runtime::Release(key);
      runtime::Release(result);
    }
    const Value key = run.Str("key 42");
    ASSERT_NE(table.Find(&key), nullptr);
    EXPECT_EQ(run.Text(*table.Find(&key)), "42");
    runtime::Release(key);
  }
  run.ExpectNothingLives();
}

TEST(Memo, ASecondInsertReplaces) {
  RunFixture run;
  MemoTable table(0);
  ASSERT_TRUE(table.Insert(run.context, nullptr, Value::Int(1)));
  ASSERT_TRUE(table.Insert(run.context, nullptr, Value::Int(2)));
  EXPECT_EQ(table.Find(nullptr)->integer, 2);
}

TEST(Memo, TheTableCountsAgainstTheLimit) {
  RunFixture run("1\n", {.memory_bytes = 4096});
  {
    MemoTable table(1);
    int64_t i = 0;
    while (i < 1'000'000) {
      const Value key = Value::Int(i++);
      if (!table.Insert(run.context, &key, key)) {
        break;
      }
    }
    EXPECT_LT(i, 200);
    EXPECT_EQ(run.context.failure->kind, runtime::ErrorKind::Memory);
  }
  run.ExpectNothingLives();
}

TEST(Memo, OtherKeysAreRefused) {
  RunFixture run;
  const Value list = run.Ints({1});
  EXPECT_FALSE(MemoTable::CheckKey(run.context, &list, 1));
  EXPECT_EQ(run.Failure(), "type: a memo function cannot take a list[int]");
  runtime::Release(list);
}

}  // namespace
}  // namespace tests
