// The flags of the commands about peers. Tests: tests/cli/peers_test.cpp.

#include "cli/parse_peers.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "cli/quantity.h"
#include "cli/run_flags.h"

namespace cli {

bool ReadPeers(Flags& flags, const std::vector<std::string>& words, PeerChoice* choice) {
  for (const std::string& word : words) {
    if (word == "all" || word == "none") {
      choice->all |= word == "all";
      continue;
    }
    const peers::Peer* peer = peers::FindPeer(word);
    if (peer == nullptr) {
      std::vector<std::string_view> known = peers::PeerNames();
      known.insert(known.end(), {"all", "none"});
      return flags.BadChoice("--peers", word, known);
    }
    choice->named.push_back(peer);
  }
  return true;
}

Parsed<EmitOptions> ParseEmit(const std::vector<std::string>& args) {
  static constexpr std::pair<std::string_view, emit::Overflow> kOverflows[] = {
      {"checked", emit::Overflow::Checked}, {"native", emit::Overflow::Native}};
  static constexpr std::pair<std::string_view, emit::Ending> kEndings[] = {
      {"main", emit::Ending::Main}, {"measure", emit::Ending::Measure}};
  EmitOptions options;
  std::string expression;
  std::string target;
  std::string overflow = "checked";
  std::string ending = "main";
  std::string max_source;
  Flags flags("emit", FlagsAfterWords::Yes);
  flags.Value("-e", &expression);
  flags.Value("--to", &target);
  flags.Value("-o", &options.output);
  flags.Value("--overflow", &overflow);
  flags.Value("--ending", &ending);
  flags.Value("--max-source", &max_source);
  if (!flags.Parse(args)) {
    return flags.complaint();
  }
  if (const std::optional<HelpOptions> help = flags.help()) {
    return *help;
  }
  const std::vector<std::string_view> targets = emit::TargetNames();
  if (!flags.IsGiven("--to")) {
    flags.Complain("`lab emit` needs a language", fmt::format("`--to` takes {}", ListOf(targets)));
    return flags.complaint();
  }
  const std::optional<emit::Target> found = emit::FindTarget(target);
  if (!found) {
    flags.BadChoice("--to", target, targets);
    return flags.complaint();
  }
  options.target = *found;
  std::vector<std::string> words = flags.words();
  if (!flags.ParseColor(&options.color) ||
      !flags.Choose("--overflow", overflow, kOverflows, &options.how.overflow) ||
      !flags.Choose("--ending", ending, kEndings, &options.how.ending) ||
      !flags.ReadBytes("--max-source", max_source, kLargestSource, &options.max_source_bytes) ||
      !TakeSource(flags, expression, words, &options.source, &options.is_expression)) {
    return flags.complaint();
  }
  if (!words.empty()) {
    flags.Complain(fmt::format("`lab emit` takes one program; `{}` is one too many", words[0]));
    return flags.complaint();
  }
  return options;
}

Parsed<PeersOptions> ParsePeers(const std::vector<std::string>& args) {
  PeersOptions options;
  Flags flags("peers", FlagsAfterWords::Yes);
  flags.Switch("--json", &options.json);
  if (!flags.Parse(args)) {
    return flags.complaint();
  }
  if (const std::optional<HelpOptions> help = flags.help()) {
    return *help;
  }
  if (!flags.words().empty()) {
    flags.Complain("`lab peers` looks at the machine and takes no file",
                   "`lab check FILE` runs a program on the peers");
  } else if (flags.ParseColor(&options.color)) {
    return options;
  }
  return flags.complaint();
}

Parsed<CheckOptions> ParseCheck(const std::vector<std::string>& args) {
  CheckOptions options;
  std::vector<std::string> backends;
  std::vector<std::string> peer_lists;
  std::string time_limit;
  std::string max_memory;
  std::string max_source;
  Flags flags("check", FlagsAfterWords::No);
  flags.Values("--backend", &backends);
  flags.Values("--peers", &peer_lists);
  flags.Switch("--json", &options.json);
  flags.Value("--time-limit", &time_limit);
  flags.Value("--max-memory", &max_memory);
  flags.Value("--max-source", &max_source);
  flags.Values("--allow-extern", &options.allowed_externs);
  if (!flags.Parse(args)) {
    return flags.complaint();
  }
  if (const std::optional<HelpOptions> help = flags.help()) {
    return *help;
  }
  options.arguments = flags.words();
  if (!flags.ParseColor(&options.color) ||
      !flags.ReadBytes("--max-memory", max_memory, kAnySize, &options.max_memory_bytes) ||
      !flags.ReadBytes("--max-source", max_source, kLargestSource, &options.max_source_bytes)) {
    return flags.complaint();
  }
  if (flags.IsGiven("--time-limit")) {
    const std::optional<double> seconds = ParseSeconds(time_limit);
    if (!seconds) {
      flags.BadValue("--time-limit", time_limit, "seconds, such as 2, 0.5 or 500ms");
      return flags.complaint();
    }
    options.time_limit_seconds = *seconds;
  }
  options.engines = SplitLists(backends);
  for (const std::string& engine : options.engines) {
    if (!FindEngine(engine)) {
      flags.BadChoice("--backend", engine, EngineNames());
      return flags.complaint();
    }
  }
  options.peers.all = peer_lists.empty();
  if (!ReadPeers(flags, SplitLists(peer_lists), &options.peers)) {
    return flags.complaint();
  }
  if (options.arguments.empty()) {
    flags.Complain("there is no program to check", "name a file, or `-` for standard input");
    return flags.complaint();
  }
  options.source = std::move(options.arguments.front());
  options.arguments.erase(options.arguments.begin());
  return options;
}

}  // namespace cli
