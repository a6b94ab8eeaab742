// Messages as the languages write them.

#include "peers/error_text.h"

#include <gtest/gtest.h>

namespace peers {
namespace {

using emit::Target;
using Lines = emit::Translation::Lines;

// Line 1 and 2 are the prelude; line 3 comes from line 1, line 4 from lines 2 to 3, and so on.
const std::vector<Lines> kLines = {{0, 0}, {0, 0}, {1, 1}, {2, 3}, {4, 4}, {5, 5}};

void ExpectError(const PeerError& error, std::string_view kind, std::string_view message,
                 uint32_t first, uint32_t last) {
  EXPECT_EQ(error.kind, kind);
  EXPECT_EQ(error.message, message);
  EXPECT_EQ(error.lines.first, first);
  EXPECT_EQ(error.lines.last, last);
}

TEST(PythonErrorTest, ComesFromThePrelude) {
  const PeerError error = ReadError(Target::Python,
                                    "Traceback (most recent call last):\n"
                                    "  File \"/tmp/lab-peer-1/program.py\", line 6, in <module>\n"
                                    "    print(f(1))\n"
                                    "  File \"/tmp/lab-peer-1/program.py\", line 4, in f\n"
                                    "    return _add(x, 1)\n"
                                    "           ^^^^^^^^^^\n"
                                    "  File \"/tmp/lab-peer-1/program.py\", line 2, in _add\n"
                                    "    raise Overflow(\"overflow: 1 + 1: too large\")\n"
                                    "Overflow: overflow: 1 + 1: too large\n",
                                    kLines);
  ExpectError(error, "overflow", "1 + 1: too large", 2, 3);
}

TEST(PythonErrorTest, KeepsKindOfMessagesWithLineBreaks) {
  const PeerError error = ReadError(Target::Cython,
                                    "Traceback (most recent call last):\n"
                                    "  File \"program.pyx\", line 3, in init program\n"
                                    "program.Raised: error: first\n"
                                    "index: second\n",
                                    kLines);
  ExpectError(error, "error", "first", 1, 1);
}

TEST(PythonErrorTest, TakesTheLastOfChainedErrors) {
  const PeerError error =
      ReadError(Target::Python,
                "Traceback (most recent call last):\n"
                "  File \"program.py\", line 2, in g\n"
                "ValueError: math domain error\n"
                "\n"
                "During handling of the above exception, another exception occurred:\n"
                "\n"
                "Traceback (most recent call last):\n"
                "  File \"program.py\", line 5, in <module>\n"
                "Domain: domain: `sqrt` of -1.0\n",
                kLines);
  ExpectError(error, "domain", "`sqrt` of -1.0", 4, 4);
}

TEST(PythonErrorTest, KnowsNaturalErrors) {
  const auto kind_of = [](const std::string& message) {
    return ReadError(Target::Python,
                     "Traceback (most recent call last):\n  File \"program.py\", line 3, in f\n" +
                         message + "\n",
                     kLines)
        .kind;
  };
  EXPECT_EQ(kind_of("ZeroDivisionError: integer division or modulo by zero"), "division by zero");
  EXPECT_EQ(kind_of("OverflowError: math range error"), "overflow");
  EXPECT_EQ(kind_of("ValueError: math domain error"), "domain");
  EXPECT_EQ(kind_of("ValueError: could not convert string to float: 'x'"), "value");
  EXPECT_EQ(kind_of("ValueError: max() arg is an empty sequence"), "empty");
  EXPECT_EQ(kind_of("IndexError: list index out of range"), "index");
  EXPECT_EQ(kind_of("IndexError: pop from empty list"), "empty");
  EXPECT_EQ(kind_of("TypeError: unsupported operand"), "type");
  EXPECT_EQ(kind_of("RecursionError: maximum recursion depth exceeded"), "depth limit");
  EXPECT_EQ(kind_of("AssertionError"), "assert");
  EXPECT_EQ(kind_of("MemoryError"), "memory limit");
  EXPECT_EQ(kind_of("UnboundLocalError: local variable 'x'"), "unset");
  EXPECT_EQ(kind_of("NameError: name 'x' is not defined"), "unset");
  EXPECT_EQ(kind_of("LookupError: what"), "");
}

TEST(LuaErrorTest, TellsTheInnermostPlaceOfTheProgram) {
  const PeerError error = ReadError(Target::Lua,
                                    "lua5.4: /tmp/lab-peer-1/program.lua:2: index: 7 is outside\n"
                                    "stack traceback:\n"
                                    "\t[C]: in function 'error'\n"
                                    "\t/tmp/lab-peer-1/program.lua:2: in upvalue 'at'\n"
                                    "\t/tmp/lab-peer-1/program.lua:5: in function 'f'\n"
                                    "\t/tmp/lab-peer-1/program.lua:6: in main chunk\n",
                                    kLines);
  ExpectError(error, "index", "7 is outside", 4, 4);
}

// Each coroutine that an error leaves puts a place in front of its message.
TEST(LuaErrorTest, ReadsTheMessagesOfCoroutinesFromTheirEnd) {
  const PeerError error = ReadError(
      Target::Lua,
      "lua5.4: /tmp/lab-peer-1/program.lua:6: /tmp/lab-peer-1/program.lua:5: error: inner\n"
      "stack traceback:\n"
      "\t[C]: in for iterator 'for iterator'\n"
      "\t/tmp/lab-peer-1/program.lua:6: in main chunk\n",
      kLines);
  ExpectError(error, "error", "inner", 4, 4);
}

TEST(LuaErrorTest, KnowsNaturalErrors) {
  ExpectError(ReadError(Target::LuaJit,
                        "luajit: program.lua:4: stack overflow\nstack traceback:\n\t...\n", kLines),
              "depth limit", "stack overflow", 2, 3);
  ExpectError(
      ReadError(Target::Lua, "lua5.4: program.lua:3: attempt to call a nil value\n", kLines),
      "type", "attempt to call a nil value", 1, 1);
  EXPECT_EQ(ReadError(Target::Lua, "lua5.4: not enough memory\n", kLines).kind, "memory limit");
}

TEST(JsErrorTest, SkipsTheQuotedLine) {
  const PeerError error = ReadError(Target::Js,
                                    "/tmp/lab-peer-1/program.js:2\n"
                                    "  throw new LabError('x: type: ' + what);\n"
                                    "  ^\n"
                                    "\n"
                                    "LabError: range: outside this peer's exact range\n"
                                    "    at check (/tmp/lab-peer-1/program.js:2:9)\n"
                                    "    at f (/tmp/lab-peer-1/program.js:4:12)\n"
                                    "\n"
                                    "Node.js v20.20.0\n",
                                    kLines);
  ExpectError(error, kRangeKind, "outside this peer's exact range", 2, 3);
}

TEST(JsErrorTest, KnowsNaturalErrors) {
  EXPECT_EQ(ReadError(Target::Js, "RangeError: Maximum call stack size exceeded\n", kLines).kind,
            "depth limit");
  EXPECT_EQ(ReadError(Target::Js, "Uncaught:\nTypeError: f is not a function\n", kLines).kind,
            "type");
  EXPECT_EQ(ReadError(Target::Js,
                      "\n<--- Last few GCs --->\n\nFATAL ERROR: Reached heap limit Allocation "
                      "failed\n",
                      kLines)
                .kind,
            "memory limit");
}

TEST(CErrorTest, HasOnePlace) {
  ExpectError(ReadError(Target::C, "program.c:4: division by zero: 1 // 0\n", kLines),
              "division by zero", "1 // 0", 2, 3);
  ExpectError(ReadError(Target::C, "p.c:1: assert\n", kLines), "assert", "", 0, 0);
}

TEST(PeerErrorTest, KeepsWhatItDoesNotUnderstand) {
  ExpectError(ReadError(Target::C, "*** stack smashing detected ***: terminated\n", kLines), "",
              "*** stack smashing detected ***: terminated", 0, 0);
  ExpectError(ReadError(Target::Lua, "", kLines), "", "", 0, 0);
  // Lines that the translation does not have.
  ExpectError(ReadError(Target::C, "program.c:4000: type: bad\n", kLines), "type", "bad", 0, 0);
}

}  // namespace
}  // namespace peers
