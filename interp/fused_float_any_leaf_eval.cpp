// Fused nodes, float: any shape on the left, a leaf on the right. See shape_index.h.

#include "interp/shape_index.h"

namespace interp {
namespace {

struct FloatAnyLeafEval {
  template <int I, int J, int K>
  static constexpr FloatFn Of() {
    using S = FloatBinary<kFloatOp[I], FloatShape<J>, FloatLeaf<K>>;
    return &EvalShape<S>;
  }
};

struct FloatInnerEval {
  template <int I, int J, int K>
  static constexpr FloatFn Of() {
    using S = FloatBinary<kFloatOp[I], InnerShape<J>, InnerShape<K>>;
    return &EvalShape<S>;
  }
};

}  // namespace

const ShapeTable<FloatFn, kFloatOps, kFloatShapes, kFloatLeaves> kFloatAnyLeafEval =
    FillShapes<FloatAnyLeafEval, FloatFn, kFloatOps, kFloatShapes, kFloatLeaves>();

const ShapeTable<FloatFn, kInnerOps, kInnerShapes, kInnerShapes> kFloatInnerEval =
    FillShapes<FloatInnerEval, FloatFn, kInnerOps, kInnerShapes, kInnerShapes>();

}  // namespace interp
