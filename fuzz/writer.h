#pragma once
// Writes the tree of one program: the state shared by the files write_*.cpp.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/choices.h"
#include "fuzz/generator.h"
#include "fuzz/tree.h"

namespace fuzz {

// What is known about a value before the program runs.
struct Bound {
  // Of an int, or of the ints that a list or sequence holds.
  int64_t low = 0;
  int64_t high = 0;
  uint32_t length = 0;  // the most elements or code points
  uint32_t least = 0;   // the fewest
  // The sequence goes through a list that others may change.
  bool borrows_list = false;
};

struct Term {
  Node node;
  Bound bound = {};
};

struct Variable {
  std::string name;
  Type type;
  enum class Kind : uint8_t { Let, Var, Counter } kind;  // a counter is a var that the writer moves
  Bound bound = {};                                      // what it holds whenever it is read
};

struct Parameter {
  std::string name;
  Type type;
  Bound bound = {};
  bool has_default = false;
};

struct Function {
  std::string name;
  std::vector<Parameter> params = {};
  Type result = Type::None;  // a sequence for one that yields
  Bound bound = {};
  uint64_t cost = 1;     // of a call, in nodes
  bool is_value = true;  // may be handed on as a value: one parameter, and it changes nothing
  bool changes_lists = false;
  bool is_extern = false;
};

class Writer {
 public:
  explicit Writer(Choices& choices) : choices_(choices) {}

  Generated Write();

 private:
  // Of local variables and functions.
  class Scope;
  class Inside;

  // write_program.cpp
  void AddGlobals(std::vector<Node>* items);
  Node MainItem();
  Node TopStatements();
  // write_function.cpp
  Node FunctionItem();
  Node PlainFunction();
  Node GeneratorFunction();
  Node MemoFunction();
  Node RecursiveFunction();
  Node GenericFunction();
  Node HigherFunction();
  Node ExternFunction();
  Node NestingGenerator();
  std::vector<Parameter> Parameters(uint32_t count);
  Node ParameterList(const std::vector<Parameter>& params);
  void Finish(Function function);
  std::string NewFunctionName();
  std::optional<Term> Call(Type result, int depth);
  Term CallOf(const Function& function, int depth);

  // write_statement.cpp
  Node Block(uint32_t count, int nesting);
  void Statements(uint32_t count, int nesting, std::vector<Node>* nodes);
  Node Statement(int nesting);
  Node Declare(Variable::Kind kind);
  Node Assign();
  Node AssignTo(const Variable& variable);
  Node ChangeList();
  Node PrintStatement(int depth);
  Node If(int nesting);
  Node While(int nesting);
  Node For(int nesting);
  Node ChangeOfType(int nesting);
  Node StoredSequence(int nesting);
  Node GrowString(int nesting);
  Node BufferUse();
  Node Leave();
  Node LoopBlock(int nesting, uint32_t turns, const Term* source, Variable variable);
  // write_planted.cpp
  Node Planted();
  Node PlantedExpr(Type type, Node otherwise);
  bool MayPlant() const { return wants_planted_ && !is_planted_; }

  // write_expr.cpp
  Term Expr(Type type, int depth);
  Term Atom(Type type);
  Term Branches(Type type, int depth);
  Term Exit(Type type, int depth);
  Term NumberExpr(int depth);
  Term AnyExpr(int depth);
  Term BoolExpr(int depth);
  Term FunctionValue(Type type);
  // write_number.cpp
  Term IntExpr(int depth);
  Term IntOperation(int depth);
  Term IntOfOther(int depth);
  Term FloatExpr(int depth);
  Term FloatOfOther(int depth);
  Term IntLiteral();
  Term FloatLiteral();
  // The term, or `term % (high + 1)` unless it lies in [low, high]; low <= 0 <= high.
  Term Fit(Term term, int64_t low, int64_t high);
  // write_text.cpp
  Term StrExpr(int depth);
  Term StrLiteral();
  Term ListExpr(Type type, int depth);
  Term ListLiteral(Type type, int depth);
  Term Comprehension(Type element, int depth, std::string_view open, std::string_view close);
  Term TableExpr(int depth);
  Node IndexOf(const Term& list, int depth);
  // write_sequence.cpp
  Term Sequence(Type type, int depth);
  Term SequenceOf(Type element, int depth);
  Term Range();
  Term Mapped(Type element, int depth);
  Term Filtered(Type element, int depth);

