// The built program under /bin/sh.

#include "tests/cli/shell.h"

#include <cstdio>

#include <sys/wait.h>

namespace cli {

Result Shell(const std::string& script) {
  const std::string command = "{ lab() { \"" LAB_BINARY "\" \"$@\"; }; " + script + "\n} 2>&1";
  FILE* stream = popen(command.c_str(), "r");
  std::string out;
  char bytes[4096];
  for (size_t count; (count = fread(bytes, 1, sizeof(bytes), stream)) > 0;) {
    out.append(bytes, count);
  }
  const int status = pclose(stream);
  // AddressSanitizer remarks on the large stack once a process.
  for (size_t at; (at = out.find("ASan doesn't fully support makecontext")) != std::string::npos;) {
    const size_t line = out.rfind('\n', at) + 1;
    out.erase(line, out.find('\n', at) + 1 - line);
  }
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status), out, {}};
}

}  // namespace cli
