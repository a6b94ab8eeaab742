#pragma once
// The flags of `lab run`, which `lab time` takes too and passes on.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/flags.h"
#include "cli/options.h"

namespace cli {

class RunFlags {
 public:
  // Declares the flags; `flags` must outlive the object.
  explicit RunFlags(Flags& flags);
  RunFlags(const RunFlags&) = delete;
  RunFlags& operator=(const RunFlags&) = delete;
  // After flags.Parse(). False: flags.complaint() is filled; so for the others.
  bool Read(RunOptions* options);

  // The value of --backend.
  const std::string& backend() const { return backend_; }
  void SetBackend(std::string backend) { backend_ = std::move(backend); }
  // A command line, without "lab", that does the same as the one read. With an engine it names
  // that one instead.
  std::vector<std::string> CommandLine(const RunOptions& options,
                                       const std::optional<Engine>& engine) const;

 private:
  struct ValueFlag {
    const char* name;
    std::string* value;
  };
  struct SwitchFlag {
    const char* name;
    bool* value;
  };
  bool ReadEngine(const Configuration** engine);

  Flags& flags_;
  std::string expression_;
  std::string backend_;
  std::string interp_mode_;
  std::string level_;
  std::string tier_;
  std::string tier_threshold_;
  std::string tier_seed_;
  std::string events_;
  std::string math_ = "strict";
  std::string time_limit_;
  std::string max_memory_;
  std::string max_source_;
  bool perf_ = false;
  bool gdb_ = false;
  bool stats_ = false;
  bool no_sandbox_ = false;
  std::vector<std::string> allowed_externs_;
  std::vector<ValueFlag> values_;
  std::vector<SwitchFlag> switches_;
};

// What to run: the text of -e, or the first of `words`, which is taken away.
bool TakeSource(Flags& flags, const std::string& expression, std::vector<std::string>& words,
                std::string* source, bool* is_expression);

// What --math takes.
inline constexpr std::pair<std::string_view, bool> kMathChoices[] = {{"strict", false},
                                                                     {"fast", true}};

}  // namespace cli
