// Tests: tests/cli/compare_test.cpp.

#include "cli/survey.h"

#include <algorithm>
#include <memory>
#include <optional>

#include <fmt/format.h>

#include "cli/complaint.h"
#include "cli/exit_status.h"
#include "cli/peer_machine.h"
#include "cli/progress_line.h"
#include "cli/read_source.h"
#include "cli/stop_on_ctrl_c.h"
#include "measure/answers.h"
#include "measure/process_worker.h"
#include "measure/results_file.h"
#include "measure/results_json.h"
#include "peers/peer_workers.h"
#include "report/import.h"

namespace cli {
namespace {

// Keeps every record, so that the summary is made from what a file would hold, and passes it on.
class KeptRecords final : public measure::ResultsSink {
 public:
  explicit KeptRecords(measure::ResultsSink* next) : next_(next) {}
  bool Append(std::string_view record, std::string* error) override {
    text_ += record;
    return next_ == nullptr || next_->Append(record, error);
  }
  const std::string& text() const { return text_; }

 private:
  measure::ResultsSink* next_;
  std::string text_;
};

// How far measuring has come, not more often than a reader can follow.
class SurveyProgress {
 public:
  explicit SurveyProgress(Env& env) : env_(env), line_(env) {}

  void Say(const std::string& text) { line_.Say(text); }
  void Show(const measure::Progress& progress) {
    const double now = env_.clock();
    if (now - shown_at_ < kPauseSeconds) {
      return;
    }
    shown_at_ = now;
    constexpr int kCells = 24;
    const int full = static_cast<int>(progress.share * kCells);
    std::string bar(static_cast<size_t>(full), '#');
    bar.resize(kCells, '.');
    line_.Say(fmt::format("measuring [{}] round {} of {}, {:.0f} s left", bar,
                          progress.rounds_done + 1, progress.rounds, progress.seconds_left));
  }
  void Clear() { line_.Clear(); }

 private:
  static constexpr double kPauseSeconds = 0.1;
  Env& env_;
  ProgressLine line_;
  double shown_at_ = -1;
};

std::string Where(const measure::Cell& cell) {
  return fmt::format("{} on {}", measure::BenchText(cell), cell.engine);
}

// Writes both answers and says what they mean.
Complaint Explained(const measure::Disagreement& disagreement, Env& env) {
  const std::string one = Where(disagreement.one);
  const std::string other = Where(disagreement.other);
  WriteError(env,
             fmt::format("- {}: {}\n+ {}: {}\n", one, frontend::Printable(disagreement.one_text),
                         other, frontend::Printable(disagreement.other_text)));
  return {kDisagreement,
          fmt::format("{} and {} do not give the same {}", one, other, disagreement.what),
          {"times of different answers cannot be compared; `lab run` shows each"}};
}

class Survey {
 public:
  Survey(const WorkerRules& rules, const SurveyFile& file, frontend::Color color, Env& env)
      : file_(file), color_(color), env_(env), progress_(env) {
    if (env.workers == nullptr) {
      std::vector<std::string> command = {measure::OwnExecutable(), measure::kWorkerCommand};
      if (!rules.is_sandboxed) {
        command.push_back(measure::kUnconfined);
      }
      engine_workers_.emplace(measure::StartProcess, std::move(command), env.clock,
                              rules.answer_seconds);
      own_workers_.emplace(*engine_workers_, MachineOf(env), rules.answer_seconds);
    }
  }

  bool MeasureNew(measure::Plan plan, const measure::Budget& budget, measure::Results* results,
                  int* status) {
    if (!Open(status)) {
      return false;
    }
    std::vector<measure::Probe> probes;
    measure::CampaignFailure failure;
    if (!measure::ProbePlan(MakeSurveyor(), budget, &plan, &probes, &failure)) {
      return Explain(failure, status);
    }
    if (!Append(measure::PlanRecord(plan), status)) {
      return false;
    }
    for (const measure::Probe& probe : probes) {
      if (!Append(measure::ProbeRecord(plan.run, probe), status)) {
        return false;
      }
    }
    return AppendLeftOut(plan, status) && Measure(plan, {}, results, status);
  }

  bool MeasureRest(measure::Results* results, int* status) {
    if (!Open(status)) {
      return false;
    }
    const measure::Plan plan = results->plan;
    // What was measured before stands in the file.
    measure::Results rest;
    if (!Append(measure::PlanRecord(plan), status) || !AppendLeftOut(plan, status) ||
        !Measure(plan, results->rounds_done, &rest, status)) {
      return false;
    }
    measure::AddRounds(std::move(rest), results);
    if (const auto disagreement = measure::FindDisagreement(*results)) {
      return Complain(Explained(*disagreement, env_), status);
    }
    return true;
  }

 private:
  bool Open(int* status) {
    std::string error;
    if (!file_.path.empty()) {
      opened_ = std::make_unique<measure::ResultsFile>();
      if (!opened_->Open(file_.path, &error)) {
        *status = Report({kInputOutput, error, {"name another file with -o, or add --no-save"}},
                         color_, env_);
        return false;
      }
    }
    records_ = std::make_unique<KeptRecords>(opened_.get());
    return true;
  }

  bool Append(const std::string& record, int* status) {
    std::string error;
    if (!records_->Append(record, &error)) {
      return Complain({kInputOutput, error}, status);
    }
    return true;
  }

  bool AppendLeftOut(const measure::Plan& plan, int* status) {
    return std::all_of(plan.left_out.begin(), plan.left_out.end(),
                       [&](const measure::LeftOut& left_out) {
                         return Append(measure::LeftOutRecord(plan.run, left_out), status);
                       });
  }

