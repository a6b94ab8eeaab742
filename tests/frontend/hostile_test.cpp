// Inputs made to break a parser: each gives a clear diagnostic, or the right
// tree, in little time and memory. The bounds are those of a slow machine with
// sanitizers; bench/ has the sharp ones.

#include <ctime>

#include <sys/resource.h>

#include <gtest/gtest.h>

#include "frontend/print_source.h"
#include "tests/frontend/test_program.h"

namespace frontend {
namespace {

constexpr int kMillion = 1'000'000;

std::string Repeat(std::string_view text, int count) {
  std::string result;
  result.reserve(text.size() * static_cast<size_t>(count));
  for (int i = 0; i < count; ++i) {
    result += text;
  }
  return result;
}

// Runs `work` and fails when it takes far more than the bar of 50 ms. Processor
// time is counted, so that other work on the machine does not matter.
template <typename Work>
void Quickly(Work work) {
#if defined(__SANITIZE_ADDRESS__) || !defined(NDEBUG)
  constexpr double kSeconds = 5.0;
#else
  constexpr double kSeconds = 0.25;
#endif
  std::clock_t start = std::clock();
  work();
  double spent = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  EXPECT_LT(spent, kSeconds);
}

// What the frontend says about a text that nests too deep.
void ExpectTooDeep(const std::string& text, std::string_view what) {
  SCOPED_TRACE(what);
  Quickly([&] { EXPECT_EQ(CodesOf(text), "E0015"); });
}

TEST(Hostile, EveryConstructNestsOnlySoDeep) {
  for (int count : {1000, 10'000, kMillion}) {
    ExpectTooDeep(Repeat("(", count), "(");
    ExpectTooDeep(Repeat("[", count), "[");
    ExpectTooDeep(Repeat("{", count), "{");
    ExpectTooDeep(Repeat("(", count) + "1" + Repeat(")", count), "()");
    ExpectTooDeep(Repeat("f(", count), "f(");
    ExpectTooDeep("f" + Repeat("()", count), "f()()");
    ExpectTooDeep("x" + Repeat("[0]", count), "x[0][0]");
    ExpectTooDeep("x" + Repeat(".f()", count), "x.f().f()");
    ExpectTooDeep(Repeat("x => ", count) + "1", "x => x =>");
    ExpectTooDeep(Repeat("-", count) + "1", "--1");
    ExpectTooDeep(Repeat("not ", count) + "true", "not not");
    ExpectTooDeep(Repeat("2 ** ", count) + "2", "2 ** 2 **");
    ExpectTooDeep(Repeat("if true { ", count), "if {");
    ExpectTooDeep(Repeat("for i in x { ", count), "for {");
    ExpectTooDeep("let x: " + Repeat("list[", count), "list[");
    ExpectTooDeep("let x: " + Repeat("fn() -> ", count) + "int", "fn() ->");
    ExpectTooDeep(Repeat("let x = ", count) + "1", "let x = let x =");
    ExpectTooDeep(Repeat("x = ", count) + "1", "x = x =");
    ExpectTooDeep("def f() { " + Repeat("return ", count) + "1 }", "return return");
  }
}

TEST(Hostile, MixedChainsCannotGrowTheTreeBeyondTheLimit) {
  // Each part is within its own limit; together they are not.
  std::string text = "f";
  for (int i = 0; i < 50; ++i) {
    text.insert(0, "(").append(Repeat("()", 50)).append(")");
  }
  ExpectTooDeep(text, "chains in brackets");
}

TEST(Hostile, DeepButAllowedNestingWorks) {
  std::string text = Repeat("(", 250) + "1" + Repeat(")", 250);
  EXPECT_EQ(CodesOf(text), "");
  EXPECT_EQ(CodesOf("-" + Repeat(" -", 250) + "1"), "");
  EXPECT_EQ(CodesOf("let f = x => x\nf" + Repeat("(1)", 250)), "");
}

TEST(Hostile, FlatChainsMayBeAMillionLong) {
  std::unique_ptr<Program> sum = Load("1" + Repeat(" + 1", kMillion - 1));
  ASSERT_NE(sum, nullptr);
  EXPECT_EQ(sum->expr_count, 2u * kMillion - 1);
  std::string printed = PrintSource(sum->items);
  EXPECT_EQ(printed.size(), 4u * kMillion - 3 + 1);
  EXPECT_EQ(DumpTree(sum->items).size(), 6u * kMillion - 5 + 1);
  EXPECT_EQ(CodesOf("true" + Repeat(" and true", kMillion)), "");
  EXPECT_EQ(CodesOf("true" + Repeat(" or true", kMillion)), "");
  EXPECT_EQ(CodesOf("print(1" + Repeat(", 1", kMillion) + ")"), "");
  EXPECT_EQ(CodesOf("[1" + Repeat(", 1", kMillion) + "]"), "");
  EXPECT_EQ(CodesOf(Repeat("1\n", kMillion)), "");
  EXPECT_EQ(CodesOf("if true {}" + Repeat(" elif true {}", 300'000)), "");
}

TEST(Hostile, BrokenBytesAreOneDiagnostic) {
  Quickly([] { EXPECT_EQ(CodesOf(std::string(kMillion, '\0')), "E0002"); });
  Quickly([] { EXPECT_EQ(CodesOf(std::string(kMillion, '\xff')), "E0001"); });
  Quickly([] { EXPECT_EQ(CodesOf(std::string(kMillion, '\r')), "E0003"); });
  Quickly([] { EXPECT_EQ(CodesOf("print(1) " + std::string("\xed\xa0\x80")), "E0001"); });
  Quickly([] { EXPECT_EQ(CodesOf(std::string("\xc0\xaf")), "E0001"); });
}

TEST(Hostile, FloodsOfMistakesStop) {
  for (const char* text : {"$", "\u202e", ")", "}", "'a' ", "0x1 ", "\"\n", "f(\n", "? ", "x++ ",
                           "print x\n", "x = 1;", "a b ", "def ", "if ", "else ", "True ", "'"}) {
    SCOPED_TRACE(text);
    Quickly([&] {
      DiagnosticSink sink;
      LoadProgram("test.gc", Repeat(text, 100'000), kTestBuiltins, sink);
      size_t count = sink.Take().size();
      EXPECT_GE(count, 1u);
      EXPECT_LE(count, 500u);
    });
  }
}

TEST(Hostile, HugeLiterals) {
  Quickly([] { EXPECT_EQ(CodesOf(std::string(kMillion, '9')), "E0011"); });
  Quickly([] { EXPECT_EQ(CodesOf(std::string(kMillion, '9') + ".0"), "E0012"); });
  Quickly([] { EXPECT_EQ(CodesOf("0." + std::string(kMillion, '9')), ""); });
  Quickly([] { EXPECT_EQ(CodesOf("1e" + std::string(kMillion, '9')), "E0012"); });
  Quickly([] { EXPECT_EQ(CodesOf("let x = \"" + std::string(10 * kMillion, 'a') + "\""), ""); });
  Quickly([] { EXPECT_EQ(CodesOf("let " + std::string(kMillion, 'a') + " = 1"), ""); });
  Quickly([] { EXPECT_EQ(CodesOf("\"" + std::string(kMillion, 'a')), "E0006"); });
}

TEST(Hostile, ExcerptsOfHugeLinesAreShort) {
  std::string text = "let x = \"" + std::string(kMillion, 'a') + "\" + unknown";
  SourceFile source("test.gc", text);
  DiagnosticSink sink;
  LoadProgram("test.gc", text, kTestBuiltins, sink);
  std::string rendered = RenderDiagnostics(source, sink.Take(), Color::No);
  EXPECT_LT(rendered.size(), 600u);
  EXPECT_NE(rendered.find("unknown"), std::string::npos);
}

TEST(Hostile, ManyScopesAndCapturesStayLinear) {
  std::string lets;
  std::string uses = "0";
  for (int i = 0; i < 4000; ++i) {
    lets += "let x" + std::to_string(i) + " = 1\n";
    uses += " + x" + std::to_string(i);
  }
  Quickly([&] { EXPECT_EQ(CodesOf("def f() {\n" + lets + "() => " + uses + "\n}"), ""); });
  Quickly([&] { EXPECT_EQ(CodesOf(Repeat("{ let x = 1; x }\n", 50'000)), ""); });
}

TEST(Hostile, ErrorsFitIntoLittleMemory) {
  // Peak memory never falls, so this test can only show that it did not grow
  // beyond the bar for the inputs above that are refused.
  rusage before{};
  getrusage(RUSAGE_SELF, &before);
  CodesOf(Repeat("(", kMillion));
  CodesOf(Repeat("f()", kMillion / 3));
  rusage after{};
  getrusage(RUSAGE_SELF, &after);
  EXPECT_LT(after.ru_maxrss - before.ru_maxrss, 64 * 1024);
}

}  // namespace
}  // namespace frontend
