#pragma once
// A value in dynamic code: 16 bytes, trivially copyable, so that it travels in
// two registers. Reference counts are moved by hand (Retain, Release): a
// destructor would force every Value through memory, which costs a tree-walker
// 20 to 35 %. Typed code holds the bare payload instead.
//
// Convention everywhere: arguments are borrowed and results are owned, unless
// a comment says otherwise.

#include <cstdint>

#include "frontend/program.h"
#include "runtime/object.h"

namespace runtime {

struct Value {
  Tag tag;
  union {
    bool boolean;
    int64_t integer;
    double real;
    uint64_t id;  // Tag::Function: FunctionId; Tag::Builtin: BuiltinId
    Object* object;
    Str* str;
    List* list;
    Closure* closure;
    Seq* seq;
    Buffer* buffer;
    uint64_t bits;
  };

  static Value None() { return Make(Tag::None, 0); }
  static Value Bool(bool value) { return Make(Tag::Bool, value ? 1 : 0); }
  static Value Int(int64_t value) { return Make(Tag::Int, static_cast<uint64_t>(value)); }
  static Value Float(double value) {
    Value result;
    result.tag = Tag::Float;
    result.real = value;
    return result;
  }
  static Value Function(frontend::FunctionId id) { return Make(Tag::Function, id); }
  static Value Builtin(frontend::BuiltinId id) { return Make(Tag::Builtin, id); }
  // Takes over the caller's reference.
  static Value Of(Object* object) {
    Value result;
    result.tag = object->tag;
    result.object = object;
    return result;
  }

  bool is_object() const { return tag >= Tag::Str; }

 private:
  static Value Make(Tag tag, uint64_t bits) {
    Value result;
    result.tag = tag;
    result.bits = bits;
    return result;
  }
};
static_assert(sizeof(Value) == 16);

inline Value Retain(Value value) {
  if (value.is_object()) {
    ++value.object->references;
  }
  return value;
}

inline void Release(Value value) {
  if (value.is_object()) {
    Release(value.object);
  }
}

}  // namespace runtime
