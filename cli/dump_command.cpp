// `lab dump`: shows what one phase makes of a program. Phases after the one asked for do not run,
// so that a program which breaks them can be looked at. Tests: tests/cli/dump_test.cpp.

#include <algorithm>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/complaint.h"
#include "cli/load.h"
#include "frontend/dump.h"
#include "frontend/lexer.h"
#include "frontend/parser.h"
#include "infer/print_types.h"
#include "jit/jit.h"
#include "jit/listing.h"
#include "runtime/context.h"
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

// The functions that --function can name.
std::vector<std::string_view> FunctionNames(const frontend::Program& program) {
  std::vector<std::string_view> names;
  for (const frontend::Function& function : program.resolution.functions) {
    if (function.decl != nullptr || function.kind == frontend::FunctionKind::Top) {
      names.push_back(function.name);
    }
  }
  return names;
}

// The compiler's texts, made anew for each question.
class Code {
 public:
  Code(const DumpOptions& options, const frontend::Program& program, Env& env)
      : options_(options), program_(program), env_(env) {}

  std::string Whole() const { return options_.phase == DumpPhase::Assembly ? Joined() : Text({}); }

  std::vector<jit::CodeBlock> Blocks(std::string_view kept = {}) const {
    return options_.phase == DumpPhase::Assembly ? jit::FunctionsOfAssembly(Text(kept))
                                                 : jit::FunctionsOfIr(Text(kept));
  }

 private:
  std::string Text(std::string_view kept) const {
    runtime::TypeTable types;
    runtime::Context context(program_, types, env_.out, {});
    context.clock = env_.clock;
    const jit::EngineOptions engine{
        .optimise = options_.optimise,
        .math = options_.fast_math ? jit::Math::Fast : jit::Math::Strict};
    jit::EngineTexts texts = jit::DumpCode(program_, context, engine, kept);
    switch (options_.phase) {
      case DumpPhase::Ir:
        return std::move(texts.ir);
      case DumpPhase::OptimisedIr:
        return std::move(texts.optimised_ir);
      case DumpPhase::Assembly:
        return std::move(texts.assembly);
      case DumpPhase::Tokens:
      case DumpPhase::Ast:
      case DumpPhase::Resolved:
      case DumpPhase::Types:
        break;
    }
    return {};
  }

  std::string Joined() const {
    std::string text;
    for (const jit::CodeBlock& block : Blocks()) {
      text += (text.empty() ? "" : "\n") + block.text;
    }
    return text;
  }

  const DumpOptions& options_;
  const frontend::Program& program_;
  Env& env_;
};

std::string TextOf(const std::vector<jit::CodeBlock>& blocks, std::string_view function) {
  std::string text;
  for (const jit::CodeBlock& block : blocks) {
    if (block.function == function && !block.is_wrapper) {
      text += (text.empty() ? "" : "\n") + block.text;
    }
  }
  return text;
}

// Which functions have code; what calls them from outside holds theirs.
std::string Remaining(const std::vector<jit::CodeBlock>& blocks) {
  std::vector<std::string_view> names;
  for (const jit::CodeBlock& block : blocks) {
    if (std::find(names.begin(), names.end(), block.function) == names.end()) {
      names.push_back(block.function);
    }
  }
  return names.empty() ? "none" : ListOf(names);
}

// One function. When nothing of it is left, because it stands inlined in its callers, a copy that
// was kept on purpose is shown, and a note says so.
void DumpFunction(const Code& code, const std::string& function, bool yields, Env& env) {
  const std::vector<jit::CodeBlock> blocks = code.Blocks();
  std::string text = TextOf(blocks, function);
  if (text.empty()) {
    text = TextOf(code.Blocks(function), function);
    const bool has_wrapper =
        std::any_of(blocks.begin(), blocks.end(),
                    [&](const jit::CodeBlock& block) { return block.function == function; });
    if (text.empty()) {
      WriteError(env, fmt::format("note: nothing that is compiled before the run calls `{}`; there "
                                  "is code of {}\n",
                                  function, Remaining(blocks)));
    } else if (yields) {
      WriteError(env,
                 fmt::format("note: `{}` stands inside the loops that consume it; this is what "
                             "is compiled when it is stored first\n",
                             function));
    } else if (!has_wrapper) {
      WriteError(env, fmt::format("note: `{}` was inlined wherever it is used, which leaves code "
                                  "of {}; this is what it looks like alone\n",
                                  function, Remaining(blocks)));
    }
  }
  env.out.Write(text);
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
  const std::vector<std::string_view> names = FunctionNames(*program);
  if (!options.function.empty() &&
      std::find(names.begin(), names.end(), options.function) == names.end()) {
    return Report(UnknownWord("function", options.function, names, "dump"), color, env);
  }
  if (options.phase == DumpPhase::Resolved) {
    env.out.Write(frontend::DumpResolved(*program));
  } else if (options.phase == DumpPhase::Types) {
    runtime::TypeTable types;
    infer::Inference inference(*program, types, infer::Typing::Inferred);
    env.out.Write(infer::PrintTypes(inference, *program, options.function));
  } else if (const Code code(options, *program, env); options.function.empty()) {
    env.out.Write(code.Whole());
  } else {
    const frontend::Function* function = program->FindFunction(options.function);
    DumpFunction(code, options.function, function != nullptr && function->yields, env);
  }
  return kOk;
}

}  // namespace cli
