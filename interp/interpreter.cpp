// The backend's face: runs the top level and calls functions, and turns what
// unwound into an Outcome.

#include "interp/interpreter.h"

#include "interp/builder.h"
#include "interp/dynamic.h"
#include "runtime/error_texts.h"
#include "runtime/ops.h"

namespace interp {
namespace {

const char* TierName(Ladder ladder) {
  switch (ladder) {
    case Ladder::Boxed:
      return "tree, boxed";
    case Ladder::Typed:
      return "tree, typed";
    case Ladder::Fused:
      break;
  }
  return "tree, fused";
}

class InterpExecutable final : public runtime::Executable {
 public:
  InterpExecutable(const frontend::Program& program, runtime::Context& context,
                   infer::RunState& state, Ladder ladder, runtime::Counting counting, Tiers* tiers)
      : machine_(program, context, state, ladder, counting, tiers), tier_(TierName(ladder)) {}

  runtime::Outcome RunTop() override {
    return Catch([&] {
      const Code* code = machine_.CodeFor(frontend::kTopFunction, {});
      Word* frame = BaseFrame();
      return code->entry->eval_value(code->entry, frame);
    });
  }

  runtime::Outcome Call(frontend::FunctionId function,
                        std::span<const runtime::Value> args) override {
    return Catch([&] {
      // The call stands in a frame of its own, which tracebacks leave out.
      const frontend::Span span = machine_.program.resolution.functions[function].span;
      const Sites sites{&machine_, function, 0, &span};
      struct {
        Node node{};
        Operand distance{.i = kHeaderWords};
      } call;
      call.node.sites = &sites;
      std::vector<runtime::Value> owned;
      for (const runtime::Value arg : args) {
        owned.push_back(runtime::Retain(arg));
      }
      return CallValue({&call.node, BaseFrame(), kHeaderWords}, runtime::Value::Function(function),
                       owned);
    });
  }

  runtime::WorkCounters counters() const override {
    runtime::WorkCounters counters;
    counters.nodes = machine_.nodes_executed;
    counters.calls = machine_.calls;
    counters.memo = machine_.tables.MemoCounters();
    return counters;
  }

  std::vector<runtime::TierCount> tiers() const override { return {{tier_, entries_}}; }

  std::vector<runtime::PhaseTime> phases() const override {
    return {{"infer", machine_.infer_seconds}, {"build", machine_.build_seconds}};
  }

 private:
  Word* BaseFrame() {
    Word* frame = machine_.stack + kHeaderWords;
    CallerNode(frame) = nullptr;
    Depth(frame) = 0;
    return frame;
  }

  template <typename F>
  runtime::Outcome Catch(F run) {
    runtime::Outcome outcome;
    ++entries_;
    try {
      outcome.value = run();
    } catch (Unwind& unwind) {
      outcome.error = std::move(unwind.error);
      machine_.tables.has_failed = true;
    }
    return outcome;
  }

  Machine machine_;
  const char* tier_;
  uint64_t entries_ = 0;
};

// With types and tables of its own.
class LoneExecutable final : public runtime::Executable {
 public:
  LoneExecutable(const frontend::Program& program, runtime::Context& context, Ladder ladder,
                 runtime::Counting counting)
      : state_(program, context,
               ladder == Ladder::Boxed ? infer::Typing::Boxed : infer::Typing::Inferred),
        run_(program, context, state_, ladder, counting, nullptr) {}

  runtime::Outcome RunTop() override { return run_.RunTop(); }
  runtime::Outcome Call(frontend::FunctionId function,
                        std::span<const runtime::Value> args) override {
    return run_.Call(function, args);
  }
  runtime::WorkCounters counters() const override { return run_.counters(); }
  std::vector<runtime::TierCount> tiers() const override { return run_.tiers(); }
  std::vector<runtime::PhaseTime> phases() const override { return run_.phases(); }

 private:
  infer::RunState state_;
  InterpExecutable run_;
};

}  // namespace

std::string Interpreter::name() const {
  switch (ladder_) {
    case Ladder::Boxed:
      return "interp-boxed";
    case Ladder::Typed:
      return "interp-typed";
    case Ladder::Fused:
      break;
  }
  return "interp";
}

std::unique_ptr<runtime::Executable> Interpreter::Prepare(const frontend::Program& program,
                                                          runtime::Context& context,
                                                          runtime::Counting counting,
                                                          runtime::Entry /*entry*/) {
  return std::make_unique<LoneExecutable>(program, context, ladder_, counting);
}

std::unique_ptr<runtime::Executable> NewTieredRun(const frontend::Program& program,
                                                  runtime::Context& context,
                                                  infer::RunState& state,
                                                  runtime::Counting counting, Tiers& tiers) {
  return std::make_unique<InterpExecutable>(program, context, state, Ladder::Fused, counting,
                                            &tiers);
}

}  // namespace interp
