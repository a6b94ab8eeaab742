// The table of error kinds (error_kinds.def) expanded. Tests: tests/runtime/error_texts_test.cpp.

#include "runtime/error.h"

namespace runtime {

namespace {

struct KindRow {
  std::string_view name;
  int exit_status;
};

// In the order of the enumerators, which the same table makes.
constexpr KindRow kKinds[] = {
#define LAB_ERROR(name, text, exit_status) {text, exit_status},
#include "runtime/error_kinds.def"
#undef LAB_ERROR
};

const KindRow& RowOf(ErrorKind kind) { return kKinds[static_cast<size_t>(kind)]; }

}  // namespace

std::string_view Name(ErrorKind kind) { return RowOf(kind).name; }

int ExitStatus(ErrorKind kind) { return RowOf(kind).exit_status; }

}  // namespace runtime
