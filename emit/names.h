#pragma once
// Names of the program made fit for a target: none is a word of the target, and none is taken twice
// in a scope.

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "emit/tree.h"
#include "frontend/program.h"

namespace emit {

class Names {
 public:
  explicit Names(const Traits& traits) : traits_(traits) {}

  // `base`, or `base` with something before or behind it.
  std::string Take(std::string_view base);
  // Nothing is given this name.
  void Avoid(const std::string& name) { taken_.insert(name); }
  // The name may be taken again.
  void Release(const std::string& name) { taken_.erase(name); }

 private:
  const Traits& traits_;
  std::unordered_set<std::string> taken_;
};

// "list_int" for "list[int]".
std::string AsName(std::string_view type);

// The names that the top level has in the target.
struct TopLevelNames {
  std::vector<std::string> globals;  // by GlobalId
  std::vector<std::string>
      functions;  // by FunctionId; empty for lambdas, generators, the top level

  void AvoidAll(Names* names) const;
};

TopLevelNames NameTopLevel(const frontend::Program& program, const Traits& traits);

// The names of the locals of every function, by FunctionId and LocalId. A captured local has the
// name that it has in the function around. Only parameters hide names of the top level, and only
// those that they hide in the program.
std::vector<std::vector<std::string>> NameLocals(const frontend::Program& program,
                                                 const TopLevelNames& top_level,
                                                 const Traits& traits);

}  // namespace emit
