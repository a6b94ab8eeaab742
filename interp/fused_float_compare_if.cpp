// Fused nodes, float: comparisons. See shape_index.h.

#include "interp/shape_index.h"

namespace interp {
namespace {

struct FloatCompareIf {
  template <int I, int J, int K>
  static constexpr ExecFn Of() {
    using S = Compare<kCompareOp[I], FloatShape<J>, FloatLeaf<K>>;
    return &IfShape<S>;
  }
};

}  // namespace

const ShapeTable<ExecFn, kCompareOps, kFloatShapes, kFloatLeaves> kFloatCompareIf =
    FillShapes<FloatCompareIf, ExecFn, kCompareOps, kFloatShapes, kFloatLeaves>();

}  // namespace interp
