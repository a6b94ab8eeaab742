#pragma once
// What each phase made of a program, as text: `lab dump --phase=...`.

#include <span>
#include <string>

#include "frontend/ast.h"
#include "frontend/program.h"
#include "frontend/source.h"
#include "frontend/token.h"

namespace frontend {

// One line a token: place, kind, text.
std::string DumpTokens(const SourceFile& source, const TokenBuffer& buffer);

// The tree as S-expressions, an item after the other.
std::string DumpTree(std::span<const Item> items);

// The same tree, each name followed by what it means (x@local3, pi@builtin),
// each lambda and stored generator by its captures; before it, the functions
// and the globals.
std::string DumpResolved(const Program& program);

}  // namespace frontend
