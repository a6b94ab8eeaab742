// The measuring loop. The clock is read right before and right after the calls of a sample; what
// has to be done between two samples is done outside of both. Its own cost is measured by
// bench/measuring_loop. Tests: tests/measure/bench_run_test.cpp.

#include "measure/bench_run.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "frontend/check.h"
#include "runtime/ops.h"
#include "runtime/program_args.h"

namespace measure {
namespace {

constexpr size_t kKeptBytes = 4096;
// FNV-1a of 64 bits.
constexpr uint64_t kChecksumStart = 0xcbf29ce484222325;
constexpr uint64_t kChecksumPrime = 0x100000001b3;

}  // namespace

bool CapturedOutput::Write(std::string_view text) {
  total_bytes_ += text.size();
  for (const char c : text) {
    checksum_ = (checksum_ ^ static_cast<unsigned char>(c)) * kChecksumPrime;
  }
  kept_ += text.substr(0, kKeptBytes - std::min(kKeptBytes, kept_.size()));
  return true;
}

CapturedOutput::CapturedOutput() : checksum_(kChecksumStart) {}

std::string CapturedOutput::Take() {
  std::string text = std::exchange(kept_, {});
  if (total_bytes_ > text.size()) {
    text += fmt::format("... {} bytes, checksum {:016x}", total_bytes_, checksum_);
  }
  total_bytes_ = 0;
  checksum_ = kChecksumStart;
  return text;
}

BenchRun::BenchRun(const frontend::Program& program, runtime::Context& context,
                   runtime::Executable& executable, CapturedOutput& output)
    : program_(program), context_(context), executable_(executable), output_(output) {}

BenchRun::~BenchRun() {
  for (const runtime::Value arg : args_) {
    runtime::Release(arg);
  }
  runtime::Release(value_);
  runtime::Release(last_);
}

bool BenchRun::Fail(runtime::Failure failure) {
  error_ = runtime::RunError{std::move(failure), {}};
  if (function_ != nullptr) {
    error_->trace = {{id_, function_->span}};
  }
  return false;
}

bool BenchRun::Start(std::string_view bench, const std::vector<Parameter>& parameters) {
  runtime::Outcome top = executable_.RunTop();
  runtime::Release(top.value);
  if (top.error) {
    error_ = std::move(top.error);
    return false;
  }
  output_.Take();
  function_ = program_.FindFunction(bench);
  LAB_CHECK(function_ != nullptr && function_->kind == frontend::FunctionKind::Bench);
  id_ = program_.IdOf(*function_);
  std::vector<std::string> texts;
  for (const Parameter& parameter : parameters) {
    texts.push_back(parameter.name + "=" + parameter.value);
  }
  if (!runtime::ReadProgramArgs(context_, *function_, texts, &args_)) {
    runtime::Failure failure = std::move(*context_.failure);
    context_.failure.reset();
    return Fail(std::move(failure));
  }
  return true;
}

bool BenchRun::Call() {
  runtime::Outcome outcome = executable_.Call(id_, args_);
  last_ = outcome.value;
  if (outcome.error) [[unlikely]] {
    error_ = std::move(outcome.error);
    return false;
  }
  return true;
}

bool BenchRun::CallTimes(uint64_t times) {
  for (; times > 1; --times) {
    if (!Call()) {
      return false;
    }
    runtime::Release(std::exchange(last_, runtime::Value::None()));
  }
  return Call();
}

bool BenchRun::KeepFirst() {
  value_ = std::exchange(last_, runtime::Value::None());
  output_text_ = output_.Take();
  if (!runtime::Format(context_, value_, &value_text_)) {
    runtime::Failure failure = std::move(*context_.failure);
    context_.failure.reset();
    return Fail(std::move(failure));
  }
  return true;
}

bool BenchRun::SameAsFirst() {
  const runtime::Value last = std::exchange(last_, runtime::Value::None());
  std::string text;
  const bool shown = runtime::Format(context_, last, &text);
  runtime::Release(last);
  if (!shown) {
    runtime::Failure failure = std::move(*context_.failure);
    context_.failure.reset();
    return Fail(std::move(failure));
  }
  if (text == value_text_) {
    return true;
  }
  return Fail({runtime::ErrorKind::Value,
               fmt::format("bench {} gave {} at first and {} in iteration {}", function_->name,
                           value_text_, text, iterations_ + 1),
               "a bench must give the same value each time it is called"});
}

bool BenchRun::Run(uint32_t iterations, uint64_t calls, Batch* batch) {
  batch->first = iterations_;
  batch->calls = calls;
  batch->seconds.reserve(batch->seconds.size() + iterations);
  // No growing while the clock runs, and none by a batch at a time either.
  if (samples_.capacity() < samples_.size() + iterations) {
    samples_.reserve(2 * samples_.size() + iterations);
  }
  double begin = context_.clock();
  for (uint32_t i = 0; i < iterations; ++i, ++iterations_) {
    const uint64_t times = iterations_ == 0 ? 1 : calls;
    if (!CallTimes(times)) {
      return false;
    }
    const double end = context_.clock();
    batch->seconds.push_back((end - begin) / static_cast<double>(times));
    samples_.push_back({begin, end});
    begin = end;
    const bool is_plainly_the_same = iterations_ > 0 && last_.tag == value_.tag &&
                                     !last_.is_object() && last_.bits == value_.bits;
    if (!is_plainly_the_same) {
      if (!(iterations_ == 0 ? KeepFirst() : SameAsFirst())) {
        return false;
      }
      begin = context_.clock();
    }
  }
  output_.Take();
  return true;
}

}  // namespace measure
