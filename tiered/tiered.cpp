// The backend's face: a run of the interpreter with the tiers around it. Tests: tests/tiered.

#include "tiered/tiered.h"

#include <fmt/format.h>

#include "infer/run_state.h"
#include "interp/interpreter.h"
#include "tiered/tiers.h"

namespace tiered {
namespace {

class TieredExecutable final : public runtime::Executable {
 public:
  TieredExecutable(const frontend::Program& program, runtime::Context& context,
                   const Options& options, runtime::Counting counting)
      : options_(options),
        state_(program, context, infer::Typing::Inferred),
        tiers_(program, context, state_, options_, counting),
        run_(interp::NewTieredRun(program, context, state_, counting, tiers_)) {}

  ~TieredExecutable() override { tiers_.Finish(); }

  runtime::Outcome RunTop() override { return run_->RunTop(); }
  runtime::Outcome Call(frontend::FunctionId function,
                        std::span<const runtime::Value> args) override {
    return run_->Call(function, args);
  }

  runtime::WorkCounters counters() const override {
    runtime::WorkCounters counters = run_->counters();
    tiers_.AddCounters(&counters);
    return counters;
  }

  std::vector<runtime::TierCount> tiers() const override {
    std::vector<runtime::TierCount> counts = run_->tiers();
    const std::string native =
        fmt::format("native -O{}{}", options_.engine.optimise,
                    options_.engine.math == jit::Math::Fast ? " fast-math" : "");
    if (tiers_.calls_entered() > 0) {
      counts.push_back({native + ", calls", tiers_.calls_entered()});
    }
    if (tiers_.loops_entered() > 0) {
      counts.push_back({native + ", loops", tiers_.loops_entered()});
    }
    return counts;
  }

  std::vector<runtime::PhaseTime> phases() const override { return run_->phases(); }
  std::vector<std::string> notes() const override { return tiers_.Notes(); }
  std::vector<Event> events() const override { return tiers_.Events(); }

 private:
  Options options_;
  infer::RunState state_;
  mutable Tiers tiers_;
  std::unique_ptr<runtime::Executable> run_;
};

}  // namespace

std::unique_ptr<runtime::Executable> Tiered::Prepare(const frontend::Program& program,
                                                     runtime::Context& context,
                                                     runtime::Counting counting,
                                                     runtime::Entry /*entry*/) {
  return std::make_unique<TieredExecutable>(program, context, options_, counting);
}

}  // namespace tiered
