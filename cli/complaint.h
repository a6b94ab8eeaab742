#pragma once
// What `lab` itself has to say when it cannot do what was asked: one sentence,
// then notes. Written in the form of the compiler's diagnostics.

#include <string>
#include <string_view>
#include <vector>

#include "cli/env.h"

namespace cli {

struct Complaint {
  int status;           // the exit status it leads to
  std::string message;  // without a full stop
  std::vector<std::string> help = {};
  // The command whose usage line is shown; empty: none.
  std::string_view command = {};
};

// The colour of messages about `args` themselves: what their --color says, wherever it stands.
frontend::Color ColorOf(const std::vector<std::string>& args, const Env& env);

// Writes the complaint to standard error and returns its status.
int Report(const Complaint& complaint, frontend::Color color, Env& env);

// "unknown flag `--stast`" and the like, with the nearest of `known` as a suggestion.
Complaint UnknownWord(std::string_view what, std::string_view word,
                      const std::vector<std::string_view>& known, std::string_view command);

// "a", "a and b", "a, b and c", each in backticks.
std::string ListOf(const std::vector<std::string_view>& words);

}  // namespace cli
