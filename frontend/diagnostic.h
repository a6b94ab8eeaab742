#pragma once
// What is wrong with a program before it runs. A diagnostic answers what, why
// and how to mend it; kinds and their texts stand in diagnostic_kinds.def, the
// longer explanations of `lab help E0107` in docs and explanations.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/source.h"

namespace frontend {

enum class DiagnosticKind : uint16_t {
#define LAB_DIAGNOSTIC(name, code, title) name,
#include "frontend/diagnostic_kinds.def"
#undef LAB_DIAGNOSTIC
};

// A second place that matters, with its own words.
struct Label {
  Span span;
  std::string text;
};

struct Diagnostic {
  DiagnosticKind kind = {};
  Span span = {};
  std::string message = {};        // a full sentence about the program
  std::string label = {};          // short words under the underline; may be empty
  std::vector<Label> labels = {};  // other places
  std::string cause = {};          // "= note:"; may be empty
  std::string fix = {};            // "= help:", a concrete edit; may be empty
};

// "E0107".
std::string_view Code(DiagnosticKind kind);
std::string_view Title(DiagnosticKind kind);

// Collects diagnostics, at most one per place (no cascades) and so many in all
// that hostile input cannot fill the memory with them.
class DiagnosticSink {
 public:
  void Report(Diagnostic diagnostic);
  bool has_errors() const { return !diagnostics_.empty(); }
  // Whoever reports may give up: nothing more is kept.
  bool full() const { return diagnostics_.size() >= kMaxKept; }
  // In source order.
  std::vector<Diagnostic> Take();

 private:
  static constexpr size_t kMaxKept = 500;

  std::vector<Diagnostic> diagnostics_;
};

enum class Color : uint8_t { No, Yes };

// Text with control, bidi and invalid bytes escaped: safe to show on a terminal.
std::string Printable(std::string_view text);

// One excerpt with carets: also used for run-time errors.
//    --> prog.gc:3:9
//     |
//   3 |     x + 1
//     |     ^^^^^ label
// Control, bidi and invalid bytes of the source are shown escaped; long lines
// are cut to a window around the span.
std::string RenderExcerpt(const SourceFile& source, Span span, std::string_view label,
                          const std::vector<Label>& labels, Color color);

// "error[E0107]: message", the excerpt, notes and help. At most `limit`
// diagnostics are shown; a line says how many more there are.
std::string RenderDiagnostics(const SourceFile& source, const std::vector<Diagnostic>& diagnostics,
                              Color color, size_t limit = 10);

}  // namespace frontend
