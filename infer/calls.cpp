// Calls of one pass: by name, and of values whose type says what they are.

#include "infer/analysis.h"

namespace infer {

using frontend::Expr;
using frontend::FunctionId;
using frontend::RefKind;
using runtime::BuiltinKind;
using runtime::kAny;
using runtime::kNever;
using runtime::TypeKind;

TypeId Analysis::EvalCall(const frontend::CallExpr& call) {
  TypeId callee = kNever;
  if (const auto* name = frontend::DynCast<frontend::NameExpr>(*call.callee)) {
    const frontend::Ref ref = resolution_.names[name->id];
    if (ref.kind == RefKind::Function) {
      Set(*name, versions_.FunctionType(ref.index));
      return EvalDirectCall(call, ref.index);
    }
  }
  callee = Eval(*call.callee, Use::Value);
  std::vector<TypeId> args;
  args.reserve(call.args.size());
  bool returns = callee != kNever;
  for (const frontend::Argument& arg : call.args) {
    args.push_back(Eval(*arg.value, Use::Value));
    returns = returns && args.back() != kNever;
  }
  if (!returns) {
    return kNever;
  }
  lattice_.set_site(call.span);
  if (types_.Kind(callee) == TypeKind::Builtin) {
    const uint32_t builtin = types_.Get(callee).index;
    const frontend::Signature& signature = versions_.program().builtins[builtin];
    if (args.size() < signature.min_args ||
        (signature.max_args != frontend::kAnyCount && args.size() > signature.max_args)) {
      return kNever;
    }
    return CallBuiltin(static_cast<BuiltinKind>(builtin), args, &call);
  }
  VersionId version = kNoVersion;
  const TypeId result = CallValue(callee, args, &version);
  SetCallee(call, version);
  return result;
}

TypeId Analysis::EvalDirectCall(const frontend::CallExpr& call, FunctionId function) {
  const frontend::Function& callee = resolution_.functions[function];
  std::vector<TypeId> args(callee.param_count, kNever);
  const frontend::ArgumentMap* map = resolution_.FindArgumentMap(call.id);
  bool returns = true;
  for (size_t i = 0; i < call.args.size(); ++i) {
    const TypeId type = Eval(*call.args[i].value, Use::Value);
    returns = returns && type != kNever;
    args[map ? map->param_of_arg[i] : i] = type;
  }
  if (map != nullptr) {
    for (const uint32_t param : map->defaulted_params) {
      args[param] = versions_.ReadDefault(*callee.decl->params[param].default_value);
    }
  }
  if (!returns) {
    return kNever;
  }
  lattice_.set_site(call.span);
  VersionId version = kNoVersion;
  const TypeId result = CallFunction(function, args, {}, &version);
  SetCallee(call, version);
  return result;
}

TypeId Analysis::CallFunction(FunctionId function, std::span<const TypeId> args,
                              std::span<const TypeId> captures, VersionId* version) {
  const frontend::Function& callee = resolution_.functions[function];
  LAB_CHECK(args.size() == callee.param_count);
  std::vector<TypeId> accepted;
  accepted.reserve(args.size() + captures.size());
  for (size_t i = 0; i < args.size(); ++i) {
    accepted.push_back(lattice_.Accept(callee.locals[i].type, args[i]));
    if (accepted.back() == kNever) {
      return kNever;
    }
  }
  accepted.insert(accepted.end(), captures.begin(), captures.end());
  *version = versions_.Require(function, std::move(accepted));
  return versions_.ResultOf(*version);
}

TypeId Analysis::CallValue(TypeId callee, std::span<const TypeId> args, VersionId* version) {
  const runtime::Type& type = types_.Get(callee);
  const auto escape_args = [&] {
    for (const TypeId arg : args) {
      lattice_.Escape(arg);
    }
  };
  switch (type.kind) {
    case TypeKind::Function:
    case TypeKind::Lambda: {
      const frontend::Function& function = resolution_.functions[type.index];
      std::vector<TypeId> all(args.begin(), args.end());
      while (function.decl != nullptr && all.size() < function.param_count &&
             function.decl->params[all.size()].default_value != nullptr) {
        all.push_back(versions_.ReadDefault(*function.decl->params[all.size()].default_value));
      }
      if (all.size() != function.param_count) {
        escape_args();
        return kNever;
      }
      return CallFunction(type.index, all, type.args, version);
    }
    case TypeKind::Builtin: {
      const frontend::Signature& signature = versions_.program().builtins[type.index];
      if (args.size() < signature.min_args ||
          (signature.max_args != frontend::kAnyCount && args.size() > signature.max_args)) {
        escape_args();
        return kNever;
      }
      return CallBuiltin(static_cast<BuiltinKind>(type.index), args, nullptr);
    }
    case TypeKind::Any:
      escape_args();
      return kAny;
    case TypeKind::Never:
    case TypeKind::None:
    case TypeKind::Bool:
    case TypeKind::Int:
    case TypeKind::Float:
    case TypeKind::Str:
    case TypeKind::Buffer:
    case TypeKind::List:
    case TypeKind::Seq:
    case TypeKind::Cell:
      lattice_.Escape(callee);
      escape_args();
      return kNever;
  }
  return kNever;
}

}  // namespace infer
