// The representation of each type, and from it back to a boxed value.

#include "runtime/rep.h"

#include "frontend/check.h"

namespace runtime {

Rep RepOf(const TypeTable& types, TypeId type) {
  switch (types.Kind(type)) {
    case TypeKind::Never:
    case TypeKind::None:
    case TypeKind::Function:
    case TypeKind::Builtin:
      return Rep::Unit;
    case TypeKind::Bool:
      return Rep::Bool;
    case TypeKind::Int:
      return Rep::Int;
    case TypeKind::Float:
      return Rep::Float;
    case TypeKind::Str:
    case TypeKind::Buffer:
    case TypeKind::List:
    case TypeKind::Seq:
    case TypeKind::Lambda:
      return Rep::Ref;
    case TypeKind::Any:
      return Rep::Value;
    case TypeKind::Cell:
      break;
  }
  LAB_CHECK(false);
  return Rep::Unit;
}

Tag TagOf(TypeKind kind) {
  switch (kind) {
    case TypeKind::Bool:
      return Tag::Bool;
    case TypeKind::Int:
      return Tag::Int;
    case TypeKind::Float:
      return Tag::Float;
    case TypeKind::Str:
      return Tag::Str;
    case TypeKind::Buffer:
      return Tag::Buffer;
    case TypeKind::List:
      return Tag::List;
    case TypeKind::Seq:
      return Tag::Seq;
    case TypeKind::Lambda:
      return Tag::Closure;
    case TypeKind::Function:
      return Tag::Function;
    case TypeKind::Builtin:
      return Tag::Builtin;
    case TypeKind::Never:
    case TypeKind::None:
    case TypeKind::Any:
    case TypeKind::Cell:
      break;
  }
  return Tag::None;
}

Value Box(Rep rep, TypeId type, const TypeTable& types, uint64_t bits) {
  Value value = Value::None();
  value.bits = bits;
  switch (rep) {
    case Rep::Int:
      value.tag = Tag::Int;
      return value;
    case Rep::Float:
      value.tag = Tag::Float;
      return value;
    case Rep::Bool:
      return Value::Bool(value.boolean);
    case Rep::Ref:
      return Value::Of(value.object);
    case Rep::Unit:
      value.tag = TagOf(types.Kind(type));
      value.bits = types.Get(type).index;
      return value;
    case Rep::Value:
      break;
  }
  LAB_CHECK(false);
  return Value::None();
}

}  // namespace runtime
