// Lists: making, growing, reading, joining. What type of element a list takes
// is decided in list_types.cpp. Tests: tests/runtime/lists_test.cpp.

#include <algorithm>
#include <cstring>

#include "frontend/check.h"
#include "runtime/error_texts.h"
#include "runtime/list_types.h"
#include "runtime/mutant.h"
#include "runtime/ops.h"
#include "runtime/poll.h"

namespace runtime {

namespace {

void StoreElement(List* list, uint64_t index, uint64_t bits) {
  if (list->type == kBool) {
    list->bools()[index] = static_cast<uint8_t>(bits);
  } else {
    list->ints()[index] = static_cast<int64_t>(bits);
  }
}

// The failure of an admission that was not Ok.
bool FailAdmission(Context& context, Admission admission, Value value, Failure clash) {
  switch (admission) {
    case Admission::NoElement:
      return context.Fail(ElementText(DescribeType(context, value)));
    case Admission::Clash:
      return context.Fail(std::move(clash));
    case Admission::TooDeep:
      return context.Fail(NestedListText());
    case Admission::Cycle:
      return context.Fail(CyclicListText());
    case Admission::Ok:
      break;
  }
  LAB_CHECK(false);
  return false;
}

// Copies `count` elements to the end of `to`, which has room for them.
bool CopyElements(Context& context, const List* from, uint64_t count, List* to) {
  const uint64_t element_bytes = ElementBytes(to->type);
  const bool objects = HoldsObjects(to->type);
  for (uint64_t done = 0; done < count;) {
    const uint64_t step = std::min(count - done, kPollElements);
    std::memcpy(static_cast<char*>(to->data) + to->size * element_bytes,
                static_cast<const char*>(from->data) + done * element_bytes, step * element_bytes);
    if (objects) {
      for (uint64_t i = 0; i < step; ++i) {
        Retain(from->objects()[done + i]);
      }
    }
    to->size += step;
    done += step;
    if (context.interrupted()) {
      return context.FailInterrupted();
    }
  }
  return true;
}

List* NewListOrFail(Context& context, TypeId element, uint64_t capacity) {
  List* list = context.heap.NewList(element, capacity);
  if (list == nullptr) {
    context.FailMemory();
  }
  return list;
}

}  // namespace

bool AppendSlow(Context& context, List* list, uint64_t bits) {
  if (list->size == list->capacity && !context.heap.Grow(list, 1)) {
    if (HoldsObjects(list->type)) {
      Release(reinterpret_cast<Object*>(bits));
    }
    return context.FailMemory();
  }
  StoreElement(list, list->size, bits);
  ++list->size;
  return true;
}

bool Append(Context& context, List* list, Value value) {
  const Admission admission = Admit(context, list, value);
  if (admission != Admission::Ok) [[unlikely]] {
    return FailAdmission(
        context, admission, value,
        AppendText(DescribeType(context, value), DescribeType(context, Value::Of(list))));
  }
  return AppendSlow(context, list, Retain(value).bits);
}

List* NewListFromValues(Context& context, std::span<const Value> values) {
  // The first value settles the type, and with it the room: one allocation, as
  // engines that know the type make it.
  List probe{};
  probe.tag = Tag::List;
  probe.type = kAny;
  if (!values.empty()) {
    Admit(context, &probe, values[0]);
  }
  List* list = NewListOrFail(context, probe.type, values.size());
  if (list == nullptr) {
    return nullptr;
  }
  for (const Value& value : values) {
    const Admission admission = Admit(context, list, value);
    if (admission != Admission::Ok) {
      FailAdmission(context, admission, value,
                    MixedListText(DescribeType(context, LAB_MUTANT(207, values[0], value)),
                                  DescribeType(context, value)));
      Release(list);
      return nullptr;
    }
    StoreElement(list, list->size, Retain(value).bits);
    ++list->size;
  }
  return list;
}

bool Pop(Context& context, List* list, Value* out) {
  if (list->size == 0) {
    return context.Fail(PopText());
  }
  *out = ElementAt(context, list, list->size - 1);
  --list->size;
  if (out->is_object()) {
    Release(*out);  // the list's own reference; `out` keeps the other
  }
  return true;
}

Value ElementAt(const Context&, const List* list, uint64_t index) {
  switch (list->type) {
    case kInt:
      return Value::Int(list->ints()[index]);
    case kFloat:
      return Value::Float(list->floats()[index]);
    case kBool:
      return Value::Bool(list->bools()[index] != 0);
    default:  // the type ids are open-ended: a str or a list
      return Value::Of(Retain(list->objects()[index]));
  }
}

List* ConcatList(Context& context, List* a, List* b) {
  TypeId element;
  if (!JoinTypes(context.types, CurrentElementType(context.types, a),
                 CurrentElementType(context.types, b), &element) ||
      (element != a->type && !SettleElements(context, a, element)) ||
      (element != b->type && !SettleElements(context, b, element))) {
    context.Fail(
        JoinListsText(DescribeType(context, Value::Of(a)), DescribeType(context, Value::Of(b))));
    return nullptr;
  }
  List* list = NewListOrFail(context, element, a->size + b->size);
  if (list == nullptr) {
    return nullptr;
  }
  if (!CopyElements(context, a, a->size, list) || !CopyElements(context, b, b->size, list)) {
    Release(list);
    return nullptr;
  }
  return list;
}

List* RepeatList(Context& context, const List* list, int64_t count) {
  const uint64_t times = count < 0 ? 0 : static_cast<uint64_t>(count);
  uint64_t size;
  if (__builtin_mul_overflow(list->size, times, &size)) {
    context.FailMemory(UINT64_MAX);
    return nullptr;
  }
  List* repeated = NewListOrFail(context, list->type, size);
  if (repeated == nullptr) {
    return nullptr;
  }
  while (repeated->size < size) {
    // What is there is copied again, so that short lists are not copied one by one.
    const List* from = repeated->size == 0 ? list : repeated;
    if (!CopyElements(context, from, std::min(from->size, size - repeated->size), repeated)) {
      Release(repeated);
      return nullptr;
    }
  }
  return repeated;
}

bool SetIndex(Context& context, Value object, Value index, Value value) {
  if (object.tag != Tag::List) {
    return context.Fail(object.tag == Tag::Str ? FixedElementText()
                                               : NotIndexableText(DescribeType(context, object)));
  }
  if (index.tag != Tag::Int) {
    return context.Fail(IndexTypeText(DescribeType(context, index)));
  }
  List* list = object.list;
  int64_t at = index.integer;
  if (!IndexInRange(&at, list->size)) {
    return FailIndex(context, index.integer, list->size, false);
  }
  const Admission admission = Admit(context, list, value);
  if (admission != Admission::Ok) {
    return FailAdmission(context, admission, value,
                         StoreText(DescribeType(context, value), DescribeType(context, object)));
  }
  const auto position = static_cast<uint64_t>(at);
  Object* old = HoldsObjects(list->type) ? list->objects()[position] : nullptr;
  StoreElement(list, position, Retain(value).bits);
  if (old != nullptr) {
    Release(old);
  }
  return true;
}

}  // namespace runtime
