// Fused nodes, int: any shape on the left, a leaf on the right. See shape_index.h.

#include "interp/shape_index.h"

namespace interp {
namespace {

struct IntAnyLeafStore {
  template <int I, int J, int K>
  static constexpr ExecFn Of() {
    using S = IntBinary<kIntOp[I], IntShape<J>, IntLeaf<K>>;
    return &StoreShape<S>;
  }
};

}  // namespace

const ShapeTable<ExecFn, kIntOps, kIntShapes, kIntLeaves> kIntAnyLeafStore =
    FillShapes<IntAnyLeafStore, ExecFn, kIntOps, kIntShapes, kIntLeaves>();

}  // namespace interp
