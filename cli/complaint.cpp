// The words of `lab` about its own use. Tests: tests/cli/usage_test.cpp.

#include "cli/complaint.h"

#include <fmt/format.h>

#include "cli/commands.h"
#include "frontend/suggest.h"

namespace cli {

frontend::Color ColorOf(const std::vector<std::string>& args, const Env& env) {
  ColorChoice choice = ColorChoice::Auto;
  for (const std::string& arg : args) {
    if (arg == "--color=always") {
      choice = ColorChoice::Always;
    } else if (arg == "--color=never") {
      choice = ColorChoice::Never;
    }
  }
  return ResolveColor(choice, env);
}

int Report(const Complaint& complaint, frontend::Color color, Env& env) {
  const bool colored = color == frontend::Color::Yes;
  const std::string_view red = colored ? "\033[1;31m" : "";
  const std::string_view bold = colored ? "\033[1m" : "";
  const std::string_view plain = colored ? "\033[0m" : "";
  const auto note = [&](std::string_view word, std::string_view note_text) {
    return fmt::format(" = {}{}:{} {}\n", bold, word, plain, frontend::Printable(note_text));
  };
  std::string text = fmt::format("{}error{}{}: {}{}\n", red, plain, bold,
                                 frontend::Printable(complaint.message), plain);
  for (const std::string& help : complaint.help) {
    text += note("help", help);
  }
  if (const Command* command = FindCommand(complaint.command)) {
    text += note("usage", command->usage);
    text += note("more", fmt::format("lab help {}", command->name));
  }
  WriteError(env, text);
  return complaint.status;
}

Complaint UnknownWord(std::string_view what, std::string_view word,
                      const std::vector<std::string_view>& known, std::string_view command) {
  Complaint complaint{kUsage, fmt::format("unknown {} `{}`", what, word), {}, command};
  const std::string_view nearest = frontend::Suggest(word, known);
  if (!nearest.empty()) {
    complaint.help.push_back(fmt::format("did you mean `{}`?", nearest));
  }
  return complaint;
}

std::string ListOf(const std::vector<std::string_view>& words) {
  std::string text;
  for (size_t i = 0; i < words.size(); ++i) {
    text += i == 0 ? "" : i + 1 < words.size() ? ", " : " and ";
    text += fmt::format("`{}`", words[i]);
  }
  return text;
}

}  // namespace cli
