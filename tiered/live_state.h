#pragma once
// For tests: what the interpreter has where a loop is left, and what machine code
// begins with. The one is read from the frame before anything is moved; the other
// is shown by the code of the entry, from the slots that it has filled.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "interp/tiers.h"
#include "runtime/context.h"

namespace tiered {

// A line each: "total: int = 3". Equal, unless a bug of the lab is at work.
using OnEntry =
    std::function<void(const std::string& interpreter, const std::string& machine_code)>;

class LiveState {
 public:
  // Both outlive it.
  LiveState(const frontend::Program& program, runtime::Context& context)
      : program_(program), context_(context) {}

  // The loop is about to be left.
  void Left(const interp::Loop& loop, const interp::Word* frame);
  // The code of its entry has put a word of the state where it keeps it: by index, in any order.
  void Entered(uint32_t index, runtime::TypeId type, runtime::Value value);
  // That was the last of them.
  bool IsComplete() const { return missing_ == 0; }
  std::string interpreter() const { return Text(left_); }
  std::string machine_code() const { return Text(entered_); }

 private:
  void NameWords(const interp::Loop& loop);
  std::string Line(uint32_t index, runtime::TypeId type, runtime::Value value) const;
  static std::string Text(const std::vector<std::string>& lines);

  const frontend::Program& program_;
  runtime::Context& context_;
  std::vector<std::string> names_;  // of the words of the state
  std::vector<std::string> left_;
  std::vector<std::string> entered_;
  size_t missing_ = 0;
};

}  // namespace tiered
