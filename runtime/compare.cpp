// Equality and order. Whether two values can be compared follows from their
// types alone, so that an error does not depend on what a list happens to
// hold: a bool meets no number, functions and sequences meet nothing, none
// meets everything. int and float compare exactly.

#include "runtime/compare.h"

#include <algorithm>

#include "frontend/check.h"
#include "runtime/arith.h"
#include "runtime/error_texts.h"
#include "runtime/list_types.h"
#include "runtime/ops.h"
#include "runtime/poll.h"

namespace runtime {

namespace {

Order OrderOf(int sign) {
  return sign < 0 ? Order::Less : sign > 0 ? Order::Greater : Order::Equal;
}

Order Reversed(Order order) {
  return order == Order::Less ? Order::Greater : order == Order::Greater ? Order::Less : order;
}

Order CompareFloats(double a, double b) {
  return a < b ? Order::Less : a > b ? Order::Greater : a == b ? Order::Equal : Order::Unordered;
}

Order CompareIntWithFloat(int64_t a, double b) {
  const int sign = CompareIntFloat(a, b);
  return sign == 2 ? Order::Unordered : OrderOf(sign);
}

bool IsNumber(Tag tag) { return tag == Tag::Int || tag == Tag::Float; }

// Functions, sequences and buffers.
bool HasNoEquality(Tag tag) {
  return tag == Tag::Function || tag == Tag::Builtin || tag == Tag::Closure || tag == Tag::Seq ||
         tag == Tag::Buffer;
}

Order CompareNumbers(Value a, Value b) {
  if (a.tag == Tag::Int) {
    return b.tag == Tag::Int ? OrderOf(a.integer < b.integer ? -1 : a.integer > b.integer)
                             : CompareIntWithFloat(a.integer, b.real);
  }
  return b.tag == Tag::Int ? Reversed(CompareIntWithFloat(b.integer, a.real))
                           : CompareFloats(a.real, b.real);
}

bool FailCompare(Context& context, Value a, Value b) {
  return context.Fail(CompareText(DescribeType(context, a), DescribeType(context, b)));
}

// Whether elements of these types may be compared at all.
bool ElementsCompare(const TypeTable& types, TypeId a, TypeId b, bool for_order) {
  if (a == kAny || b == kAny) {
    return !for_order || (a != kBool && b != kBool);
  }
  if (types.Kind(a) == TypeKind::List && types.Kind(b) == TypeKind::List) {
    return ElementsCompare(types, types.Element(a), types.Element(b), for_order);
  }
  const auto is_number = [](TypeId type) { return type == kInt || type == kFloat; };
  if (for_order) {
    return (is_number(a) && is_number(b)) || (a == kStr && b == kStr);
  }
  return !((a == kBool && is_number(b)) || (b == kBool && is_number(a)));
}

bool CheckLists(Context& context, const List* a, const List* b, bool for_order) {
  return ElementsCompare(context.types, CurrentElementType(context.types, a),
                         CurrentElementType(context.types, b), for_order);
}

// The values at `index`, not retained.
Value Peek(Context& context, const List* list, uint64_t index) {
  Value element = ElementAt(context, list, index);
  if (element.is_object()) {
    --element.object->references;  // the list keeps it alive
  }
  return element;
}

// The lists' types have been checked. `levels` bounds the nesting that an open
// list may have reached behind the back of the lists around it.
bool EqualLists(Context& context, const List* a, const List* b, uint32_t levels, bool* out) {
  *out = false;
  if (levels == 0) {
    return context.Fail(NestedListText());
  }
  if (a->size != b->size) {
    return true;
  }
  for (uint64_t i = 0; i < a->size; ++i) {
    if (!Poll(context, i)) {
      return false;
    }
    const Value x = Peek(context, a, i);
    const Value y = Peek(context, b, i);
    bool same;
    if (x.tag == Tag::List && y.tag == Tag::List) {
      if (!EqualLists(context, x.list, y.list, levels - 1, &same)) {
        return false;
      }
    } else if (!Equal(context, x, y, &same)) {
      return false;
    }
    if (!same) {
      return true;
    }
  }
  *out = true;
  return true;
}

bool CompareLists(Context& context, const List* a, const List* b, uint32_t levels, Order* out) {
  if (levels == 0) {
    return context.Fail(NestedListText());
  }
  const uint64_t common = std::min(a->size, b->size);
  for (uint64_t i = 0; i < common; ++i) {
    if (!Poll(context, i)) {
      return false;
    }
    const Value x = Peek(context, a, i);
    const Value y = Peek(context, b, i);
    if (x.tag == Tag::List && y.tag == Tag::List) {
      if (!CompareLists(context, x.list, y.list, levels - 1, out)) {
        return false;
      }
    } else if (!Compare(context, x, y, out)) {
      return false;
    }
    if (*out != Order::Equal) {
      return true;
    }
  }
  *out = a->size < b->size ? Order::Less : a->size > b->size ? Order::Greater : Order::Equal;
  return true;
}

}  // namespace

bool Equal(Context& context, Value a, Value b, bool* out) {
  if (a.tag == Tag::None || b.tag == Tag::None) {
    *out = a.tag == b.tag;
    return true;
  }
  if (IsNumber(a.tag) && IsNumber(b.tag)) {
    *out = CompareNumbers(a, b) == Order::Equal;
    return true;
  }
  if (HasNoEquality(a.tag) || HasNoEquality(b.tag) || (a.tag == Tag::Bool && IsNumber(b.tag)) ||
      (b.tag == Tag::Bool && IsNumber(a.tag))) {
    return FailCompare(context, a, b);
  }
  if (a.tag != b.tag) {
    *out = false;
    return true;
  }
  if (a.tag == Tag::Bool) {
    *out = a.boolean == b.boolean;
    return true;
  }
  if (a.tag == Tag::Str) {
    *out = EqualStr(a.str, b.str);
    return true;
  }
  LAB_CHECK(a.tag == Tag::List);
  if (!CheckLists(context, a.list, b.list, false)) {
    return FailCompare(context, a, b);
  }
  return EqualLists(context, a.list, b.list, TypeTable::kMaxDepth, out);
}

bool Compare(Context& context, Value a, Value b, Order* out) {
  if (IsNumber(a.tag) && IsNumber(b.tag)) {
    *out = CompareNumbers(a, b);
    return true;
  }
  if (a.tag == Tag::Str && b.tag == Tag::Str) {
    *out = OrderOf(CompareStr(a.str, b.str));
    return true;
  }
  if (a.tag != Tag::List || b.tag != Tag::List || !CheckLists(context, a.list, b.list, true)) {
    return FailCompare(context, a, b);
  }
  return CompareLists(context, a.list, b.list, TypeTable::kMaxDepth, out);
}

}  // namespace runtime
