#pragma once
// A snippet on an engine, ready to run any number of turns.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "measure/snippet.h"
#include "runtime/backend.h"

namespace measure {

struct SnippetSettings {
  std::function<double()> clock;  // seconds from some fixed instant
  uint64_t max_memory_bytes = uint64_t{1} << 30;
  std::vector<std::string> allowed_externs = {};
};

class SnippetRun {
 public:
  // `snippet` has a program and, like `backend`, outlives the object.
  SnippetRun(const LoadedSnippet& snippet, runtime::Backend& backend,
             const SnippetSettings& settings);
  ~SnippetRun();
  SnippetRun(const SnippetRun&) = delete;
  SnippetRun& operator=(const SnippetRun&) = delete;

  // Runs the setup, then the statement once: an engine compiles then what it has not compiled
  // before. False: error() says why; so for Run. Both want the large stack
  // (runtime::OnLargeStack), and answer Ctrl-C.
  bool Start();
  // `seconds` are those of the loop alone, taken by the program itself.
  bool Run(uint64_t turns, double* seconds);

  double first_turn_seconds() const { return first_turn_seconds_; }
  // Of these, what the engine spent on getting the loop ready.
  double compile_seconds() const { return compile_seconds_; }
  // What setup and statement have printed and nobody has seen.
  uint64_t dropped_bytes() const;
  const runtime::RunError& error() const { return *error_; }

 private:
  class DroppedOutput;
  bool Keep(runtime::Outcome outcome, runtime::Value* value);

  const LoadedSnippet& snippet_;
  std::unique_ptr<DroppedOutput> output_;
  runtime::TypeTable types_;
  std::unique_ptr<runtime::Context> context_;
  std::unique_ptr<runtime::Executable> executable_;
  double first_turn_seconds_ = 0;
  double compile_seconds_ = 0;
  std::optional<runtime::RunError> error_;
};

}  // namespace measure
