#pragma once
// How this lab was built.

#include <string_view>

namespace measure {

struct BuildFacts {
  std::string_view lab_version;
  std::string_view compiler;
  std::string_view llvm_version;
  bool is_optimised = false;
  bool has_assertions = false;
  bool has_sanitizers = false;
  bool llvm_has_assertions = false;

  // Whether its times may be quoted.
  bool IsForMeasuring() const {
    return is_optimised && !has_assertions && !has_sanitizers && !llvm_has_assertions;
  }
};

BuildFacts ThisBuild();

}  // namespace measure
