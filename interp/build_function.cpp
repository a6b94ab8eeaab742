// From a version to its Code: where locals stand, what happens on entry and on
// the way out, and the body. A body is built as an expression wherever that is
// possible: `return` in tail position is just the value, and
// `if c { return a }` followed by more becomes a choice, so that a call is a
// jump and nothing checks how the body ended.

#include <algorithm>

#include <alloca.h>

#include "interp/builder.h"
#include "interp/tiers.h"
#include "runtime/error_texts.h"

namespace interp {
namespace {

using frontend::ExprKind;
using runtime::Object;
using runtime::Release;

// Frames larger than this are checked one by one; smaller ones cannot fill the
// stack before the depth limit is reached.
constexpr int64_t kBigFrameWords = 8192;
constexpr int64_t kBigFramesEnd = int64_t{1} << 25;

void ReleaseAll(const Operand* slots, int64_t count, Word* f) {
  for (int64_t i = 0; i < count; ++i) {
    const int64_t slot = slots[i].i;
    if ((slot & kValueFlag) != 0) {
      Word* word = f + (slot & ~kValueFlag);
      Release(Eval<Value>::Get(word));
    } else if (f[slot].object != nullptr) {
      Release(f[slot].object);
    }
  }
}

// o[0] body, o[1] o[2] words to clear, o[3] count of slots to release, slots.
template <typename T>
T Entry(const Node* n, Word* f) {
  const Operand* o = n->o();
  for (int64_t i = o[1].i; i < o[2].i; ++i) {
    f[i].bits = 0;
  }
  T result = Eval<T>::Run(o[0].node, f);
  ReleaseAll(o + 4, o[3].i, f);
  return result;
}

// The same for a body of statements; o[4] is the slot of the result.
template <typename T>
T ExecEntry(const Node* n, Word* f) {
  const Operand* o = n->o();
  for (int64_t i = o[1].i; i < o[2].i; ++i) {
    f[i].bits = 0;
  }
  o[0].node->exec(o[0].node, f);
  T result = Eval<T>::Get(f + o[4].i);
  ReleaseAll(o + 5, o[3].i, f);
  return result;
}

template <>
Status ExecEntry<Status>(const Node* n, Word* f) {
  const Operand* o = n->o();
  for (int64_t i = o[1].i; i < o[2].i; ++i) {
    f[i].bits = 0;
  }
  const Status status = o[0].node->exec(o[0].node, f);
  ReleaseAll(o + 4, o[3].i, f);
  return status;
}

// Builds the tree at the first call, then runs it.
template <typename T>
T Stub(const Node* n, Word* f) {
  Code* code = n->o()[0].code;
  Builder::Build(*code->machine, *code);
  return Eval<T>::Run(code->entry, f);
}

template <typename T>
T CountCall(const Node* n, Word* f) {
  ++n->o()[1].machine->calls;
  return Eval<T>::Run(n->o()[0].node, f);
}

// o[0] node, o[1] machine, o[2] count.
template <typename T>
T CountNodes(const Node* n, Word* f) {
  n->o()[1].machine->nodes_executed += n->o()[2].bits;
  return Eval<T>::Run(n->o()[0].node, f);
}

[[noreturn]] void RaiseAtCaller(runtime::Context& context, Word* f) {
  const Node* call = CallerNode(f);
  if (call == nullptr) {
    // Called from machine code, which adds the place.
    runtime::RunError error{std::move(*context.failure), {}};
    context.failure.reset();
    RaiseOn(std::move(error), f);
  }
  Raise(call, 0, f - call->o()[0].i);
}

// o[0] node, o[1] code.
template <typename T>
T CheckFrame(const Node* n, Word* f) {
  const Code* code = n->o()[1].code;
  Machine* machine = code->machine;
  if (f - machine->stack + code->frame_words > kBigFramesEnd) {
    machine->context.Fail(runtime::LargeFramesText());
    RaiseAtCaller(machine->context, f);
  }
  return Eval<T>::Run(n->o()[0].node, f);
}

// The arguments as a key, borrowed.
void MemoKey(const Code* code, Word* f, Value* key) {
  for (const Code::Param& param : code->params) {
    *key++ =
        param.rep == Rep::Value
            ? Eval<Value>::Get(f + param.slot)
            : runtime::Box(param.rep, param.type, code->machine->context.types, f[param.slot].bits);
  }
}

template <typename T>
T Unboxed(const Value& value) {
  if constexpr (std::is_same_v<T, Value>) {
    return runtime::Retain(value);
  } else if constexpr (std::is_same_v<T, Status>) {
    return Status::Normal;
  } else if constexpr (std::is_same_v<T, bool>) {
    return value.boolean;
  } else if constexpr (std::is_same_v<T, Object*>) {
    return runtime::Retain(value.object);
  } else {
    Word word;
    word.bits = value.bits;
    return Eval<T>::Get(&word);
  }
}

// Runs the body and keeps its result: o[0] node, o[1] code.
template <typename T>
T MemoCompute(const Node* n, Word* f) {
  const Code* code = n->o()[1].code;
  runtime::Context& context = code->machine->context;
  const size_t count = code->params.size();
  Value* key = static_cast<Value*>(alloca(count * sizeof(Value)));
  MemoKey(code, f, key);
  // The body's own way out releases the arguments.
  for (size_t i = 0; i < count; ++i) {
    runtime::Retain(key[i]);
  }
  T result = Eval<T>::Run(n->o()[0].node, f);
  Value boxed = Value::None();
  if constexpr (std::is_same_v<T, Value>) {
    boxed = result;
  } else if constexpr (!std::is_same_v<T, Status>) {
    Word word{};
    Eval<T>::Put(&word, result);
    boxed = runtime::Box(Eval<T>::kRep, runtime::kNone, context.types, word.bits);
  }
  if (!code->machine->tables.InsertMemo(code->memo, key, boxed)) [[unlikely]] {
    RaiseAtCaller(context, f);
  }
  for (size_t i = 0; i < count; ++i) {
    Release(key[i]);
  }
  return result;
}

// Looks the arguments up before the body runs.
template <typename T>
T MemoEntry(const Node* n, Word* f) {
  const Code* code = n->o()[1].code;
  const size_t count = code->params.size();
  Value* key = static_cast<Value*>(alloca(count * sizeof(Value)));
  MemoKey(code, f, key);
  if (!runtime::MemoTable::CheckKey(code->machine->context, key, static_cast<uint32_t>(count)))
      [[unlikely]] {
    RaiseAtCaller(code->machine->context, f);
  }
  const Value* found = code->memo->Find(key);
  if (found == nullptr) {
    return MemoCompute<T>(n, f);
  }
  T result = Unboxed<T>(*found);
  for (size_t i = 0; i < count; ++i) {
    Release(key[i]);
  }
  return result;
}

// The common keys, without boxing: N ints in the first slots.
template <typename T, uint32_t N>
T MemoInts(const Node* n, Word* f) {
  const Value* found = n->o()[1].code->memo->FindInts<N>(&f->i);
  return found != nullptr ? Unboxed<T>(*found) : MemoCompute<T>(n, f);
}

template <typename T>
T MemoOneInt(const Node* n, Word* f) {
  return MemoInts<T, 1>(n, f);
}

template <typename T>
T MemoTwoInts(const Node* n, Word* f) {
  return MemoInts<T, 2>(n, f);
}

Status CountRegion(const Node* n, Word* f) {
  n->o()[0].machine->nodes_executed += n->o()[1].bits;
  return Next(n, f);
}

}  // namespace

Code* Machine::CodeOf(infer::VersionId id) {
  if (codes.size() <= id) {
    codes.resize(id + 1);
  }
  if (codes[id] != nullptr) {
    return codes[id].get();
  }
  codes[id] = std::make_unique<Code>();
  Code* code = codes[id].get();
  code->machine = this;
  code->version = id;
  const infer::Version& version = inference.Get(id);
  code->function = version.function;
  code->depth_limit = &context.depth_limit;
  const frontend::Function& function = program.resolution.functions[version.function];
  code->result = function.yields                              ? Rep::Unit
                 : version.function == frontend::kTopFunction ? Rep::Value
                                                              : RepOf(version.result);
  if (function.is_memo) {
    code->memo = tables.Memo(version.function);
  }
  uint32_t at = function.yields ? kGeneratorWords : 0;
  for (const runtime::TypeId type : version.params) {
    const Rep rep = RepOf(type);
    code->params.push_back({at, rep, type});
    at += WordsOf(rep);
  }
  Node* stub = static_cast<Node*>(nodes.Allocate(sizeof(Node) + sizeof(Operand)));
  stub->sites = nullptr;
  stub->next = nullptr;
  stub->o()[0].code = code;
  LAB_SET_BY_REP(stub, Stub, code->result);
  code->entry = stub;
  return code;
}

void Builder::Build(Machine& machine, Code& code) {
  const double start = machine.context.clock();
  Builder builder(machine, code, 0);
  builder.BuildFunction();
  if (builder.spill_words_ > 0) {
    Builder(machine, code, builder.spill_words_).BuildFunction();
  }
  if (machine.tiers != nullptr) {
    machine.tiers->Built(code);
  }
  machine.build_seconds += machine.context.clock() - start;
}

void Builder::LayOutLocals() {
  locals_.resize(function_.locals.size());
  cursor_ = function_.yields ? kGeneratorWords : 0;
  const size_t params = code_.params.size();
  for (size_t i = 0; i < params; ++i) {
    const Code::Param& param = code_.params[i];
    locals_[i] = {param.slot, param.rep, param.type};
    cursor_ = param.slot + WordsOf(param.rep);
  }
  zero_begin_ = cursor_;
  const auto place = [&](auto wanted) {
    for (size_t i = params; i < locals_.size(); ++i) {
      const TypeId type = version_.locals[i];
      const Rep rep = RepOf(type);
      if (wanted(rep)) {
        locals_[i] = {Reserve(WordsOf(rep)), rep, type};
      }
    }
  };
  const auto counted = [](Rep rep) { return rep == Rep::Ref || rep == Rep::Value; };
  place(counted);
  const TypeId result_type = code_.function == frontend::kTopFunction ? runtime::kAny
                             : function_.yields                       ? runtime::kNone
                                                                      : version_.result;
  const Rep result_rep = code_.result;
  if (counted(result_rep)) {
    result_ = {Reserve(WordsOf(result_rep)), result_rep, result_type};
  }
  spill_begin_ = Reserve(spill_room_);
  zero_end_ = cursor_;
  if (!counted(result_rep)) {
    result_ = {Reserve(WordsOf(result_rep)), result_rep, result_type};
  }
  place([&](Rep rep) { return !counted(rep); });
  high_ = std::max(high_, cursor_);
}

void Builder::BuildFunction() {
  FindLoops();
  LayOutLocals();
  bool is_exec = true;
  const Node* body;
  if (code_.function == frontend::kTopFunction) {
    body = BuildTop();
  } else if (function_.kind == frontend::FunctionKind::Generator) {
    Chain chain;
    PushClauses(*function_.generator, 0, chain, [&](Chain& inner) {
      const frontend::ComprehensionExpr& e = *function_.generator;
      Yield(Build(*e.element, &inner), inner);
    });
    body = Finish(chain);
  } else {
    const Expr& e = function_.lambda != nullptr ? *function_.lambda->body : *function_.decl->body;
    is_exec = code_.result == Rep::Unit || !CanTail(e) || LeavesFunction();
    if (is_exec) {
      Chain chain;
      Statement(e, ResultDest(), chain);
      body = Finish(chain);
    } else {
      body = Tail(e);
    }
    body = Counted(body, is_exec ? Rep::Unit : code_.result, NodesIn(e));
  }
  code_.frame_words = high_;
  code_.result_slot = result_.at;
  code_.entry = WrapEntry(body, is_exec);
}

const Node* Builder::WrapEntry(const Node* body, bool is_exec) {
  std::vector<Operand> operands{Ptr(body), Int(zero_begin_), Int(zero_end_), Int(0)};
  const bool has_result = is_exec && code_.result != Rep::Unit;
  if (has_result) {
    operands.push_back(Int(result_.at));
  }
  int64_t count = 0;
  for (const Slot& slot : locals_) {
    if (slot.rep == Rep::Ref || slot.rep == Rep::Value) {
      operands.push_back(Int(slot.at | (slot.rep == Rep::Value ? kValueFlag : 0)));
      ++count;
    }
  }
  operands[3].i = count;
  const Node* entry = body;
  if (has_result || zero_begin_ != zero_end_ || count != 0) {
    Node* node = New(operands.size(), {});
    std::copy(operands.begin(), operands.end(), node->o());
    if (is_exec) {
      LAB_SET_BY_REP(node, ExecEntry, code_.result);
    } else {
      LAB_SET_BY_REP(node, Entry, code_.result);
    }
    entry = node;
  }
  const auto wrap = [&](std::initializer_list<Operand> list) {
    Node* node = New(list.size(), {});
    std::copy(list.begin(), list.end(), node->o());
    return node;
  };
  const Operand code{.code = &code_};
  if (code_.memo != nullptr) {
    Node* node = wrap({Ptr(entry), code});
    const bool ints = std::all_of(code_.params.begin(), code_.params.end(),
                                  [](const Code::Param& p) { return p.rep == Rep::Int; });
    if (ints && code_.params.size() == 1) {
      LAB_SET_BY_REP(node, MemoOneInt, code_.result);
    } else if (ints && code_.params.size() == 2) {
      LAB_SET_BY_REP(node, MemoTwoInts, code_.result);
    } else {
      LAB_SET_BY_REP(node, MemoEntry, code_.result);
    }
    entry = node;
  }
  if (code_.frame_words > kBigFrameWords && code_.function != frontend::kTopFunction) {
    Node* node = wrap({Ptr(entry), code});
    LAB_SET_BY_REP(node, CheckFrame, code_.result);
    entry = node;
  }
  if (machine_.counting && code_.function != frontend::kTopFunction) {
    Node* node = wrap({Ptr(entry), Self()});
    LAB_SET_BY_REP(node, CountCall, code_.result);
    entry = node;
  }
  if (machine_.tiers != nullptr && code_.function != frontend::kTopFunction && !function_.yields) {
    Node* node = wrap({Ptr(entry), code});
    LAB_SET_BY_REP(node, CountedEntry, code_.result);
    entry = node;
  }
  return entry;
}

const Node* Builder::Counted(const Node* node, Rep rep, uint64_t count) {
  if (!machine_.counting || count == 0) {
    return node;
  }
  Node* counter = New(3, {});
  counter->o()[0] = Ptr(node);
  counter->o()[1] = Self();
  counter->o()[2].bits = count;
  LAB_SET_BY_REP(counter, CountNodes, rep);
  return counter;
}

void Builder::CountHere(uint64_t count, Chain& out) {
  if (machine_.counting) {
    out.nodes.push_back(New(&CountRegion, {Self(), {.bits = count}}, {}));
  }
}

const Node* Builder::BuildTop() {
  Chain chain;
  const Expr* last = nullptr;
  for (const frontend::Item& item : machine_.program.items) {
    if (item.expr == nullptr) {
      continue;
    }
    if (last != nullptr) {
      CountHere(NodesIn(*last), chain);
      Statement(*last, {}, chain);
    }
    last = item.expr;
  }
  if (last != nullptr) {
    CountHere(NodesIn(*last), chain);
    Dest dest;
    dest.kind = Dest::Kind::Result;
    Statement(*last, dest, chain);
  }
  return Finish(chain);
}

}  // namespace interp
