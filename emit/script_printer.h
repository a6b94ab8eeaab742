#pragma once
// What the printers of Lua and JavaScript have in common: both are languages without declared
// types, with functions as values and few kinds of numbers. A subclass says how things are written
// (Syntax, and the virtual functions); what is to be written stands here.
//
// Where types are settled, values are what the target has. A value of type Any is that as well,
// but for a float, which is boxed where ints are doubles too; and a list, sequence or function is
// registered when it becomes Any, so that the prelude knows its type.

#include <deque>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "emit/bounds.h"
#include "emit/emit.h"
#include "emit/prelude.h"
#include "emit/tree.h"
#include "emit/writer.h"

namespace emit {

// How tightly a piece of text holds together: what stands in a tighter place needs brackets.
enum class Level : uint8_t {
  Loose,  // a function, JavaScript's ?: and ??
  Or,
  And,
  Compare,
  Concat,  // Lua's ..
  Add,
  Mul,
  Unary,
  Literal,  // what Lua does not index or call without brackets
  Postfix,
};

struct Piece {
  std::string text;
  Level level = Level::Postfix;
};

// What ints are.
enum class Ints : uint8_t { Int64, Double };

struct Syntax {
  Ints ints;
  std::string_view comment;
  std::string_view end;  // of a statement
  std::string_view no;   // the operator `not`
  std::string_view both;
  std::string_view either;
  std::string_view equal;
  std::string_view unequal;
  std::string_view join;  // of strings
  Level join_level;
  std::string_view open_list;
  std::string_view close_list;
  std::string_view begin_if;
  std::string_view begin_elif;
  std::string_view then;
  std::string_view otherwise;
  std::string_view end_block;
  std::string_view floor;    // the language's function
  std::string_view to_text;  // the same: of an int or a bool
  bool floors_modulo;        // `%` has the sign of the divisor
  bool has_updates;          // `+=` and its like
  std::string_view throws;
  std::string_view end_throw;
};

class ScriptPrinter {
 public:
  virtual ~ScriptPrinter() = default;
  Translation Print();

 protected:
  ScriptPrinter(const Module& module, const Options& options, const Syntax& syntax,
                std::string_view prelude);

  // An argument of a built-in.
  struct Arg {
    Piece piece;
    TypeId type;
    const Term* term;  // null: made by the printer
  };

  // How it is written ------------------------------------------------------------

  virtual Piece PrintNumber(const Term& term) = 0;  // Int or Float
  virtual Piece PrintConstant(runtime::BuiltinKind builtin) = 0;
  virtual Piece PrintNone() = 0;
  virtual std::string PrintLambda(const Term& term) = 0;
  virtual Piece PrintChoose(const Term& term) = 0;
  virtual Piece PrintElement(Piece list, const Term& index) = 0;
  virtual void PrintSetElement(const Statement& statement) = 0;
  virtual void PrintRoutine(const Routine& routine) = 0;
  virtual void PrintExtern(const Routine& routine) = 0;
  virtual void PrintDeclare(const Statement& statement) = 0;
  virtual void PrintLoop(const Statement& loop) = 0;
  virtual void PrintJump(const Statement& jump) = 0;
  virtual void PrintYield(const Statement& statement) = 0;
  // A term that is evaluated for what it does.
  virtual void PrintEffect(frontend::Span span, const Term& term) = 0;
  // Top-level names that functions read, and functions that must be known before.
  virtual void PrintForwards() = 0;
  virtual void PrintConstantGlobal(const Statement& statement) = 0;
  // The value none, after evaluating the piece.
  virtual Piece NoneAfter(const Piece& piece) = 0;
  virtual std::string ToFloat(const Piece& piece) = 0;
  virtual Piece BoxFloat(const Piece& piece) = 0;
  virtual Piece UnboxFloat(const Piece& piece) = 0;
  // `x => piece`.
  virtual std::string Function(const std::vector<std::string>& params, const Piece& result) = 0;
  // Built-ins that the language has; false: it does not have this one.
  virtual bool PrintNativeBuiltin(runtime::BuiltinKind builtin, std::span<const Arg> args,
                                  TypeId result, Piece* piece) = 0;
  Piece TextOf(const Arg& arg);  // as str() gives it
  virtual Piece TextOfInt(const Arg& arg) = 0;
  std::string ReaderOf(TypeId type);
  virtual Piece PrintedText(const Arg& arg) = 0;  // what print() takes
  virtual Piece DivideFloats(const Term& term, const Piece& a, const Piece& b) = 0;
  virtual Piece CompareTexts(frontend::BinaryOp op, const Piece& a, const Piece& b) = 0;
  virtual void PrintArguments() = 0;
  virtual void PrintEnding() = 0;
  virtual void PrintReturn(frontend::Span span, const Term& term) = 0;

  // What is written: terms (script_terms.cpp) ---------------------------------------

  Piece Print(const Term& term);
  Piece PrintReturned(const Term& term);
  Piece PrintBinary(const Term& term);
  std::string Text(const Term& term, Level least = Level::Loose);
  static std::string Wrap(const Piece& piece, Level least);
  Piece Infix(const Piece& a, std::string_view op, const Piece& b, Level level) const;
  // A call of a function of the prelude.
  Piece Call(std::string_view part, const std::vector<std::string>& args);
  std::string Use(std::string_view part);
  Piece Boxed(const Piece& piece, TypeId type, const Term* term);
  Piece Unboxed(const Piece& piece, TypeId type);
  std::string TypeText(TypeId type) const;  // quoted
  bool IsOpen(TypeId type) const;           // Any, or a list of unsettled elements
  runtime::TypeKind KindOf(TypeId type) const { return module_.types->Kind(type); }
  TypeId ElementOf(TypeId source) const;
  // Whether it may be negative, zero ...
  Bounds BoundsOf(const Term& term) const { return bounds_.Of(routine_id_, term); }
  bool CallsNothing(const Term& term) const;
  // Of a value that can be called: the routine behind it; kNoRoutine when that is not known.
  RoutineId RoutineOfValue(const Term& term) const;

