#pragma once
// A program as the generator makes it and the shrinker cuts it: a tree of pieces of text, each
// with a type, so that a part can be replaced by another of the same type.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fuzz {

// What generated expressions are. Number holds an int or a float, Any whatever it was given last.
enum class Type : uint8_t {
  None,
  Int,
  Float,
  Bool,
  Str,
  Number,
  Any,
  Ints,  // list[int], and so on
  Floats,
  Bools,
  Strs,
  Table,   // list[list[int]]
  IntSeq,  // consumed where it stands
  FloatSeq,
  StrSeq,
  IntFn,    // int -> int
  FloatFn,  // float -> float
  TestFn,   // int -> bool
  StrFn,    // str -> str
  Buffer,
};

// "int", "list[int]"; "" for what cannot be declared.
std::string_view Name(Type type);
// The simplest expression of the type; "" when there is none.
std::string_view SimplestText(Type type);

enum class NodeKind : uint8_t { Expr, Statement, Block, Item, Program };

struct Node {
  NodeKind kind = NodeKind::Expr;
  Type type = Type::None;  // of an Expr
  // What stands around the parts: text[0] parts[0] text[1] ... text[n]. A Block, Item or Program
  // that has no text is its parts, each on a line of its own.
  std::vector<std::string> text;
  std::vector<Node> parts;
  std::string cell;         // "+ int float": what an operation does on which types; may be empty
  bool is_planted = false;  // the error that was planted, or that contains it
};

// A node from a pattern in which each $ stands for the next part. (The language has no $.)
Node Make(NodeKind kind, Type type, std::string_view pattern, std::vector<Node> parts = {});
inline Node MakeExpr(Type type, std::string_view pattern, std::vector<Node> parts = {}) {
  return Make(NodeKind::Expr, type, pattern, std::move(parts));
}
inline Node MakeStatement(std::string_view pattern, std::vector<Node> parts = {}) {
  return Make(NodeKind::Statement, Type::None, pattern, std::move(parts));
}

struct Printed {
  std::string text;
  uint32_t planted_line = 0;  // of the first planted node; 0: there is none
  // Where in the text it stands.
  uint32_t planted_begin = 0;
  uint32_t planted_end = 0;
};

Printed Print(const Node& program);

// The number of nodes, the node itself included.
size_t Size(const Node& node);

// Calls `visit(node)` for the node and all below it.
template <typename Visit>
void ForEach(const Node& node, const Visit& visit) {
  visit(node);
  for (const Node& part : node.parts) {
    ForEach(part, visit);
  }
}

}  // namespace fuzz
