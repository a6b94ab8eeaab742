// What compiled code calls: iterators over every kind of source, calls of
// built-ins as values, errors and their places, memo tables.

#include "jit/support.h"

#include <limits>

#include <gtest/gtest.h>

#include "jit/iterate.h"
#include "jit/symbols.h"
#include "tests/runtime/run_fixture.h"

namespace jit {
namespace {

using frontend::BinaryOp;
using runtime::BuiltinKind;
using runtime::Value;

uint32_t Id(BuiltinKind kind) { return static_cast<uint32_t>(kind); }
uint32_t Id(BinaryOp op) { return static_cast<uint32_t>(op); }
Value Function(BuiltinKind kind) { return Value::Builtin(static_cast<frontend::BuiltinId>(kind)); }

struct SupportFixture : tests::RunFixture {
  explicit SupportFixture(const std::string& text = "def f(x) = x\n", runtime::Limits limits = {})
      : RunFixture(text, limits),
        state(*program, context, infer::Typing::Inferred),
        machine(*program, context, state, {}, NewEngine({}, context.clock, &context.interrupt),
                runtime::Counting::No) {}

  // A call of a built-in with owned arguments, owned result.
  Value Make(BuiltinKind kind, std::vector<Value> args) {
    Value result = support::CallBuiltin(&machine, Id(kind), args.data(), args.size());
    for (const Value arg : args) {
      runtime::Release(arg);
    }
    EXPECT_NE(result.tag, kFailedTag);
    return result;
  }
  Value Range(int64_t first, int64_t last, int64_t step) {
    return Make(BuiltinKind::Range, {Value::Int(first), Value::Int(last), Value::Int(step)});
  }
  Value Map(BuiltinKind function, Value source) {
    return Make(BuiltinKind::Map, {Function(function), source});
  }
  Value Filter(BuiltinKind function, Value source) {
    return Make(BuiltinKind::Filter, {Function(function), source});
  }

  // All elements, or how it ended. Borrows the source.
  std::string Elements(Value source, uint32_t depth = 0) {
    Iterator* it = support::Iterate(&machine, depth, source);
    if (it == nullptr) {
      return Failure();
    }
    std::string text;
    for (;;) {
      Value element;
      const Step step = support::Next(&machine, it, &element);
      if (step == Step::Failed) {
        return text + Failure();
      }
      if (step == Step::End) {
        EXPECT_EQ(support::Next(&machine, it, &element), Step::End);
        support::EndIteration(&machine, it);
        return text;
      }
      EXPECT_EQ(it->depth, depth);
      text += Take(element) + " ";
    }
  }

  // A call of a built-in as a value; takes over the arguments.
  std::string CallValue(Value callee, std::vector<Value> args, uint32_t depth = 0) {
    const Value result = support::CallValue(&machine, depth, callee, args.data(), args.size());
    return result.tag == kFailedTag ? Failure() : Take(result);
  }

  // "overflow: ... @1..5 @0..9", and forgets it.
  std::string Error() {
    if (!machine.error.has_value()) {
      return "no error";
    }
    EXPECT_FALSE(context.failure.has_value());
    std::string text(runtime::Name(machine.error->failure.kind));
    text += ": " + machine.error->failure.message;
    for (const runtime::TraceEntry& entry : machine.error->trace) {
      text += " @" + std::to_string(entry.at.begin) + ".." + std::to_string(entry.at.end);
    }
    machine.error.reset();
    return text;
  }

