#pragma once
// How python.cpp writes: statements as lines, terms as text.

#include <set>
#include <span>
#include <string>
#include <string_view>

#include "emit/prelude.h"
#include "emit/python.h"
#include "emit/tree.h"
#include "emit/writer.h"

namespace emit {

extern const std::string_view kPythonPrelude;

bool IsPythonWord(std::string_view name);

class PythonPrinter {
 public:
  PythonPrinter(const Module& module, PythonDialect dialect, const Options& options);
  Translation Print();

 private:
  // How tightly Python's operators bind.
  enum class Binding : uint8_t {
    Lambda,
    Choice,
    Or,
    And,
    Not,
    Compare,
    Sum,
    Product,
    Sign,
    Power,
    Primary,
  };

  // python.cpp
  void PrintHead(Writer* out);
  void PrintRoutine(const Routine& routine);
  void PrintExtern(const Routine& routine);
  const Routine* MainRoutine() const;  // null: not called
  void PrintArguments();
  std::string Wanted(const frontend::Param& param);
  void PrintEnding();
  std::string Signature(const Routine& routine);
  std::string Annotation(const frontend::TypeExpr* type);
  std::string DefaultText(const frontend::Expr& value);

  // python_statements.cpp
  void PrintBlock(const Block& block);
  void PrintStatement(const Statement& statement);
  void PrintIf(const Statement& statement);
  void PrintForRange(const Statement& statement);
  void PrintDeclare(const Statement& statement);
  void PrintUpdate(const Statement& statement);
  void PrintElement(const Statement& statement);
  void PrintEvaluate(const Statement& statement);
  void PrintDefine(const Statement& statement);

  // python_terms.cpp: `least` is how tightly the place around binds.
  std::string Text(const Term& term, Binding least = Binding::Lambda);
  std::string BinaryText(const Term& binary, Binding least);
  std::string OperationText(frontend::BinaryOp op, const Term& left, const Term& right,
                            TypeId result, Binding least);
  std::string DynamicText(frontend::BinaryOp op, const Term& left, const Term& right);
  std::string ListText(std::span<Term* const> items);
  std::string LambdaText(const Term& lambda);
  std::string ClausesText(const Term& comprehension);
  std::string CallText(const Term& call);
  std::string Checked(std::string text, TypeId type);
  std::string LiteralText(const Term& term);

  // python_builtins.cpp
  std::string BuiltinText(const Term& call);
  std::string BuiltinValue(runtime::BuiltinKind builtin);
  std::string ShownText(const Term& term);
  std::string MathText(std::string_view name);

  // Of a list whose elements are of one settled type; else kAny.
  TypeId ElementOf(TypeId list) const;
  bool IsCallable(TypeId type) const;
  bool IsStored(const Term& source) const;
  const std::string& NameOf(LocalId local) const { return routine_->locals[local].name; }
  std::string Use(std::string_view part);

  const Module& module_;
  const PythonDialect dialect_;
  const Options options_;
  Writer out_;
  Prelude prelude_;
  std::set<std::string> from_math_;
  std::set<std::string> from_functools_;
  bool uses_clock_ = false;
  bool uses_buffers_ = false;
  const Routine* routine_ = nullptr;
};

}  // namespace emit
