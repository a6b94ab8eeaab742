#pragma once
// The things on the heap. Every object is small (its header and a few words)
// and comes from the heap's slabs; bytes of strings and elements of lists
// stand in a buffer of their own when they do not fit inline. Counts are not
// atomic: values belong to the thread that runs the program. Since the language
// can form no cycle, counts are complete.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace runtime {

enum class Tag : uint64_t {
  None,
  Bool,
  Int,
  Float,
  Function,
  Builtin,
  // From here on the payload is an Object*.
  Str,
  List,
  Closure,
  Seq,
  Buffer,
};

struct Value;

struct Object {
  uint32_t references;
  uint32_t type;  // List: element TypeId; Closure, Seq: own TypeId; else unused
  Tag tag;
};

// Frees an object whose count has reached zero, and what only it held. Deep
// structures are freed without recursion.
void Destroy(Object* object) noexcept;

inline void Release(Object* object) {
  if (--object->references == 0) {
    Destroy(object);
  }
}

template <typename T>
T* Retain(T* object) {
  ++object->references;
  return object;
}

// Immutable once shared; a sole owner may append in place (heap.h). Short text
// stands where longer text keeps the capacity of its buffer, so that a string
// is one cell of 64 bytes.
struct Str : Object {
  static constexpr size_t kInlineBytes = 24;

  uint64_t size_bytes;
  uint64_t code_points;
  char* data;  // inline_data, or a buffer
  union {
    char inline_data[kInlineBytes];
    uint64_t buffer_bytes;  // only when data is a buffer
  };

  bool is_inline() const { return data == inline_data; }
  uint64_t capacity_bytes() const { return is_inline() ? kInlineBytes : buffer_bytes; }
  std::string_view view() const { return {data, size_bytes}; }
  bool is_ascii() const { return size_bytes == code_points; }
};

// `type` is the element TypeId: kInt and kBool, kFloat, kStr, or a list type;
// kAny while the list is empty and its type is not settled. Elements are
// unboxed: int64_t, double, bool (one byte each), Str* or List*.
struct List : Object {
  uint64_t size;
  uint64_t capacity;
  void* data;

  int64_t* ints() const { return static_cast<int64_t*>(data); }
  double* floats() const { return static_cast<double*>(data); }
  uint8_t* bools() const { return static_cast<uint8_t*>(data); }
  Object** objects() const { return static_cast<Object**>(data); }
};

// A lambda and the values it captured.
struct Closure : Object {
  uint32_t function;  // FunctionId
  uint32_t count;
  Value* captures() { return reinterpret_cast<Value*>(this + 1); }
};

// A lazy sequence is a recipe until it is consumed, once. Operands by kind:
//   Range      first, last (excluded), step
//   Map        function, source (a sequence, a list or a string)
//   Filter     predicate, source
//   Generator  the arguments of `function`, captures included, in the order of its locals
enum class SeqKind : uint8_t { Range, Map, Filter, Generator };

struct Seq : Object {
  SeqKind kind;
  bool consumed;
  uint32_t function;  // Generator only: FunctionId
  uint32_t count;
  Value* operands() { return reinterpret_cast<Value*>(this + 1); }
};

// What `buffer()` makes: text that grows.
struct Buffer : Object {
  Str* text;  // always the sole owner, except between text(b) and the next write
};

}  // namespace runtime
