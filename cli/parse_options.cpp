// Command lines to options, through CLI11. It splits flags from values; every check of a value and
// every message is ours, because its own exit codes and texts are not those of `lab`. Nothing else
// includes CLI11, which takes long to compile, and its exceptions end here.
// Tests: tests/cli/options_test.cpp, tests/cli/usage_test.cpp.

#include "cli/parse_options.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/quantity.h"

namespace cli {

namespace {

// Whether flags may also stand after the first word that is none.
enum class FlagsAfterWords { No, Yes };

// The flags of one command.
class Flags {
 public:
  Flags(std::string_view command, FlagsAfterWords after) : command_(command) {
    app_.set_help_flag();
    app_.add_flag("-h,--help", help_);
    app_.add_flag("--version", version_);
    if (after == FlagsAfterWords::Yes) {
      app_.allow_extras();
    } else {
      app_.prefix_command();
    }
    Value("--color", &color_);
    names_.insert(names_.end(), {"-h", "--help", "--version"});
  }

  // The last one counts when a flag is given twice.
  void Value(const char* name, std::string* value) {
    app_.add_option(name, *value)->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    names_.push_back(name);
  }
  void Switch(const char* name, bool* value) {
    app_.add_flag(name, *value)->disable_flag_override();
    names_.push_back(name);
    switches_.push_back(name);
  }
  // May be repeated; each takes one value.
  void Values(const char* name, std::vector<std::string>* values) {
    app_.add_option(name, *values)->allow_extra_args(false);
    names_.push_back(name);
  }
  // Also true for a value that is empty.
  bool IsGiven(const char* name) const { return app_.count(name) != 0; }

  // Set when help or the version is asked for: nothing else counts then.
  std::optional<HelpOptions> help() const {
    if (version_) {
      return HelpOptions{.topic = std::string(kVersionTopic)};
    }
    return help_ ? std::optional(HelpOptions{.topic = std::string(command_)}) : std::nullopt;
  }
  const std::vector<std::string>& words() const { return words_; }

  // False: complaint() says why.
  bool Parse(const std::vector<std::string>& args) {
    try {
      // CLI11 takes them from the back.
      std::vector<std::string> reversed(args.rbegin(), args.rend());
      app_.parse(std::move(reversed));
    } catch (const CLI::ParseError& error) {
      return Explain(args, error);
    }
    words_ = app_.remaining();
    if (help_ || version_) {
      return true;
    }
    for (size_t i = 0; i < words_.size(); ++i) {
      const std::string& word = words_[i];
      if (word == "--") {
        words_.erase(words_.begin() + static_cast<ptrdiff_t>(i));
        return true;
      }
      if (word.size() > 1 && word[0] == '-') {
        return Unknown(word.substr(0, word.find('=')));
      }
      if (app_.get_prefix_command()) {
        return true;  // the rest belongs to the program
      }
    }
    return true;
  }

  bool ParseColor(ColorChoice* choice) {
    static constexpr std::pair<std::string_view, ColorChoice> kChoices[] = {
        {"auto", ColorChoice::Auto},
        {"always", ColorChoice::Always},
        {"never", ColorChoice::Never},
    };
    return Choose("--color", color_, kChoices, choice);
  }

  template <typename T, size_t kCount>
  bool Choose(std::string_view flag, const std::string& value,
              const std::pair<std::string_view, T> (&choices)[kCount], T* result) {
    std::vector<std::string_view> known;
    for (const auto& [name, choice] : choices) {
      if (name == value) {
        *result = choice;
        return true;
      }
      known.push_back(name);
    }
    return BadChoice(flag, value, known);
  }

  bool BadChoice(std::string_view flag, std::string_view value,
                 const std::vector<std::string_view>& known) {
    complaint_ = UnknownWord(fmt::format("value for `{}`:", flag), value, known, command_);
    complaint_.help.push_back(fmt::format("`{}` takes {}", flag, ListOf(known)));
    return false;
  }

  bool BadValue(std::string_view flag, std::string_view value, std::string_view expected) {
    return Complain(fmt::format("`{}` takes {}, not `{}`", flag, expected, value));
  }

  bool Complain(std::string message, std::string help = {}) {
    complaint_ = {kUsage, std::move(message), {}, command_};
    if (!help.empty()) {
      complaint_.help.push_back(std::move(help));
    }
    return false;
  }

  const Complaint& complaint() const { return complaint_; }

