// The same steps as `lab run` (cli/run_command.cpp), with the outcome kept as data.

#include "tests/support/program_run.h"

#include <functional>

#include "frontend/program.h"
#include "runtime/builtins.h"
#include "runtime/context.h"
#include "runtime/ops.h"
#include "runtime/run.h"
#include "runtime/type.h"

namespace support {

namespace {

std::unique_ptr<frontend::Program> Compile(const std::string& name, const std::string& text,
                                           ProgramRun* run) {
  frontend::DiagnosticSink sink;
  std::unique_ptr<frontend::Program> program =
      frontend::LoadProgram(name, text, runtime::BuiltinSignatures(), sink);
  if (program == nullptr) {
    run->diagnostics = frontend::RenderDiagnostics(frontend::SourceFile(name, text), sink.Take(),
                                                   frontend::Color::No);
    run->exit_status = 3;
  }
  return program;
}

void KeepError(const runtime::RunError& error, const frontend::Program& program, ProgramRun* run) {
  run->error_kind = runtime::Name(error.failure.kind);
  run->error_message = error.failure.message;
  run->rendered_error = runtime::Render(error, program, frontend::Color::No);
  run->exit_status = runtime::ExitStatus(error.failure.kind);
  for (const runtime::TraceEntry& entry : error.trace) {
    const frontend::Place place = program.source->Locate(entry.at.begin);
    run->trace.push_back(
        {std::string(program.resolution.functions[entry.function].name), place.line, place.column});
  }
}

using Body = std::function<runtime::Outcome(runtime::Executable&, runtime::Context&)>;

// Prepares `program` on the engine of `options`, runs `body` and keeps what it left.
void Run(const frontend::Program& program, const cli::RunOptions& options, const Body& body,
         ProgramRun* run) {
  runtime::TypeTable types;
  runtime::StringOutput output;
  runtime::Limits limits;
  limits.memory_bytes = options.max_memory_bytes;
  limits.seconds = options.time_limit_seconds;
  runtime::Context context(program, types, output, limits);
  context.clock = [] { return 0.0; };
  context.allowed_externs = options.allowed_externs;
  runtime::OnLargeStack([&] {
    const runtime::Watchdog watchdog(context);
    cli::EngineSettings settings = options.settings;
    settings.on_entry = [&, told = options.settings.on_entry](const std::string& interpreter,
                                                              const std::string& machine_code) {
      if (run->wrong_entry.empty() && interpreter != machine_code) {
        run->wrong_entry = "left with\n" + interpreter + "entered with\n" + machine_code;
      }
      if (told) {
        told(interpreter, machine_code);
      }
    };
    const auto backend = options.engine->make(settings);
    const auto executable =
        backend->Prepare(program, context, runtime::Counting::No, runtime::Entry::Main);
    const runtime::Outcome outcome = body(*executable, context);
    if (outcome.error) {
      KeepError(*outcome.error, program, run);
    } else {
      std::string shown;
      runtime::Format(context, outcome.value, &shown);
      run->value = shown;
    }
    runtime::Release(outcome.value);
  });
  run->output = output.text();
}

// The parameter `n` of a bench and its default; null: there is none.
const frontend::IntExpr* DefaultN(const frontend::Function& bench, uint32_t* index) {
  for (uint32_t i = 0; i < bench.param_count; ++i) {
    const frontend::Param& param = bench.decl->params[i];
    if (param.binding.name == "n" && param.default_value != nullptr) {
      *index = i;
      return frontend::DynCast<frontend::IntExpr>(*param.default_value);
    }
  }
  return nullptr;
}

}  // namespace

ProgramRun RunProgramText(const std::string& name, const std::string& text,
                          const cli::RunOptions& options) {
  ProgramRun run;
  const auto program = Compile(name, text, &run);
  if (program != nullptr) {
    Run(
        *program, options,
        [&](runtime::Executable& executable, runtime::Context& context) {
          return runtime::RunProgram(executable, context, options.arguments, false);
        },
        &run);
  }
  return run;
}

ProgramRun RunProgramWith(const std::string& name, const std::string& text,
                          const cli::Configuration& configuration,
                          const cli::EngineSettings& settings) {
  cli::RunOptions options;
  options.engine = &configuration;
  options.settings = settings;
  return RunProgramText(name, text, options);
}

ProgramRun RunBench(const std::string& name, const std::string& text, const std::string& bench,
                    int64_t n, const cli::Configuration& configuration) {
  ProgramRun run;
  const auto program = Compile(name, text, &run);
  if (program == nullptr) {
    return run;
  }
  cli::RunOptions options;
  options.engine = &configuration;
  Run(
      *program, options,
      [&](runtime::Executable& executable, runtime::Context&) {
        runtime::Outcome top = executable.RunTop();
        if (top.error) {
          return top;
        }
        runtime::Release(top.value);
        const frontend::Function& function = *program->FindFunction(bench);
        uint32_t index = 0;
        std::vector<runtime::Value> args;
        if (DefaultN(function, &index) != nullptr && index == 0) {
          args.push_back(runtime::Value::Int(n));
        }
        return executable.Call(program->IdOf(function), args);
      },
      &run);
  return run;
}

std::vector<BenchName> BenchesOf(const std::string& name, const std::string& text) {
  ProgramRun run;
  std::vector<BenchName> benches;
  const auto program = Compile(name, text, &run);
  if (program == nullptr) {
    return benches;
  }
  for (const frontend::Function& function : program->resolution.functions) {
    if (function.kind == frontend::FunctionKind::Bench) {
      uint32_t index = 0;
      const frontend::IntExpr* n = DefaultN(function, &index);
      benches.push_back({std::string(function.name), n == nullptr ? 0 : n->value});
    }
  }
  return benches;
}

std::string Difference(const ProgramRun& a, const ProgramRun& b) {
  const auto differ = [](const char* what, const std::string& left, const std::string& right) {
    return std::string(what) + " differs:\n" + left + "\n--- and ---\n" + right;
  };
  if (a.diagnostics != b.diagnostics) {
    return differ("what the compiler says", a.diagnostics, b.diagnostics);
  }
  if (a.output != b.output) {
    return differ("the output", a.output, b.output);
  }
  if (a.value != b.value) {
    return differ("the value", a.value, b.value);
  }
  if (a.rendered_error != b.rendered_error) {
    return differ("the error", a.rendered_error, b.rendered_error);
  }
  if (a.wrong_entry != b.wrong_entry) {
    return differ("the state where a loop is entered", a.wrong_entry, b.wrong_entry);
  }
  // Long tracebacks are shown in part, but must be equal as a whole.
  if (a != b) {
    return differ("the traceback or status", std::to_string(a.trace.size()) + " calls",
                  std::to_string(b.trace.size()) + " calls");
  }
  return {};
}

}  // namespace support
