#pragma once
// The parser's state, shared by its files. Nobody else includes this.
//
// A Parse function that meets a mistake reports it and returns null; its callers
// pass the null on, up to the item, where the rest of the item is skipped.
// Where what was meant is clear, the mistake is reported and parsing goes on.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "frontend/parser.h"

namespace frontend {

class ParserState {
 public:
  ParserState(const SourceFile& source, const TokenBuffer& buffer, Arena& arena,
              DiagnosticSink& sink)
      : source_(source), buffer_(buffer), arena_(arena), sink_(sink) {}

  SyntaxTree Run();

 private:
  // Where an expression stands: only items may declare, only items and the
  // bodies of functions may assign, since the value of both is none.
  enum class Place : uint8_t { Item, Body, Value };

  struct Operator {
    int precedence = 0;  // 0: no operator
    bool is_logical = false;
    LogicalOp logical = {};
    BinaryOp binary = {};
  };

  // Counts the levels of recursion. Beyond the limit it reports and gives up.
  class NestingScope {
   public:
    explicit NestingScope(ParserState& parser) : parser_(parser) { parser_.Enter(); }
    ~NestingScope() { --parser_.depth_; }
    NestingScope(const NestingScope&) = delete;
    NestingScope& operator=(const NestingScope&) = delete;
    bool too_deep() const { return parser_.given_up_; }

   private:
    ParserState& parser_;
  };

  // parse_decl.cpp
  void ParseTopLevelItem(std::vector<Item>& items);
  const FunctionDecl* ParseFunction();
  bool ParseParams(TokenKind closer, std::vector<Param>& params);
  const TypeExpr* ParseType();
  const TypeExpr* ParseFunctionType();
  const Expr* ParseFunctionBody();
  const Expr* ParseNestedDefinition();
  const Expr* ParseLet(Place place);

  // parse_expr.cpp
  const Expr* ParseExpr(Place place);
  const Expr* ParseStatement(Place place);
  const Expr* ParseAssign(const Expr* target, uint32_t begin, Place place);
  const Expr* ParseOperation(int min_precedence);
  const Expr* ParseLogical(const Expr* first, uint32_t begin, Operator op);
  const Expr* ParseNot(int min_precedence);
  const Expr* ParseUnary();
  const Expr* ParseNegation();
  const Expr* ParsePower();
  const Expr* ParsePostfix();
  const Expr* ParseCall(const Expr* callee, const Expr* receiver, uint32_t begin);
  const Expr* ParseMethod(const Expr* receiver, uint32_t begin);
  const Expr* ParseIndex(const Expr* object, uint32_t begin);
  const Expr* ParseAtom();
  const Expr* ParseName();
  const Expr* ParseParenthesised();
  const Expr* ParseList();
  const Expr* ParseComprehension(const Expr* element, uint32_t begin, bool is_list);
  const Expr* ParseInt();
  const Expr* ParseFloat();

  // parse_control.cpp
  const Expr* ParseLambda();
  const Expr* ParseBlock();
  const Expr* ParseIf();
  const Expr* ParseWhile();
  const Expr* ParseFor();
  const Expr* ParseReturn();
  const Expr* ParseYield();
  // The block after `if x`, `else`, `for x in xs` ...; `owner` begins the line.
  const Expr* ParseOwnedBlock(const Token& owner);

  // parse_foreign.cpp: what other languages write
  Operator OperatorHere();
  Operator ForeignOperatorHere();
  const Expr* ParsePythonLambda();
  const Expr* ParseForeignUnary();
  const Expr* ParsePlus();
  const Expr* ReportTuple(const Expr* first, const char* fix);
  // `x++` and `x--` behind the operand that ends before the next token.
  bool AcceptIncrement();
  bool ReportPythonStatement();
  void ReportMissingExpression();
  void ReportMissingEnd();
  void ReportStrayElse();
  void ReportColonBlock(const Token& owner);
  void SkipIndented(const Token& owner);

  // parser.cpp
  const Token& Next(size_t ahead = 0) const;
  TokenKind Kind(size_t ahead = 0) const { return Next(ahead).kind; }
  bool At(TokenKind kind) const { return Kind() == kind; }
  bool AtWord(std::string_view word) const { return At(TokenKind::Name) && Text(Next()) == word; }
  const Token& Take();
  bool Accept(TokenKind kind);
  // Reports "`)` is missing" unless the token is there; `after` says behind what.
  bool Expect(TokenKind kind, std::string_view after);
  bool ExpectName(Binding& binding, std::string_view what);
  bool AtItemEnd() const;
  static bool StartsExpression(TokenKind kind);
  // After an item. True when it ends here; else the rest of the line is skipped.
  bool EndItem();
  void SkipItem();
  // To the closing bracket of the innermost open one, which stays.
  void SkipToCloser();
  void Enter();
  void GiveUp();
  void Report(Diagnostic diagnostic);
  void ReportTooDeep(Span span);
  std::string_view Text(const Token& token) const { return source_.text(token.span); }
  std::string Describe(const Token& token) const;
  Span From(uint32_t begin) const { return {begin, previous_end_}; }
  uint32_t Begin() const { return Next().span.begin; }

  // number.cpp: ids in pre-order, and the exact depth of the tree.
  void Number(const Item& item);
  void NumberExpr(const Expr& root);

  template <typename T, typename... Args>
  const T* Make(uint32_t begin, Args&&... args) {
    return arena_.New<T>(Expr{T::Kind, 0, From(begin)}, std::forward<Args>(args)...);
  }

  const SourceFile& source_;
  const TokenBuffer& buffer_;
  Arena& arena_;
  DiagnosticSink& sink_;
  SyntaxTree tree_;
  std::vector<std::pair<const Expr*, int>> pending_;  // NumberExpr's, kept for its memory
  size_t position_ = 0;
  uint32_t previous_end_ = 0;
  int depth_ = 0;
  bool given_up_ = false;
  bool line_over_ = false;  // the item ended although its line went on: `x++`
};

}  // namespace frontend
