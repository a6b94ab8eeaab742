// Fused nodes, int: comparisons. See shape_index.h.

#include "interp/shape_index.h"

namespace interp {
namespace {

struct IntCompareEval {
  template <int I, int J, int K>
  static constexpr BoolFn Of() {
    using S = Compare<kCompareOp[I], IntShape<J>, IntLeaf<K>>;
    return &EvalShape<S>;
  }
};

}  // namespace

const ShapeTable<BoolFn, kCompareOps, kIntShapes, kIntLeaves> kIntCompareEval =
    FillShapes<IntCompareEval, BoolFn, kCompareOps, kIntShapes, kIntLeaves>();

}  // namespace interp
