// Fused nodes, float: a leaf on the left, any shape on the right. See shape_index.h.

#include "interp/shape_index.h"

namespace interp {
namespace {

struct FloatLeafAnyEval {
  template <int I, int J, int K>
  static constexpr FloatFn Of() {
    using S = FloatBinary<kFloatOp[I], FloatLeaf<J>, FloatShape<K>>;
    return &EvalShape<S>;
  }
};

}  // namespace

const ShapeTable<FloatFn, kFloatOps, kFloatLeaves, kFloatShapes> kFloatLeafAnyEval =
    FillShapes<FloatLeafAnyEval, FloatFn, kFloatOps, kFloatLeaves, kFloatShapes>();

}  // namespace interp
