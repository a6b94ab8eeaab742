#pragma once
// Which variables and functions of a program get types of C in Cython, and what Cython then knows
// of a term. Operators mean C's operations where it knows of both operands, else Python's.
//
// What is declared is typed, and in functions that declare the types of all their parameters also
// what follows from that at once: floats made of typed floats, as Cython itself infers them, and
// the variables of loops between typed ints. All else stays a Python object.

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "emit/emit.h"
#include "emit/tree.h"

namespace emit {

// What Cython takes a term for.
enum class Native : uint8_t {
  No,       // a Python object
  Literal,  // a short int: an operation of nothing else is done beforehand
  Int,      // of C, 64 bits
  Float,    // a double
};

class CythonTypes {
 public:
  // Both must outlive it.
  CythonTypes(const Module& module, const Options& options);

  // "double", "long long", "bint", "str", "list"; empty: a Python object. Of a parameter or
  // variable, of a global, of a result.
  std::string_view TypeOf(const Routine& routine, LocalId local) const;
  std::string_view TypeOfGlobal(frontend::GlobalId global) const;
  std::string_view TypeOfResult(const Routine& routine) const;

  // A function of C, `cdef`; an extern is called directly, else through ctypes.
  bool IsCompiled(const Routine& routine) const { return FormOf(routine).is_compiled; }
  // The `cdef` of a local stands where it is declared. All others stand on top of the function.
  bool IsDeclaredInPlace(const Routine& routine, LocalId local) const;
  // Of these: type and name, in the order of the locals.
  std::vector<std::pair<std::string_view, std::string>> DeclarationsOnTop(
      const Routine& routine) const;

  Native NativeOf(const Routine& routine, const Term& term) const;
  // "float" or "int" when it is a number of an extern that is no wider; else empty.
  std::string_view NarrowType(const Term& term) const;
  // Constants and calls of math functions that are C's.
  bool IsTypedMath(const Routine& routine, const Term& term) const;
  // Some of them have this name.
  bool HasTypedMath(std::string_view name) const { return typed_math_.contains(name); }

 private:
  struct Form {
    bool is_typed = false;  // declares the types of all its parameters
    bool is_compiled = false;
    std::vector<std::string_view> types;  // by LocalId
    std::vector<bool> is_in_place;        // by LocalId
  };

  const Form& FormOf(const Routine& routine) const { return forms_.at(&routine); }
  void FindShape(const Routine& routine, Form* form);
  void TypeLocals(const Routine& routine, Form* form);
  void TypeCaptures(const Routine& lambda);
  bool RemoveUntyped(const Routine& routine, Form* form);
  bool IsRangeTyped(const Routine& routine, const Statement& loop) const;
  void FindPlaces(const Routine& routine, Form* form);
  Native NativeOfBuiltin(const Routine& routine, const Term& call) const;
  Native NativeOfBinary(const Routine& routine, const Term& binary) const;
  bool DependsOnTyped(const Routine& routine, const Term& term) const;

  const Module& module_;
  const Options& options_;
  std::unordered_map<const Routine*, Form> forms_;
  std::set<const Routine*> handed_on_;      // used as values
  std::set<const Routine*> bound_lambdas_;  // made in a loop: captures are parameters
  std::set<std::string_view> typed_math_;
};

// Whether a built-in function of floats has a typed version in the prelude.
bool HasTypedVersion(runtime::BuiltinKind builtin);
// Of those that make ints of numbers.
bool IsRounding(runtime::BuiltinKind builtin);

}  // namespace emit
