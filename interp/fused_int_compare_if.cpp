// Fused nodes, int: comparisons. See shape_index.h.

#include "interp/shape_index.h"

namespace interp {
namespace {

struct IntCompareIf {
  template <int I, int J, int K>
  static constexpr ExecFn Of() {
    using S = Compare<kCompareOp[I], IntShape<J>, IntLeaf<K>>;
    return &IfShape<S>;
  }
};

}  // namespace

const ShapeTable<ExecFn, kCompareOps, kIntShapes, kIntLeaves> kIntCompareIf =
    FillShapes<IntCompareIf, ExecFn, kCompareOps, kIntShapes, kIntLeaves>();

}  // namespace interp
