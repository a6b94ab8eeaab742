// Fused nodes, float: comparisons. See shape_index.h.

#include "interp/shape_index.h"

namespace interp {
namespace {

struct FloatCompareEval {
  template <int I, int J, int K>
  static constexpr BoolFn Of() {
    using S = Compare<kCompareOp[I], FloatShape<J>, FloatLeaf<K>>;
    return &EvalShape<S>;
  }
};

}  // namespace

const ShapeTable<BoolFn, kCompareOps, kFloatShapes, kFloatLeaves> kFloatCompareEval =
    FillShapes<FloatCompareEval, BoolFn, kCompareOps, kFloatShapes, kFloatLeaves>();

}  // namespace interp
