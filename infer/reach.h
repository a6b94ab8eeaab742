#pragma once
// The versions a program uses, as far as its calls can be followed.

#include <vector>

#include "frontend/program.h"
#include "infer/infer.h"

namespace infer {

// Requests the top level, `main` and each bench (parameters: as declared, else
// the type of the default, else int). Returns their versions.
std::vector<VersionId> RequestRoots(Inference& inference, const frontend::Program& program);

// The versions that the roots call, directly or not, themselves included, by
// function and in the order they are met. What map and filter call counts.
std::vector<std::vector<VersionId>> Reach(Inference& inference, const frontend::Program& program,
                                          const std::vector<VersionId>& roots);

// All expressions of a function's own code, in source order: what stands in
// functions inside it is left out.
std::vector<const frontend::Expr*> OwnExprs(const frontend::Program& program,
                                            frontend::FunctionId function);

}  // namespace infer
