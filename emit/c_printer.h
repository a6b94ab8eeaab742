#pragma once
// How c.cpp writes: statements as lines, terms as text.
//
// Who owns an object: a local does (its variable is OWNED), and gives it up at the end of its
// block; parameters are borrowed; what a function returns belongs to who called it. A term is
// either owned or borrowed (IsOwned); a place that keeps a value takes it Owned().

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "emit/c.h"
#include "emit/tree.h"
#include "emit/writer.h"

namespace emit {

class CPrinter {
 public:
  CPrinter(const Module& module, const Options& options);
  Translation Print();

 private:
  // How a type is held. Unit: its only value needs no room (none, a function known by name).
  enum class Shape : uint8_t { Unit, Bool, Int, Float, Str, List, Buffer, Seq, Function, Value };
  // How tightly C's operators bind.
  enum class Binding : uint8_t {
    Comma,
    Choice,
    Or,
    And,
    Equal,
    Compare,
    Sum,
    Product,
    Unary,
    Primary
  };
  // A value of the program in C's text.
  struct Operand {
    std::string text;
    TypeId type;
    Binding binding = Binding::Primary;
    bool is_owned = false;
  };
  struct Loop {
    LoopId id;
    bool is_left = false;       // `goto end` from an inner loop
  };

  // c.cpp
  void NameAll();
  void PrintRoutine(const Routine& routine);
  void PrintMemo(const Routine& routine, const std::string& inner);
  void PrintHead(Writer* head);
  void PrintDeclarations(Writer* head);
  std::string Signature(const Routine& routine, const std::string& name) const;
  void PrintBody(const Routine& routine);
  void CountUses(const Routine& routine);
  std::string UniqueName(std::string_view base);

  // c_ending.cpp
  void PrintMain();
  void PrintMeasure();
  void PrintTopLevel();
  void PrintResult(const std::string& call, TypeId type);
  std::string ArgumentText(const frontend::Param& param, TypeId type, const std::string& text);
  std::string TagOf(const frontend::Param& param, TypeId type) const;
  std::string DefaultText(const frontend::Expr& value, TypeId type);

  // c_functions.cpp: functions as values, and sequences
  std::string FunctionValue(const Routine& routine);
  std::string BuiltinValue(runtime::BuiltinKind builtin);
  std::string FunctionOfType(TypeId type);
  std::string CaptureStruct(const Routine& routine);
  void PrintFunctionValue(const Routine& routine);
  void PrintBuiltinValue(runtime::BuiltinKind builtin);
  void PrintGenerator(const Routine& routine);

  // c_types.cpp
  Shape ShapeOf(TypeId type) const;
  static bool IsObject(Shape shape);
  bool IsObject(TypeId type) const { return IsObject(ShapeOf(type)); }
  std::string CType(TypeId type) const;
  std::string ResultType(const Routine& routine) const;
  std::string Declared(TypeId type, const std::string& name) const;
  std::string ElementCode(TypeId element) const;
  std::string_view FieldOf(TypeId element) const;  // of List: "ints" ...
  std::string Boxed(const Operand& value);
  std::string Unboxed(const std::string& value, TypeId type) const;
  std::string Converted(const Operand& value, TypeId to);
  std::string Retained(const std::string& text, TypeId type) const;
  bool IsOwned(const Term& term) const;
  static bool GivesNone(runtime::BuiltinKind builtin);
  bool IsIdle(const Term& term) const;

