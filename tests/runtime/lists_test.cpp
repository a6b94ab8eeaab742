// Lists and how they get their element types.

#include <gtest/gtest.h>

#include "runtime/list_types.h"
#include "tests/runtime/run_fixture.h"

namespace tests {
namespace {

using frontend::BinaryOp;
using runtime::kAny;
using runtime::kFloat;
using runtime::kInt;
using runtime::List;
using runtime::Value;

// "ok", or the failure.
std::string Append(RunFixture& run, Value list, Value value) {
  const bool ok = runtime::Append(run.context, list.list, value);
  runtime::Release(value);
  return ok ? "ok" : run.Failure();
}

std::string Literal(RunFixture& run, const std::vector<Value>& values) {
  List* list = runtime::NewListFromValues(run.context, values);
  for (const Value& value : values) {
    runtime::Release(value);
  }
  return list == nullptr ? run.Failure() : run.Take(Value::Of(list));
}

std::string TypeName(RunFixture& run, Value value) {
  return run.types.Name(runtime::TypeOf(run.context, value));
}

TEST(Lists, LiteralsHaveOneElementType) {
  RunFixture run;
  EXPECT_EQ(Literal(run, {Value::Int(1), Value::Int(2)}), "[1, 2]");
  EXPECT_EQ(Literal(run, {Value::Int(1), Value::Float(2)}),
            "type: a list cannot hold both an int and a float");
  EXPECT_EQ(Literal(run, {Value::Int(1), run.Str("a")}),
            "type: a list cannot hold both an int and a str");
  EXPECT_EQ(Literal(run, {Value::None()}), "type: a list cannot hold none");
  EXPECT_EQ(Literal(run, {Value::Builtin(7)}), "type: a list cannot hold a function");
  EXPECT_EQ(Literal(run, {run.Ints({1}), run.List({run.Str("a")})}),
            "type: a list cannot hold both a list[int] and a list[str]");
  run.ExpectNothingLives();
}

TEST(Lists, LiteralsHaveNoRoomToSpare) {
  RunFixture run;
  const Value list = run.Ints({1, 2, 3});
  EXPECT_EQ(list.list->capacity, 3u);
  EXPECT_EQ(run.context.heap.counters().live_bytes, runtime::kObjectBytes + 24);
  runtime::Release(list);
}

TEST(Lists, TheFirstAppendSettlesTheType) {
  RunFixture run;
  const Value list = run.List({});
  EXPECT_EQ(TypeName(run, list), "list");
  EXPECT_EQ(Append(run, list, Value::Bool(true)), "ok");
  EXPECT_EQ(TypeName(run, list), "list[bool]");
  EXPECT_EQ(Append(run, list, Value::Int(1)), "type: cannot append an int to a list[bool]");
  EXPECT_EQ(run.Take(list), "[true]");
}

TEST(Lists, AWrongAppendNamesBothTypes) {
  RunFixture run;
  const Value list = run.Ints({1});
  EXPECT_EQ(Append(run, list, Value::Float(1)), "type: cannot append a float to a list[int]");
  EXPECT_EQ(Append(run, list, Value::Builtin(9)), "type: a list cannot hold a function");
  EXPECT_EQ(Append(run, list, run.Ints({1})), "type: cannot append a list[int] to a list[int]");
  runtime::Release(list);
  run.ExpectNothingLives();
}

TEST(Lists, ALiteralSettlesItsEmptyLists) {
  RunFixture run;
  const Value list = run.List({run.List({}), run.Ints({1})});
  EXPECT_EQ(TypeName(run, list), "list[list[int]]");
  const Value empty = Value::Of(list.list->objects()[0]);
  EXPECT_EQ(TypeName(run, empty), "list[int]");
  EXPECT_EQ(Append(run, empty, run.Str("x")), "type: cannot append a str to a list[int]");
  runtime::Release(list);
}

TEST(Lists, ASettledListSettlesTheOthersBesideIt) {
  RunFixture run;
  const Value rows = run.List({run.List({}), run.List({})});
  EXPECT_EQ(TypeName(run, rows), "list[list]");
  EXPECT_EQ(Append(run, rows, run.List({})), "ok");
  EXPECT_EQ(Append(run, rows, run.Ints({1})), "ok");
  EXPECT_EQ(TypeName(run, rows), "list[list[int]]");
  EXPECT_EQ(TypeName(run, Value::Of(rows.list->objects()[0])), "list[int]");
  EXPECT_EQ(Append(run, rows, run.List({run.Str("a")})),
            "type: cannot append a list[str] to a list[list[int]]");
  runtime::Release(rows);
  run.ExpectNothingLives();
}

TEST(Lists, ATypeThatSettledBehindItsBackIsSeen) {
  RunFixture run;
  const Value row = run.List({});
  const Value rows = run.List({runtime::Retain(row)});
  EXPECT_EQ(Append(run, row, Value::Int(1)), "ok");
  EXPECT_EQ(TypeName(run, rows), "list[list[int]]");
  EXPECT_EQ(Append(run, rows, run.List({Value::Float(1)})),
            "type: cannot append a list[float] to a list[list[int]]");
  EXPECT_EQ(Append(run, rows, run.Ints({2})), "ok");
  EXPECT_EQ(run.Take(rows), "[[1], [2]]");
  runtime::Release(row);
  run.ExpectNothingLives();
}

TEST(Lists, NestingIsLimited) {
  RunFixture run;
  Value list = run.Ints({1});
  for (uint32_t level = 1; level < runtime::TypeTable::kMaxDepth; ++level) {
    list = run.List({list});
  }
  EXPECT_EQ(run.Text(list), "[[[[[[[[1]]]]]]]]");
  EXPECT_EQ(Literal(run, {list}), "type: a list cannot be nested deeper than 8 levels");
  run.ExpectNothingLives();
}

TEST(Lists, EmptyListsNestNoDeeper) {
  RunFixture run;
  Value list = run.List({});
  for (uint32_t level = 1; level < runtime::TypeTable::kMaxDepth; ++level) {
    list = run.List({list});
  }
  EXPECT_EQ(Literal(run, {list}), "type: a list cannot be nested deeper than 8 levels");
}

TEST(Lists, NoListHoldsItself) {
  RunFixture run;
  const Value list = run.List({});
  EXPECT_EQ(Append(run, list, runtime::Retain(list)), "type: a list cannot hold itself");
  const Value outer = run.List({runtime::Retain(list)});
  EXPECT_EQ(Append(run, list, runtime::Retain(outer)), "type: a list cannot hold itself");
  const Value nested = run.List({run.List({})});
  EXPECT_FALSE(runtime::SetIndex(run.context, nested, Value::Int(0), nested));
  EXPECT_EQ(run.Failure(), "type: a list cannot hold itself");
  runtime::Release(list);
  runtime::Release(outer);
  runtime::Release(nested);
  run.ExpectNothingLives();
}

TEST(Lists, DeepListsBuiltBehindOthersBacksDoNotRecurseForEver) {
  RunFixture run;
  // Each chain is within the limit when it is put into the last empty list of the next.
  Value chain = run.List({});
  std::vector<Value> kept;
  for (int i = 0; i < 50; ++i) {
    const Value hole = run.List({});
    kept.push_back(runtime::Retain(hole));
    Value next = hole;
    for (int level = 0; level < 5; ++level) {
      next = run.List({next});
    }
    // `hole` gets what was built before, whose own innermost list is open.
    if (i > 0) {
      runtime::Append(run.context, hole.list, chain);
      run.context.failure.reset();
    }
    runtime::Release(chain);
    chain = next;
  }
  std::string text;
  if (!runtime::Format(run.context, chain, &text)) {
    EXPECT_EQ(run.Failure(), "type: a list cannot be nested deeper than 8 levels");
  }
  runtime::Release(chain);
  for (const Value& value : kept) {
    runtime::Release(value);
  }
  run.ExpectNothingLives();
}

TEST(Lists, IndexAndStore) {
  RunFixture run;
  const Value list = run.Ints({10, 20, 30});
  Value element;
  ASSERT_TRUE(runtime::GetIndex(run.context, list, Value::Int(-1), &element));
  EXPECT_EQ(element.integer, 30);
  EXPECT_TRUE(runtime::SetIndex(run.context, list, Value::Int(-3), Value::Int(7)));
  EXPECT_EQ(run.Text(list), "[7, 20, 30]");
  EXPECT_FALSE(runtime::SetIndex(run.context, list, Value::Int(3), Value::Int(7)));
  EXPECT_EQ(run.Failure(), "index: index 3 is outside a list of length 3");
  EXPECT_FALSE(runtime::SetIndex(run.context, list, Value::Int(0), Value::Float(7)));
  EXPECT_EQ(run.Failure(), "type: cannot put a float into a list[int]");
  EXPECT_FALSE(runtime::GetIndex(run.context, list, Value::Float(0), &element));
  EXPECT_EQ(run.Failure(), "type: an index must be an int, not a float");
  EXPECT_FALSE(runtime::GetIndex(run.context, Value::Int(3), Value::Int(0), &element));
  EXPECT_EQ(run.Failure(), "type: an int has no elements to index");
  runtime::Release(list);
  const Value words = run.List({run.Str("a"), run.Str("b")});
  const Value word = run.Str("c");
  EXPECT_TRUE(runtime::SetIndex(run.context, words, Value::Int(1), word));
  runtime::Release(word);
  EXPECT_EQ(run.Take(words), "['a', 'c']");
  const Value str = run.Str("abc");
  EXPECT_FALSE(runtime::SetIndex(run.context, str, Value::Int(0), str));
  EXPECT_EQ(run.Failure(), "type: a str cannot be changed");
  runtime::Release(str);
  run.ExpectNothingLives();
}

TEST(Lists, IndicesCountFromBothEnds) {
  const auto place = [](int64_t index) { return runtime::IndexInRange(&index, 2) ? index : -1; };
  EXPECT_EQ(place(0), 0);
  EXPECT_EQ(place(1), 1);
  EXPECT_EQ(place(2), -1);
  EXPECT_EQ(place(-2), 0);
  EXPECT_EQ(place(-3), -1);
  EXPECT_EQ(place(INT64_MIN), -1);
  EXPECT_EQ(place(INT64_MAX), -1);
}

TEST(Lists, TypedAppendsGrow) {
  RunFixture run;
  const Value ints = Value::Of(run.context.heap.NewList(kInt, 0));
  const Value floats = Value::Of(run.context.heap.NewList(kFloat, 0));
  const Value bools = Value::Of(run.context.heap.NewList(runtime::kBool, 0));
  const Value words = Value::Of(run.context.heap.NewList(runtime::kStr, 0));
  for (int i = 0; i < 20; ++i) {
    EXPECT_TRUE(runtime::AppendInt(run.context, ints.list, i));
    EXPECT_TRUE(runtime::AppendFloat(run.context, floats.list, i / 2.0));
    EXPECT_TRUE(runtime::AppendBool(run.context, bools.list, i % 2 == 0));
    EXPECT_TRUE(runtime::AppendObject(run.context, words.list, run.Str("w").object));
  }
  EXPECT_EQ(ints.list->ints()[19], 19);
  EXPECT_EQ(floats.list->floats()[19], 9.5);
  EXPECT_EQ(bools.list->bools()[18], 1);
  EXPECT_EQ(bools.list->capacity, 32u);
  for (const Value& value : {ints, floats, bools, words}) {
    EXPECT_EQ(value.list->size, 20u);
    runtime::Release(value);
  }
  run.ExpectNothingLives();
}

TEST(Lists, PopTakesTheLast) {
  RunFixture run;
  const Value list = run.List({run.Str("a"), run.Str("b")});
  Value last;
  ASSERT_TRUE(runtime::Pop(run.context, list.list, &last));
  EXPECT_EQ(run.Take(last), "b");
  ASSERT_TRUE(runtime::Pop(run.context, list.list, &last));
  runtime::Release(last);
  EXPECT_FALSE(runtime::Pop(run.context, list.list, &last));
  EXPECT_EQ(run.Failure(), "empty: cannot pop from an empty list");
  runtime::Release(list);
  run.ExpectNothingLives();
}

TEST(Lists, AddAndRepeat) {
  RunFixture run;
  EXPECT_EQ(run.Op(BinaryOp::Add, run.Ints({1}), run.Ints({2, 3})), "[1, 2, 3]");
  EXPECT_EQ(run.Op(BinaryOp::Add, run.List({}), run.Ints({2})), "[2]");
  EXPECT_EQ(run.Op(BinaryOp::Add, run.List({}), run.List({})), "[]");
  EXPECT_EQ(run.Op(BinaryOp::Add, run.Ints({1}), run.List({Value::Float(1)})),
            "type: cannot add a list[int] and a list[float]");
  EXPECT_EQ(run.Op(BinaryOp::Mul, run.Ints({1, 2}), Value::Int(3)), "[1, 2, 1, 2, 1, 2]");
  EXPECT_EQ(run.Op(BinaryOp::Mul, Value::Int(2), run.List({run.Str("a")})), "['a', 'a']");
  EXPECT_EQ(run.Op(BinaryOp::Mul, run.Ints({1}), Value::Int(-1)), "[]");
  EXPECT_EQ(run.Op(BinaryOp::Mul, run.List({}), Value::Int(INT64_MAX)), "[]");
  const Value many = run.Ints({1, 2, 3});
  Value repeated;
  ASSERT_TRUE(runtime::Binary(run.context, BinaryOp::Mul, many, Value::Int(10'000), &repeated));
  EXPECT_EQ(repeated.list->size, 30'000u);
  EXPECT_EQ(repeated.list->ints()[29'999], 3);
  runtime::Release(many);
  runtime::Release(repeated);
  run.ExpectNothingLives();
}

TEST(Lists, DeclaredTypesSettle) {
  RunFixture run;
  const runtime::TypeId ints = run.types.List(kInt);
  Value list = run.List({});
  EXPECT_TRUE(runtime::CheckDeclared(run.context, ints, "xs", &list));
  EXPECT_EQ(TypeName(run, list), "list[int]");
  EXPECT_FALSE(runtime::CheckDeclared(run.context, run.types.List(kFloat), "xs", &list));
  EXPECT_EQ(run.Failure(), "type: `xs` must be a list[float], not a list[int]");
  runtime::Release(list);
}

}  // namespace
}  // namespace tests
