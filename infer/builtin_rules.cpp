// What calls of built-ins return, and what they store.

#include "infer/analysis.h"

namespace infer {

using runtime::BuiltinKind;
using runtime::kAny;
using runtime::kBool;
using runtime::kBuffer;
using runtime::kFloat;
using runtime::kInt;
using runtime::kNever;
using runtime::kNone;
using runtime::kStr;
using runtime::TypeKind;

namespace {

bool IsNumber(TypeId type) { return type == kInt || type == kFloat; }

}  // namespace

TypeId Analysis::CallBuiltin(BuiltinKind builtin, std::span<const TypeId> args,
                             const frontend::Expr* site) {
  switch (builtin) {
    case BuiltinKind::Pi:
    case BuiltinKind::E:
    case BuiltinKind::Inf:
    case BuiltinKind::Nan:
      return kNever;  // constants are no functions
    case BuiltinKind::Abs:
      return NumberKept(args[0]);
    case BuiltinKind::Min:
    case BuiltinKind::Max:
      return ExtremeType(args);
    case BuiltinKind::Fabs:
    case BuiltinKind::Sqrt:
    case BuiltinKind::Sin:
    case BuiltinKind::Cos:
    case BuiltinKind::Tan:
    case BuiltinKind::Asin:
    case BuiltinKind::Acos:
    case BuiltinKind::Atan:
    case BuiltinKind::Atan2:
    case BuiltinKind::Exp:
    case BuiltinKind::Log:
    case BuiltinKind::Log2:
    case BuiltinKind::Log10:
    case BuiltinKind::Pow:
    case BuiltinKind::Hypot:
    case BuiltinKind::Float:
    case BuiltinKind::Clock:
      for (const TypeId arg : args) {
        lattice_.Escape(arg);
      }
      return kFloat;
    case BuiltinKind::Floor:
    case BuiltinKind::Ceil:
    case BuiltinKind::Round:
    case BuiltinKind::Int:
      lattice_.Escape(args[0]);
      return kInt;
    case BuiltinKind::Len:
      return kInt;
    case BuiltinKind::Str:
    case BuiltinKind::Join:
    case BuiltinKind::Text:
      return kStr;
    case BuiltinKind::Bool:
    case BuiltinKind::Any:
    case BuiltinKind::All:
      return kBool;
    case BuiltinKind::Range:
      for (const TypeId arg : args) {
        lattice_.Escape(arg);
      }
      return types_.Seq(kInt);
    case BuiltinKind::Map:
      return MapType(args[0], args[1]);
    case BuiltinKind::Filter:
      return FilterType(args[0], args[1]);
    case BuiltinKind::Sum:
      return SumType(args);
    case BuiltinKind::List:
      return ListType(args[0], site);
    case BuiltinKind::Append:
      if (types_.Kind(args[0]) != TypeKind::List && args[0] != kAny) {
        lattice_.Escape(args[1]);
        return kNever;
      }
      lattice_.Store(args[0], args[1]);
      return kNone;
    case BuiltinKind::Pop:
      if (types_.Kind(args[0]) == TypeKind::List) {
        return lattice_.Element(args[0]);
      }
      return args[0] == kAny ? kAny : kNever;
    case BuiltinKind::Buffer:
      return kBuffer;
    case BuiltinKind::Write:
    case BuiltinKind::Print:
    case BuiltinKind::Assert:
      return kNone;
    case BuiltinKind::Error:
      return kNever;
    case BuiltinKind::Keep:
      return args[0];
  }
  return kNever;
}

TypeId Analysis::NumberKept(TypeId argument) {
  if (IsNumber(argument) || argument == kAny) {
    return argument;
  }
  lattice_.Escape(argument);
  return kNever;
}

TypeId Analysis::MapType(TypeId function, TypeId source) {
  if (!CanIterate(source)) {
    lattice_.Escape(source);
    return kNever;
  }
  const TypeId element = lattice_.ElementOf(source);
  if (element == kNever) {
    return types_.Seq(kNever);
  }
  VersionId version = kNoVersion;
  return lattice_.Seq(CallValue(function, {&element, 1}, &version));
}

TypeId Analysis::FilterType(TypeId function, TypeId source) {
  const TypeId mapped = MapType(function, source);
  return mapped == kNever ? kNever : lattice_.Seq(lattice_.ElementOf(source));
}

TypeId Analysis::ListType(TypeId source, const frontend::Expr* site) {
  if (!CanIterate(source)) {
    lattice_.Escape(source);
    return kNever;
  }
  const TypeId element = lattice_.ElementOf(source);
  if (site == nullptr) {
    // Called by map, for each element: no place of its own in the program.
    lattice_.Escape(element);
    return types_.List(kAny);
  }
  const TypeId list = versions_.OpenListOf(pass_.version, *site);
  lattice_.Store(list, element);
  return list;
}

TypeId Analysis::SumType(std::span<const TypeId> args) {
  const TypeId element = lattice_.ElementOf(args[0]);
  if (!CanIterate(args[0])) {
    lattice_.Escape(args[0]);
    return kNever;
  }
  if (args.size() == 1) {
    return NumberKept(element);
  }
  const TypeId start = args[1];
  if (element == kNever) {
    // A sequence that never has an element gives the start value back.
    return versions_.IsAtRest(pass_.version) ? start : kNever;
  }
  if ((!IsNumber(element) && element != kAny) || (!IsNumber(start) && start != kAny)) {
    lattice_.Escape(element);
    lattice_.Escape(start);
    return kAny;  // of nothing, the start; else an error
  }
  // Of nothing, the sum is the start itself: an int start of floats may stay one.
  if (start == kFloat) {
    return kFloat;
  }
  return element == kInt && start == kInt ? kInt : kAny;
}

TypeId Analysis::ExtremeType(std::span<const TypeId> args) {
  if (args.size() == 1) {
    const TypeId element = lattice_.ElementOf(args[0]);
    const bool is_ordered = IsNumber(element) || element == kStr || element == kAny;
    if (!is_ordered) {
      lattice_.Escape(args[0]);
    }
    return is_ordered ? element : kNever;
  }
  bool has_float = false;
  bool has_any = false;
  bool has_str = false;
  bool has_number = false;
  for (const TypeId arg : args) {
    has_float = has_float || arg == kFloat;
    has_any = has_any || arg == kAny;
    has_str = has_str || arg == kStr;
    has_number = has_number || IsNumber(arg);
    if (!IsNumber(arg) && arg != kStr && arg != kAny) {
      lattice_.Escape(arg);
      return kNever;
    }
  }
  if (has_str) {
    return has_number ? kNever : has_any ? kAny : kStr;
  }
  return has_any ? kAny : has_float ? kFloat : kInt;
}

}  // namespace infer
