#pragma once
// Calls of a known version. Arguments are evaluated straight into the callee's
// frame, which begins a fixed distance above the caller's; the call is then a
// jump into the callee's tree.
//
// o[0] distance, o[1] code, then the arguments.

#include "interp/machine.h"
#include "interp/shape_index.h"
#include "runtime/mutant.h"

namespace interp {

template <typename T>
T Invoke(const Node* n, Word* f, Word* callee, const Code* code) {
  const int64_t depth = Depth(f) + 1;
  if (LAB_MUTANT(302, depth, depth - 1) > code->depth_limit->load(std::memory_order_relaxed))
      [[unlikely]] {
    RaiseAtCall(n, f);
  }
  CallerNode(callee) = n;
  Depth(callee) = depth;
  const Node* entry = code->entry;
  if constexpr (std::is_same_v<T, Status>) {
    entry->exec(entry, callee);
    return Next(n, f);
  } else {
    return Eval<T>::Run(entry, callee);
  }
}

// Any arguments: o[2] is a chain that stores them.
template <typename T>
T CallChain(const Node* n, Word* f) {
  const Operand* o = n->o();
  o[2].node->exec(o[2].node, f);
  return Invoke<T>(n, f, f + o[0].i, o[1].code);
}

// One int argument of some shape.
template <typename T, typename S>
T CallShape(const Node* n, Word* f) {
  const Operand* o = n->o();
  Word* callee = f + o[0].i;
  callee[0].i = S::template Run<1>(n, o + 2, f);
  return Invoke<T>(n, f, callee, o[1].code);
}

// How one argument word is had.
enum class Arg : uint8_t { Local, LocalRef, Const, Int, Float, Ref };

template <Arg A>
void PutArgument(Word* to, const Operand& o, Word* f) {
  if constexpr (A == Arg::Local) {
    to->bits = f[o.i].bits;
  } else if constexpr (A == Arg::LocalRef) {
    to->object = LAB_MUTANT(507, runtime::Retain(f[o.i].object), f[o.i].object);
  } else if constexpr (A == Arg::Const) {
    to->bits = o.bits;
  } else if constexpr (A == Arg::Int) {
    to->i = o.node->eval_int(o.node, f);
  } else if constexpr (A == Arg::Float) {
    to->d = o.node->eval_float(o.node, f);
  } else {
    to->object = o.node->eval_ref(o.node, f);
  }
}

template <typename T, Arg... A>
T CallWith(const Node* n, Word* f) {
  const Operand* o = n->o();
  Word* callee = f + o[0].i;
  [&]<int... I>(std::integer_sequence<int, I...>) {
    (PutArgument<A>(callee + I, o[2 + I], f), ...);
  }
  (std::make_integer_sequence<int, sizeof...(A)>{});
  return Invoke<T>(n, f, callee, o[1].code);
}

// Any mix: o[2] count, then pairs of kind and operand.
template <typename T>
T CallMany(const Node* n, Word* f) {
  const Operand* o = n->o();
  Word* callee = f + o[0].i;
  Word* to = callee;
  for (const Operand *arg = o + 3, *end = arg + 2 * o[2].i; arg != end; arg += 2, ++to) {
    switch (static_cast<Arg>(arg[0].i)) {
      case Arg::Local:
        PutArgument<Arg::Local>(to, arg[1], f);
        break;
      case Arg::LocalRef:
        PutArgument<Arg::LocalRef>(to, arg[1], f);
        break;
      case Arg::Const:
        PutArgument<Arg::Const>(to, arg[1], f);
        break;
      case Arg::Int:
        PutArgument<Arg::Int>(to, arg[1], f);
        break;
      case Arg::Float:
        PutArgument<Arg::Float>(to, arg[1], f);
        break;
      case Arg::Ref:
        PutArgument<Arg::Ref>(to, arg[1], f);
        break;
    }
  }
  return Invoke<T>(n, f, callee, o[1].code);
}

}  // namespace interp
