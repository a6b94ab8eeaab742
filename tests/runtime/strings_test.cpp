// Strings and text.

#include <gtest/gtest.h>

#include "tests/runtime/run_fixture.h"

namespace tests {
namespace {

using frontend::BinaryOp;
using runtime::BuiltinKind;
using runtime::Str;
using runtime::Value;

TEST(Strings, JoinAndRepeat) {
  RunFixture run;
  EXPECT_EQ(run.Op(BinaryOp::Add, run.Str("ab"), run.Str("cd")), "abcd");
  EXPECT_EQ(run.Op(BinaryOp::Mul, run.Str("ab"), Value::Int(3)), "ababab");
  EXPECT_EQ(run.Op(BinaryOp::Mul, Value::Int(2), run.Str("äöü")), "äöüäöü");
  EXPECT_EQ(run.Op(BinaryOp::Mul, run.Str("ab"), Value::Int(0)), "");
  EXPECT_EQ(run.Op(BinaryOp::Mul, run.Str("ab"), Value::Int(-5)), "");
  EXPECT_EQ(run.Op(BinaryOp::Mul, run.Str(""), Value::Int(INT64_MAX)), "");
  run.ExpectNothingLives();
}

TEST(Strings, LongRepeatsAreWhole) {
  RunFixture run;
  for (const size_t size : {1u, 3u, 1000u, 1u << 20, (1u << 20) + 1}) {
    std::string once;
    for (size_t i = 0; i < size; ++i) {
      once += static_cast<char>('a' + i % 26);
    }
    const int64_t times = 5'000'000 / static_cast<int64_t>(size) + 2;
    std::string expected;
    for (int64_t i = 0; i < times; ++i) {
      expected += once;
    }
    EXPECT_TRUE(run.Op(BinaryOp::Mul, run.Str(once), Value::Int(times)) == expected) << size;
  }
}

TEST(Strings, AnImpossibleRepeatFailsAtOnce) {
  RunFixture run;
  EXPECT_EQ(run.Op(BinaryOp::Mul, run.Str("x"), Value::Int(1'000'000'000'000)),
            "memory limit: 1.0 TB more would pass the memory limit of 1.1 GB");
  EXPECT_EQ(run.Op(BinaryOp::Mul, run.Str("xyz"), Value::Int(INT64_MAX)),
            "memory limit: 18.4 EB more would pass the memory limit of 1.1 GB");
  EXPECT_EQ(run.Op(BinaryOp::Mul, run.Ints({1}), Value::Int(INT64_MAX)).substr(0, 12),
            "memory limit");
  run.ExpectNothingLives();
}

TEST(Strings, CompareByCodePoint) {
  RunFixture run;
  EXPECT_EQ(run.Op(BinaryOp::Lt, run.Str("a"), run.Str("b")), "true");
  EXPECT_EQ(run.Op(BinaryOp::Lt, run.Str("a"), run.Str("ab")), "true");
  EXPECT_EQ(run.Op(BinaryOp::Lt, run.Str("Z"), run.Str("a")), "true");
  EXPECT_EQ(run.Op(BinaryOp::Lt, run.Str("z"), run.Str("é")), "true");
  EXPECT_EQ(run.Op(BinaryOp::Lt, run.Str("\uffff"), run.Str("\U0001f600")), "true");
  EXPECT_EQ(run.Op(BinaryOp::Eq, run.Str("é"), run.Str("é")), "true");
}

std::string At(RunFixture& run, const std::string& text, int64_t index) {
  const Value str = run.Str(text);
  Value result;
  const bool ok = runtime::GetIndex(run.context, str, Value::Int(index), &result);
  runtime::Release(str);
  return ok ? run.Take(result) : run.Failure();
}

TEST(Strings, IndexCountsCodePoints) {
  RunFixture run;
  EXPECT_EQ(At(run, "hello", 1), "e");
  EXPECT_EQ(At(run, "hello", -1), "o");
  EXPECT_EQ(At(run, "aé😀z", 1), "é");
  EXPECT_EQ(At(run, "aé😀z", 2), "😀");
  EXPECT_EQ(At(run, "aé😀z", -1), "z");
  EXPECT_EQ(At(run, "aé😀z", 4), "index: index 4 is outside a str of length 4");
  EXPECT_EQ(At(run, "abc", -4), "index: index -4 is outside a str of length 3");
  EXPECT_EQ(At(run, "abc", INT64_MIN),
            "index: index -9223372036854775808 is outside a str of length 3");
  EXPECT_EQ(At(run, "", 0), "index: index 0 is outside an empty str");
  run.ExpectNothingLives();
}

TEST(Strings, WalkByCodePoint) {
  RunFixture run;
  const Value str = run.Str("aé😀z");
  std::string parts;
  for (uint64_t offset = 0; offset < str.str->size_bytes;) {
    parts += run.Take(Value::Of(runtime::NextCodePoint(run.context, str.str, &offset))) + "|";
  }
  EXPECT_EQ(parts, "a|é|😀|z|");
  runtime::Release(str);
}

TEST(Strings, AppendGrowsASoleOwnerInPlace) {
  RunFixture run;
  Str* str = run.context.heap.NewStr("", 0);
  const Str* const first = str;
  for (int i = 0; i < 1000; ++i) {
    str = runtime::AppendInt(run.context, str, i % 10);
  }
  EXPECT_EQ(str, first);
  EXPECT_EQ(str->size_bytes, 1000u);
  EXPECT_EQ(str->view().substr(0, 12), "012345678901");
  runtime::Release(str);
  run.ExpectNothingLives();
}

TEST(Strings, AppendLeavesOtherOwnersAlone) {
  RunFixture run;
  Str* str = run.context.heap.NewStr("abc", 3);
  Str* grown = runtime::AppendStr(run.context, runtime::Retain(str), "déf", 3);
  EXPECT_EQ(str->view(), "abc");
  EXPECT_EQ(grown->view(), "abcdéf");
  EXPECT_EQ(grown->code_points, 6u);
  runtime::Release(str);
  runtime::Release(grown);
  run.ExpectNothingLives();
}

TEST(Strings, AppendTakesAPartOfItself) {
  RunFixture run;
  for (const std::string text : {"abc", "a text that needs a buffer from the start on"}) {
    Str* str = run.context.heap.NewStr(text, text.size());
    for (int i = 0; i < 6; ++i) {
      str = runtime::AppendStr(run.context, str, str->view(), str->code_points);
    }
    EXPECT_EQ(str->size_bytes, 64 * text.size());
    EXPECT_TRUE(str->view().ends_with(text + text));
    runtime::Release(str);
  }
}

TEST(Text, ValuesLookAsInPython) {
  RunFixture run("def f(x) = x\nlet g = x => x\n");
  EXPECT_EQ(run.Text(Value::None()), "none");
  EXPECT_EQ(run.Text(Value::Bool(true)), "true");
  EXPECT_EQ(run.Text(Value::Float(3)), "3.0");
  EXPECT_EQ(run.Take(run.Ints({1, 2, -3})), "[1, 2, -3]");
  EXPECT_EQ(run.Take(run.List({})), "[]");
  EXPECT_EQ(run.Take(run.List({run.Ints({1}), run.Ints({})})), "[[1], []]");
  EXPECT_EQ(run.Take(run.List({Value::Bool(true), Value::Bool(false)})), "[true, false]");
  EXPECT_EQ(run.Take(run.List({Value::Float(1), Value::Float(0.5)})), "[1.0, 0.5]");
  EXPECT_EQ(run.Text(Value::Builtin(static_cast<frontend::BuiltinId>(BuiltinKind::Sin))),
            "<built-in sin>");
  const frontend::Program& program = *run.program;
  EXPECT_EQ(run.Text(Value::Function(program.IdOf(*program.FindFunction("f")))), "<function f>");
  for (frontend::FunctionId id = 0; id < program.resolution.functions.size(); ++id) {
    if (program.resolution.functions[id].kind == frontend::FunctionKind::Lambda) {
      EXPECT_EQ(run.Take(Value::Of(run.context.heap.NewClosure(id, runtime::kAny, 0))), "<lambda>");
    }
  }
  EXPECT_EQ(run.Call(BuiltinKind::Range, {Value::Int(3)}), "<seq>");
  EXPECT_EQ(run.Call(BuiltinKind::Buffer, {}), "<buffer>");
}

TEST(Text, StringsInListsAreQuotedAsInPython) {
  RunFixture run;
  const auto quoted = [&run](const std::string& text) {
    const std::string list = run.Take(run.List({run.Str(text)}));
    return list.substr(1, list.size() - 2);
  };
  EXPECT_EQ(quoted("abc"), "'abc'");
  EXPECT_EQ(quoted("it's"), "\"it's\"");
  EXPECT_EQ(quoted("say \"it's\""), "'say \"it\\'s\"'");
  EXPECT_EQ(quoted("\"x\""), "'\"x\"'");
  EXPECT_EQ(quoted("a\\b\n\r\t"), "'a\\\\b\\n\\r\\t'");
  EXPECT_EQ(quoted(std::string("\0\x1b\x7f", 3)), "'\\x00\\x1b\\x7f'");
  EXPECT_EQ(quoted("é😀"), "'é😀'");
  EXPECT_EQ(quoted("\u00a0\u200b\u202e\ufeff"), "'\\xa0\\u200b\\u202e\\ufeff'");
  EXPECT_EQ(quoted("\U000e0001"), "'\\U000e0001'");
}

}  // namespace
}  // namespace tests
