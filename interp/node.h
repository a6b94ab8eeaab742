#pragma once
// The interpreter's own tree. A node is a function and its operands: running a
// tree is calling `node->eval_int(node, frame)` and the like, and a node calls
// its children the same way. There is no byte code, no dispatch loop and no
// machine code.
//
// The function's type is fixed by what the node yields (its Rep), so ints and
// doubles travel unboxed in registers. Statements yield a Status and then
// continue with `next`: a straight run of statements is a chain of tail calls.

#include <cstdint>

#include "runtime/object.h"
#include "runtime/rep.h"
#include "runtime/value.h"

namespace interp {

struct Code;
struct Loop;
struct Machine;
struct Node;
struct Sites;

using runtime::kRepCount;
using runtime::Rep;

// One machine word of a frame.
union Word {
  int64_t i;
  double d;
  bool b;
  uint64_t bits;
  runtime::Object* object;
  runtime::Str* str;
  runtime::List* list;
  const Node* node;
};
static_assert(sizeof(Word) == 8);

// How a statement ended. Anything but Normal leaves the enclosing chain. Stop:
// the consumer of a sequence wants no more of it, through however many loops.
enum class Status : uint32_t { Normal, Break, Continue, Return, Stop };

using ExecFn = Status (*)(const Node*, Word*);
using IntFn = int64_t (*)(const Node*, Word*);
using FloatFn = double (*)(const Node*, Word*);
using BoolFn = bool (*)(const Node*, Word*);
using RefFn = runtime::Object* (*)(const Node*, Word*);
using ValueFn = runtime::Value (*)(const Node*, Word*);

union Operand {
  int64_t i;  // a constant, a frame slot, a count
  double d;
  uint64_t bits;
  const Node* node;
  Code* code;
  Loop* loop;
  Machine* machine;
  const void* pointer;
};
static_assert(sizeof(Operand) == 8);

struct Node {
  union {
    ExecFn exec;
    IntFn eval_int;
    FloatFn eval_float;
    BoolFn eval_bool;
    RefFn eval_ref;  // the result is owned
    ValueFn eval_value;
  };
  const Sites* sites;
  const Node* next;  // statements only; null: the chain ends here

  // The operands follow the node.
  const Operand* o() const { return reinterpret_cast<const Operand*>(this + 1); }
  Operand* o() { return reinterpret_cast<Operand*>(this + 1); }
};

inline Status Next(const Node* node, Word* frame) {
  const Node* next = node->next;
  return next == nullptr ? Status::Normal : next->exec(next, frame);
}

// Evaluation by static type, for templates.
template <typename T>
struct Eval;
template <>
struct Eval<int64_t> {
  static constexpr Rep kRep = Rep::Int;
  static int64_t Run(const Node* n, Word* f) { return n->eval_int(n, f); }
  static void Put(Word* w, int64_t v) { w->i = v; }
  static int64_t Get(const Word* w) { return w->i; }
};
template <>
struct Eval<double> {
  static constexpr Rep kRep = Rep::Float;
  static double Run(const Node* n, Word* f) { return n->eval_float(n, f); }
  static void Put(Word* w, double v) { w->d = v; }
  static double Get(const Word* w) { return w->d; }
};
template <>
struct Eval<bool> {
  static constexpr Rep kRep = Rep::Bool;
  static bool Run(const Node* n, Word* f) { return n->eval_bool(n, f); }
  static void Put(Word* w, bool v) { w->bits = v ? 1 : 0; }
  static bool Get(const Word* w) { return w->bits != 0; }
};
template <>
struct Eval<runtime::Object*> {
  static constexpr Rep kRep = Rep::Ref;
  static runtime::Object* Run(const Node* n, Word* f) { return n->eval_ref(n, f); }
  static void Put(Word* w, runtime::Object* v) { w->object = v; }
  static runtime::Object* Get(const Word* w) { return w->object; }
};
template <>
struct Eval<runtime::Value> {
  static constexpr Rep kRep = Rep::Value;
  static runtime::Value Run(const Node* n, Word* f) { return n->eval_value(n, f); }
  static void Put(Word* w, runtime::Value v) {
    w[0].bits = static_cast<uint64_t>(v.tag);
    w[1].bits = v.bits;
  }
  static runtime::Value Get(const Word* w) {
    runtime::Value v;
    v.tag = static_cast<runtime::Tag>(w[0].bits);
    v.bits = w[1].bits;
    return v;
  }
};
template <>
struct Eval<Status> {
  static constexpr Rep kRep = Rep::Unit;
  static Status Run(const Node* n, Word* f) { return n->exec(n, f); }
};

}  // namespace interp
