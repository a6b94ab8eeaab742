// JITLink with nothing around it: one table of addresses, no search in the process, no platform, no
// exception frames (compiled code returns statuses). Memory is written first and executable later,
// never both. Test: tests/jit/engine_test.cpp.

#include "jit/engine_linker.h"

#include <cmath>
#include <cstring>
#include <string>
#include <utility>

#include <llvm/ExecutionEngine/JITLink/JITLink.h>
#include <llvm/ExecutionEngine/Orc/Core.h>
#include <llvm/ExecutionEngine/Orc/ExecutorProcessControl.h>
#include <llvm/ExecutionEngine/Orc/ObjectFileInterface.h>
#include <llvm/ExecutionEngine/Orc/ObjectLinkingLayer.h>
#include <llvm/Support/MemoryBuffer.h>

#include "frontend/check.h"
#include "jit/profiler_names.h"
#include "jit/sanitize.h"
#include "jit/vector_math.h"

// The compiler's own functions for 128-bit integers.
extern "C" {
__int128 __divti3(__int128, __int128);
__int128 __modti3(__int128, __int128);
unsigned __int128 __udivti3(unsigned __int128, unsigned __int128);
unsigned __int128 __umodti3(unsigned __int128, unsigned __int128);
}

namespace jit {

namespace {

const void* Of(double (*function)(double)) { return reinterpret_cast<const void*>(function); }
const void* Of2(double (*function)(double, double)) {
  return reinterpret_cast<const void*>(function);
}

template <typename F>
const void* OfAny(F* function) {
  return reinterpret_cast<const void*>(function);
}

// A bug of ours: the message ends the process.
[[noreturn]] void FailToLink(const std::string& message) {
  frontend::CheckFailed(message.c_str(), __FILE__, __LINE__);
}

void Check(llvm::Error error) {
  if (error) {
    FailToLink(llvm::toString(std::move(error)));
  }
}

template <typename T>
T Check(llvm::Expected<T> value) {
  Check(value.takeError());
  return std::move(*value);
}

using llvm::BitmaskEnumDetail::operator&;

// Counts the bytes of code.
class CodeCounter : public llvm::orc::ObjectLinkingLayer::Plugin {
 public:
  explicit CodeCounter(uint64_t& bytes) : bytes_(bytes) {}

  void modifyPassConfig(llvm::orc::MaterializationResponsibility& /*responsibility*/,
                        llvm::jitlink::LinkGraph& /*graph*/,
                        llvm::jitlink::PassConfiguration& config) override {
    config.PostPrunePasses.emplace_back([this](llvm::jitlink::LinkGraph& graph) {
      for (llvm::jitlink::Section& section : graph.sections()) {
        if ((section.getMemProt() & llvm::orc::MemProt::Exec) == llvm::orc::MemProt::Exec) {
          bytes_ += llvm::jitlink::SectionRange(section).getSize();
        }
      }
      return llvm::Error::success();
    });
  }

  llvm::Error notifyFailed(llvm::orc::MaterializationResponsibility& /*responsibility*/) override {
    return llvm::Error::success();
  }
  llvm::Error notifyRemovingResources(llvm::orc::JITDylib& /*code*/,
                                      llvm::orc::ResourceKey /*key*/) override {
    return llvm::Error::success();
  }
  void notifyTransferringResources(llvm::orc::JITDylib& /*code*/, llvm::orc::ResourceKey /*to*/,
                                   llvm::orc::ResourceKey /*from*/) override {}

