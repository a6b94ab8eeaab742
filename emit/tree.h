#pragma once
// The program as languages of statements know it: statements, and terms, which are expressions that
// contain no statement. Made by Lower() from the tree and its types; each target prints it.
//
// Whatever gc allows inside an expression (blocks, loops, `let`, `return` ...) stands as statements
// in front by then, with temporaries where the order of evaluation asks for them, so that a printer
// may put each term down where it stands. What a target does not have, as its Traits tell, is
// expanded as well.

#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/ast.h"
#include "frontend/program.h"
#include "frontend/source.h"
#include "runtime/builtins.h"
#include "runtime/type.h"

namespace emit {

using runtime::TypeId;

// Beside the types of inference, where one routine stands for several versions of a function:
// an int or a float, which only the running program knows. It never occurs in targets with a
// routine for each version.
inline constexpr TypeId kNumber = UINT32_MAX;

using LocalId = uint32_t;    // in Routine::locals
using RoutineId = uint32_t;  // in Module::routines
using LoopId = uint32_t;     // in Routine::loop_count
inline constexpr RoutineId kNoRoutine = UINT32_MAX;

// clang-format off
enum class TermKind : uint8_t {
  // Literals. `text` of Int and Float is how the program spells it; empty when it does not.
  Int,       // integer
  Float,     // real
  Str,       // text: the characters, UTF-8, may hold NUL
  Bool,      // boolean
  None,      //
  Constant,  // builtin: pi, e, inf, nan

  // Names.
  Local,     // index: LocalId
  Global,    // index: GlobalId; is_checked: it may not have a value yet (error `unset`)
  Routine,   // index: RoutineId: a def, bench or extern as a value
  Builtin,   // builtin: a built-in function as a value
  Lambda,    // index: RoutineId; parts: the captured values, in the order of its captures;
             // in_loop: made in a loop, so names of the frame may stand for other values later

  // Operations. Operands are evaluated from left to right.
  Call,        // index: RoutineId; parts: arguments; of a routine that yields, makes a sequence
  CallValue,   // parts: callee, arguments
  CallBuiltin, // builtin; parts: arguments. map, filter, range and generators that are arguments
               // of a consumer are consumed at once; see `Keep`
  Binary,      // op; parts: left, right. See "Operators"
  Negate,      // parts: operand
  Not,         // parts: operand, a bool
  And, Or,     // parts: two or more bools
  Choose,      // parts: condition, value, otherwise. Traits::has_choose only
  Index,       // parts: object (str or list or Any), index
  List,        // parts: elements
  Comprehension,  // parts: element; clauses; is_list, or a generator that is consumed where it
                  // stands. Traits::has_comprehensions only

