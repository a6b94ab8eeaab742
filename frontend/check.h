#pragma once
// LAB_CHECK: an invariant of the lab itself. A failure is a bug in the lab: it
// is reported as such, with the place, and ends the process with status 70.

namespace frontend {

[[noreturn]] void CheckFailed(const char* condition, const char* file, int line);

}  // namespace frontend

#define LAB_CHECK(condition)                                         \
  do {                                                               \
    if (!(condition)) [[unlikely]] {                                 \
      ::frontend::CheckFailed(#condition, __FILE__, __LINE__);       \
    }                                                                \
  } while (false)
