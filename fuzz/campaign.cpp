// Batches of seeds on several processes at once. Test: tests/fuzz/campaign_test.cpp.

#include "fuzz/campaign.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <sstream>
#include <thread>

#include <fmt/format.h>

#include "fuzz/choices.h"
#include "fuzz/damage.h"
#include "fuzz/tree.h"
#include "jit/llvm_start.h"

namespace fuzz {
namespace {

using Clock = std::chrono::steady_clock;

double SecondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// The lines of a process: one for each program ("p compiled raised entered"), one for each cell
// that is new to it ("c + int int"), one for a finding ("f lane what").
std::string ProgramLine(const Examined& examined) {
  return fmt::format("p {:d} {:d} {:d}", examined.compiles, examined.raised, examined.entered_loop);
}

void TellCells(const Node& program, std::set<std::string>* known, SharedState* state) {
  ForEach(program, [&](const Node& node) {
    if (!node.cell.empty() && known->insert(node.cell).second) {
      state->Tell("c " + node.cell);
    }
  });
}

void RunBatch(const CampaignOptions& options, uint64_t first, uint64_t count, SharedState* state) {
  Examiner examiner(options.matrix, [state](std::string_view lane) { state->SetLane(lane); });
  std::set<std::string> cells;
  for (uint64_t seed = first; seed < first + count; ++seed) {
    ++state->begun;
    const Generated generated = InputOf(seed, options.matrix);
    const Examined examined = examiner.Examine(generated, seed);
    if (examined.compiles) {
      TellCells(generated.program, &cells, state);
    }
    if (examined.finding) {
      state->Tell(fmt::format("f {} {} {}", seed, examined.finding->lane, examined.finding->what));
    }
    if (!state->Tell(ProgramLine(examined))) {
      return;
    }
  }
}

// One process and the seeds it was given.
struct Worker {
  ProcessSlot slot;
  uint64_t first = 0;
  uint64_t count = 0;
};

class Campaign {
 public:
  Campaign(const CampaignOptions& options, const std::function<void(const Figures&)>& on_progress)
      : options_(options), on_progress_(on_progress), next_(options.first_seed) {
    result_.figures.lanes = static_cast<uint32_t>(Examiner(options.matrix).LaneNames().size());
    for (uint32_t i = 0; i < std::max(1U, options.jobs); ++i) {
      workers_.push_back(std::make_unique<Worker>());
    }
  }

