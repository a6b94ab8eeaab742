// Where a broken invariant ends: a line on standard error that names the place,
// and status 70. Nothing is unwound, since nothing can be trusted any more.

#include "frontend/check.h"

#include <cstdio>
#include <cstdlib>

namespace frontend {

void CheckFailed(const char* condition, const char* file, int line) {
  std::fflush(stdout);
  std::fprintf(stderr, "lab: internal error: %s does not hold at %s:%d\n", condition, file, line);
  std::fprintf(stderr, "lab: this is a bug in the lab, not in your program; please report it\n");
  std::fflush(stderr);
  std::_Exit(70);
}

}  // namespace frontend
