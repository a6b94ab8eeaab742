// The table of kinds, and the sink that keeps one diagnostic a place. What a
// diagnostic looks like on a terminal is render.cpp.

#include "frontend/diagnostic.h"

#include <algorithm>
#include <utility>

namespace frontend {
namespace {

struct KindInfo {
  std::string_view code;
  std::string_view title;
};

constexpr KindInfo kKinds[] = {
#define LAB_DIAGNOSTIC(name, code, title) {code, title},
#include "frontend/diagnostic_kinds.def"
#undef LAB_DIAGNOSTIC
};

}  // namespace

std::string_view Code(DiagnosticKind kind) { return kKinds[static_cast<size_t>(kind)].code; }

std::string_view Title(DiagnosticKind kind) { return kKinds[static_cast<size_t>(kind)].title; }

void DiagnosticSink::Report(Diagnostic diagnostic) {
  if (full()) {
    return;
  }
  for (const Diagnostic& other : diagnostics_) {
    if (other.span.begin == diagnostic.span.begin) {
      return;
    }
  }
  diagnostics_.push_back(std::move(diagnostic));
}

std::vector<Diagnostic> DiagnosticSink::Take() {
  std::stable_sort(
      diagnostics_.begin(), diagnostics_.end(),
      [](const Diagnostic& a, const Diagnostic& b) { return a.span.begin < b.span.begin; });
  return std::exchange(diagnostics_, {});
}

}  // namespace frontend
