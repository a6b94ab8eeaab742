// The representation of each type, the same choice as the interpreter's.

#include "jit/rep.h"

#include "frontend/check.h"

namespace jit {

Rep RepOf(const runtime::TypeTable& types, runtime::TypeId type) {
  switch (types.Kind(type)) {
    case runtime::TypeKind::Never:
    case runtime::TypeKind::None:
    case runtime::TypeKind::Function:
    case runtime::TypeKind::Builtin:
      return Rep::Unit;
    case runtime::TypeKind::Bool:
      return Rep::Bool;
    case runtime::TypeKind::Int:
      return Rep::Int;
    case runtime::TypeKind::Float:
      return Rep::Float;
    case runtime::TypeKind::Str:
    case runtime::TypeKind::Buffer:
    case runtime::TypeKind::List:
    case runtime::TypeKind::Seq:
    case runtime::TypeKind::Lambda:
      return Rep::Ref;
    case runtime::TypeKind::Any:
      return Rep::Value;
    case runtime::TypeKind::Cell:
      break;
  }
  LAB_CHECK(false);
  return Rep::Unit;
}

runtime::Tag TagOf(runtime::TypeKind kind) {
  switch (kind) {
    case runtime::TypeKind::Bool:
      return runtime::Tag::Bool;
    case runtime::TypeKind::Int:
      return runtime::Tag::Int;
    case runtime::TypeKind::Float:
      return runtime::Tag::Float;
    case runtime::TypeKind::Str:
      return runtime::Tag::Str;
    case runtime::TypeKind::Buffer:
      return runtime::Tag::Buffer;
    case runtime::TypeKind::List:
      return runtime::Tag::List;
    case runtime::TypeKind::Seq:
      return runtime::Tag::Seq;
    case runtime::TypeKind::Lambda:
      return runtime::Tag::Closure;
    case runtime::TypeKind::Function:
      return runtime::Tag::Function;
    case runtime::TypeKind::Builtin:
      return runtime::Tag::Builtin;
    case runtime::TypeKind::Never:
    case runtime::TypeKind::None:
    case runtime::TypeKind::Any:
    case runtime::TypeKind::Cell:
      break;
  }
  return runtime::Tag::None;
}

}  // namespace jit
