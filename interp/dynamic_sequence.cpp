// Sequences that were stored before they are consumed: a recipe is run stage
// by stage, pushing boxed values.

#include <cstring>

#include "interp/dynamic.h"
#include "runtime/error_texts.h"
#include "runtime/mutant.h"
#include "runtime/ops.h"

namespace interp {
namespace {

using runtime::BuiltinKind;
using runtime::Tag;
using runtime::Value;

[[noreturn]] void Fail(const Place& place, runtime::Failure failure) {
  place.context().failure = std::move(failure);
  Raise(place.at, 0, place.frame);
}

class MapSink final : public ValueSink {
 public:
  MapSink(const Place& place, Value function, ValueSink& next)
      : place_(place), function_(function), next_(next) {}
  Status Put(Value owned) override {
    Value args[] = {owned};
    return next_.Put(CallValue(place_, function_, args));
  }

 private:
  const Place& place_;
  Value function_;
  ValueSink& next_;
};

class FilterSink final : public ValueSink {
 public:
  FilterSink(const Place& place, Value predicate, ValueSink& next)
      : place_(place), predicate_(predicate), next_(next) {}
  Status Put(Value owned) override {
    Value args[] = {runtime::Retain(owned)};
    const Value verdict = CallValue(place_, predicate_, args);
    bool keep;
    if (!runtime::Truth(place_.context(), verdict, &keep)) {
      Raise(place_.at, 0, place_.frame);
    }
    if (keep) {
      return next_.Put(owned);
    }
    runtime::Release(owned);
    return Status::Normal;
  }

 private:
  const Place& place_;
  Value predicate_;
  ValueSink& next_;
};

// Boxes what a generator yields.
struct BoxSink : Sink {
  const runtime::TypeTable* types;
  runtime::TypeId type;
  Rep rep;
  ValueSink* next;