  measure::Surveyor MakeSurveyor() {
    return {.clock = env_.clock,
            .workers = env_.workers != nullptr ? *env_.workers : *own_workers_,
            .sink = *records_,
            .progress = [this](const measure::Progress& progress) { progress_.Show(progress); },
            .probing =
                [this](const measure::Cell& cell) {
                  progress_.Say("checking the answer of " + Where(cell));
                },
            .stopped = StopOnCtrlC::stopped};
  }

  bool Measure(const measure::Plan& plan, const std::vector<uint32_t>& done,
               measure::Results* results, int* status) {
    measure::CampaignFailure failure;
    const std::string attempt = fmt::format("{:016x}", env_.unique());
    if (!measure::MeasurePlan(MakeSurveyor(), plan, attempt, done, &failure)) {
      return Explain(failure, status);
    }
    progress_.Clear();
    measure::ReadResults read;
    std::string error;
    if (!measure::ParseResults(records_->text(), plan.run, &read, &error)) {
      return Complain({kBug, "the records that were just written cannot be read: " + error},
                      status);
    }
    *results = std::move(read.results);
    return true;
  }

  bool Complain(Complaint complaint, int* status) {
    progress_.Clear();
    if (!file_.path.empty() && records_ != nullptr && !records_->text().empty()) {
      complaint.help.push_back(fmt::format("what was measured is in `{}`; go on with: {}",
                                           file_.path, file_.resume_command));
    }
    *status = Report(complaint, color_, env_);
    return false;
  }

  bool Explain(const measure::CampaignFailure& failure, int* status) {
    progress_.Clear();
    switch (failure.kind) {
      case measure::CampaignFailure::Kind::Worker:
        WriteError(env_, failure.worker.text);
        return Complain(
            {failure.worker.status, fmt::format("{} could not be measured", Where(failure.cell))},
            status);
      case measure::CampaignFailure::Kind::Disagreement:
        return Complain(Explained(failure.disagreement, env_), status);
      case measure::CampaignFailure::Kind::Sink:
        return Complain({kInputOutput, failure.sink_error}, status);
      case measure::CampaignFailure::Kind::Stopped:
        break;
    }
    return Complain({kInterrupted, "interrupted: stopped by Ctrl-C"}, status);
  }

  const SurveyFile& file_;
  frontend::Color color_;
  Env& env_;
  SurveyProgress progress_;
  StopOnCtrlC stop_;
  std::optional<measure::ProcessWorkers> engine_workers_;
  std::optional<peers::PeerWorkers> own_workers_;
  std::unique_ptr<measure::ResultsFile> opened_;
  std::unique_ptr<KeptRecords> records_;
};

}  // namespace

bool SurveyPlan(measure::Plan plan, const measure::Budget& budget, const WorkerRules& rules,
                const SurveyFile& file, frontend::Color color, Env& env, measure::Results* results,
                int* status) {
  return Survey(rules, file, color, env).MeasureNew(std::move(plan), budget, results, status);
}

bool ResumeSurvey(const WorkerRules& rules, const SurveyFile& file, frontend::Color color, Env& env,
                  measure::Results* results, int* status) {
  if (results->rounds_done.size() >= results->plan.rounds) {
    return true;
  }
  return Survey(rules, file, color, env).MeasureRest(results, status);
}

namespace {

bool ReadText(const std::string& path, frontend::Color color, Env& env, std::string* text,
              int* status) {
  constexpr uint64_t kLargestFile = uint64_t{4} << 30;
  std::variant<std::string, Complaint> read = ReadSource(path, env.in, kLargestFile);
  if (const Complaint* complaint = std::get_if<Complaint>(&read)) {
    *status = Report(*complaint, color, env);
    return false;
  }
  *text = std::move(std::get<std::string>(read));
  return true;
}

bool RefuseFile(const std::string& path, const std::string& error, frontend::Color color, Env& env,
                int* status) {
  *status = Report({kInputOutput, fmt::format("cannot use `{}`: {}", path, error)}, color, env);
  return false;
}

bool TakeRecords(const std::string& path, const std::string& text, const std::string& run,
                 frontend::Color color, Env& env, measure::Results* results, int* status) {
  measure::ReadResults read;
  std::string error;
  if (!measure::ParseResults(text, run, &read, &error)) {
    return RefuseFile(path, error, color, env, status);
  }
  if (const auto disagreement = measure::FindDisagreement(read.results)) {
    *status = Report(Explained(*disagreement, env), color, env);
    return false;
  }
  if (read.skipped_lines > 0) {
    WriteError(env, fmt::format("note: {} incomplete {} in `{}` left out\n", read.skipped_lines,
                                read.skipped_lines == 1 ? "record" : "records", path));
  }
  *results = std::move(read.results);
  return true;
}

}  // namespace

bool ReadResultsFile(const std::string& path, const std::string& run, frontend::Color color,
                     Env& env, measure::Results* results, int* status) {
  std::string text;
  return ReadText(path, color, env, &text, status) &&
         TakeRecords(path, text, run, color, env, results, status);
}

bool ReadResultsOrImport(const std::string& path, const std::string& run, frontend::Color color,
                         Env& env, measure::Results* results, int* status) {
  std::string text;
  if (!ReadText(path, color, env, &text, status)) {
    return false;
  }
  // Every record begins so; what a kill has torn stands at the end.
  if (!run.empty() || text.starts_with("{\"lab_results\"")) {
    return TakeRecords(path, text, run, color, env, results, status);
  }
  std::string error;
  return report::ImportResults(text, path, results, &error) ||
         RefuseFile(path, error, color, env, status);
}

}  // namespace cli
