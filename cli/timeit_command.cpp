// `lab timeit`: statements on engines, in this process. Several are run in rounds, so that what the
// machine does in the meantime meets all of them. Tests: tests/cli/timeit_test.cpp.

#include <algorithm>
#include <limits>

#include <unistd.h>

#include "cli/commands.h"
#include "cli/complaint.h"
#include "cli/crash.h"
#include "cli/load.h"
#include "measure/snippet_run.h"
#include "measure/timeit.h"
#include "report/timeit_text.h"
#include "runtime/extern.h"
#include "runtime/run.h"

namespace cli {

namespace {

// Python's numbers for one statement; several take turns more often, and for shorter.
constexpr double kAloneSeconds = 0.2;
constexpr double kInTurnSeconds = 0.05;
constexpr uint64_t kAloneRepeats = 5;
constexpr uint64_t kInTurnRepeats = 15;
constexpr int kEmptyRepeats = 3;

// A statement on an engine.
struct Competitor {
  Competitor(const measure::LoadedSnippet& the_snippet, const TimeitOptions::NamedEngine& named,
             const measure::SnippetSettings& settings)
      : snippet(the_snippet),
        engine(named.engine),
        backend(engine.configuration->make(engine.settings)),
        run(snippet, *backend, settings) {
    row.backend = named.name;
  }

  const measure::LoadedSnippet& snippet;
  Engine engine;
  std::unique_ptr<runtime::Backend> backend;
  measure::SnippetRun run;
  report::TimeitRow row;
};

class Measurement {
 public:
  Measurement(const TimeitOptions& options, const std::vector<measure::LoadedSnippet>& snippets,
              Env& env)
      : options_(options),
        settings_{.clock = env.clock,
                  .max_memory_bytes = options.max_memory_bytes,
                  .allowed_externs = options.allowed_externs},
        empty_(measure::LoadSnippet({{}, {"<empty>", "0"}})) {
    for (const TimeitOptions::NamedEngine& engine : options.engines) {
      for (size_t i = 0; i < snippets.size(); ++i) {
        auto competitor = std::make_unique<Competitor>(snippets[i], engine, settings_);
        competitor->row.statement = options.statements[i];
        competitors_.push_back(std::move(competitor));
      }
    }
  }

  // False: a run ended with error().
  bool Run() {
    for (const auto& competitor : competitors_) {
      if (!Prepare(*competitor)) {
        return false;
      }
    }
    const bool is_alone = competitors_.size() == 1;
    const uint64_t usual = is_alone ? kAloneRepeats : kInTurnRepeats;
    const uint64_t repeats = options_.repeats != 0 ? options_.repeats : usual;
    for (uint64_t round = 0; round < repeats; ++round) {
      for (const size_t i : measure::OrderOfRound(competitors_.size(), static_cast<int>(round))) {
        double seconds = 0;
        if (!RunOnce(*competitors_[i], competitors_[i]->row.series.turns, &seconds)) {
          return false;
        }
        competitors_[i]->row.series.seconds.push_back(seconds);
      }
    }
    return true;
  }

  const runtime::RunError& error() const { return error_; }
  const frontend::Program& failed_program() const { return *failed_program_; }

  // After Run().
  std::vector<report::TimeitRow> TakeRows() {
    std::vector<report::TimeitRow> rows;
    for (const auto& competitor : competitors_) {
      report::TimeitRow& row = competitor->row;
      runtime::TypeTable types;
      row.idle_work = measure::FindIdleWork(competitor->snippet, types);
      row.dropped_bytes = competitor->run.dropped_bytes();
      if (!rows.empty()) {
        row.comparison =
            measure::CompareSeries(rows[0].series, row.series, competitors_.size() - 1);
      }
      rows.push_back(std::move(row));
    }
    return rows;
  }

 private:
  bool Fail(const Competitor& competitor) {
    error_ = competitor.run.error();
    failed_program_ = competitor.snippet.program.get();
    return false;
  }

  // The first turn, the number of turns, and what a turn without work takes.
  bool Prepare(Competitor& competitor) {
    measure::TimeitSeries& series = competitor.row.series;
    if (!competitor.run.Start()) {
      return Fail(competitor);
    }
    series.first_turn_seconds = competitor.run.first_turn_seconds();
    series.compile_seconds = competitor.run.compile_seconds();
    if (options_.loops != 0) {
      series.turns = options_.loops;
    } else if (!Calibrate(competitor)) {
      return Fail(competitor);
    }
    return !series.grows || MeasureEmptyTurn(competitor.row.backend, competitor.engine, &series);
  }

