// The explanations stand in three tables beside this file, one row a diagnostic.
// Tested by tests/frontend/explain_test.cpp: each wrong program provokes exactly
// its own code, each right one none.

#include "frontend/explain.h"

#include <algorithm>
#include <iterator>

#include "frontend/diagnostic.h"

namespace frontend {
namespace {

constexpr std::string_view kCodes[] = {
#define LAB_DIAGNOSTIC(name, code, title) code,
#include "frontend/diagnostic_kinds.def"
#undef LAB_DIAGNOSTIC
};

constexpr std::string_view kTitles[] = {
#define LAB_DIAGNOSTIC(name, code, title) title,
#include "frontend/diagnostic_kinds.def"
#undef LAB_DIAGNOSTIC
};

constexpr Explanation Explain(DiagnosticKind kind, std::string_view what, std::string_view wrong,
                              std::string_view right) {
  auto index = static_cast<size_t>(kind);
  return {kCodes[index], kTitles[index], what, wrong, right};
}

constexpr Explanation kExplanations[] = {
#define LAB_EXPLANATION(name, what, wrong, right) Explain(DiagnosticKind::name, what, wrong, right),
#include "frontend/explanations_names.def"
#include "frontend/explanations_syntax.def"
#include "frontend/explanations_text.def"
#undef LAB_EXPLANATION
};

std::string Indented(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    size_t end = std::min(text.find('\n'), text.size());
    out += end == 0 ? "\n" : "    " + Printable(text.substr(0, end)) + "\n";
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

}  // namespace

const Explanation* FindExplanation(std::string_view code) {
  auto found = std::find_if(std::begin(kExplanations), std::end(kExplanations),
                            [&](const Explanation& row) { return row.code == code; });
  return found == std::end(kExplanations) ? nullptr : found;
}

std::string ExplanationText(std::string_view code) {
  const Explanation* explanation = FindExplanation(code);
  if (explanation == nullptr) {
    return {};
  }
  return std::string(code) + ": " + std::string(explanation->title) + "\n\n" +
         std::string(explanation->what) + "\n\nWrong:\n" + Indented(explanation->wrong) +
         "\nRight:\n" + Indented(explanation->right);
}

}  // namespace frontend
