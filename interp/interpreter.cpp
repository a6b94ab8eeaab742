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
  InterpExecutable(const frontend::Program& program, runtime::Context& context, Ladder ladder,
                   runtime::Counting counting)
      : machine_(program, context, ladder, counting), tier_(TierName(ladder)) {}

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
    counters.memo = machine_.MemoCounters();
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
    }
    return outcome;
  }

  Machine machine_;
  const char* tier_;
  uint64_t entries_ = 0;
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
  return std::make_unique<InterpExecutable>(program, context, ladder_, counting);
}

}  // namespace interp
