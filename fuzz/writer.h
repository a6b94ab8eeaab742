#pragma once
// Writes the tree of one program: the state shared by the files write_*.cpp.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
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
  // A str, or an any, that was made of nothing that may have grown before.
  bool is_bounded = false;
  uint32_t room = 0;  // of a list: elements that may be appended without a look at its length
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
  bool reads_growing = false;  // something at the top level that may grow
  bool is_extern = false;
  bool is_used = false;
};

// How much of everything a program may have.
struct Extent {
  uint32_t globals;       // the most
  uint32_t functions;     // the most
  uint32_t statements;    // of main, the most
  uint32_t top_percent;   // how often there are statements at the top level
  uint32_t body;          // statements of a loop, the most
  int nesting;            // of blocks
  int depth;              // of expressions
  uint32_t atom_percent;  // how often an expression that could be larger is a name or a literal
};

// Which names an expression may use.
enum class Reach : uint8_t {
  All,
  // None that may grow. What is put into a variable or a list that was there before is made of such
  // names: otherwise it could double at each turn of a loop.
  Bounded,
};

// Some of its values are longer than others: strs, lists, and what may hold or give them.
bool HasLength(Type type);

class Writer {
 public:
  explicit Writer(Choices& choices) : choices_(choices) {}

  Generated Write();

 private:
  // Of local variables and functions.
  class Scope;
  class Inside;
  class InReach;

  // write_program.cpp
  void AddGlobals(std::vector<Node>* items);
  void AddFunctions(std::vector<Node>* items);
  Node MainItem(std::vector<Node>* items);
  Node TopStatements();
  Node Seam();
  Node UseOf(Function& function);
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
  Term CallOf(Function& function, int depth);

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
  // write_corners.cpp
  void Corners(std::vector<Node>* statements);
  // write_idioms.cpp
  Node Idiom(std::vector<Node>* items);
  // write_limits.cpp
  Generated DeepProgram();
  Generated GrowingProgram();
  Generated EndlessProgram();
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
  // A literal, short enough for any parameter.
  Term Short(Type type);
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
  // What it holds may be longer at a later turn.
  static bool MayGrow(const Variable& variable) {
    return HasLength(variable.type) && !variable.is_bounded;
  }
  bool IsInReach(const Variable& variable) const {
    return reach_ == Reach::All || !MayGrow(variable);
  }
  void Add(Variable variable) { variables_.push_back(std::move(variable)); }

  // Work is counted in nodes: what is written costs once for each turn of the loops around it.
  void Spend(uint64_t cost) { spent_ += cost * turns_; }
  bool Affords(uint64_t cost) const { return spent_ + cost * turns_ <= budget_; }

  Choices& choices_;
  Extent extent_ = {};
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
  Reach reach_ = Reach::All;
  bool changes_lists_ = false;
  bool reads_growing_ = false;
  bool in_loop_ = false;
  std::optional<Type> returns_;  // what `return` gives here
  Bound returned_;
  bool wants_planted_ = false;
  bool is_planted_ = false;
  std::string planted_;
  std::string planted_says_;
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

class Writer::InReach {
 public:
  InReach(Writer& writer, Reach reach)
      : writer_(writer), was_(std::exchange(writer.reach_, reach)) {}
  ~InReach() { writer_.reach_ = was_; }
  InReach(const InReach&) = delete;
  InReach& operator=(const InReach&) = delete;

 private:
  Writer& writer_;
  Reach was_;
};

// Ints in variables and lists lie within this, those that functions give within the other.
inline constexpr int64_t kMostOfVariable = int64_t{1} << 40;
inline constexpr int64_t kMostOfFunction = int64_t{1} << 45;
// Lists and strs that are handed to a function have at most so many elements and code points.
inline constexpr uint32_t kElementsOfParam = 16;
inline constexpr uint32_t kTextOfParam = 60;

// The pattern with another text in place of each letter for which there is one that is not empty.
template <typename TextOf>
std::string Filled(std::string_view pattern, const TextOf& text_of) {
  std::string result;
  for (const char c : pattern) {
    const std::string_view text = text_of(c);
    result += text.empty() ? std::string_view(&c, 1) : text;
  }
  return result;
}

// "int" of Ints and IntSeq.
Type ElementOf(Type type);
Type ListOf(Type element);
Type SeqOf(Type element);

}  // namespace fuzz
