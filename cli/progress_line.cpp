// Tests: tests/cli/compare_test.cpp, tests/cli/check_test.cpp.

#include "cli/progress_line.h"

namespace cli {

void ProgressLine::Say(const std::string& text) {
  if (env_.err_is_terminal) {
    WriteError(env_, "\r\033[K" + text);
    is_shown_ = true;
  }
}

void ProgressLine::Clear() {
  if (is_shown_) {
    WriteError(env_, "\r\033[K");
    is_shown_ = false;
  }
}

}  // namespace cli
