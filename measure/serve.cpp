// Tests: tests/measure/serve_test.cpp.

#include "measure/serve.h"

#include <string>

#include <sys/resource.h>

#include "frontend/diagnostic.h"
#include "measure/bench_run.h"
#include "measure/peak_memory.h"
#include "measure/probe.h"
#include "measure/worker_protocol.h"
#include "runtime/builtins.h"
#include "runtime/extern.h"

namespace measure {
namespace {

// The engine that counts syntax-tree nodes.
constexpr std::string_view kCountingEngine = "interp";

class Server {
 public:
  explicit Server(const Service& service) : service_(service) {}

  void Run() {
    Request request;
    if (!Next(&request) || request.kind != RequestKind::Start) {
      return;
    }
    const double begin = service_.clock();
    ProcessRun started;
    started.startup_seconds = begin - request.spawned_at_seconds;
    double phase_begin = begin;
    const auto end_phase = [&](std::string_view phase) {
      const double now = service_.clock();
      started.before.push_back({std::string(phase), now - phase_begin});
      phase_begin = now;
    };
    frontend::DiagnosticSink sink;
    const auto program = frontend::LoadProgram(request.program.name, request.program.text,
                                               runtime::BuiltinSignatures(), sink, end_phase);
    const auto engine = service_.make_engine(request.cell.engine);
    if (program == nullptr || engine == nullptr) {
      // The lab that asks has compiled the program and knows the engines.
      Reply(FailureLine({70,
                         "error: the measuring process was given a program or an engine that "
                         "it does not accept\n"}));
      return;
    }
    program_ = program.get();
    cell_ = &request.cell;
    runtime::TypeTable types;
    runtime::Limits limits;
    limits.memory_bytes = request.max_memory_bytes;
    CapturedOutput output;
    runtime::Context context(*program, types, output, limits);
    context.clock = service_.clock;
    context.allowed_externs = request.allowed_externs;
    if (service_.enter_sandbox) {
      runtime::LoadExternLibraries(request.allowed_externs);
      service_.enter_sandbox(peak_memory_.descriptor());
    }
    const auto executable =
        engine->Prepare(*program, context, runtime::Counting::No, runtime::Entry::Calls);
    BenchRun run(*program, context, *executable, output);
    end_phase("prepare");
    const bool is_ready = run.Start(request.cell.bench, request.cell.parameters);
    end_phase("top level");
    if (!is_ready) {
      Fail(run.error());
      return;
    }
    if (Reply(StartedLine(started))) {
      Answer(run, *executable, context, output);
    }
  }

 private:
  bool Next(Request* request) {
    std::string line;
    return service_.read_line(&line) && ParseRequest(line, request);
  }

  bool Reply(const std::string& line) { return service_.write_line(line); }

  void Fail(const runtime::RunError& error) {
    Reply(FailureLine({runtime::ExitStatus(error.failure.kind),
                       runtime::Render(error, *program_, frontend::Color::No)}));
  }

  void Answer(BenchRun& run, runtime::Executable& executable, runtime::Context& context,
              CapturedOutput& output) {
    Request request;
    while (Next(&request)) {
      switch (request.kind) {
        case RequestKind::Start:
          return;
        case RequestKind::Run: {
          Batch batch;
          if (!run.Run(request.iterations, request.calls, &batch)) {
            Fail(run.error());
            return;
          }
          if (!Reply(BatchLine(batch))) {
            return;
          }
          break;
        }
        case RequestKind::Probe: {
          ProbeAnswer answer;
          runtime::RunError error;
          const ProbedBench bench{*program_, context, executable, output, run, *cell_, [&] {
                                    return service_.make_engine(kCountingEngine);
                                  }};
          if (!ProbeBench(bench, &answer, &error)) {
            Fail(error);
            return;
          }
          if (!Reply(ProbedLine(answer))) {
            return;
          }
          break;
        }
        case RequestKind::Finish:
          Reply(FinishedLine(Finished(run, executable)));
          return;
      }
    }
  }

  ProcessRun Finished(const BenchRun& run, const runtime::Executable& executable) const {
    ProcessRun finished;
    finished.engine = executable.phases();
    finished.value = run.value();
    finished.output = run.output();
    finished.tiers = executable.tiers();
    finished.events = PlaceEvents(run.samples(), executable.events());
    struct rusage usage {};
    getrusage(RUSAGE_SELF, &usage);
    finished.peak_bytes = peak_memory_.Bytes();
    finished.involuntary_switches = static_cast<uint64_t>(usage.ru_nivcsw);
    return finished;
  }

  const Service& service_;
  const PeakMemory peak_memory_{"/proc/self/status"};
  const frontend::Program* program_ = nullptr;
  const Cell* cell_ = nullptr;
};

}  // namespace

void Serve(const Service& service) {
  service.guarded([&] { Server(service).Run(); });
}

}  // namespace measure
