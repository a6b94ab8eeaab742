// The file has the same name in every program: a program called random.py would be imported in the
// place of Python's own. Tests: tests/peers/build_test.cpp.

#include "peers/build.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "peers/capture.h"
#include "peers/text_lines.h"

namespace peers {
namespace {

using emit::Target;
using Command = std::vector<std::string>;

constexpr std::string_view kStem = "program";

void Append(const Command& more, Command* command) {
  command->insert(command->end(), more.begin(), more.end());
}

// The commands that make an executable `output` of `source`, one after the other.
std::vector<Command> BuildCommands(const Toolchain& toolchain, const std::string& source,
                                   const std::string& output) {
  Command compile = {toolchain.compiler};
  Append(toolchain.compiler_flags, &compile);
  if (toolchain.peer->target == Target::C) {
    Append({"-std=gnu17", source, "-o", output, "-lm"}, &compile);
    return {compile};
  }
  const std::string c_source = output + ".c";
  Append(toolchain.include_flags, &compile);
  Append({c_source, "-o", output}, &compile);
  Append(toolchain.link_flags, &compile);
  return {{toolchain.path, "-3", "--embed", "-o", c_source, source}, compile};
}

// Of what a compiler says: the first error, without the folder of its place, or else the first
// line.
std::string_view FirstError(std::string_view said) {
  constexpr std::string_view kMark = "error: ";
  for (std::string_view line : LinesOf(said)) {
    const size_t mark = line.find(kMark);
    if (mark != std::string_view::npos) {
      const size_t slash = line.rfind('/', mark);
      line.remove_prefix(slash == std::string_view::npos ? 0 : slash + 1);
      return FirstLineOf(line);
    }
  }
  return FirstLineOf(said);
}

// Why a step of building has failed.
std::string Explained(const Command& command, const Captured& step) {
  switch (step.end) {
    case Captured::End::NotStarted:
      return fmt::format("cannot start {}: {}", command[0], std::strerror(step.start_error));
    case Captured::End::TimedOut:
      return fmt::format("{} was still building at the time limit", command[0]);
    case Captured::End::TooMuchOutput:
    case Captured::End::Exited:
      break;
  }
  const std::string said = step.err + step.out;
  return fmt::format("{} cannot build it: {}", command[0], FirstError(said));
}

// The interpreter's words in front of the program's file.
Command InterpreterCommand(const Toolchain& toolchain) {
  switch (toolchain.peer->target) {
    case Target::Python:
      return {toolchain.path, "-E", "-B"};  // no PYTHONOPTIMIZE and the like, no byte code
    case Target::Js:
      // 10,000 calls may be active; the default is enough for the smallest of frames only.
      return {toolchain.path, "--stack-size=7000"};
    case Target::Lua:
    case Target::LuaJit:
      return {toolchain.path};
    case Target::C:
    case Target::Cython:
      break;
  }
  return {};
}

}  // namespace

std::string SourceName(Target target) {
  return fmt::format("{}.{}", kStem, emit::FileExtension(target));
}

Runnable Build(const Toolchain& toolchain, std::string_view text, const ScratchFolder& folder,
               const Machine& machine, double limit_seconds) {
  Runnable program;
  const std::string name = SourceName(toolchain.peer->target);
  if (folder.path().empty() || !folder.Write(name, text)) {
    program.problem = fmt::format("cannot write a temporary file: {}", std::strerror(errno));
    return program;
  }
  const std::string source = folder.path() + "/" + name;
  if (!IsBuilt(*toolchain.peer)) {
    program.command = InterpreterCommand(toolchain);
    program.command.push_back(source);
    return program;
  }
  const std::string output = fmt::format("{}/{}", folder.path(), kStem);
  const double begin = machine.clock();
  for (const Command& command : BuildCommands(toolchain, source, output)) {
    const double left = limit_seconds - (machine.clock() - begin);
    const Captured step = Capture(machine, command, {.seconds = std::max(0.0, left)});
    if (!step.IsSuccess()) {
      program.problem = Explained(command, step);
      return program;
    }
  }
  program.build_seconds = machine.clock() - begin;
  program.command = {output};
  return program;
}

}  // namespace peers
