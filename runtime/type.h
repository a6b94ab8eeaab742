#pragma once
// The types of values, interned: equal types have equal ids, so engines compare
// and hash them as integers. A list carries the id of its element type at run
// time; inference uses the same table (plus Cell, which never leaves it).

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "frontend/program.h"

namespace runtime {

enum class TypeKind : uint8_t {
  Never,  // no value: the expression does not return
  None,
  Bool,
  Int,
  Float,
  Str,
  Buffer,
  List,      // args: element; Any when it is not settled
  Seq,       // args: element; Any when it is not settled
  Function,  // index: FunctionId of a def, bench or extern
  Builtin,   // index: BuiltinId
  Lambda,    // index: FunctionId; args: types of the captures
  Any,       // not known before run time: the value carries its tag
  Cell,      // index: an element type still being inferred; inference only
};

using TypeId = uint32_t;

// The types without arguments have fixed ids.
inline constexpr TypeId kNever = 0;
inline constexpr TypeId kNone = 1;
inline constexpr TypeId kBool = 2;
inline constexpr TypeId kInt = 3;
inline constexpr TypeId kFloat = 4;
inline constexpr TypeId kStr = 5;
inline constexpr TypeId kBuffer = 6;
inline constexpr TypeId kAny = 7;

struct Type {
  TypeKind kind;
  uint32_t index = 0;
  uint32_t depth = 0;  // nesting of args; 0 without args
  std::vector<TypeId> args = {};
  bool is_open = false;  // it, or something inside, is Any: a list not settled yet
};

class TypeTable {
 public:
  // Deeper nesting is not represented: the inner type becomes Any.
  static constexpr uint32_t kMaxDepth = 8;

  TypeTable();
  TypeTable(const TypeTable&) = delete;
  TypeTable& operator=(const TypeTable&) = delete;

  const Type& Get(TypeId id) const { return types_[id]; }
  TypeKind Kind(TypeId id) const { return types_[id].kind; }
  // The element of a List or Seq.
  TypeId Element(TypeId id) const { return types_[id].args[0]; }

  TypeId List(TypeId element) {
    const TypeId known = element < list_of_.size() ? list_of_[element] : kNever;
    return known != kNever ? known : NewListType(element);
  }
  TypeId Seq(TypeId element);
  TypeId Function(frontend::FunctionId function);
  TypeId Builtin(frontend::BuiltinId builtin);
  TypeId Lambda(frontend::FunctionId function, std::span<const TypeId> captures);
  TypeId Cell(uint32_t index);

  // The run-time type a declaration asks for; F32 is float, I32 is int; a
  // declared function type is Any (only "is a function" is checked).
  TypeId FromDeclaration(const frontend::TypeExpr& type);

  // "list[int]", "a function", "any value" ... as error texts name it.
  std::string Name(TypeId id) const;

 private:
  TypeId NewListType(TypeId element);
  TypeId Intern(TypeKind kind, uint32_t index, std::vector<TypeId> args);

  std::deque<Type> types_;
  std::unordered_multimap<uint64_t, TypeId> ids_;
  std::vector<TypeId> list_of_;  // by element; kNever: not made yet
};

}  // namespace runtime
