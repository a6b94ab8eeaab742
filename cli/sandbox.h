#pragma once
// What a program of a stranger may ask the system for: next to nothing. A program of the language
// can print and compute; should a mistake of the lab let it do more, the kernel still refuses.

#include <vector>

namespace cli {

// Descriptors that stay of use; whatever else is open can only be closed.
struct SandboxRights {
  std::vector<int> readable = {};
  std::vector<int> writable = {};
};

// NotSupported: the kernel has no filters, or this build needs more than they would leave
// (sanitizers open files when the process ends). All is allowed then that was before, but for
// programs that would gain privileges.
enum class Sandbox { InForce, NotSupported };

// From here on, for as long as the process lives, all its threads can use memory, threads, clocks,
// signals of their own and the descriptors of `rights`. Memory is never writable and executable at
// once. No file can be opened. Most refused calls fail with EPERM; those that start programs, open
// sockets or trace processes end the process with a message and kBug. Needs no privileges.
Sandbox EnterSandbox(const SandboxRights& rights);

}  // namespace cli
