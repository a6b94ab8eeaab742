// Fused nodes, float: a leaf on the left, any shape on the right. See shape_index.h.

#include "interp/shape_index.h"

namespace interp {
namespace {

struct FloatLeafAnyStore {
  template <int I, int J, int K>
  static constexpr ExecFn Of() {
    using S = FloatBinary<kFloatOp[I], FloatLeaf<J>, FloatShape<K>>;
    return &StoreShape<S>;
  }
};

}  // namespace

const ShapeTable<ExecFn, kFloatOps, kFloatLeaves, kFloatShapes> kFloatLeafAnyStore =
    FillShapes<FloatLeafAnyStore, ExecFn, kFloatOps, kFloatLeaves, kFloatShapes>();

}  // namespace interp
