#pragma once
// The tree back to a program's text.

#include <span>
#include <string>

#include "frontend/ast.h"

namespace frontend {

// Parses to the same tree, apart from places. Comments are not kept.
std::string PrintSource(std::span<const Item> items);
std::string PrintSource(const Expr& expr);

// "list[int]", "fn(float) -> int".
std::string PrintType(const TypeExpr& type);

}  // namespace frontend
