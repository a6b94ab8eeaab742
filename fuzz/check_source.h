#pragma once
// What must hold of any bytes that are taken for a program: the frontend accepts all of them or
// says where they are wrong, and nothing ends the process.

#include <memory>
#include <string>

#include "frontend/program.h"

namespace fuzz {

struct CheckedSource {
  // What does not hold, in words that are the same for the same fault; empty: all does.
  std::string what;
  std::string detail;
  std::unique_ptr<frontend::Program> program;  // null: not accepted
};

// Looks at tokens, diagnostics, the tree and what the printer makes of it.
CheckedSource CheckSource(const std::string& text);

// Runs the program on the interpreter, with little memory and for little time: whatever it does is
// right, if only it ends. Must run on a large stack (runtime::OnLargeStack).
void RunBriefly(const frontend::Program& program);

}  // namespace fuzz