  CampaignResult Run() {
    jit::StartLlvm();
    double told = 0;
    for (bool is_busy = true; is_busy;) {
      is_busy = false;
      for (const auto& worker : workers_) {
        Step(worker.get());
        is_busy = is_busy || worker->slot.is_running();
      }
      result_.figures.seconds = SecondsSince(start_);
      if (result_.figures.seconds - told > 0.25) {
        told = result_.figures.seconds;
        on_progress_(result_.figures);
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    Figures& figures = result_.figures;
    figures.next_seed = std::min(first_left_out_, next_);
    figures.is_cut_short =
        HasEnoughFindings() && figures.next_seed - options_.first_seed < options_.count;
    return std::move(result_);
  }

 private:
  bool IsTimeOver() const {
    return (options_.seconds > 0 && SecondsSince(start_) >= options_.seconds) ||
           (options_.is_stopped && options_.is_stopped());
  }

  bool HasEnoughFindings() const { return result_.findings.size() >= options_.most_findings; }

  // Nothing more is to be begun, though there are seeds.
  bool MustStop() const { return IsTimeOver() || HasEnoughFindings(); }

  void Step(Worker* worker) {
    if (worker->slot.is_running()) {
      if (const auto end = worker->slot.Poll(options_.hang)) {
        Collect(worker, *end);
      } else if (IsTimeOver()) {
        worker->slot.Kill();  // what it has told counts
        TakeLines(*worker);
        LeaveOut(worker->first + std::max<uint64_t>(worker->slot.state().begun, 1) - 1);
      }
    }
    const uint64_t left = options_.count - (next_ - options_.first_seed);
    if (!worker->slot.is_running() && left > 0 && !MustStop()) {
      worker->first = next_;
      worker->count = std::min<uint64_t>(options_.programs_per_process, left);
      next_ += worker->count;
      Begin(worker);
    }
  }

  void Begin(Worker* worker) {
    worker->slot.Start(
        [&](SharedState& state) { RunBatch(options_, worker->first, worker->count, &state); });
  }

  void TakeLines(const Worker& worker) {
    const SharedState& state = worker.slot.state();
    std::istringstream lines(std::string(state.text, state.text_bytes));
    for (std::string line; std::getline(lines, line);) {
      std::istringstream words(line.substr(std::min<size_t>(2, line.size())));
      if (line.starts_with("p ")) {
        int compiles = 0;
        int raised = 0;
        int entered = 0;
        words >> compiles >> raised >> entered;
        Figures one;
        one.programs = 1;
        one.compiled = static_cast<uint64_t>(compiles);
        one.raised = static_cast<uint64_t>(raised);
        one.entered_loop = static_cast<uint64_t>(entered);
        result_.figures.Add(one);
      } else if (line.starts_with("c ")) {
        result_.figures.cells.insert(line.substr(2));
      } else if (line.starts_with("f ")) {
        SeedFinding finding;
        words >> finding.seed >> finding.finding.lane;
        std::getline(words >> std::ws, finding.finding.what);
        AddFinding(std::move(finding));
      }
    }
  }

  void Collect(Worker* worker, const ProcessSlot::End& end) {
    TakeLines(*worker);
    const uint64_t begun = std::max<uint64_t>(worker->slot.state().begun, 1);
    if (!end.is_success) {
      const uint64_t seed = worker->first + begun - 1;
      AddFinding({seed, {worker->slot.state().lane, end.how, end.diagnostics}});
      ++result_.figures.programs;
      ++result_.figures.compiled;
    }
    // The seeds behind one that ended the process.
    if (begun < worker->count) {
      worker->first += begun;
      worker->count -= begun;
      if (MustStop()) {
        LeaveOut(worker->first);
      } else {
        Begin(worker);
      }
    }
  }

  void LeaveOut(uint64_t seed) { first_left_out_ = std::min(first_left_out_, seed); }

  void AddFinding(SeedFinding finding) {
    ++result_.figures.findings;
    result_.findings.push_back(std::move(finding));
  }

  const CampaignOptions& options_;
  const std::function<void(const Figures&)>& on_progress_;
  Clock::time_point start_ = Clock::now();
  uint64_t next_;
  uint64_t first_left_out_ = UINT64_MAX;  // of the seeds that were handed out
  std::vector<std::unique_ptr<Worker>> workers_;
  CampaignResult result_;
};

}  // namespace

Generated InputOf(uint64_t seed, Matrix matrix) {
  if (matrix != Matrix::Source) {
    return ProgramOf(seed);
  }
  static const std::vector<std::string> kTexts = ProgramTexts();
  constexpr size_t kBytes = 256;
  const std::vector<uint8_t> bytes = RandomBytes(seed, kBytes);
  Choices choices(bytes);
  return {LinesOf(Damage(kTexts, choices)), Temper::Clean, {}};
}

CampaignResult RunCampaign(const CampaignOptions& options,
                           const std::function<void(const Figures&)>& on_progress) {
  return Campaign(options, on_progress).Run();
}

ExaminedApart ExamineApart(const Generated& generated, uint64_t seed, const ApartOptions& options) {
  jit::StartLlvm();
  ProcessSlot slot;
  slot.Start([&](SharedState& state) {
    state.begun = 1;
    const auto on_lane = [&](std::string_view lane) { state.SetLane(lane); };
    const Examined examined =
        Examiner(options.matrix, on_lane, options.fault).Examine(generated, seed);
    if (examined.finding) {
      const Finding& finding = *examined.finding;
      state.Tell(finding.lane);
      state.Tell(finding.what);
      state.Tell(std::string_view(finding.detail).substr(0, SharedState::kTextBytes / 2));
    }
  });
  const ProcessSlot::End end = slot.Wait(options.hang);
  const SharedState& state = slot.state();
  ExaminedApart examined{.finding = {}, .seconds = state.lane_begin_seconds};
  if (!end.is_success) {
    examined.finding = Finding{state.lane, end.how, end.diagnostics};
  } else if (state.text_bytes > 0) {
    std::istringstream text(std::string(state.text, state.text_bytes));
    Finding finding;
    std::getline(text, finding.lane);
    std::getline(text, finding.what);
    std::getline(text, finding.detail, '\0');
    examined.finding = std::move(finding);
  }
  return examined;
}

}  // namespace fuzz
