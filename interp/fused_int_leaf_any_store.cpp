// Fused nodes, int: a leaf on the left, any shape on the right. See shape_index.h.

#include "interp/shape_index.h"

namespace interp {
namespace {

struct IntLeafAnyStore {
  template <int I, int J, int K>
  static constexpr ExecFn Of() {
    using S = IntBinary<kIntOp[I], IntLeaf<J>, IntShape<K>>;
    return &StoreShape<S>;
  }
};

}  // namespace

const ShapeTable<ExecFn, kIntOps, kIntLeaves, kIntShapes> kIntLeafAnyStore =
    FillShapes<IntLeafAnyStore, ExecFn, kIntOps, kIntLeaves, kIntShapes>();

}  // namespace interp
