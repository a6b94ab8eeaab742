// Patterns and printing. Test: tests/fuzz/generator_test.cpp.

#include "fuzz/tree.h"

#include <algorithm>
#include <utility>

#include "frontend/check.h"

namespace fuzz {
namespace {

struct TypeRow {
  std::string_view name;
  std::string_view simplest;
};

// In the order of Type.
constexpr TypeRow kTypes[] = {
    {"none", "none"},
    {"int", "0"},
    {"float", "0.0"},
    {"bool", "false"},
    {"str", "\"\""},
    {"", "0"},
    {"", "0"},
    {"list[int]", "[0]"},
    {"list[float]", "[0.0]"},
    {"list[bool]", "[false]"},
    {"list[str]", "[\"\"]"},
    {"list[list[int]]", "[[0]]"},
    {"seq[int]", "range(2)"},
    {"seq[float]", "[0.5]"},
    {"seq[str]", "\"ab\""},
    {"fn(int) -> int", "x => x"},
    {"fn(float) -> float", "x => x"},
    {"fn(int) -> bool", "x => true"},
    {"fn(str) -> str", "x => x"},
    {"", "buffer()"},
};
static_assert(std::size(kTypes) == static_cast<size_t>(Type::Buffer) + 1);

class Printer {
 public:
  Printed Take() { return std::move(printed_); }

  void Write(const Node& node) {
    const bool is_planted = node.is_planted && printed_.planted_line == 0;
    if (is_planted) {
      printed_.planted_line = line_;
      printed_.planted_begin = Offset() + static_cast<uint32_t>(needs_indent_ ? 2 * depth_ : 0);
    }
    if (node.text.empty()) {
      WriteLines(node);
    } else {
      WriteParts(node);
    }
    if (is_planted) {
      printed_.planted_end = Offset();
    }
  }

 private:
  uint32_t Offset() const { return static_cast<uint32_t>(printed_.text.size()); }

  void WriteParts(const Node& node) {
    for (size_t i = 0; i < node.text.size(); ++i) {
      WriteText(node.text[i]);
      if (i < node.parts.size()) {
        Write(node.parts[i]);
      }
    }
  }

  void WriteLines(const Node& node) {
    const bool is_block = node.kind == NodeKind::Block;
    if (is_block) {
      WriteText("{");
      ++depth_;
    }
    for (size_t i = 0; i < node.parts.size(); ++i) {
      if (is_block || i > 0) {
        WriteText("\n");
      }
      Write(node.parts[i]);
    }
    if (is_block) {
      --depth_;
      WriteText("\n}");
    }
  }

  void WriteText(std::string_view text) {
    for (const char c : text) {
      if (c == '\n') {
        needs_indent_ = true;
        ++line_;
      } else if (needs_indent_) {
        printed_.text.append(2 * depth_, ' ');
        needs_indent_ = false;
      }
      printed_.text += c;
    }
  }

  Printed printed_;
  uint32_t line_ = 1;
  size_t depth_ = 0;
  bool needs_indent_ = false;
};

}  // namespace

std::string_view Name(Type type) { return kTypes[static_cast<size_t>(type)].name; }

std::string_view SimplestText(Type type) { return kTypes[static_cast<size_t>(type)].simplest; }

Node Make(NodeKind kind, Type type, std::string_view pattern, std::vector<Node> parts) {
  Node node{.kind = kind, .type = type, .text = {}, .parts = std::move(parts), .cell = {}};
  for (;;) {
    const size_t end = std::min(pattern.find('$'), pattern.size());
    node.text.emplace_back(pattern.substr(0, end));
    if (end == pattern.size()) {
      break;
    }
    pattern.remove_prefix(end + 1);
  }
  LAB_CHECK(node.text.size() == node.parts.size() + 1);
  return node;
}

Printed Print(const Node& program) {
  Printer printer;
  printer.Write(program);
  Printed printed = printer.Take();
  printed.text += '\n';
  return printed;
}

size_t Size(const Node& node) {
  size_t size = 0;
  ForEach(node, [&](const Node&) { ++size; });
  return size;
}

}  // namespace fuzz
