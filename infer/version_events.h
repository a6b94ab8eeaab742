#pragma once
// What the types of a version say about it, as events of a run's log.

#include <vector>

#include "frontend/program.h"
#include "infer/infer.h"
#include "runtime/event.h"

namespace infer {

// An event of this kind about a version, or about `loop` of it unless that is null.
runtime::Event EventOf(runtime::EventKind kind, const frontend::Program& program,
                       const Inference& inference, VersionId version,
                       const frontend::Expr* loop = nullptr);

// Appends Typed, and Boxed for each of its values that is not settled. `seconds`: when it was made.
void AddTyped(const frontend::Program& program, const Inference& inference, VersionId version,
              double seconds, std::vector<runtime::Event>* events);

// The same for versions that machine code holds (CompileEnd) and of which nothing is said yet; they
// were made when compiling began.
void AddMissingTyped(const frontend::Program& program, const Inference& inference,
                     std::vector<runtime::Event>* events);

}  // namespace infer
