#pragma once

#include <cstdint>
#include <string>

namespace measure {

// The largest resident set of a process so far, from its status file ("/proc/self/status"). What
// getrusage tells would also count the memory of the process that started it, from before it became
// its program. 0: the system does not tell.
uint64_t PeakBytes(const std::string& status_file);

}  // namespace measure
