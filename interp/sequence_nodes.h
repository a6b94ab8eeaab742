#pragma once
// The loops that push a sequence through its consumer, and `yield`.

#include <cstring>

#include <alloca.h>

#include "interp/dynamic.h"
#include "interp/machine.h"
#include "runtime/error_texts.h"
#include "runtime/mutant.h"
#include "runtime/ops.h"

namespace interp {

using runtime::List;
using runtime::Object;

// What a loop does with the status of its body. True: leave the loop with *status.
inline bool Leaves(Status* status) {
  if (*status == Status::Continue) {
    return false;
  }
  if (*status == Status::Break) {
    *status = Status::Normal;
  }
  return true;
}

// o[0] slot, o[1] body, o[2] machine, o[3] first, o[4] last, o[5] step.
template <bool StepIsOne>
Status ForRange(const Node* n, Word* f) {
  const Operand* o = n->o();
  runtime::Context* context = &o[2].machine->context;
  const int64_t first = o[3].node->eval_int(o[3].node, f);
  const int64_t last = o[4].node->eval_int(o[4].node, f);
  const int64_t step = StepIsOne ? 1 : o[5].node->eval_int(o[5].node, f);
  if (!StepIsOne && step == 0) [[unlikely]] {
    context->failure = runtime::RangeStepText();
    Raise(n, 0, f);
  }
  const Node* body = o[1].node;
  Word* slot = f + o[0].i;
  uint64_t at = static_cast<uint64_t>(first);
  for (uint64_t count = StepIsOne ? (first < last ? static_cast<uint64_t>(last) - at : 0)
                                  : RangeCount(first, last, step);
       count > 0; --count) {
    slot->i = static_cast<int64_t>(at);
    Status status = body->exec(body, f);
    if (status != Status::Normal && Leaves(&status)) [[unlikely]] {
      return status == Status::Normal ? Next(n, f) : status;
    }
    LAB_MUTANT(311, Poll(n, 0, f, context), void());
    at += static_cast<uint64_t>(step);
  }
  return Next(n, f);
}

// o[0] slot, o[1] body, o[2] machine, o[3] list.
template <typename T>
Status ForList(const Node* n, Word* f) {
  const Operand* o = n->o();
  runtime::Context* context = &o[2].machine->context;
  List* list = static_cast<List*>(o[3].node->eval_ref(o[3].node, f));
  const Node* body = o[1].node;
  Word* slot = f + o[0].i;
  Status status = Status::Normal;
  for (uint64_t i = 0; i < list->size; ++i) {
    if constexpr (std::is_same_v<T, int64_t>) {
      slot->i = list->ints()[i];
    } else if constexpr (std::is_same_v<T, double>) {
      slot->d = list->floats()[i];
    } else if constexpr (std::is_same_v<T, bool>) {
      slot->bits = list->bools()[i];
    } else if constexpr (std::is_same_v<T, Object*>) {
      Object* old = slot->object;
      slot->object = runtime::Retain(list->objects()[i]);
      if (old != nullptr) {
        runtime::Release(old);
      }
    } else {
      const Value old = Eval<Value>::Get(slot);
      Eval<Value>::Put(slot, runtime::ElementAt(*context, list, i));
      runtime::Release(old);
    }
    status = body->exec(body, f);
    if (status != Status::Normal) [[unlikely]] {
      if (Leaves(&status)) {
        break;
      }
      status = Status::Normal;
    }
    Poll(n, 0, f, context);
  }
  runtime::Release(list);
  return status == Status::Normal ? Next(n, f) : status;
}

// The loop over a string, or over anything in a box.
class SlotSink final : public ValueSink {
 public:
  SlotSink(Word* frame, const Operand& slot, Rep rep, const Node* body)
      : frame_(frame), slot_(frame + slot.i), rep_(rep), body_(body) {}
  Status Put(Value owned) override {
    if (rep_ == Rep::Ref) {
      Object* old = slot_->object;
      slot_->object = owned.object;
      if (old != nullptr) {
        runtime::Release(old);
      }
    } else if (rep_ == Rep::Value) {
      const Value old = Eval<Value>::Get(slot_);
      Eval<Value>::Put(slot_, owned);
      runtime::Release(old);
    } else {
      StoreValue(rep_, slot_, owned);
    }
    const Status status = body_->exec(body_, frame_);
    if (status == Status::Continue) {
      return Status::Normal;
    }
    broke_ = status == Status::Break;
    return broke_ ? Status::Stop : status;
  }
  bool broke() const { return broke_; }

