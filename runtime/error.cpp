// The table of error kinds (error_kinds.def) expanded.

#include "runtime/error.h"

#include "frontend/check.h"

namespace runtime {

std::string_view Name(ErrorKind kind) {
  switch (kind) {
#define LAB_ERROR(name, text, exit_status) \
  case ErrorKind::name:                    \
    return text;
#include "runtime/error_kinds.def"
#undef LAB_ERROR
  }
  LAB_CHECK(false);
  return {};
}

int ExitStatus(ErrorKind kind) {
  switch (kind) {
#define LAB_ERROR(name, text, exit_status) \
  case ErrorKind::name:                    \
    return exit_status;
#include "runtime/error_kinds.def"
#undef LAB_ERROR
  }
  LAB_CHECK(false);
  return 70;
}

}  // namespace runtime
