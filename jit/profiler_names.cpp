// Names for perf and gdb. LLVM's own perf support writes a file that `perf inject` refuses, and its
// usual way to reach gdb looks for a symbol that a static program does not export; the address is
// given here instead. Test: tests/jit/engine_test.cpp.

#include "jit/profiler_names.h"

#include <cinttypes>
#include <cstdio>
#include <memory>
#include <string>

#include <fcntl.h>
#include <llvm/ExecutionEngine/JITLink/JITLink.h>
#include <llvm/ExecutionEngine/Orc/DebugObjectManagerPlugin.h>
#include <llvm/ExecutionEngine/Orc/EPCDebugObjectRegistrar.h>
#include <llvm/ExecutionEngine/Orc/ObjectLinkingLayer.h>
#include <llvm/ExecutionEngine/Orc/TargetProcess/JITLoaderGDB.h>
#include <unistd.h>

namespace jit {

namespace {

// Where perf looks. Everybody may write there: a link that somebody else has left is not followed.
std::FILE* OpenPerfMap() {
  const std::string path = "/tmp/perf-" + std::to_string(getpid()) + ".map";
  const int descriptor =
      open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0644);
  return descriptor < 0 ? nullptr : fdopen(descriptor, "a");
}

class PerfMap : public llvm::orc::ObjectLinkingLayer::Plugin {
 public:
  PerfMap() : file_(OpenPerfMap()) {}
  ~PerfMap() override {
    if (file_ != nullptr) {
      std::fclose(file_);
    }
  }

  void modifyPassConfig(llvm::orc::MaterializationResponsibility& /*responsibility*/,
                        llvm::jitlink::LinkGraph& /*graph*/,
                        llvm::jitlink::PassConfiguration& config) override {
    // Calls inside a module need no symbols, which would then be dropped.
    config.PrePrunePasses.emplace_back([](llvm::jitlink::LinkGraph& linked) {
      for (llvm::jitlink::Symbol* symbol : linked.defined_symbols()) {
        symbol->setLive(symbol->isLive() || (symbol->hasName() && symbol->isCallable()));
      }
      return llvm::Error::success();
    });
    config.PostFixupPasses.emplace_back([this](llvm::jitlink::LinkGraph& graph) {
      Write(graph);
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
  // Without the file there are no names, and nothing else is lost.
  void Write(llvm::jitlink::LinkGraph& graph) {
    if (file_ == nullptr) {
      return;
    }
    for (const llvm::jitlink::Symbol* symbol : graph.defined_symbols()) {
      if (symbol->hasName() && symbol->isCallable()) {
        const llvm::StringRef name = symbol->getName();
        std::fprintf(file_, "%" PRIx64 " %" PRIx64 " %.*s\n", symbol->getAddress().getValue(),
                     static_cast<uint64_t>(symbol->getSize()), static_cast<int>(name.size()),
                     name.data());
      }
    }
    std::fflush(file_);  // a process that is killed shall have its names too
  }

  std::FILE* file_;
};

}  // namespace

void AddPerfMap(llvm::orc::ObjectLinkingLayer& layer) {
  layer.addPlugin(std::make_shared<PerfMap>());
}

void AddGdbNames(llvm::orc::ObjectLinkingLayer& layer) {
  llvm::orc::ExecutionSession& session = layer.getExecutionSession();
  auto registrar = std::make_unique<llvm::orc::EPCDebugObjectRegistrar>(
      session, llvm::orc::ExecutorAddr::fromPtr(&llvm_orc_registerJITLoaderGDBWrapper));
  layer.addPlugin(std::make_shared<llvm::orc::DebugObjectManagerPlugin>(
      session, std::move(registrar), /*RequireDebugSections=*/false, /*AutoRegisterCode=*/true));
}

}  // namespace jit