  // c_statements.cpp
  void PrintBlock(const Block& block);
  void PrintStatement(const Statement& statement, std::span<Statement* const> rest);
  void PrintDeclare(const Statement& statement, std::span<Statement* const> rest);
  void PrintAssign(const Statement& statement);
  void PrintUpdate(const Statement& statement);
  void PrintSetElement(const Statement& statement);
  void PrintUpdateElement(const Statement& statement);
  void PrintEvaluate(const Statement& statement);
  void PrintIf(const Statement& statement);
  void PrintForRange(const Statement& statement);
  void PrintForEach(const Statement& statement);
  void PrintLoopBody(const Statement& statement);
  void PrintJump(const Statement& statement);
  void PrintReturn(const Statement& statement);
  void PrintYield(const Statement& statement);
  bool IsBorrowed(const Statement& declare, std::span<Statement* const> rest) const;
  std::string Update(frontend::BinaryOp op, const std::string& place, TypeId type,
                     const Term& value);
  // A variable of the printer's own: declared here, or a field of a generator.
  std::string NewVariable(std::string_view base, const std::string& type);
  void Line(frontend::Span span, const std::string& text) { out_->Line(span, text); }

  // c_terms.cpp: `least` is how tightly the place around binds.
  std::string Text(const Term& term, Binding least = Binding::Comma);
  std::string Owned(const Term& term);
  std::string OwnedAs(const Term& term, TypeId type);
  Operand OperandOf(const Term& term);
  std::string LiteralText(const Term& term, Binding least);
  std::string BinaryText(const Term& binary, Binding least);
  std::string OperationText(frontend::BinaryOp op, const Operand& left, const Operand& right);
  std::string CompareText(frontend::BinaryOp op, const Operand& left, const Operand& right,
                          Binding least);
  std::string DynamicText(frontend::BinaryOp op, const std::string& left, const std::string& right,
                          Binding least);
  std::string IndexText(const Term& term, bool is_borrowed);
  std::string ListText(const Term& term);
  std::string CallText(const Term& call);
  std::string CallValueText(const Term& call);
  std::string LambdaText(const Term& lambda);
  std::string CheckText(const std::string& value, TypeId type, const frontend::TypeExpr& declared,
                        std::string_view name);
  std::string Arguments(const Routine& routine, std::span<Term* const> args,
                        std::vector<std::string> more, std::vector<std::string>* effects);
  std::string ExternCall(const Routine& routine, const std::vector<std::string>& args);
  std::string NameOf(LocalId local) const;

  // c_builtins.cpp
  std::string BuiltinText(const Term& call, Binding least);
  std::string BuiltinText(runtime::BuiltinKind builtin, TypeId type,
                          const std::vector<Operand>& args, Binding least);
  std::string PrintText(const Term& call);
  std::string NumberArgument(runtime::BuiltinKind builtin, const Operand& arg);

  // A call of a function of the prelude.
  std::string Call(std::string_view name, const std::vector<std::string>& args);
  // The same of one that may fail, and is told the line.
  std::string Failing(std::string_view name, const std::vector<std::string>& args);
  const Routine& RoutineAt(RoutineId id) const { return *module_.routines[id]; }
  const std::string& FunctionName(const Routine& routine) const;

  const Module& module_;
  const Options options_;
  Writer body_;
  Writer* out_;
  std::set<std::string> file_names_;         // taken at file scope
  std::vector<std::string> function_names_;  // by RoutineId
  std::vector<std::string> global_names_;    // by GlobalId
  std::vector<bool> needs_prototype_;        // by RoutineId
  std::vector<RoutineId> values_;            // routines that are values, as found
  std::vector<runtime::BuiltinKind> builtin_values_;
  std::vector<std::string> value_names_;    // of both, declared in the head
  std::vector<std::string> types_of_head_;  // structs
  std::vector<std::string> prototypes_;     // of the printer's own functions
  std::map<frontend::FunctionId, std::string> memo_tables_;

  const Routine* routine_ = nullptr;  // that is being written
  std::vector<uint32_t> uses_;        // by LocalId
  std::vector<const Term*> lambdas_;  // by LocalId: what it is, where all its uses are calls
  std::vector<Loop> loops_;
  std::set<std::string> local_names_;
  std::vector<std::string> extra_fields_;  // of a generator
  uint32_t state_count_ = 0;
  bool has_line_parameter_ = false;  // a wrapper: the line is the caller's
  std::optional<Refusal> refusal_;
};

}  // namespace emit
