// Fused nodes, int: any shape on the left, a leaf on the right. See shape_index.h.

#include "interp/shape_index.h"

namespace interp {
namespace {

struct IntAnyLeafEval {
  template <int I, int J, int K>
  static constexpr IntFn Of() {
    using S = IntBinary<kIntOp[I], IntShape<J>, IntLeaf<K>>;
    return &EvalShape<S>;
  }
};

}  // namespace

const ShapeTable<IntFn, kIntOps, kIntShapes, kIntLeaves> kIntAnyLeafEval =
    FillShapes<IntAnyLeafEval, IntFn, kIntOps, kIntShapes, kIntLeaves>();

}  // namespace interp
