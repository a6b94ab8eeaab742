#pragma once
// Tells other tools the names of compiled functions.

namespace llvm::orc {
class ObjectLinkingLayer;
}  // namespace llvm::orc

namespace jit {

// `perf report` reads /tmp/perf-PID.map: a line "ADDRESS SIZE NAME" for each function.
void AddPerfMap(llvm::orc::ObjectLinkingLayer& layer);
// gdb's interface for JITs: each object file is shown to the debugger.
void AddGdbNames(llvm::orc::ObjectLinkingLayer& layer);

}  // namespace jit