  infer::RunState state;
  Machine machine;
};

TEST(Iterate, EverySource) {
  SupportFixture f;
  const Value sources[] = {
      f.Ints({3, 1, 2}),
      f.List({Value::Float(0.5), Value::Float(2.0)}),
      f.List({}),
      f.List({f.Str("ab"), f.Str("")}),
      f.Str("aé€😀"),
      f.Str(""),
      f.Range(0, 3, 1),
      f.Range(3, 0, -2),
      f.Range(3, 3, 1),
      f.Range(INT64_MAX - 3, INT64_MAX, 2),
      f.Range(INT64_MIN, INT64_MAX, INT64_MAX),
      f.Map(BuiltinKind::Abs, f.Ints({-1, 2})),
      f.Filter(BuiltinKind::Bool, f.Ints({0, 5, 0, 6, 0})),
      f.Map(BuiltinKind::Str, f.Filter(BuiltinKind::Bool, f.Map(BuiltinKind::Int, f.Str("102")))),
  };
  const char* const expected[] = {
      "3 1 2 ",
      "0.5 2.0 ",
      "",
      "ab  ",
      "a é € 😀 ",
      "",
      "0 1 2 ",
      "3 1 ",
      "",
      "9223372036854775804 9223372036854775806 ",
      "-9223372036854775808 -1 9223372036854775806 ",
      "1 2 ",
      "5 6 ",
      "1 2 ",
  };
  for (size_t i = 0; i < std::size(sources); ++i) {
    EXPECT_EQ(f.Elements(sources[i], 7), expected[i]) << i;
    runtime::Release(sources[i]);
  }
  EXPECT_EQ(f.machine.iterators, nullptr);
  f.ExpectNothingLives();
}

TEST(Iterate, ListThatGrows) {
  SupportFixture f;
  const Value list = f.Ints({1});
  Iterator* it = support::Iterate(&f.machine, 0, list);
  std::string text;
  for (Value element; support::Next(&f.machine, it, &element) == Step::Element;) {
    text += f.Take(element);
    if (list.list->size < 4) {
      EXPECT_TRUE(support::AppendValue(&f.machine, list.list, Value::Int(element.integer + 1)));
    }
  }
  EXPECT_EQ(text, "1234");
  support::EndIteration(&f.machine, it);
  runtime::Release(list);
  f.ExpectNothingLives();
}

TEST(Iterate, EndedEarly) {
  SupportFixture f;
  const Value source = f.Map(BuiltinKind::Str, f.Range(0, 100, 1));
  Iterator* it = support::Iterate(&f.machine, 0, source);
  runtime::Release(source);  // the iterator has a reference of its own
  Iterator* other = support::Iterate(&f.machine, 0, f.Str("x"));
  Value element;
  EXPECT_EQ(support::Next(&f.machine, it, &element), Step::Element);
  EXPECT_EQ(f.Take(element), "0");
  support::EndIteration(&f.machine, it);
  EXPECT_EQ(f.machine.iterators, other);
  runtime::Release(other->source);
  support::EndIteration(&f.machine, other);
  EXPECT_EQ(f.machine.iterators, nullptr);
  f.ExpectNothingLives();
}

TEST(Iterate, ConsumedTwice) {
  SupportFixture f;
  const Value range = f.Range(0, 2, 1);
  const Value first = f.Map(BuiltinKind::Str, runtime::Retain(range));
  const Value second = f.Map(BuiltinKind::Str, range);
  EXPECT_EQ(f.Elements(first), "0 1 ");
  const std::string consumed = f.Elements(first);
  EXPECT_TRUE(consumed.starts_with("consumed")) << consumed;
  // The outer stage is marked before the source is found consumed.
  EXPECT_FALSE(second.seq->consumed);
  EXPECT_EQ(f.Elements(second), consumed);
  EXPECT_TRUE(second.seq->consumed);
  EXPECT_EQ(f.machine.iterators, nullptr);
}

TEST(Iterate, Failures) {
  SupportFixture f;
  EXPECT_EQ(f.Elements(Value::Int(1)), "type: cannot go through an int");
  EXPECT_EQ(f.Elements(f.Map(BuiltinKind::Sqrt, f.Ints({4, -1, 9}))),
            "2.0 domain: sqrt(-1.0) is not defined: its argument must not be negative");
  EXPECT_EQ(f.Elements(f.Filter(BuiltinKind::Abs, f.Ints({4}))),
            "type: a condition must be a bool, not an int");
}

TEST(Iterate, DepthCountsStages) {
  runtime::Limits limits;
  limits.depth = 10;
  SupportFixture f("def f(x) = x\n", limits);
  const auto nested = [&](int stages) {
    Value source = f.Range(0, 2, 1);
    for (int i = 0; i < stages; ++i) {
      source = f.Map(BuiltinKind::Abs, source);
    }
    return source;
  };
  EXPECT_EQ(f.Elements(nested(4), 6), "0 1 ");
  EXPECT_TRUE(f.Elements(nested(5), 6).starts_with("depth limit:"));
  EXPECT_EQ(f.Elements(nested(10), 0), "0 1 ");
  EXPECT_TRUE(f.Elements(nested(11), 0).starts_with("depth limit:"));
}

TEST(Iterate, Interrupts) {
  SupportFixture f;
  const Value sources[] = {f.Ints({1, 2}), f.Str("ab"), f.Range(0, 2, 1),
                           f.Map(BuiltinKind::Abs, f.Ints({1, 2}))};
  for (const Value source : sources) {
    Iterator* it = support::Iterate(&f.machine, 0, source);
    ASSERT_NE(it, nullptr);
    Value element;
    EXPECT_EQ(support::Next(&f.machine, it, &element), Step::Element);
    f.context.RequestInterrupt(runtime::Interrupt::User);
    EXPECT_EQ(support::Next(&f.machine, it, &element), Step::Failed);
    EXPECT_TRUE(f.Failure().starts_with("interrupt")) << f.Failure();
  }
  // A stored sequence looks before its first element.
  const Value range = f.Range(0, 2, 1);
  f.context.RequestInterrupt(runtime::Interrupt::User);
  EXPECT_EQ(support::Iterate(&f.machine, 1, range), nullptr);
  EXPECT_TRUE(f.Failure().starts_with("interrupt"));
  // What is still open goes with the machine.
  EXPECT_NE(f.machine.iterators, nullptr);
}

TEST(CallValue, Builtins) {
  SupportFixture f;
  EXPECT_EQ(f.CallValue(Function(BuiltinKind::Abs), {Value::Int(-3)}), "3");
  EXPECT_EQ(f.CallValue(Function(BuiltinKind::Min), {Value::Int(2), Value::Int(1)}), "1");
  EXPECT_EQ(f.CallValue(Function(BuiltinKind::Max), {f.Ints({1, 5, 2})}), "5");
  EXPECT_EQ(f.CallValue(Function(BuiltinKind::Sum), {f.Range(0, 5, 1)}), "10");
  EXPECT_EQ(f.CallValue(Function(BuiltinKind::Sum), {f.Ints({1, 2}), Value::Float(0.5)}), "3.5");
  EXPECT_EQ(f.CallValue(Function(BuiltinKind::Any), {f.Map(BuiltinKind::Bool, f.Ints({0, 1}))}),
            "true");
  EXPECT_EQ(f.CallValue(Function(BuiltinKind::All), {f.Map(BuiltinKind::Bool, f.Ints({1, 0}))}),
            "false");
  EXPECT_EQ(f.CallValue(Function(BuiltinKind::All), {f.List({})}), "true");
  EXPECT_EQ(f.CallValue(Function(BuiltinKind::List), {f.Str("né")}), "['n', 'é']");
  EXPECT_EQ(f.CallValue(Function(BuiltinKind::Join), {f.Str(", "), f.Str("abc")}), "a, b, c");
  EXPECT_EQ(f.CallValue(Function(BuiltinKind::Join), {f.Str("-"), f.List({f.Str("x")})}), "x");
  EXPECT_EQ(f.CallValue(Function(BuiltinKind::Join), {f.Str("-"), f.Str("")}), "");
  f.ExpectNothingLives();
}

TEST(CallValue, Failures) {
  SupportFixture f("def f(x, y: str = \"a\") = x\n");
  const auto user =
      static_cast<frontend::FunctionId>(f.program->IdOf(*f.program->FindFunction("f")));
  EXPECT_EQ(f.CallValue(Value::Int(1), {}), "type: cannot call an int");
  EXPECT_EQ(f.CallValue(Value::Function(user), {}), "type: `f` takes 1 to 2 arguments, not 0");
  EXPECT_EQ(f.CallValue(Value::Function(user), {Value::Int(1), Value::Int(2)}),
            "type: `y` must be a str, not an int");
  EXPECT_EQ(f.machine.failed_argument, 1);
  f.machine.failed_argument = -1;
  EXPECT_EQ(f.CallValue(Function(BuiltinKind::Abs), {}), "type: `abs` takes 1 argument, not 0");
  EXPECT_EQ(f.CallValue(Function(BuiltinKind::Sum), {f.Str("ab")}),
            "type: `sum` takes a sequence of numbers, not a str");
  EXPECT_TRUE(f.CallValue(Function(BuiltinKind::Min), {f.List({})}).starts_with("empty"));
  EXPECT_EQ(f.CallValue(Function(BuiltinKind::Join), {Value::Int(1), f.Str("ab")}),
            "type: `join` takes a str first, not an int");
  EXPECT_EQ(f.CallValue(Function(BuiltinKind::Join), {f.Str(","), f.Ints({1})}),
            "type: `join` takes a sequence of str, not an int");
}

TEST(Failed, PlacesAndParents) {
  SupportFixture f;
  f.machine.sites.push_back({0, {10, 20}});                                 // 0
  f.machine.sites.push_back({0, {1, 5}, 0});                                // 1, inlined at 0
  f.machine.sites.push_back({0, {30, 40}, kNoSite, {{31, 32}, {33, 34}}});  // 2
  support::FailInt(&f.machine, 1, Id(BinaryOp::Add), INT64_MAX, 1);
  support::Failed(&f.machine, 2);
  EXPECT_EQ(f.Error(),
            "overflow: 9223372036854775807 + 1 does not fit in a 64-bit int @1..5 @10..20 @30..40");
  f.context.Fail(runtime::ErrorKind::Type, "no");
  f.machine.failed_argument = 1;
  support::Failed(&f.machine, 2);
  EXPECT_EQ(f.machine.failed_argument, -1);
  EXPECT_EQ(f.Error(), "type: no @33..34");
  f.context.Fail(runtime::ErrorKind::Type, "no");
  f.machine.failed_argument = 1;
  support::Failed(&f.machine, 0);
  EXPECT_EQ(f.Error(), "type: no @10..20");
}

TEST(Failed, WordsAreTheRuntimes) {
  SupportFixture f("let g = 1\ndef f() = g\n");
  f.machine.sites.push_back({0, {0, 1}});
  const auto error = [&] {
    const std::string text = f.Error();
    EXPECT_TRUE(text.ends_with(" @0..1")) << text;
    return text.substr(0, text.size() - 6);
  };
  support::FailInt(&f.machine, 0, Id(BinaryOp::FloorDiv), 5, 0);
  EXPECT_EQ(error(), "division by zero: cannot divide 5 by zero");
  support::FailFloat(&f.machine, 0, Id(BinaryOp::Div), 5, 0);
  EXPECT_EQ(error(), "division by zero: cannot divide 5.0 by zero");
  support::FailNegate(&f.machine, 0, INT64_MIN);
  EXPECT_EQ(error(), "overflow: -(-9223372036854775808) does not fit in a 64-bit int");
  support::FailMath(&f.machine, 0, Id(BuiltinKind::Log), 0);
  EXPECT_EQ(error(), "domain: log(0.0) is not defined: its argument must be greater than zero");
  support::FailMath(&f.machine, 0, Id(BuiltinKind::Int), 1e300);
  EXPECT_EQ(error(), "overflow: int(1e+300) does not fit in a 64-bit int");
  support::FailMath2(&f.machine, 0, Id(BuiltinKind::Pow), 10, 999);
  EXPECT_EQ(error(), "overflow: pow(10.0, 999.0) does not fit in a float");
  support::FailMathInt(&f.machine, 0, Id(BuiltinKind::Abs), INT64_MIN);
  EXPECT_EQ(error(), "overflow: abs(-9223372036854775808) does not fit in a 64-bit int");
  support::FailStage(&f.machine, 0, Id(BuiltinKind::Map), 0, Value::Int(1));
  EXPECT_EQ(error(), "type: `map` takes a function first, not an int");
  support::FailStage(&f.machine, 0, Id(BuiltinKind::Filter), 1, Value::Int(1));
  EXPECT_EQ(error(), "type: `filter` takes a sequence, a list or a str second, not an int");
  support::FailIndex(&f.machine, 0, -4, 3, false);
  EXPECT_TRUE(error().starts_with("index:"));
  support::FailRangeStep(&f.machine, 0);
  EXPECT_TRUE(error().starts_with("value:"));
  support::FailEmpty(&f.machine, 0, Id(BuiltinKind::Min));
  EXPECT_TRUE(error().starts_with("empty"));
  support::FailUnset(&f.machine, 0, 0);
  EXPECT_TRUE(error().find("`g`") != std::string::npos);
  support::FailMemory(&f.machine, 0);
  EXPECT_TRUE(error().starts_with("memory limit:"));
  support::FailCall(&f.machine, 0);
  EXPECT_TRUE(error().starts_with("depth limit:"));
  f.context.RequestInterrupt(runtime::Interrupt::User);
  support::FailCall(&f.machine, 0);
  EXPECT_TRUE(error().starts_with("interrupt"));
  EXPECT_FALSE(f.context.interrupted());
}

TEST(Memo, FindsWhatWasInserted) {
  SupportFixture f("memo def one(n) = n\nmemo def two(a, b) = a\n");
  const auto table = [&](const char* name) {
    return f.machine.tables.Memo(f.program->IdOf(*f.program->FindFunction(name)));
  };
  runtime::MemoTable* one = table("one");
  EXPECT_EQ(one, table("one"));
  const Value key[] = {Value::Int(3), Value::Int(4)};
  EXPECT_EQ(support::MemoFind(one, key), nullptr);
  EXPECT_TRUE(support::MemoInsert(&f.machine, one, key, Value::Int(9)));
  EXPECT_EQ(support::MemoFind(one, key)->integer, 9);
  EXPECT_EQ(one->hits(), 1U);
  EXPECT_EQ(one->misses(), 1U);
  runtime::MemoTable* two = table("two");
  EXPECT_TRUE(support::MemoInsert(&f.machine, two, key, Value::Float(0.5)));
  EXPECT_EQ(support::MemoFind(two, key)->real, 0.5);
  EXPECT_TRUE(support::MemoCheckKey(&f.machine, key, 2));
  const Value list = f.Ints({1});
  EXPECT_FALSE(support::MemoCheckKey(&f.machine, &list, 1));
  EXPECT_TRUE(f.Failure().starts_with("type:"));
}

TEST(Machine, LiteralsAndGlobals) {
  SupportFixture f("let g = 7\ndef f() = g\n");
  EXPECT_EQ(f.machine.tables.Literal("é"), f.machine.tables.Literal("é"));
  EXPECT_EQ(f.machine.tables.Literal("é")->code_points, 1U);
  Value value;
  EXPECT_FALSE(f.machine.tables.GlobalValue(0, &value));
  EXPECT_TRUE(f.Failure().find("`g`") != std::string::npos);
}

TEST(Symbols, AreComplete) {
  const std::vector<Symbol> symbols = SupportSymbols();
  bool has_memory_symbol = false;
  for (const Symbol& symbol : symbols) {
    EXPECT_NE(symbol.address, nullptr) << symbol.name;
    has_memory_symbol |= symbol.name == "malloc" || symbol.name == "system";
  }
  EXPECT_FALSE(has_memory_symbol);
  EXPECT_EQ(symbols[0].name, "lab_Failed");
}

}  // namespace
}  // namespace jit
