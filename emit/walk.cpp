// Going through statements and terms. tests/emit/c_test.cpp.

#include "emit/walk.h"

namespace emit {

void ForEachTerm(const Term& term, const TermVisitor& visit) {
  visit(term);
  for (const Term* part : term.parts) {
    ForEachTerm(*part, visit);
  }
  for (const Clause& clause : term.clauses) {
    for (const Term* part : {clause.source, clause.condition}) {
      if (part != nullptr) {
        ForEachTerm(*part, visit);
      }
    }
  }
}

void ForEachTerm(const Statement& statement, const TermVisitor& visit) {
  for (const Term* term : {statement.term, statement.object, statement.subscript}) {
    if (term != nullptr) {
      ForEachTerm(*term, visit);
    }
  }
  for (const Term* part : statement.parts) {
    ForEachTerm(*part, visit);
  }
  for (const Arm& arm : statement.arms) {
    if (arm.condition != nullptr) {
      ForEachTerm(*arm.condition, visit);
    }
  }
}

void ForEachStatement(const Block& block, const StatementVisitor& visit) {
  for (const Statement* statement : block) {
    visit(*statement);
    for (const Arm& arm : statement->arms) {
      ForEachStatement(arm.body, visit);
    }
    ForEachStatement(statement->body, visit);
  }
}

}  // namespace emit
