#pragma once
// A program and the types inferred for it, for tests that ask for single names.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/program.h"
#include "infer/infer.h"
#include "runtime/type.h"

namespace infer {

class InferredProgram {
 public:
  // Requests the top level, main and the benches. Fails the test when `text` does not load.
  explicit InferredProgram(std::string text, Typing typing = Typing::Inferred);

  // "f.x": the local x in the versions of f; "f()": what f returns; "f(x)": its parameter x;
  // "x": a global, or a local of the top level. Lambdas are "<lambda>". Types of versions that
  // differ are joined by " / ", in the order in which calls reach the versions.
  std::string Type(std::string_view query);
  // "what reason" of each unsettled value in the versions of a function, one per line.
  std::string Unsettled(std::string_view function);
  // The edits that would settle them, one per line; an empty line where none is known.
  std::string Advice(std::string_view function);
  size_t VersionCount(std::string_view function);
  std::vector<VersionId> VersionsOf(std::string_view function);
  frontend::FunctionId FunctionOf(std::string_view name) const;
  // "list[int]" for a type.
  std::string Name(TypeId type) const;

  std::unique_ptr<frontend::Program> program;
  runtime::TypeTable types;
  std::unique_ptr<Inference> inference;

 private:
  std::string Joined(const std::vector<TypeId>& types_of_versions) const;
};

}  // namespace infer