  static Status PutWords(Sink* self, const Word* element) {
    auto* sink = static_cast<BoxSink*>(self);
    return sink->next->Put(sink->rep == Rep::Value
                               ? Eval<Value>::Get(element)
                               : runtime::Box(sink->rep, sink->type, *sink->types, element->bits));
  }
};

Status PushRange(const Place& place, const Value* operands, ValueSink& sink) {
  const int64_t first = operands[0].integer;
  const int64_t last = operands[1].integer;
  const int64_t step = operands[2].integer;
  uint64_t count = RangeCount(first, last, step);
  for (uint64_t at = static_cast<uint64_t>(first); count > 0; --count) {
    LAB_MUTANT(312, Poll(place.at, 0, place.frame, &place.context()), void());
    const Status status = sink.Put(Value::Int(static_cast<int64_t>(at)));
    if (status != Status::Normal) {
      return status;
    }
    at += static_cast<uint64_t>(step);
  }
  return Status::Normal;
}

Status PushGenerator(const Place& place, runtime::Seq* seq, ValueSink& sink) {
  Machine& machine = place.machine();
  std::vector<runtime::TypeId> types;
  for (uint32_t i = 0; i < seq->count; ++i) {
    types.push_back(runtime::TypeOf(machine.context, seq->operands()[i]));
  }
  const Code* code = machine.CodeFor(seq->function, types);
  Word* frame = place.frame + place.base;
  for (uint32_t i = 0; i < seq->count; ++i) {
    StoreValue(code->params[i].rep, frame + code->params[i].slot,
               runtime::Retain(seq->operands()[i]));
  }
  BoxSink box;
  box.put = &BoxSink::PutWords;
  box.types = &machine.context.types;
  box.type = machine.inference.Get(code->version).yielded;
  box.rep = machine.RepOf(box.type);
  box.next = &sink;
  return RunGenerator(place.at, place.frame, place.base, code, &box);
}

}  // namespace

Status RunGenerator(const Node* at, Word* frame, int64_t base, const Code* code, Sink* sink) {
  Word* callee = frame + base;
  EnterFrame(at, frame, callee, code);
  callee[0].bits = reinterpret_cast<uintptr_t>(sink);
  callee[1].bits = reinterpret_cast<uintptr_t>(frame);
  callee[2].i = static_cast<int64_t>(Status::Normal);
  code->entry->exec(code->entry, callee);
  return static_cast<Status>(callee[2].i);
}

Status PushValue(const Place& place, Value source, ValueSink& sink, int64_t level) {
  runtime::Context& context = place.context();
  if (source.tag == Tag::List) {
    for (uint64_t i = 0; i < source.list->size; ++i) {
      Poll(place.at, 0, place.frame, &context);
      const Status status = sink.Put(runtime::ElementAt(context, source.list, i));
      if (status != Status::Normal) {
        return status;
      }
    }
    return Status::Normal;
  }
  if (source.tag == Tag::Str) {
    for (uint64_t offset = 0; offset < source.str->size_bytes;) {
      Poll(place.at, 0, place.frame, &context);
      runtime::Str* piece = runtime::NextCodePoint(context, source.str, &offset);
      if (piece == nullptr) {
        Raise(place.at, 0, place.frame);
      }
      const Status status = sink.Put(Value::Of(piece));
      if (status != Status::Normal) {
        return status;
      }
    }
    return Status::Normal;
  }
  if (source.tag != Tag::Seq) {
    Fail(place, runtime::NotIterableText(runtime::DescribeType(context, source)));
  }
  runtime::Seq* seq = source.seq;
  if (seq->consumed) {
    Fail(place, runtime::ConsumedText());
  }
  if (Depth(place.frame) + level > context.depth_limit.load(std::memory_order_relaxed))
      [[unlikely]] {
    RaiseAtCall(place.at, place.frame);
  }
  seq->consumed = true;
  Value* operands = seq->operands();
  switch (seq->kind) {
    case runtime::SeqKind::Range:
      return PushRange(place, operands, sink);
    case runtime::SeqKind::Map: {
      MapSink map(place, operands[0], sink);
      return PushValue(place, operands[1], map, level + 1);
    }
    case runtime::SeqKind::Filter: {
      FilterSink filter(place, operands[0], sink);
      return PushValue(place, operands[1], filter, level + 1);
    }
    case runtime::SeqKind::Generator:
      return PushGenerator(place, seq, sink);
  }
  return Status::Normal;
}

namespace {

// sum, min and max: keeps one value.
class FoldSink final : public ValueSink {
 public:
  FoldSink(const Place& place, BuiltinKind kind, Value start, bool started)
      : place_(place), kind_(kind), value_(start), started_(started) {}
  Status Put(Value owned) override {
    if (!started_) {
      started_ = true;
      value_ = owned;
      if (kind_ == BuiltinKind::Sum) {
        CheckSummand(place_, owned);
      }
      return Status::Normal;
    }
    Value result;
    const bool done =
        kind_ == BuiltinKind::Sum
            ? (CheckSummand(place_, owned),
               runtime::Binary(place_.context(), frontend::BinaryOp::Add, value_, owned, &result))
            : runtime::Choose(place_.context(), static_cast<frontend::BuiltinId>(kind_), value_,
                              owned, &result);
    if (!done) {
      Raise(place_.at, 0, place_.frame);
    }
    runtime::Release(value_);
    runtime::Release(owned);
    value_ = result;
    return Status::Normal;
  }
  bool started() const { return started_; }
  Value value() const { return value_; }

 private:
  const Place& place_;
  BuiltinKind kind_;
  Value value_;
  bool started_;
};

class QuantifierSink final : public ValueSink {
 public:
  QuantifierSink(const Place& place, bool decisive) : place_(place), decisive_(decisive) {}
  Status Put(Value owned) override {
    bool truth;
    if (!runtime::Truth(place_.context(), owned, &truth)) {
      Raise(place_.at, 0, place_.frame);
    }
    found_ = truth == decisive_;
    return found_ ? Status::Stop : Status::Normal;
  }
  bool found() const { return found_; }

