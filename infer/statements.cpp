// Bodies, blocks, assignments and control flow of one pass.

#include "infer/analysis.h"
#include "infer/operators.h"
#include "runtime/mutant.h"

namespace infer {

using frontend::Expr;
using frontend::FunctionKind;
using runtime::kNever;
using runtime::kNone;
using runtime::TypeKind;

void Analysis::Run() {
  const VersionId id = pass_.version;
  for (size_t local = 0; local < locals_.size(); ++local) {
    // A declared type holds even where nothing that fits it is ever assigned.
    const frontend::TypeExpr* declared = function_.locals[local].type;
    if (declared != nullptr && locals_[local] == kNever &&
        declared->kind != frontend::TypeExprKind::Seq &&
        declared->kind != frontend::TypeExprKind::Function) {
      locals_[local] = types_.FromDeclaration(*declared);
    }
  }
  switch (function_.kind) {
    case FunctionKind::Top:
      RunTop();
      return;
    case FunctionKind::Generator:
      RunGenerator(*function_.generator);
      return;
    case FunctionKind::Def:
    case FunctionKind::Bench:
    case FunctionKind::Lambda:
      break;
    case FunctionKind::Extern:
      return;
  }
  const Expr& body = function_.lambda ? *function_.lambda->body : *function_.decl->body;
  if (function_.yields) {
    Eval(body, Use::Discard);
    return;
  }
  const TypeId value = Eval(body, Use::Value);
  lattice_.set_site(body.span);
  const frontend::TypeExpr* declared = function_.decl ? function_.decl->result_type : nullptr;
  versions_.JoinResult(id, lattice_.Accept(declared, value));
}

void Analysis::RunTop() {
  const frontend::Program& program = versions_.program();
  const Expr* last = nullptr;
  for (const frontend::Item& item : program.items) {
    last = item.expr ? item.expr : last;
  }
  for (const frontend::Item& item : program.items) {
    if (item.expr != nullptr) {
      const TypeId type = Eval(*item.expr, item.expr == last ? Use::Value : Use::Discard);
      if (item.expr == last) {
        versions_.JoinResult(pass_.version, type);
      }
      continue;
    }
    for (const frontend::Param& param : item.function->params) {
      if (param.default_value != nullptr) {
        versions_.SetDefault(*param.default_value, Eval(*param.default_value, Use::Value));
      }
    }
  }
  if (last == nullptr) {
    versions_.JoinResult(pass_.version, kNone);
  }
}

void Analysis::RunGenerator(const frontend::ComprehensionExpr& generator) {
  Bind(generator.clauses[0].variable, lattice_.ElementOf(ReadLocal(0)));
  const TypeId element = EvalClauses(generator, 1);
  lattice_.set_site(generator.element->span);
  versions_.JoinYielded(pass_.version, element);
}

TypeId Analysis::EvalBlock(const frontend::BlockExpr& block, Use use) {
  TypeId value = kNone;
  bool returns = true;
  for (const Expr* item : block.items) {
    const bool is_last = item == block.items.back();
    value = Eval(*item, is_last ? use : Use::Discard);
    returns = returns && value != kNever;
  }
  return returns ? value : kNever;
}

TypeId Analysis::EvalLet(const frontend::LetExpr& let) {
  const TypeId value = Eval(*let.value, Use::Value);
  lattice_.set_site(let.span);
  const TypeId accepted = lattice_.Accept(let.type, value);
  Bind(let.binding, accepted);
  return accepted == kNever ? kNever : kNone;
}

TypeId Analysis::EvalAssign(const frontend::AssignExpr& assign) {
  TypeId value = Eval(*assign.value, Use::Value);
  if (const auto* place = frontend::DynCast<frontend::IndexExpr>(*assign.target)) {
    const TypeId element = Eval(*place, Use::Value);
    const TypeId list = exprs_[place->object->id - first_expr_];
    lattice_.set_site(assign.span);
    if (assign.is_compound) {
      value = BinaryType(lattice_, types_, assign.op, element, value);
    }
    if (types_.Kind(list) == TypeKind::List || list == runtime::kAny) {
      lattice_.Store(list, value);
    } else {
      lattice_.Escape(value);
      value = kNever;
    }
    return value == kNever ? kNever : kNone;
  }
  const frontend::Ref ref = resolution_.names[assign.target->id];
  LAB_CHECK(ref.kind == frontend::RefKind::Local);
  if (assign.is_compound) {
    const TypeId before = ReadLocal(ref.index);
    lattice_.set_site(assign.span);
    value = BinaryType(lattice_, types_, assign.op, before, value);
  }
  lattice_.set_site(assign.span);
  value = lattice_.Accept(function_.locals[ref.index].type, value);
  JoinLocal(ref.index, value);
  Set(*assign.target, locals_[ref.index]);
  return value == kNever ? kNever : kNone;
}

TypeId Analysis::EvalIf(const frontend::IfExpr& branches, Use use) {
  TypeId value = kNever;
  const bool has_value = use == Use::Value && branches.otherwise != nullptr;
  const Use branch_use = has_value ? Use::Value : Use::Discard;
  bool returns = branches.otherwise == nullptr;
  bool is_reached = true;
  const auto join = [&](const Expr& body) {
    const TypeId type = Eval(body, branch_use);
    returns = returns || type != kNever;
    if (has_value) {
      lattice_.set_site(body.span);
      value = LAB_MUTANT(407, lattice_.Join(value, type), type);
    }
  };
  for (const frontend::Branch& branch : branches.branches) {
    const TypeId condition = Eval(*branch.condition, Use::Value);
    if (&branch == &branches.branches.front()) {
      is_reached = condition != kNever;
    }
    join(*branch.body);
  }
  if (branches.otherwise != nullptr) {
    join(*branches.otherwise);
  }
  if (!is_reached || !returns) {
    return kNever;
  }
  return has_value ? value : kNone;
}

TypeId Analysis::EvalWhile(const frontend::WhileExpr& loop) {
  TypeId condition = kNever;
  RepeatWhileStale([&] {
    condition = Eval(*loop.condition, Use::Value);
    Eval(*loop.body, Use::Discard);
  });
  return condition == kNever ? kNever : kNone;
}

TypeId Analysis::EvalFor(const frontend::ForExpr& loop) {
  const TypeId source = Eval(*loop.source, Use::Value);
  RepeatWhileStale([&] {
    // Read again in each walk: the body may store into the list it loops over.
    Bind(loop.variable, lattice_.ElementOf(source));
    Eval(*loop.body, Use::Discard);
  });
  if (!CanIterate(source)) {
    lattice_.Escape(source);
    return kNever;
  }
  return kNone;
}

TypeId Analysis::EvalReturn(const frontend::ReturnExpr& statement) {
  const TypeId value = statement.value ? Eval(*statement.value, Use::Value) : kNone;
  if (!function_.yields) {
    lattice_.set_site(statement.span);
    const frontend::TypeExpr* declared = function_.decl ? function_.decl->result_type : nullptr;
    const TypeId accepted = lattice_.Accept(declared, value);
    LAB_MUTANT(408, versions_.JoinResult(pass_.version, accepted), void());
  }
  return kNever;
}

TypeId Analysis::EvalYield(const frontend::YieldExpr& statement) {
  const TypeId value = Eval(*statement.value, Use::Value);
  lattice_.set_site(statement.span);
  versions_.JoinYielded(pass_.version, value);
  return value == kNever ? kNever : kNone;
}

}  // namespace infer