 private:
  uint64_t& bytes_;
};

}  // namespace

std::span<const Symbol> OperationSymbols() {
  static const Symbol kSymbols[] = {
      {"memcpy", OfAny(&std::memcpy)},
      {"memmove", OfAny(&std::memmove)},
      {"memset", OfAny(&std::memset)},
      {"fmod", Of2(std::fmod)},
      {"floor", Of(std::floor)},
      {"ceil", Of(std::ceil)},
      {"trunc", Of(std::trunc)},
      {"rint", Of(std::rint)},
      {"nearbyint", Of(std::nearbyint)},
      {"round", Of(std::round)},
      {"roundeven", Of(::roundeven)},
      {"sin", Of(std::sin)},
      {"cos", Of(std::cos)},
      {"tan", Of(std::tan)},
      {"asin", Of(std::asin)},
      {"acos", Of(std::acos)},
      {"atan", Of(std::atan)},
      {"exp", Of(std::exp)},
      {"log", Of(std::log)},
      {"log2", Of(std::log2)},
      {"log10", Of(std::log10)},
      {"sincos", OfAny(&::sincos)},
      {"fma", OfAny(static_cast<double (*)(double, double, double)>(std::fma))},
      {"__divti3", OfAny(&__divti3)},
      {"__modti3", OfAny(&__modti3)},
      {"__udivti3", OfAny(&__udivti3)},
      {"__umodti3", OfAny(&__umodti3)},
  };
  return kSymbols;
}

struct Linker::State {
  State()
      : session(Check(llvm::orc::SelfExecutorProcessControl::Create(
            nullptr, std::make_unique<llvm::orc::InPlaceTaskDispatcher>()))),
        layer(session),
        code(session.createBareJITDylib("code")) {
    session.setErrorReporter(
        [this](llvm::Error error) { reported += llvm::toString(std::move(error)) + " "; });
  }

  llvm::orc::ExecutionSession session;
  llvm::orc::ObjectLinkingLayer layer;
  llvm::orc::JITDylib& code;
  std::string reported;  // what the session said, the cause of a failed look-up
  uint64_t code_bytes = 0;
};

Linker::Linker(const EngineOptions& options, std::span<const Symbol> symbols)
    : state_(std::make_unique<State>()) {
  llvm::orc::SymbolMap table;
  // The first of a name stays: no given symbol takes the place of an operation.
  const std::span<const Symbol> vector_math =
      options.math == Math::Fast ? VectorMathSymbols() : std::span<const Symbol>();
  for (const std::span<const Symbol> part :
       {OperationSymbols(), SanitizerSymbols(), vector_math, symbols}) {
    for (const Symbol& symbol : part) {
      table.try_emplace(
          state_->session.intern({symbol.name.data(), symbol.name.size()}),
          llvm::orc::ExecutorSymbolDef(llvm::orc::ExecutorAddr::fromPtr(symbol.address),
                                       llvm::JITSymbolFlags::Exported));
    }
  }
  Check(state_->code.define(llvm::orc::absoluteSymbols(std::move(table))));
  state_->layer.addPlugin(std::make_shared<CodeCounter>(state_->code_bytes));
  if (options.perf_map) {
    AddPerfMap(state_->layer);
  }
  if (options.gdb) {
    AddGdbNames(state_->layer);
  }
}

Linker::~Linker() { Check(state_->session.endSession()); }

void Linker::Add(std::vector<std::unique_ptr<llvm::MemoryBuffer>> objects) {
  llvm::orc::SymbolLookupSet wanted;
  for (std::unique_ptr<llvm::MemoryBuffer>& object : objects) {
    const auto interface =
        Check(llvm::orc::getObjectFileInterface(state_->session, object->getMemBufferRef()));
    // Looking up one symbol links the whole object.
    if (!interface.SymbolFlags.empty()) {
      wanted.add(interface.SymbolFlags.begin()->first);
    }
    Check(state_->layer.add(state_->code, std::move(object)));
  }
  llvm::Expected<llvm::orc::SymbolMap> found =
      state_->session.lookup(llvm::orc::makeJITDylibSearchOrder(
                                 &state_->code, llvm::orc::JITDylibLookupFlags::MatchAllSymbols),
                             std::move(wanted));
  if (!found) {
    FailToLink(state_->reported + llvm::toString(found.takeError()));
  }
}

void* Linker::Address(std::string_view symbol) {
  llvm::Expected<llvm::orc::ExecutorSymbolDef> found = state_->session.lookup(
      llvm::ArrayRef<llvm::orc::JITDylib*>(&state_->code), {symbol.data(), symbol.size()});
  if (!found) {
    FailToLink(state_->reported + llvm::toString(found.takeError()));
  }
  return found->getAddress().toPtr<void*>();
}

uint64_t Linker::code_bytes() const { return state_->code_bytes; }

}  // namespace jit
