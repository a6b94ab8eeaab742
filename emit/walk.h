#pragma once
// Going through statements and terms.

#include <functional>

#include "emit/tree.h"

namespace emit {

using TermVisitor = std::function<void(const Term&)>;
using StatementVisitor = std::function<void(const Statement&)>;

// The term and all within it, outer ones first.
void ForEachTerm(const Term& term, const TermVisitor& visit);
// The terms of the statement itself, not of the statements inside it, and all within them.
void ForEachTerm(const Statement& statement, const TermVisitor& visit);
// The statements and all within them, outer ones first.
void ForEachStatement(const Block& block, const StatementVisitor& visit);

}  // namespace emit
