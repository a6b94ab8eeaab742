// The words of errors one by one: which operation they name, and which help goes with which types.
// Goldens compare messages only; that help is the same on every engine, the test `agree` shows.

#include <cerrno>
#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "runtime/error_texts.h"

namespace tests {
namespace {

using frontend::BinaryOp;
using frontend::UnaryOp;
using runtime::Arith;
using runtime::BuiltinKind;
using runtime::ErrorKind;
using runtime::Failure;
using runtime::Value;

constexpr char kConvertBool[] = "a bool is not a number: convert it with `int(...)`";
constexpr char kMakeNumber[] = "make a number of the str first: `int(...)` or `float(...)`";
constexpr char kAppend[] = "`append(xs, x)` adds one element";
constexpr char kConvertOne[] = "convert one of them: `int(...)`, `float(...)` or `str(...)`";

TEST(OperandsText, NamesTheOperation) {
  const auto message = [](BinaryOp op) {
    return runtime::OperandsText(op, "an int", "none").message;
  };
  EXPECT_EQ(message(BinaryOp::Add), "cannot add an int and none");
  EXPECT_EQ(message(BinaryOp::Sub), "cannot subtract none from an int");
  EXPECT_EQ(message(BinaryOp::Mul), "cannot multiply an int by none");
  EXPECT_EQ(message(BinaryOp::Div), "cannot divide an int by none");
  EXPECT_EQ(message(BinaryOp::FloorDiv), "cannot divide an int by none");
  EXPECT_EQ(message(BinaryOp::Mod), "cannot take an int modulo none");
  EXPECT_EQ(message(BinaryOp::Pow), "cannot raise an int to the power of none");
  for (const BinaryOp op :
       {BinaryOp::Eq, BinaryOp::Ne, BinaryOp::Lt, BinaryOp::Le, BinaryOp::Gt, BinaryOp::Ge}) {
    EXPECT_EQ(message(op), "cannot compare an int and none");
  }
}

TEST(OperandsText, HelpFollowsTheTypes) {
  struct Row {
    BinaryOp op;
    const char* a;
    const char* b;
    const char* help;
  };
  const Row kRows[] = {
      {BinaryOp::Sub, "a bool", "an int", kConvertBool},
      {BinaryOp::Sub, "a float", "a bool", kConvertBool},
      {BinaryOp::Mul, "a bool", "a bool", kConvertBool},
      {BinaryOp::Mul, "a bool", "none", ""},
      {BinaryOp::Add, "a str", "a bool", "make it a str first: `str(...)`"},
      {BinaryOp::Add, "an int", "a str", "make it a str first: `str(...)`"},
      {BinaryOp::Sub, "a str", "an int", kMakeNumber},
      {BinaryOp::Div, "a float", "a str", kMakeNumber},
      {BinaryOp::Sub, "a str", "a str", ""},
      {BinaryOp::Mod, "a list[int]", "a str", ""},
      {BinaryOp::Add, "a list[int]", "an int", kAppend},
      {BinaryOp::Add, "an int", "a list[int]", kAppend},
      {BinaryOp::Add, "an int", "none", ""},
      {BinaryOp::Sub, "a list[int]", "an int", ""},
  };
  for (const Row& row : kRows) {
    EXPECT_EQ(runtime::OperandsText(row.op, row.a, row.b).help, row.help) << row.a << ", " << row.b;
  }
}

TEST(CompareText, HelpFollowsTheTypes) {
  const auto help = [](const char* a, const char* b) { return runtime::CompareText(a, b).help; };
  EXPECT_EQ(help("a bool", "a bool"), "bools have no order; `==` and `!=` compare them");
  EXPECT_EQ(help("a bool", "an int"), std::string(kConvertBool) + ", or use it as it is");
  EXPECT_EQ(help("a float", "a bool"), std::string(kConvertBool) + ", or use it as it is");
  EXPECT_EQ(help("a bool", "a str"), "");
  EXPECT_EQ(help("a str", "a bool"), "");
  EXPECT_EQ(help("a str", "an int"), kConvertOne);
  EXPECT_EQ(help("a float", "a str"), kConvertOne);
  EXPECT_EQ(help("a list[int]", "a str"), "");
  EXPECT_EQ(help("a str", "none"), "");
}

TEST(UnaryText, HelpFollowsTheType) {
  const Failure not_int = runtime::UnaryText(UnaryOp::Not, "an int");
  EXPECT_EQ(not_int.message, "`not` takes a bool, not an int");
  EXPECT_EQ(not_int.help, "compare it with zero: `x == 0`");
  EXPECT_EQ(runtime::UnaryText(UnaryOp::Not, "a str").help, "");
  const Failure negated_bool = runtime::UnaryText(UnaryOp::Negate, "a bool");
  EXPECT_EQ(negated_bool.message, "cannot negate a bool");
  EXPECT_EQ(negated_bool.help, "the opposite of a bool is `not x`");
  EXPECT_EQ(runtime::UnaryText(UnaryOp::Negate, "none").help, "");
}

TEST(ConditionText, SaysHowToAskInstead) {
  const auto help = [](const char* a) { return runtime::ConditionText(a).help; };
  EXPECT_EQ(help("a float"), "compare it with zero: `x != 0`");
  EXPECT_EQ(help("a str"), "ask for its length: `len(x) > 0`");
  EXPECT_EQ(help("a list[str]"), "ask for its length: `len(x) > 0`");
  EXPECT_EQ(help("none"), "an `if` without `else`, a loop and an assignment give none");
  EXPECT_EQ(help("a function"), "");
}

TEST(DeclaredText, SaysHowAFloatBecomesAnInt) {
  EXPECT_EQ(runtime::DeclaredText("x", "an int", "a float").help,
            "convert it with `int(...)` (towards zero) or `round(...)`");
  EXPECT_EQ(runtime::DeclaredText("x", "an int", "a str").help, "");
  EXPECT_EQ(runtime::DeclaredText("x", "a str", "a float").help, "");
}

TEST(ArgumentText, HelpFollowsFunctionAndType) {
  const auto help = [](BuiltinKind builtin, const char* expected, const char* a) {
    return runtime::ArgumentText(builtin, expected, a).help;
  };
  EXPECT_EQ(runtime::ArgumentText(BuiltinKind::Sqrt, "a number", "a str").message,
            "`sqrt` takes a number, not a str");
  EXPECT_EQ(help(BuiltinKind::Sqrt, "a number", "a bool"), kConvertBool);
  EXPECT_EQ(help(BuiltinKind::Len, "a str or a list", "a seq[int]"),
            "a sequence has no length until it is consumed: `len(list(s))`");
  EXPECT_EQ(help(BuiltinKind::Pop, "a list", "a seq[int]"), "");
  EXPECT_EQ(help(BuiltinKind::Sqrt, "a number", "a str"),
            "make a number of it first: `int(...)` or `float(...)`");
  EXPECT_EQ(help(BuiltinKind::Sqrt, "a number", "none"), "");
  EXPECT_EQ(help(BuiltinKind::Join, "strs", "an int"),
            "make strs of the parts first: `join(sep, map(str, xs))`");
  EXPECT_EQ(help(BuiltinKind::Join, "strs", "none"), "");
  EXPECT_EQ(help(BuiltinKind::Range, "ints", "a float"), "convert it with `int(...)`");
  EXPECT_EQ(help(BuiltinKind::Range, "ints", "a str"), "");
  EXPECT_EQ(help(BuiltinKind::Pop, "a list", "a float"), "");
}

TEST(ErrorHelp, ElementsAndIndices) {
  EXPECT_EQ(runtime::NotIterableText("an int").help, "count with `range(n)`");
  EXPECT_EQ(runtime::NotIterableText("a float").help, "a sequence, a list or a str is needed");
  EXPECT_EQ(runtime::NotIndexableText("a seq[int]").help, "make a list of it first: `list(s)`");
  EXPECT_EQ(runtime::NotIndexableText("an int").help, "");
  EXPECT_EQ(runtime::IndexTypeText("a float").help,
            "convert it with `int(...)`, or divide with `//`");
  EXPECT_EQ(runtime::IndexTypeText("a str").help, "");
  EXPECT_EQ(runtime::IndexText(3, 0, true).message, "index 3 is outside an empty str");
  EXPECT_EQ(runtime::IndexText(3, 2, false).message, "index 3 is outside a list of length 2");
  EXPECT_EQ(runtime::IndexText(3, 2, true).help, "indices go from 0 to 1, and from -1 back to -2");
}

TEST(ErrorHelp, ListsOfOneType) {
  EXPECT_EQ(runtime::MixedListText("an int", "a float").help, "write the ints as floats: `1.0`");
  EXPECT_EQ(runtime::MixedListText("an int", "a str").help, "");
  EXPECT_EQ(runtime::MixedListText("a str", "an int").help, "");
  for (const auto text : {runtime::AppendText, runtime::StoreText}) {
    EXPECT_EQ(text("an int", "a list[float]").help, "convert it with `float(...)`");
    EXPECT_EQ(text("an int", "a list[str]").help, "");
    EXPECT_EQ(text("a str", "a list[float]").help, "");
  }
}

TEST(ErrorHelp, ConsumersOfNothing) {
  EXPECT_EQ(runtime::EmptyText(BuiltinKind::Sum).help, "give it a start value: `sum(s, 0)`");
  EXPECT_EQ(runtime::EmptyText(BuiltinKind::Max).message, "`max` of nothing has no value");
  EXPECT_EQ(runtime::EmptyText(BuiltinKind::Max).help, "");
}

TEST(ParseText, SaysWhatIsWrongWithTheText) {
  EXPECT_EQ(runtime::ParseText(BuiltinKind::Int, "9999999999999999999", true).message,
            "\"9999999999999999999\" does not fit in a 64-bit int");
  EXPECT_EQ(runtime::ParseText(BuiltinKind::Int, "1.5", false).help,
            "read it as a float first: `int(float(...))`");
  EXPECT_EQ(runtime::ParseText(BuiltinKind::Int, "one", false).help, "");
  const Failure no_float = runtime::ParseText(BuiltinKind::Float, "one", false);
  EXPECT_EQ(no_float.message, "\"one\" is not a float");
  EXPECT_EQ(no_float.help, "");
}

// A text of the program is cut between code points, and cannot disturb a terminal.
TEST(ParseText, QuotesTheText) {
  const auto quoted = [](const std::string& text) {
    const std::string message = runtime::ParseText(BuiltinKind::Int, text, false).message;
    return message.substr(0, message.find(" is not an int"));
  };
  EXPECT_EQ(quoted("\x1b[31m\x7f~ "), "\"\\u{1b}[31m\\u{7f}~ \"");
  EXPECT_EQ(quoted("a\xc3"), "\"a\\xc3\"");
  EXPECT_EQ(quoted(std::string(40, 'a')), "\"" + std::string(40, 'a') + "\"");
  EXPECT_EQ(quoted(std::string(41, 'a')), "\"" + std::string(40, 'a') + "...\"");
  EXPECT_EQ(quoted(std::string(38, 'a') + "\u20ac"), "\"" + std::string(38, 'a') + "...\"");
}

TEST(ArgumentCountText, NamesOneNumberARangeOrTheLeast) {
  const auto message = [](uint64_t least, uint64_t most) {
    return runtime::ArgumentCountText("f", least, most, 4).message;
  };
  EXPECT_EQ(message(1, 1), "`f` takes 1 argument, not 4");
  EXPECT_EQ(message(2, 2), "`f` takes 2 arguments, not 4");
  EXPECT_EQ(message(1, 3), "`f` takes 1 to 3 arguments, not 4");
  EXPECT_EQ(message(1, frontend::kAnyCount), "`f` takes at least 1 argument, not 4");
}

TEST(MemoryText, CountsInDecimalUnits) {
  const auto message = [](uint64_t wanted_bytes) {
    return runtime::MemoryText(wanted_bytes, 2'000'000).message;
  };
  EXPECT_EQ(message(999), "999 bytes more would pass the memory limit of 2.0 MB");
  EXPECT_EQ(message(1000), "1.0 kB more would pass the memory limit of 2.0 MB");
  EXPECT_EQ(message(999'949), "999.9 kB more would pass the memory limit of 2.0 MB");
  EXPECT_EQ(message(999'950), "1.0 MB more would pass the memory limit of 2.0 MB");
  EXPECT_EQ(message(UINT64_MAX), "18.4 EB more would pass the memory limit of 2.0 MB");
}

TEST(OutputText, AReaderThatIsGoneIsAnotherKind) {
  EXPECT_EQ(runtime::OutputText(EPIPE).kind, ErrorKind::Pipe);
  EXPECT_EQ(runtime::OutputText(ENOSPC).kind, ErrorKind::Output);
  EXPECT_EQ(runtime::OutputText(ENOSPC).message,
            "cannot write the output: No space left on device");
}

TEST(ProgramArgTexts, CountWhatIsGiven) {
  EXPECT_EQ(runtime::NoMainText(1).message,
            "there is no `main` to take the argument on the command line");
  EXPECT_EQ(runtime::NoMainText(2).message,
            "there is no `main` to take the arguments on the command line");
  EXPECT_EQ(runtime::TooManyProgramArgsText("main", 0, 1).message,
            "`main` takes 0 arguments, but 1 is given on the command line");
  EXPECT_EQ(runtime::TooManyProgramArgsText("main", 1, 3).message,
            "`main` takes 1 argument, but 3 are given on the command line");
  EXPECT_EQ(runtime::UnknownProgramArgText("n", "`m`, `k`").help, "it has `m`, `k`");
  EXPECT_EQ(runtime::UnknownProgramArgText("n", "").help, "it has none");
}

TEST(WithArticle, KnowsWhatNeedsNone) {
  EXPECT_EQ(runtime::WithArticle("int"), "an int");
  EXPECT_EQ(runtime::WithArticle("list[int]"), "a list[int]");
  EXPECT_EQ(runtime::WithArticle("none"), "none");
  EXPECT_EQ(runtime::WithArticle("the function f"), "the function f");
}

TEST(MathText, EveryDomainHasItsWords) {
  struct Row {
    BuiltinKind builtin;
    const char* message;
  };
  const Row kRows[] = {
      {BuiltinKind::Sqrt, "sqrt(-2.0) is not defined: its argument must not be negative"},
      {BuiltinKind::Log, "log(-2.0) is not defined: its argument must be greater than zero"},
      {BuiltinKind::Log2, "log2(-2.0) is not defined: its argument must be greater than zero"},
      {BuiltinKind::Log10, "log10(-2.0) is not defined: its argument must be greater than zero"},
      {BuiltinKind::Asin, "asin(-2.0) is not defined: its argument must lie between -1 and 1"},
      {BuiltinKind::Acos, "acos(-2.0) is not defined: its argument must lie between -1 and 1"},
  };
  const Value minus_two[] = {Value::Float(-2)};
  for (const Row& row : kRows) {
    EXPECT_EQ(runtime::MathText(row.builtin, Arith::Domain, minus_two).message, row.message);
  }
  const Value infinite[] = {Value::Float(HUGE_VAL)};
  for (const BuiltinKind builtin : {BuiltinKind::Sin, BuiltinKind::Cos, BuiltinKind::Tan}) {
    EXPECT_EQ(runtime::MathText(builtin, Arith::Domain, infinite).message,
              std::string(Name(builtin)) + "(inf) is not defined: its argument must be finite");
  }
  const Value nan[] = {Value::Float(NAN)};
  for (const BuiltinKind builtin :
       {BuiltinKind::Int, BuiltinKind::Floor, BuiltinKind::Ceil, BuiltinKind::Round}) {
    EXPECT_EQ(runtime::MathText(builtin, Arith::Domain, nan).message,
              std::string(Name(builtin)) + "(nan) is not defined: no int stands for it");
  }
  const Value two[] = {Value::Float(-8), Value::Float(0.5)};
  EXPECT_EQ(runtime::MathText(BuiltinKind::Pow, Arith::Domain, two).message,
            "pow(-8.0, 0.5) is not defined: it has no real value");
}

TEST(MathText, OverflowSaysInWhatItDoesNotFit) {
  const Value large[] = {Value::Float(1e300)};
  for (const BuiltinKind builtin :
       {BuiltinKind::Int, BuiltinKind::Floor, BuiltinKind::Ceil, BuiltinKind::Round}) {
    EXPECT_EQ(runtime::MathText(builtin, Arith::Overflow, large).message,
              std::string(Name(builtin)) + "(1e+300) does not fit in a 64-bit int");
  }
  const Value least[] = {Value::Int(INT64_MIN)};
  EXPECT_EQ(runtime::MathText(BuiltinKind::Abs, Arith::Overflow, least).message,
            "abs(-9223372036854775808) does not fit in a 64-bit int");
  EXPECT_EQ(runtime::MathText(BuiltinKind::Exp, Arith::Overflow, large).message,
            "exp(1e+300) does not fit in a float");
}

}  // namespace
}  // namespace tests