 private:
  bool Unknown(std::string_view word) {
    complaint_ = UnknownWord("flag", word, names_, command_);
    return false;
  }

  bool Explain(const std::vector<std::string>& args, const CLI::ParseError& error) {
    for (const std::string& arg : args) {
      for (const std::string_view flag : switches_) {
        if (arg.starts_with(flag) && arg.size() > flag.size() && arg[flag.size()] == '=') {
          return Complain(fmt::format("`{}` takes no value", flag));
        }
      }
    }
    // A value can only be missing at the end.
    if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr && !args.empty()) {
      std::string_view flag = args.back();
      flag = flag.substr(0, flag.find('='));
      return Complain(fmt::format("`{}` needs a value", flag));
    }
    return Complain(error.what());
  }

  CLI::App app_;
  std::string_view command_;
  std::vector<std::string_view> names_;
  std::vector<std::string_view> switches_;
  std::vector<std::string> words_;
  std::string color_ = "auto";
  bool help_ = false;
  bool version_ = false;
  Complaint complaint_ = {};
};

bool ParseBytes(Flags& flags, const char* flag, const std::string& text, uint64_t largest,
                uint64_t* bytes) {
  if (text.empty() && !flags.IsGiven(flag)) {
    return true;
  }
  const std::optional<uint64_t> size = ParseSize(text);
  if (!size) {
    return flags.BadValue(flag, text, "a size such as 64k, 512M or 2G");
  }
  if (*size > largest) {
    return flags.BadValue(flag, text, "at most 1G");
  }
  *bytes = *size;
  return true;
}

// What --opt and --math take, for `run` through the table of engines and for `dump`.
constexpr std::pair<std::string_view, bool> kMathChoices[] = {{"strict", false}, {"fast", true}};

// Flags of other engines are mistakes: they would change nothing.
bool CheckEngineFlags(Flags& flags, const std::string& backend) {
  for (const EngineFlag& flag : EngineFlags()) {
    if (flag.backend != backend && flags.IsGiven(std::string(flag.name).c_str())) {
      return flags.Complain(
          fmt::format("`{}` is for --backend={}, and the engine here is `{}`", flag.name,
                      flag.backend, backend),
          fmt::format("add --backend={}, or leave {} out", flag.backend, flag.name));
    }
  }
  return true;
}

bool ParseEngine(Flags& flags, const std::string& backend, const std::string& interp_mode,
                 const std::string& level, const Configuration** engine) {
  const std::vector<std::string_view> backends = BackendNames();
  if (std::find(backends.begin(), backends.end(), backend) == backends.end()) {
    return flags.BadChoice("--backend", backend, backends);
  }
  if (!CheckEngineFlags(flags, backend)) {
    return false;
  }
  // The flag of the other backend was not given.
  const std::string& mode = interp_mode.empty() ? level : interp_mode;
  const std::string_view mode_flag = FindConfiguration(backend, "")->mode_flag;
  *engine = FindConfiguration(backend, mode);
  return *engine != nullptr || flags.BadChoice(mode_flag, mode, ModeNames(backend));
}

// Spans of a program are 32 bits wide; this leaves every margin.
constexpr uint64_t kLargestSource = uint64_t{1} << 30;
constexpr uint64_t kNoLargest = UINT64_MAX;

// What to run: the text of -e, or the first word. False: a complaint.
bool TakeSource(Flags& flags, const std::string& expression, std::vector<std::string>& words,
                std::string* source, bool* is_expression) {
  *is_expression = flags.IsGiven("-e");
  if (*is_expression) {
    *source = expression;
    return true;
  }
  if (words.empty()) {
    return flags.Complain("there is no program to run",
                          "name a file, `-` for standard input, or write -e 'EXPR'");
  }
  *source = std::move(words.front());
  words.erase(words.begin());
  if (source->empty()) {
    return flags.Complain("the name of the program is empty");
  }
  return true;
}

// Whether the flags given say something about the phase.
bool CheckDumpFlags(Flags& flags, DumpPhase phase) {
  const bool is_compiled = phase >= DumpPhase::Ir;
  if (flags.IsGiven("--function") && phase < DumpPhase::Types) {
    return flags.Complain("`--function` is for the phases types, ir, ir-opt and asm");
  }
  for (const char* flag : {"--opt", "--math"}) {
    if (flags.IsGiven(flag) && !is_compiled) {
      return flags.Complain(fmt::format("`{}` is for the phases ir, ir-opt and asm", flag));
    }
  }
  return true;
}

}  // namespace