  // Changes of type.
  ToFloat,  // parts: an int, or a kNumber: becomes a float
  Box,      // parts: a value of settled type becomes Any, or a list an open one
  Unbox,    // parts: an Any (or kNumber) that is known to be of `type`
  Check,    // parts: a value; `declared`, `text`: the name that was declared. Gives it as the
            // declared type (ints become float), or fails with the error `type`
  CheckBool,  // parts: an Any that must be a bool (a condition, an operand of `and`)
  Keep,     // parts: a sequence (range, map, filter) that is stored, to be consumed once, later
};
// clang-format on

struct Clause;

struct Term {
  TermKind kind;
  TypeId type;
  frontend::Span span;  // in the program
  uint32_t index = 0;
  frontend::BinaryOp op = frontend::BinaryOp::Add;
  runtime::BuiltinKind builtin = runtime::BuiltinKind::Pi;
  bool boolean = false;
  bool is_checked = false;
  bool in_loop = false;
  bool is_list = false;
  int64_t integer = 0;
  double real = 0;
  std::string_view text = {};
  const frontend::TypeExpr* declared = nullptr;
  std::span<Term* const> parts = {};
  std::span<const Clause> clauses = {};
};

// A literal int that has a negative, which the smallest one has not.
inline bool IsNegatable(const Term& term) {
  return term.kind == TermKind::Int && term.integer != INT64_MIN;
}

// Operators. `type` and the types of the parts say what is meant:
// - both int, both float, int and float (or kNumber), both str, both list of one type, str or list
//   with int (`*`), as language.md allows: the operation of these types, which has no type error;
// - anything else has operands of type Any (boxed, where the target boxes): an operation that looks
//   at the values and may fail with `type`. Its own type is Any, or Bool for comparisons.

// `for variable in source`, or `if condition` when `source` is null.
struct Clause {
  LocalId variable = 0;
  Term* source = nullptr;
  Term* condition = nullptr;
};

// clang-format off
enum class StatementKind : uint8_t {
  Declare,      // local [= term]: introduces it; without a term it is assigned before it is read
  Assign,       // local = term
  SetGlobal,    // index: GlobalId; = term: the top-level `let` that functions read
  Update,       // local op= term; op as in Binary (the local is the left operand)
  SetElement,   // object[index] = term; evaluated in the order term, object, index
  UpdateElement,  // object[index] op= term; the same order, object and index once
  Evaluate,     // term, for what it does
  Define,       // index: RoutineId, a lambda with statements in it; local: its name.
                // Only without Traits::has_long_lambdas; term: the Lambda
  If,           // branches; the last may have no condition: `else`
  While,        // loop; term: condition, null for ever; body
  ForRange,     // loop; local in range(first, last, step): parts has these three; body
  ForEach,      // loop; local in term (list, str, sequence or Any); body
  Return,       // [term]; none in a routine that yields
  Break,        // loop: leaves that one
  Continue,     // loop
  Yield,        // term
  Fail,         // ends the program: error `empty` for sum, min or max of nothing; builtin
};
// clang-format on

struct Statement;
using Block = std::vector<Statement*>;

struct Arm {
  Term* condition = nullptr;  // null: else
  Block body;
};

struct Statement {
  StatementKind kind;
  frontend::Span span;  // of the program's expression that it stems from
  LocalId local = 0;
  uint32_t index = 0;
  LoopId loop = 0;
  frontend::BinaryOp op = frontend::BinaryOp::Add;
  runtime::BuiltinKind builtin = runtime::BuiltinKind::Sum;
  Term* term = nullptr;
  Term* object = nullptr;             // SetElement, UpdateElement
  Term* subscript = nullptr;          //
  std::span<Term* const> parts = {};  // ForRange
  std::vector<Arm> arms = {};         // If
  Block body = {};                    // loops
};

struct Variable {
  std::string name;  // unique in the routine and the routines around it; free to use in the target
  TypeId type = runtime::kAny;
  frontend::Span span = {};
  const frontend::TypeExpr* declared = nullptr;
  bool is_var = false;        // may be assigned again after its declaration
  bool is_temporary = false;  // not a name of the program
  bool is_captured = false;   // some lambda inside uses it
};

enum class RoutineKind : uint8_t { Top, Named, Extern, Lambda, Generator };

// A function of the target. One for each function of the program, or one for each version.
struct Routine {
  RoutineKind kind;
  frontend::FunctionId function;
  std::string name;     // unique in the module
  frontend::Span span;  // the whole of it in the program
  // Parameters first, then captures, then the rest. (A Generator has its first source as the only
  // parameter; its captures are passed behind it.)
  std::vector<Variable> locals;
  uint32_t param_count = 0;
  uint32_t capture_count = 0;
  TypeId result = runtime::kAny;  // of a routine that yields: Seq
  TypeId yielded = runtime::kNever;
  bool yields = false;
  bool is_memo = false;
  bool is_recursive = false;      // may call itself, directly or not
  bool is_pure = false;           // does nothing but return a value, or fail
  RoutineId parent = kNoRoutine;  // of a Lambda: where it is made
  uint32_t loop_count = 0;
  Block body;  // empty: Extern
};

struct GlobalVariable {
  std::string name;
  TypeId type;
  frontend::Span span;
};

struct Module {
  const frontend::Program* program = nullptr;
  const runtime::TypeTable* types = nullptr;
  // In the order of the program; lambdas and generators before the routine that makes them. The
  // last one is the top level.
  std::vector<std::unique_ptr<Routine>> routines;
  std::vector<GlobalVariable> globals;  // by GlobalId
  // By function: the routine behind its name as a value, and for main and benches as called from
  // outside; kNoRoutine: not needed.
  std::vector<RoutineId> entry_of_function;
  const Routine& top() const { return *routines.back(); }

  // What the routines are made of.
  frontend::Arena arena;
  std::deque<Term> terms;
  std::deque<Statement> statements;
};

// What a target has, as far as it matters for the form of the program.
struct Traits {
  bool has_routine_per_version;  // types are settled before the program runs
  bool has_comprehensions;       // lists and generators; consumers take them as they are
  bool has_choose;               // `c ? a : b`
  bool has_long_lambdas;         // a lambda's body may hold statements
  bool has_labels;               // `break` and `continue` of an outer loop
  bool has_defaults;             // parameters with constant defaults may be left out in calls
  bool expands_consumers;        // sum, list ... of any sequence become loops (else only those of
                                 // generators, map, filter and range written in place)
  bool orders_operands;          // operands are evaluated from left to right
  bool names_objects;            // a str, list, sequence ... that a term makes is given a name at
                       // once, so that its end can be seen: such a term is never a part of
                       // another, but the whole term of a Declare, Assign, Return ...
  bool (*is_reserved)(std::string_view name);  // not free for names of the program
};

}  // namespace emit
