#pragma once
// The table of built-ins: builtins.def expanded into ids and signatures.

#include "frontend/signature.h"

namespace runtime {

enum class BuiltinKind : frontend::BuiltinId {
#define LAB_BUILTIN(name, enumerator, constant, min_args, max_args, consumed) enumerator,
#include "runtime/builtins.def"
#undef LAB_BUILTIN
};

frontend::Signatures BuiltinSignatures();
inline std::string_view Name(BuiltinKind kind) {
  return BuiltinSignatures()[static_cast<size_t>(kind)].name;
}
// The value of pi, e, inf, nan.
double ConstantValue(BuiltinKind kind);

}  // namespace runtime
