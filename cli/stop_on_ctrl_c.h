#pragma once
// For commands that end in an orderly way when the user wants them to stop.

#include <atomic>
#include <csignal>

namespace cli {

// While alive, the first Ctrl-C is noted and the second ends the process.
class StopOnCtrlC {
 public:
  StopOnCtrlC();
  ~StopOnCtrlC();
  StopOnCtrlC(const StopOnCtrlC&) = delete;
  StopOnCtrlC& operator=(const StopOnCtrlC&) = delete;

  static bool stopped();

 private:
  // A signal handler can reach nothing but globals.
  static inline std::atomic<bool> stopped_{false};
  struct sigaction before_ {};
};

}  // namespace cli
