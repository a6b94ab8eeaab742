// The command that `lab` starts itself with to measure in a fresh process. Not for people.
// Tests: tests/cli/compare_process_test.cpp.

#include <cerrno>

#include <unistd.h>

#include "cli/commands.h"
#include "cli/crash.h"
#include "measure/serve.h"
#include "runtime/run.h"

namespace cli {
namespace {

// Lines of a descriptor, each up to its line break.
class LineReader {
 public:
  explicit LineReader(int descriptor) : descriptor_(descriptor) {}

  bool Read(std::string* line) {
    size_t end;
    while ((end = buffer_.find('\n', scanned_)) == std::string::npos) {
      scanned_ = buffer_.size();
      char bytes[65536];
      const ssize_t count = read(descriptor_, bytes, sizeof(bytes));
      if (count < 0 && errno == EINTR) {
        continue;
      }
      if (count <= 0) {
        return false;
      }
      buffer_.append(bytes, static_cast<size_t>(count));
    }
    *line = buffer_.substr(0, end);
    buffer_.erase(0, end + 1);
    scanned_ = 0;
    return true;
  }

 private:
  int descriptor_;
  std::string buffer_;
  size_t scanned_ = 0;  // without a line break
};

}  // namespace

int RunWorker(const std::vector<std::string>& args, Env& env) {
  const bool is_sandboxed = env.enter_sandbox && args.empty();
  LineReader reader(env.in);
  const measure::Service service{
      .read_line = [&](std::string* line) { return reader.Read(line); },
      .write_line = [&](std::string_view line) { return env.out.Write(line) && env.out.Flush(); },
      .clock = env.clock,
      .make_engine = [](std::string_view name) -> std::unique_ptr<runtime::Backend> {
        const std::optional<Engine> engine = FindEngine(name);
        return engine ? engine->configuration->make(engine->settings) : nullptr;
      },
      .enter_sandbox =
          [&](int descriptor) {
            if (is_sandboxed) {
              env.enter_sandbox(
                  {.readable = {env.in, descriptor}, .writable = {STDOUT_FILENO, STDERR_FILENO}});
            }
          },
      .guarded =
          [](const std::function<void()>& body) {
            runtime::OnLargeStack([&] {
              const SignalStack signal_stack;
              body();
            });
          },
  };
  measure::Serve(service);
  return kOk;
}

}  // namespace cli
