#pragma once
// The machine that the tests run on.

#include <chrono>
#include <cstdlib>
#include <string_view>

#include "peers/machine.h"

namespace peers {

inline Machine ThisMachine() {
  const char* path = std::getenv("PATH");
  return RealMachine(path == nullptr ? "" : path, "", measure::StartProcess, [] {
    const auto since = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration<double>(since).count();
  });
}

// tests/run has installed every peer, and says so with LAB_PEERS=all. Who calls ctest by hand may do
// without all of them but CPython, the judge.
inline bool MayBeMissing(std::string_view peer) {
  return peer != "cpython" && std::getenv("LAB_PEERS") == nullptr;
}

}  // namespace peers
