#pragma once
// Which versions call which, before any is lowered: it decides where the call
// depth must be counted. A call that can never be deeper than the limit needs
// no check, and a function from which every path is such needs no depth at all.

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "frontend/program.h"
#include "infer/infer.h"

namespace jit {

struct Machine;

// At which depths code may be called from outside: at 1 only (the top level: 0), at those up to
// kShallowDepth, or at all. The less there are, the fewer calls need to look at the depth.
enum class Depths : uint8_t { One, Shallow, Any };
inline constexpr uint32_t kShallowDepth = 100;

// The depths that a caller at this one asks for; kAnyDepth (machine.h): Any.
inline Depths DepthsOf(uint32_t depth) {
  return depth == 1 ? Depths::One
                    : depth > 0 && depth <= kShallowDepth ? Depths::Shallow : Depths::Any;
}

struct CallInfo {
  bool has_depth = true;   // takes the depth of its caller's calls as first parameter
  bool calls_math = false;  // the mathematical library, itself or below
  bool is_checked = true;  // a call of it may pass the depth limit (or must see an interrupt)
};

class CallGraph {
 public:
  explicit CallGraph(Machine& machine) : machine_(machine) {}

  // Adds the version, which is called from outside at these depths, and all that it reaches.
  void Add(infer::VersionId root, Depths depths);
  // After the last Add.
  void Solve();
  const CallInfo& Of(infer::VersionId version) const { return nodes_.at(version).info; }
  bool IsRecursive(infer::VersionId version) const { return nodes_.at(version).is_recursive; }
  // Callees come first, as far as there is such an order.
  const std::vector<infer::VersionId>& versions() const { return order_; }

 private:
  struct Node {
    CallInfo info;
    std::vector<infer::VersionId> callees;
    std::vector<infer::VersionId> generators;  // of the callees, one for each call
    bool calls_unknown = false;  // calls values, or pulls a sequence
    bool pulls = false;  // a sequence whose generators are not known
    Depths depths = Depths::One;  // that it is called at from outside
    bool is_recursive = false;
  };
  void Scan(infer::VersionId version, Node& node);
  bool IsMadeInPlace(const infer::Version& version, const frontend::Expr& source) const;
  void ScanExpr(const infer::Version& version, const frontend::Expr& expr, Node& node);

  Machine& machine_;
  std::unordered_map<infer::VersionId, Node> nodes_;
  std::vector<infer::VersionId> order_;
};

// The version that map or filter calls with elements of this type; kNoVersion when the function is
// not one version of the program (a built-in, a C function, a value of unknown type).
infer::VersionId StageVersion(Machine& machine, runtime::TypeId function, runtime::TypeId element);

}  // namespace jit
