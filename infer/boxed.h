#pragma once
// Typing::Boxed: one version per function, with the function's id, in which
// every type is kAny. A version is filled when it is first looked at.

#include <deque>
#include <vector>

#include "frontend/program.h"
#include "infer/infer.h"

namespace infer {

class BoxedVersions {
 public:
  explicit BoxedVersions(const frontend::Program& program);

  size_t count() const { return versions_.size(); }
  const Version& Get(VersionId id);

 private:
  void Fill(VersionId id);
  void FillCallees(Version& version, const frontend::Expr& root);

  const frontend::Program& program_;
  std::deque<Version> versions_;
  std::vector<uint8_t> is_filled_;
};

}  // namespace infer
