// Fused nodes, float: any shape on the left, a leaf on the right. See shape_index.h.

#include "interp/shape_index.h"

namespace interp {
namespace {

struct FloatAnyLeafStore {
  template <int I, int J, int K>
  static constexpr ExecFn Of() {
    using S = FloatBinary<kFloatOp[I], FloatShape<J>, FloatLeaf<K>>;
    return &StoreShape<S>;
  }
};

struct FloatInnerStore {
  template <int I, int J, int K>
  static constexpr ExecFn Of() {
    using S = FloatBinary<kFloatOp[I], InnerShape<J>, InnerShape<K>>;
    return &StoreShape<S>;
  }
};

}  // namespace

const ShapeTable<ExecFn, kFloatOps, kFloatShapes, kFloatLeaves> kFloatAnyLeafStore =
    FillShapes<FloatAnyLeafStore, ExecFn, kFloatOps, kFloatShapes, kFloatLeaves>();

const ShapeTable<ExecFn, kInnerOps, kInnerShapes, kInnerShapes> kFloatInnerStore =
    FillShapes<FloatInnerStore, ExecFn, kInnerOps, kInnerShapes, kInnerShapes>();

}  // namespace interp
