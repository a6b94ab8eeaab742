// Tokens, and above all: where a line end ends an item.

#include "frontend/lexer.h"

#include <cmath>

#include <gtest/gtest.h>

#include "frontend/literal.h"
#include "tests/frontend/test_program.h"

namespace frontend {
namespace {

// The kinds of the tokens, with the text of those that vary.
std::string Lexed(std::string text) {
  SourceFile source("test.gc", std::move(text));
  DiagnosticSink sink;
  std::string kinds;
  for (const Token& token : Lex(source, sink).tokens) {
    switch (token.kind) {
      case TokenKind::Newline:
        kinds += "| ";
        break;
      case TokenKind::Eof:
        kinds += ".";
        break;
      default:
        kinds += std::string(source.text(token.span)) + " ";
        break;
    }
  }
  EXPECT_FALSE(sink.has_errors()) << RenderDiagnostics(source, sink.Take(), Color::No);
  return kinds;
}

TEST(Lexer, SplitsTextIntoTokens) {
  EXPECT_EQ(Lexed("x+=1**-y//2"), "x += 1 ** - y // 2 .");
  EXPECT_EQ(Lexed("(a)=>b->c"), "( a ) => b -> c .");
  EXPECT_EQ(Lexed("a<=b>=c!=d==e<f"), "a <= b >= c != d == e < f .");
  EXPECT_EQ(Lexed("  x # a comment"), "x .");
  EXPECT_EQ(Lexed("#!/usr/bin/env lab\nx"), "x .");
  EXPECT_EQ(Lexed(""), ".");
}

TEST(Lexer, ReadsNumbers) {
  EXPECT_EQ(Lexed("1 1.5 1. .5 1e5 1.e5 1_000.0_1e-1_0"), "1 1.5 1. .5 1e5 1.e5 1_000.0_1e-1_0 .");
  EXPECT_EQ(Lexed("2.abs()"), "2 . abs ( ) .");
  EXPECT_EQ(Lexed("2.5.floor()"), "2.5 . floor ( ) .");
  EXPECT_EQ(Lexed("0 00 0_0"), "0 00 0_0 .");
}

TEST(Lexer, NewlineEndsAnItem) {
  EXPECT_EQ(Lexed("a\nb"), "a | b .");
  EXPECT_EQ(Lexed("\n\na\n\n\nb\n\n"), "a | b | .");
  EXPECT_EQ(Lexed("a # one\n# two\nb"), "a | b .");
  EXPECT_EQ(Lexed("a\r\nb\r\n"), "a | b | .");
}

TEST(Lexer, OpenParenthesesAndBracketsCarryOverLines) {
  EXPECT_EQ(Lexed("f(\na,\nb\n)\nc"), "f ( a , b ) | c .");
  EXPECT_EQ(Lexed("[1\n+ 2\n]"), "[ 1 + 2 ] .");
}

TEST(Lexer, ABlockEndsItemsEvenInsideParentheses) {
  EXPECT_EQ(Lexed("f(x => {\na\nb\n},\nc)"), "f ( x => { | a | b | } , c ) .");
  EXPECT_EQ(Lexed("{ f(\na) }"), "{ f ( a ) } .");
}

TEST(Lexer, LineEndingInAnOperatorGoesOn) {
  for (const char* op :
       {"+",   "-",  "*",   "/", "//", "%",  "**", "==", "!=",  "<",  "<=", ">", ">=",
        "and", "or", "not", "=", "+=", "-=", "*=", "/=", "//=", "%=", "=>", ","}) {
    std::string sign = op;
    EXPECT_EQ(Lexed("a " + sign + " # why\n\n b"), "a " + sign + " b .");
  }
  EXPECT_EQ(Lexed("a in\nb"), "a in | b .");
}

TEST(Lexer, LineStartingWithDotOrElseGoesOn) {
  EXPECT_EQ(Lexed("xs\n  .map(f)\n\n  # then\n  .len()"), "xs . map ( f ) . len ( ) .");
  EXPECT_EQ(Lexed("if a { b }\nelif c { d }\nelse { e }\nf"),
            "if a { b } elif c { d } else { e } | f .");
  EXPECT_EQ(Lexed("x\n.5"), "x | .5 .");
  EXPECT_EQ(Lexed("x\nelsewhere"), "x | elsewhere .");
}

TEST(Lexer, KnowsWhichParenthesisOpensALambda) {
  SourceFile source("test.gc", "(a, (b)) + (c) => (d)");
  DiagnosticSink sink;
  std::vector<uint32_t> opening;
  for (const Token& token : Lex(source, sink).tokens) {
    if (token.opens_lambda) {
      opening.push_back(token.span.begin);
    }
  }
  EXPECT_EQ(opening, std::vector<uint32_t>{11});
}

TEST(Lexer, BracketsComeOutBalanced) {
  for (const char* text : {"(", "[{(", "f(1\nlet x = 2", "{ ( }", "(]", ")", "}}", "([)]", "({)}",
                           "f([1, 2))", "def f() {\n\ndef g() = 1", "(\"abc\n)"}) {
    SourceFile source("test.gc", text);
    DiagnosticSink sink;
    std::string open;
    for (const Token& token : Lex(source, sink).tokens) {
      switch (token.kind) {
        case TokenKind::LeftParen:
          open += ')';
          break;
        case TokenKind::LeftBracket:
          open += ']';
          break;
        case TokenKind::LeftBrace:
          open += '}';
          break;
        case TokenKind::RightParen:
        case TokenKind::RightBracket:
        case TokenKind::RightBrace:
          ASSERT_FALSE(open.empty()) << text;
          EXPECT_EQ(Spelling(token.kind), std::string(1, open.back())) << text;
          open.pop_back();
          break;
        default:
          break;
      }
    }
    EXPECT_EQ(open, "") << text;
    EXPECT_TRUE(sink.has_errors()) << text;
  }
}

TEST(Literal, DecodesInts) {
  EXPECT_EQ(DecodeInt("1_000_000"), 1'000'000);
  EXPECT_EQ(DecodeInt("9223372036854775807"), INT64_MAX);
  EXPECT_EQ(DecodeInt("9223372036854775808"), std::nullopt);
  EXPECT_TRUE(IsIntMinMagnitude("9_223_372_036_854_775_808"));
  EXPECT_FALSE(IsIntMinMagnitude("9223372036854775809"));
}

TEST(Literal, DecodesFloatsCorrectlyRounded) {
  EXPECT_EQ(DecodeFloat("0.1"), 0.1);
  EXPECT_EQ(DecodeFloat(".5"), 0.5);
  EXPECT_EQ(DecodeFloat("2."), 2.0);
  EXPECT_EQ(DecodeFloat("1_0.5e1_0"), 10.5e10);
  EXPECT_EQ(DecodeFloat("1.7976931348623157e308"), 1.7976931348623157e308);
  EXPECT_EQ(DecodeFloat("4.9e-324"), 4.9e-324);
  // Half way between 1 and the next float, and a digit more.
  EXPECT_EQ(DecodeFloat("1.00000000000000011102230246251565404"), 1.0);
  EXPECT_EQ(DecodeFloat("1.00000000000000011102230246251565405"), 1.0000000000000002);
}

TEST(Literal, TellsTooLargeFromTooSmall) {
  EXPECT_EQ(DecodeFloat("1e400"), HUGE_VAL);
  EXPECT_EQ(DecodeFloat("1e-400"), 0.0);
  EXPECT_EQ(DecodeFloat("0.0001e400"), HUGE_VAL);
  EXPECT_EQ(DecodeFloat("1" + std::string(500, '0') + "e-10"), HUGE_VAL);
  EXPECT_EQ(DecodeFloat("0." + std::string(500, '0') + "1e10"), 0.0);
  EXPECT_EQ(DecodeFloat("1e99999999999999999999"), HUGE_VAL);
  EXPECT_EQ(DecodeFloat("1e-99999999999999999999"), 0.0);
  EXPECT_EQ(DecodeFloat("1" + std::string(308, '0')), 1e308);
}

TEST(Literal, DecodesStrings) {
  Arena arena;
  EXPECT_EQ(DecodeString(R"("plain")", arena), "plain");
  EXPECT_EQ(DecodeString(R"("a\n\t\r\\\"b")", arena), "a\n\t\r\\\"b");
  EXPECT_EQ(DecodeString(R"("\u{41}\u{e9}\u{20ac}\u{1F600}")", arena), "A\u00e9\u20ac\U0001F600");
  EXPECT_EQ(DecodeString(R"("\u{0}")", arena), std::string_view("\0", 1));
}

TEST(Literal, EncodesWhatDecodes) {
  Arena arena;
  for (std::string_view text : {"", "plain", "a\n\t\r\\\"b", "\x01\x7f", "\u202e \u00e9"}) {
    std::string encoded = EncodeString(text);
    EXPECT_EQ(DecodeString(encoded, arena), text);
  }
  for (double value : {0.0, 1.0, 0.1, 1e16, 1e300, 5e-324, 123456789.125}) {
    EXPECT_EQ(DecodeFloat(EncodeFloat(value)), value);
  }
  EXPECT_EQ(EncodeFloat(3.0), "3.0");
}

}  // namespace
}  // namespace frontend