  uint32_t Below(uint32_t count) { return choices_.Below(count); }
  bool Chance(uint32_t percent) { return choices_.Chance(percent); }
  template <typename T, size_t n>
  T OneOf(const T (&all)[n]) {
    return all[Below(static_cast<uint32_t>(n))];
  }
  size_t Weighted(std::initializer_list<uint32_t> weights) {
    return choices_.Weighted({weights.begin(), weights.size()});
  }
  std::string NewName();
  Type AnyType();  // of a variable
  // Variables of the type that can be read here; empty: none.
  const Variable* Find(Type type, bool is_assigned = false);
  void Add(Variable variable) { variables_.push_back(std::move(variable)); }

  // Work is counted in nodes: what is written costs once for each turn of the loops around it.
  void Spend(uint64_t cost) { spent_ += cost * turns_; }
  bool Affords(uint64_t cost) const { return spent_ + cost * turns_ <= budget_; }

  Choices& choices_;
  Temper temper_ = Temper::Clean;
  std::vector<Variable> variables_;
  std::vector<Function> functions_;
  size_t first_local_ = 0;     // variables before it are the top level's
  size_t first_closed_ = 0;    // vars before it cannot be read: a lambda stands between
  size_t first_assigned_ = 0;  // vars before it cannot be assigned: a generator does
  uint32_t names_ = 0;
  uint64_t turns_ = 1;
  uint64_t spent_ = 0;
  uint64_t budget_ = 0;
  uint32_t closed_ = 0;        // expressions that nothing may leave
  uint32_t lists_in_use_ = 0;  // loops over lists that must not grow
  bool changes_lists_ = false;
  bool in_loop_ = false;
  std::optional<Type> returns_;  // what `return` gives here
  Bound returned_;
  bool wants_planted_ = false;
  bool is_planted_ = false;
  std::string planted_;
};

// A block of names.
class Writer::Scope {
 public:
  explicit Scope(Writer& writer) : writer_(writer), size_(writer.variables_.size()) {}
  ~Scope() { writer_.variables_.resize(size_, {"", Type::None, Variable::Kind::Let}); }
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;

 private:
  Writer& writer_;
  size_t size_;
};

// What runs `turns` times for each time that the code around it does, and cannot be left: the
// inside of a lambda, which sees no var from outside, or of a comprehension.
class Writer::Inside {
 public:
  enum class Kind : uint8_t { Lambda, Generator, List };
  Inside(Writer& writer, Kind kind, uint32_t turns)
      : writer_(writer),
        scope_(writer),
        turns_(writer.turns_),
        first_closed_(writer.first_closed_),
        first_assigned_(writer.first_assigned_) {
    writer.turns_ *= turns > 1 ? turns : 1;
    ++writer.closed_;
    if (kind == Kind::Lambda) {
      writer.first_closed_ = writer.variables_.size();
    }
    if (kind != Kind::List) {
      writer.first_assigned_ = writer.variables_.size();
    }
  }
  ~Inside() {
    writer_.turns_ = turns_;
    --writer_.closed_;
    writer_.first_closed_ = first_closed_;
    writer_.first_assigned_ = first_assigned_;
  }
  Inside(const Inside&) = delete;
  Inside& operator=(const Inside&) = delete;

 private:
  Writer& writer_;
  Scope scope_;
  uint64_t turns_;
  size_t first_closed_;
  size_t first_assigned_;
};

// Ints in variables and lists lie within this, those that functions give within the other.
inline constexpr int64_t kMostOfVariable = int64_t{1} << 40;
inline constexpr int64_t kMostOfFunction = int64_t{1} << 45;

// "int" of Ints and IntSeq.
Type ElementOf(Type type);
Type ListOf(Type element);
Type SeqOf(Type element);

}  // namespace fuzz
