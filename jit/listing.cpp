// Cuts LLVM's texts into functions, by the symbols that Unit makes: gc$NAME$ID for a version,
// gc$NAME$ID$unitN for a generator's, entry$NAME$ID$unitN for a wrapper.
// Tests: tests/jit/listing_test.cpp.

#include "jit/listing.h"

#include <algorithm>
#include <cctype>
#include <map>

namespace jit {

namespace {

// Calls `visit` with each line, without its end.
template <typename Visit>
void ForEachLine(std::string_view text, const Visit& visit) {
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    visit(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

// False: the symbol is none of ours.
bool Decode(std::string_view symbol, CodeBlock* block) {
  block->is_wrapper = symbol.starts_with("entry$");
  if (!block->is_wrapper && !symbol.starts_with("gc$")) {
    return false;
  }
  symbol.remove_prefix(symbol.find('$') + 1);
  block->function = symbol.substr(0, symbol.find('$'));
  return true;
}

// What stands in front of the first of `ends`, without quotes.
std::string_view SymbolIn(std::string_view text, std::string_view ends) {
  if (text.starts_with('"')) {
    text.remove_prefix(1);
    return text.substr(0, text.find('"'));
  }
  return text.substr(0, text.find_first_of(ends));
}

bool IsData(std::string_view directive) {
  constexpr std::string_view kData[] = {".quad", ".long", ".short", ".byte", ".zero", ".ascii"};
  return std::any_of(std::begin(kData), std::end(kData), [&](std::string_view data) {
    return directive.starts_with(data) && directive.size() > data.size() &&
           std::isspace(static_cast<unsigned char>(directive[data.size()])) != 0;
  });
}

std::string_view TrimLeft(std::string_view line) {
  return line.substr(std::min(line.find_first_not_of(" \t"), line.size()));
}

// The number of the function that a local label belongs to: 3 for ".LCPI3_0:".
std::string NumberIn(std::string_view label) {
  const size_t begin = std::min(label.find_first_of("0123456789"), label.size());
  return std::string(label.substr(begin, label.find_first_not_of("0123456789", begin) - begin));
}

class AssemblyReader {
 public:
  void Read(std::string_view line);
  std::vector<CodeBlock> Finish();

 private:
  struct Part {
    CodeBlock block;
    std::string number;  // LLVM's, as in .LBB3_1; empty: no label says it
  };
  void ReadLabel(std::string_view line);

  std::vector<Part> parts_;
  std::map<std::string, std::string> data_;  // by number
  std::string* data_in_ = nullptr;           // the entry being filled
  bool in_function_ = false;
};

void AssemblyReader::ReadLabel(std::string_view line) {
  const std::string_view label = SymbolIn(line, ":");
  CodeBlock block;
  if (Decode(label, &block)) {
    block.text = std::string(label) + ":\n";
    parts_.push_back({std::move(block), {}});
    in_function_ = true;
    data_in_ = nullptr;
  } else if (label.starts_with(".LCPI") || label.starts_with(".LJTI")) {
    data_in_ = &data_[NumberIn(label)];
    *data_in_ += std::string(line) + "\n";
    in_function_ = false;
  } else if (label.starts_with(".LBB") && in_function_) {
    parts_.back().number = NumberIn(label);
    parts_.back().block.text += std::string(line) + "\n";
  } else if (label.starts_with(".Lfunc_end")) {
    in_function_ = false;
  } else {
    data_in_ = nullptr;
  }
}

void AssemblyReader::Read(std::string_view line) {
  const std::string_view trimmed = TrimLeft(line);
  if (trimmed.empty()) {
    return;
  }
  const bool is_indented = trimmed.size() != line.size();
  if (!is_indented && trimmed[0] != '#') {
    ReadLabel(line);
    return;
  }
  if (data_in_ != nullptr && IsData(trimmed)) {
    *data_in_ += std::string(line) + "\n";
    return;
  }
  const bool is_remark = trimmed.starts_with("# kill:") || trimmed.starts_with("# -- ");
  if (in_function_ && trimmed[0] != '.' && !is_remark) {
    parts_.back().block.text += std::string(line) + "\n";
  }
}

std::vector<CodeBlock> AssemblyReader::Finish() {
  std::vector<CodeBlock> blocks;
  for (Part& part : parts_) {
    std::string constants = part.number.empty() ? "" : data_[part.number];
    if (part.number.empty()) {
      // A function without a jump names its number only where it loads a constant.
      const size_t use = part.block.text.find(".LCPI");
      constants = use == std::string::npos ? "" : data_[NumberIn(part.block.text.substr(use))];
    }
    part.block.text = constants + part.block.text;
    blocks.push_back(std::move(part.block));
  }
  return blocks;
}

}  // namespace

std::vector<CodeBlock> FunctionsOfIr(std::string_view ir) {
  std::vector<CodeBlock> blocks;
  bool in_function = false;
  ForEachLine(ir, [&](std::string_view line) {
    if (line.starts_with("define ")) {
      CodeBlock block;
      const size_t at = line.find('@');
      in_function =
          at != std::string_view::npos && Decode(SymbolIn(line.substr(at + 1), "("), &block);
      if (in_function) {
        blocks.push_back(std::move(block));
      }
    }
    if (in_function) {
      blocks.back().text += std::string(line) + "\n";
      in_function = line != "}";
    }
  });
  return blocks;
}

std::vector<CodeBlock> FunctionsOfAssembly(std::string_view assembly) {
  AssemblyReader reader;
  ForEachLine(assembly, [&](std::string_view line) { reader.Read(line); });
  return reader.Finish();
}

}  // namespace jit
