// `lab dump`: shows what one phase makes of a program. Phases after the one asked for do not run,
// so that a program which breaks them can be looked at. Tests: tests/cli/dump_test.cpp.

#include "cli/commands.h"
#include "cli/load.h"
#include "frontend/dump.h"
#include "frontend/lexer.h"
#include "frontend/parser.h"
#include "infer/print_types.h"
#include "runtime/type.h"

namespace cli {

namespace {

// The text of tokens or tree; what is wrong with the program goes to standard error.
int DumpUnresolved(const DumpOptions& options, const Source& source, frontend::Color color,
                   Env& env) {
  const frontend::SourceFile file(source.name, source.text);
  frontend::DiagnosticSink sink;
  const frontend::TokenBuffer tokens = frontend::Lex(file, sink);
  std::string text;
  if (options.phase == DumpPhase::Tokens) {
    text = frontend::DumpTokens(file, tokens);
  } else if (tokens.usable) {
    frontend::Arena arena;
    text = frontend::DumpTree(frontend::Parse(file, tokens, arena, sink).items);
  }
  env.out.Write(text);
  if (sink.has_errors()) {
    WriteError(env, frontend::RenderDiagnostics(file, sink.Take(), color));
    return kNotCompiled;
  }
  return kOk;
}

}  // namespace

int RunDump(const DumpOptions& options, Env& env) {
  const frontend::Color color = ResolveColor(options.color, env);
  int status = kOk;
  Source source;
  if (!ReadProgram(options.source, options.is_expression, options.max_source_bytes, color, env,
                   &source, &status)) {
    return status;
  }
  if (options.phase == DumpPhase::Tokens || options.phase == DumpPhase::Ast) {
    return DumpUnresolved(options, source, color, env);
  }
  const std::unique_ptr<frontend::Program> program = Compile(source, color, env, nullptr, &status);
  if (program == nullptr) {
    return status;
  }
  if (options.phase == DumpPhase::Resolved) {
    env.out.Write(frontend::DumpResolved(*program));
  } else {
    runtime::TypeTable types;
    infer::Inference inference(*program, types, infer::Typing::Inferred);
    env.out.Write(infer::PrintTypes(inference, *program));
  }
  return kOk;
}

}  // namespace cli
