#pragma once
// From the text of a program to a command that runs it.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "peers/find.h"
#include "peers/machine.h"
#include "peers/scratch_folder.h"

namespace peers {

// A program that can be started, as often as one likes while its folder stands.
struct Runnable {
  std::vector<std::string> command;  // arguments of the program come behind
  double build_seconds = 0;          // 0: nothing is built
  std::string problem;               // why there is none, in words; empty: all is well
};

// Writes `text` into the folder and builds it if need be, within `limit_seconds`. `toolchain` is
// ready. A compiler that fails is quoted in `problem`.
Runnable Build(const Toolchain& toolchain, std::string_view text, const ScratchFolder& folder,
               const Machine& machine, double limit_seconds);

// How the program's file is called: "program.py".
std::string SourceName(emit::Target target);

}  // namespace peers
