// Tests: tests/cli/peers_test.cpp.

#include "cli/peer_machine.h"

#include <algorithm>

#include <fmt/format.h>

namespace cli {

peers::Machine MachineOf(const Env& env) {
  const auto value_of = [&](const char* name) -> std::string {
    const char* value = env.variable ? env.variable(name) : nullptr;
    return value == nullptr ? "" : value;
  };
  return peers::RealMachine(
      value_of("PATH"), value_of("TMPDIR"),
      env.start_process ? env.start_process : measure::ProcessStarter(measure::StartProcess),
      env.clock);
}

std::vector<peers::Toolchain> FindChosen(const PeerChoice& choice, const peers::Machine& machine) {
  std::vector<peers::Toolchain> found;
  for (const peers::Peer& peer : peers::Peers()) {
    if (choice.all ||
        std::find(choice.named.begin(), choice.named.end(), &peer) != choice.named.end()) {
      found.push_back(peers::Find(peer, machine));
    }
  }
  return found;
}

std::string MissingText(const peers::Toolchain& toolchain) {
  return fmt::format("{}: {}", toolchain.problem, peers::InstallCommand(*toolchain.peer));
}

}  // namespace cli
