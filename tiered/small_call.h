#pragma once
// Which functions are too small to be worth calling in machine code: boxing
// arguments and result takes longer than the call does on the interpreter.

#include "frontend/program.h"
#include "infer/infer.h"

namespace tiered {

// Whether a call of the version evaluates a few expressions and is done: no loop, no recursion, no
// call of what is not known to be small.
bool IsSmallCall(const frontend::Program& program, const infer::Inference& inference,
                 infer::VersionId version);

}  // namespace tiered
