#pragma once
// One bench, made ready in this process: called again and again, each iteration timed, and its
// value watched, since a time without a checked answer is worth nothing.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "measure/placed_events.h"
#include "measure/results.h"
#include "runtime/backend.h"
#include "runtime/output.h"

namespace measure {

// Keeps the beginning of what a program prints, and counts the rest.
class CapturedOutput final : public runtime::Output {
 public:
  CapturedOutput();
  bool Write(std::string_view text) override;
  bool Flush() override { return true; }
  // What was written since the last call; long texts end with their length and a checksum, so that
  // different texts stay different.
  std::string Take();

 private:
  std::string kept_;
  uint64_t total_bytes_ = 0;
  uint64_t checksum_;
};

class BenchRun {
 public:
  // All references must outlive the object. Runs on the caller's stack (runtime::OnLargeStack).
  BenchRun(const frontend::Program& program, runtime::Context& context,
           runtime::Executable& executable, CapturedOutput& output);
  ~BenchRun();
  BenchRun(const BenchRun&) = delete;
  BenchRun& operator=(const BenchRun&) = delete;

  // Runs the top level and reads the parameters of `bench`, which must be a bench of the program.
  // False: error() says why; so for the others.
  bool Start(std::string_view bench, const std::vector<Parameter>& parameters);
  // Appends to batch->seconds the seconds of a call for each of `iterations` samples of `calls`
  // calls; the first sample of all is a single call. `first` and `calls` are set. A batch that
  // failed is of no use.
  bool Run(uint32_t iterations, uint64_t calls, Batch* batch);

  // Of the first call, as print shows it; and what it printed.
  const std::string& value() const { return value_text_; }
  const std::string& output() const { return output_text_; }
  const frontend::Function& function() const { return *function_; }
  std::span<const runtime::Value> args() const { return args_; }
  runtime::Tag value_tag() const { return value_.tag; }
  const runtime::RunError& error() const { return *error_; }
  // When each sample began and ended.
  const std::vector<TimeSpan>& samples() const { return samples_; }

 private:
  bool Call();
  bool CallTimes(uint64_t times);
  bool KeepFirst();
  bool SameAsFirst();
  bool Fail(runtime::Failure failure);

  const frontend::Program& program_;
  runtime::Context& context_;
  runtime::Executable& executable_;
  CapturedOutput& output_;
  const frontend::Function* function_ = nullptr;
  frontend::FunctionId id_ = 0;
  std::vector<runtime::Value> args_;
  uint32_t iterations_ = 0;  // made so far
  std::vector<TimeSpan> samples_;
  runtime::Value value_ = runtime::Value::None();
  runtime::Value last_ = runtime::Value::None();
  std::string value_text_;
  std::string output_text_;
  std::optional<runtime::RunError> error_;
};

}  // namespace measure