 private:
  Word* frame_;
  Word* slot_;
  Rep rep_;
  const Node* body_;
  bool broke_ = false;
};

// o[0] base, o[1] body, o[2] slot, o[3] source (boxed), o[4] Rep of the slot.
inline Status ForValue(const Node* n, Word* f) {
  const Operand* o = n->o();
  const Value source = o[3].node->eval_value(o[3].node, f);
  SlotSink sink(f, o[2], static_cast<Rep>(o[4].i), o[1].node);
  const Status status = PushValue({n, f, o[0].i}, source, sink);
  runtime::Release(source);
  return status == Status::Normal || sink.broke() ? Next(n, f) : status;
}

// ---- generators ----

// Runs the consumer's body with what is yielded.
struct BodySink : Sink {
  Word* frame;
  Word* slot;
  const Node* body;

  template <typename T>
  static Status PutWords(Sink* self, const Word* element) {
    auto* sink = static_cast<BodySink*>(self);
    if constexpr (std::is_same_v<T, Object*>) {
      Object* old = sink->slot->object;
      sink->slot->object = element->object;
      if (old != nullptr) {
        runtime::Release(old);
      }
    } else if constexpr (std::is_same_v<T, Value>) {
      const Value old = Eval<Value>::Get(sink->slot);
      Eval<Value>::Put(sink->slot, Eval<Value>::Get(element));
      runtime::Release(old);
    } else if constexpr (!std::is_same_v<T, Status>) {
      *sink->slot = *element;
    }
    return sink->body->exec(sink->body, sink->frame);
  }
};

// o[0] base, o[1] code, o[2] chain of arguments, o[3] slot, o[4] body.
template <typename T>
Status ForGenerator(const Node* n, Word* f) {
  const Operand* o = n->o();
  o[2].node->exec(o[2].node, f);
  BodySink sink;
  sink.put = &BodySink::PutWords<T>;
  sink.frame = f;
  sink.slot = f + o[3].i;
  sink.body = o[4].node;
  const Status status = RunGenerator(n, f, o[0].i, o[1].code, &sink);
  return status == Status::Normal ? Next(n, f) : status;
}

// o[0] element, o[1] code. The consumer's calls may use the words of this
// frame, so it is put aside while the consumer runs; its depth counts on.
template <typename T>
Status YieldNode(const Node* n, Word* f) {
  const Operand* o = n->o();
  Word element[2] = {};
  if constexpr (std::is_same_v<T, Status>) {
    o[0].node->exec(o[0].node, f);
  } else {
    Eval<T>::Put(element, Eval<T>::Run(o[0].node, f));
  }
  auto* sink = reinterpret_cast<Sink*>(f[0].bits);
  Word* consumer = reinterpret_cast<Word*>(f[1].bits);
  const size_t bytes = (o[1].code->frame_words + kHeaderWords) * sizeof(Word);
  void* saved = alloca(bytes);
  std::memcpy(saved, f - kHeaderWords, bytes);
  const int64_t depth = Depth(consumer);
  Depth(consumer) = Depth(f);
  const Status status = sink->put(sink, element);
  Depth(consumer) = depth;
  std::memcpy(f - kHeaderWords, saved, bytes);
  if (status != Status::Normal) {
    f[2].i = static_cast<int64_t>(status);
    return Status::Return;
  }
  return Next(n, f);
}

// The body of a `for` over several stages: `break` stops them all.
inline Status LoopBody(const Node* n, Word* f) {
  const Status status = n->o()[0].node->exec(n->o()[0].node, f);
  return status == Status::Break      ? Status::Stop
         : status == Status::Continue ? Status::Normal
                                      : status;
}

// Where stopping stops.
inline Status BoundaryNode(const Node* n, Word* f) {
  const Status status = n->o()[0].node->exec(n->o()[0].node, f);
  return status == Status::Normal || status == Status::Stop ? Next(n, f) : status;
}

}  // namespace interp
