// Tests: tests/cli/compare_test.cpp.

#include "cli/parse_compare.h"

#include <algorithm>

#include <fmt/format.h>

#include "cli/flags.h"
#include "cli/parse_measure.h"

namespace cli {

namespace {

// "FORMAT:FILE", or "FILE" with an ending that tells the format.
bool ReadExport(Flags& flags, const std::string& text, CompareOptions::ExportFile* file) {
  const size_t colon = text.find(':');
  std::optional<report::Format> format = report::FormatOf(text.substr(0, colon));
  file->path = colon == std::string::npos ? text : text.substr(colon + 1);
  if (!format && colon != std::string::npos) {  // a colon in the file's name
    file->path = text;
    format = report::FormatOf(text);
  }
  if (!format || file->path.empty()) {
    std::vector<std::string_view> names;
    for (const report::FormatRow& row : report::Formats()) {
      names.push_back(row.name);
    }
    return flags.Complain(fmt::format("`--export` takes FORMAT:FILE, not `{}`", text),
                          fmt::format("the formats are {}", ListOf(names)));
  }
  file->format = *format;
  return true;
}

}  // namespace

Parsed<CompareOptions> ParseCompare(const std::vector<std::string>& args) {
  CompareOptions options;
  bool no_save = false;
  std::vector<std::string> exports;
  Flags flags("compare", FlagsAfterWords::Yes);
  MeasureFlags measure_flags(flags);
  flags.Values("--allow-extern", &options.measure.allowed_externs);
  flags.Value("--base", &options.base_engine);
  flags.Value("--base-bench", &options.base_bench);
  flags.Value("-o", &options.output);
  flags.Switch("--no-save", &no_save);
  flags.Value("--resume", &options.resume);
  flags.Value("--from", &options.from);
  flags.Value("--run", &options.run);
  flags.Switch("--json", &options.json);
  flags.Values("--export", &exports);
  if (!flags.Parse(args)) {
    return flags.complaint();
  }
  if (const std::optional<HelpOptions> help = flags.help()) {
    return *help;
  }
  if (!flags.ParseColor(&options.color) || !measure_flags.Read(&options.measure)) {
    return flags.complaint();
  }
  for (const std::string& text : exports) {
    CompareOptions::ExportFile file{};
    if (!ReadExport(flags, text, &file)) {
      return flags.complaint();
    }
    options.exports.push_back(std::move(file));
  }
  options.save = !no_save;
  options.measure.sources = flags.words();
  const bool is_stored = !options.resume.empty() || !options.from.empty();
  if (is_stored && !options.measure.sources.empty()) {
    flags.Complain("`--resume` and `--from` take what was measured from a results file",
                   "leave out the programs");
    return flags.complaint();
  }
  if (!is_stored && options.measure.sources.empty()) {
    flags.Complain("there is no program to measure",
                   "name a file with benches, such as programs/great_circle.gc");
    return flags.complaint();
  }
  if (!options.resume.empty() && !options.from.empty()) {
    flags.Complain("`--resume` and `--from` exclude each other");
    return flags.complaint();
  }
  if (!options.run.empty() && !is_stored) {
    flags.Complain("`--run` is for --from and --resume");
    return flags.complaint();
  }
  const std::vector<std::string>& engines = options.measure.engines;
  std::vector<std::string_view> rows(engines.begin(), engines.end());
  if (options.measure.peers.all) {
    const std::vector<std::string_view> names = peers::PeerNames();
    rows.insert(rows.end(), names.begin(), names.end());
  }
  for (const peers::Peer* peer : options.measure.peers.named) {
    rows.push_back(peer->name);
  }
  if (!options.base_engine.empty() && !is_stored &&
      std::find(rows.begin(), rows.end(), options.base_engine) == rows.end()) {
    flags.BadChoice("--base", options.base_engine, rows);
    return flags.complaint();
  }
  return options;
}

}  // namespace cli
