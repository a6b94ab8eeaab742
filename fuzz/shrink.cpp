// One change at a time, kept when the fault is still there; again from the start until a whole
// round changes nothing. Large parts are tried first. Test: tests/fuzz/shrink_test.cpp.

#include "fuzz/shrink.h"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace fuzz {
namespace {

class Shrinker {
 public:
  Shrinker(Node program, const std::function<bool(const Node&)>& shows, const ShrinkLimits& limits)
      : program_(std::move(program)), shows_(shows), limits_(limits), begin_(Now()) {}

  Shrunk Run() {
    do {
      changed_ = false;
      DropParts(program_);
      Simplify(program_);
    } while (changed_ && !is_stopped_);
    return {std::move(program_), !is_stopped_};
  }

 private:
  double Now() const {
    if (limits_.clock) {
      return limits_.clock();
    }
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
  }

  // Puts `other` in the place of `node`, which is a part of the program, unless that hides the
  // fault.
  bool Try(Node& node, Node other) {
    is_stopped_ = is_stopped_ || trials_ >= limits_.trials || Now() - begin_ >= limits_.seconds;
    if (is_stopped_) {
      return false;
    }
    ++trials_;
    std::swap(node, other);
    if (shows_(program_)) {
      changed_ = true;
      return true;
    }
    std::swap(node, other);
    return false;
  }

  static bool IsList(const Node& node) { return node.text.empty(); }

  void DropParts(Node& node) {
    if (IsList(node)) {
      for (size_t group = std::max<size_t>(1, node.parts.size()); group > 0; group /= 2) {
        for (size_t first = 0; first < node.parts.size();) {
          Node without = node;
          const auto begin = without.parts.begin() + static_cast<std::ptrdiff_t>(first);
          const size_t count = std::min(group, node.parts.size() - first);
          without.parts.erase(begin, begin + static_cast<std::ptrdiff_t>(count));
          first += Try(node, std::move(without)) ? 0 : group;
        }
      }
    }
    for (Node& part : node.parts) {
      DropParts(part);
    }
  }

  void Simplify(Node& node) {
    if (node.is_planted && node.parts.empty()) {
      return;
    }
    if (node.kind == NodeKind::Statement) {
      Unwrap(node);
    } else if (node.kind == NodeKind::Expr) {
      SimplifyExpr(node);
    }
    for (size_t i = 0; i < node.text.size(); ++i) {
      SimplifyNumbers(node, i);
    }
    // By index: what is tried may move the parts.
    for (size_t i = 0; i < node.parts.size(); ++i) {
      Simplify(node.parts[i]);
    }
  }

  // A loop or an if gives way to its body, without the braces, or to an expression in it.
  void Unwrap(Node& node) {
    for (size_t i = 0; i < node.parts.size(); ++i) {
      Node body = node.parts[i];
      if (IsList(body)) {
        body.kind = NodeKind::Program;
      }
      if (Try(node, std::move(body))) {
        return;
      }
    }
  }

  void SimplifyExpr(Node& node) {
    const std::string_view simplest = SimplestText(node.type);
    const bool is_simplest = node.parts.empty() && node.text[0] == simplest;
    if (is_simplest || node.is_planted || Try(node, MakeExpr(node.type, simplest))) {
      return;
    }
    for (bool changed = true; std::exchange(changed, false);) {
      for (const Node& part : node.parts) {
        if (part.kind == NodeKind::Expr && part.type == node.type && Try(node, Node(part))) {
          changed = true;
          break;
        }
      }
    }
  }

  // Numbers in a node's own text: those of loops, of literals, of indices.
  void SimplifyNumbers(Node& node, size_t index) {
    for (size_t at = 0; at < node.text[index].size(); ++at) {
      const std::string& text = node.text[index];
      const bool begins =
          std::isdigit(static_cast<unsigned char>(text[at])) != 0 &&
          (at == 0 || (std::isalnum(static_cast<unsigned char>(text[at - 1])) == 0 &&
                       text[at - 1] != '_' && text[at - 1] != '.'));
      if (!begins) {
        continue;
      }
      size_t end = at;
      while (end < text.size() && std::isdigit(static_cast<unsigned char>(text[end])) != 0) {
        ++end;
      }
      const std::string digits = text.substr(at, end - at);
      if (digits.size() < 2 && digits < "3") {
        continue;
      }
      for (const std::string& smaller : {std::string("1"), std::string("2"), std::string("3"),
                                         digits.substr(0, digits.size() / 2)}) {
        if (smaller.empty() || smaller.size() > digits.size()) {
          continue;
        }
        Node other = node;
        other.text[index].replace(at, digits.size(), smaller);
        if (Try(node, std::move(other))) {
          break;
        }
      }
    }
  }

  Node program_;
  const std::function<bool(const Node&)>& shows_;
  const ShrinkLimits& limits_;
  double begin_;
  size_t trials_ = 0;
  bool changed_ = false;
  bool is_stopped_ = false;
};

}  // namespace

Shrunk Shrink(Node program, const std::function<bool(const Node& candidate)>& shows,
              const ShrinkLimits& limits) {
  return Shrinker(std::move(program), shows, limits).Run();
}

}  // namespace fuzz
