// `lab check`: one run on each engine and each peer, and whether they say the same.
// Tests: tests/cli/check_test.cpp.

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "cli/check_text.h"
#include "cli/commands.h"
#include "cli/complaint.h"
#include "cli/engine_outcome.h"
#include "cli/load.h"
#include "cli/peer_machine.h"
#include "cli/progress_line.h"
#include "cli/stop_on_ctrl_c.h"
#include "runtime/error.h"

namespace cli {
namespace {

class Check {
 public:
  Check(const CheckOptions& options, const frontend::Program& program, Env& env)
      : options_(options), program_(program), env_(env), progress_(env) {}

  // False: the user has stopped it.
  bool RunAll() {
    for (const std::string& name : EnginesToRun()) {
      if (!RunEngine(name)) {
        return false;
      }
    }
    const peers::Machine machine = MachineOf(env_);
    progress_.Say("looking for peers");
    for (const peers::Toolchain& toolchain : FindChosen(options_.peers, machine)) {
      if (StopOnCtrlC::stopped()) {
        return false;
      }
      RunPeer(toolchain, machine);
    }
    progress_.Clear();
    return !StopOnCtrlC::stopped();
  }

  const std::vector<CheckedRun>& runs() const { return runs_; }

 private:
  std::vector<std::string> EnginesToRun() const {
    if (!options_.engines.empty()) {
      return options_.engines;
    }
    std::vector<std::string> names;
    for (const Configuration& configuration : Configurations()) {
      names.emplace_back(configuration.name);
    }
    return names;
  }

  bool RunEngine(const std::string& name) {
    progress_.Say("running on " + name);
    const Engine engine = *FindEngine(name);
    CheckedRun run{.name = name, .outcome = RunOnEngine(engine, program_, options_, env_)};
    if (run.outcome.error_kind == runtime::Name(runtime::ErrorKind::Interrupt)) {
      return false;
    }
    run.tolerance =
        engine.settings.fast_math ? measure::Tolerance::FastMath : measure::Tolerance::None;
    Add(std::move(run));
    return true;
  }

  void RunPeer(const peers::Toolchain& toolchain, const peers::Machine& machine) {
    const peers::Peer& peer = *toolchain.peer;
    CheckedRun run{.name = std::string(peer.name), .version = toolchain.version};
    if (!toolchain.is_ready()) {
      run.outcome.kind = peers::Outcome::Kind::Missing;
      run.outcome.note = MissingText(toolchain);
    } else {
      progress_.Say(fmt::format("running on {}", peer.name));
      run.outcome =
          peers::OutcomeOf(peers::RunOnce(toolchain, TranslationTo(peer.target), options_.arguments,
                                          {.run_seconds = options_.time_limit_seconds}, machine));
    }
    run.tolerance = measure::ToleranceOf(peers::MathOf(peer, program_));
    Add(std::move(run));
  }

  // Two peers may speak the same language.
  const emit::Translation& TranslationTo(emit::Target target) {
    const auto known = translations_.find(target);
    if (known != translations_.end()) {
      return known->second;
    }
    return translations_[target] = emit::Translate(program_, target, {});
  }

  void Add(CheckedRun run) {
    if (!runs_.empty()) {
      run.verdict = peers::Compare(runs_.front().outcome, run.outcome,
                                   std::max(run.tolerance, runs_.front().tolerance));
    }
    runs_.push_back(std::move(run));
  }

  const CheckOptions& options_;
  const frontend::Program& program_;
  Env& env_;
  ProgressLine progress_;
  std::map<emit::Target, emit::Translation> translations_;
  std::vector<CheckedRun> runs_;
};

}  // namespace

int RunCheck(const CheckOptions& options, Env& env) {
  const frontend::Color color = ResolveColor(options.color, env);
  int status = kOk;
  Source source;
  if (!ReadProgram(options.source, /*is_expression=*/false, options.max_source_bytes, color, env,
                   &source, &status)) {
    return status;
  }
  const std::unique_ptr<frontend::Program> program = Compile(source, color, env, nullptr, &status);
  if (program == nullptr) {
    return status;
  }
  const StopOnCtrlC stop;
  Check check(options, *program, env);
  if (!check.RunAll()) {
    return Report({kInterrupted, "interrupted: stopped by Ctrl-C"}, color, env);
  }
  env.out.Write(options.json ? CheckJson(check.runs()) : CheckText(check.runs()));
  const bool differs =
      std::any_of(check.runs().begin(), check.runs().end(),
                  [](const CheckedRun& run) { return run.verdict == peers::Verdict::Differs; });
  return differs ? kDisagreement : kOk;
}

}  // namespace cli
