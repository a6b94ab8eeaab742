#pragma once
// CPython as the judge of what a program means: the program written in Python (emit/), run in one
// Python process that stays.

#include <memory>
#include <string>

#include "emit/emit.h"
#include "frontend/program.h"
#include "fuzz/observe.h"
#include "measure/child_process.h"

namespace fuzz {

class PythonOracle {
 public:
  // The interpreter is looked up in PATH when it has no slash. Started at the first program.
  explicit PythonOracle(std::string interpreter = "python3")
      : interpreter_(std::move(interpreter)) {}

  // What Python does that `base` does not: output, kind and line of the error. Limits of the lab
  // and what Python cannot express agree with everything. `is_deep`: the program is made to reach
  // the limit of depth, which Python may reach earlier.
  Disagreement Judge(const frontend::Program& program, const Observation& base,
                     bool is_deep = false);
  // Whether Python could be started.
  bool is_there() const { return !is_missing_; }

 private:
  bool Start();

  std::string interpreter_;
  std::unique_ptr<measure::ChildProcess> process_;
  bool is_missing_ = false;
};

}  // namespace fuzz
