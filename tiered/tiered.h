#pragma once
// The tiered backend (`--backend=tiered`): interprets at once, counts work, has
// what is worth it compiled in the background, and goes over to machine code at
// calls and inside running loops. See docs/tiered.md.

#include <memory>
#include <string>

#include "runtime/backend.h"
#include "tiered/options.h"

namespace tiered {

class Tiered final : public runtime::Backend {
 public:
  explicit Tiered(Options options = {}) : options_(std::move(options)) {}

  std::string name() const override { return "tiered"; }
  std::unique_ptr<runtime::Executable> Prepare(const frontend::Program& program,
                                               runtime::Context& context,
                                               runtime::Counting counting,
                                               runtime::Entry entry) override;

 private:
  Options options_;
};

}  // namespace tiered
