// Every name that the C library and the math library export: none can be reached by `extern` beyond
// the table, and all can be names of functions of a program.

#include <set>
#include <string>
#include <vector>

#include <dlfcn.h>
#include <elf.h>
#include <link.h>

#include <gtest/gtest.h>

#include "cli/registry.h"
#include "frontend/program.h"
#include "runtime/builtins.h"
#include "runtime/extern.h"
#include "tests/support/program_run.h"

namespace hostile {
namespace {

// What a library defines. Its table of names follows its table of symbols, as linkers lay them out.
void AddSymbols(const char* library, std::set<std::string>* names) {
  void* handle = dlopen(library, RTLD_NOW | RTLD_NOLOAD);
  ASSERT_NE(handle, nullptr) << library;
  link_map* map = nullptr;
  ASSERT_EQ(dlinfo(handle, RTLD_DI_LINKMAP, &map), 0);
  const ElfW(Sym)* symbols = nullptr;
  const char* texts = nullptr;
  for (const ElfW(Dyn)* entry = map->l_ld; entry->d_tag != DT_NULL; ++entry) {
    if (entry->d_tag == DT_SYMTAB) {
      symbols = reinterpret_cast<const ElfW(Sym)*>(entry->d_un.d_ptr);
    } else if (entry->d_tag == DT_STRTAB) {
      texts = reinterpret_cast<const char*>(entry->d_un.d_ptr);
    }
  }
  for (; reinterpret_cast<const char*>(symbols) < texts; ++symbols) {
    if (symbols->st_shndx != SHN_UNDEF) {
      names->insert(texts + symbols->st_name);
    }
  }
  dlclose(handle);
}

const std::vector<std::string>& LibraryNames() {
  static const std::vector<std::string> all = [] {
    std::set<std::string> names;
    AddSymbols("libc.so.6", &names);
    AddSymbols("libm.so.6", &names);
    return std::vector<std::string>(names.begin(), names.end());
  }();
  return all;
}

std::unique_ptr<frontend::Program> Load(const std::string& text) {
  frontend::DiagnosticSink sink;
  return frontend::LoadProgram("names.gc", text, runtime::BuiltinSignatures(), sink);
}

// Those that the language takes, which are all but its own words and built-ins.
std::vector<std::string> FunctionNames() {
  std::vector<std::string> names;
  for (const std::string& name : LibraryNames()) {
    if (Load("def " + name + "(x) = x\n") != nullptr) {
      names.push_back(name);
    }
  }
  return names;
}

TEST(LibraryNames, AreOutOfReachOfExtern) {
  ASSERT_GT(LibraryNames().size(), 3'000U);
  const std::set<std::string_view> allowed = {
#define LAB_LIBM(name, shape) #name,
#include "runtime/libm.def"
#undef LAB_LIBM
  };
  size_t bound = 0;
  for (const std::string& name : LibraryNames()) {
    for (const char* library : {"m", "c"}) {
      const auto program =
          Load("extern \"" + std::string(library) + "\" def " + name + "(x: float) -> float\n");
      if (program == nullptr) {
        continue;
      }
      runtime::TypeTable types;
      runtime::StringOutput out;
      runtime::Context context(*program, types, out, {});
      if (runtime::ExternFunction::Bind(context, *program->items[0].function) != nullptr) {
        EXPECT_TRUE(allowed.contains(name) && std::string_view(library) == "m") << name;
        ++bound;
      }
    }
  }
  EXPECT_GT(bound, 10U);
}

// Recursive, so that each stays a function; its number tells it from the others.
std::string ProgramWith(const std::vector<std::string>& names, size_t step) {
  std::string functions;
  std::string main = "def main() {\n";
  size_t number = 0;
  for (size_t i = 0; i < names.size(); i += step) {
    const std::string k = std::to_string(++number % 89 + 2);
    functions += "def " + names[i] + "(x) = if x < " + k + " { x } else { " + names[i] + "(x - " +
                 k + ") + 1 }\n";
    main += "  print(" + names[i] + "(1000))\n";
  }
  return functions + main + "}\n";
}

void ExpectTheInterpretersAnswer(const std::string& text, const char* engine) {
  cli::RunOptions options;
  options.engine = cli::FindEngine("interp-fused")->configuration;
  const support::ProgramRun expected = support::RunProgramText("names.gc", text, options);
  EXPECT_EQ(expected.exit_status, 0) << expected.diagnostics << expected.rendered_error;
  options.engine = cli::FindEngine(engine)->configuration;
  EXPECT_EQ(support::Difference(expected, support::RunProgramText("names.gc", text, options)), "");
}

TEST(LibraryNames, CanAllBeNamesOfFunctions) {
  ExpectTheInterpretersAnswer(ProgramWith(FunctionNames(), 1), "jit-O0");
}

TEST(LibraryNames, StayNamesOfFunctionsWhenOptimised) {
  constexpr size_t kStep = 16;
  ExpectTheInterpretersAnswer(ProgramWith(FunctionNames(), kStep), "jit-O2");
  ExpectTheInterpretersAnswer(ProgramWith(FunctionNames(), 4 * kStep), "tiered-calls");
}

}  // namespace
}  // namespace hostile