 private:
  const Place& place_;
  bool decisive_;
  bool found_ = false;
};

class ListSink final : public ValueSink {
 public:
  ListSink(const Place& place, runtime::List* list) : place_(place), list_(list) {}
  Status Put(Value owned) override {
    if (!runtime::Append(place_.context(), list_, owned)) {
      Raise(place_.at, 0, place_.frame);
    }
    runtime::Release(owned);
    return Status::Normal;
  }

 private:
  const Place& place_;
  runtime::List* list_;
};

class JoinSink final : public ValueSink {
 public:
  JoinSink(const Place& place, const runtime::Str* separator)
      : place_(place), separator_(separator) {}
  Status Put(Value owned) override {
    runtime::Context& context = place_.context();
    if (owned.tag != Tag::Str) {
      Fail(place_, runtime::ArgumentText(BuiltinKind::Join, "a sequence of str",
                                         runtime::DescribeType(context, owned)));
    }
    if (text_ == nullptr) {
      text_ = context.heap.NewStr("", 0);
    } else if (separator_->size_bytes > 0) {
      text_ = runtime::AppendStr(context, text_, separator_->view(), separator_->code_points);
    }
    if (text_ != nullptr) {
      text_ = runtime::AppendStr(context, text_, owned.str->view(), owned.str->code_points);
    }
    if (text_ == nullptr) {
      if (!context.failure.has_value()) {
        context.FailMemory();
      }
      Raise(place_.at, 0, place_.frame);
    }
    runtime::Release(owned);
    return Status::Normal;
  }
  runtime::Str* text() const { return text_; }

 private:
  const Place& place_;
  const runtime::Str* separator_;
  runtime::Str* text_ = nullptr;
};

}  // namespace

void CheckSummand(const Place& place, Value value) {
  if (value.tag != Tag::Int && value.tag != Tag::Float) {
    Fail(place, runtime::ArgumentText(BuiltinKind::Sum, "a sequence of numbers",
                                      runtime::DescribeType(place.context(), value)));
  }
}

Value ConsumeValue(const Place& place, BuiltinKind kind, std::span<const Value> args) {
  runtime::Context& context = place.context();
  switch (kind) {
    case BuiltinKind::Sum:
    case BuiltinKind::Min:
    case BuiltinKind::Max: {
      const bool has_start = args.size() > 1;
      if (has_start) {
        CheckSummand(place, args[1]);
      }
      FoldSink fold(place, kind, has_start ? args[1] : Value::None(), has_start);
      PushValue(place, args[0], fold);
      if (!fold.started()) {
        Fail(place, runtime::EmptyText(kind));
      }
      return fold.value();
    }
    case BuiltinKind::Any:
    case BuiltinKind::All: {
      QuantifierSink quantifier(place, kind == BuiltinKind::Any);
      PushValue(place, args[0], quantifier);
      return Value::Bool(quantifier.found() == (kind == BuiltinKind::Any));
    }
    case BuiltinKind::List: {
      runtime::List* list = context.heap.NewList(runtime::kAny, 0);
      if (list == nullptr) {
        context.FailMemory();
        Raise(place.at, 0, place.frame);
      }
      ListSink collect(place, list);
      PushValue(place, args[0], collect);
      return Value::Of(list);
    }
    default:
      break;
  }
  LAB_CHECK(kind == BuiltinKind::Join);
  if (args[0].tag != Tag::Str) {
    Fail(place,
         runtime::ArgumentText(kind, "a str first", runtime::DescribeType(context, args[0])));
  }
  if (args[1].tag == Tag::List && args[1].list->type == runtime::kStr) {
    runtime::Str* joined = runtime::JoinStrs(context, args[0].str, args[1].list);
    if (joined == nullptr) {
      Raise(place.at, 0, place.frame);
    }
    return Value::Of(joined);
  }
  JoinSink join(place, args[0].str);
  PushValue(place, args[1], join);
  if (join.text() != nullptr) {
    return Value::Of(join.text());
  }
  runtime::Str* empty = context.heap.NewStr("", 0);
  if (empty == nullptr) {
    context.FailMemory();
    Raise(place.at, 0, place.frame);
  }
  return Value::Of(empty);
}

}  // namespace interp
