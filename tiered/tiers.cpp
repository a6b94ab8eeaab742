// Tests: tests/tiered.

#include "tiered/tiers.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <unordered_set>
#include <utility>

#include <sched.h>

#include <fmt/format.h>

#include "frontend/check.h"
#include "infer/version_events.h"
#include "jit/compile_events.h"
#include "runtime/error_texts.h"
#include "tiered/small_call.h"

namespace tiered {
namespace {

using interp::MachineCode;

constexpr double kLookSeconds = 20e-6;
// After so much lowering at a time the program goes on until the next look.
constexpr double kPauseSeconds = 40e-6;
constexpr int64_t kNever = std::numeric_limits<int64_t>::max();

// That this process may run on.
uint32_t Processors() {
  cpu_set_t set;
  CPU_ZERO(&set);
  return sched_getaffinity(0, sizeof(set), &set) == 0 ? static_cast<uint32_t>(CPU_COUNT(&set)) : 1;
}

uint32_t MostDepth(jit::Depths depths) {
  switch (depths) {
    case jit::Depths::One:
      return 1;
    case jit::Depths::Shallow:
      return jit::kShallowDepth;
    case jit::Depths::Any:
      return UINT32_MAX;
  }
  return 0;
}

uint32_t OwnExpressions(const frontend::Function& function) {
  return function.end_expr - function.first_expr;
}

const frontend::Expr* LoopOf(const Account& account) {
  return account.loop != nullptr ? account.loop->loop : nullptr;
}

}  // namespace

Tiers::Tiers(const frontend::Program& program, runtime::Context& context, infer::RunState& state,
             const Options& options, runtime::Counting counting)
    : program_(program),
      context_(context),
      state_(state),
      options_(options),
      counting_(counting),
      processors_(Processors()),
      random_(options.seed),
      live_(program, context),
      workshop_(std::make_unique<Workshop>(context.clock)) {}

Tiers::~Tiers() { Finish(); }

void Tiers::Finish() {
  if (workshop_ == nullptr) {
    return;
  }
  workshop_->cancel.store(1, std::memory_order_relaxed);
  if (workshop_->building != nullptr && !workshop_->building->is_sent) {
    workshop_->building.reset();
  }
  if (workshop_->thread.IsIdle() || !options_.on_abandoned) {
    workshop_->thread.Wait();
    workshop_->building.reset();  // before the engine, which the machine has
    return;
  }
  if (machine_ != nullptr) {
    workshop_->engine = std::move(machine_->engine);
  }
  machine_ = nullptr;
  (void)workshop_.release();  // the thread's until the process ends
  options_.on_abandoned();
}

void Tiers::Built(const interp::Code& code) {
  interpreter_ = code.machine;
  log_.push_back({EventKind::Typed, context_.clock(), code.version});
}

Account& Tiers::AccountOf(interp::Code& code, const infer::LoopEntry* loop, void** place,
                          int64_t* left) {
  if (*place != nullptr) {
    return *static_cast<Account*>(*place);
  }
  const frontend::Function& function = program_.resolution.functions[code.function];
  uint32_t size = OwnExpressions(function);
  if (loop != nullptr) {
    size = 4;  // turns are measured
  }
  Account& account = accounts_.emplace_back(size);
  account.version = code.version;
  account.function = code.function;
  account.loop = loop;
  account.called = loop == nullptr ? &code : nullptr;
  account.left = left;
  account.expressions = UnitExpressions(code.version);
  *place = &account;
  if (options_.mode == Mode::Random) {
    const uint64_t most = loop != nullptr ? 8 : 4;
    const uint64_t drawn = random_() % (most + 2);
    *left = drawn > most ? kNever : static_cast<int64_t>(drawn);
  } else if (options_.mode == (loop != nullptr ? Mode::Calls : Mode::Loops)) {
    *left = kNever;
  } else if (options_.mode == Mode::Auto && loop == nullptr && options_.threshold == 0 &&
             IsSmallCall(program_, state_.inference, code.version)) {
    *left = kNever;
  }
  return account;
}

// What all versions that the root reaches have.
uint64_t Tiers::UnitExpressions(infer::VersionId root) const {
  uint64_t count = 0;
  std::unordered_set<infer::VersionId> seen{root};
  std::vector<infer::VersionId> pending{root};
  while (!pending.empty()) {
    const infer::Version& version = state_.inference.Get(pending.back());
    pending.pop_back();
    count += OwnExpressions(program_.resolution.functions[version.function]);
    for (const infer::VersionId callee : version.callees) {
      if (callee != infer::kNoVersion && seen.insert(callee).second) {
        pending.push_back(callee);
      }
    }
  }
  return count;
}

MachineCode Tiers::AtCall(interp::Code& code, uint32_t depth) {
  Account& account = AccountOf(code, nullptr, &code.account, &code.calls_left);
  if (options_.mode != Mode::Auto) {
    return LookAtOnce(account, {depth});
  }
  if (*account.left == kNever) {
    return nullptr;
  }
  Add(account);
  account.counted = 0;
  if (const MachineCode run = Look(account, {depth})) {
    return run;
  }
  SetCount(account);
  return nullptr;
}

MachineCode Tiers::AtTurn(interp::Loop& loop, const interp::Word* frame, uint32_t depth) {
  const MachineCode run = LookAtTurn(loop, frame, depth);
  if (run != nullptr && options_.on_entry) {
    live_.Left(loop, frame);
    if (live_.IsComplete()) {
      options_.on_entry(live_.interpreter(), live_.machine_code());
    }
  }
  return run;
}

MachineCode Tiers::LookAtTurn(interp::Loop& loop, const interp::Word* frame, uint32_t depth) {
  const infer::LoopEntry& entry = loop.code->loop_entries.entries[loop.entry];
  Account& account = AccountOf(*loop.code, &entry, &loop.account, &loop.turns_left);
  const Moment moment{depth, interp::Naturals(loop, frame)};
  if (options_.mode != Mode::Auto) {
    return LookAtOnce(account, moment);
  }
  Add(account);
  if (account.measured_frame == nullptr && account.state == Account::State::Cold) {
    // Look again at the next turn, to see how long one takes.
    const double now = context_.clock();
    if (account.looked_at > 0 && account.counted > 0) {
      account.average = (now - account.looked_at) / static_cast<double>(account.counted);
    }
    account.measured_frame = frame;
    account.measured_since = now;
    account.counted = 1;
    loop.turns_left = 0;
    return nullptr;
  }
  account.counted = 0;
  account.looked_at = context_.clock();
  if (account.measured_frame == frame) {
    // A short turn is shorter than looking at the clock; a rare one has little to do with what is
    // done between two.
    const double single = account.looked_at - account.measured_since;
    account.meter.Measured(account.average > 0 ? std::min(single, account.average) : single);
  }
  account.measured_frame = nullptr;
  if (const MachineCode run = Look(account, moment)) {
    return run;
  }
  SetCount(account);
  return nullptr;
}

// The runs that the last look let pass have been done.
void Tiers::Add(Account& account) {
  account.meter.Add(account.counted);
  account.runs += account.counted;
}

void Tiers::SetCount(Account& account) const {
  account.counted = account.meter.RunsFor(kLookSeconds);
  if (account.state == Account::State::Cold && options_.threshold > account.runs) {
    account.counted = std::min(account.counted, options_.threshold - account.runs);
  }
  *account.left = account.counted;
}

bool Tiers::Suits(const Account& account, const Moment& moment) {
  return account.code != nullptr && moment.depth <= MostDepth(account.facts.depths) &&
         (account.facts.naturals & ~moment.naturals) == 0;
}

void Tiers::Widen(Account& account, const Moment& moment) {
  const jit::Depths depths = moment.depth == 0 ? jit::Depths::One : jit::DepthsOf(moment.depth);
  account.facts.depths = std::max(account.facts.depths, depths);
  // What has not held twice is not relied on again.
  const bool is_again = account.code != nullptr && (account.facts.naturals & ~moment.naturals) != 0;
  account.facts.naturals = is_again ? 0 : account.facts.naturals & moment.naturals;
}

MachineCode Tiers::Look(Account& account, const Moment& moment) {
  if (account.state == Account::State::Ready && !Suits(account, moment)) {
    account.state = Account::State::Cold;  // once more, for more
  }
  if (account.state == Account::State::Ready) [[likely]] {
    return Enter(account);
  }
  Collect();
  if (account.state == Account::State::Ready) {
    return Suits(account, moment) ? Enter(account) : nullptr;
  }
  if (account.state == Account::State::Cold) {
    Widen(account, moment);
    const double estimated = cost_.Estimate(account.expressions);
    const double spent = account.meter.spent_seconds();
    if (IsHot(account, spent, estimated)) {
      account.state = Account::State::Wanted;
      wanted_.push_back(&account);
      Log(EventKind::Hot, account, spent, estimated);
    }
  }
  Feed();
  return nullptr;
}

bool Tiers::IsHot(const Account& account, double spent, double estimated) const {
  if (options_.threshold > 0) {
    return account.runs >= options_.threshold;
  }
  const double spare = SpareOf(processors_, workshop_->thread.processor_share());
  return ShouldCompile(spent, estimated, spare);
}

MachineCode Tiers::LookAtOnce(Account& account, const Moment& moment) {
  if (*account.left >= 0) {
    return nullptr;  // it has just been drawn
  }
  if (!Suits(account, moment)) {
    Widen(account, moment);
    MakeMachine();
    Begin(account);
    Building& building = *workshop_->building;
    while (machine_->LowerMore(*building.job)) {
    }
    LogQueued(building);
    jit::Build(*machine_->engine, *building.job);
    Publish();
  }
  return Enter(account);
}

MachineCode Tiers::Enter(Account& account) {
  if (!account.was_entered) {
    account.was_entered = true;
    Log(EventKind::Entered, account);
  }
  if (account.called != nullptr) {
    account.called->machine_code = account.code;
    account.called->machine_code_depth = MostDepth(account.facts.depths);
  } else {
    ++loops_entered_;
  }
  *account.left = 0;  // asked again at once
  return account.code;
}

void Tiers::MakeMachine() {
  if (machine_ != nullptr) {
    return;
  }
  if (workshop_->engine == nullptr) {
    workshop_->engine_begin = context_.clock();
    workshop_->engine = jit::NewEngine(options_.engine, context_.clock, &context_.interrupt);
    log_.push_back(StartedEntry(runtime::EventThread::Run));
    log_.back().pause_seconds = log_.back().lasts_seconds;
  }
  machine_ = std::make_unique<jit::Machine>(program_, context_, state_, options_.engine,
                                            std::move(workshop_->engine), counting_);
  machine_->other_tier = this;
  if (options_.on_entry) {
    machine_->on_state = [this](uint32_t index, runtime::TypeId type, runtime::Value value) {
      live_.Entered(index, type, value);
      if (live_.IsComplete()) {
        options_.on_entry(live_.interpreter(), live_.machine_code());
      }
    };
  }
}

void Tiers::Collect() {
  if (is_starting_ && workshop_->has_engine.load(std::memory_order_acquire)) {
    is_starting_ = false;
    cost_.Started();
    LogEntry started = StartedEntry(runtime::EventThread::Compile);
    const double begin = context_.clock();
    MakeMachine();
    started.pause_seconds = context_.clock() - begin;
    log_.push_back(started);
  }
  if (workshop_->building != nullptr && workshop_->building->is_sent &&
      workshop_->thread.IsIdle()) {
    Publish();
  }
}

void Tiers::Feed() {
  if (workshop_->building != nullptr) {
    if (!workshop_->building->is_sent) {
      LowerPart();
    }
    return;
  }
  if (wanted_.empty() || is_starting_ || has_no_thread_) {
    return;
  }
  if (machine_ == nullptr) {
    is_starting_ =
        workshop_->thread.Start([workshop = workshop_.get(), engine_options = options_.engine] {
          workshop->engine_begin = workshop->clock();
          workshop->engine = jit::NewEngine(engine_options, workshop->clock, &workshop->cancel);
          jit::Engine& engine = *workshop->engine;  // which is the machine's from now on
          workshop->has_engine.store(true, std::memory_order_release);
          engine.WarmUp();
        });
    has_no_thread_ = !is_starting_;
    return;
  }
  Begin(TakeWanted());
}

// Goes on with lowering for a while.
void Tiers::LowerPart() {
  Building& building = *workshop_->building;
  const double begin = context_.clock();
  double pause = 0;
  bool has_more = true;
  while (has_more && pause < kPauseSeconds) {
    has_more = machine_->LowerMore(*building.job);
    pause = context_.clock() - begin;
  }
  building.longest_pause_seconds = std::max(building.longest_pause_seconds, pause);
  if (!has_more) {
    Send();
  }
}

// Hands what has been lowered over to the compile thread.
void Tiers::Send() {
  Building& building = *workshop_->building;
  building.is_sent = true;
  LogQueued(building);
  const bool is_started =
      workshop_->thread.Start([engine = machine_->engine.get(), job = building.job.get()] {
        jit::Build(*engine, *job);
      });
  LAB_CHECK(is_started);  // the thread is there
}

// A loop is running now, and its unit has what it calls; the latest is the outermost.
Account& Tiers::TakeWanted() {
  const auto is_loop = [](const Account* account) { return account->loop != nullptr; };
  const auto loop = std::find_if(wanted_.rbegin(), wanted_.rend(), is_loop);
  const auto taken = loop == wanted_.rend() ? std::prev(wanted_.end()) : std::prev(loop.base());
  Account& account = **taken;
  wanted_.erase(taken);
  return account;
}

void Tiers::Begin(Account& account) {
  LAB_CHECK(workshop_->building == nullptr);
  account.state = Account::State::Building;
  workshop_->building = std::make_unique<Building>();
  Building& building = *workshop_->building;
  building.account = &account;
  const double begin = context_.clock();
  if (account.loop != nullptr) {
    building.job = machine_->BeginLoop(account.version, *account.loop, account.facts);
  } else {
    building.job = machine_->Begin(std::span(&account.version, 1), account.facts.depths);
  }
  building.job->builder =
      options_.mode == Mode::Auto ? runtime::EventThread::Compile : runtime::EventThread::Run;
  building.longest_pause_seconds = context_.clock() - begin;
}

void Tiers::Publish() {
  const double begin = context_.clock();
  const std::unique_ptr<Building> built = std::move(workshop_->building);
  Account& account = *built->account;
  if (account.loop == nullptr) {
    machine_->Publish(*built->job);
  }
  account.code = built->job->FirstEntry();
  account.facts.depths = built->job->depths;
  account.state = Account::State::Ready;
  *account.left = 0;
  const jit::ModuleReport& report = built->job->built;
  cost_.Took(account.expressions, report.link_end - report.optimise_begin);
  built->job->published = context_.clock();
  built->job->publish_seconds = built->job->published - begin;
  machine_->jobs.push_back(std::move(built->job));
}

void Tiers::Log(EventKind kind, const Account& account, double spent, double estimated) {
  log_.push_back({kind, context_.clock(), account.version, LoopOf(account), spent, estimated});
}

void Tiers::LogQueued(const Building& building) {
  Log(EventKind::Queued, *building.account);
  log_.back().pause_seconds = building.longest_pause_seconds;
}

LogEntry Tiers::StartedEntry(runtime::EventThread thread) const {
  LogEntry entry{EventKind::Started, workshop_->engine_begin};
  entry.lasts_seconds = workshop_->engine->report().start_seconds;
  entry.thread = thread;
  return entry;
}

std::vector<Event> Tiers::Events() const {
  std::vector<LogEntry> log = log_;
  for (const Account& account : accounts_) {
    if (!account.was_entered) {
      log.push_back({EventKind::Interpreted, context_.clock(), account.version, LoopOf(account),
                     account.meter.spent_seconds(), cost_.Estimate(account.expressions)});
    }
  }
  std::vector<Event> events = EventsOf(log, program_, state_.inference);
  if (machine_ != nullptr) {
    jit::AddCompileEvents(*machine_, &events);
  }
  infer::AddMissingTyped(program_, state_.inference, &events);
  runtime::SortByTime(&events);
  return events;
}

runtime::RunError Tiers::TakeError() {
  machine_->failed_argument = -1;
  if (machine_->error.has_value()) {
    return *std::exchange(machine_->error, std::nullopt);
  }
  // The place is the caller's.
  LAB_CHECK(context_.failure.has_value());
  runtime::RunError error{std::move(*context_.failure), {}};
  context_.failure.reset();
  return error;
}

bool Tiers::Call(infer::VersionId version, uint32_t depth, std::span<const runtime::Value> args,
                 runtime::Value* result, runtime::RunError* error) {
  runtime::Outcome outcome = interp::CallFromMachineCode(*interpreter_, version, depth, args);
  if (outcome.error.has_value()) {
    *error = std::move(*outcome.error);
    return false;
  }
  *result = outcome.value;
  return true;
}

void Tiers::AwaitEngine() {
  if (!workshop_->thread.IsIdle()) {
    LogEntry waited{EventKind::Waited, context_.clock()};
    workshop_->thread.Wait();
    waited.lasts_seconds = context_.clock() - waited.seconds;
    log_.push_back(waited);
  }
  Collect();
}

uint64_t Tiers::calls_entered() const {
  uint64_t count = 0;
  for (const Account& account : accounts_) {
    count += account.called != nullptr ? account.called->machine_calls : 0;
  }
  return count;
}

void Tiers::AddCounters(runtime::WorkCounters* counters) const {
  if (machine_ == nullptr) {
    return;
  }
  counters->calls += machine_->calls;
  counters->memo = machine_->MemoCounters();
}

std::vector<std::string> Tiers::Notes() {
  if (machine_ == nullptr) {
    return {};
  }
  AwaitEngine();
  const jit::EngineReport& report = machine_->engine->report();
  std::vector<std::string> notes{jit::EngineDescription()};
  notes.push_back(fmt::format(
      "{} units compiled in the background: {} bytes of code; {} calls and {} loops entered",
      runtime::GroupedText(report.modules), runtime::GroupedText(report.code_bytes),
      runtime::GroupedText(calls_entered()), runtime::GroupedText(loops_entered_)));
  return notes;
}

}  // namespace tiered
