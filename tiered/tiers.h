#pragma once
// What joins interpreter and JIT in one run: accounts of what versions and loops
// have cost, requests for machine code, and the way from one to the other.
//
// All of it happens on the thread of the run but for building (LLVM's part),
// which is the compile thread's. A request is lowered at the next look at any
// account when no other is being built, and its code is used from the next look
// after it is ready; looks are some 20 us apart.

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "infer/run_state.h"
#include "interp/tiers.h"
#include "jit/job.h"
#include "jit/machine.h"
#include "tiered/compile_thread.h"
#include "tiered/events.h"
#include "tiered/live_state.h"
#include "tiered/options.h"
#include "tiered/policy.h"

namespace tiered {

// A version, or a loop of it: what it has cost and what became of it.
struct Account {
  enum class State : uint8_t { Cold, Wanted, Building, Ready };

  explicit Account(uint32_t size) : meter(size) {}

  infer::VersionId version = infer::kNoVersion;
  frontend::FunctionId function = 0;
  const infer::LoopEntry* loop = nullptr;  // null: calls of the version
  interp::Code* called = nullptr;          // null: a loop
  int64_t* left = nullptr;                 // the interpreter's count
  State state = State::Cold;
  Meter meter;
  int64_t counted = 0;       // runs that the last look let pass
  int64_t runs = 0;          // before it
  uint64_t expressions = 0;  // of all that goes into its unit
  // What its code relies on, or shall rely on.
  jit::LoopFacts facts{jit::Depths::One, UINT64_MAX};
  bool was_entered = false;
  interp::MachineCode code = nullptr;
  // A turn being measured: where and since when; and what turns took between the last two looks,
  // with all that was done in between.
  const interp::Word* measured_frame = nullptr;
  double measured_since = 0;
  double looked_at = 0;
  double average = 0;
};

class Tiers final : public interp::Tiers, public jit::OtherTier {
 public:
  // All arguments outlive it.
  Tiers(const frontend::Program& program, runtime::Context& context, infer::RunState& state,
        const Options& options, runtime::Counting counting);
  ~Tiers() override;

  // The run is over: stops what is being compiled, or leaves it alone (Options).
  void Finish();

  void Built(const interp::Code& code) override;
  interp::MachineCode AtCall(interp::Code& code, uint32_t depth) override;
  interp::MachineCode AtTurn(interp::Loop& loop, const interp::Word* frame,
                             uint32_t depth) override;
  runtime::RunError TakeError() override;

  bool Call(infer::VersionId version, uint32_t depth, std::span<const runtime::Value> args,
            runtime::Value* result, runtime::RunError* error) override;
  void AwaitEngine() override;

  uint64_t calls_entered() const;
  uint64_t loops_entered() const { return loops_entered_; }
  void AddCounters(runtime::WorkCounters* counters) const;
  // Waits for what is being compiled.
  std::vector<std::string> Notes();
  std::vector<Event> Events() const;

 private:
  // A unit on its way.
  struct Building {
    Account* account;
    std::unique_ptr<jit::Job> job;
    double longest_pause_seconds = 0;  // that lowering has made
    bool is_sent = false;              // to the compile thread
  };

  // What is the case where a version is called, or a turn begins.
  struct Moment {
    uint32_t depth;
    uint64_t naturals = UINT64_MAX;  // interp::Naturals
  };

  Account& AccountOf(interp::Code& code, const infer::LoopEntry* loop, void** place, int64_t* left);
  uint64_t UnitExpressions(infer::VersionId root) const;
  // The answer to a look: the code when there is some that may be entered now.
  interp::MachineCode Look(Account& account, const Moment& moment);
  interp::MachineCode LookAtTurn(interp::Loop& loop, const interp::Word* frame, uint32_t depth);
  interp::MachineCode LookAtOnce(Account& account, const Moment& moment);  // the modes for tests
  static void Add(Account& account);
  void SetCount(Account& account) const;
  bool IsHot(const Account& account, double spent, double estimated) const;
  static bool Suits(const Account& account, const Moment& moment);
  static void Widen(Account& account, const Moment& moment);
  interp::MachineCode Enter(Account& account);
  void Collect();  // what the compile thread has finished
  void Feed();     // the compile thread
  Account& TakeWanted();
  void Begin(Account& account);  // of what is to be built
  void LowerPart();
  void Send();
  void Publish();
  void MakeMachine();
  void Log(EventKind kind, const Account& account, double spent = 0, double estimated = 0);
  void LogQueued(const Building& building);
  LogEntry StartedEntry(runtime::EventThread thread) const;

  const frontend::Program& program_;
  runtime::Context& context_;
  infer::RunState& state_;
  const Options& options_;
  runtime::Counting counting_;
  uint32_t processors_;  // that this process may use
  CompileCost cost_;
  std::mt19937_64 random_;
  interp::Machine* interpreter_ = nullptr;
  std::deque<Account> accounts_;
  std::vector<Account*> wanted_;
  std::vector<LogEntry> log_;
  uint64_t loops_entered_ = 0;

  // All that the compile thread touches. It may outlive the run.
  struct Workshop {
    explicit Workshop(const std::function<double()>& the_clock) : clock(the_clock) {}

    std::function<double()> clock;
    std::atomic<uint32_t> cancel{0};
    // Made by the thread; the machine's as long as there is one.
    std::unique_ptr<jit::Engine> engine;
    std::atomic<bool> has_engine{false};
    double engine_begin = 0;  // when it was begun to be made
    std::unique_ptr<Building> building;
    CompileThread thread;  // last: it goes first
  };

  LiveState live_;  // of the loop that is being left, where tests ask for it

  std::unique_ptr<Workshop> workshop_;
  bool is_starting_ = false;
  bool has_no_thread_ = false;  // the system grants none: all stays on the interpreter
  std::unique_ptr<jit::Machine> machine_;
};

}  // namespace tiered
