// From versions to addresses: makes a unit, lowers it, hands it to the engine.

#include <llvm/IR/Module.h>

#include "frontend/check.h"
#include "jit/machine.h"
#include "jit/unit.h"

namespace jit {

void Machine::Compile(std::span<const infer::VersionId> entries, bool at_any_depth) {
  const double start = context.clock();
  std::unique_ptr<llvm::Module> module =
      engine.NewModule("unit" + std::to_string(counters.units++));
  Unit unit(*this, *module);
  const double inferred = infer_seconds;
  for (const infer::VersionId entry : entries) {
    unit.AddEntry(entry, at_any_depth);
  }
  unit.Lower();
  // Versions of stages are asked for on the way.
  lower_seconds += context.clock() - start - (infer_seconds - inferred);
  engine.Compile(std::move(module));
  for (const infer::VersionId entry : entries) {
    Code code;
    void* address = engine.Address(unit.EntryName(entry));
    if (unit.IsGenerator(entry)) {
      code.resume = reinterpret_cast<Resume>(address);
      code.frame_bytes = unit.FrameBytes(entry);
    } else {
      code.entry = reinterpret_cast<Entry>(address);
    }
    codes_[{entry, at_any_depth}] = code;
  }
}

const Code& Machine::CodeOf(infer::VersionId version, uint32_t depth) {
  const bool at_any_depth = depth != 1;
  auto known = codes_.find({version, at_any_depth});
  if (known == codes_.end()) {
    Compile(std::span(&version, 1), at_any_depth);
    known = codes_.find({version, at_any_depth});
  }
  return known->second;
}

}  // namespace jit