Parsed<RunOptions> ParseRun(const std::vector<std::string>& args) {
  RunOptions options;
  std::string expression;
  std::string backend(kDefaultBackend);
  std::string interp_mode;
  std::string level;
  std::string math = "strict";
  std::string time_limit;
  std::string max_memory;
  std::string max_source;

  Flags flags("run", FlagsAfterWords::No);
  flags.Value("-e", &expression);
  flags.Value("--backend", &backend);
  flags.Value("--interp", &interp_mode);
  flags.Value("--opt", &level);
  flags.Value("--math", &math);
  flags.Switch("--perf", &options.settings.perf_names);
  flags.Switch("--gdb", &options.settings.gdb_names);
  flags.Switch("--stats", &options.stats);
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
  if (!flags.ParseColor(&options.color) ||
      !ParseEngine(flags, backend, interp_mode, level, &options.engine) ||
      !flags.Choose("--math", math, kMathChoices, &options.settings.fast_math) ||
      !ParseBytes(flags, "--max-memory", max_memory, kNoLargest, &options.max_memory_bytes) ||
      !ParseBytes(flags, "--max-source", max_source, kLargestSource, &options.max_source_bytes)) {
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
  options.arguments = flags.words();
  if (!TakeSource(flags, expression, options.arguments, &options.source, &options.is_expression)) {
    return flags.complaint();
  }
  return options;
}

Parsed<DumpOptions> ParseDump(const std::vector<std::string>& args) {
  static constexpr std::pair<std::string_view, DumpPhase> kPhases[] = {
      {"tokens", DumpPhase::Tokens}, {"ast", DumpPhase::Ast}, {"resolved", DumpPhase::Resolved},
      {"types", DumpPhase::Types},   {"ir", DumpPhase::Ir},   {"ir-opt", DumpPhase::OptimisedIr},
      {"asm", DumpPhase::Assembly},
  };
  static constexpr std::pair<std::string_view, int> kLevels[] = {
      {"0", 0}, {"1", 1}, {"2", 2}, {"3", 3}};
  DumpOptions options;
  std::string expression;
  std::string phase;
  std::string level = "2";
  std::string math = "strict";
  std::string max_source;

  Flags flags("dump", FlagsAfterWords::Yes);
  flags.Value("-e", &expression);
  flags.Value("--phase", &phase);
  flags.Value("--function", &options.function);
  flags.Value("--opt", &level);
  flags.Value("--math", &math);
  flags.Value("--max-source", &max_source);
  if (!flags.Parse(args)) {
    return flags.complaint();
  }
  if (const std::optional<HelpOptions> help = flags.help()) {
    return *help;
  }
  if (!flags.IsGiven("--phase")) {
    flags.Complain("`lab dump` needs a phase",
                   "add --phase=tokens, ast, resolved, types, ir, ir-opt or asm");
    return flags.complaint();
  }
  std::vector<std::string> words = flags.words();
  if (!flags.ParseColor(&options.color) ||
      !flags.Choose("--phase", phase, kPhases, &options.phase) ||
      !flags.Choose("--opt", level, kLevels, &options.optimise) ||
      !flags.Choose("--math", math, kMathChoices, &options.fast_math) ||
      !CheckDumpFlags(flags, options.phase) ||
      !ParseBytes(flags, "--max-source", max_source, kLargestSource, &options.max_source_bytes) ||
      !TakeSource(flags, expression, words, &options.source, &options.is_expression)) {
    return flags.complaint();
  }
  if (!words.empty()) {
    flags.Complain(fmt::format("`lab dump` takes one program; `{}` is one too many", words[0]));
    return flags.complaint();
  }
  return options;
}

Parsed<HelpOptions> ParseHelp(const std::vector<std::string>& args) {
  HelpOptions options;
  Flags flags("help", FlagsAfterWords::Yes);
  if (!flags.Parse(args)) {
    return flags.complaint();
  }
  if (const std::optional<HelpOptions> help = flags.help()) {
    return *help;
  }
  if (!flags.ParseColor(&options.color)) {
    return flags.complaint();
  }
  if (flags.words().size() > 1) {
    flags.Complain("`lab help` explains one thing at a time");
    return flags.complaint();
  }
  if (!flags.words().empty()) {
    options.topic = flags.words()[0];
  }
  return options;
}

}  // namespace cli
