// The one place that knows CLI11. It splits flags from values; every check of a value and every
// message is ours, because its own exit codes and texts are not those of `lab`. Nothing else
// includes CLI11, which takes long to compile, and its exceptions end here.
// Tests: tests/cli/options_test.cpp, tests/cli/usage_test.cpp.

#include "cli/flags.h"

#include <charconv>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/quantity.h"

namespace cli {

Flags::Flags(std::string_view command, FlagsAfterWords after)
    : app_(std::make_unique<CLI::App>()), command_(command) {
  app_->set_help_flag();
  app_->add_flag("-h,--help", help_);
  app_->add_flag("--version", version_);
  if (after == FlagsAfterWords::Yes) {
    app_->allow_extras();
  } else {
    app_->prefix_command();
  }
  Value("--color", &color_);
  names_.insert(names_.end(), {"-h", "--help", "--version"});
}

Flags::~Flags() = default;

void Flags::Value(const char* name, std::string* value) {
  app_->add_option(name, *value)->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  names_.push_back(name);
}

void Flags::Switch(const char* name, bool* value) {
  app_->add_flag(name, *value)->disable_flag_override();
  names_.push_back(name);
  switches_.push_back(name);
}

void Flags::Values(const char* name, std::vector<std::string>* values) {
  app_->add_option(name, *values)->allow_extra_args(false);
  names_.push_back(name);
}

bool Flags::IsGiven(const char* name) const { return app_->count(name) != 0; }

std::optional<HelpOptions> Flags::help() const {
  if (version_) {
    return HelpOptions{.topic = std::string(kVersionTopic)};
  }
  return help_ ? std::optional(HelpOptions{.topic = std::string(command_)}) : std::nullopt;
}

bool Flags::Parse(const std::vector<std::string>& args) {
  try {
    // CLI11 takes them from the back.
    std::vector<std::string> reversed(args.rbegin(), args.rend());
    app_->parse(std::move(reversed));
  } catch (const CLI::ParseError& error) {
    return Explain(args, error);
  }
  words_ = app_->remaining();
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
    if (app_->get_prefix_command()) {
      return true;  // the rest belongs to the program
    }
  }
  return true;
}

bool Flags::ParseColor(ColorChoice* choice) {
  static constexpr std::pair<std::string_view, ColorChoice> kChoices[] = {
      {"auto", ColorChoice::Auto},
      {"always", ColorChoice::Always},
      {"never", ColorChoice::Never},
  };
  return Choose("--color", color_, kChoices, choice);
}

bool Flags::ReadBytes(const char* flag, const std::string& text, uint64_t largest,
                      uint64_t* bytes) {
  if (text.empty() && !IsGiven(flag)) {
    return true;
  }
  const std::optional<uint64_t> size = ParseSize(text);
  if (!size) {
    return BadValue(flag, text, "a size such as 64k, 512M or 2G");
  }
  if (*size > largest) {
    return BadValue(flag, text, "at most 1G");
  }
  *bytes = *size;
  return true;
}

bool Flags::ReadCount(const char* flag, const std::string& text, uint64_t most, uint64_t* count) {
  if (!IsGiven(flag)) {
    return true;
  }
  uint64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || rest != end || value < 1 || value > most) {
    return BadValue(flag, text, fmt::format("a whole number from 1 to {}", most));
  }
  *count = value;
  return true;
}

bool Flags::BadChoice(std::string_view flag, std::string_view value,
                      const std::vector<std::string_view>& known) {
  complaint_ = UnknownWord(fmt::format("value for `{}`:", flag), value, known, command_);
  complaint_.help.push_back(fmt::format("`{}` takes {}", flag, ListOf(known)));
  return false;
}

bool Flags::BadValue(std::string_view flag, std::string_view value, std::string_view expected) {
  return Complain(fmt::format("`{}` takes {}, not `{}`", flag, expected, value));
}

bool Flags::Complain(std::string message, std::string help) {
  complaint_ = {kUsage, std::move(message), {}, command_};
  if (!help.empty()) {
    complaint_.help.push_back(std::move(help));
  }
  return false;
}

bool Flags::Unknown(std::string_view word) {
  complaint_ = UnknownWord("flag", word, names_, command_);
  return false;
}

bool Flags::Explain(const std::vector<std::string>& args, const CLI::ParseError& error) {
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

}  // namespace cli