  // Ints (script_ints.cpp).
  Piece PrintIntOperation(const Term& term);
  bool ExcludesZero(const Term& term) const;

  // Built-ins (script_builtins.cpp).
  Piece PrintBuiltin(runtime::BuiltinKind builtin, std::span<const Arg> args, TypeId result);
  std::string PrintSource(const Arg& arg);  // what is consumed now
  std::string PrintStage(const Arg& function, TypeId element, TypeId result);

  // Statements (script_statements.cpp).
  void PrintBlock(const Block& block);
  void PrintStatement(const Statement& statement);
  Piece PrintUpdated(const Statement& update, Term* old);
  void Line(frontend::Span span, std::string_view text);
  void Plain(std::string_view text);
  void Open() { ++depth_; }
  void Close(std::string_view text) {
    --depth_;
    Plain(text);
  }
  // The lines that `fill` writes as a part of a line: Line() puts them out.
  template <typename Fill>
  std::string Nested(const Fill& fill) {
    std::vector<NestedLine>* const outer = nested_;
    std::vector<NestedLine> lines;
    nested_ = &lines;
    const uint32_t outer_depth = depth_;
    depth_ = 0;
    fill();
    depth_ = outer_depth;
    nested_ = outer;
    nested_blocks_.push_back(std::move(lines));
    return '\x01' + std::to_string(nested_blocks_.size() - 1) + '\x02';
  }
  // Whether some jump to the loop comes from a loop inside it, or for Lua, is a `continue`.
  struct Jumps {
    bool breaks_from_inside = false;
    bool continues = false;
    bool continues_from_inside = false;
  };
  Jumps JumpsTo(const Statement& loop) const;
  // Not in a block of the routine.
  bool IsOutermost() const { return depth_ == 0; }
  bool IsInnermost(LoopId loop) const { return !loops_.empty() && loops_.back() == loop; }
  std::vector<std::string> ParamNames(const Routine& routine) const;
  // The default of a parameter as text; empty when there is none that is constant.
  std::string DefaultOf(const Routine& routine, LocalId param);
  std::string FreshName(std::string_view base) const;
  const Routine& routine() const { return *module_.routines[routine_id_]; }
  const Variable& Local(const Term& term) const { return routine().locals[term.index]; }
  // Null when it is not run, or not there.
  const Routine* MainRoutine() const;
  // Of a function without its body.
  frontend::Span HeaderOf(const Routine& routine) const;
  const frontend::Function& FunctionOf(const Routine& routine) const {
    return module_.program->resolution.functions[routine.function];
  }
  // A run that is known to end well needs no checks, but for the exactness of doubles as ints.
  bool OmitsChecks() const { return options_.overflow == Overflow::Native; }

  // While `fill` runs, names are those of this routine.
  template <typename Fill>
  void InRoutine(RoutineId id, const Fill& fill) {
    const RoutineId outer = routine_id_;
    std::vector<LoopId> outer_loops = std::move(loops_);
    loops_.clear();
    routine_id_ = id;
    fill();
    routine_id_ = outer;
    loops_ = std::move(outer_loops);
  }

  const Module& module_;
  const Options& options_;
  const Syntax& syntax_;
  const std::unordered_set<std::string_view> names_;  // all that the program has
  const IntBounds bounds_;
  Prelude prelude_;
  RoutineId routine_id_ = 0;
  std::vector<LoopId> loops_;   // open ones
  std::vector<bool> is_value_;  // by routine: used as a value
  // By global: it stands above all that reads it, and is a literal.
  std::vector<bool> is_constant_global_;
  // What stands for a term.
  std::map<const Term*, Piece> aliases_;
  const std::string item_;  // parameters of functions that the printer makes
  const std::string other_item_;

 private:
  struct NestedLine {
    uint32_t depth;
    bool is_of_program;
    frontend::Span span;
    std::string text;
  };

  void Put(uint32_t depth, const NestedLine& line);

  // script_terms.cpp
  Piece PrintLogical(const Term& term, std::string_view op, Level level);
  Piece PrintCheck(const Term& term);
  Piece PrintCall(const Term& term);
  std::string CallableText(const Piece& piece, TypeId type, const Term* term);

  // script_statements.cpp
  void FindConstantGlobals();
  void PrintIf(const Statement& statement);
  void PrintUpdate(const Statement& statement);
  void PrintProgram();

  Writer out_;
  uint32_t depth_ = 0;
  std::vector<NestedLine>* nested_ = nullptr;
  std::deque<std::vector<NestedLine>> nested_blocks_;
  std::map<TypeId, RoutineId> routine_of_type_;  // of Function and Lambda types
};

// The names that a prelude declares at its top level: the words behind `declaring`.
std::unordered_set<std::string_view> NamesOf(std::string_view prelude,
                                             std::span<const std::string_view> declaring);

std::string_view SpellingOf(frontend::BinaryOp op);

}  // namespace emit
