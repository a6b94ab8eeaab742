// Tests: tests/measure/snippet_test.cpp.

#include "measure/snippet_run.h"

#include <utility>

#include "frontend/check.h"
#include "runtime/run.h"

namespace measure {

class SnippetRun::DroppedOutput final : public runtime::Output {
 public:
  bool Write(std::string_view text) override {
    bytes_ += text.size();
    return true;
  }
  bool Flush() override { return true; }
  uint64_t bytes() const { return bytes_; }

 private:
  uint64_t bytes_ = 0;
};

namespace {

double PhaseSeconds(const runtime::Executable& executable) {
  double seconds = 0;
  for (const runtime::PhaseTime& phase : executable.phases()) {
    seconds += phase.seconds;
  }
  return seconds;
}

}  // namespace

SnippetRun::SnippetRun(const LoadedSnippet& snippet, runtime::Backend& backend,
                       const SnippetSettings& settings)
    : snippet_(snippet), output_(std::make_unique<DroppedOutput>()) {
  runtime::Limits limits;
  limits.memory_bytes = settings.max_memory_bytes;
  context_ = std::make_unique<runtime::Context>(*snippet.program, types_, *output_, limits);
  context_->clock = settings.clock;
  context_->allowed_externs = settings.allowed_externs;
  executable_ =
      backend.Prepare(*snippet.program, *context_, runtime::Counting::No, runtime::Entry::Calls);
}

SnippetRun::~SnippetRun() = default;

uint64_t SnippetRun::dropped_bytes() const { return output_->bytes(); }

bool SnippetRun::Keep(runtime::Outcome outcome, runtime::Value* value) {
  *value = outcome.value;
  if (outcome.error) {
    error_ = std::move(outcome.error);
    return false;
  }
  return true;
}

bool SnippetRun::Start() {
  runtime::Value value = runtime::Value::None();
  {
    const runtime::InterruptOnCtrlC interrupt(*context_);
    if (!Keep(executable_->RunTop(), &value)) {
      return false;
    }
  }
  runtime::Release(value);
  const double begin = context_->clock();
  const double before = PhaseSeconds(*executable_);
  double loop_seconds;
  if (!Run(1, &loop_seconds)) {
    return false;
  }
  first_turn_seconds_ = context_->clock() - begin;
  compile_seconds_ = PhaseSeconds(*executable_) - before;
  return true;
}

bool SnippetRun::Run(uint64_t turns, double* seconds) {
  const frontend::Function* function = snippet_.program->FindFunction(snippet_.function);
  const runtime::Value args[] = {runtime::Value::Int(static_cast<int64_t>(turns))};
  const runtime::InterruptOnCtrlC interrupt(*context_);
  runtime::Value value = runtime::Value::None();
  if (!Keep(executable_->Call(snippet_.program->IdOf(*function), args), &value)) {
    return false;
  }
  LAB_CHECK(value.tag == runtime::Tag::Float);
  *seconds = value.real;
  return true;
}

}  // namespace measure
