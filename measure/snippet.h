#pragma once
// A statement to be timed, made into a program: what is set up stands at the top level, and a
// function runs the statement in a loop and returns the seconds that the loop took. Messages show
// the pieces as they were written, under their own names.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "frontend/program.h"
#include "runtime/type.h"

namespace measure {

struct SnippetPiece {
  std::string name;  // "<setup>", a path
  std::string text;
};

struct Snippet {
  std::vector<SnippetPiece> setup;
  SnippetPiece statement;
};

// The number of the turn, from 0, in a statement whose setup does not use the word.
inline constexpr std::string_view kTurn = "turn";

// Either a program, or what is wrong and the text that this is about.
struct LoadedSnippet {
  std::unique_ptr<frontend::Program> program;
  std::string function;  // takes the number of turns, an int
  std::vector<frontend::Diagnostic> diagnostics;
  std::optional<frontend::SourceFile> source;
};

// A top-level `var` of the setup and the top-level expressions after it run at the beginning of the
// function, before the clock starts: functions do not see such names, and the statement should. The
// statement is refused where it would not do alone: a `break` must not leave our loop.
LoadedSnippet LoadSnippet(const Snippet& snippet);

// A sentence for each value of the statement that nobody uses. The statement's own value is used by
// keep(), but a sequence does nothing even so.
std::vector<std::string> FindIdleWork(const LoadedSnippet& snippet, runtime::TypeTable& types);

}  // namespace measure
