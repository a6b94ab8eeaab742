#pragma once
// Programs for the tests of emit/, and their translations.

#include <memory>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "emit/emit.h"
#include "frontend/program.h"
#include "runtime/builtins.h"

namespace emit {

inline std::unique_ptr<frontend::Program> Load(std::string_view text) {
  frontend::DiagnosticSink sink;
  auto program =
      frontend::LoadProgram("test.gc", std::string(text), runtime::BuiltinSignatures(), sink);
  EXPECT_NE(program, nullptr) << text;
  return program;
}

// What the program itself became: the lines that stem from it, one after the other.
inline std::string TextOf(const Translation& translation) {
  std::string text;
  size_t line = 0;
  for (size_t begin = 0; begin < translation.text.size(); ++line) {
    const size_t end = translation.text.find('\n', begin);
    if (translation.lines[line].first != 0) {
      text += translation.text.substr(begin, end - begin) + "\n";
    }
    begin = end + 1;
  }
  return text;
}

inline std::string Translated(std::string_view text, Target target, const Options& options = {}) {
  const auto program = Load(text);
  return program == nullptr ? "" : TextOf(Translate(*program, target, options));
}

}  // namespace emit
