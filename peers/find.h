#pragma once
// Finding peers on this machine: in PATH, and behind what version managers put there.

#include <string>
#include <string_view>
#include <vector>

#include "peers/machine.h"
#include "peers/peer.h"

namespace peers {

// A peer as it was found. Nothing of it is kept open.
struct Toolchain {
  const Peer* peer = nullptr;
  std::string path;     // the real program; empty: it was not found
  std::string version;  // "3.11.7"
  // Why it cannot be used, when `path` is empty or something that it needs is missing, and what
  // helps: "missing", "the headers of /usr/bin/python3 are missing". Empty: it is ready.
  std::string problem;

  // Of a peer that is built: the compiler of C, its flags, and what makes a program of Cython link.
  std::string compiler = {};
  std::vector<std::string> compiler_flags = CompilerFlags();
  std::vector<std::string> include_flags = {};
  std::vector<std::string> link_flags = {};

  bool is_ready() const { return problem.empty(); }
};

// The first executable that is the peer. What a version manager put into PATH (a program in a
// folder named `shims`) is asked where the real one is, since going through it costs time at each
// start; when it does not tell, or leads to nothing, the search goes on, and comes back to one that
// works but does not tell. Links of update-alternatives are followed.
Toolchain Find(const Peer& peer, const Machine& machine);

// "apt-get install luajit".
std::string InstallCommand(const Peer& peer);

}  // namespace peers
