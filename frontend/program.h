#pragma once
// A checked program: text, tree and resolution. LoadProgram() is the front
// door of the frontend: bytes in, either a Program or diagnostics out.
//
// Every piece of code that has a frame of its own is a Function: each def,
// bench and extern, each lambda, each generator that is not consumed where it
// stands, and the top level of the file (function 0). Names are resolved to
// dense indices; engines never look at a name again.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/arena.h"
#include "frontend/ast.h"
#include "frontend/diagnostic.h"
#include "frontend/signature.h"
#include "frontend/source.h"

namespace frontend {

using FunctionId = uint32_t;
using LocalId = uint32_t;
using GlobalId = uint32_t;

inline constexpr FunctionId kTopFunction = 0;

// More locals than this in one function (the top level excepted) is a
// diagnostic: it bounds the bytes of a frame.
inline constexpr uint32_t kMaxLocals = 4096;

enum class RefKind : uint8_t { None, Local, Global, Function, Builtin };

// What a name means. The index is a LocalId of the enclosing Function, a
// GlobalId, a FunctionId or a BuiltinId.
struct Ref {
  RefKind kind = RefKind::None;
  uint32_t index = 0;

  friend bool operator==(Ref, Ref) = default;
};

struct Local {
  std::string_view name;
  Span span;
  bool is_var;
  const TypeExpr* type;  // as declared; null: not declared
};

// A top-level `let` that some function reads. (Other top-level names are
// locals of the top-level function.)
struct Global {
  std::string_view name;
  Span span;
  const TypeExpr* type;
  const LetExpr* let;
  // True when a function that reads it may run before the let has: reads from
  // functions must then check. Decided conservatively by the resolver.
  bool may_be_unset;
};

// A value copied from the enclosing function when a lambda or generator is made.
struct Capture {
  Ref outer;      // a Local of the enclosing Function
  LocalId inner;  // where the copy lives in this Function
};

enum class FunctionKind : uint8_t { Top, Def, Bench, Extern, Lambda, Generator };

struct Function {
  FunctionKind kind;
  std::string_view name;               // "<top>", "<lambda>", "<generator>" for the unnamed ones
  Span span;                           // where a reader should look: the name, or the whole lambda
  FunctionId parent;                   // the enclosing Function; itself for top and named ones
  const FunctionDecl* decl = nullptr;  // Def, Bench, Extern
  const LambdaExpr* lambda = nullptr;  // Lambda
  const ComprehensionExpr* generator = nullptr;  // Generator: its parameter 0 is the first source
  // Locals in this order: parameters, captures, everything else.
  uint32_t param_count = 0;
  std::vector<Local> locals = {};
  std::vector<Capture> captures = {};
  bool yields = false;  // contains `yield`, or is a Generator: a call makes a sequence
  bool is_memo = false;
  // Ids of all expressions inside, nested functions included: [first, end).
  // Defaults of parameters lie outside: they are evaluated by the caller.
  ExprId first_expr = 0;
  ExprId end_expr = 0;

  // As declared; of a def, bench, extern or lambda.
  std::span<const Param> params() const {
    return lambda != nullptr ? lambda->params : decl->params;
  }
};

// Facts about an expression and everything below it that runs in the same
// frame, not counting what a nested loop or function keeps to itself.
enum Effect : uint8_t {
  kMayReturn = 1,  // a `return` leaves it
  kMayBreak = 2,   // a `break` or `continue` leaves it
  kMayYield = 4,   // a `yield`, after which the consumer may stop
  kAssigns = 8,    // assigns or declares a local variable
  kCalls = 16,     // calls a function of the program or of unknown identity
  kExits = kMayReturn | kMayBreak | kMayYield,
};

// How a call's arguments meet the parameters, where it is not one to one.
// Arguments are always evaluated in the order written, then the defaults.
struct ArgumentMap {
  ExprId call;
  std::vector<uint32_t> param_of_arg;      // for each written argument
  std::vector<uint32_t> defaulted_params;  // filled from the declaration
};

// An argument that a parameter is given at a call.
struct BoundArgument {
  const Expr* value;
  uint32_t param;
  bool is_default;
};

// Side tables of the tree, indexed by ExprId or BindingId. Written once, by the resolver.
struct Resolution {
  std::vector<Function> functions;  // [0] is the top level
  std::vector<Global> globals;
  std::vector<Ref> names;        // by ExprId: Name expressions
  std::vector<Ref> bindings;     // by BindingId: Local, Global or Function
  std::vector<uint8_t> effects;  // by ExprId: Effect bits
  // By ExprId: for Lambda and stored generator expressions, their Function; else 0.
  std::vector<FunctionId> function_of_expr;
  // Calls with named or missing arguments, ordered by call id. Only for calls
  // whose callee is the name of a def or bench.
  std::vector<ArgumentMap> argument_maps;

  // Null when arguments and parameters of the call match one to one.
  const ArgumentMap* FindArgumentMap(ExprId call) const;
};

struct Program {
  std::unique_ptr<SourceFile> source;
  Arena arena;
  std::vector<Item> items;
  ExprId expr_count = 0;
  BindingId binding_count = 0;
  Resolution resolution;
  Signatures builtins;

  // Null when there is no def or bench of that name.
  const Function* FindFunction(std::string_view name) const;
  FunctionId IdOf(const Function& function) const;
};

// The arguments of a call in the order of their evaluation: as written, then the defaults.
std::vector<BoundArgument> BindArguments(const Resolution& resolution, const CallExpr& call,
                                         const Function& function);

// Told the name of each phase as it ends: "lex", "parse", "resolve".
using PhaseObserver = std::function<void(std::string_view phase)>;

// Lexes, parses and resolves. On any error the result is null and `sink` holds
// at least one diagnostic. `builtins` must outlive the program.
std::unique_ptr<Program> LoadProgram(std::string name, std::string text, Signatures builtins,
                                     DiagnosticSink& sink, const PhaseObserver& phase_ended = {});

}  // namespace frontend
