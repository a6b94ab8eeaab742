#pragma once
// The peers of the machine that a command runs on.

#include <vector>

#include "cli/env.h"
#include "cli/options.h"
#include "peers/find.h"
#include "peers/machine.h"

namespace cli {

peers::Machine MachineOf(const Env& env);

// Looks for the peers that were chosen, in the order of their table. Those that are not ready are
// in the list as well, with their `problem`.
std::vector<peers::Toolchain> FindChosen(const PeerChoice& choice, const peers::Machine& machine);

// "missing: apt-get install luajit", of a peer that is not ready.
std::string MissingText(const peers::Toolchain& toolchain);

}  // namespace cli
