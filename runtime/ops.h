#pragma once
// Operators and built-ins on dynamic values. Arguments are borrowed, results
// owned. False means that context.failure is set.

#include <bit>
#include <span>
#include <string>

#include "frontend/ast.h"
#include "runtime/arith.h"
#include "runtime/context.h"
#include "runtime/value.h"

namespace runtime {

// The type of a value as it is now: List[element], Lambda..., kAny elements when not settled.
TypeId TypeOf(const Context& context, Value value);
// The same in the words of errors: "an int", "a list[str]", "none", "a function".
std::string DescribeType(const Context& context, Value value);

bool Binary(Context& context, frontend::BinaryOp op, Value a, Value b, Value* out);
// The same for operands of which the left one is the caller's to give away: takes it over, and where
// it is a string that nobody else holds, + makes it grow in place.
bool BinaryOfOwned(Context& context, frontend::BinaryOp op, Value owned_a, Value b, Value* out);
bool Negate(Context& context, Value a, Value* out);
bool Not(Context& context, Value a, Value* out);
// min or max of two values as Python chooses: the first unless the second is
// really smaller or larger. An int that meets a float gives a float.
bool Choose(Context& context, frontend::BuiltinId min_or_max, Value a, Value b, Value* out);
// Conditions take only bool.
bool Truth(Context& context, Value a, bool* out);
bool GetIndex(Context& context, Value object, Value index, Value* out);
bool SetIndex(Context& context, Value object, Value index, Value value);

// Always false; sets the failure of `a op b` in the one wording.
bool FailArith(Context& context, frontend::BinaryOp op, Arith error, Value a, Value b);
// The same for a math built-in.
bool FailMath(Context& context, frontend::BuiltinId builtin, Arith error,
              std::span<const Value> args);
bool FailIndex(Context& context, int64_t index, uint64_t size, bool is_str);

bool FailNegate(Context& context, Value a);

// Checks a declared type on entry: converts int to float, settles an empty
// list, else fails with "`x` must be a float, not a str". `value` is owned and replaced in place.
// kAny stands for a declared function type: any function passes.
bool CheckDeclared(Context& context, TypeId declared, std::string_view name, Value* value);

// Text. Format appends what `print` shows; Repr quotes strings.
bool Format(Context& context, Value value, std::string* out);
bool Repr(Context& context, Value value, std::string* out);
Str* StrOf(Context& context, Value value);  // null on failure; owned
Str* StrOfInt(Context& context, int64_t value);
// Appends to a string. Takes over the caller's reference to `str` and returns
// an owned one: the same object grown in place when it was the only reference.
// Null on failure (the reference is then gone).
Str* AppendStr(Context& context, Str* str, std::string_view text, uint64_t code_points);
Str* AppendInt(Context& context, Str* str, int64_t value);
Str* ConcatStr(Context& context, const Str* a, const Str* b);
Str* StrAt(Context& context, const Str* str, int64_t index);  // one code point; null on failure
int CompareStr(const Str* a, const Str* b);                   // by code point: <0, 0, >0
bool EqualStr(const Str* a, const Str* b);
// The code point that starts at byte `offset` as a new string; advances offset.
Str* NextCodePoint(Context& context, const Str* str, uint64_t* offset);

// What write() and join() do, on what is known to be of the right types.
bool WriteStr(Context& context, Buffer* buffer, std::string_view text, uint64_t code_points);
bool WriteInt(Context& context, Buffer* buffer, int64_t value);
Str* JoinStrs(Context& context, const Str* separator, const List* parts);  // null on failure

// Lists. The typed appends require a list whose element type is settled as theirs.
bool Append(Context& context, List* list, Value value);  // settles an empty list; borrows value
bool AppendSlow(Context& context, List* list, uint64_t bits);  // grows, then stores one element
inline bool AppendInt(Context& context, List* list, int64_t value) {
  if (list->size < list->capacity) [[likely]] {
    list->ints()[list->size++] = value;
    return true;
  }
  return AppendSlow(context, list, static_cast<uint64_t>(value));
}
inline bool AppendFloat(Context& context, List* list, double value) {
  if (list->size < list->capacity) [[likely]] {
    list->floats()[list->size++] = value;
    return true;
  }
  return AppendSlow(context, list, std::bit_cast<uint64_t>(value));
}
inline bool AppendBool(Context& context, List* list, bool value) {
  if (list->size < list->capacity) [[likely]] {
    list->bools()[list->size++] = value;
    return true;
  }
  return AppendSlow(context, list, value);
}
// Takes over the caller's reference to `object`, whatever happens.
inline bool AppendObject(Context& context, List* list, Object* object) {
  if (list->size < list->capacity) [[likely]] {
    list->objects()[list->size++] = object;
    return true;
  }
  return AppendSlow(context, list, reinterpret_cast<uintptr_t>(object));
}
// A literal: all values of one type, or a Type failure. Borrows them; null on failure.
List* NewListFromValues(Context& context, std::span<const Value> values);

// Counts a negative index from the end. False when it is outside.
inline bool IndexInRange(int64_t* index, uint64_t size) {
  if (*index < 0) {
    *index += static_cast<int64_t>(size);
  }
  return static_cast<uint64_t>(*index) < size;
}

bool Pop(Context& context, List* list, Value* out);
// The element as an owned Value; index already checked, 0-based.
Value ElementAt(const Context& context, const List* list, uint64_t index);
// a + b and list * count; null on failure.
List* ConcatList(Context& context, List* a, List* b);
List* RepeatList(Context& context, const List* list, int64_t count);
Str* RepeatStr(Context& context, const Str* str, int64_t count);

// Calls a built-in that needs no engine: everything except the consumers of
// sequences (sum, min and max of one argument, any, all, list, join) and calls of functions.
// map, filter and range make a Seq.
bool CallBuiltin(Context& context, frontend::BuiltinId builtin, std::span<const Value> args,
                 Value* out);

}  // namespace runtime
