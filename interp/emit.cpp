// From pieces to nodes: leaves, boxing and unboxing, stores and discards.

#include "interp/builder.h"

namespace interp {
namespace {

using runtime::Object;
using runtime::Release;
using runtime::Retain;
using runtime::Tag;

Object* LocalRef(const Node* n, Word* f) { return Retain(f[n->o()[0].i].object); }

Object* TakeRef(const Node* n, Word* f) {
  Object* object = f[n->o()[0].i].object;
  f[n->o()[0].i].object = nullptr;
  return object;
}

Value LocalValue(const Node* n, Word* f) { return Retain(Eval<Value>::Get(f + n->o()[0].i)); }

Value TakeValue(const Node* n, Word* f) {
  Word* slot = f + n->o()[0].i;
  const Value value = Eval<Value>::Get(slot);
  Eval<Value>::Put(slot, Value::None());
  return value;
}

Value ConstInt(const Node* n, Word*) { return Value::Int(n->o()[0].i); }
Value ConstFloat(const Node* n, Word*) { return Value::Float(n->o()[0].d); }
Value ConstBool(const Node* n, Word*) { return Value::Bool(n->o()[0].bits != 0); }

Value BoxInt(const Node* n, Word* f) {
  return Value::Int(n->o()[0].node->eval_int(n->o()[0].node, f));
}
Value BoxFloat(const Node* n, Word* f) {
  return Value::Float(n->o()[0].node->eval_float(n->o()[0].node, f));
}
Value BoxBool(const Node* n, Word* f) {
  return Value::Bool(n->o()[0].node->eval_bool(n->o()[0].node, f));
}
Value BoxRef(const Node* n, Word* f) {
  return Value::Of(n->o()[0].node->eval_ref(n->o()[0].node, f));
}

int64_t UnboxInt(const Node* n, Word* f) {
  return n->o()[0].node->eval_value(n->o()[0].node, f).integer;
}
double UnboxFloat(const Node* n, Word* f) {
  return n->o()[0].node->eval_value(n->o()[0].node, f).real;
}
bool UnboxBool(const Node* n, Word* f) {
  return n->o()[0].node->eval_value(n->o()[0].node, f).boolean;
}
Object* UnboxRef(const Node* n, Word* f) {
  return n->o()[0].node->eval_value(n->o()[0].node, f).object;
}

// o[0]: a chain; o[1], o[2]: tag and payload of what stands for its value.
Value AfterUnit(const Node* n, Word* f) {
  n->o()[0].node->exec(n->o()[0].node, f);
  Value value;
  value.tag = static_cast<Tag>(n->o()[1].bits);
  value.bits = n->o()[2].bits;
  return value;
}

// The chain does not return: it raises.
template <typename T>
T AfterNever(const Node* n, Word* f) {
  n->o()[0].node->exec(n->o()[0].node, f);
  LAB_CHECK(false);
  return T{};
}

double IntToFloat(const Node* n, Word* f) {
  return static_cast<double>(n->o()[0].node->eval_int(n->o()[0].node, f));
}

// A number in a box, where inference knows that it ends as a float.
double NumberToFloat(const Node* n, Word* f) {
  const Value value = n->o()[0].node->eval_value(n->o()[0].node, f);
  return value.tag == Tag::Int ? static_cast<double>(value.integer) : value.real;
}

// ---- stores: o[0] slot, o[1] node ----

Status StoreRef(const Node* n, Word* f) {
  Object* object = n->o()[1].node->eval_ref(n->o()[1].node, f);
  Object* old = f[n->o()[0].i].object;
  f[n->o()[0].i].object = object;
  if (old != nullptr) {
    Release(old);
  }
  return Next(n, f);
}

Status StoreValueNode(const Node* n, Word* f) {
  const Value value = n->o()[1].node->eval_value(n->o()[1].node, f);
  Word* slot = f + n->o()[0].i;
  const Value old = Eval<Value>::Get(slot);
  Eval<Value>::Put(slot, value);
  Release(old);
  return Next(n, f);
}

// The slot holds nothing yet that would have to be released: arguments.
Status InitRef(const Node* n, Word* f) {
  f[n->o()[0].i].object = n->o()[1].node->eval_ref(n->o()[1].node, f);
  return Next(n, f);
}

Status InitValue(const Node* n, Word* f) {
  const Value value = n->o()[1].node->eval_value(n->o()[1].node, f);
  Eval<Value>::Put(f + n->o()[0].i, value);
  return Next(n, f);
}

template <typename T>
Status Discard(const Node* n, Word* f) {
  Eval<T>::Run(n->o()[0].node, f);
  return Next(n, f);
}

Status DiscardRef(const Node* n, Word* f) {
  Release(n->o()[0].node->eval_ref(n->o()[0].node, f));
  return Next(n, f);
}

Status DiscardValue(const Node* n, Word* f) {
  Release(n->o()[0].node->eval_value(n->o()[0].node, f));
  return Next(n, f);
}

Status RunChain(const Node* n, Word* f) {
  const Status status = n->o()[0].node->exec(n->o()[0].node, f);
  return status == Status::Normal ? Next(n, f) : status;
}

}  // namespace

const Node* Builder::Emit(const Piece& piece, Rep rep) {
  if (piece.rep != rep) {
    return EmitConverted(piece, rep);
  }
  switch (piece.form) {
    case Form::Node:
      return piece.node;
    case Form::Unit: {
      if (piece.statement == nullptr) {
        return piece.node != nullptr ? piece.node : end_;
      }
      Chain chain;
      chain.nodes.push_back(piece.statement);
      return Finish(chain);
    }
    case Form::Local:
    case Form::Temp:
      if (rep == Rep::Ref) {
        return New(piece.form == Form::Temp ? &TakeRef : &LocalRef, {Int(piece.slot)}, {});
      }
      if (rep == Rep::Value) {
        return New(piece.form == Form::Temp ? &TakeValue : &LocalValue, {Int(piece.slot)}, {});
      }
      return EmitShape(piece);
    case Form::Const:
    case Form::Convert:
    case Form::Binary:
      return EmitShape(piece);
  }
  return nullptr;
}

const Node* Builder::EmitConverted(const Piece& piece, Rep rep) {
  if (piece.rep == Rep::Unit) {
    const Node* chain = Emit(piece, Rep::Unit);
    switch (rep) {
      case Rep::Int:
        return New(&AfterNever<int64_t>, {Ptr(chain)}, {});
      case Rep::Float:
        return New(&AfterNever<double>, {Ptr(chain)}, {});
      case Rep::Bool:
        return New(&AfterNever<bool>, {Ptr(chain)}, {});
      case Rep::Ref:
        return New(&AfterNever<Object*>, {Ptr(chain)}, {});
      case Rep::Value: {
        const runtime::Type& type = types_.Get(piece.type);
        Value value = Value::None();
        if (type.kind == runtime::TypeKind::Function) {
          value = Value::Function(type.index);
        } else if (type.kind == runtime::TypeKind::Builtin) {
          value = Value::Builtin(static_cast<frontend::BuiltinId>(type.index));
        }
        return New(&AfterUnit,
                   {Ptr(chain), {.bits = static_cast<uint64_t>(value.tag)}, {.bits = value.bits}},
                   {});
      }
      case Rep::Unit:
        break;
    }
    return nullptr;
  }
  if (rep == Rep::Value) {
    if (piece.form == Form::Const) {
      return New(piece.rep == Rep::Int     ? &ConstInt
                 : piece.rep == Rep::Float ? &ConstFloat
                                           : &ConstBool,
                 {{.bits = piece.constant.bits}}, {});
    }
    const Node* node = Emit(piece, piece.rep);
    return New(piece.rep == Rep::Int     ? &BoxInt
               : piece.rep == Rep::Float ? &BoxFloat
               : piece.rep == Rep::Bool  ? &BoxBool
                                         : &BoxRef,
               {Ptr(node)}, {});
  }
  if (rep == Rep::Unit) {
    Chain chain;
    chain.nodes.push_back(EmitDiscard(piece));
    return Finish(chain);
  }
  if (piece.rep != Rep::Value) {
    // Settled types that do not fit together meet only behind what never returns.
    return EmitConverted(UnitPiece(runtime::kNever, Emit(piece, Rep::Unit)), rep);
  }
  const Node* node = EmitValue(piece);
  switch (rep) {
    case Rep::Int:
      return New(&UnboxInt, {Ptr(node)}, {});
    case Rep::Float:
      return New(&UnboxFloat, {Ptr(node)}, {});
    case Rep::Bool:
      return New(&UnboxBool, {Ptr(node)}, {});
    case Rep::Ref:
      return New(&UnboxRef, {Ptr(node)}, {});
    case Rep::Unit:
    case Rep::Value:
      break;
  }
  return nullptr;
}

Piece Builder::As(Piece piece, TypeId type) {
  const Rep rep = RepOf(type);
  if (rep == Rep::Float && (piece.rep == Rep::Int || piece.rep == Rep::Value)) {
    return ToFloat(piece);
  }
  if (piece.rep == rep) {
    if (rep != Rep::Unit) {
      piece.type = type;
    }
    return piece;
  }
  return NodePiece(Emit(piece, rep), type);
}

Piece Builder::ToFloat(Piece piece) {
  switch (piece.rep) {
    case Rep::Float:
      return piece;
    case Rep::Int:
      if (piece.form == Form::Const) {
        piece.constant.d = static_cast<double>(piece.constant.i);
        piece.rep = Rep::Float;
        piece.type = runtime::kFloat;
        return piece;
      }
      if (piece.form == Form::Local || piece.form == Form::Temp) {
        piece.form = Form::Convert;
        piece.rep = Rep::Float;
        piece.type = runtime::kFloat;
        return piece;
      }
      return NodePiece(New(&IntToFloat, {Ptr(EmitInt(piece))}, {}), runtime::kFloat);
    case Rep::Value:
      return NodePiece(New(&NumberToFloat, {Ptr(EmitValue(piece))}, {}), runtime::kFloat);
    case Rep::Unit:
    case Rep::Bool:
    case Rep::Ref:
      break;
  }
  return NodePiece(Emit(piece, Rep::Float), runtime::kFloat);
}

Node* Builder::EmitStore(const Piece& piece, const Slot& slot) {
  switch (slot.rep) {
    case Rep::Unit:
      return EmitDiscard(piece);
    case Rep::Ref:
      return New(&StoreRef, {Int(slot.at), Ptr(EmitRef(piece))}, {});
    case Rep::Value:
      return New(&StoreValueNode, {Int(slot.at), Ptr(EmitValue(piece))}, {});
    case Rep::Int:
    case Rep::Float:
    case Rep::Bool:
      break;
  }
  const Piece typed = piece.rep == slot.rep ? piece : NodePiece(Emit(piece, slot.rep), slot.type);
  return EmitStoreShape(typed, slot.at);
}

Node* Builder::EmitInit(const Piece& piece, const Slot& slot) {
  if (slot.rep == Rep::Ref) {
    return New(&InitRef, {Int(slot.at), Ptr(EmitRef(piece))}, {});
  }
  if (slot.rep == Rep::Value) {
    return New(&InitValue, {Int(slot.at), Ptr(EmitValue(piece))}, {});
  }
  return EmitStore(piece, slot);
}

Node* Builder::EmitDiscard(const Piece& piece) {
  switch (piece.rep) {
    case Rep::Unit:
      if (piece.statement != nullptr) {
        return piece.statement;
      }
      return New(&RunChain, {Ptr(Emit(piece, Rep::Unit))}, {});
    case Rep::Int:
      return New(&Discard<int64_t>, {Ptr(EmitInt(piece))}, {});
    case Rep::Float:
      return New(&Discard<double>, {Ptr(EmitFloat(piece))}, {});
    case Rep::Bool:
      return New(&Discard<bool>, {Ptr(EmitBool(piece))}, {});
    case Rep::Ref:
      return New(&DiscardRef, {Ptr(EmitRef(piece))}, {});
    case Rep::Value:
      return New(&DiscardValue, {Ptr(EmitValue(piece))}, {});
  }
  return nullptr;
}

}  // namespace interp
