// What people write who come from Python, C or JavaScript. Each habit gets its
// own words, and where the meaning is clear, parsing goes on as if the gc form
// stood there.

#include <string>

#include "frontend/parser_state.h"

namespace frontend {
namespace {

// What begins an expression that can only be an operand in brackets.
constexpr TokenSet kStatements = {
    TokenKind::If,     TokenKind::While, TokenKind::For,   TokenKind::Let,      TokenKind::Var,
    TokenKind::Return, TokenKind::Yield, TokenKind::Break, TokenKind::Continue,
};

// Behind these stands an argument or an element.
constexpr TokenSet kBeforeElement = {TokenKind::LeftParen, TokenKind::LeftBracket,
                                     TokenKind::Comma};

// Words that begin a statement in Python.
constexpr std::string_view kPythonStatements[] = {
    "import", "from",     "class", "try",  "except",   "finally", "with",   "raise",
    "global", "nonlocal", "del",   "pass", "async",    "await",   "assert", "switch",
    "case",   "match",    "do",    "func", "function", "fn",      "const",  "static",
};

struct ForeignWord {
  std::string_view word;
  std::string_view fix;
};

constexpr ForeignWord kStatementFixes[] = {
    {"import", "everything the language has is there without an import; see `lab help`"},
    {"from", "everything the language has is there without an import; see `lab help`"},
    {"class", "keep the parts in lists or arguments, and write functions for them"},
    {"try", "errors end the program; test for the case beforehand"},
    {"raise", "to stop with an error call `error(\"...\")`"},
    {"pass", "an empty block is written `{}`"},
    {"assert", "write `assert(...)`"},
    {"const", "write `let`"},
    {"func", "write `def`"},
    {"function", "write `def`"},
    {"fn", "write `def`"},
};

struct ForeignBinary {
  std::string_view text;
  std::string_view fix;
  int precedence;
  bool is_logical;
  LogicalOp logical;
  BinaryOp binary;
};

constexpr ForeignBinary kForeignBinaries[] = {
    {"&&", "write `and`", 2, true, LogicalOp::And, {}},
    {"||", "write `or`", 1, true, LogicalOp::Or, {}},
    {"===", "write `==`", 4, false, {}, BinaryOp::Eq},
    {"!==", "write `!=`", 4, false, {}, BinaryOp::Ne},
    {"<>", "write `!=`", 4, false, {}, BinaryOp::Ne},
    {"&",
     "for conditions write `and`; there are no operators on bits",
     5,
     false,
     {},
     BinaryOp::Add},
    {"|", "for conditions write `or`; there are no operators on bits", 5, false, {}, BinaryOp::Add},
    {"^", "for a power write `**`; there are no operators on bits", 6, false, {}, BinaryOp::Mul},
    {"<<", "write `x * 2 ** n`; there are no operators on bits", 5, false, {}, BinaryOp::Add},
    {">>", "write `x // 2 ** n`; there are no operators on bits", 5, false, {}, BinaryOp::Add},
    {"@", "there is no matrix product; write it with loops", 6, false, {}, BinaryOp::Mul},
};

}  // namespace

// May be asked twice at one token: the sink keeps one diagnostic a place.
ParserState::Operator ParserState::ForeignOperatorHere() {
  Token token = Next();
  std::string text(Text(token));
  if (At(TokenKind::In) || (At(TokenKind::Not) && Kind(1) == TokenKind::In)) {
    bool negated = At(TokenKind::Not);
    if (negated) {
      Take();
    }
    Report(
        {.kind = DiagnosticKind::MembershipOperator,
         .span = Next().span,
         .message = "`in` is no operator in gc; it belongs to `for`.",
         .fix = negated ? "write `all(x != y for y in ys)`" : "write `any(x == y for y in ys)`"});
    return {.precedence = 4, .binary = BinaryOp::Eq};
  }
  if (At(TokenKind::Name)) {
    if (text != "is" || !StartsExpression(Kind(1))) {
      return {};
    }
    if (Kind(1) == TokenKind::Not) {
      Take();
    }
    Report({.kind = DiagnosticKind::ForeignOperator,
            .span = token.span,
            .message = "`is` is no operator in gc.",
            .fix = "write `==` or `!=`"});
    return {.precedence = 4, .binary = BinaryOp::Eq};
  }
  for (const ForeignBinary& foreign : kForeignBinaries) {
    if (foreign.text == text && (StartsExpression(Kind(1)) || Kind(1) == TokenKind::Foreign)) {
      Report({.kind = DiagnosticKind::ForeignOperator,
              .span = token.span,
              .message = "`" + text + "` is no operator of gc.",
              .fix = std::string(foreign.fix)});
      return {.precedence = foreign.precedence,
              .is_logical = foreign.is_logical,
              .logical = foreign.logical,
              .binary = foreign.binary};
    }
  }
  return {};
}

const Expr* ParserState::ParseForeignUnary() {
  NestingScope nesting(*this);
  if (nesting.too_deep()) {
    return nullptr;
  }
  uint32_t begin = Begin();
  Token token = Next();
  std::string text(Text(token));
  if (text != "!" && text != "~") {
    ReportMissingExpression();
    return nullptr;
  }
  Report({.kind = DiagnosticKind::ForeignOperator,
          .span = token.span,
          .message = "`" + text + "` is no operator of gc.",
          .fix = text == "!" ? "write `not`" : "there are no operators on bits"});
  Take();
  const Expr* operand = ParseUnary();
  return operand == nullptr ? nullptr : Make<UnaryExpr>(begin, UnaryOp::Not, operand);
}

const Expr* ParserState::ParsePlus() {
  NestingScope nesting(*this);
  if (nesting.too_deep()) {
    return nullptr;
  }
  Token sign = Take();
  bool doubled = At(TokenKind::Plus) && Next().span.begin == sign.span.end;
  if (doubled) {
    Take();
  }
  Report({.kind = doubled ? DiagnosticKind::IncrementOperator : DiagnosticKind::ExpectedExpression,
          .span = {sign.span.begin, previous_end_},
          .message = doubled ? "There is no `++` in gc." : "A number has no `+` in front of it.",
          .fix = doubled ? "write `x += 1`" : "leave the `+` out"});
  return ParseUnary();
}

bool ParserState::AcceptIncrement() {
  const Token& first = Next();
  const Token& second = Next(1);
  bool doubled = (first.kind == TokenKind::Plus || first.kind == TokenKind::Minus) &&
                 second.kind == first.kind && first.span.end == second.span.begin;
  if (!doubled) {
    return false;
  }
  const Token& after = Next(2);
  bool ends = after.starts_line || after.kind == TokenKind::Eof ||
              after.kind == TokenKind::Semicolon || after.kind == TokenKind::RightBrace ||
              after.kind == TokenKind::RightParen || after.kind == TokenKind::RightBracket;
  if (!ends) {
    return false;
  }
  std::string text(2, Text(first)[0]);
  Report({.kind = DiagnosticKind::IncrementOperator,
          .span = {first.span.begin, second.span.end},
          .message = "There is no `" + text + "` in gc.",
          .fix = "write `x " + text.substr(1) + "= 1`"});
  Take();
  Take();
  line_over_ = true;
  return true;
}

// `True`, `None`, `lambda x: x` and other names.
const Expr* ParserState::ParseName() {
  uint32_t begin = Begin();
  std::string_view text = Text(Next());
  if (text == "True" || text == "False" || text == "None") {
    std::string meant = text == "True" ? "true" : text == "False" ? "false" : "none";
    Report({.kind = DiagnosticKind::PythonConstant,
            .span = Next().span,
            .message = "`" + std::string(text) + "` is written `" + meant + "` in gc.",
            .fix = "write `" + meant + "`"});
    Take();
    if (text == "None") {
      return Make<NoneExpr>(begin);
    }
    return Make<BoolExpr>(begin, text == "True");
  }
  if (text == "lambda" && (Kind(1) == TokenKind::Name || Kind(1) == TokenKind::Colon)) {
    return ParsePythonLambda();
  }
  Take();
  return Make<NameExpr>(begin, text);
}

const Expr* ParserState::ParsePythonLambda() {
  uint32_t begin = Begin();
  Report({.kind = DiagnosticKind::PythonLambda,
          .span = Take().span,
          .message = "A lambda is written with `=>` in gc.",
          .fix = "write `x => x + 1`, or `(x, y) => x + y`"});
  std::vector<Param> params;
  while (At(TokenKind::Name)) {
    Param param{};
    ExpectName(param.binding, "a parameter");
    params.push_back(param);
    Accept(TokenKind::Comma);
  }
  if (!Accept(TokenKind::Colon)) {
    return nullptr;
  }
  const Expr* body = ParseExpr(Place::Body);
  return body == nullptr ? nullptr : Make<LambdaExpr>(begin, arena_.Copy(params), body);
}

const Expr* ParserState::ReportTuple(const Expr* first, const char* fix) {
  Report({.kind = DiagnosticKind::Tuple,
          .span = Next().span,
          .message = "There are no tuples in gc: a name, an argument or a result is one value.",
          .fix = fix});
  return first;
}

bool ParserState::ReportPythonStatement() {
  std::string text(Text(Next()));
  bool is_statement = false;
  for (std::string_view word : kPythonStatements) {
    is_statement |= word == text;
  }
  if (!is_statement) {
    return false;
  }
  // As names these words are free.
  TokenKind next = Kind(1);
  bool used = next == TokenKind::Name || next == TokenKind::Str || next == TokenKind::Colon ||
              next == TokenKind::LeftBrace || next == TokenKind::True || next == TokenKind::False ||
              next == TokenKind::Not || next == TokenKind::Def || next == TokenKind::Int;
  bool alone = text == "pass" && (next == TokenKind::Newline || next == TokenKind::Semicolon ||
                                  next == TokenKind::RightBrace || next == TokenKind::Eof);
  if (!used && !alone) {
    return false;
  }
  const Token& word = Next();
  Diagnostic diagnostic{.kind = DiagnosticKind::PythonStatement,
                        .span = word.span,
                        .message = "There is no `" + text + "` in gc."};
  for (const ForeignWord& entry : kStatementFixes) {
    if (entry.word == text) {
      diagnostic.fix = entry.fix;
    }
  }
  Report(std::move(diagnostic));
  while (!AtItemEnd() && !At(TokenKind::Colon)) {
    Take();
  }
  if (At(TokenKind::Colon)) {
    SkipIndented(word);
  }
  return true;
}

void ParserState::ReportMissingExpression() {
  Token token = Next();
  Diagnostic diagnostic{.kind = DiagnosticKind::ExpectedExpression, .span = token.span};
  diagnostic.message = "Here belongs an expression, not " + Describe(token) + ".";
  if (kStatements.Contains(token.kind)) {
    diagnostic.message = Describe(token) + " cannot be the operand of an operator.";
    diagnostic.fix = "put brackets around it";
  } else if (token.kind == TokenKind::Else || token.kind == TokenKind::Elif) {
    ReportStrayElse();
    return;
  } else if (token.kind == TokenKind::SlashSlash || token.kind == TokenKind::Slash) {
    diagnostic.fix = "if this is a remark, start it with `#`";
  } else if ((token.kind == TokenKind::Star || token.kind == TokenKind::StarStar) &&
             position_ > 0 && kBeforeElement.Contains(buffer_.tokens[position_ - 1].kind)) {
    diagnostic.cause = "a list cannot be spread over arguments or elements";
  } else if (token.kind == TokenKind::Newline || token.kind == TokenKind::Eof) {
    diagnostic.message = "The line ends where an expression is missing.";
  }
  Report(std::move(diagnostic));
}

void ParserState::ReportStrayElse() {
  Report({.kind = DiagnosticKind::ExpectedExpression,
          .span = Next().span,
          .message = "This " + Describe(Next()) + " belongs to no `if`.",
          .cause = "it follows directly on the closing brace of the block before it"});
}

// After a complete expression stands something that cannot follow it.
void ParserState::ReportMissingEnd() {
  Token token = Next();
  const Token& before = buffer_.tokens[position_ == 0 ? 0 : position_ - 1];
  Diagnostic diagnostic{.kind = DiagnosticKind::ExpectedEnd, .span = token.span};
  bool calls_without_brackets = before.kind == TokenKind::Name &&
                                (token.kind == TokenKind::Str || token.kind == TokenKind::Name ||
                                 token.kind == TokenKind::Int || token.kind == TokenKind::Float);
  bool is_else = token.kind == TokenKind::Else || token.kind == TokenKind::Elif;
  if (is_else && token.starts_line) {
    ReportStrayElse();
    return;
  }
  if (token.kind == TokenKind::If || is_else) {
    diagnostic.kind = DiagnosticKind::ConditionalExpression;
    diagnostic.message = "The condition comes first, as in every `if`.";
    diagnostic.fix = "write `if condition { a } else { b }`";
  } else if (token.kind == TokenKind::Comma) {
    ReportTuple(nullptr, "use a list `[a, b]`, or one line for each value");
    return;
  } else if (calls_without_brackets && Text(before) == "print") {
    diagnostic.kind = DiagnosticKind::PrintStatement;
    diagnostic.span = before.span;
    diagnostic.message = "`print` is a function and needs brackets around its arguments.";
    diagnostic.fix = "write `print(...)`";
  } else if (token.kind == TokenKind::Foreign) {
    diagnostic.kind = DiagnosticKind::ForeignOperator;
    diagnostic.message = Describe(token) + " is no operator of gc.";
    if (Text(token) == "?") {
      diagnostic.fix = "write `if condition { a } else { b }`";
    } else if (Text(token) == "**=") {
      diagnostic.fix = "write `x = x ** y`";
    } else if (Text(token) == ":=") {
      diagnostic.fix = "write `let x = ...` on a line of its own";
    }
  } else if (token.kind == TokenKind::Colon) {
    diagnostic.message = "A `:` cannot stand here.";
    diagnostic.cause = "blocks stand in braces, and `:` comes before a type";
  } else if (token.kind == TokenKind::FatArrow) {
    diagnostic.message = "Before `=>` stand the parameters of a lambda.";
    diagnostic.fix = "write `x => ...` or `(x, y) => ...`";
  } else {
    diagnostic.message = "The expression is complete before " + Describe(token) + ".";
    diagnostic.label = "unexpected";
    diagnostic.fix = "put an operator between them, or start a new line";
  }
  Report(std::move(diagnostic));
}

void ParserState::ReportColonBlock(const Token& owner) {
  Report({.kind = DiagnosticKind::ColonBlock,
          .span = Next().span,
          .message = "Blocks stand in braces in gc, not after a colon.",
          .labels = {{owner.span, "the block of this"}},
          .fix = "write `{` instead of `:`, and `}` after the last line of the block"});
  SkipIndented(owner);
}

// Skips what would be the block in Python: the rest of the line and all lines
// indented deeper than the line of `owner`, with its `elif` and `else` parts.
void ParserState::SkipIndented(const Token& owner) {
  tree_.complete = false;
  uint32_t owner_line_start = source_.LineStart(source_.Locate(owner.span.begin).line);
  auto indent_at = [&](uint32_t line_start) {
    uint32_t column = 0;
    while (source_.text()[line_start + column] == ' ' ||
           source_.text()[line_start + column] == '\t') {
      ++column;
    }
    return column;
  };
  uint32_t owner_indent = indent_at(owner_line_start);
  int depth = 0;
  while (!At(TokenKind::Eof)) {
    Token token = Next();
    if (token.starts_line && depth == 0 && token.span.begin > owner.span.begin) {
      uint32_t column = token.span.begin - source_.LineStart(source_.Locate(token.span.begin).line);
      bool goes_on = token.kind == TokenKind::Else || token.kind == TokenKind::Elif;
      if (column <= owner_indent && !goes_on) {
        return;
      }
    }
    if (token.kind == TokenKind::LeftBrace || token.kind == TokenKind::LeftParen ||
        token.kind == TokenKind::LeftBracket) {
      ++depth;
    } else if (token.kind == TokenKind::RightBrace || token.kind == TokenKind::RightParen ||
               token.kind == TokenKind::RightBracket) {
      if (depth-- == 0) {
        return;
      }
    }
    // Stop at the line end before an item that is not part of the block.
    if (token.kind == TokenKind::Newline && depth == 0) {
      const Token& next = Next(1);
      uint32_t column = next.span.begin - source_.LineStart(source_.Locate(next.span.begin).line);
      if (next.kind == TokenKind::Eof || column <= owner_indent) {
        return;
      }
    }
    Take();
  }
}

}  // namespace frontend
