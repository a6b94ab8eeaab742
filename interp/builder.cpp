// The builder's ground: making nodes, chains and temporaries.

#include "interp/builder.h"

#include <algorithm>

namespace interp {
namespace {

Status End(const Node*, Word*) { return Status::Normal; }

}  // namespace

Builder::Builder(Machine& machine, Code& code, uint32_t spill_room)
    : machine_(machine),
      code_(code),
      inference_(machine.inference),
      version_(machine.inference.Get(code.version)),
      resolution_(machine.program.resolution),
      function_(resolution_.functions[code.function]),
      types_(machine.context.types),
      spill_room_(spill_room) {
  end_ = New(&End, {}, {});
}

Node* Builder::New(size_t operands, std::span<const Span> spans) {
  Node* node =
      static_cast<Node*>(machine_.nodes.Allocate(sizeof(Node) + operands * sizeof(Operand)));
  node->next = nullptr;
  Span* kept = nullptr;
  if (!spans.empty()) {
    kept = static_cast<Span*>(machine_.nodes.Allocate(spans.size() * sizeof(Span)));
    std::copy(spans.begin(), spans.end(), kept);
  }
  if (spans.empty()) {
    node->sites = nullptr;
  } else {
    Sites* sites = static_cast<Sites*>(machine_.nodes.Allocate(sizeof(Sites)));
    *sites = {&machine_, code_.function, static_cast<uint32_t>(spans.size()), kept};
    node->sites = sites;
  }
  return node;
}

const Node* Builder::Finish(Chain& chain) {
  const Node* head = Link(chain, nullptr);
  return head != nullptr ? head : end_;
}

const Node* Builder::Link(Chain& chain, const Node* next) {
  if (chain.is_linked) {
    return chain.head;
  }
  const auto branch = [&](const Path& steps) {
    const Node* head = steps == nullptr ? next : Link(*steps, next);
    return head != nullptr ? head : end_;
  };
  for (size_t i = chain.nodes.size(); i-- > 0;) {
    const Chain::Step& step = chain.nodes[i];
    if (step.then != nullptr || step.otherwise != nullptr) {
      step.node->o()[0].node = branch(step.then);
      step.node->o()[1].node = branch(step.otherwise);
    } else {
      step.node->next = next;
    }
    next = step.node;
  }
  chain.is_linked = true;
  chain.head = next;
  return next;
}

Piece Builder::NodePiece(const Node* node, TypeId type) const {
  Piece piece;
  piece.form = Form::Node;
  piece.rep = RepOf(type);
  piece.type = type;
  piece.node = node;
  if (piece.rep == Rep::Unit) {
    piece.form = Form::Unit;
  }
  return piece;
}

Piece Builder::UnitPiece(TypeId type, const Node* chain) const {
  Piece piece;
  piece.form = Form::Unit;
  piece.rep = Rep::Unit;
  piece.type = type;
  piece.node = chain;
  return piece;
}

Piece Builder::SlotPiece(const Slot& slot, Form form) const {
  if (slot.rep == Rep::Unit) {
    return UnitPiece(slot.type);
  }
  Piece piece;
  piece.form = form;
  piece.rep = slot.rep;
  piece.type = slot.type;
  piece.slot = slot.at;
  return piece;
}

Piece Builder::StatementPiece(TypeId type, Node* statement) const {
  Piece piece = UnitPiece(type);
  piece.statement = statement;
  return piece;
}

const Piece* Builder::Keep(const Piece& piece) {
  kept_.push_back(std::make_unique<Piece>(piece));
  return kept_.back().get();
}

uint32_t Builder::Reserve(uint32_t words) {
  const uint32_t at = cursor_;
  cursor_ += words;
  high_ = std::max(high_, cursor_);
  return at;
}

Slot Builder::NewTemp(TypeId type) {
  const Rep rep = RepOf(type);
  return {Reserve(WordsOf(rep)), rep, type};
}

Slot Builder::NewSpill(TypeId type) {
  const Rep rep = RepOf(type);
  if (rep != Rep::Ref && rep != Rep::Value) {
    return NewTemp(type);
  }
  const Slot slot{spill_begin_ + spill_words_, rep, type};
  spill_words_ += WordsOf(rep);
  spilled_.push_back(slot);
  return slot;
}

frontend::Ref Builder::RefOf(const Expr& e) const {
  return e.kind == frontend::ExprKind::Name ? resolution_.names[e.id] : frontend::Ref{};
}

bool Builder::IsBuiltin(const Expr& callee, BuiltinKind* kind) const {
  const frontend::Ref ref = RefOf(callee);
  if (ref.kind != frontend::RefKind::Builtin) {
    return false;
  }
  *kind = static_cast<BuiltinKind>(ref.index);
  return true;
}

Slot Builder::LocalSlot(frontend::BindingId binding) const {
  const frontend::Ref ref = resolution_.bindings[binding];
  LAB_CHECK(ref.kind == frontend::RefKind::Local);
  return locals_[ref.index];
}

}  // namespace interp
