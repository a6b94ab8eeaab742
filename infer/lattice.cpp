// Joins of types, and what declarations accept. Cells stand in cells.cpp.

#include "infer/lattice.h"

#include "frontend/check.h"
#include "runtime/mutant.h"

namespace infer {

using frontend::TypeExprKind;
using runtime::kAny;
using runtime::kBool;
using runtime::kFloat;
using runtime::kInt;
using runtime::kNever;
using runtime::kNone;
using runtime::kStr;
using runtime::TypeKind;
using runtime::TypeTable;

TypeId Lattice::List(TypeId element) {
  if (types_.Get(element).depth >= TypeTable::kMaxDepth) {
    Escape(element);
  }
  return types_.List(element);
}

TypeId Lattice::Seq(TypeId element) {
  if (types_.Get(element).depth >= TypeTable::kMaxDepth) {
    Escape(element);
  }
  return types_.Seq(element);
}

TypeId Lattice::Lambda(frontend::FunctionId function, std::span<const TypeId> captures) {
  for (const TypeId capture : captures) {
    if (types_.Get(capture).depth >= TypeTable::kMaxDepth) {
      Escape(capture);
    }
  }
  return types_.Lambda(function, captures);
}

TypeId Lattice::Join(TypeId a, TypeId b) {
  if (a == b || b == kNever) {
    return a;
  }
  if (a == kNever) {
    return b;
  }
  const TypeKind kind = types_.Kind(a);
  if (kind == types_.Kind(b) && (kind == TypeKind::List || kind == TypeKind::Seq)) {
    const TypeId first = types_.Element(a);
    const TypeId second = types_.Element(b);
    const TypeId element = JoinElements(first, second);
    if (element == first) {
      return a;
    }
    if (element == second) {
      return b;
    }
    return kind == TypeKind::List ? List(element) : Seq(element);
  }
  if (HasCell(a) && HasCell(b) && Normal(a) == Normal(b)) {
    return a;
  }
  Escape(a);
  Escape(b);
  return LAB_MUTANT(401, kAny, b);
}

TypeId Lattice::JoinElements(TypeId a, TypeId b) {
  if (IsCell(a) && IsCell(b)) {
    Unify(CellOf(a), CellOf(b));
    return a;
  }
  if (IsCell(a)) {
    Pour(CellOf(a), b);
    return a;
  }
  if (IsCell(b)) {
    Pour(CellOf(b), a);
    return b;
  }
  // Cells can make a type nest deeper than its id says.
  if (join_depth_ > TypeTable::kMaxDepth) {
    Escape(a);
    Escape(b);
    return kAny;
  }
  ++join_depth_;
  const TypeId joined = Join(a, b);
  --join_depth_;
  return joined;
}

TypeId Lattice::Storable(TypeId value) {
  TypeId innermost = value;
  while (IsList(innermost)) {
    innermost = Element(innermost);
  }
  if (LAB_MUTANT(402, innermost != kAny, true) || value == kAny) {
    return value;
  }
  Escape(value);
  return kAny;
}

void Lattice::Store(TypeId list, TypeId value) {
  if (value == kNever || list == kNever) {
    return;
  }
  if (IsList(list)) {
    value = Storable(value);
    // Joined for what it does to cells: a list that is settled stays as it is.
    JoinElements(types_.Element(list), value);
    return;
  }
  Escape(list);
  Escape(value);
}

TypeId Lattice::ElementOf(TypeId source) {
  switch (types_.Kind(source)) {
    case TypeKind::List:
    case TypeKind::Seq:
      return Element(source);
    case TypeKind::Str:
      return kStr;
    case TypeKind::Any:
      return kAny;
    case TypeKind::Never:
    case TypeKind::None:
    case TypeKind::Bool:
    case TypeKind::Int:
    case TypeKind::Float:
    case TypeKind::Buffer:
    case TypeKind::Function:
    case TypeKind::Builtin:
    case TypeKind::Lambda:
    case TypeKind::Cell:
      return kNever;
  }
  return kNever;
}

TypeId Lattice::Accept(const frontend::TypeExpr* declared, TypeId argument) {
  if (declared == nullptr || argument == kNever) {
    return argument;
  }
  const auto only = [&](TypeId type) {
    return argument == type || argument == kAny ? type : kNever;
  };
  TypeId accepted = kNever;
  switch (declared->kind) {
    case TypeExprKind::Int:
    case TypeExprKind::I32:
      accepted = only(kInt);
      break;
    case TypeExprKind::Float:
    case TypeExprKind::F32:
      accepted = argument == kInt ? LAB_MUTANT(403, kFloat, kInt) : only(kFloat);
      break;
    case TypeExprKind::Bool:
      accepted = only(kBool);
      break;
    case TypeExprKind::Str:
      accepted = only(kStr);
      break;
    case TypeExprKind::None:
      accepted = only(kNone);
      break;
    case TypeExprKind::List: {
      const TypeId list = types_.FromDeclaration(*declared);
      if (argument == kAny) {
        return list;
      }
      if (IsList(argument) && Fits(types_.Element(list), types_.Element(argument))) {
        // list[fn() -> int] says less than the argument does.
        return types_.Get(list).is_open ? argument : list;
      }
      break;
    }
    case TypeExprKind::Seq:
      if (argument == kAny) {
        return types_.Seq(kAny);
      }
      accepted = types_.Kind(argument) == TypeKind::Seq ? argument : kNever;
      break;
    case TypeExprKind::Function: {
      const TypeKind kind = types_.Kind(argument);
      const bool is_function = kind == TypeKind::Function || kind == TypeKind::Builtin ||
                               kind == TypeKind::Lambda || kind == TypeKind::Any;
      accepted = is_function ? argument : kNever;
      break;
    }
  }
  if (accepted == kNever) {
    Escape(argument);
  }
  return accepted;
}

// A list whose elements are not settled may turn out to fit: run time will tell.
bool Lattice::Fits(TypeId declared, TypeId argument) {
  if (IsCell(argument)) {
    Pour(CellOf(argument), declared);
    return true;
  }
  if (IsList(declared) && IsList(argument)) {
    return Fits(types_.Element(declared), types_.Element(argument));
  }
  return declared == argument || declared == kAny || argument == kAny;
}

}  // namespace infer
