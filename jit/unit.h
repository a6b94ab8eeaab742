#pragma once
// One module on its way: the versions it holds, and what their code refers to.
//
// A unit is lowered from its entries (what is called from outside) and reaches
// every version they call, so that LLVM sees the whole program at once. All
// functions of a unit are internal except the wrappers of its entries.

#include <array>
#include <cstdint>
#include <deque>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/Module.h>

#include "infer/loop_entry.h"
#include "jit/call_graph.h"
#include "jit/machine.h"

namespace jit {

// The name of the block of a function that all failures go to.
inline constexpr const char* kFailureBlock = "failed";

enum class HelperId : uint8_t {
#define LAB_HELPER(name, is_cold) name,
#include "jit/support.def"
#undef LAB_HELPER
};

// A version in the unit. The signature: [i32 depth,] parameters and captures by
// Rep (Unit: none; Value: two i64), all borrowed. The result: {payload, i1
// failed}, {tag, bits, i1} for a Value, i1 alone for Unit.
struct Version {
  infer::VersionId id;
  llvm::Function* function;
  CallInfo calls;
};

// What the type-based alias analysis tells apart.
enum class Memory : uint8_t { Header, Count, Ints, Floats, Bools, Objects, Values, Flags };

class Unit {
 public:
  Unit(Machine& machine, llvm::Module& module);
  Unit(const Unit&) = delete;
  Unit& operator=(const Unit&) = delete;

  Machine& machine() { return machine_; }
  llvm::Module& module() { return module_; }
  llvm::LLVMContext& context() { return module_.getContext(); }

  // Adds the version with what it calls, and a wrapper that is called from outside: an Entry, or
  // a Resume for a generator.
  void AddEntry(infer::VersionId version, Depths depths);
  // Adds the rest of the version, or of the entry's root, from a turn of a loop on. It is called
  // from outside like an Entry whose arguments are the loop's state (infer/loop_entry.h); those
  // that it gives back are replaced.
  void AddLoop(infer::VersionId version, const infer::LoopEntry& loop, const LoopFacts& facts);
  // Lowers a part, a version or less, of all that AddEntry and AddLoop reached. False: that was the
  // last one, and the frame sizes of generators are known.
  bool LowerMore();
  // That its code may be called at: no less than what was asked for.
  Depths depths() const { return depths_; }
  std::string EntryName(infer::VersionId version) const;
  std::string LoopName() const { return "loop$" + module_name_; }  // of the one loop
  bool IsGenerator(infer::VersionId version) const;
  uint32_t FrameBytes(infer::VersionId version) const { return frame_bytes_.at(version); }

  // For Lowering.
  // The type of what is returned: by the version, or by what is entered at a loop of it.
  runtime::TypeId ResultOf(infer::VersionId id, const infer::LoopEntry* loop) const;
  const Version& VersionOf(infer::VersionId id);  // declares it when first asked for
  llvm::FunctionCallee Helper(HelperId id);
  static bool TakesMachine(HelperId id);
  // A libm function by its C name, nobuiltin: double(double) or double(double, double).
  llvm::FunctionCallee MathFunction(llvm::StringRef name, unsigned arity);
  llvm::Constant* Address(const void* pointer);
  llvm::MDNode* Alias(Memory memory) const { return alias_[static_cast<size_t>(memory)]; }
  // The pointer loaded is an object: LLVM may read from it ahead of checks.
  void MarkObject(llvm::LoadInst* load);
  llvm::MDNode* unlikely() const { return unlikely_; }
  void SetFrameBytes(infer::VersionId version, uint32_t bytes) { frame_bytes_[version] = bytes; }
  const CallGraph& call_graph() const { return call_graph_; }
  // The body of the generator stands in a loop of `consumer`.
  void Fused(infer::VersionId generator, infer::VersionId consumer) {
    fused_.emplace_back(generator, consumer);
  }
  const std::vector<std::pair<infer::VersionId, infer::VersionId>>& fused() const { return fused_; }

  // The payload's type; Value: i64 (its bits).
  llvm::Type* TypeOf(Rep rep);
  llvm::Type* MemoryTypeOf(Rep rep);  // Bool: i8
  llvm::Type* ResultType(Rep rep);    // with the failure flag

 private:
  llvm::FunctionType* SignatureOf(infer::VersionId id, const CallInfo& calls);
  void BeginLowering();
  void LowerEntry(infer::VersionId id);
  void LowerLoop();
  llvm::Function* NewWrapper(const std::string& name);
  // Calls the version's code from its wrapper and stores the boxed result.
  void CallFromWrapper(llvm::IRBuilder<>& b, llvm::Function* function, runtime::TypeId result,
                       const std::vector<llvm::Value*>& args, llvm::Function* wrapper);
  void MarkInlined();

  Machine& machine_;
  llvm::Module& module_;
  std::string module_name_;  // the module itself is handed over when it is lowered
  CallGraph call_graph_;
  std::deque<Version> versions_;
  std::unordered_map<infer::VersionId, Version*> by_id_;
  std::vector<infer::VersionId> pending_;
  std::vector<infer::VersionId> entries_;
  Depths depths_ = Depths::One;
  bool is_begun_ = false;
  struct LoopTarget {
    infer::VersionId version;
    const infer::LoopEntry* entry;
    LoopFacts facts;
  };
  std::optional<LoopTarget> loop_;
  std::unordered_map<infer::VersionId, uint32_t> frame_bytes_;
  std::vector<std::pair<infer::VersionId, infer::VersionId>> fused_;
  std::array<llvm::MDNode*, 8> alias_;
  llvm::MDNode* unlikely_;
};

}  // namespace jit