  bool Calibrate(Competitor& competitor) {
    const measure::RunTurns run = [&](uint64_t turns, double* seconds) {
      return competitor.run.Run(turns, seconds);
    };
    measure::TimeitSeries& series = competitor.row.series;
    series.tries =
        measure::FindTurns(run, competitors_.size() == 1 ? kAloneSeconds : kInTurnSeconds);
    if (series.tries.empty()) {
      return false;
    }
    series.turns = series.tries.back().turns;
    const std::optional<bool> grows = measure::Grows(run, series.tries);
    series.grows = grows.value_or(false);
    return grows.has_value();
  }

  bool MeasureEmptyTurn(const std::string& name, const Engine& engine,
                        measure::TimeitSeries* series) {
    Competitor empty(empty_, {name, engine}, settings_);
    if (!empty.run.Start()) {
      return Fail(empty);
    }
    double best = std::numeric_limits<double>::infinity();
    for (int repeat = 0; repeat < kEmptyRepeats; ++repeat) {
      double seconds = 0;
      if (!RunOnce(empty, series->turns, &seconds)) {
        return false;
      }
      best = std::min(best, seconds);
    }
    series->empty_turn_seconds = best;
    return true;
  }

  // The seconds of one turn out of `turns`.
  bool RunOnce(Competitor& competitor, uint64_t turns, double* seconds) {
    if (!competitor.run.Run(turns, seconds)) {
      return Fail(competitor);
    }
    *seconds /= static_cast<double>(turns);
    return true;
  }

  const TimeitOptions& options_;
  measure::SnippetSettings settings_;
  measure::LoadedSnippet empty_;
  std::vector<std::unique_ptr<Competitor>> competitors_;
  runtime::RunError error_ = {};
  const frontend::Program* failed_program_ = nullptr;
};

// The pieces that all statements share. False: `status` is set.
bool ReadSetup(const TimeitOptions& options, frontend::Color color, Env& env,
               std::vector<measure::SnippetPiece>* setup, int* status) {
  if (!options.setup_file.empty()) {
    Source source;
    if (!ReadProgram(options.setup_file, false, options.max_source_bytes, color, env, &source,
                     status)) {
      return false;
    }
    setup->push_back({source.name, std::move(source.text)});
  }
  if (!options.setup.empty()) {
    setup->push_back({"<setup>", options.setup});
  }
  return true;
}

void Write(const TimeitOptions& options, const std::vector<report::TimeitRow>& rows, Env& env) {
  if (options.json) {
    env.out.Write(report::TimeitJson(rows));
    return;
  }
  std::string warnings;
  for (const report::TimeitRow& row : rows) {
    if (options.verbose) {
      env.out.Write(report::TimeitDetailsText(row, options.unit));
    }
    warnings += report::TimeitWarnings(row, options.unit);
  }
  env.out.Write(rows.size() == 1 ? report::TimeitText(rows[0], options.unit)
                                 : report::TimeitTableText(rows, options.unit));
  env.out.Flush();
  if (!warnings.empty()) {
    WriteError(env, warnings);
  }
}

}  // namespace

int RunTimeit(const TimeitOptions& options, Env& env) {
  const frontend::Color color = ResolveColor(options.color, env);
  int status = kOk;
  measure::Snippet snippet;
  if (!ReadSetup(options, color, env, &snippet.setup, &status)) {
    return status;
  }
  std::vector<measure::LoadedSnippet> snippets;
  for (const std::string& statement : options.statements) {
    snippet.statement = {"<statement>", statement};
    measure::LoadedSnippet& loaded = snippets.emplace_back(measure::LoadSnippet(snippet));
    if (loaded.program == nullptr) {
      WriteError(env, frontend::RenderDiagnostics(*loaded.source, loaded.diagnostics, color));
      return kNotCompiled;
    }
  }
  runtime::OnLargeStack([&] {
    const SignalStack signal_stack;
    Measurement measurement(options, snippets, env);
    if (options.is_sandboxed && env.enter_sandbox) {
      runtime::LoadExternLibraries(options.allowed_externs);
      env.enter_sandbox({.writable = {STDOUT_FILENO, STDERR_FILENO}});
    }
    if (measurement.Run()) {
      Write(options, measurement.TakeRows(), env);
    } else {
      const runtime::RunError& error = measurement.error();
      WriteError(env, runtime::Render(error, measurement.failed_program(), color));
      status = runtime::ExitStatus(error.failure.kind);
    }
  });
  return status;
}

}  // namespace cli
