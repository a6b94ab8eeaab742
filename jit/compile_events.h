#pragma once
// What compiling a unit did, as events of the run's log.

#include <vector>

#include "jit/job.h"
#include "runtime/event.h"

namespace jit {

// Appends CompileBegin, a Phase each (lowering too, which is the run's), what was inlined and what
// was refused, CompileEnd and Published of each of the machine's jobs.
void AddCompileEvents(const Machine& machine, std::vector<runtime::Event>* events);

}  // namespace jit
