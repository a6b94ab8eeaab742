// A loop in Python that reads a program as a line of JSON and answers what it did with another. A
// process that dies or does not answer is started again for the next program.
// Test: tests/fuzz/python_oracle_test.cpp.

#include "fuzz/python_oracle.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "peers/error_text.h"
#include "peers/outcome.h"

namespace fuzz {
namespace {

constexpr double kSeconds = 20;
constexpr size_t kShownBytes = 2000;  // of what CPython says itself

// Recursions of the language are deeper than the stack that the main thread has. What a program
// prints before an error is kept, as with a process of its own.
constexpr const char* kLoop = R"(
import io, json, sys, threading, traceback

def run(text):
    sys.stdout = out = io.StringIO()
    error = ""
    try:
        exec(compile(text, "program.py", "exec"), {"__name__": "__main__"})
    except SystemExit:
        pass
    except BaseException:
        error = traceback.format_exc()
    sys.stdout = sys.__stdout__
    return {"out": out.getvalue(), "err": error}

def loop():
    for line in sys.stdin:
        limit = sys.getrecursionlimit()
        answer = run(json.loads(line))
        sys.setrecursionlimit(limit)
        print(json.dumps(answer), flush=True)

threading.stack_size(512 << 20)
thread = threading.Thread(target=loop)
thread.start()
thread.join()
)";

bool IsLimit(const std::string& kind) {
  return kind == "memory limit" || kind == "time limit" || kind == "depth limit";
}

peers::Outcome OutcomeOf(const Observation& base) {
  peers::Outcome outcome;
  outcome.output = base.output;
  outcome.error_kind = base.error_kind;
  if (!base.trace.empty()) {
    outcome.error_lines = {.first = base.trace[0].line, .last = base.trace[0].line};
  }
  return outcome;
}

}  // namespace

bool PythonOracle::Start() {
  if (process_ != nullptr) {
    return true;
  }
  measure::Launch launch{.arguments = {interpreter_, "-c", kLoop}};
  launch.in.kind = measure::Stream::Kind::Pipe;
  launch.out.kind = measure::Stream::Kind::Pipe;
  launch.err.kind = measure::Stream::Kind::Null;
  int error = 0;
  process_ = measure::StartProcess(launch, &error);
  is_missing_ = process_ == nullptr;
  return !is_missing_;
}

Disagreement PythonOracle::Judge(const frontend::Program& program, const Observation& base,
                                 bool is_deep) {
  if (IsLimit(base.error_kind)) {
    return {};
  }
  const emit::Translation translation = emit::Translate(program, emit::Target::Python, {});
  if (translation.refusal || !Start()) {
    return {};
  }
  std::string line;
  if (!process_->WriteLine(nlohmann::json(translation.text).dump()) ||
      process_->ReadLine(kSeconds, &line) != measure::ReadResult::Line) {
    process_->Kill();
    process_.reset();
    return {"python", "it ends, or does not answer"};
  }
  const nlohmann::json answer = nlohmann::json::parse(line);
  peers::PeerRun run;
  run.output = answer.at("out").get<std::string>();
  if (const std::string text = answer.at("err").get<std::string>(); !text.empty()) {
    run.error = peers::ReadError(emit::Target::Python, text, translation.lines);
    run.end = run.error.kind.empty() ? peers::RunEnd::Crash : peers::RunEnd::Error;
    run.note = text;
  }
  const peers::Outcome expected = OutcomeOf(base);
  const peers::Outcome actual = peers::OutcomeOf(std::move(run));
  constexpr measure::Tolerance kExact = measure::Tolerance::None;
  const peers::Verdict verdict = peers::Compare(expected, actual, kExact);
  if (verdict != peers::Verdict::Differs) {
    return {};
  }
  // CPython counts calls that the language has none for.
  if (is_deep && actual.error_kind == "depth limit") {
    return {};
  }
  const bool is_broken = actual.kind == peers::Outcome::Kind::Broken;
  const bool same_output = expected.output == actual.output;
  return {is_broken     ? "crash"
          : same_output ? "error"
                        : "output",
          peers::Difference(expected, actual, kExact) + actual.note.substr(0, kShownBytes)};
}

}  // namespace fuzz
