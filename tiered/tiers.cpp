// Tests: tests/tiered.

#include "tiered/tiers.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <thread>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "frontend/check.h"
#include "infer/version_events.h"
#include "jit/compile_events.h"
#include "runtime/error_texts.h"

namespace tiered {
namespace {

using interp::MachineCode;

constexpr double kLookSeconds = 20e-6;
constexpr int64_t kNever = std::numeric_limits<int64_t>::max();

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
      cores_(std::thread::hardware_concurrency() > 1 ? Cores::Spare : Cores::One),
      random_(options.seed),
      live_(program, context),
      workshop_(std::make_unique<Workshop>(context.clock)) {}

Tiers::~Tiers() { Finish(); }

void Tiers::Finish() {
  if (workshop_ == nullptr) {
    return;
  }
  workshop_->cancel.store(1, std::memory_order_relaxed);
  if (workshop_->thread.IsIdle() || !options_.on_abandoned) {
    workshop_->thread.Wait();
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

Account& Tiers::AccountOf(const interp::Code& code, const infer::LoopEntry* loop, void** place,
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
  account.left = left;
  account.expressions = UnitExpressions(code.version);
  *place = &account;
  if (options_.mode == Mode::Random) {
    const uint64_t most = loop != nullptr ? 8 : 4;
    const uint64_t drawn = random_() % (most + 2);
    *left = drawn > most ? kNever : static_cast<int64_t>(drawn);
  } else if (options_.mode == (loop != nullptr ? Mode::Calls : Mode::Loops)) {
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
    return LookAtOnce(account, depth);
  }
  account.meter.Add(account.counted);
  account.counted = 0;
  if (const MachineCode run = Look(account, depth)) {
    return run;
  }
  account.counted = account.meter.RunsFor(kLookSeconds);
  code.calls_left = account.counted;
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
  if (options_.mode != Mode::Auto) {
    return LookAtOnce(account, depth);
  }
  account.meter.Add(account.counted);
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
  if (const MachineCode run = Look(account, depth)) {
    return run;
  }
  account.counted = account.meter.RunsFor(kLookSeconds);
  loop.turns_left = account.counted;
  return nullptr;
}

MachineCode Tiers::Look(Account& account, uint32_t depth) {
  if (account.state == Account::State::Ready) [[likely]] {
    if (account.at_any_depth || depth <= 1) {
      return Enter(account);
    }
    // It may stand deeper than its code can count: once more, for any depth.
    account.state = Account::State::Cold;
  }
  Collect();
  if (account.state == Account::State::Ready) {
    return account.at_any_depth || depth <= 1 ? Enter(account) : nullptr;
  }
  if (account.state == Account::State::Cold) {
    account.at_any_depth |= depth > 1;
    const double estimated = cost_.Estimate(account.expressions);
    const double spent = account.meter.spent_seconds();
    if (ShouldCompile(spent, estimated, cores_)) {
      account.state = Account::State::Wanted;
      wanted_.push_back(&account);
      Log(EventKind::Hot, account, spent, estimated);
    }
  }
  Feed();
  return nullptr;
}

MachineCode Tiers::LookAtOnce(Account& account, uint32_t depth) {
  if (*account.left >= 0) {
    return nullptr;  // it has just been drawn
  }
  if (account.state == Account::State::Ready && (account.at_any_depth || depth <= 1)) {
    return Enter(account);
  }
  account.at_any_depth |= depth > 1;
  MakeMachine();
  Begin(account);
  jit::Build(*machine_->engine, *workshop_->building->job);
  Publish();
  return Enter(account);
}

MachineCode Tiers::Enter(Account& account) {
  if (!account.was_entered) {
    account.was_entered = true;
    Log(EventKind::Entered, account);
  }
  ++(account.loop != nullptr ? loops_entered_ : calls_entered_);
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
    LogStarted(runtime::EventThread::Run);
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
  if (is_starting_ && workshop_->thread.IsIdle()) {
    is_starting_ = false;
    cost_.Started();
    LogStarted(runtime::EventThread::Compile);
    MakeMachine();
  }
  if (workshop_->building != nullptr && workshop_->thread.IsIdle()) {
    Publish();
  }
}

void Tiers::Feed() {
  if (wanted_.empty() || !workshop_->thread.IsIdle() || has_no_thread_) {
    return;
  }
  if (machine_ == nullptr) {
    is_starting_ =
        workshop_->thread.Start([workshop = workshop_.get(), engine_options = options_.engine] {
          workshop->engine_begin = workshop->clock();
          workshop->engine = jit::NewEngine(engine_options, workshop->clock, &workshop->cancel);
        });
    has_no_thread_ = !is_starting_;
    return;
  }
  Account& account = TakeWanted();
  Begin(account);
  const bool is_started = workshop_->thread.Start(
      [engine = machine_->engine.get(), job = workshop_->building->job.get()] {
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
  workshop_->building->account = &account;
  if (account.loop != nullptr) {
    workshop_->building->job =
        machine_->LowerLoop(account.version, *account.loop, account.at_any_depth);
  } else {
    workshop_->building->job =
        machine_->Lower(std::span(&account.version, 1), account.at_any_depth);
  }
  workshop_->building->job->builder =
      options_.mode == Mode::Auto ? runtime::EventThread::Compile : runtime::EventThread::Run;
  Log(EventKind::Queued, account);
}

void Tiers::Publish() {
  const std::unique_ptr<Building> built = std::move(workshop_->building);
  Account& account = *built->account;
  if (account.loop != nullptr) {
    account.code = built->job->LoopCode();
  } else {
    machine_->Publish(*built->job);
    account.code = machine_->CodeOf(account.version, built->job->at_any_depth ? 0 : 1).entry;
  }
  account.state = Account::State::Ready;
  *account.left = 0;
  const jit::ModuleReport& report = built->job->built;
  cost_.Took(account.expressions, report.link_end - report.optimise_begin);
  built->job->published = context_.clock();
  machine_->jobs.push_back(std::move(built->job));
}

void Tiers::Log(EventKind kind, const Account& account, double spent, double estimated) {
  log_.push_back({kind, context_.clock(), account.version, LoopOf(account), spent, estimated});
}

void Tiers::LogStarted(runtime::EventThread thread) {
  LogEntry entry{EventKind::Started, workshop_->engine_begin};
  entry.lasts_seconds = workshop_->engine->report().start_seconds;
  entry.thread = thread;
  log_.push_back(entry);
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
      runtime::GroupedText(calls_entered_), runtime::GroupedText(loops_entered_)));
  return notes;
}

}  // namespace tiered
