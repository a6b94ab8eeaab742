#pragma once
// Work that a bench does in vain: values that nobody uses, which a compiler may leave out, and
// sequences that nobody consumes, which do nothing on any engine. Found in the text, by the types
// that inference gives.

#include <span>
#include <string>
#include <vector>

#include "infer/infer.h"

namespace measure {

// A sentence for each such place in the body of `bench` when it is called with arguments of these
// types, in the order of the text.
std::vector<std::string> FindDiscarded(const frontend::Program& program,
                                       const frontend::Function& bench,
                                       std::span<const runtime::TypeId> args,
                                       runtime::TypeTable& types);

// The same for `part` alone, an expression of the body whose value is used.
std::vector<std::string> FindDiscardedIn(const frontend::Program& program,
                                         const frontend::Function& function,
                                         const frontend::Expr& part,
                                         std::span<const runtime::TypeId> args,
                                         runtime::TypeTable& types);

}  // namespace measure
