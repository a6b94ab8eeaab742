// The state of one run: what is made once and looked up by compiled code, and
// the error on its way out. CodeOf stands with the rest of compiling.
// Tests: tests/jit/support_test.cpp.

#include "jit/machine.h"

#include <algorithm>

#include "frontend/check.h"
#include "jit/iterate.h"
#include "jit/job.h"
#include "jit/symbols.h"
#include "runtime/error_texts.h"

namespace jit {

std::unique_ptr<Engine> NewEngine(const EngineOptions& options, std::function<double()> clock,
                                  const std::atomic<uint32_t>* interrupt) {
  return std::make_unique<Engine>(options, SupportSymbols(), std::move(clock), interrupt);
}

Machine::Machine(const frontend::Program& the_program, runtime::Context& the_context,
                 infer::RunState& state, const EngineOptions& options,
                 std::unique_ptr<Engine> the_engine, runtime::Counting counts)
    : program(the_program),
      context(the_context),
      counting(counts == runtime::Counting::Yes),
      math(options.math),
      inference(state.inference),
      tables(state.tables),
      engine(std::move(the_engine)) {
  tables.on_memo_replaced = [this](const runtime::MemoTable* table) { ForgetMemo(table); };
}

Machine::~Machine() {
  tables.on_memo_replaced = nullptr;
  FreeIterators(*this);
}

infer::VersionId Machine::VersionFor(frontend::FunctionId function,
                                     std::span<const runtime::TypeId> types) {
  const double start = context.clock();
  const infer::VersionId version = inference.Request(function, types);
  infer_seconds += context.clock() - start;
  return version;
}

const Code& Machine::CodeFor(frontend::FunctionId function, std::span<const runtime::TypeId> types,
                             uint32_t depth) {
  if (types.size() > KnownCode::kMaxTypes) {
    return CodeOf(VersionFor(function, types), depth);
  }
  const Depths depths = DepthsOf(depth);
  uint64_t hash = 3 * function + static_cast<uint64_t>(depths);
  for (const runtime::TypeId type : types) {
    hash = hash * 31 + type;
  }
  KnownCode& known = known_codes_[hash % known_codes_.size()];
  bool is_known = known.code != nullptr && known.function == function &&
                  known.depths == depths && known.count == types.size();
  for (size_t i = 0; is_known && i < types.size(); ++i) {
    is_known = known.types[i] == types[i];
  }
  if (!is_known) {
    known.code = nullptr;
    const Code& code = CodeOf(VersionFor(function, types), depth);
    known.function = function;
    known.depths = depths;
    known.count = static_cast<uint32_t>(types.size());
    std::copy(types.begin(), types.end(), known.types.begin());
    known.code = &code;
  }
  return *known.code;
}

MemoCache* Machine::MemoCacheOf(infer::VersionId id) {
  const auto [place, is_new] = memo_caches.try_emplace(id);
  const infer::Version& version = inference.Get(id);
  if (is_new && program.resolution.functions[version.function].is_memo) {
    std::vector<runtime::Tag> keys;
    for (const runtime::TypeId type : version.params) {
      keys.push_back(runtime::TagOf(context.types.Kind(type)));
    }
    place->second = MemoCache::Make(tables.Memo(version.function), keys, RepOf(version.result));
  }
  return place->second.get();
}

std::vector<runtime::WorkCounters::Memo> Machine::MemoCounters() const {
  return tables.MemoCounters([this](const runtime::MemoTable* table) {
    uint64_t hits = 0;
    for (const auto& [version, cache] : memo_caches) {
      hits += cache != nullptr && cache->table() == table ? cache->hits : 0;
    }
    return hits;
  });
}

void Machine::ForgetMemo(const runtime::MemoTable* table) {
  for (const auto& [version, cache] : memo_caches) {
    if (cache != nullptr && cache->table() == table) {
      cache->Clear();
    }
  }
}

void Machine::Failed(SiteId site) {
  if (context.failure.has_value()) {
    LAB_CHECK(!error.has_value());
    error.emplace();
    error->failure = std::move(*context.failure);
    context.failure.reset();
  }
  LAB_CHECK(error.has_value());
  for (; site != kNoSite; site = sites[site].parent) {
    const Site& place = sites[site];
    frontend::Span span = place.span;
    if (failed_argument >= 0) {
      const auto argument = static_cast<size_t>(failed_argument);
      span = argument < place.arguments.size() ? place.arguments[argument] : span;
      failed_argument = -1;
    }
    error->trace.push_back({place.function, span});
  }
  failed_argument = -1;
}

}  // namespace jit
