#pragma once
// From a checked program and its types to the tree of statements and terms that targets print.

#include <memory>

#include "emit/tree.h"
#include "frontend/program.h"
#include "runtime/type.h"

namespace emit {

// `program` and `types` must outlive the module.
std::unique_ptr<Module> Lower(const frontend::Program& program, runtime::TypeTable& types,
                              const Traits& traits);

// A default that may stand in a signature: nothing can change it, and it cannot fail.
bool IsConstantDefault(const frontend::Expr& value);

}  // namespace emit
