// The interned types: kinds, names, and the types that declarations ask for.

#include "runtime/type.h"

#include <algorithm>
#include <utility>

#include "frontend/check.h"

namespace runtime {

namespace {

uint64_t Hash(TypeKind kind, uint32_t index, std::span<const TypeId> args) {
  constexpr uint64_t kFactor = 0x9e3779b97f4a7c15;
  uint64_t hash = (static_cast<uint64_t>(kind) << 32 | index) * kFactor;
  for (const TypeId arg : args) {
    hash = (hash ^ (hash >> 29) ^ arg) * kFactor;
  }
  return hash;
}

}  // namespace

TypeTable::TypeTable() {
  for (const TypeKind kind : {TypeKind::Never, TypeKind::None, TypeKind::Bool, TypeKind::Int,
                              TypeKind::Float, TypeKind::Str, TypeKind::Buffer, TypeKind::Any}) {
    types_.push_back({.kind = kind, .is_open = kind == TypeKind::Any});
  }
  LAB_CHECK(Kind(kAny) == TypeKind::Any);
}

TypeId TypeTable::Intern(TypeKind kind, uint32_t index, std::vector<TypeId> args) {
  uint32_t depth = 0;
  bool is_open = false;
  for (TypeId& arg : args) {
    if (Get(arg).depth >= kMaxDepth) {
      arg = kAny;
    }
    depth = std::max(depth, Get(arg).depth + 1);
    is_open |= Get(arg).is_open;
  }
  const uint64_t hash = Hash(kind, index, args);
  const auto [first, last] = ids_.equal_range(hash);
  for (auto it = first; it != last; ++it) {
    const Type& known = Get(it->second);
    if (known.kind == kind && known.index == index && known.args == args) {
      return it->second;
    }
  }
  const auto id = static_cast<TypeId>(types_.size());
  types_.push_back({kind, index, depth, std::move(args), is_open});
  ids_.emplace(hash, id);
  return id;
}

TypeId TypeTable::NewListType(TypeId element) {
  const TypeId id = Intern(TypeKind::List, 0, {element});
  if (list_of_.size() <= element) {
    list_of_.resize(types_.size(), kNever);
  }
  list_of_[element] = id;
  return id;
}

TypeId TypeTable::Seq(TypeId element) { return Intern(TypeKind::Seq, 0, {element}); }

TypeId TypeTable::Function(frontend::FunctionId function) {
  return Intern(TypeKind::Function, function, {});
}

TypeId TypeTable::Builtin(frontend::BuiltinId builtin) {
  return Intern(TypeKind::Builtin, builtin, {});
}

TypeId TypeTable::Lambda(frontend::FunctionId function, std::span<const TypeId> captures) {
  return Intern(TypeKind::Lambda, function, {captures.begin(), captures.end()});
}

TypeId TypeTable::Cell(uint32_t index) { return Intern(TypeKind::Cell, index, {}); }

TypeId TypeTable::FromDeclaration(const frontend::TypeExpr& type) {
  using frontend::TypeExprKind;
  switch (type.kind) {
    case TypeExprKind::Int:
    case TypeExprKind::I32:
      return kInt;
    case TypeExprKind::Float:
    case TypeExprKind::F32:
      return kFloat;
    case TypeExprKind::Bool:
      return kBool;
    case TypeExprKind::Str:
      return kStr;
    case TypeExprKind::None:
      return kNone;
    case TypeExprKind::List:
      return List(FromDeclaration(*type.args[0]));
    case TypeExprKind::Seq:
      return Seq(FromDeclaration(*type.args[0]));
    case TypeExprKind::Function:
      return kAny;
  }
  LAB_CHECK(false);
  return kAny;
}

std::string TypeTable::Name(TypeId id) const {
  const Type& type = Get(id);
  switch (type.kind) {
    case TypeKind::Never:
      return "no value";
    case TypeKind::None:
      return "none";
    case TypeKind::Bool:
      return "bool";
    case TypeKind::Int:
      return "int";
    case TypeKind::Float:
      return "float";
    case TypeKind::Str:
      return "str";
    case TypeKind::Buffer:
      return "buffer";
    case TypeKind::List:
      return type.args[0] == kAny ? "list" : "list[" + Name(type.args[0]) + "]";
    case TypeKind::Seq:
      return type.args[0] == kAny ? "seq" : "seq[" + Name(type.args[0]) + "]";
    case TypeKind::Function:
    case TypeKind::Builtin:
    case TypeKind::Lambda:
      return "a function";
    case TypeKind::Any:
      return "any value";
    case TypeKind::Cell:
      return "a type still open";
  }
  LAB_CHECK(false);
  return {};
}

}  // namespace runtime
