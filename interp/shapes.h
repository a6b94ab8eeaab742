#pragma once
// Shapes: expression templates from which fused nodes are made. A shape reads
// its operands in order from the node and its sites in pre-order, so
// `(a + b) * 2` over two locals is one function and five words.
//
//   kWords  operand words it uses
//   kSites  operations that can fail, itself first
//   Run<K>  evaluates it; K is the number of its first site

#include "frontend/ast.h"
#include "interp/machine.h"
#include "interp/node.h"
#include "interp/tiers.h"
#include "runtime/arith.h"
#include "runtime/mutant.h"

namespace interp {

using frontend::BinaryOp;
using runtime::Arith;
using runtime::Value;

// ---- leaves ----

template <typename T>
struct LocalLeaf {
  using Type = T;
  static constexpr int kWords = 1;
  static constexpr int kSites = 0;
  template <int K>
  static T Run(const Node*, const Operand* o, Word* f) {
    return Eval<T>::Get(f + o[0].i);
  }
};

template <typename T>
struct ConstLeaf;
template <>
struct ConstLeaf<int64_t> {
  using Type = int64_t;
  static constexpr int kWords = 1;
  static constexpr int kSites = 0;
  template <int K>
  static int64_t Run(const Node*, const Operand* o, Word*) {
    return o[0].i;
  }
};
template <>
struct ConstLeaf<bool> {
  using Type = bool;
  static constexpr int kWords = 1;
  static constexpr int kSites = 0;
  template <int K>
  static bool Run(const Node*, const Operand* o, Word*) {
    return o[0].bits != 0;
  }
};
template <>
struct ConstLeaf<double> {
  using Type = double;
  static constexpr int kWords = 1;
  static constexpr int kSites = 0;
  template <int K>
  static double Run(const Node*, const Operand* o, Word*) {
    return o[0].d;
  }
};

template <typename T>
struct NodeLeaf {
  using Type = T;
  static constexpr int kWords = 1;
  static constexpr int kSites = 0;
  template <int K>
  static T Run(const Node*, const Operand* o, Word* f) {
    return Eval<T>::Run(o[0].node, f);
  }
};

// An int local where a float is wanted.
struct ConvertLeaf {
  using Type = double;
  static constexpr int kWords = 1;
  static constexpr int kSites = 0;
  template <int K>
  static double Run(const Node*, const Operand* o, Word* f) {
    return LAB_MUTANT(501, static_cast<double>(f[o[0].i].i), f[o[0].i].d);
  }
};

// ---- operators ----

template <BinaryOp Op, int K>
[[gnu::always_inline]] inline int64_t ApplyInt(const Node* n, Word* f, int64_t a, int64_t b) {
  int64_t result;
  Arith error;
  if constexpr (Op == BinaryOp::Add) {
    error = runtime::AddInt(a, b, &result);
  } else if constexpr (Op == BinaryOp::Sub) {
    error = runtime::SubInt(a, b, &result);
  } else if constexpr (Op == BinaryOp::Mul) {
    error = runtime::MulInt(a, b, &result);
  } else if constexpr (Op == BinaryOp::FloorDiv) {
    error = runtime::FloorDivInt(a, b, &result);
  } else if constexpr (Op == BinaryOp::Mod) {
    error = runtime::ModInt(a, b, &result);
  } else {
    static_assert(Op == BinaryOp::Pow);
    error = runtime::PowInt(a, b, &result);
  }
  if (error != Arith::Ok) [[unlikely]] {
    RaiseArith(n, LAB_MUTANT(502, K, 0), f, Op, error, Value::Int(a), Value::Int(b));
  }
  return result;
}

template <BinaryOp Op, int K>
inline double ApplyFloat(const Node* n, Word* f, double a, double b) {
  if constexpr (Op == BinaryOp::Add) {
    return a + b;
  } else if constexpr (Op == BinaryOp::Sub) {
    return a - b;
  } else if constexpr (Op == BinaryOp::Mul) {
    return a * b;
  } else {
    double result;
    Arith error;
    if constexpr (Op == BinaryOp::Div) {
      error = runtime::DivFloat(a, b, &result);
    } else if constexpr (Op == BinaryOp::FloorDiv) {
      error = runtime::FloorDivFloat(a, b, &result);
    } else if constexpr (Op == BinaryOp::Mod) {
      error = runtime::ModFloat(a, b, &result);
    } else {
      static_assert(Op == BinaryOp::Pow);
      error = runtime::PowFloat(a, b, &result);
    }
    if (error != Arith::Ok) [[unlikely]] {
      RaiseArith(n, K, f, Op, error, Value::Float(a), Value::Float(LAB_MUTANT(503, b, a)));
    }
    return result;
  }
}

template <BinaryOp Op, typename L, typename R>
struct IntBinary {
  using Type = int64_t;
  static constexpr int kWords = L::kWords + R::kWords;
  static constexpr int kSites = 1 + L::kSites + R::kSites;
  template <int K>
  static int64_t Run(const Node* n, const Operand* o, Word* f) {
    const int64_t a = L::template Run<K + 1>(n, o, f);
    const int64_t b = R::template Run<K + 1 + L::kSites>(n, o + L::kWords, f);
    return ApplyInt<Op, K>(n, f, a, b);
  }
};

template <BinaryOp Op, typename L, typename R>
struct FloatBinary {
  using Type = double;
  static constexpr int kWords = L::kWords + R::kWords;
  static constexpr int kSites = 1 + L::kSites + R::kSites;
  template <int K>
  static double Run(const Node* n, const Operand* o, Word* f) {
    const double a = L::template Run<K + 1>(n, o, f);
    const double b = R::template Run<K + 1 + L::kSites>(n, o + L::kWords, f);
    return ApplyFloat<Op, K>(n, f, a, LAB_MUTANT(505, b, static_cast<float>(b)));
  }
};

template <BinaryOp Op, typename T>
inline bool ApplyCompare(T a, T b) {
  if constexpr (Op == BinaryOp::Eq) {
    return a == b;
  } else if constexpr (Op == BinaryOp::Ne) {
    return a != b;
  } else if constexpr (Op == BinaryOp::Lt) {
    return a < b;
  } else if constexpr (Op == BinaryOp::Le) {
    return LAB_MUTANT(504, a <= b, a < b);
  } else if constexpr (Op == BinaryOp::Gt) {
    return a > b;
  } else {
    static_assert(Op == BinaryOp::Ge);
    return a >= b;
  }
}

template <BinaryOp Op, typename L, typename R>
struct Compare {
  using Type = bool;
  static constexpr int kWords = L::kWords + R::kWords;
  static constexpr int kSites = 1 + L::kSites + R::kSites;
  template <int K>
  static bool Run(const Node* n, const Operand* o, Word* f) {
    const auto a = L::template Run<K + 1>(n, o, f);
    const auto b = R::template Run<K + 1 + L::kSites>(n, o + L::kWords, f);
    return ApplyCompare<Op>(a, b);
  }
};

// ---- what consumes a shape ----

template <typename S>
typename S::Type EvalShape(const Node* n, Word* f) {
  return S::template Run<0>(n, n->o(), f);
}

// o[0]: the slot.
template <typename S>
Status StoreShape(const Node* n, Word* f) {
  const Operand* o = n->o();
  Eval<typename S::Type>::Put(f + o[0].i, S::template Run<0>(n, o + 1, f));
  return Next(n, f);
}

// o[0]: then, o[1]: else. Both go on with what follows the choice, so the
// choice itself is a jump.
template <typename S>
Status IfShape(const Node* n, Word* f) {
  const Operand* o = n->o();
  const Node* branch = S::template Run<0>(n, o + 2, f) ? o[0].node : o[1].node;
  return branch->exec(branch, f);
}

// o[0]: the body (a chain), o[1]: machine, o[2]: loop, or null. Site 0 also names the loop for
// polls.
template <typename S>
Status WhileShape(const Node* n, Word* f) {
  const Operand* o = n->o();
  runtime::Context* context = &o[1].machine->context;
  const Node* body = o[0].node;
  TurnCount turns(o[2].loop);
  while (S::template Run<0>(n, o + 3, f)) {
    if (turns.Leaves(f)) [[unlikely]] {
      return Status::Return;
    }
    const Status status = body->exec(body, f);
    if (status != Status::Normal) [[unlikely]] {
      if (status == Status::Break) {
        break;
      }
      if (status != LAB_MUTANT(506, Status::Continue, Status::Return)) {
        turns.End();
        return status;
      }
    }
    LAB_MUTANT(301, Poll(n, 0, f, context), void());
  }
  turns.End();
  return Next(n, f);
}

// o[0]: then, o[1]: else (both values of type T).
template <typename T, typename S>
T SelectShape(const Node* n, Word* f) {
  const Operand* o = n->o();
  const Node* branch = S::template Run<0>(n, o + 2, f) ? o[0].node : o[1].node;
  return Eval<T>::Run(branch, f);
}

}  // namespace interp
