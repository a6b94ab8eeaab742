#pragma once
// Going through the terms of a module.

#include "emit/tree.h"

namespace emit {

template <typename F>
void ForEachTerm(const Term& term, const F& visit) {
  visit(term);
  for (const Term* part : term.parts) {
    ForEachTerm(*part, visit);
  }
}

// All terms of the statements and those inside them, but not what stands in other routines.
template <typename F>
void ForEachTerm(const Block& block, const F& visit) {
  const auto visit_if_any = [&](const Term* term) {
    if (term != nullptr) {
      ForEachTerm(*term, visit);
    }
  };
  for (const Statement* statement : block) {
    visit_if_any(statement->term);
    visit_if_any(statement->object);
    visit_if_any(statement->subscript);
    for (const Term* part : statement->parts) {
      ForEachTerm(*part, visit);
    }
    for (const Arm& arm : statement->arms) {
      visit_if_any(arm.condition);
      ForEachTerm(arm.body, visit);
    }
    ForEachTerm(statement->body, visit);
  }
}

}  // namespace emit
