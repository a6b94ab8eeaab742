// Names, operators, lists, blocks and loops of one pass. Calls stand in
// calls.cpp and builtin_rules.cpp, control flow in statements.cpp.

#include "infer/analysis.h"

#include "infer/operators.h"
#include "runtime/mutant.h"

namespace infer {

using frontend::Cast;
using frontend::DynCast;
using frontend::Expr;
using frontend::ExprKind;
using frontend::FunctionId;
using frontend::LocalId;
using frontend::RefKind;
using runtime::kAny;
using runtime::kBool;
using runtime::kFloat;
using runtime::kInt;
using runtime::kNever;
using runtime::kNone;
using runtime::kStr;
using runtime::TypeKind;

Analysis::Analysis(Versions& versions, Pass& pass)
    : versions_(versions),
      pass_(pass),
      lattice_(versions.lattice()),
      types_(versions.types()),
      resolution_(versions.resolution()),
      function_(resolution_.functions[versions.Get(pass.version).function]),
      locals_(versions.version(pass.version).locals),
      exprs_(versions.version(pass.version).exprs),
      callees_(versions.version(pass.version).callees),
      first_expr_(function_.first_expr),
      first_read_(locals_.size(), kNoTick) {}

TypeId Analysis::ReadLocal(LocalId local) {
  if (first_read_[local] == kNoTick) {
    first_read_[local] = versions_.worklist().now();
  }
  return locals_[local];
}

// A lambda of the top level may capture what has become a global.
TypeId Analysis::ReadCapture(frontend::Ref outer) {
  return outer.kind == RefKind::Global ? versions_.ReadGlobal(outer.index) : ReadLocal(outer.index);
}

void Analysis::JoinLocal(LocalId local, TypeId type) {
  if (locals_[local] == type) {
    return;
  }
  const TypeId joined = lattice_.Join(locals_[local], type);
  if (joined != locals_[local] && LAB_MUTANT(404, true, locals_[local] == kNever)) {
    locals_[local] = joined;
    LAB_MUTANT(405, pass_.MarkStale(first_read_[local]), void());
    first_read_[local] = kNoTick;
  }
}

void Analysis::Bind(const frontend::Binding& binding, TypeId type) {
  const frontend::Ref ref = resolution_.bindings[binding.id];
  if (ref.kind == RefKind::Global) {
    versions_.JoinGlobal(ref.index, type);
  } else {
    JoinLocal(ref.index, type);
  }
}

TypeId Analysis::Eval(const Expr& expr, Use use) {
  ++versions_.nesting;
  const TypeId type = EvalKind(expr, use);
  --versions_.nesting;
  Set(expr, type);
  return type;
}

TypeId Analysis::EvalKind(const Expr& expr, Use use) {
  switch (expr.kind) {
    case ExprKind::Int:
      return kInt;
    case ExprKind::Float:
      return kFloat;
    case ExprKind::Str:
      return kStr;
    case ExprKind::Bool:
      return kBool;
    case ExprKind::None:
      return kNone;
    case ExprKind::Name:
      return EvalName(Cast<frontend::NameExpr>(expr));
    case ExprKind::List:
      return EvalList(Cast<frontend::ListExpr>(expr));
    case ExprKind::Comprehension:
      return EvalComprehension(Cast<frontend::ComprehensionExpr>(expr));
    case ExprKind::Unary: {
      const auto& unary = Cast<frontend::UnaryExpr>(expr);
      return UnaryType(lattice_, unary.op, Eval(*unary.operand, Use::Value));
    }
    case ExprKind::Binary:
      return EvalBinary(Cast<frontend::BinaryExpr>(expr));
    case ExprKind::Logical:
      return EvalLogical(Cast<frontend::LogicalExpr>(expr));
    case ExprKind::Call:
      return EvalCall(Cast<frontend::CallExpr>(expr));
    case ExprKind::Index:
      return EvalIndex(Cast<frontend::IndexExpr>(expr));
    case ExprKind::Lambda:
      return EvalLambda(Cast<frontend::LambdaExpr>(expr));
    case ExprKind::Block:
      return EvalBlock(Cast<frontend::BlockExpr>(expr), use);
    case ExprKind::Let:
      return EvalLet(Cast<frontend::LetExpr>(expr));
    case ExprKind::Assign:
      return EvalAssign(Cast<frontend::AssignExpr>(expr));
    case ExprKind::If:
      return EvalIf(Cast<frontend::IfExpr>(expr), use);
    case ExprKind::While:
      return EvalWhile(Cast<frontend::WhileExpr>(expr));
    case ExprKind::For:
      return EvalFor(Cast<frontend::ForExpr>(expr));
    case ExprKind::Return:
      return EvalReturn(Cast<frontend::ReturnExpr>(expr));
    case ExprKind::Break:
    case ExprKind::Continue:
      return kNever;
    case ExprKind::Yield:
      return EvalYield(Cast<frontend::YieldExpr>(expr));
  }
  return kNever;
}

TypeId Analysis::EvalName(const frontend::NameExpr& name) {
  const frontend::Ref ref = resolution_.names[name.id];
  switch (ref.kind) {
    case RefKind::Local:
      return ReadLocal(ref.index);
    case RefKind::Global:
      return versions_.ReadGlobal(ref.index);
    case RefKind::Function:
      return versions_.FunctionType(ref.index);
    case RefKind::Builtin:
      return versions_.program().builtins[ref.index].is_constant
                 ? kFloat
                 : types_.Builtin(static_cast<frontend::BuiltinId>(ref.index));
    case RefKind::None:
      break;
  }
  LAB_CHECK(false);
  return kNever;
}

TypeId Analysis::EvalList(const frontend::ListExpr& list) {
  if (list.items.empty()) {
    return versions_.OpenListOf(pass_.version, list);
  }
  TypeId element = kNever;
  bool returns = true;
  for (const Expr* item : list.items) {
    const TypeId type = Eval(*item, Use::Value);
    returns = returns && type != kNever;
    lattice_.set_site(item->span);
    element = LAB_MUTANT(406, lattice_.Join(element, type), type);
  }
  if (!returns) {
    return kNever;
  }
  element = lattice_.Storable(element);
  const TypeKind kind = types_.Kind(element);
  if (kind == TypeKind::None || kind == TypeKind::Buffer || kind == TypeKind::Seq ||
      kind == TypeKind::Function || kind == TypeKind::Builtin || kind == TypeKind::Lambda) {
    lattice_.Escape(element);
    element = kAny;
  }
  return lattice_.List(element);
}

bool Analysis::CanIterate(TypeId source) const {
  const TypeKind kind = types_.Kind(source);
  return kind == TypeKind::List || kind == TypeKind::Seq || kind == TypeKind::Str ||
         kind == TypeKind::Any;
}

TypeId Analysis::EvalClauses(const frontend::ComprehensionExpr& comprehension, size_t first) {
  TypeId element = kNever;
  RepeatWhileStale([&] {
    for (const frontend::Clause& clause : comprehension.clauses.subspan(first)) {
      const TypeId source = Eval(*clause.source, Use::Value);
      if (clause.is_for) {
        Bind(clause.variable, lattice_.ElementOf(source));
      }
    }
    element = Eval(*comprehension.element, Use::Value);
  });
  return element;
}

TypeId Analysis::EvalComprehension(const frontend::ComprehensionExpr& comprehension) {
  const FunctionId function = resolution_.function_of_expr[comprehension.id];
  if (function != 0) {
    return EvalStoredGenerator(comprehension, function);
  }
  // The first source is evaluated even when there are no turns; all else may not be.
  const frontend::Clause& outermost = comprehension.clauses[0];
  const TypeId source = Eval(*outermost.source, Use::Value);
  Bind(outermost.variable, lattice_.ElementOf(source));
  const TypeId element = EvalClauses(comprehension, 1);
  if (!CanIterate(source)) {
    lattice_.Escape(source);
    return kNever;
  }
  lattice_.set_site(comprehension.element->span);
  if (!comprehension.is_list) {
    return lattice_.Seq(element);
  }
  const TypeId list = versions_.OpenListOf(pass_.version, comprehension);
  lattice_.Store(list, element);
  return list;
}

TypeId Analysis::EvalStoredGenerator(const frontend::ComprehensionExpr& generator,
                                     FunctionId function) {
  const frontend::Function& callee = resolution_.functions[function];
  std::vector<TypeId> args{Eval(*generator.clauses[0].source, Use::Value)};
  for (const frontend::Capture& capture : callee.captures) {
    args.push_back(ReadCapture(capture.outer));
  }
  for (const TypeId arg : args) {
    if (arg == kNever) {
      return kNever;
    }
  }
  const VersionId version = versions_.Require(function, std::move(args));
  SetCallee(generator, version);
  return versions_.ResultOf(version);
}

TypeId Analysis::EvalBinary(const frontend::BinaryExpr& binary) {
  const auto apply = [&](const frontend::BinaryExpr& node, TypeId left) {
    const TypeId right = Eval(*node.right, Use::Value);
    lattice_.set_site(node.span);
    return BinaryType(lattice_, types_, node.op, left, right);
  };
  if (binary.left->kind != ExprKind::Binary) {
    return apply(binary, Eval(*binary.left, Use::Value));
  }
  const std::vector<const frontend::BinaryExpr*> spine = LeftSpine(binary);
  TypeId left = Eval(*spine.front()->left, Use::Value);
  for (const frontend::BinaryExpr* node : spine) {
    left = apply(*node, left);
    Set(*node, left);
  }
  return left;
}

TypeId Analysis::EvalLogical(const frontend::LogicalExpr& logical) {
  TypeId first = kNever;
  for (const Expr* operand : logical.operands) {
    const TypeId type = Eval(*operand, Use::Value);
    first = operand == logical.operands.front() ? type : first;
  }
  return first == kNever ? kNever : kBool;
}

TypeId Analysis::EvalIndex(const frontend::IndexExpr& index) {
  const TypeId object = Eval(*index.object, Use::Value);
  const TypeId position = Eval(*index.index, Use::Value);
  if (object == kNever || position == kNever) {
    return kNever;
  }
  switch (types_.Kind(object)) {
    case TypeKind::List:
      return lattice_.Element(object);
    case TypeKind::Str:
      return kStr;
    case TypeKind::Any:
      return kAny;
    case TypeKind::Never:
    case TypeKind::None:
    case TypeKind::Bool:
    case TypeKind::Int:
    case TypeKind::Float:
    case TypeKind::Buffer:
    case TypeKind::Seq:
    case TypeKind::Function:
    case TypeKind::Builtin:
    case TypeKind::Lambda:
    case TypeKind::Cell:
      lattice_.Escape(object);
      return kNever;
  }
  return kNever;
}

TypeId Analysis::EvalLambda(const frontend::LambdaExpr& lambda) {
  const FunctionId function = resolution_.function_of_expr[lambda.id];
  std::vector<TypeId> captures;
  for (const frontend::Capture& capture : resolution_.functions[function].captures) {
    captures.push_back(ReadCapture(capture.outer));
    if (captures.back() == kNever) {
      return kNever;
    }
  }
  return lattice_.Lambda(function, captures);
}

}  // namespace infer
