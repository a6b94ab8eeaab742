// Fused nodes, int: comparisons. See shape_index.h.

#include "interp/shape_index.h"

namespace interp {
namespace {

struct IntCompareWhile {
  template <int I, int J, int K>
  static constexpr ExecFn Of() {
    using S = Compare<kCompareOp[I], IntShape<J>, IntLeaf<K>>;
    return &WhileShape<S>;
  }
};

struct IntCompareSelectInt {
  template <int I, int J, int K>
  static constexpr IntFn Of() {
    using S = Compare<kCompareOp[I], IntShape<J>, IntLeaf<K>>;
    return &SelectShape<int64_t, S>;
  }
};

}  // namespace

const ShapeTable<ExecFn, kCompareOps, kIntShapes, kIntLeaves> kIntCompareWhile =
    FillShapes<IntCompareWhile, ExecFn, kCompareOps, kIntShapes, kIntLeaves>();

const ShapeTable<IntFn, kCompareOps, kIntShapes, kIntLeaves> kIntCompareSelectInt =
    FillShapes<IntCompareSelectInt, IntFn, kCompareOps, kIntShapes, kIntLeaves>();

}  // namespace interp
