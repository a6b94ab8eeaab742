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

  // `base`, or `base` with an underscore or a number behind it.
  std::string Take(std::string_view base);
  // The name may be taken again.
  void Release(const std::string& name) { taken_.erase(name); }

 private:
  const Traits& traits_;
  std::unordered_set<std::string> taken_;
};

// The names of the locals of every function, by FunctionId and LocalId. A captured local has the
// name that it has in the function around.
std::vector<std::vector<std::string>> NameLocals(const frontend::Program& program,
                                                 const Traits& traits);

}  // namespace emit
