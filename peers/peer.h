#pragma once
// The peers: language systems that programs are written for (emit/), run on and compared with. A
// new peer is a row in peer.cpp.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "emit/emit.h"
#include "frontend/program.h"
#include "measure/results.h"

namespace peers {

struct Peer {
  std::string_view name;   // "cpython": as --peers= takes it, and the engine of a table's row
  std::string_view title;  // "CPython"
  emit::Target target;
  // Looked for in this order, each in all of PATH.
  std::span<const std::string_view> executables;
  // Asks for the version, which is the word after `version_mark` in what is printed and begins with
  // `version_start`; anything else is another program of that name.
  std::string_view version_flag;
  std::string_view version_mark;
  std::string_view version_start;
  // Arguments with which it prints its own path; empty: it does not tell.
  std::span<const std::string_view> path_question;
  std::string_view package;  // Debian's, that installs it
  measure::MathLibrary math;
};

// In the order of tables.
std::span<const Peer> Peers();
// Null when there is none. A name may end in "#2" and the like, as an engine's may.
const Peer* FindPeer(std::string_view name);
std::vector<std::string_view> PeerNames();

// The math library that a run of the program computes with.
measure::MathLibrary MathOf(const Peer& peer, const frontend::Program& program);

// An executable is made of the program before it runs.
bool IsBuilt(const Peer& peer);
// What compilers of C are given: "-O2 -march=x86-64-v3 -ffp-contract=off" and `-fno-builtin-NAME`s,
// as far as this processor knows that level.
std::vector<std::string> CompilerFlags();

}  // namespace peers
