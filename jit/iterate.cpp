// Iterators over lists, strings and stored sequences. The interpreter's
// dynamic_sequence.cpp says in which order checks are made and errors happen.
// Tests: tests/jit/support_test.cpp.

#include "jit/iterate.h"

#include <cstdlib>
#include <vector>

#include "frontend/check.h"
#include "jit/call_value.h"
#include "runtime/arith.h"
#include "runtime/error_texts.h"
#include "runtime/ops.h"

namespace jit {

namespace {

using runtime::Context;
using runtime::Seq;
using runtime::Tag;
using runtime::Value;

// Zeroed memory that is not the language's; null, with the failure set, when there is none.
void* Allocate(Context& context, size_t bytes) {
  void* memory = std::calloc(1, bytes);
  if (memory == nullptr) {
    context.FailMemory(bytes);
  }
  return memory;
}

Iterator* NewIterator(Context& context, uint32_t depth, Value source) {
  auto* it = static_cast<Iterator*>(Allocate(context, sizeof(Iterator)));
  if (it == nullptr) {
    return nullptr;
  }
  it->depth = depth;
  it->consumer_depth = depth;
  it->source = source;
  return it;
}

bool HasInner(const Iterator* it) { return it->kind == Source::Map || it->kind == Source::Filter; }

// Frees the stages from the outermost inwards.
void FreeStages(Iterator* it) {
  while (it != nullptr) {
    Iterator* inner = HasInner(it) ? it->inner : nullptr;
    if (it->kind == Source::Generator) {
      std::free(it->generator.frame);
    }
    std::free(it);
    it = inner;
  }
}

void Link(Machine& machine, Iterator* it) {
  it->next = machine.iterators;
  if (it->next != nullptr) {
    it->next->previous = it;
  }
  machine.iterators = it;
}

void Unlink(Machine& machine, Iterator* it) {
  (it->previous != nullptr ? it->previous->next : machine.iterators) = it->next;
  if (it->next != nullptr) {
    it->next->previous = it->previous;
  }
}

bool OpenGenerator(Machine& machine, Iterator* it, Seq* seq) {
  Context& context = machine.context;
  constexpr uint32_t kFewOperands = 8;
  runtime::TypeId few[kFewOperands];
  std::vector<runtime::TypeId> many(seq->count > kFewOperands ? seq->count : 0);
  runtime::TypeId* types = many.empty() ? few : many.data();
  for (uint32_t i = 0; i < seq->count; ++i) {
    types[i] = runtime::TypeOf(context, seq->operands()[i]);
  }
  const Code& code = machine.CodeFor(seq->function, {types, seq->count}, kAnyDepth);
  if (!CheckDepth(context, it->consumer_depth, 1)) {
    return false;
  }
  LAB_CHECK(code.resume != nullptr);
  LAB_CHECK(code.frame_bytes >= sizeof(GeneratorFrame) + seq->count * sizeof(Value));
  auto* frame = static_cast<GeneratorFrame*>(Allocate(context, code.frame_bytes));
  if (frame == nullptr) {
    return false;
  }
  for (uint32_t i = 0; i < seq->count; ++i) {
    frame->slots()[i] = seq->operands()[i];
  }
  it->generator.frame = frame;
  it->generator.resume = code.resume;
  return true;
}

// Opens the iterator and its stages: `level` counts them, since they nest like calls.
bool Open(Machine& machine, Iterator* it) {
  Context& context = machine.context;
  for (uint32_t level = 0;; ++level) {
    if (it->source.tag == Tag::List) {
      it->kind = Source::List;
      return true;
    }
    if (it->source.tag == Tag::Str) {
      it->kind = Source::Str;
      return true;
    }
    if (it->source.tag != Tag::Seq) {
      return context.Fail(runtime::NotIterableText(runtime::DescribeType(context, it->source)));
    }
    Seq* seq = it->source.seq;
    if (seq->consumed) {
      return context.Fail(runtime::ConsumedText());
    }
    if (!CheckDepth(context, it->consumer_depth, level)) {
      return false;
    }
    seq->consumed = true;
    const Value* operands = seq->operands();
    switch (seq->kind) {
      case runtime::SeqKind::Range:
        it->kind = Source::Range;
        it->range.next = static_cast<uint64_t>(operands[0].integer);
        it->range.left =
            runtime::RangeCount(operands[0].integer, operands[1].integer, operands[2].integer);
        return true;
      case runtime::SeqKind::Generator:
        it->kind = Source::Generator;
        return OpenGenerator(machine, it, seq);
      case runtime::SeqKind::Map:
      case runtime::SeqKind::Filter:
        it->kind = seq->kind == runtime::SeqKind::Map ? Source::Map : Source::Filter;
        it->inner = NewIterator(context, it->consumer_depth, operands[1]);
        it = it->inner;
        if (it == nullptr) {
          return false;
        }
        break;
    }
  }
}

// The function of a stage, which its recipe keeps alive.
Value StageFunction(const Iterator* it) { return it->source.seq->operands()[0]; }

// Calls the predicate; takes over its argument. False when it failed.
bool Keeps(Machine* machine, const Iterator* it, Value owned, bool* keep) {
  const Value verdict = support::CallValue(machine, it->depth, StageFunction(it), &owned, 1);
  return verdict.tag != kFailedTag && runtime::Truth(machine->context, verdict, keep);
}

// A list, a string or a range: false when the run is to stop.
bool Poll(Context& context) { return !context.interrupted() || context.FailInterrupted(); }

}  // namespace

void FreeIterators(Machine& machine) {
  while (machine.iterators != nullptr) {
    Iterator* it = machine.iterators;
    machine.iterators = it->next;
    FreeStages(it);
  }
}

namespace support {

Iterator* Iterate(Machine* machine, uint32_t depth, Value source) noexcept {
  Iterator* it = NewIterator(machine->context, depth, source);
  if (it == nullptr || !Open(*machine, it)) {
    FreeStages(it);
    return nullptr;
  }
  runtime::Retain(source);
  Link(*machine, it);
  return it;
}

Step Next(Machine* machine, Iterator* it, Value* element) noexcept {
  Context& context = machine->context;
  switch (it->kind) {
    case Source::List: {
      // The consumer may change the list.
      const List* list = it->source.list;
      if (it->at >= list->size) {
        return Step::End;
      }
      if (!Poll(context)) [[unlikely]] {
        return Step::Failed;
      }
      *element = runtime::ElementAt(context, list, it->at++);
      return Step::Element;
    }
    case Source::Str: {
      if (it->at >= it->source.str->size_bytes) {
        return Step::End;
      }
      Str* piece =
          Poll(context) ? runtime::NextCodePoint(context, it->source.str, &it->at) : nullptr;
      if (piece == nullptr) [[unlikely]] {
        return Step::Failed;
      }
      *element = Value::Of(piece);
      return Step::Element;
    }
    case Source::Range:
      if (it->range.left == 0) {
        return Step::End;
      }
      if (!Poll(context)) [[unlikely]] {
        return Step::Failed;
      }
      *element = Value::Int(static_cast<int64_t>(it->range.next));
      it->range.next += static_cast<uint64_t>(it->source.seq->operands()[2].integer);
      --it->range.left;
      return Step::Element;
    case Source::Map: {
      Value argument;
      const Step step = Next(machine, it->inner, &argument);
      if (step != Step::Element) {
        return step;
      }
      it->depth = it->inner->depth;
      *element = CallValue(machine, it->depth, StageFunction(it), &argument, 1);
      return element->tag == kFailedTag ? Step::Failed : Step::Element;
    }
    case Source::Filter:
      for (;;) {
        const Step step = Next(machine, it->inner, element);
        if (step != Step::Element) {
          return step;
        }
        it->depth = it->inner->depth;
        bool keep;
        if (!Keeps(machine, it, runtime::Retain(*element), &keep)) [[unlikely]] {
          return Step::Failed;
        }
        if (keep) {
          return Step::Element;
        }
        runtime::Release(*element);
      }
    case Source::Generator: {
      GeneratorFrame* frame = it->generator.frame;
      if (frame == nullptr) {
        return Step::End;
      }
      if (!Poll(context)) [[unlikely]] {
        return Step::Failed;
      }
      it->is_started = true;
      const Step step = it->generator.resume(it->consumer_depth, frame);
      switch (step) {
        case Step::Element:
          it->depth = frame->depth;
          *element = frame->element;
          break;
        case Step::End:
          it->depth = it->consumer_depth;
          std::free(frame);
          it->generator.frame = nullptr;
          break;
        case Step::Failed:
          break;
      }
      return step;
    }
  }
  LAB_CHECK(false);
  return Step::Failed;
}

void EndIteration(Machine* machine, Iterator* iterator) noexcept {
  Unlink(*machine, iterator);
  Iterator* leaf = iterator;
  while (HasInner(leaf)) {
    leaf = leaf->inner;
  }
  if (leaf->kind == Source::Generator && leaf->generator.frame != nullptr && leaf->is_started) {
    leaf->generator.frame->close = 1;
    LAB_CHECK(leaf->generator.resume(leaf->consumer_depth, leaf->generator.frame) == Step::End);
  }
  // The recipe was what kept the stages' sources alive.
  const Value source = iterator->source;
  FreeStages(iterator);
  runtime::Release(source);
}

}  // namespace support
}  // namespace jit
