// One engine: context, machine, passes, code generator and linker, each made once and used for
// module after module. Test: tests/jit/engine_test.cpp.

#include "jit/engine.h"

#include <optional>
#include <utility>

#include <llvm/Config/llvm-config.h>
#include <llvm/IR/Function.h>
#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/Module.h>
#include <llvm/IR/Verifier.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/raw_ostream.h>
#include <llvm/Target/TargetMachine.h>

#include "frontend/check.h"
#include "jit/codegen.h"
#include "jit/engine_linker.h"
#include "jit/inline_log.h"
#include "jit/lint.h"
#include "jit/llvm_start.h"
#include "jit/optimise.h"
#include "jit/optimise_limits.h"
#include "jit/sanitize.h"
#include "jit/vector_math.h"

namespace jit {

namespace {

std::string Text(const llvm::Module& module) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  module.print(stream, nullptr);
  return text;
}

void RequireNoOffence(const std::string& offence) {
  if (!offence.empty()) {
    frontend::CheckFailed(offence.c_str(), __FILE__, __LINE__);
  }
}

void Verify(const llvm::Module& module) {
  std::string message;
  llvm::raw_string_ostream stream(message);
  if (llvm::verifyModule(module, &stream)) {
    frontend::CheckFailed(stream.str().c_str(), __FILE__, __LINE__);
  }
}

}  // namespace

struct Engine::State {
  State(const EngineOptions& engine_options, std::span<const Symbol> symbols,
        std::function<double()> engine_clock, const std::atomic<uint32_t>* engine_interrupt)
      : options(engine_options),
        clock(std::move(engine_clock)),
        interrupt(engine_interrupt),
        machine(MakeMachine(options.optimise, options.math)),
        known_symbols(symbols.begin(), symbols.end()),
        linker(options, symbols),
        planter(options.planted_fault) {
    context.setDiscardValueNames(!options.keep_text);
    if (options.log_inlining) {
      inline_log = LogInlining(context);
    }
  }

  void WarmUp();
  void Check(const llvm::Module& module, LintStage stage) const;
  void Prepare(llvm::Module& module);
  bool Optimise(llvm::Module& module);
  std::unique_ptr<llvm::MemoryBuffer> Generate(llvm::Module& module);
  // With the fastest generator: its time is in proportion to the size.
  std::unique_ptr<llvm::MemoryBuffer> GeneratePlain(llvm::Module& module);

  EngineOptions options;
  std::function<double()> clock;
  const std::atomic<uint32_t>* interrupt;
  llvm::LLVMContext context;
  InlineLog* inline_log = nullptr;  // the context's
  std::unique_ptr<llvm::TargetMachine> machine;
  std::unique_ptr<llvm::TargetMachine> plain_machine;  // for what is not optimised, when needed
  std::optional<Optimiser> optimiser;
  std::optional<CodeGenerator> generator;
  std::optional<CodeGenerator> plain_generator;
  std::vector<Symbol> known_symbols;
  Linker linker;
  FaultPlanter planter;
  EngineReport report;
  EngineTexts texts;
};

void Engine::State::Check(const llvm::Module& module, LintStage stage) const {
  if (options.check_code) {
    RequireNoOffence(Lint(module, stage, options.math, known_symbols));
  }
}

// What every module needs and lowering need not know.
void Engine::State::Prepare(llvm::Module& module) {
  for (llvm::Function& function : module) {
    if (function.isIntrinsic()) {
      continue;
    }
    if (function.isDeclaration()) {
      // Called through its address in memory; the default is a call of a jump.
      function.addFnAttr(llvm::Attribute::NonLazyBind);
      continue;
    }
    // Nobody else defines it, so its callers may jump straight to it.
    function.setDSOLocal(true);
    if (options.perf_map || options.gdb) {
      function.addFnAttr("frame-pointer", "all");
      function.setUWTableKind(llvm::UWTableKind::Async);
    }
    report.instructions += function.getInstructionCount();
  }
  module.setRtLibUseGOT();  // as above, for calls that the code generator adds
}

void Engine::State::WarmUp() {
  if (!optimiser) {
    optimiser.emplace(*machine, options.optimise, options.math, interrupt);
  }
  if (!generator) {
    generator.emplace(*machine);
  }
}

