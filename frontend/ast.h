#pragma once
// The syntax tree: what the program says, and nothing about what it means or
// how it runs. Nodes live in an Arena and are const once parsed. Every
// expression has a dense ExprId, in pre-order of the source, so that analyses
// keep their results in plain vectors beside the tree.
//
// Chains of binary operators lean left and may be a million long: walk them
// with LeftSpine() instead of recursion. Everything else nests at most
// kMaxNesting levels deep, which the parser enforces.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "frontend/check.h"
#include "frontend/source.h"

namespace frontend {

inline constexpr int kMaxNesting = 256;

using ExprId = uint32_t;
using BindingId = uint32_t;

enum class ExprKind : uint8_t {
  Int,
  Float,
  Str,
  Bool,
  None,
  Name,
  List,
  Comprehension,
  Unary,
  Binary,
  Logical,
  Call,
  Index,
  Lambda,
  Block,
  Let,
  Assign,
  If,
  While,
  For,
  Return,
  Break,
  Continue,
  Yield,
};

struct Expr {
  ExprKind kind;
  ExprId id;
  Span span;
};

// A place where a name is introduced: let, var, a parameter, a loop variable.
struct Binding {
  std::string_view name;
  Span span;
  BindingId id;
};

enum class TypeExprKind : uint8_t { Int, Float, Bool, Str, None, List, Seq, Function, F32, I32 };

// A type as written. List and Seq have one argument; Function has the
// parameter types followed by the result.
struct TypeExpr {
  TypeExprKind kind;
  Span span;
  std::span<const TypeExpr* const> args = {};
};

struct Param {
  Binding binding;
  const TypeExpr* type;       // null: not declared
  const Expr* default_value;  // null: none
};

struct IntExpr : Expr {
  static constexpr ExprKind Kind = ExprKind::Int;
  int64_t value;
};

struct FloatExpr : Expr {
  static constexpr ExprKind Kind = ExprKind::Float;
  double value;
};

struct StrExpr : Expr {
  static constexpr ExprKind Kind = ExprKind::Str;
  std::string_view value;  // escapes resolved; valid UTF-8, may hold NUL
};

struct BoolExpr : Expr {
  static constexpr ExprKind Kind = ExprKind::Bool;
  bool value;
};

struct NoneExpr : Expr {
  static constexpr ExprKind Kind = ExprKind::None;
};

struct NameExpr : Expr {
  static constexpr ExprKind Kind = ExprKind::Name;
  std::string_view name;
};

struct ListExpr : Expr {
  static constexpr ExprKind Kind = ExprKind::List;
  std::span<const Expr* const> items;
};

// `for variable in source` when variable is set, else `if condition`.
struct Clause {
  bool is_for;
  Binding variable;    // only when is_for
  const Expr* source;  // the sequence, or the condition
};

// `[element for ...]` (is_list) or the generator `(element for ...)`.
struct ComprehensionExpr : Expr {
  static constexpr ExprKind Kind = ExprKind::Comprehension;
  bool is_list;
  const Expr* element;
  std::span<const Clause> clauses;  // the first is a `for`
};

enum class UnaryOp : uint8_t { Negate, Not };

struct UnaryExpr : Expr {
  static constexpr ExprKind Kind = ExprKind::Unary;
  UnaryOp op;
  const Expr* operand;
};

enum class BinaryOp : uint8_t {
  Add,
  Sub,
  Mul,
  Div,
  FloorDiv,
  Mod,
  Pow,
  Eq,
  Ne,
  Lt,
  Le,
  Gt,
  Ge,
};

constexpr bool IsComparison(BinaryOp op) { return op >= BinaryOp::Eq; }

struct BinaryExpr : Expr {
  static constexpr ExprKind Kind = ExprKind::Binary;
  BinaryOp op;
  Span op_span;
  const Expr* left;
  const Expr* right;
};

enum class LogicalOp : uint8_t { And, Or };

// `a and b and c`: one node with all operands, at least two.
struct LogicalExpr : Expr {
  static constexpr ExprKind Kind = ExprKind::Logical;
  LogicalOp op;
  std::span<const Expr* const> operands;
};

struct Argument {
  std::string_view name;  // empty: positional
  Span name_span;
  const Expr* value;
};

// `f(a)`; `x.f(a)` is parsed into the same node with x as the first argument.
struct CallExpr : Expr {
  static constexpr ExprKind Kind = ExprKind::Call;
  const Expr* callee;
  std::span<const Argument> args;
  bool is_method;
};

struct IndexExpr : Expr {
  static constexpr ExprKind Kind = ExprKind::Index;
  const Expr* object;
  const Expr* index;
};

struct LambdaExpr : Expr {
  static constexpr ExprKind Kind = ExprKind::Lambda;
  std::span<const Param> params;
  const Expr* body;
};

struct BlockExpr : Expr {
  static constexpr ExprKind Kind = ExprKind::Block;
  std::span<const Expr* const> items;
};

struct LetExpr : Expr {
  static constexpr ExprKind Kind = ExprKind::Let;
  bool is_var;
  Binding binding;
  const TypeExpr* type;  // null: not declared
  const Expr* value;
};

// `target = value`, or `target op= value` when is_compound. The target is a
// NameExpr or an IndexExpr. The value is evaluated before the target's parts.
struct AssignExpr : Expr {
  static constexpr ExprKind Kind = ExprKind::Assign;
  bool is_compound;
  BinaryOp op;
  Span op_span;
  const Expr* target;
  const Expr* value;
};

struct Branch {
  const Expr* condition;
  const Expr* body;
};

struct IfExpr : Expr {
  static constexpr ExprKind Kind = ExprKind::If;
  std::span<const Branch> branches;  // if, elif, elif ...
  const Expr* otherwise;             // null: no else
};

struct WhileExpr : Expr {
  static constexpr ExprKind Kind = ExprKind::While;
  const Expr* condition;
  const Expr* body;
};

struct ForExpr : Expr {
  static constexpr ExprKind Kind = ExprKind::For;
  Binding variable;
  const Expr* source;
  const Expr* body;
};

struct ReturnExpr : Expr {
  static constexpr ExprKind Kind = ExprKind::Return;
  const Expr* value;  // null: none
};

struct BreakExpr : Expr {
  static constexpr ExprKind Kind = ExprKind::Break;
};

struct ContinueExpr : Expr {
  static constexpr ExprKind Kind = ExprKind::Continue;
};

struct YieldExpr : Expr {
  static constexpr ExprKind Kind = ExprKind::Yield;
  const Expr* value;
};

enum class DeclKind : uint8_t { Def, Bench, Extern };

// A named function. An extern has no body but a library and declared types.
struct FunctionDecl {
  DeclKind kind;
  bool is_memo;
  Binding binding;
  std::span<const Param> params;
  const TypeExpr* result_type;  // null: not declared
  const Expr* body;             // null: extern
  std::string_view library;     // extern only
  Span span;                    // from `memo`, `def`, `bench` or `extern` to the end of the body
};

// Exactly one of the two is set.
struct Item {
  const FunctionDecl* function;
  const Expr* expr;
};

template <typename T>
const T& Cast(const Expr& expr) {
  LAB_CHECK(expr.kind == T::Kind);
  return static_cast<const T&>(expr);
}

// Null when `expr` is another kind.
template <typename T>
const T* DynCast(const Expr& expr) {
  return expr.kind == T::Kind ? static_cast<const T*>(&expr) : nullptr;
}

// The binary operators met when going left from `expr`, innermost first: the
// first one's left operand is no BinaryExpr, and each is the left operand of
// the next. The last is `expr` itself.
std::vector<const BinaryExpr*> LeftSpine(const BinaryExpr& expr);

// "+", "//", "==" ...; "and", "or"; "-", "not".
std::string_view Spelling(BinaryOp op);
std::string_view Spelling(LogicalOp op);
std::string_view Spelling(UnaryOp op);

}  // namespace frontend
