// "Factoring is free", to the instruction: the three great circles, written as
// one function, as two and as six, compile to the same loop. What may differ is
// behind it: where the run has failed is told call by call.

#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "jit/listing.h"
#include "runtime/run.h"
#include "tests/jit/jit_run.h"

namespace jit {
namespace {

std::string ReadProgram(const std::string& name) {
  std::ifstream file("programs/" + name);  // tests run in the project's folder
  EXPECT_TRUE(file.is_open()) << name;
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string AssemblyOf(const std::string& program_text, const std::string& function) {
  std::string text;
  runtime::OnLargeStack([&] {
    const std::unique_ptr<frontend::Program> program = Load(program_text);
    runtime::TypeTable types;
    runtime::StringOutput output;
    runtime::Context context(*program, types, output, {});
    for (const CodeBlock& block :
         FunctionsOfAssembly(DumpCode(*program, context, {}, function).assembly)) {
      if (block.function == function && !block.is_wrapper) {
        text = block.text;
      }
    }
  });
  return text;
}

void ReplaceAll(std::string* text, const std::string& from, const std::string& to) {
  for (size_t at = text->find(from); at != std::string::npos; at = text->find(from, at)) {
    text->replace(at, from.size(), to);
  }
}

// The instructions before the first block that calls the lab, constants by value.
std::vector<std::string> HotCode(const std::string& assembly) {
  std::map<std::string, std::string> constants;
  std::vector<std::string> code;
  std::string label;
  size_t hot_size = 0;  // ahead of the cold blocks, which follow the function's last return
  std::istringstream lines(assembly);
  for (std::string line; std::getline(lines, line);) {
    line = line.substr(0, line.find('#'));
    line.erase(line.find_last_not_of(" \t") + 1);
    if (line.empty()) {
      continue;
    }
    if (line.find(".quad") != std::string::npos) {
      constants[label] = line.substr(line.find(".quad") + 5);
    } else if (line.back() == ':') {
      label = line.substr(0, line.size() - 1);
    } else if (line.find("lab_") != std::string::npos) {
      break;
    } else {
      code.push_back(line);
      hot_size = line == "\tret" ? code.size() : hot_size;
    }
  }
  code.resize(hot_size);
  for (std::string& line : code) {
    for (const auto& [name, value] : constants) {
      ReplaceAll(&line, name + "]", value + "]");
    }
    // Jumps name blocks by numbers, which count the cold ones too.
    const size_t block = line.find(".LBB");
    if (block != std::string::npos) {
      line.erase(block);
    }
  }
  return code;
}

TEST(Factoring, TheThreeGreatCirclesAreTheSameLoop) {
  const std::string program = ReadProgram("great_circle.gc");
  const std::vector<std::string> raw = HotCode(AssemblyOf(program, "raw"));
  EXPECT_GT(raw.size(), 60U);
  EXPECT_EQ(HotCode(AssemblyOf(program, "with_acos")), raw);
  EXPECT_EQ(HotCode(AssemblyOf(program, "factored")), raw);
}

}  // namespace
}  // namespace jit
