// The table of built-ins (builtins.def) expanded.

#include "runtime/builtins.h"

#include <limits>
#include <numbers>

#include "frontend/check.h"

namespace runtime {

frontend::Signatures BuiltinSignatures() {
  static constexpr frontend::Signature kSignatures[] = {
#define LAB_BUILTIN(name, enumerator, constant, min_args, max_args, consumed) \
  {name, constant != 0, min_args, max_args, consumed},
#include "runtime/builtins.def"
#undef LAB_BUILTIN
  };
  return kSignatures;
}

double ConstantValue(BuiltinKind kind) {
  if (kind == BuiltinKind::Pi) {
    return std::numbers::pi;
  }
  if (kind == BuiltinKind::E) {
    return std::numbers::e;
  }
  if (kind == BuiltinKind::Inf) {
    return std::numeric_limits<double>::infinity();
  }
  LAB_CHECK(kind == BuiltinKind::Nan);
  return std::numeric_limits<double>::quiet_NaN();
}

}  // namespace runtime
