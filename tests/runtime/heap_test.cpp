// Counts, the memory limit, and freeing.

#include "runtime/heap.h"

#include <vector>

#include <gtest/gtest.h>

#include "tests/runtime/run_fixture.h"

namespace tests {
namespace {

using runtime::Closure;
using runtime::Heap;
using runtime::kAny;
using runtime::kInt;
using runtime::kObjectBytes;
using runtime::kStr;
using runtime::List;
using runtime::Seq;
using runtime::SeqKind;
using runtime::Str;
using runtime::Value;

constexpr uint64_t kPlenty = uint64_t{1} << 32;

TEST(Heap, CountsByTheLanguagesSizes) {
  Heap heap(kPlenty);
  Str* small = heap.NewStr("hello", 5);
  EXPECT_EQ(heap.counters().live_bytes, kObjectBytes);
  EXPECT_EQ(heap.counters().allocations, 1u);
  Str* large = heap.NewStr(std::string(100, 'x'), 100);
  EXPECT_EQ(heap.counters().live_bytes, 2 * kObjectBytes + 100);
  EXPECT_EQ(heap.counters().allocations, 3u);  // its buffer counts
  List* list = heap.NewList(kInt, 0);
  ASSERT_TRUE(heap.Grow(list, 1));
  EXPECT_EQ(list->capacity, 16u);
  EXPECT_EQ(heap.counters().live_bytes, 3 * kObjectBytes + 100 + 128);
  EXPECT_EQ(heap.counters().live_objects, 3u);
  runtime::Release(small);
  runtime::Release(large);
  runtime::Release(list);
  EXPECT_EQ(heap.counters().live_bytes, 0u);
  EXPECT_EQ(heap.counters().live_objects, 0u);
  EXPECT_EQ(heap.counters().peak_bytes, 3 * kObjectBytes + 228);
}

TEST(Heap, StringsGrowByDoubling) {
  Heap heap(kPlenty);
  Str* str = heap.NewStr("", 0);
  EXPECT_EQ(str->capacity_bytes(), Str::kInlineBytes);
  str->size_bytes = Str::kInlineBytes;
  ASSERT_TRUE(heap.Grow(str, 1));
  EXPECT_EQ(str->capacity_bytes(), 2 * Str::kInlineBytes);
  EXPECT_EQ(heap.counters().live_bytes, kObjectBytes + 2 * Str::kInlineBytes);
  runtime::Release(str);
}

TEST(Heap, TheLimitIsExact) {
  Heap heap(2 * kObjectBytes);
  Str* a = heap.NewStr("a", 1);
  Str* b = heap.NewStr("b", 1);
  EXPECT_EQ(heap.NewStr("c", 1), nullptr);
  EXPECT_EQ(heap.refused_bytes(), kObjectBytes);
  runtime::Release(a);
  EXPECT_EQ(heap.NewStr(std::string(25, 'x'), 25), nullptr);
  Str* c = heap.NewStr("c", 1);
  EXPECT_NE(c, nullptr);
  EXPECT_EQ(heap.counters().peak_bytes, 2 * kObjectBytes);
  runtime::Release(b);
  runtime::Release(c);
}

TEST(Heap, HugeSizesAreRefusedAtOnce) {
  Heap heap(kPlenty);
  EXPECT_EQ(heap.NewStrOfSize(UINT64_MAX, 0), nullptr);
  EXPECT_EQ(heap.NewStrOfSize(UINT64_MAX - 63, 0), nullptr);
  EXPECT_EQ(heap.NewList(kInt, UINT64_MAX / 4), nullptr);
  List* list = heap.NewList(kInt, 0);
  EXPECT_FALSE(heap.Grow(list, UINT64_MAX / 2));
  EXPECT_FALSE(heap.Charge(UINT64_MAX));
  EXPECT_EQ(heap.counters().live_objects, 1u);
  runtime::Release(list);
  EXPECT_EQ(heap.counters().live_bytes, 0u);
}

TEST(Heap, FindsTheHeapOfAnObjectOfAnySize) {
  Heap first(kPlenty);
  Heap second(kPlenty);
  std::vector<Closure*> closures;
  for (uint32_t count = 0; count < 200; count += 7) {
    closures.push_back(first.NewClosure(0, 0, count));
    closures.push_back(second.NewClosure(0, 0, count));
    closures.push_back(second.NewClosure(0, 0, 100 * count));
    EXPECT_EQ(&Heap::Of(closures[closures.size() - 3]), &first);
    EXPECT_EQ(&Heap::Of(closures[closures.size() - 2]), &second);
    EXPECT_EQ(&Heap::Of(closures[closures.size() - 1]), &second);
  }
  for (Closure* closure : closures) {
    runtime::Release(closure);
  }
  EXPECT_EQ(first.counters().live_bytes, 0u);
  EXPECT_EQ(second.counters().live_bytes, 0u);
}

TEST(Heap, LargeClosuresCountWhatTheyTake) {
  Heap heap(kPlenty);
  Closure* small = heap.NewClosure(0, 0, 2);
  EXPECT_EQ(heap.counters().live_bytes, kObjectBytes);
  Seq* range = heap.NewSeq(SeqKind::Range, 0, 3);
  EXPECT_EQ(heap.counters().live_bytes, 3 * kObjectBytes);
  runtime::Release(small);
  runtime::Release(range);
}

TEST(Heap, FreesAMillionDeepChainWithoutRecursion) {
  Heap heap(kPlenty);
  constexpr int kDeep = 1'000'000;
  // A closure that holds a sequence that holds a list that holds a closure's
  // string ... three links at a time.
  Value inner = Value::Of(heap.NewStr("end", 3));
  for (int i = 0; i < kDeep / 2; ++i) {
    Closure* closure = heap.NewClosure(0, 0, 1);
    closure->captures()[0] = inner;
    Seq* seq = heap.NewSeq(SeqKind::Map, 0, 2);
    seq->operands()[1] = Value::Of(closure);
    inner = Value::Of(seq);
  }
  EXPECT_EQ(heap.counters().live_objects, kDeep + 1u);
  runtime::Release(inner);
  EXPECT_EQ(heap.counters().live_objects, 0u);
  EXPECT_EQ(heap.counters().live_bytes, 0u);
}

TEST(Heap, FreesNestedLists) {
  RunFixture run;
  std::vector<Value> rows;
  for (int i = 0; i < 1000; ++i) {
    rows.push_back(run.List({run.Str("a string of more than its inline bytes"), run.Str("b")}));
  }
  const Value list = run.List(std::move(rows));
  EXPECT_EQ(run.context.heap.counters().live_objects, 3001u);
  runtime::Release(list);
  run.ExpectNothingLives();
}

TEST(Heap, TheDestructorFreesWhatIsLeft) {
  Heap heap(kPlenty);
  for (uint32_t i = 1; i < 3000; ++i) {
    ASSERT_NE(heap.NewStr(std::string(i, 'x'), i), nullptr);
    List* list = heap.NewList(kStr, i);
    list->objects()[0] = nullptr;  // abandoned half-way: size is still 0
    ASSERT_NE(heap.NewClosure(0, 0, i), nullptr);
    ASSERT_NE(heap.NewBuffer(), nullptr);
  }
  // AddressSanitizer says whether all of it was freed.
}

#if defined(__SANITIZE_ADDRESS__)
TEST(HeapDeathTest, UsingAFreedObjectIsReported) {
  Heap heap(kPlenty);
  Str* str = heap.NewStr("gone", 4);
  runtime::Release(str);
  EXPECT_DEATH(std::printf("%u", str->references), "use-after-poison");
}
#endif

// Things that a program does; false when one of them has failed.
bool DoWork(RunFixture& run) {
  using frontend::BinaryOp;
  runtime::Context& context = run.context;
  std::vector<Value> owned;
  const auto keep = [&owned](Value value) {
    owned.push_back(value);
    return value;
  };
  bool ok = [&] {
    List* words = context.heap.NewList(kAny, 0);
    if (words == nullptr) {
      return context.FailMemory();
    }
    keep(Value::Of(words));
    for (int i = 0; i < 40; ++i) {
      Str* text = runtime::StrOf(context, Value::Float(i / 7.0));
      if (text == nullptr) {
        return false;
      }
      keep(Value::Of(text));
      if (!runtime::Append(context, words, Value::Of(text))) {
        return false;
      }
    }
    Value joined;
    if (!runtime::Binary(context, BinaryOp::Add, Value::Of(words), Value::Of(words), &joined)) {
      return false;
    }
    keep(joined);
    Value repeated;
    if (!runtime::Binary(context, BinaryOp::Mul, joined, Value::Int(3), &repeated)) {
      return false;
    }
    keep(repeated);
    Str* text = runtime::StrOf(context, repeated);
    if (text == nullptr) {
      return false;
    }
    for (int i = 0; i < 100 && text != nullptr; ++i) {
      text = runtime::AppendInt(context, text, i);
    }
    if (text == nullptr) {
      return false;
    }
    keep(Value::Of(text));
    Value buffer = Value::None();
    const auto id = [](runtime::BuiltinKind kind) {
      return static_cast<frontend::BuiltinId>(kind);
    };
    if (!runtime::CallBuiltin(context, id(runtime::BuiltinKind::Buffer), {}, &buffer)) {
      return false;
    }
    keep(buffer);
    const Value args[] = {buffer, Value::Of(text)};
    Value none;
    Value held;
    return runtime::CallBuiltin(context, id(runtime::BuiltinKind::Write), args, &none) &&
           runtime::CallBuiltin(context, id(runtime::BuiltinKind::Text), {args, 1}, &held) &&
           (keep(held),
            runtime::CallBuiltin(context, id(runtime::BuiltinKind::Write), args, &none));
  }();
  for (const Value& value : owned) {
    runtime::Release(value);
  }
  return ok;
}

TEST(Heap, EveryAllocationMayBeTheOneThatFails) {
  RunFixture whole;
  ASSERT_TRUE(DoWork(whole));
  whole.ExpectNothingLives();
  const uint64_t peak = whole.context.heap.counters().peak_bytes;
  uint64_t refusals = 0;
  for (uint64_t limit = 0; limit < peak; limit += 8) {
    RunFixture run("1\n", {.memory_bytes = limit});
    ASSERT_FALSE(DoWork(run)) << limit;
    ASSERT_TRUE(run.context.failure.has_value());
    EXPECT_EQ(run.context.failure->kind, runtime::ErrorKind::Memory) << limit;
    EXPECT_LE(run.context.heap.counters().peak_bytes, limit);
    run.ExpectNothingLives();
    ++refusals;
  }
  EXPECT_GT(refusals, 1000u);
  RunFixture enough("1\n", {.memory_bytes = peak});
  EXPECT_TRUE(DoWork(enough));
}

}  // namespace
}  // namespace tests
