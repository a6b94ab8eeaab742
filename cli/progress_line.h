#pragma once
// One line on standard error that is written over again, on a terminal only.

#include <string>

#include "cli/env.h"

namespace cli {

class ProgressLine {
 public:
  explicit ProgressLine(Env& env) : env_(env) {}
  ~ProgressLine() { Clear(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void Say(const std::string& text);
  // Before anything else is written.
  void Clear();

 private:
  Env& env_;
  bool is_shown_ = false;
};

}  // namespace cli
