// Tests: tests/cli/compare_process_test.cpp.

#include "cli/stop_on_ctrl_c.h"

namespace cli {

StopOnCtrlC::StopOnCtrlC() {
  stopped_ = false;
  struct sigaction action {};
  action.sa_handler = [](int) { stopped_ = true; };
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(SIGINT, &action, &before_);
}

StopOnCtrlC::~StopOnCtrlC() { sigaction(SIGINT, &before_, nullptr); }

bool StopOnCtrlC::stopped() { return stopped_; }

}  // namespace cli
