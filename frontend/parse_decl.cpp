// Items of the file: definitions, and the declarations `let` and `var`; types as
// they are written.

#include <string>

#include "frontend/literal.h"
#include "frontend/parser_state.h"

namespace frontend {
namespace {

struct NamedType {
  std::string_view name;
  TypeExprKind kind;
};

constexpr NamedType kPlainTypes[] = {
    {"int", TypeExprKind::Int}, {"float", TypeExprKind::Float}, {"bool", TypeExprKind::Bool},
    {"str", TypeExprKind::Str}, {"f32", TypeExprKind::F32},     {"i32", TypeExprKind::I32},
};

}  // namespace

void ParserState::ParseTopLevelItem(std::vector<Item>& items) {
  Item item{};
  if (kDefinitions.Contains(Kind())) {
    item.function = ParseFunction();
  } else {
    item.expr = ParseExpr(Place::Item);
  }
  if (item.function == nullptr && item.expr == nullptr) {
    SkipItem();
    return;
  }
  items.push_back(item);
  EndItem();
}

const FunctionDecl* ParserState::ParseFunction() {
  const Token& owner = Next();
  uint32_t begin = Begin();
  FunctionDecl decl{};
  decl.is_memo = Accept(TokenKind::Memo);
  bool is_extern = !decl.is_memo && Accept(TokenKind::Extern);
  if (is_extern) {
    decl.kind = DeclKind::Extern;
    if (!At(TokenKind::Str)) {
      Report({.kind = DiagnosticKind::ExpectedToken,
              .span = Next().span,
              .message = "After `extern` comes the name of a library in quotes.",
              .fix = "for the C math library write `extern \"m\" def ...`"});
      return nullptr;
    }
    decl.library = DecodeString(Text(Take()), arena_);
  }
  if (!decl.is_memo && !is_extern && Accept(TokenKind::Bench)) {
    decl.kind = DeclKind::Bench;
  } else if (!Expect(TokenKind::Def, decl.is_memo ? "`memo`" : "the library")) {
    return nullptr;
  }
  std::string_view what = decl.kind == DeclKind::Bench ? "the bench" : "the function";
  if (!ExpectName(decl.binding, what)) {
    return nullptr;
  }
  std::vector<Param> params;
  if (!Expect(TokenKind::LeftParen, "the name of " + std::string(what)) ||
      !ParseParams(TokenKind::RightParen, params)) {
    return nullptr;
  }
  decl.params = arena_.Copy(params);
  if (Accept(TokenKind::Arrow)) {
    decl.result_type = ParseType();
    if (decl.result_type == nullptr) {
      return nullptr;
    }
  }
  if (!is_extern) {
    if (At(TokenKind::Colon)) {
      ReportColonBlock(owner);
      return nullptr;
    }
    decl.body = ParseFunctionBody();
    if (decl.body == nullptr) {
      return nullptr;
    }
  }
  decl.span = From(begin);
  return arena_.New<FunctionDecl>(decl);
}

const Expr* ParserState::ParseFunctionBody() {
  if (Accept(TokenKind::Assign)) {
    return ParseExpr(Place::Body);
  }
  if (At(TokenKind::FatArrow)) {
    Report({.kind = DiagnosticKind::ExpectedToken,
            .span = Next().span,
            .message = "The body of a function follows `=`, not `=>`.",
            .cause = "`=>` belongs to lambdas, which have no name",
            .fix = "write `=`"});
    Take();
    return ParseExpr(Place::Body);
  }
  if (At(TokenKind::Newline) && Kind(1) == TokenKind::LeftBrace) {
    Report({.kind = DiagnosticKind::ExpectedBlock,
            .span = Next(1).span,
            .message = "The `{` stands on the same line as the head of the function.",
            .fix = "move it to the end of the line before"});
    Take();
  }
  if (!At(TokenKind::LeftBrace)) {
    Report({.kind = DiagnosticKind::ExpectedBlock,
            .span = Next().span,
            .message = "The function has no body: here is " + Describe(Next()) + ".",
            .fix = "write `= expression` or `{ ... }` after its parameters"});
    return nullptr;
  }
  return ParseBlock();
}

bool ParserState::ParseParams(TokenKind closer, std::vector<Param>& params) {
  while (!At(closer)) {
    Param param{};
    if (!ExpectName(param.binding, "a parameter")) {
      return false;
    }
    if (Accept(TokenKind::Colon)) {
      param.type = ParseType();
      if (param.type == nullptr) {
        return false;
      }
    }
    if (Accept(TokenKind::Assign)) {
      param.default_value = ParseExpr(Place::Value);
      if (param.default_value == nullptr) {
        return false;
      }
    }
    params.push_back(param);
    if (Accept(TokenKind::Comma)) {
      continue;
    }
    if (At(TokenKind::Name)) {
      Report({.kind = DiagnosticKind::MissingComma,
              .span = Next().span,
              .message = "Between two parameters stands a comma.",
              .label = "`,` is missing before this"});
    } else if (!At(closer)) {
      return Expect(closer, "the parameters");
    }
  }
  Take();
  return true;
}

const TypeExpr* ParserState::ParseType() {
  NestingScope nesting(*this);
  if (nesting.too_deep()) {
    return nullptr;
  }
  const Token& token = Next();
  uint32_t begin = Begin();
  std::string_view name = Text(token);
  if (Accept(TokenKind::None)) {
    return arena_.New<TypeExpr>(TypeExprKind::None, From(begin));
  }
  if (!At(TokenKind::Name)) {
    Report({.kind = DiagnosticKind::UnknownType,
            .span = token.span,
            .message = "Here belongs a type, not " + Describe(token) + ".",
            .cause = "the types are int, float, bool, str, none, list[T], seq[T] and "
                     "fn(T) -> T"});
    return nullptr;
  }
  Take();
  for (const NamedType& type : kPlainTypes) {
    if (type.name == name) {
      return arena_.New<TypeExpr>(type.kind, From(begin));
    }
  }
  if (name == "list" || name == "seq") {
    if (!At(TokenKind::LeftBracket)) {
      Report({.kind = DiagnosticKind::UnknownType,
              .span = From(begin),
              .message = "The type `" + std::string(name) + "` needs the type of its elements.",
              .fix = "write for example `" + std::string(name) + "[int]`"});
      return nullptr;
    }
    Take();
    const TypeExpr* element = ParseType();
    if (element == nullptr || !Expect(TokenKind::RightBracket, "the type of the elements")) {
      return nullptr;
    }
    TypeExprKind kind = name == "list" ? TypeExprKind::List : TypeExprKind::Seq;
    return arena_.New<TypeExpr>(kind, From(begin), arena_.Copy(std::vector{element}));
  }
  if (name == "fn") {
    return ParseFunctionType();
  }
  Diagnostic diagnostic{.kind = DiagnosticKind::UnknownType,
                        .span = token.span,
                        .message = "There is no type `" + std::string(name) + "`.",
                        .cause =
                            "the types are int, float, bool, str, none, list[T], seq[T] and "
                            "fn(T) -> T"};
  if (name == "double") {
    diagnostic.fix = "write `float`";
  } else if (name == "string" || name == "String") {
    diagnostic.fix = "write `str`";
  } else if (name == "boolean") {
    diagnostic.fix = "write `bool`";
  } else if (name == "long") {
    diagnostic.fix = "write `int`";
  }
  Report(std::move(diagnostic));
  return nullptr;
}

// After `fn`.
const TypeExpr* ParserState::ParseFunctionType() {
  uint32_t begin = buffer_.tokens[position_ - 1].span.begin;
  if (!Expect(TokenKind::LeftParen, "`fn`")) {
    return nullptr;
  }
  std::vector<const TypeExpr*> args;
  while (!Accept(TokenKind::RightParen)) {
    const TypeExpr* param = ParseType();
    if (param == nullptr) {
      return nullptr;
    }
    args.push_back(param);
    if (!At(TokenKind::RightParen) && !Expect(TokenKind::Comma, "a parameter type")) {
      return nullptr;
    }
  }
  if (!Expect(TokenKind::Arrow, "the parameter types")) {
    return nullptr;
  }
  const TypeExpr* result = ParseType();
  if (result == nullptr) {
    return nullptr;
  }
  args.push_back(result);
  return arena_.New<TypeExpr>(TypeExprKind::Function, From(begin), arena_.Copy(args));
}

const Expr* ParserState::ParseNestedDefinition() {
  Span span = Next().span;
  std::string word(Text(Next()));
  const FunctionDecl* decl = ParseFunction();
  std::string name = decl != nullptr ? std::string(decl->binding.name) : "f";
  Report({.kind = DiagnosticKind::NestedDefinition,
          .span = span,
          .message = "`" + word + "` stands only at the top level of the file.",
          .cause = "a function inside a function is a lambda with a name",
          .fix = "write `let " + name + " = (...) => ...`, or move it out of the block"});
  tree_.complete = false;
  return nullptr;
}

const Expr* ParserState::ParseLet(Place place) {
  uint32_t begin = Begin();
  const Token& word = Take();
  bool is_var = word.kind == TokenKind::Var;
  std::string keyword(Spelling(word.kind));
  Binding binding{};
  if (!ExpectName(binding, is_var ? "a variable" : "a value")) {
    return nullptr;
  }
  if (At(TokenKind::Comma)) {
    return ReportTuple(nullptr, "declare each name on its own");
  }
  const TypeExpr* type = nullptr;
  if (Accept(TokenKind::Colon)) {
    type = ParseType();
    if (type == nullptr) {
      return nullptr;
    }
  }
  if (!At(TokenKind::Assign)) {
    Report({.kind = DiagnosticKind::MissingValue,
            .span = binding.span,
            .message = "`" + std::string(binding.name) + "` is declared without a value.",
            .fix = "write `" + keyword + " " + std::string(binding.name) + " = ...`"});
    return nullptr;
  }
  Take();
  const Expr* value = ParseExpr(Place::Value);
  if (value == nullptr) {
    return nullptr;
  }
  if (place != Place::Item) {
    Report({.kind = DiagnosticKind::AssignmentAsValue,
            .span = word.span,
            .message = "`" + keyword + "` declares a name and has no value of its own.",
            .fix = "put the declaration on a line before"});
  }
  return Make<LetExpr>(begin, is_var, binding, type, value);
}

}  // namespace frontend
