// Runs programs in process and compares the steps of the ladder.

#include "tests/interp/ladder_run.h"

#include <cmath>

#include <gtest/gtest.h>

#include "runtime/builtins.h"
#include "runtime/ops.h"
#include "runtime/run.h"

namespace interp {

std::unique_ptr<frontend::Program> Load(const std::string& text) {
  frontend::DiagnosticSink sink;
  auto program = frontend::LoadProgram("test.gc", text, runtime::BuiltinSignatures(), sink);
  if (program == nullptr) {
    ADD_FAILURE() << frontend::RenderDiagnostics(frontend::SourceFile("test.gc", text), sink.Take(),
                                                 frontend::Color::No);
  }
  return program;
}

Prepared::Prepared(const frontend::Program& program, Ladder ladder, const runtime::Limits& limits,
                   runtime::Counting counting)
    : context_(program, types_, output_, limits) {
  context_.clock = [] { return 0.0; };
  executable_ = Interpreter(ladder).Prepare(program, context_, counting, runtime::Entry::Main);
}

runtime::Outcome Prepared::Call(std::string_view function, std::span<const runtime::Value> args) {
  const frontend::Function* found = context_.program.FindFunction(function);
  EXPECT_NE(found, nullptr) << function;
  return executable_->Call(context_.program.IdOf(*found), args);
}

std::string Prepared::Take(runtime::Outcome outcome) {
  std::string text;
  if (!outcome.error.has_value()) {
    runtime::Format(context_, outcome.value, &text);
    runtime::Release(outcome.value);
    return text;
  }
  const runtime::RunError& error = *outcome.error;
  text = std::string(runtime::Name(error.failure.kind)) + ": " + error.failure.message + " (" +
         error.failure.help + ")";
  for (const runtime::TraceEntry& entry : error.trace) {
    text += "\n  " + std::string(context_.program.resolution.functions[entry.function].name) + " " +
            std::to_string(entry.at.begin) + ".." + std::to_string(entry.at.end) + ": " +
            std::string(context_.program.source->text(entry.at).substr(0, 60));
  }
  return text;
}

bool SamePlain(const runtime::Outcome& a, const runtime::Outcome& b) {
  if (a.error.has_value() != b.error.has_value()) {
    return false;
  }
  if (!a.error.has_value()) {
    const bool both_nan = a.value.tag == runtime::Tag::Float && std::isnan(a.value.real) &&
                          b.value.tag == runtime::Tag::Float && std::isnan(b.value.real);
    return both_nan || (a.value.tag == b.value.tag && a.value.bits == b.value.bits);
  }
  const runtime::RunError& x = *a.error;
  const runtime::RunError& y = *b.error;
  bool same = x.failure.kind == y.failure.kind && x.failure.message == y.failure.message &&
              x.failure.help == y.failure.help && x.trace.size() == y.trace.size();
  for (size_t i = 0; same && i < x.trace.size(); ++i) {
    same = x.trace[i].function == y.trace[i].function && x.trace[i].at == y.trace[i].at;
  }
  return same;
}

LadderRun RunProgramOn(const frontend::Program& program, Ladder ladder, runtime::Counting counting,
                       const runtime::Limits& limits) {
  LadderRun run;
  runtime::OnLargeStack([&] {
    Prepared prepared(program, ladder, limits, counting);
    runtime::Outcome outcome = prepared.RunTop();
    const bool has_main = program.FindFunction("main") != nullptr;
    run.failed = outcome.error.has_value();
    if (!run.failed && has_main) {
      runtime::Release(outcome.value);
      outcome = prepared.Call("main");
      run.failed = outcome.error.has_value();
    }
    run.result = prepared.Take(std::move(outcome));
    run.output = prepared.output();
    const runtime::WorkCounters work = prepared.counters();
    run.nodes = work.nodes;
    run.calls = work.calls;
    for (const runtime::WorkCounters::Memo& memo : work.memo) {
      // A table that was never asked is there on the steps that make it for code that never runs.
      if (memo.hits + memo.misses > 0) {
        run.memo += memo.function + " " + std::to_string(memo.hits) + "/" +
                    std::to_string(memo.misses) + " ";
      }
    }
    if (!run.failed && has_main) {
      const uint64_t before = prepared.live_objects();
      prepared.Take(prepared.Call("main"));
      run.leaked = prepared.live_objects() - before;
    }
  });
  return run;
}

std::string Describe(const LadderRun& run) {
  return run.output + "=> " + run.result + "\nnodes " + std::to_string(run.nodes) + ", calls " +
         std::to_string(run.calls) + ", memo " + run.memo + ", leaked " +
         std::to_string(run.leaked) + "\n";
}

LadderRun ExpectLaddersAgree(const std::string& text, const runtime::Limits& limits) {
  const auto program = Load(text);
  if (program == nullptr) {
    return {};
  }
  const LadderRun fused = RunProgramOn(*program, Ladder::Fused, runtime::Counting::Yes, limits);
  EXPECT_EQ(fused.leaked, 0U) << text;
  for (const Ladder ladder : {Ladder::Boxed, Ladder::Typed}) {
    const LadderRun run = RunProgramOn(*program, ladder, runtime::Counting::Yes, limits);
    EXPECT_EQ(run, fused) << Interpreter(ladder).name() << ":\n"
                          << Describe(run) << "fused:\n"
                          << Describe(fused) << text;
  }
  LadderRun uncounted = RunProgramOn(*program, Ladder::Fused, runtime::Counting::No, limits);
  uncounted.nodes = fused.nodes;
  uncounted.calls = fused.calls;
  EXPECT_EQ(uncounted, fused) << "not counted:\n"
                              << Describe(uncounted) << "counted:\n"
                              << Describe(fused) << text;
  return fused;
}

}  // namespace interp
