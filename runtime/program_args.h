#pragma once
// The arguments of `main` as they stand on the command line.

#include <string>
#include <vector>

#include "runtime/context.h"
#include "runtime/value.h"

namespace runtime {

// Values for the parameters of `function` from texts such as "5000" and
// "n=5000", owned by the caller; trailing parameters that have a default may be
// left out. False, with the failure set, when they do not fit.
bool ReadProgramArgs(Context& context, const frontend::Function& function,
                     const std::vector<std::string>& texts, std::vector<Value>* values);

}  // namespace runtime
