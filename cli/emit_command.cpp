// `lab emit`: the program in the language of a peer. Tests: tests/cli/peers_test.cpp.

#include "cli/commands.h"
#include "cli/complaint.h"
#include "cli/load.h"
#include "cli/write_file.h"

namespace cli {

int RunEmit(const EmitOptions& options, Env& env) {
  const frontend::Color color = ResolveColor(options.color, env);
  int status = kOk;
  Source source;
  const std::string file = options.is_expression ? "" : options.source;
  if (!AreApart({file}, {options.output}, color, env, &status) ||
      !ReadProgram(options.source, options.is_expression, options.max_source_bytes, color, env,
                   &source, &status)) {
    return status;
  }
  const std::unique_ptr<frontend::Program> program = Compile(source, color, env, nullptr, &status);
  if (program == nullptr) {
    return status;
  }
  const emit::Translation translation = emit::Translate(*program, options.target, options.how);
  if (translation.refusal) {
    status = Report({kMissing, translation.refusal->text}, color, env);
    WriteError(env,
               frontend::RenderExcerpt(*program->source, translation.refusal->span, {}, {}, color));
    return status;
  }
  WriteFile(options.output.empty() ? "-" : options.output, translation.text, color, env, &status);
  return status;
}

}  // namespace cli
