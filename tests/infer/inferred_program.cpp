// Loads a program and asks for the types inferred in it.

#include "tests/infer/inferred_program.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "frontend/check.h"
#include "infer/print_types.h"
#include "infer/reach.h"
#include "runtime/builtins.h"

namespace infer {

InferredProgram::InferredProgram(std::string text, Typing typing) {
  frontend::DiagnosticSink sink;
  program = frontend::LoadProgram("test.gc", std::move(text), runtime::BuiltinSignatures(), sink);
  for (const frontend::Diagnostic& diagnostic : sink.Take()) {
    ADD_FAILURE() << diagnostic.message;
  }
  LAB_CHECK(program != nullptr);
  inference = std::make_unique<Inference>(*program, types, typing);
  RequestRoots(*inference, *program);
}

frontend::FunctionId InferredProgram::FunctionOf(std::string_view name) const {
  const auto& functions = program->resolution.functions;
  for (frontend::FunctionId id = 0; id < functions.size(); ++id) {
    if (functions[id].name == name) {
      return id;
    }
  }
  ADD_FAILURE() << "no function " << name;
  return 0;
}

std::vector<VersionId> InferredProgram::VersionsOf(std::string_view function) {
  return Reach(*inference, *program, RequestRoots(*inference, *program))[FunctionOf(function)];
}

std::string InferredProgram::Advice(std::string_view function) {
  std::string text;
  for (const VersionId id : VersionsOf(function)) {
    for (const infer::Unsettled& unsettled : inference->Get(id).unsettled) {
      text += unsettled.advice + "\n";
    }
  }
  return text;
}

size_t InferredProgram::VersionCount(std::string_view function) {
  return VersionsOf(function).size();
}

std::string InferredProgram::Name(TypeId type) const { return ShortName(types, *program, type); }

std::string InferredProgram::Joined(const std::vector<TypeId>& types_of_versions) const {
  std::string text;
  std::vector<TypeId> seen;
  for (const TypeId type : types_of_versions) {
    if (std::find(seen.begin(), seen.end(), type) == seen.end()) {
      seen.push_back(type);
      text += (text.empty() ? "" : " / ") + Name(type);
    }
  }
  return text;
}

std::string InferredProgram::Type(std::string_view query) {
  const size_t split = query.find_first_of(".(");
  const bool is_top = split == query.npos;
  const std::string_view function_name = is_top ? "<top>" : query.substr(0, split);
  const std::string_view name =
      is_top ? query : query.substr(split + 1, query.find(')') - split - 1);
  if (is_top) {
    for (frontend::GlobalId id = 0; id < program->resolution.globals.size(); ++id) {
      if (program->resolution.globals[id].name == name) {
        return Name(inference->GlobalType(id));
      }
    }
  }
  const frontend::Function& function = program->resolution.functions[FunctionOf(function_name)];
  std::vector<TypeId> found;
  for (const VersionId id : VersionsOf(function_name)) {
    const Version& version = inference->Get(id);
    if (name.empty()) {
      found.push_back(version.result);
    }
    for (size_t local = 0; local < function.locals.size(); ++local) {
      if (function.locals[local].name == name) {
        const bool is_param = !is_top && query[split] == '(';
        found.push_back(is_param ? version.params[local] : version.locals[local]);
      }
    }
  }
  return Joined(found);
}

std::string InferredProgram::Unsettled(std::string_view function) {
  std::string text;
  for (const VersionId id : VersionsOf(function)) {
    for (const infer::Unsettled& unsettled : inference->Get(id).unsettled) {
      text += unsettled.what + " " + unsettled.reason + "\n";
    }
  }
  return text;
}

}  // namespace infer
