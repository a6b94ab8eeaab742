// The rules by which lists get their element types (list_types.h).
//
// A list made empty keeps kAny until something says more. Since lists are
// shared by reference, the type stored in a list of lists may lag behind its
// elements: `let row = []`, `let rows = [row]`, `append(row, 1)`. The stored
// type is brought up to date when a more settled list is put beside them.
// Only an open list can be made to hold itself, so only there that is looked for.

#include "runtime/list_types.h"

#include <algorithm>

namespace runtime {

namespace {

List* ListAt(const List* list, uint64_t index) {
  return static_cast<List*>(list->objects()[index]);
}

bool IsListType(const TypeTable& types, TypeId type) { return types.Kind(type) == TypeKind::List; }
bool IsOpen(const TypeTable& types, TypeId type) { return types.Get(type).is_open; }

TypeId ElementTypeWithin(TypeTable& types, const List* list, uint32_t levels) {
  TypeId type = list->type;
  if (type == kAny || !IsOpen(types, type) || levels == 0) {
    return type;
  }
  for (uint64_t i = 0; i < list->size && IsOpen(types, type); ++i) {
    const TypeId inner = types.List(ElementTypeWithin(types, ListAt(list, i), levels - 1));
    if (!JoinTypes(types, type, inner, &type)) {
      break;  // found again, and reported, when the list is settled
    }
  }
  return type;
}

// Whether `target` is `from` or inside it. Closed lists hold only closed ones,
// and the target is open.
bool Reaches(const TypeTable& types, const List* from, const List* target, uint32_t levels) {
  if (from == target) {
    return true;
  }
  if (from->type == kAny || !IsOpen(types, from->type) || levels == 0) {
    return false;
  }
  for (uint64_t i = 0; i < from->size; ++i) {
    if (Reaches(types, ListAt(from, i), target, levels - 1)) {
      return true;
    }
  }
  return false;
}

uint32_t NestingOf(const TypeTable& types, const List* list, uint32_t levels) {
  uint32_t inside = 0;
  if (list->type != kAny && IsOpen(types, list->type)) {
    for (uint64_t i = 0; i < list->size && levels > 0; ++i) {
      inside = std::max(inside, NestingOf(types, ListAt(list, i), levels - 1));
    }
  }
  return 1 + std::max(inside, types.Get(list->type).depth);
}

Admission AdmitList(Context& context, List* list, List* value) {
  TypeTable& types = context.types;
  const TypeId known = types.List(value->type);
  if (list->type == known && !IsOpen(types, known)) {
    return Admission::Ok;
  }
  if (list->type != kAny && !IsListType(types, list->type)) {
    return Admission::Clash;
  }
  if (Reaches(types, value, list, TypeTable::kMaxDepth)) {
    return Admission::Cycle;
  }
  if (NestingOf(types, value, TypeTable::kMaxDepth) >= TypeTable::kMaxDepth) {
    return Admission::TooDeep;
  }
  TypeId joined;
  if (!JoinTypes(types, list->type, types.List(CurrentElementType(types, value)), &joined)) {
    return Admission::Clash;
  }
  if (joined != list->type && !SettleElements(context, list, joined)) {
    return Admission::Clash;
  }
  list->type = joined;
  return Settle(context, value, types.Element(joined)) ? Admission::Ok : Admission::Clash;
}

}  // namespace

TypeId CurrentElementType(TypeTable& types, const List* list) {
  return ElementTypeWithin(types, list, TypeTable::kMaxDepth);
}

bool JoinTypes(TypeTable& types, TypeId a, TypeId b, TypeId* joined) {
  if (a == b || b == kAny) {
    *joined = a;
    return true;
  }
  if (a == kAny) {
    *joined = b;
    return true;
  }
  TypeId element;
  if (!IsListType(types, a) || !IsListType(types, b) ||
      !JoinTypes(types, types.Element(a), types.Element(b), &element)) {
    return false;
  }
  *joined = types.List(element);
  return true;
}

bool Settle(Context& context, List* list, TypeId element) {
  TypeId joined;
  if (!JoinTypes(context.types, list->type, element, &joined)) {
    return false;
  }
  if (joined == list->type) {
    return true;
  }
  if (!SettleElements(context, list, joined)) {
    return false;
  }
  list->type = joined;
  return true;
}

bool SettleElements(Context& context, const List* list, TypeId element) {
  if (!IsListType(context.types, element)) {
    return true;
  }
  for (uint64_t i = 0; i < list->size; ++i) {
    if (!Settle(context, ListAt(list, i), context.types.Element(element))) {
      return false;
    }
  }
  return true;
}

Admission Admit(Context& context, List* list, Value value) {
  TypeId type = kNever;
  switch (value.tag) {
    case Tag::Int:
      type = kInt;
      break;
    case Tag::Float:
      type = kFloat;
      break;
    case Tag::Bool:
      type = kBool;
      break;
    case Tag::Str:
      type = kStr;
      break;
    case Tag::List:
      return AdmitList(context, list, value.list);
    case Tag::None:
    case Tag::Function:
    case Tag::Builtin:
    case Tag::Closure:
    case Tag::Seq:
    case Tag::Buffer:
      return Admission::NoElement;
  }
  if (list->type == kAny) {
    list->type = type;
  }
  return list->type == type ? Admission::Ok : Admission::Clash;
}

}  // namespace runtime
