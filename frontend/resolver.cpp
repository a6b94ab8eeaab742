// The frame of the resolver: declares what the file holds, walks item by item,
// and gives locals their final numbers. Tested by tests/frontend/resolver_test.cpp.

#include "frontend/resolver.h"

#include <algorithm>
#include <utility>

#include "frontend/resolver_state.h"

namespace frontend {

Resolution ResolverState::Run() {
  result_.names.resize(tree_.expr_count);
  result_.bindings.resize(tree_.binding_count);
  result_.effects.resize(tree_.expr_count);
  result_.function_of_expr.resize(tree_.expr_count);
  names_.reserve(builtins_.size() + tree_.items.size());

  Function top{.kind = FunctionKind::Top, .name = "<top>", .span = {}, .parent = kTopFunction};
  top.end_expr = tree_.expr_count;
  result_.functions.push_back(std::move(top));
  stack_.emplace_back();

  DeclareBuiltins();
  DeclareItems();
  FunctionId next_named = kTopFunction + 1;
  for (const Item& item : tree_.items) {
    if (sink_.full()) {
      break;
    }
    ResolveItem(item, next_named);
  }
  FinishTopLevel();
  std::sort(result_.argument_maps.begin(), result_.argument_maps.end(),
            [](const ArgumentMap& a, const ArgumentMap& b) { return a.call < b.call; });
  return std::move(result_);
}

void ResolverState::DeclareBuiltins() {
  for (size_t i = 0; i < builtins_.size(); ++i) {
    Declare(builtins_[i].name,
            {.kind = DeclarationKind::Builtin, .index = static_cast<uint32_t>(i)});
  }
}

void ResolverState::DeclareItems() {
  for (const Item& item : tree_.items) {
    if (item.function != nullptr) {
      const FunctionDecl& decl = *item.function;
      FunctionKind kind = decl.kind == DeclKind::Def     ? FunctionKind::Def
                          : decl.kind == DeclKind::Bench ? FunctionKind::Bench
                                                         : FunctionKind::Extern;
      auto id = static_cast<FunctionId>(result_.functions.size());
      Function function{
          .kind = kind, .name = decl.binding.name, .span = decl.binding.span, .parent = id};
      function.decl = &decl;
      function.is_memo = decl.is_memo;
      result_.functions.push_back(std::move(function));
      result_.bindings[decl.binding.id] = {RefKind::Function, id};
      DeclareItem(decl.binding, {.kind = DeclarationKind::Function, .index = id});
    } else if (const auto* let = DynCast<LetExpr>(*item.expr)) {
      auto index = static_cast<uint32_t>(top_level_.size());
      top_level_.push_back({.let = let});
      DeclareItem(let->binding, {.kind = DeclarationKind::TopLevel,
                                 .origin = let->is_var ? Origin::Var : Origin::Let,
                                 .index = index});
    }
  }
}

void ResolverState::DeclareItem(const Binding& binding, Declaration declaration) {
  std::string name(binding.name);
  if (const Declaration* other = Find(binding.name)) {
    Diagnostic diagnostic{.kind = DiagnosticKind::ShadowsTopLevel, .span = binding.span};
    bool two_functions =
        other->kind == DeclarationKind::Function && declaration.kind == DeclarationKind::Function;
    if (other->kind == DeclarationKind::Builtin) {
      bool constant = builtins_[other->index].is_constant;
      diagnostic.message = "`" + name + "` is a built-in " + (constant ? "constant" : "function") +
                           " and cannot be declared anew at the top level.";
      diagnostic.cause = "inside a function a local name may be the same";
    } else if (two_functions || other->kind == DeclarationKind::TopLevel) {
      diagnostic.kind = DiagnosticKind::AlreadyDeclared;
      diagnostic.message = "`" + name + "` is declared twice at the top level.";
      diagnostic.labels = {{other->span, "declared here first"}};
    } else {
      diagnostic.message = "`" + name + "` is already the name of a function.";
      diagnostic.labels = {{other->span, "the function"}};
    }
    diagnostic.fix = "choose another name";
    sink_.Report(std::move(diagnostic));
    return;
  }
  declaration.span = binding.span;
  Declare(binding.name, declaration);
}

void ResolverState::ResolveItem(const Item& item, FunctionId& next_named) {
  if (item.function != nullptr) {
    ResolveNamedFunction(*item.function, next_named++);
    return;
  }
  Visit(*item.expr);
}

void ResolverState::ResolveNamedFunction(const FunctionDecl& decl, FunctionId id) {
  CheckSignature(decl);
  BeginFunction(id);
  uint32_t scope = OpenScope();
  DeclareParams(decl.params);
  result_.functions[id].first_expr = next_expr_;
  if (decl.body != nullptr) {
    result_.functions[id].first_expr = decl.body->id;
    Visit(*decl.body);
  }
  result_.functions[id].end_expr = next_expr_;
  CloseScope(scope);

  const Function& function = result_.functions[id];
  Span returned = current().returns_value;
  if (function.yields && returned != Span{}) {
    sink_.Report({.kind = DiagnosticKind::ReturnsAndYields,
                  .span = returned,
                  .message = "`" + std::string(decl.binding.name) +
                             "` yields its values, so `return` cannot give another one.",
                  .cause = "a call of a function that yields gives a sequence",
                  .fix = "yield the value, and write `return` alone to stop"});
  }
  if (function.yields && decl.is_memo) {
    sink_.Report({.kind = DiagnosticKind::MemoYields,
                  .span = decl.binding.span,
                  .message = "`" + std::string(decl.binding.name) +
                             "` yields, so its result cannot be remembered.",
                  .cause = "a sequence can be consumed only once",
                  .fix = "return a list, or leave `memo` out"});
  }
  EndFunction();
}

void ResolverState::BeginFunction(FunctionId id) {
  FunctionState& state = stack_.emplace_back();
  state.id = id;
  state.kind = result_.functions[id].kind;
}

void ResolverState::DeclareParams(std::span<const Param> params) {
  for (const Param& param : params) {
    AddLocal(param.binding, param.type, Origin::Parameter);
  }
  Function& function = result_.functions[current().id];
  function.param_count = static_cast<uint32_t>(function.locals.size());
}

void ResolverState::EndFunction() {
  FunctionState& state = current();
  Function& function = result_.functions[state.id];
  Renumber(state);
  if (function.locals.size() > kMaxLocals) {
    sink_.Report({.kind = DiagnosticKind::TooManyLocals,
                  .span = function.span,
                  .message = "This function has " + std::to_string(function.locals.size()) +
                             " names of its own; at most " + std::to_string(kMaxLocals) +
                             " are possible.",
                  .fix = "split it, or keep the values in a list"});
  }
  stack_.pop_back();
}

// Puts captures between the parameters and the other locals.
void ResolverState::Renumber(FunctionState& state) {
  if (state.captured.empty()) {
    return;
  }
  Function& function = result_.functions[state.id];
  auto captures = static_cast<uint32_t>(state.captured.size());
  auto renumber = [&](Ref& ref) {
    if (ref.kind != RefKind::Local) {
      return;
    }
    if ((ref.index & kCaptureBit) != 0) {
      ref.index = function.param_count + (ref.index & ~kCaptureBit);
    } else if (ref.index >= function.param_count) {
      ref.index += captures;
    }
  };
  for (ExprId id : state.local_names) {
    renumber(result_.names[id]);
  }
  for (BindingId id : state.local_bindings) {
    renumber(result_.bindings[id]);
  }
  for (FunctionId child : state.children) {
    for (Capture& capture : result_.functions[child].captures) {
      renumber(capture.outer);
    }
  }
  for (Capture& capture : function.captures) {
    capture.inner = function.param_count + (capture.inner & ~kCaptureBit);
  }
  function.locals.insert(function.locals.begin() + function.param_count, state.captured.begin(),
                         state.captured.end());
}

// Top-level lets that a function reads leave the locals and become globals.
void ResolverState::FinishTopLevel() {
  FunctionState& state = stack_[0];
  Function& function = result_.functions[kTopFunction];
  std::vector<Ref> final_ref(function.locals.size());
  for (const TopLevelName& top : top_level_) {
    if (top.is_global && top.is_declared) {
      final_ref[top.local] = {RefKind::Global, top.global};
    }
  }
  std::vector<Local> locals;
  for (size_t i = 0; i < final_ref.size(); ++i) {
    if (final_ref[i].kind == RefKind::None) {
      final_ref[i] = {RefKind::Local, static_cast<uint32_t>(locals.size())};
      locals.push_back(function.locals[i]);
    }
  }
  function.locals = std::move(locals);
  auto finish = [&](Ref& ref) {
    if (ref.kind == RefKind::Local) {
      ref = final_ref[ref.index];
    }
  };
  for (ExprId id : state.local_names) {
    finish(result_.names[id]);
  }
  for (BindingId id : state.local_bindings) {
    finish(result_.bindings[id]);
  }
  for (FunctionId child : state.children) {
    for (Capture& capture : result_.functions[child].captures) {
      finish(capture.outer);
    }
  }
  // A function can run before a let only if something before the let calls one.
  bool calls = false;
  size_t next_top = 0;
  for (const Item& item : tree_.items) {
    if (item.expr == nullptr) {
      continue;
    }
    calls |= (result_.effects[item.expr->id] & kCalls) != 0;
    if (item.expr->kind == ExprKind::Let) {
      const TopLevelName& top = top_level_[next_top++];
      if (top.is_global) {
        result_.globals[top.global].may_be_unset = calls;
      }
    }
  }
}

void ResolverState::MakeGlobal(TopLevelName& top) {
  if (top.is_global) {
    return;
  }
  top.is_global = true;
  top.global = static_cast<GlobalId>(result_.globals.size());
  result_.globals.push_back({.name = top.let->binding.name,
                             .span = top.let->binding.span,
                             .type = top.let->type,
                             .let = top.let,
                             .may_be_unset = true});
}

Resolution Resolve(const SyntaxTree& tree, Signatures builtins, DiagnosticSink& sink) {
  return ResolverState(tree, builtins, sink).Run();
}

}  // namespace frontend
