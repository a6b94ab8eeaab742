// The oracles are those that need no second frontend: places lie inside the text, what stands
// between two tokens means nothing, the words of the text are those of the printed tree, and that
// tree comes back from its own text. Test: tests/fuzz/check_source_test.cpp.

#include "fuzz/check_source.h"

#include <chrono>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "cli/registry.h"
#include "frontend/dump.h"
#include "frontend/lexer.h"
#include "frontend/print_source.h"
#include "fuzz/deadline.h"
#include "runtime/builtins.h"
#include "runtime/context.h"
#include "runtime/run.h"
#include "runtime/type.h"

namespace fuzz {
namespace {

using frontend::Diagnostic;
using frontend::SourceFile;
using frontend::Span;
using frontend::Token;
using frontend::TokenKind;

constexpr std::string_view kFileName = "fuzz.gc";

bool IsWithin(Span span, std::string_view text) {
  return span.begin <= span.end && span.end <= text.size();
}

// Blanks, line ends and comments.
bool MeansNothing(std::string_view text) {
  bool in_comment = false;
  for (const char c : text) {
    in_comment = c != '\n' && (in_comment || c == '#');
    if (!in_comment && std::string_view(" \t\r\n").find(c) == std::string_view::npos) {
      return false;
    }
  }
  return true;
}

// The tokens of an accepted text must cover all of it that means something.
std::string CheckTokens(std::string_view text, const std::vector<Token>& tokens) {
  size_t end = 0;
  for (const Token& token : tokens) {
    if (!IsWithin(token.span, text) || token.span.begin < end) {
      return "a token outside the text or out of order";
    }
    if (!MeansNothing(text.substr(end, token.span.begin - end))) {
      return "text between two tokens";
    }
    end = token.span.end;
  }
  return tokens.empty() || tokens.back().kind != TokenKind::Eof || end != text.size()
             ? "the tokens do not reach the end"
             : "";
}

// The names of the text, in order.
std::string Names(const SourceFile& source, const std::vector<Token>& tokens) {
  std::string names;
  for (const Token& token : tokens) {
    if (token.kind == TokenKind::Name) {
      names += fmt::format("{}\n", source.text(token.span));
    }
  }
  return names;
}

std::string CheckDiagnostics(const SourceFile& source, const std::vector<Diagnostic>& diagnostics) {
  for (const Diagnostic& diagnostic : diagnostics) {
    bool is_inside = IsWithin(diagnostic.span, source.text());
    for (const frontend::Label& label : diagnostic.labels) {
      is_inside = is_inside && IsWithin(label.span, source.text());
    }
    if (!is_inside) {
      return "a diagnostic outside the text";
    }
    if (diagnostic.message.empty()) {
      return "a diagnostic without words";
    }
  }
  for (const char c : RenderDiagnostics(source, diagnostics, frontend::Color::No, 100)) {
    if ((c >= 0 && c < ' ' && c != '\n') || c == '\x7f') {
      return "a control character in a diagnostic";
    }
  }
  return "";
}

}  // namespace

CheckedSource CheckSource(const std::string& text) {
  CheckedSource checked;
  const SourceFile source(std::string(kFileName), text);
  frontend::DiagnosticSink sink;
  checked.program =
      frontend::LoadProgram(std::string(kFileName), text, runtime::BuiltinSignatures(), sink);
  const std::vector<Diagnostic> diagnostics = sink.Take();
  if ((checked.program == nullptr) == diagnostics.empty()) {
    checked.what = "neither a program nor a diagnostic, or both";
    return checked;
  }
  checked.what = CheckDiagnostics(source, diagnostics);
  if (!checked.what.empty()) {
    checked.detail = RenderDiagnostics(source, diagnostics, frontend::Color::No, 100);
  }
  if (checked.program == nullptr || !checked.what.empty()) {
    return checked;
  }
  frontend::DiagnosticSink lexer_sink;
  const frontend::TokenBuffer buffer = Lex(source, lexer_sink);
  checked.what = CheckTokens(source.text(), buffer.tokens);
  if (!checked.what.empty()) {
    checked.detail = DumpTokens(source, buffer);
    return checked;
  }
  DumpResolved(*checked.program);
  const std::string tree = DumpTree(checked.program->items);
  const std::string once = frontend::PrintSource(checked.program->items);
  const SourceFile printed(std::string(kFileName), once);
  const auto again =
      frontend::LoadProgram(std::string(kFileName), once, runtime::BuiltinSignatures(), lexer_sink);
  if (again == nullptr) {
    checked.what = "the printed text is not accepted";
    checked.detail = once + RenderDiagnostics(printed, lexer_sink.Take(), frontend::Color::No);
  } else if (DumpTree(again->items) != tree) {
    checked.what = "the printed text has another tree";
    checked.detail = fmt::format("- {}\n+ {}\n{}", tree, DumpTree(again->items), once);
  } else if (Names(source, buffer.tokens) != Names(printed, Lex(printed, lexer_sink).tokens)) {
    checked.what = "the printed text has other names";
    checked.detail = once;
  }
  return checked;
}

void RunBriefly(const frontend::Program& program) {
  runtime::TypeTable types;
  runtime::StringOutput output;
  runtime::Limits limits;
  limits.memory_bytes = uint64_t{8} << 20;
  runtime::Context context(program, types, output, limits);
  context.clock = [] { return 0.0; };
  const auto backend = cli::FindConfiguration("interp", "fused")->make({});
  const auto executable =
      backend->Prepare(program, context, runtime::Counting::No, runtime::Entry::Main);
  const Deadline deadline(context, std::chrono::milliseconds(50));
  runtime::Release(runtime::RunProgram(*executable, context, {}, false).value);
}

}  // namespace fuzz
