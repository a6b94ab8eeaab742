#pragma once
// The fused shapes the interpreter has, and how they are found. A shape is
// numbered so that a table of function pointers can be indexed directly:
//
//   int    0 local, 1 constant, 2 node; from 3: (op, left leaf, right leaf)
//   float  0 local, 1 constant, 2 node, 3 int local converted; from 4 as above
//
// Not every pair exists: one side of a binary shape is a leaf, except for the
// float shapes whose both sides are sums or products of locals and nodes. The
// selector (select_shape.cpp) turns a part into a node of its own when the
// larger shape does not exist. The tables are filled in fused_*.cpp, one file
// per table so that each compiles in bounded time.

#include "interp/node.h"
#include "interp/shape_table.h"
#include "interp/shapes.h"

namespace interp {

inline constexpr int kIntLeaves = 3;
inline constexpr int kIntOps = 5;
inline constexpr BinaryOp kIntOp[kIntOps] = {BinaryOp::Add, BinaryOp::Sub, BinaryOp::Mul,
                                             BinaryOp::FloorDiv, BinaryOp::Mod};
inline constexpr int kIntShapes = kIntLeaves + kIntOps * kIntLeaves * kIntLeaves;

inline constexpr int kFloatLeaves = 4;
inline constexpr int kFloatOps = 4;
inline constexpr BinaryOp kFloatOp[kFloatOps] = {BinaryOp::Add, BinaryOp::Sub, BinaryOp::Mul,
                                                 BinaryOp::Div};
inline constexpr int kFloatShapes = kFloatLeaves + kFloatOps * kFloatLeaves * kFloatLeaves;

// Sums, differences and products of locals and nodes.
inline constexpr int kInnerOps = 3;
inline constexpr int kInnerShapes = kInnerOps * 2 * 2;

inline constexpr int kCompareOps = 6;
inline constexpr BinaryOp kCompareOp[kCompareOps] = {BinaryOp::Eq, BinaryOp::Ne, BinaryOp::Lt,
                                                     BinaryOp::Le, BinaryOp::Gt, BinaryOp::Ge};

template <int I>
struct IntLeaf;
template <>
struct IntLeaf<0> : LocalLeaf<int64_t> {};
template <>
struct IntLeaf<1> : ConstLeaf<int64_t> {};
template <>
struct IntLeaf<2> : NodeLeaf<int64_t> {};

template <int I>
struct FloatLeaf;
template <>
struct FloatLeaf<0> : LocalLeaf<double> {};
template <>
struct FloatLeaf<1> : ConstLeaf<double> {};
template <>
struct FloatLeaf<2> : NodeLeaf<double> {};
template <>
struct FloatLeaf<3> : ConvertLeaf {};

template <int I>
struct IntShapeOf {
  static constexpr int kAt = I - kIntLeaves;
  using Type = IntBinary<kIntOp[kAt / 9], IntLeaf<kAt / 3 % 3>, IntLeaf<kAt % 3>>;
};
template <int I>
requires(I < kIntLeaves) struct IntShapeOf<I> {
  using Type = IntLeaf<I>;
};
template <int I>
using IntShape = typename IntShapeOf<I>::Type;

template <int I>
struct FloatShapeOf {
  static constexpr int kAt = I - kFloatLeaves;
  using Type = FloatBinary<kFloatOp[kAt / 16], FloatLeaf<kAt / 4 % 4>, FloatLeaf<kAt % 4>>;
};
template <int I>
requires(I < kFloatLeaves) struct FloatShapeOf<I> {
  using Type = FloatLeaf<I>;
};
template <int I>
using FloatShape = typename FloatShapeOf<I>::Type;

template <int I>
using InnerShape = FloatBinary<kFloatOp[I / 4], FloatLeaf<I / 2 % 2 * 2>, FloatLeaf<I % 2 * 2>>;

// The tables, [operator][left][right]. "Eval" yields the value, "Store" puts
// it in a slot, "If" and "While" branch on it, "Select" chooses a value by it.
extern const ShapeTable<IntFn, kIntOps, kIntLeaves, kIntShapes> kIntLeafAnyEval;
extern const ShapeTable<IntFn, kIntOps, kIntShapes, kIntLeaves> kIntAnyLeafEval;
extern const ShapeTable<ExecFn, kIntOps, kIntLeaves, kIntShapes> kIntLeafAnyStore;
extern const ShapeTable<ExecFn, kIntOps, kIntShapes, kIntLeaves> kIntAnyLeafStore;

extern const ShapeTable<FloatFn, kFloatOps, kFloatLeaves, kFloatShapes> kFloatLeafAnyEval;
extern const ShapeTable<FloatFn, kFloatOps, kFloatShapes, kFloatLeaves> kFloatAnyLeafEval;
extern const ShapeTable<FloatFn, kInnerOps, kInnerShapes, kInnerShapes> kFloatInnerEval;
extern const ShapeTable<ExecFn, kFloatOps, kFloatLeaves, kFloatShapes> kFloatLeafAnyStore;
extern const ShapeTable<ExecFn, kFloatOps, kFloatShapes, kFloatLeaves> kFloatAnyLeafStore;
extern const ShapeTable<ExecFn, kInnerOps, kInnerShapes, kInnerShapes> kFloatInnerStore;

extern const ShapeTable<BoolFn, kCompareOps, kIntShapes, kIntLeaves> kIntCompareEval;
extern const ShapeTable<ExecFn, kCompareOps, kIntShapes, kIntLeaves> kIntCompareIf;
extern const ShapeTable<ExecFn, kCompareOps, kIntShapes, kIntLeaves> kIntCompareWhile;
extern const ShapeTable<BoolFn, kCompareOps, kFloatShapes, kFloatLeaves> kFloatCompareEval;
extern const ShapeTable<ExecFn, kCompareOps, kFloatShapes, kFloatLeaves> kFloatCompareIf;
extern const ShapeTable<IntFn, kCompareOps, kIntShapes, kIntLeaves> kIntCompareSelectInt;

}  // namespace interp
