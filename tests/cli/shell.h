#pragma once
// Runs the built `lab` as whole processes.

#include <string>

#include "tests/cli/command_line.h"

namespace cli {

// Runs `script` with `lab` standing for the built program; standard error joins the output. The
// status is the negative signal's number when one ended the shell.
Result Shell(const std::string& script);

}  // namespace cli
