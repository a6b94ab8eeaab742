// Reading and compiling on behalf of a command. Tests: tests/cli/run_test.cpp.

#include "cli/load.h"

#include "cli/complaint.h"
#include "cli/exit_status.h"
#include "cli/read_source.h"
#include "runtime/builtins.h"

namespace cli {

bool ReadProgram(const std::string& source, bool is_expression, uint64_t max_bytes,
                 frontend::Color color, Env& env, Source* result, int* status) {
  if (is_expression) {
    *result = {"<expr>", source};
    return true;
  }
  std::variant<std::string, Complaint> read = ReadSource(source, env.in, max_bytes);
  if (const Complaint* complaint = std::get_if<Complaint>(&read)) {
    *status = Report(*complaint, color, env);
    return false;
  }
  *result = {source == "-" ? "<stdin>" : source, std::move(std::get<std::string>(read))};
  return true;
}

std::unique_ptr<frontend::Program> Compile(const Source& source, frontend::Color color, Env& env,
                                           std::vector<runtime::PhaseTime>* phases, int* status) {
  frontend::DiagnosticSink sink;
  frontend::PhaseObserver observer;
  double begin = 0;
  if (phases != nullptr) {
    begin = env.clock();
    observer = [&](std::string_view phase) {
      const double end = env.clock();
      phases->push_back({std::string(phase), end - begin});
      begin = end;
    };
  }
  std::unique_ptr<frontend::Program> program =
      frontend::LoadProgram(source.name, source.text, runtime::BuiltinSignatures(), sink, observer);
  if (program == nullptr) {
    const frontend::SourceFile file(source.name, source.text);
    WriteError(env, frontend::RenderDiagnostics(file, sink.Take(), color));
    *status = kNotCompiled;
  }
  return program;
}

}  // namespace cli
