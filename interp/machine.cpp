// Frames, code and errors of one run.

#include "interp/machine.h"

#include <new>

#include <sys/mman.h>

#include "interp/builder.h"
#include "interp/dynamic.h"
#include "interp/tiers.h"
#include "runtime/error_texts.h"
#include "runtime/mutant.h"
#include "runtime/ops.h"

namespace interp {
namespace {

// Frames are reserved, not committed: a page costs memory once touched.
constexpr size_t kStackWords = size_t{1} << 27;  // 1 GiB

}  // namespace

void* NodeArena::Allocate(size_t bytes) {
  constexpr size_t kBlockBytes = 32 * 1024;
  bytes = (bytes + 7) & ~size_t{7};
  if (blocks_.empty() || used_ + bytes > capacity_) {
    capacity_ = bytes > kBlockBytes ? bytes : kBlockBytes;
    blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(capacity_));
    used_ = 0;
  }
  void* result = blocks_.back().get() + used_;
  used_ += bytes;
  return result;
}

Machine::Machine(const frontend::Program& p, runtime::Context& c, infer::RunState& state, Ladder l,
                 runtime::Counting counts, Tiers* the_tiers)
    : program(p),
      context(c),
      ladder(l),
      counting(counts == runtime::Counting::Yes),
      inference(state.inference),
      tables(state.tables),
      tiers(the_tiers) {
  stack_bytes = kStackWords * sizeof(Word);
  void* memory = mmap(nullptr, stack_bytes, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) {
    throw std::bad_alloc();
  }
  stack = static_cast<Word*>(memory);
  stack_end = stack + kStackWords;
}

Machine::~Machine() { munmap(stack, stack_bytes); }

Code* Machine::CodeFor(frontend::FunctionId function, std::span<const runtime::TypeId> types) {
  const double start = context.clock();
  const infer::VersionId version = inference.Request(function, types);
  infer_seconds += context.clock() - start;
  return CodeOf(version);
}

void Raise(const Node* node, int site, Word* frame) {
  const Sites* sites = node->sites;
  runtime::Context& context = sites->machine->context;
  LAB_CHECK(context.failure.has_value());
  runtime::RunError error;
  error.failure = std::move(*context.failure);
  context.failure.reset();
  const bool has_place = LAB_MUTANT(201, static_cast<uint32_t>(site) < sites->count, false);
  error.trace.push_back({sites->function, sites->spans[has_place ? site : 0]});
  RaiseOn(std::move(error), frame);
}

void RaiseOn(runtime::RunError error, Word* frame) {
  Unwind unwind{std::move(error)};
  for (const Node* call = CallerNode(frame); call != nullptr; call = CallerNode(frame)) {
    if (call->sites->count == 0) {
      break;  // called from outside
    }
    frame -= call->o()[0].i;
    const runtime::TraceEntry caller{call->sites->function, call->sites->spans[0]};
    LAB_MUTANT(202, unwind.error.trace.push_back(caller), void());
  }
  throw unwind;
}

void RaiseArith(const Node* node, int site, Word* frame, frontend::BinaryOp op,
                runtime::Arith error, runtime::Value a, runtime::Value b) {
  runtime::FailArith(node->sites->machine->context, op, error, a, b);
  Raise(node, site, frame);
}

void RaiseInterrupted(const Node* node, int site, Word* frame) {
  node->sites->machine->context.FailInterrupted();
  Raise(node, site, frame);
}

void RaiseAtCall(const Node* node, Word* frame) {
  runtime::Context& context = node->sites->machine->context;
  if (context.interrupted()) {
    context.FailInterrupted();
  } else {
    context.failure = runtime::DepthText(context.limits.depth);
  }
  Raise(node, 0, frame);
}

void StoreValue(Rep rep, Word* slot, runtime::Value owned) {
  if (rep == Rep::Value) {
    Eval<runtime::Value>::Put(slot, owned);
  } else if (rep == Rep::Bool) {
    slot->bits = owned.boolean ? 1 : 0;
  } else if (rep != Rep::Unit) {
    slot->bits = owned.bits;
  }
}

}  // namespace interp
