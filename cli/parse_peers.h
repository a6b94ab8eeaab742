#pragma once

#include <string>
#include <vector>

#include "cli/flags.h"
#include "cli/parse_options.h"

namespace cli {

// `args` stand after the command's name.
Parsed<EmitOptions> ParseEmit(const std::vector<std::string>& args);
Parsed<PeersOptions> ParsePeers(const std::vector<std::string>& args);
Parsed<CheckOptions> ParseCheck(const std::vector<std::string>& args);

// The peers that `--peers` names: "all", "none" or names, each once. False: flags.complaint() is
// filled.
bool ReadPeers(Flags& flags, const std::vector<std::string>& words, PeerChoice* choice);

}  // namespace cli
