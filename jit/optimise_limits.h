#pragma once
// Keeps the time that LLVM takes for one function in bounds.

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "jit/engine.h"

namespace llvm {
class Module;
}  // namespace llvm

namespace jit {

// Marks the functions that cost more than `limit` as not to be optimised, and
// appends each to `refusals`. Calls in functions of a quarter of the limit are
// kept from being inlined, so that they do not grow beyond it.
void RefuseLarge(llvm::Module& module, uint32_t limit, std::vector<Refusal>& refusals);

// Moves the functions refused at this limit to a module of their own, for the
// fastest code generator; null when there is none. What both modules use
// becomes external, under names that end in `suffix`.
std::unique_ptr<llvm::Module> SplitRefused(llvm::Module& module, uint32_t limit,
                                           std::string_view suffix);

}  // namespace jit
