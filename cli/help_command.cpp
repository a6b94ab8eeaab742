// `lab help`, `lab --help`, `lab --version` and the welcome. Help that was asked for is data, so it
// goes to standard output. Tests: tests/cli/help_test.cpp.

#include <cctype>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/complaint.h"
#include "cli/topics.h"
#include "frontend/explain.h"
#include "measure/build_facts.h"

namespace cli {

namespace {

constexpr std::string_view kWelcome =
    R"(lab runs programs of the gc language, a small one that reads like Python. Try:

  lab -e 'sum(x * x for x in range(10))'     the value of an expression
  lab run programs/great_circle.gc           a program
  lab help language                          the language on one screen

`lab help` lists everything else.
)";

std::string OverviewText() {
  std::string text =
      "lab runs programs of the gc language.\n\n"
      "  lab run FILE [ARGUMENTS]     or shorter: lab FILE\n"
      "  lab -e 'EXPR'                the value of an expression\n"
      "  lab -                        a program from standard input\n"
      "\nCommands\n";
  for (const Command& command : Commands()) {
    text += fmt::format("  {:<12} {}\n", command.name, command.summary);
  }
  text += "\nTopics\n";
  for (const Topic& topic : Topics()) {
    text += fmt::format("  {:<12} {}\n", topic.name, topic.summary);
  }
  text += fmt::format("  {:<12} {}\n", "E0107", "any error code of the compiler");
  text += "\n`lab help NAME` explains each. `lab --version` tells which lab this is.\n";
  return text;
}

std::string VersionText() {
  const measure::BuildFacts build = measure::ThisBuild();
  return fmt::format("lab {} ({})\n", build.lab_version,
                     build.has_assertions ? "debug build: slow, with assertions" : "release build");
}

bool IsCode(std::string_view word) {
  return word.size() > 1 && (word[0] == 'E' || word[0] == 'e') &&
         std::isdigit(static_cast<unsigned char>(word[1])) != 0;
}

std::string Uppercase(std::string word) {
  for (char& c : word) {
    c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return word;
}

Complaint UnknownTopic(const std::string& word) {
  std::vector<std::string_view> known;
  for (const Command& command : Commands()) {
    known.push_back(command.name);
  }
  for (const Topic& topic : Topics()) {
    known.push_back(topic.name);
  }
  Complaint complaint = UnknownWord("topic", word, known, "");
  complaint.help.push_back(fmt::format("there are {}, and the error codes", ListOf(known)));
  return complaint;
}

// Empty: there is no such topic.
std::string TextOf(const std::string& topic) {
  if (topic.empty()) {
    return OverviewText();
  }
  if (topic == kWelcomeTopic) {
    return std::string(kWelcome);
  }
  if (topic == kVersionTopic) {
    return VersionText();
  }
  if (const Command* command = FindCommand(topic)) {
    return fmt::format("{}: {}\n\n{}", command->usage, command->summary, command->help);
  }
  for (const Topic& row : Topics()) {
    if (row.name == topic) {
      return std::string(row.text);
    }
  }
  return {};
}

}  // namespace

int RunHelp(const HelpOptions& options, Env& env) {
  std::string text;
  if (IsCode(options.topic)) {
    text = frontend::ExplanationText(Uppercase(options.topic));
    if (text.empty()) {
      const Complaint complaint{
          kUsage,
          fmt::format("there is no error `{}`", options.topic),
          {"codes look like E0107 and stand in square brackets after `error`"}};
      return Report(complaint, ResolveColor(options.color, env), env);
    }
  } else {
    text = TextOf(options.topic);
  }
  if (text.empty()) {
    return Report(UnknownTopic(options.topic), ResolveColor(options.color, env), env);
  }
  env.out.Write(text);  // a failure shows when Main flushes
  return kOk;
}

}  // namespace cli
