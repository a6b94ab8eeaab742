#pragma once
// What `lab help E0107` says about a diagnostic: the rule, a program that breaks
// it and the same program put right.

#include <string>
#include <string_view>

namespace frontend {

struct Explanation {
  std::string_view code;
  std::string_view title;
  std::string_view what;   // the rule and its reason
  std::string_view wrong;  // provokes the diagnostic and no other
  std::string_view right;  // provokes none
};

// Null for an unknown code.
const Explanation* FindExplanation(std::string_view code);

// The whole page; empty for an unknown code.
std::string ExplanationText(std::string_view code);

}  // namespace frontend
