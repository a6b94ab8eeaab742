#pragma once
// How python.cpp writes: statements as lines, terms as text. Where Cython differs, `cython_` is
// there and cython.cpp has the answer.

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "emit/cython_types.h"
#include "emit/prelude.h"
#include "emit/python.h"
#include "emit/tree.h"
#include "emit/writer.h"

namespace emit {

extern const std::string_view kPythonPrelude;
extern const std::string_view kCythonPrelude;

bool IsPythonWord(std::string_view name);
bool IsCythonWord(std::string_view name);
std::string Parenthesised(std::string text, bool needed);

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
  std::string GivenArguments(const Routine& main);
  void PrintEnding();
  std::string Signature(const Routine& routine);
  std::string HeaderText(const Routine& routine);
  std::string Annotation(const frontend::TypeExpr* type);
  std::string AnnotationOf(const Variable& variable);
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
  // The operator between its operands, the left one with a cast in front.
  std::string InfixText(frontend::BinaryOp op, const Term& left, const Term& right, Binding least,
                        std::string_view cast = "");
  std::string DynamicText(frontend::BinaryOp op, const Term& left, const Term& right);
  std::string ListText(std::span<Term* const> items);
  std::string LambdaText(const Term& lambda);
  std::string ClausesText(const Term& comprehension);
  std::string CallText(const Term& call);
  std::string Checked(std::string text, TypeId type);
  std::string LiteralText(const Term& term);

  // python_builtins.cpp
  std::string BuiltinText(const Term& call, Binding least);
  std::string BuiltinValue(runtime::BuiltinKind builtin);
  std::string ShownText(const Term& term);
  std::string MathText(std::string_view name);

  // cython.cpp
  void PrintDirectives(Writer* head);
  // `signature`: name and parameters.
  std::string CythonHeader(const Routine& routine, const std::string& signature);
  void PrintDeclarations(const Routine& routine);
  void PrintCythonExtern(const Routine& routine);
  // In front of the name of a variable that gets its first value.
  std::string DeclarationText(LocalId local);
  std::string GlobalDeclarationText(frontend::GlobalId global);
  // These have no answer where Python's text means the same.
  std::optional<std::string> NativeOperation(frontend::BinaryOp op, const Term& left,
                                             const Term& right, Binding least);
  std::optional<std::string> NativeNegation(const Term& operand, Binding least);
  std::optional<std::string> NativeBuiltin(const Term& call);
  std::string WideText(const Term& native);
  // A value of a choice, which must not make a number of another type of the other one.
  std::string ChoiceText(const Term& choose, const Term& value, Binding least);

  // Of a list whose elements are of one settled type; else kAny.
  TypeId ElementOf(TypeId list) const;
  bool IsCallable(TypeId type) const;
  bool IsStored(const Term& source) const;
  const std::string& NameOf(LocalId local) const { return routine_->locals[local].name; }
  std::string Use(std::string_view part);

  const Module& module_;
  const PythonDialect dialect_;
  const Options options_;
  std::optional<CythonTypes> cython_;
  Writer out_;
  Prelude prelude_;
  std::set<std::string> from_math_;
  std::set<std::string> from_functools_;
  bool uses_clock_ = false;
  bool uses_buffers_ = false;
  const Routine* routine_ = nullptr;
};

}  // namespace emit
