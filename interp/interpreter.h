#pragma once
// The tree-walking interpreter as a backend (`--backend=interp`).

#include <memory>
#include <string>

#include "infer/run_state.h"
#include "runtime/backend.h"

namespace interp {

// --interp=: each step of the ladder adds one idea.
enum class Ladder : uint8_t {
  Boxed,  // every value tagged, one node per operator
  Typed,  // unboxed by inferred types, one node per operator
  Fused,  // typed, and one node for larger shapes
};

class Interpreter final : public runtime::Backend {
 public:
  explicit Interpreter(Ladder ladder) : ladder_(ladder) {}
  std::string name() const override;  // "interp", "interp-typed", "interp-boxed"
  std::unique_ptr<runtime::Executable> Prepare(const frontend::Program& program,
                                               runtime::Context& context,
                                               runtime::Counting counting,
                                               runtime::Entry entry) override;

 private:
  Ladder ladder_;
};

class Tiers;

// A run of the fused interpreter whose work is counted and that goes over to other tiers where
// `tiers` says so (tiers.h). All that it is given outlives it.
std::unique_ptr<runtime::Executable> NewTieredRun(const frontend::Program& program,
                                                  runtime::Context& context,
                                                  infer::RunState& state,
                                                  runtime::Counting counting, Tiers& tiers);

}  // namespace interp
