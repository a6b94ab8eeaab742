// Calls: of functions of the program, of values, of C functions.

#include <algorithm>

#include "interp/builder.h"
#include "interp/call_nodes.h"
#include "interp/dynamic.h"
#include "runtime/ops.h"

namespace interp {
namespace {

using runtime::Object;
using runtime::TypeKind;

// o[0] base, o[1] count, o[2] callee, then arguments.
Value CallBoxed(const Node* n, Word* f) {
  const Operand* o = n->o();
  const Value callee = o[2].node->eval_value(o[2].node, f);
  std::vector<Value> args(static_cast<size_t>(o[1].i));
  for (size_t i = 0; i < args.size(); ++i) {
    args[i] = o[3 + i].node->eval_value(o[3 + i].node, f);
  }
  const Value result = CallValue({n, f, o[0].i}, callee, args);
  runtime::Release(callee);
  return result;
}

// o[0] node, o[1] declared type, o[2] o[3] the name.
Value CheckDeclaredNode(const Node* n, Word* f) {
  const Operand* o = n->o();
  Value value = o[0].node->eval_value(o[0].node, f);
  const std::string_view name(static_cast<const char*>(o[2].pointer), static_cast<size_t>(o[3].i));
  if (!runtime::CheckDeclared(n->sites->machine->context, static_cast<TypeId>(o[1].i), name,
                              &value)) [[unlikely]] {
    Raise(n, 0, f);
  }
  return value;
}

// Copies a closure's captures into the callee's frame: o[0] closure (node),
// o[1] distance to the callee, o[2] code. They follow the parameters.
Status CopyCaptures(const Node* n, Word* f) {
  const Operand* o = n->o();
  Object* object = o[0].node->eval_ref(o[0].node, f);
  auto* closure = static_cast<runtime::Closure*>(object);
  const Code* code = o[2].code;
  const size_t first = code->params.size() - closure->count;
  for (uint32_t i = 0; i < closure->count; ++i) {
    const Code::Param& param = code->params[first + i];
    StoreValue(param.rep, f + o[1].i + param.slot, runtime::Retain(closure->captures()[i]));
  }
  runtime::Release(object);
  return Next(n, f);
}

// o[0] function, o[1] type (kAny: to be found), o[2] count, then captures.
Object* MakeClosure(const Node* n, Word* f) {
  const Operand* o = n->o();
  runtime::Context& context = n->sites->machine->context;
  const auto count = static_cast<uint32_t>(o[2].i);
  runtime::Closure* closure =
      context.heap.NewClosure(static_cast<uint32_t>(o[0].i), static_cast<TypeId>(o[1].i), count);
  if (closure == nullptr) [[unlikely]] {
    context.FailMemory();
    Raise(n, 0, f);
  }
  std::vector<TypeId> types;
  for (uint32_t i = 0; i < count; ++i) {
    const Value capture = o[3 + i].node->eval_value(o[3 + i].node, f);
    closure->captures()[i] = capture;
    if (closure->type == runtime::kAny) {
      types.push_back(runtime::TypeOf(context, capture));
    }
  }
  if (closure->type == runtime::kAny) {
    closure->type = context.types.Lambda(closure->function, types);
  }
  return closure;
}

// o[0] function, o[1] type, o[2] count, then pairs of parameter and argument,
// in the order written.
Object* MakeGenerator(const Node* n, Word* f) {
  const Operand* o = n->o();
  runtime::Context& context = n->sites->machine->context;
  const auto count = static_cast<uint32_t>(o[2].i);
  std::vector<Value> operands(count);
  for (uint32_t i = 0; i < count; ++i) {
    operands[static_cast<size_t>(o[3 + 2 * i].i)] =
        o[4 + 2 * i].node->eval_value(o[4 + 2 * i].node, f);
  }
  runtime::Seq* seq =
      context.heap.NewSeq(runtime::SeqKind::Generator, static_cast<TypeId>(o[1].i), count);
  if (seq == nullptr) [[unlikely]] {
    context.FailMemory();
    Raise(n, 0, f);
  }
  seq->function = static_cast<uint32_t>(o[0].i);
  std::copy(operands.begin(), operands.end(), seq->operands());
  return seq;
}

// ---- C functions ----

// o[0] FunctionId, o[1] count, then pairs of parameter and argument, in the
// order written.
Value CallExternBoxed(const Node* n, Word* f) {
  const Operand* o = n->o();
  Machine& machine = *n->sites->machine;
  std::vector<Value> args(static_cast<size_t>(o[1].i));
  for (size_t i = 0; i < args.size(); ++i) {
    args[static_cast<size_t>(o[2 + 2 * i].i)] = o[3 + 2 * i].node->eval_value(o[3 + 2 * i].node, f);
  }
  runtime::ExternFunction* function = machine.tables.Extern(static_cast<frontend::FunctionId>(o[0].i));
  Value result;
  if (function == nullptr || !function->Call(machine.context, args.data(), &result)) [[unlikely]] {
    Raise(n, 0, f);
  }
  for (const Value arg : args) {
    runtime::Release(arg);
  }
  return result;
}

// A NaN's sign would show otherwise in what C makes of it.
double Canonical(double x) { return x != x ? std::numeric_limits<double>::quiet_NaN() : x; }

// o[0] address, o[1] argument(s).
double CallDoubleUnary(const Node* n, Word* f) {
  const auto function =
      reinterpret_cast<runtime::ExternFunction::DoubleUnary>(const_cast<void*>(n->o()[0].pointer));
  return Canonical(function(Canonical(n->o()[1].node->eval_float(n->o()[1].node, f))));
}

double CallFloatUnary(const Node* n, Word* f) {
  const auto function =
      reinterpret_cast<runtime::ExternFunction::FloatUnary>(const_cast<void*>(n->o()[0].pointer));
  const double x = Canonical(n->o()[1].node->eval_float(n->o()[1].node, f));
  return Canonical(static_cast<double>(function(static_cast<float>(x))));
}

double CallDoubleBinary(const Node* n, Word* f) {
  const auto function =
      reinterpret_cast<runtime::ExternFunction::DoubleBinary>(const_cast<void*>(n->o()[0].pointer));
  const double x = Canonical(n->o()[1].node->eval_float(n->o()[1].node, f));
  const double y = Canonical(n->o()[2].node->eval_float(n->o()[2].node, f));
  return Canonical(function(x, y));
}

}  // namespace

Piece Builder::BuildCall(const frontend::CallExpr& e, Chain* pre) {
  const frontend::Ref ref = RefOf(*e.callee);
  if (ref.kind == frontend::RefKind::Builtin) {
    return BuildBuiltin(e, static_cast<BuiltinKind>(ref.index), pre);
  }
  if (ref.kind == frontend::RefKind::Function) {
    const frontend::Function& function = resolution_.functions[ref.index];
    if (function.kind == frontend::FunctionKind::Extern) {
      return CallExtern(e, function, pre);
    }
    return CallFunction(e, ref.index, nullptr, pre);
  }
  const bool may_leave = std::any_of(e.args.begin(), e.args.end(),
                                     [&](const auto& argument) { return Exits(*argument.value); });
  Piece callee = Build(*e.callee, pre);
  if (may_leave) {
    callee = Spill(callee, pre);
  }
  const runtime::Type& type = types_.Get(callee.type);
  const bool known = type.kind == TypeKind::Lambda || type.kind == TypeKind::Function;
  const bool is_extern =
      known && resolution_.functions[type.index].kind == frontend::FunctionKind::Extern;
  if (known && !is_extern && inference_.Callee(version_, e) != infer::kNoVersion) {
    return CallFunction(e, type.index, &callee, pre);
  }
  return CallDynamic(e, callee, pre);
}

Piece Builder::Declared(Piece piece, const frontend::TypeExpr* declared, TypeId accepted,
                        std::string_view name, Span span) {
  if (declared == nullptr || piece.type == runtime::kNever) {
    return piece;
  }
  const bool unchecked =
      declared->kind == frontend::TypeExprKind::Function && piece.rep == Rep::Value;
  if (accepted == piece.type && !unchecked) {
    return piece;
  }
  if (accepted == runtime::kFloat && piece.rep == Rep::Int) {
    return ToFloat(piece);
  }
  const TypeId wanted = types_.FromDeclaration(*declared);
  Piece checked = NodePiece(New(&CheckDeclaredNode,
                                {Ptr(EmitValue(piece)), Int(wanted), Of(name.data()),
                                 Int(static_cast<int64_t>(name.size()))},
                                {span}),
                            runtime::kAny);
  return As(checked, accepted);
}

std::vector<Piece> Builder::BuildArguments(const std::vector<frontend::BoundArgument>& bound,
                                           std::span<const frontend::Param> params, Chain* pre) {
  std::vector<const Expr*> values;
  for (const frontend::BoundArgument& argument : bound) {
    if (!argument.is_default) {
      values.push_back(argument.value);
    }
  }
  std::vector<Piece> pieces = BuildAll(values, pre);
  for (size_t i = 0; i < bound.size(); ++i) {
    const frontend::Param& param = params[bound[i].param];
    if (bound[i].is_default) {
      pieces.push_back(BuildDefault(*bound[i].value));
    }
    pieces[i] = Declared(pieces[i], param.type, inference_.Accept(param.type, pieces[i].type),
                         param.binding.name, bound[i].value->span);
  }
  return pieces;
}

// Defaults lie outside every function: their types are those of constants.
Piece Builder::BuildDefault(const Expr& e) {
  if (const auto* unary = frontend::DynCast<frontend::UnaryExpr>(e)) {
    const Piece operand = BuildDefault(*unary->operand);
    return UnaryOn(*unary, operand);
  }
  if (const auto* binary = frontend::DynCast<frontend::BinaryExpr>(e)) {
    const Piece left = BuildDefault(*binary->left);
    return Operate(binary->op, binary->span, left, BuildDefault(*binary->right));
  }
  if (const auto* logical = frontend::DynCast<frontend::LogicalExpr>(e)) {
    return LogicalOf(*logical, [&](const Expr& operand) { return BuildDefault(operand); });
  }
  if (const auto* list = frontend::DynCast<frontend::ListExpr>(e)) {
    std::vector<Piece> items;
    for (const Expr* item : list->items) {
      items.push_back(BuildDefault(*item));
    }
    return ListOf(*list, TypeOf(e), items);
  }
  return e.kind == frontend::ExprKind::Name  ? BuildName(frontend::Cast<frontend::NameExpr>(e))
         : e.kind == frontend::ExprKind::Str ? BuildStr(frontend::Cast<frontend::StrExpr>(e))
                                             : BuildConst(e);
}

Piece Builder::CallFunction(const frontend::CallExpr& e, frontend::FunctionId id,
                            const Piece* closure, Chain* pre) {
  const frontend::Function& function = resolution_.functions[id];
  const infer::VersionId version = inference_.Callee(version_, e);
  if (function.yields) {
    return MakeSequence(e, id, pre);
  }
  if (version == infer::kNoVersion && NeverFits(e, function)) {
    return RaisingArguments(e, function, pre);
  }
  if (version == infer::kNoVersion) {
    return CallDynamic(e, closure != nullptr ? *closure : UnitPiece(types_.Function(id)), pre);
  }
  Code* code = machine_.CodeOf(version);
  const std::span<const frontend::Param> params = function.params();
  const uint32_t start = cursor_;
  const uint32_t base = ReserveCallee(*code);
  Chain captures;
  if (closure != nullptr && closure->rep == Rep::Ref) {
    captures.nodes.push_back(NewCopyCaptures(EmitRef(*closure), base, code));
  } else if (closure != nullptr && (closure->node != nullptr || closure->statement != nullptr)) {
    captures.nodes.push_back(EmitDiscard(*closure));
  }
  const std::vector<frontend::BoundArgument> bound = BindArguments(resolution_, e, function);
  const std::vector<Piece> pieces = BuildArguments(bound, params, pre);
  std::vector<uint32_t> order;
  for (const frontend::BoundArgument& argument : bound) {
    order.push_back(argument.param);
  }
  const Piece result = EmitCall(code, base, e.span, pieces, order, std::move(captures));
  cursor_ = start;
  return result;
}

// True when some argument does not return, or cannot be what is declared.
bool Builder::NeverFits(const frontend::CallExpr& e, const frontend::Function& function) {
  const std::vector<frontend::BoundArgument> bound = BindArguments(resolution_, e, function);
  return std::any_of(bound.begin(), bound.end(), [&](const frontend::BoundArgument& argument) {
    const TypeId type = TypeOf(*argument.value);
    return type == runtime::kNever ||
           inference_.Accept(function.locals[argument.param].type, type) == runtime::kNever;
  });
}

// A call that raises while its arguments are evaluated and checked.
Piece Builder::RaisingArguments(const frontend::CallExpr& e, const frontend::Function& function,
                                Chain* pre) {
  const std::span<const frontend::Param> params = function.params();
  Chain chain;
  for (const Piece& piece : BuildArguments(BindArguments(resolution_, e, function), params, pre)) {
    chain.nodes.push_back(EmitDiscard(piece));
  }
  return UnitPiece(runtime::kNever, Finish(chain));
}

uint32_t Builder::ReserveCallee(const Code& code) {
  uint32_t words = 0;
  for (const Code::Param& param : code.params) {
    words = std::max(words, param.slot + WordsOf(param.rep));
  }
  return Reserve(kHeaderWords + std::max(words, kGeneratorWords)) + kHeaderWords;
}

namespace {

// What kind of argument word a piece is, for a parameter held as `rep`.
bool ArgumentKind(const Piece& piece, Rep rep, Arg* kind) {
  if (piece.rep != rep || rep == Rep::Value || rep == Rep::Unit) {
    return false;
  }
  if (rep == Rep::Ref) {
    *kind = piece.form == Form::Local ? Arg::LocalRef : Arg::Ref;
    return true;
  }
  if (piece.form == Form::Local || piece.form == Form::Temp) {
    *kind = Arg::Local;
  } else if (piece.form == Form::Const) {
    *kind = Arg::Const;
  } else if (rep == Rep::Int) {
    *kind = Arg::Int;
  } else if (rep == Rep::Float) {
    *kind = Arg::Float;
  } else {
    return false;
  }
  return true;
}

}  // namespace

Piece Builder::EmitCall(Code* code, uint32_t base, Span span, const std::vector<Piece>& args,
                        const std::vector<uint32_t>& params, Chain before) {
  const TypeId type = inference_.Get(code->version).result;
  const Operand code_operand{.code = code};
  Node* node = nullptr;
  if (before.nodes.empty() && fused()) {
    node = EmitFusedCall(code, base, span, args, params);
  }
  if (node == nullptr) {
    for (size_t i = 0; i < args.size(); ++i) {
      const Code::Param& param = code->params[params[i]];
      const Slot slot{base + param.slot, param.rep, param.type};
      const Piece piece = As(args[i], param.type);
      if (slot.rep != Rep::Unit || piece.node != nullptr || piece.statement != nullptr) {
        before.nodes.push_back(EmitInit(piece, slot));
      }
    }
    node = New(3, std::span(&span, 1));
    node->o()[0] = Int(base);
    node->o()[1] = code_operand;
    node->o()[2] = Ptr(Finish(before));
    LAB_SET_BY_REP(node, CallChain, code->result);
  }
  if (code->result == Rep::Unit) {
    return StatementPiece(type, node);
  }
  return NodePiece(node, type);
}

Node* Builder::EmitFusedCall(Code* code, uint32_t base, Span span, const std::vector<Piece>& args,
                             const std::vector<uint32_t>& params) {
  if (args.empty() || code->params.size() != args.size()) {
    return nullptr;
  }
  const auto start = [&](std::vector<Operand>* operands) {
    operands->push_back(Int(base));
    operands->push_back({.code = code});
  };
  if (args.size() == 1 && args[0].form == Form::Binary && args[0].rep == Rep::Int &&
      code->params[0].rep == Rep::Int) {
    return EmitCallShape(code, base, span, args[0]);
  }
  std::vector<Arg> kinds;
  std::vector<Operand> operands;
  start(&operands);
  for (size_t i = 0; i < args.size(); ++i) {
    Arg kind;
    if (params[i] != i || code->params[i].slot != i ||
        !ArgumentKind(args[i], code->params[i].rep, &kind)) {
      return nullptr;
    }
    kinds.push_back(kind);
    operands.push_back(kind == Arg::Local || kind == Arg::LocalRef ? Int(args[i].slot)
                       : kind == Arg::Const ? Operand{.bits = args[i].constant.bits}
                                            : Ptr(Emit(args[i], args[i].rep)));
  }
  Node* node = New(operands.size(), std::span(&span, 1));
  std::copy(operands.begin(), operands.end(), node->o());
  if (SetFusedCall(node, kinds, code->result)) {
    return node;
  }
  node = New(3 + 2 * kinds.size(), std::span(&span, 1));
  std::copy_n(operands.begin(), 2, node->o());
  node->o()[2] = Int(static_cast<int64_t>(kinds.size()));
  for (size_t i = 0; i < kinds.size(); ++i) {
    node->o()[3 + 2 * i] = Int(static_cast<int64_t>(kinds[i]));
    node->o()[4 + 2 * i] = operands[2 + i];
  }
  SetCallMany(node, code->result);
  return node;
}

Node* Builder::NewCopyCaptures(const Node* closure, uint32_t base, Code* code) {
  return New(&CopyCaptures, {Ptr(closure), Int(base), {.code = code}}, {});
}

// spans: the call, then its arguments where they have places of their own.
Piece Builder::NewDynamicCall(const Node* callee, const std::vector<const Node*>& args,
                              const std::vector<Span>& spans) {
  // The callee's frame begins at the cursor: the arguments are done by then.
  const uint32_t base = Reserve(kHeaderWords) + kHeaderWords;
  Node* node = New(3 + args.size(), spans);
  node->eval_value = &CallBoxed;
  node->o()[0] = Int(base);
  node->o()[1] = Int(static_cast<int64_t>(args.size()));
  node->o()[2] = Ptr(callee);
  for (size_t i = 0; i < args.size(); ++i) {
    node->o()[3 + i] = Ptr(args[i]);
  }
  return NodePiece(node, runtime::kAny);
}

Piece Builder::CallDynamic(const frontend::CallExpr& e, Piece callee, Chain* pre) {
  const uint32_t start = cursor_;
  std::vector<const Expr*> values;
  for (const frontend::Argument& argument : e.args) {
    values.push_back(argument.value);
  }
  std::vector<const Node*> args;
  const Node* callee_node = EmitValue(callee);
  for (const Piece& piece : BuildAll(values, pre)) {
    args.push_back(EmitValue(piece));
  }
  std::vector<Span> spans{e.span};
  for (const Expr* value : values) {
    spans.push_back(value->span);
  }
  const Piece result = NewDynamicCall(callee_node, args, spans);
  cursor_ = start;
  return result;
}

Piece Builder::CallExtern(const frontend::CallExpr& e, const frontend::Function& function,
                          Chain* pre) {
  const frontend::FunctionDecl& decl = *function.decl;
  const auto id = machine_.program.IdOf(function);
  const std::vector<frontend::BoundArgument> bound = BindArguments(resolution_, e, function);
  const std::vector<Piece> written = BuildArguments(bound, decl.params, pre);
  const TypeId result = types_.FromDeclaration(*decl.result_type);
  bool in_order = true;
  for (size_t i = 0; i < bound.size(); ++i) {
    in_order = in_order && bound[i].param == i;
  }
  runtime::ExternFunction* external = in_order && fused() ? machine_.tables.Extern(id) : nullptr;
  machine_.context.failure.reset();  // a refusal is reported where the call runs
  const auto all_floats = std::all_of(written.begin(), written.end(),
                                      [](const Piece& piece) { return piece.rep == Rep::Float; });
  if (external != nullptr && all_floats) {
    const auto address = [](auto* function_pointer) {
      return Operand{.pointer = reinterpret_cast<const void*>(function_pointer)};
    };
    if (external->double_unary != nullptr) {
      return NodePiece(
          New(&CallDoubleUnary, {address(external->double_unary), Ptr(EmitFloat(written[0]))}, {}),
          result);
    }
    if (external->float_unary != nullptr) {
      return NodePiece(
          New(&CallFloatUnary, {address(external->float_unary), Ptr(EmitFloat(written[0]))}, {}),
          result);
    }
    if (external->double_binary != nullptr) {
      return NodePiece(New(&CallDoubleBinary,
                           {address(external->double_binary), Ptr(EmitFloat(written[0])),
                            Ptr(EmitFloat(written[1]))},
                           {}),
                       result);
    }
  }
  Node* node = New(2 + 2 * written.size(), std::span(&e.span, 1));
  node->eval_value = &CallExternBoxed;
  node->o()[0] = Int(id);
  node->o()[1] = Int(static_cast<int64_t>(written.size()));
  for (size_t i = 0; i < written.size(); ++i) {
    node->o()[2 + 2 * i] = Int(bound[i].param);
    node->o()[3 + 2 * i] = Ptr(EmitValue(written[i]));
  }
  return As(NodePiece(node, runtime::kAny), result);
}

Piece Builder::MakeSequence(const frontend::CallExpr& e, frontend::FunctionId id, Chain* pre) {
  const frontend::Function& function = resolution_.functions[id];
  const std::vector<frontend::BoundArgument> bound = BindArguments(resolution_, e, function);
  const std::vector<Piece> pieces = BuildArguments(bound, function.decl->params, pre);
  std::vector<uint32_t> params;
  for (const frontend::BoundArgument& argument : bound) {
    params.push_back(argument.param);
  }
  return SequenceOf(id, TypeOf(e), e.span, pieces, params);
}

Piece Builder::SequenceOf(frontend::FunctionId id, TypeId type, Span span,
                          const std::vector<Piece>& pieces, const std::vector<uint32_t>& params) {
  Node* node = New(3 + 2 * pieces.size(), std::span(&span, 1));
  node->eval_ref = &MakeGenerator;
  const bool settled = types_.Kind(type) == TypeKind::Seq;
  node->o()[0] = Int(id);
  node->o()[1] = Int(settled ? type : types_.Seq(runtime::kAny));
  node->o()[2] = Int(static_cast<int64_t>(pieces.size()));
  for (size_t i = 0; i < pieces.size(); ++i) {
    node->o()[3 + 2 * i] = Int(params[i]);
    node->o()[4 + 2 * i] = Ptr(EmitValue(pieces[i]));
  }
  return NodePiece(node, settled ? type : types_.Seq(runtime::kAny));
}

Piece Builder::BuildLambda(const frontend::LambdaExpr& e) {
  const frontend::FunctionId id = resolution_.function_of_expr[e.id];
  const frontend::Function& function = resolution_.functions[id];
  const TypeId type = TypeOf(e);
  const bool settled = types_.Kind(type) == TypeKind::Lambda;
  Node* node = New(3 + function.captures.size(), std::span(&e.span, 1));
  node->eval_ref = &MakeClosure;
  node->o()[0] = Int(id);
  node->o()[1] = Int(settled ? type : runtime::kAny);
  node->o()[2] = Int(static_cast<int64_t>(function.captures.size()));
  for (size_t i = 0; i < function.captures.size(); ++i) {
    const Slot& outer = locals_[function.captures[i].outer.index];
    node->o()[3 + i] = Ptr(EmitValue(SlotPiece(outer, Form::Local)));
  }
  // Any Ref type will do for a boxed result: the object carries its own.
  return NodePiece(node, settled ? type : runtime::kBuffer);
}

}  // namespace interp
