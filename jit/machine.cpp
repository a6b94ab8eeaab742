// The state of one run: what is made once and looked up by compiled code, and
// the error on its way out. CodeOf stands with the rest of compiling.
// Tests: tests/jit/support_test.cpp.

#include "jit/machine.h"

#include <algorithm>

#include "frontend/check.h"
#include "jit/iterate.h"
#include "jit/symbols.h"
#include "runtime/error_texts.h"

namespace jit {

namespace {

// A typed global as a value; the tag word of a global that is not boxed says nothing.
runtime::Value Box(const runtime::TypeTable& types, runtime::TypeId type, runtime::Value typed) {
  switch (RepOf(types, type)) {
    case Rep::Int:
      return runtime::Value::Int(typed.integer);
    case Rep::Float:
      return runtime::Value::Float(typed.real);
    case Rep::Bool:
      return runtime::Value::Bool(typed.boolean);
    case Rep::Ref:
      return runtime::Value::Of(typed.object);
    case Rep::Value:
      return typed;
    case Rep::Unit: {
      const runtime::Type& t = types.Get(type);
      if (t.kind == runtime::TypeKind::Function) {
        return runtime::Value::Function(t.index);
      }
      if (t.kind == runtime::TypeKind::Builtin) {
        return runtime::Value::Builtin(static_cast<frontend::BuiltinId>(t.index));
      }
      return runtime::Value::None();
    }
  }
  LAB_CHECK(false);
  return runtime::Value::None();
}

}  // namespace

Machine::Machine(const frontend::Program& the_program, runtime::Context& the_context,
                 const EngineOptions& options, runtime::Counting counts)
    : program(the_program),
      context(the_context),
      counting(counts == runtime::Counting::Yes),
      math(options.math),
      inference(the_program, the_context.types, infer::Typing::Inferred),
      engine(options, SupportSymbols(), the_context.clock, &the_context.interrupt),
      globals(the_program.resolution.globals.size(), runtime::Value::None()),
      global_set(the_program.resolution.globals.size()),
      externs(the_program.resolution.functions.size()) {}

Machine::~Machine() { FreeIterators(*this); }

infer::VersionId Machine::VersionFor(frontend::FunctionId function,
                                     std::span<const runtime::TypeId> types) {
  const double start = context.clock();
  const infer::VersionId version = inference.Request(function, types);
  infer_seconds += context.clock() - start;
  return version;
}

const Code& Machine::CodeFor(frontend::FunctionId function,
                             std::span<const runtime::TypeId> types, uint32_t depth) {
  if (types.size() > KnownCode::kMaxTypes) {
    return CodeOf(VersionFor(function, types), depth);
  }
  const bool at_any_depth = depth != 1;
  uint64_t hash = 2 * function + (at_any_depth ? 1 : 0);
  for (const runtime::TypeId type : types) {
    hash = hash * 31 + type;
  }
  KnownCode& known = known_codes_[hash % known_codes_.size()];
  bool is_known = known.code != nullptr && known.function == function &&
                  known.at_any_depth == at_any_depth && known.count == types.size();
  for (size_t i = 0; is_known && i < types.size(); ++i) {
    is_known = known.types[i] == types[i];
  }
  if (!is_known) {
    known.code = nullptr;
    const Code& code = CodeOf(VersionFor(function, types), depth);
    known.function = function;
    known.at_any_depth = at_any_depth;
    known.count = static_cast<uint32_t>(types.size());
    std::copy(types.begin(), types.end(), known.types.begin());
    known.code = &code;
  }
  return *known.code;
}

runtime::MemoTable* Machine::MemoOf(frontend::FunctionId function) {
  auto& table = memos[function];
  if (table == nullptr) {
    table =
        std::make_unique<runtime::MemoTable>(program.resolution.functions[function].param_count);
  }
  return table.get();
}

MemoCache* Machine::MemoCacheOf(infer::VersionId id) {
  const auto [place, is_new] = memo_caches.try_emplace(id);
  const infer::Version& version = inference.Get(id);
  if (is_new && program.resolution.functions[version.function].is_memo) {
    std::vector<runtime::Tag> keys;
    for (const runtime::TypeId type : version.params) {
      keys.push_back(TagOf(context.types.Kind(type)));
    }
    place->second = MemoCache::Make(MemoOf(version.function), keys, RepOf(version.result));
  }
  return place->second.get();
}

void Machine::ForgetMemo(const runtime::MemoTable* table) {
  for (const auto& [version, cache] : memo_caches) {
    if (cache != nullptr && cache->table() == table) {
      cache->Clear();
    }
  }
}

runtime::Str* Machine::Literal(std::string_view text) {
  runtime::Str*& str = literals[text];
  if (str == nullptr) {
    const auto starts =
        std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; });
    str = context.heap.NewStr(text, static_cast<uint64_t>(starts));
  }
  return str;
}

runtime::ExternFunction* Machine::Extern(frontend::FunctionId function) {
  if (externs[function] == nullptr) {
    externs[function] =
        runtime::ExternFunction::Bind(context, *program.resolution.functions[function].decl);
  }
  return externs[function].get();
}

bool Machine::GlobalValue(frontend::GlobalId global, runtime::Value* out) {
  if (global_set[global] == 0) {
    return context.Fail(runtime::UnsetText(program.resolution.globals[global].name));
  }
  *out = runtime::Retain(Box(context.types, inference.GlobalType(global), globals[global]));
  return true;
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
