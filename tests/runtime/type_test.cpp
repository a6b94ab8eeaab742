// Interned types.

#include "runtime/type.h"

#include <gtest/gtest.h>

namespace tests {
namespace {

using runtime::kAny;
using runtime::kFloat;
using runtime::kInt;
using runtime::kStr;
using runtime::TypeId;
using runtime::TypeKind;
using runtime::TypeTable;

TEST(TypeTable, EqualTypesHaveEqualIds) {
  TypeTable types;
  EXPECT_EQ(types.List(kInt), types.List(kInt));
  EXPECT_NE(types.List(kInt), types.List(kFloat));
  EXPECT_NE(types.List(kInt), types.Seq(kInt));
  EXPECT_EQ(types.Function(3), types.Function(3));
  EXPECT_NE(types.Function(3), types.Builtin(3));
  const TypeId captures[] = {kInt, types.List(kStr)};
  EXPECT_EQ(types.Lambda(4, captures), types.Lambda(4, captures));
  EXPECT_NE(types.Lambda(4, captures), types.Lambda(4, {}));
}

TEST(TypeTable, KnowsElements) {
  TypeTable types;
  const TypeId rows = types.List(types.List(kFloat));
  EXPECT_EQ(types.Kind(rows), TypeKind::List);
  EXPECT_EQ(types.Element(types.Element(rows)), kFloat);
  EXPECT_EQ(types.Get(rows).depth, 2u);
}

TEST(TypeTable, NestingStopsAtTheLimit) {
  TypeTable types;
  TypeId type = kInt;
  for (uint32_t i = 0; i < TypeTable::kMaxDepth; ++i) {
    type = types.List(type);
  }
  EXPECT_EQ(types.Get(type).depth, TypeTable::kMaxDepth);
  EXPECT_EQ(types.List(type), types.List(kAny));
}

TEST(TypeTable, OpenTypesHoldAny) {
  TypeTable types;
  EXPECT_TRUE(types.Get(types.List(types.List(kAny))).is_open);
  EXPECT_FALSE(types.Get(types.List(types.List(kInt))).is_open);
}

TEST(TypeTable, NamesTypes) {
  TypeTable types;
  EXPECT_EQ(types.Name(types.List(types.List(kStr))), "list[list[str]]");
  EXPECT_EQ(types.Name(types.List(kAny)), "list");
  EXPECT_EQ(types.Name(types.Seq(kInt)), "seq[int]");
  EXPECT_EQ(types.Name(types.Builtin(1)), "a function");
}

}  // namespace
}  // namespace tests
