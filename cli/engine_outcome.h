#pragma once
// One run of a program on an engine of the lab, with everything kept that can be compared.

#include "cli/env.h"
#include "cli/options.h"
#include "peers/outcome.h"

namespace cli {

// Runs the top level and main in this process; Ctrl-C ends it with the kind `interrupted`.
peers::Outcome RunOnEngine(const Engine& engine, const frontend::Program& program,
                           const CheckOptions& options, Env& env);

}  // namespace cli
