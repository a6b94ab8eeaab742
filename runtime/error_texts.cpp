// The words of errors about types, values, limits and the world outside.
// Tests: tests/runtime/error_texts_test.cpp.

#include "runtime/error_texts.h"

#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "frontend/check.h"
#include "frontend/literal.h"
#include "runtime/mutant.h"
#include "runtime/number_text.h"
#include "runtime/type.h"

namespace runtime {

namespace {

using frontend::BinaryOp;

constexpr size_t kShownChars = 40;  // of a text that an error quotes

Failure TypeFailure(std::string message, std::string help = {}) {
  return {ErrorKind::Type, std::move(message), std::move(help)};
}

Failure ValueFailure(std::string message, std::string help = {}) {
  return {ErrorKind::Value, std::move(message), std::move(help)};
}

bool IsNumber(std::string_view type) { return type == "an int" || type == "a float"; }

// As a literal, in which what could disturb a terminal is escaped, and cut when long.
std::string QuotedText(std::string_view text) {
  const bool cut = text.size() > kShownChars;
  if (cut) {
    size_t end = kShownChars;
    while (LAB_MUTANT(206, (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80, false)) {
      --end;  // inside a code point
    }
    text = text.substr(0, end);
  }
  std::string quoted = LAB_MUTANT(205, frontend::EncodeString(text), fmt::format("\"{}\"", text));
  if (cut) {
    quoted.insert(quoted.size() - 1, "...");
  }
  return quoted;
}

std::string CountText(uint64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

// 1.0 GB, 64 bytes: decimal units. The largest count is 18.4 EB.
std::string BytesText(uint64_t bytes) {
  constexpr std::string_view kUnits[] = {"kB", "MB", "GB", "TB", "PB", "EB"};
  if (bytes < 1000) {
    return fmt::format("{} bytes", bytes);
  }
  double size = static_cast<double>(bytes) / 1000;
  size_t unit = 0;
  while (size >= 999.95) {
    size /= 1000;
    ++unit;
  }
  return fmt::format("{:.1f} {}", size, kUnits[unit]);
}

// Why `op` does not take these types, when there is more to say.
std::string OperandsHelp(BinaryOp op, std::string_view a, std::string_view b) {
  if (a == "a bool" || b == "a bool") {
    if (IsNumber(a) || IsNumber(b) || a == b) {
      return "a bool is not a number: convert it with `int(...)`";
    }
  }
  if (op == BinaryOp::Add && (a == "a str" || b == "a str")) {
    return "make it a str first: `str(...)`";
  }
  if ((a == "a str" && IsNumber(b)) || (b == "a str" && IsNumber(a))) {
    return "make a number of the str first: `int(...)` or `float(...)`";
  }
  if (op == BinaryOp::Add && (a.starts_with("a list") || b.starts_with("a list"))) {
    return "`append(xs, x)` adds one element";
  }
  return {};
}

}  // namespace

std::string WithArticle(std::string_view type_name) {
  if (type_name == "none" || type_name.find(' ') != std::string_view::npos) {
    return std::string(type_name);
  }
  return fmt::format("{} {}", type_name.starts_with("int") ? "an" : "a", type_name);
}

std::string GroupedText(uint64_t number) {
  std::string text = std::to_string(number);
  for (size_t end = text.size(); end > 3; end -= 3) {
    text.insert(end - 3, ",");
  }
  return text;
}

// Types -------------------------------------------------------------------------

Failure OperandsText(BinaryOp op, std::string_view a, std::string_view b) {
  std::string message;
  switch (op) {
    case BinaryOp::Add:
      message = fmt::format("cannot add {} and {}", a, b);
      break;
    case BinaryOp::Sub:
      message = fmt::format("cannot subtract {} from {}", LAB_MUTANT(204, b, a), a);
      break;
    case BinaryOp::Mul:
      message = fmt::format("cannot multiply {} by {}", a, b);
      break;
    case BinaryOp::Div:
    case BinaryOp::FloorDiv:
      message = fmt::format("cannot divide {} by {}", a, b);
      break;
    case BinaryOp::Mod:
      message = fmt::format("cannot take {} modulo {}", a, b);
      break;
    case BinaryOp::Pow:
      message = fmt::format("cannot raise {} to the power of {}", a, b);
      break;
    case BinaryOp::Eq:
    case BinaryOp::Ne:
    case BinaryOp::Lt:
    case BinaryOp::Le:
    case BinaryOp::Gt:
    case BinaryOp::Ge:
      return CompareText(a, b);
  }
  return TypeFailure(std::move(message), OperandsHelp(op, a, b));
}

Failure CompareText(std::string_view a, std::string_view b) {
  std::string help;
  if (a == "a bool" || b == "a bool") {
    help = a == b ? "bools have no order; `==` and `!=` compare them"
                  : "a bool is not a number: convert it with `int(...)`, or use it as it is";
    if (a != b && !IsNumber(a) && !IsNumber(b)) {
      help.clear();
    }
  } else if ((a == "a str" && IsNumber(b)) || (b == "a str" && IsNumber(a))) {
    help = "convert one of them: `int(...)`, `float(...)` or `str(...)`";
  }
  return TypeFailure(fmt::format("cannot compare {} and {}", a, b), std::move(help));
}

Failure UnaryText(frontend::UnaryOp op, std::string_view a) {
  if (op == frontend::UnaryOp::Not) {
    return TypeFailure(fmt::format("`not` takes a bool, not {}", a),
                       IsNumber(a) ? "compare it with zero: `x == 0`" : "");
  }
  return TypeFailure(fmt::format("cannot negate {}", a),
                     a == "a bool" ? "the opposite of a bool is `not x`" : "");
}

Failure ConditionText(std::string_view a) {
  std::string help;
  if (IsNumber(a)) {
    help = "compare it with zero: `x != 0`";
  } else if (a == "a str" || a.starts_with("a list")) {
    help = "ask for its length: `len(x) > 0`";
  } else if (a == "none") {
    help = "an `if` without `else`, a loop and an assignment give none";
  }
  return TypeFailure(fmt::format("a condition must be a bool, not {}", a), std::move(help));
}

Failure DeclaredText(std::string_view name, std::string_view declared, std::string_view a) {
  const bool narrows = declared == "an int" && a == "a float";
  return TypeFailure(fmt::format("`{}` must be {}, not {}", name, declared, a),
                     narrows ? "convert it with `int(...)` (towards zero) or `round(...)`" : "");
}

Failure ArgumentText(BuiltinKind builtin, std::string_view expected, std::string_view a) {
  std::string help;
  if (a == "a bool") {
    help = "a bool is not a number: convert it with `int(...)`";
  } else if (a.starts_with("a seq") && builtin == BuiltinKind::Len) {
    help = "a sequence has no length until it is consumed: `len(list(s))`";
  } else if (expected == "a number" && a == "a str") {
    help = "make a number of it first: `int(...)` or `float(...)`";
  } else if (builtin == BuiltinKind::Join && IsNumber(a)) {
    help = "make strs of the parts first: `join(sep, map(str, xs))`";
  } else if (builtin == BuiltinKind::Range && a == "a float") {
    help = "convert it with `int(...)`";
  }
  return TypeFailure(fmt::format("`{}` takes {}, not {}", Name(builtin), expected, a),
                     std::move(help));
}

Failure NotCallableText(std::string_view a) {
  return TypeFailure(fmt::format("cannot call {}", a), "only functions can be called");
}

Failure NotIterableText(std::string_view a) {
  return TypeFailure(
      fmt::format("cannot go through {}", a),
      a == "an int" ? "count with `range(n)`" : "a sequence, a list or a str is needed");
}

Failure NotIndexableText(std::string_view a) {
  return TypeFailure(fmt::format("{} has no elements to index", a),
                     a.starts_with("a seq") ? "make a list of it first: `list(s)`" : "");
}

Failure IndexTypeText(std::string_view a) {
  return TypeFailure(fmt::format("an index must be an int, not {}", a),
                     a == "a float" ? "convert it with `int(...)`, or divide with `//`" : "");
}

Failure FixedElementText() {
  return TypeFailure("a str cannot be changed", "build a new one with `+` or `join`");
}

Failure MemoKeyText(std::string_view a) {
  return TypeFailure(fmt::format("a memo function cannot take {}", a),
                     "its arguments are ints, floats, bools or strs");
}

Failure ArgumentCountText(std::string_view function, uint64_t least, uint64_t most,
                          uint64_t given) {
  std::string expected;
  if (least == most) {
    expected = CountText(least, "argument");
  } else if (most == frontend::kAnyCount) {
    expected = fmt::format("at least {}", CountText(least, "argument"));
  } else {
    expected = fmt::format("{} to {} arguments", least, most);
  }
  return TypeFailure(fmt::format("`{}` takes {}, not {}", function, expected, given));
}

// Lists -------------------------------------------------------------------------

Failure ElementText(std::string_view a) {
  return TypeFailure(fmt::format("a list cannot hold {}", a),
                     "elements are ints, floats, bools, strs or lists of those");
}

Failure MixedListText(std::string_view first, std::string_view other) {
  const bool numbers = IsNumber(first) && IsNumber(other);
  return TypeFailure(fmt::format("a list cannot hold both {} and {}", first, other),
                     numbers ? "write the ints as floats: `1.0`" : "");
}

Failure AppendText(std::string_view a, std::string_view list) {
  return TypeFailure(
      fmt::format("cannot append {} to {}", a, list),
      a == "an int" && list == "a list[float]" ? "convert it with `float(...)`" : "");
}

Failure StoreText(std::string_view a, std::string_view list) {
  return TypeFailure(
      fmt::format("cannot put {} into {}", a, list),
      a == "an int" && list == "a list[float]" ? "convert it with `float(...)`" : "");
}

Failure JoinListsText(std::string_view a, std::string_view b) {
  return TypeFailure(fmt::format("cannot add {} and {}", a, b),
                     "both lists must have the same element type");
}

Failure NestedListText() {
  return TypeFailure(
      fmt::format("a list cannot be nested deeper than {} levels", TypeTable::kMaxDepth));
}

Failure CyclicListText() { return TypeFailure("a list cannot hold itself"); }

// Values ------------------------------------------------------------------------

Failure IndexText(int64_t index, uint64_t size, bool is_str) {
  const std::string_view noun = is_str ? "str" : "list";
  if (size == 0) {
    return {ErrorKind::Index, fmt::format("index {} is outside an empty {}", index, noun), {}};
  }
  return {ErrorKind::Index, fmt::format("index {} is outside a {} of length {}", index, noun, size),
          fmt::format("indices go from 0 to {}, and from -1 back to -{}", size - 1, size)};
}

Failure PopText() { return {ErrorKind::Empty, "cannot pop from an empty list", {}}; }

Failure ParseText(BuiltinKind builtin, std::string_view text, bool out_of_range) {
  if (out_of_range) {
    return ValueFailure(fmt::format("{} does not fit in a 64-bit int", QuotedText(text)),
                        "`float(...)` reads larger numbers");
  }
  const bool is_int = builtin == BuiltinKind::Int;
  double number;
  const bool hint = is_int && ParseFloat(text, &number) == ParseResult::Ok;
  return ValueFailure(fmt::format("{} is not {}", QuotedText(text), is_int ? "an int" : "a float"),
                      hint ? "read it as a float first: `int(float(...))`" : "");
}

Failure RangeStepText() { return ValueFailure("the step of a range must not be zero"); }

Failure EmptyText(BuiltinKind consumer) {
  return {ErrorKind::Empty, fmt::format("`{}` of nothing has no value", Name(consumer)),
          consumer == BuiltinKind::Sum ? "give it a start value: `sum(s, 0)`" : ""};
}

Failure ConsumedText() {
  return {ErrorKind::Consumed, "this sequence has been consumed already",
          "keep its elements in a list (`list(s)`) to go through them twice"};
}

Failure UnsetText(std::string_view name) {
  return {ErrorKind::Unset, fmt::format("`{}` is read before its `let` has run", name),
          "move the `let` above the first call that reads it"};
}

Failure AssertText() { return {ErrorKind::Assert, "the assertion does not hold", {}}; }

Failure AssertText(std::string_view text) { return {ErrorKind::Assert, std::string(text), {}}; }

Failure RaisedText(std::string_view text) { return {ErrorKind::Raised, std::string(text), {}}; }

// Limits and the outside ----------------------------------------------------------

Failure DepthText(uint32_t limit) {
  return {ErrorKind::Depth, fmt::format("calls are nested deeper than {}", GroupedText(limit)),
          "does the recursion end? If it must be deeper, write it as a loop"};
}

Failure MemoryText(uint64_t wanted_bytes, uint64_t limit_bytes) {
  return {ErrorKind::Memory,
          fmt::format("{} more would pass the memory limit of {}", BytesText(wanted_bytes),
                      BytesText(limit_bytes)),
          "`--max-memory` raises the limit"};
}

Failure LargeFramesText() {
  return {ErrorKind::Memory, "the calls need more memory for their variables than there is", {}};
}

Failure TimeText(double seconds) {
  return {ErrorKind::Time, fmt::format("the time limit of {} s is over", seconds), {}};
}

Failure InterruptText() { return {ErrorKind::Interrupt, "stopped by Ctrl-C", {}}; }

Failure OutputText(int error_number) {
  if (error_number == EPIPE) {
    return {ErrorKind::Pipe, "whoever read the output is gone", {}};
  }
  return {ErrorKind::Output,
          fmt::format("cannot write the output: {}", std::strerror(error_number)),
          {}};
}

Failure ExternLibraryText(std::string_view library) {
  return {ErrorKind::Extern, fmt::format("the library {} is not allowed", QuotedText(library)),
          fmt::format("\"m\" is; allow another with `--allow-extern={}`", library)};
}

Failure ExternLoadText(std::string_view library, std::string_view why) {
  return {ErrorKind::Extern,
          fmt::format("the library {} cannot be loaded: {}", QuotedText(library), why),
          {}};
}

Failure ExternSymbolText(std::string_view library, std::string_view symbol) {
  return {ErrorKind::Extern,
          fmt::format("the library {} has no function `{}` that may be called", QuotedText(library),
                      symbol),
          {}};
}

Failure ExternSignatureText(std::string_view symbol, std::string_view expected) {
  return {ErrorKind::Extern,
          fmt::format("the declaration of `{}` is not the one it has in C", symbol),
          fmt::format("declare it as `{}`", expected)};
}

Failure ExternTypeText(std::string_view symbol) {
  return {ErrorKind::Extern, fmt::format("`{}` cannot be called with these types", symbol),
          "C functions take int, float, bool, f32 and i32, and also give none"};
}

Failure ExternRangeText(std::string_view parameter, int64_t value) {
  return {
      ErrorKind::Overflow, fmt::format("{} does not fit in the i32 `{}`", value, parameter), {}};
}

// The program's arguments ---------------------------------------------------------

Failure NoMainText(uint64_t given) {
  return ValueFailure(fmt::format("there is no `main` to take the {} on the command line",
                                  given == 1 ? "argument" : "arguments"),
                      "add `def main(n) = ...`");
}

Failure TooManyProgramArgsText(std::string_view function, uint64_t most, uint64_t given) {
  return ValueFailure(fmt::format("`{}` takes {}, but {} on the command line", function,
                                  CountText(most, "argument"),
                                  given == 1 ? "1 is given" : fmt::format("{} are given", given)));
}

Failure MissingProgramArgText(std::string_view parameter) {
  return ValueFailure(fmt::format("the argument `{}` is missing", parameter),
                      fmt::format("add `{}=VALUE` to the command line", parameter));
}

Failure UnknownProgramArgText(std::string_view name, std::string_view known) {
  return ValueFailure(fmt::format("`main` has no parameter `{}`", name),
                      known.empty() ? "it has none" : fmt::format("it has {}", known));
}

Failure RepeatedProgramArgText(std::string_view parameter) {
  return ValueFailure(fmt::format("the argument `{}` is given twice", parameter));
}

Failure ProgramArgTypeText(std::string_view parameter, std::string_view declared,
                           std::string_view text) {
  return TypeFailure(
      fmt::format("the argument `{}` must be {}, not {}", parameter, declared, QuotedText(text)));
}

}  // namespace runtime
