#pragma once
// The texts of a module for human readers: which function of the program each
// part belongs to, and machine code without the assembler's bookkeeping.

#include <string>
#include <string_view>
#include <vector>

namespace jit {

// One compiled function.
struct CodeBlock {
  std::string function;  // the name in the program
  // Called from outside: unboxes the arguments and calls the function, which often stands inlined
  // in it.
  bool is_wrapper = false;
  std::string text;
};

// The functions that LLVM's text defines.
std::vector<CodeBlock> FunctionsOfIr(std::string_view ir);

// The functions of an assembly text, each with the constants it loads. Of directives only data is
// left.
std::vector<CodeBlock> FunctionsOfAssembly(std::string_view assembly);

}  // namespace jit