bool Engine::State::Optimise(llvm::Module& module) {
  RefuseLarge(module, options.max_instructions, report.refusals);
  if (inline_log != nullptr) {
    inline_log->AddMarked(module);
  }
  optimiser->InlineMarked(module);
  RefuseLarge(module, options.max_instructions, report.refusals);
  return optimiser->Run(module);
}

std::unique_ptr<llvm::MemoryBuffer> Engine::State::Generate(llvm::Module& module) {
  return generator->Generate(module);
}

std::unique_ptr<llvm::MemoryBuffer> Engine::State::GeneratePlain(llvm::Module& module) {
  if (!plain_generator) {
    plain_machine = MakeMachine(0, options.math);
    plain_generator.emplace(*plain_machine);
  }
  return plain_generator->Generate(module);
}

Engine::Engine(const EngineOptions& options, std::span<const Symbol> symbols,
               std::function<double()> clock, const std::atomic<uint32_t>* interrupt) {
  const double start = clock();
  StartLlvm();
  state_ = std::make_unique<State>(options, symbols, std::move(clock), interrupt);
  state_->report.start_seconds = state_->clock() - start;
}

Engine::~Engine() = default;

std::unique_ptr<llvm::Module> Engine::NewModule(std::string_view name) {
  auto module =
      std::make_unique<llvm::Module>(llvm::StringRef(name.data(), name.size()), state_->context);
  module->setTargetTriple(state_->machine->getTargetTriple().str());
  module->setDataLayout(state_->machine->createDataLayout());
  return module;
}

void Engine::WarmUp() { state_->WarmUp(); }

llvm::LLVMContext& Engine::context() { return state_->context; }

ModuleReport Engine::Compile(std::unique_ptr<llvm::Module> module) {
  State& state = *state_;
  ModuleReport report;
  const uint64_t instructions_before = state.report.instructions;
  const uint64_t code_bytes_before = state.report.code_bytes;
  const size_t refusals_before = state.report.refusals.size();
  report.optimise_begin = state.clock();
  state.planter.Plant(*module);
  Verify(*module);
  state.Check(*module, LintStage::Lowered);
  if (state.options.keep_text) {
    state.texts.ir = Text(*module);
  }
  state.WarmUp();
  state.Prepare(*module);
  const bool is_optimised = state.Optimise(*module);
  report.optimise_end = state.clock();
  state.Check(*module, LintStage::Optimised);

  for (const llvm::Function& function : *module) {
    state.report.functions += function.isDeclaration() ? 0 : 1;
  }
  if (state.options.math == Math::Fast) {
    for (std::string& name : FunctionsWithVectorMath(*module)) {
      state.report.vectorised.push_back(std::move(name));
    }
  }
  if (state.options.keep_text) {
    state.texts.optimised_ir = Text(*module);
    state.texts.assembly = AssemblyText(*module, *state.machine);
  }
  Sanitize(*module);
  report.codegen_begin = state.clock();
  std::vector<std::unique_ptr<llvm::MemoryBuffer>> objects;
  if (!is_optimised) {
    objects.push_back(state.GeneratePlain(*module));
  } else {
    const std::unique_ptr<llvm::Module> refused =
        SplitRefused(*module, state.options.max_instructions, std::to_string(state.report.modules));
    objects.push_back(state.Generate(*module));
    if (refused != nullptr) {
      objects.push_back(state.GeneratePlain(*refused));
    }
  }
  module.reset();
  report.codegen_end = state.clock();

  state.linker.Add(std::move(objects));
  report.link_end = state.clock();
  state.report.optimise_seconds += report.optimise_end - report.optimise_begin;
  state.report.codegen_seconds += report.codegen_end - report.codegen_begin;
  state.report.link_seconds += report.link_end - report.codegen_end;
  state.report.modules++;
  state.report.code_bytes = state.linker.code_bytes();

  report.instructions = state.report.instructions - instructions_before;
  report.code_bytes = state.report.code_bytes - code_bytes_before;
  report.refusals.assign(
      state.report.refusals.begin() + static_cast<std::ptrdiff_t>(refusals_before),
      state.report.refusals.end());
  if (state.inline_log != nullptr) {
    state.inline_log->Take(&report);
  }
  return report;
}

void* Engine::Address(std::string_view symbol) { return state_->linker.Address(symbol); }

const EngineReport& Engine::report() const { return state_->report; }

const EngineTexts& Engine::texts() const { return state_->texts; }

std::string EngineDescription() {
  return "LLVM " LLVM_VERSION_STRING ", " + std::string(StrictProcessor());
}

}  // namespace jit
