// Fused nodes, int: a leaf on the left, any shape on the right. See shape_index.h.

#include "interp/shape_index.h"

namespace interp {
namespace {

struct IntLeafAnyEval {
  template <int I, int J, int K>
  static constexpr IntFn Of() {
    using S = IntBinary<kIntOp[I], IntLeaf<J>, IntShape<K>>;
    return &EvalShape<S>;
  }
};

}  // namespace

const ShapeTable<IntFn, kIntOps, kIntLeaves, kIntShapes> kIntLeafAnyEval =
    FillShapes<IntLeafAnyEval, IntFn, kIntOps, kIntLeaves, kIntShapes>();

}  // namespace interp
