// `lab peers`: which peers are installed. Tests: tests/cli/peers_test.cpp.

#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/peer_machine.h"
#include "report/text_table.h"

namespace cli {
namespace {

std::string TextOf(const std::vector<peers::Toolchain>& toolchains) {
  report::TextTable table({{"peer"}, {"language"}, {"version"}, {"where"}});
  for (const peers::Toolchain& toolchain : toolchains) {
    const peers::Peer& peer = *toolchain.peer;
    table.AddRow({std::string(peer.name), std::string(emit::Name(peer.target)), toolchain.version,
                  toolchain.is_ready() ? toolchain.path : MissingText(toolchain)});
  }
  return table.Text();
}

std::string JsonOf(const std::vector<peers::Toolchain>& toolchains) {
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (const peers::Toolchain& toolchain : toolchains) {
    const peers::Peer& peer = *toolchain.peer;
    rows.push_back({{"peer", peer.name},
                    {"title", peer.title},
                    {"language", emit::Name(peer.target)},
                    {"is_ready", toolchain.is_ready()},
                    {"path", toolchain.path},
                    {"version", toolchain.version},
                    {"problem", toolchain.problem},
                    {"install", peers::InstallCommand(peer)}});
  }
  const nlohmann::ordered_json json = {{"lab_peers", 1}, {"peers", std::move(rows)}};
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace

int RunPeers(const PeersOptions& options, Env& env) {
  const std::vector<peers::Toolchain> toolchains = FindChosen({.all = true}, MachineOf(env));
  env.out.Write(options.json ? JsonOf(toolchains) : TextOf(toolchains));
  return kOk;
}

}  // namespace cli
