// Which versions call which, and where the depth of calls must be counted.

#include "jit/call_graph.h"

#include <algorithm>

#include "frontend/walk.h"
#include "jit/machine.h"
#include "runtime/builtins.h"

namespace jit {
namespace {

using frontend::Expr;
using frontend::ExprKind;
using runtime::BuiltinKind;
using runtime::TypeKind;

// Visits all expressions that belong to the function's own code. Left operands of operators may
// lean a million deep.
template <typename Visit>
void VisitOwn(const frontend::Resolution& resolution, const Expr& root, const Visit& visit) {
  std::vector<const Expr*> pending{&root};
  while (!pending.empty()) {
    const Expr& e = *pending.back();
    pending.pop_back();
    visit(e);
    if (e.kind == ExprKind::Lambda) {
      continue;
    }
    if (e.kind == ExprKind::Comprehension && resolution.function_of_expr[e.id] != 0) {
      // A stored generator: only its first source is evaluated here.
      pending.push_back(frontend::Cast<frontend::ComprehensionExpr>(e).clauses[0].source);
      continue;
    }
    frontend::ForEachChild(e, [&](const Expr& child) { pending.push_back(&child); });
  }
}

}  // namespace

infer::VersionId StageVersion(Machine& machine, runtime::TypeId function, runtime::TypeId element) {
  const runtime::Type& type = machine.context.types.Get(function);
  if (type.kind != TypeKind::Function && type.kind != TypeKind::Lambda) {
    return infer::kNoVersion;
  }
  const frontend::Function& callee = machine.program.resolution.functions[type.index];
  if (callee.param_count != 1 || callee.kind == frontend::FunctionKind::Extern || callee.yields) {
    return infer::kNoVersion;
  }
  const frontend::Param& param = callee.params()[0];
  const runtime::TypeId accepted = machine.inference.Accept(param.type, element);
  if (accepted == runtime::kNever) {
    return infer::kNoVersion;
  }
  std::vector<runtime::TypeId> types{accepted};
  types.insert(types.end(), type.args.begin(), type.args.end());
  return machine.VersionFor(type.index, types);
}

void CallGraph::Add(infer::VersionId root, Depths depths) {
  std::vector<infer::VersionId> pending{root};
  while (!pending.empty()) {
    const infer::VersionId id = pending.back();
    pending.pop_back();
    const auto [place, is_new] = nodes_.try_emplace(id);
    if (!is_new) {
      continue;
    }
    Node& node = place->second;
    order_.push_back(id);
    Scan(id, node);
    pending.insert(pending.end(), node.callees.begin(), node.callees.end());
  }
  nodes_.at(root).depths = std::max(nodes_.at(root).depths, depths);
}

void CallGraph::Scan(infer::VersionId id, Node& node) {
  const infer::Version& version = machine_.inference.Get(id);
  const frontend::Function& function = machine_.program.resolution.functions[version.function];
  if (function.yields) {
    node.calls_unknown = true;  // its depth is its consumer's
  }
  const auto scan = [&](const Expr& root) {
    VisitOwn(machine_.program.resolution, root, [&](const Expr& e) { ScanExpr(version, e, node); });
  };
  if (version.function == frontend::kTopFunction) {
    for (const frontend::Item& item : machine_.program.items) {
      if (item.expr != nullptr) {
        scan(*item.expr);
      }
    }
  } else if (function.generator != nullptr) {
    // All its parts but the first source, which has been evaluated.
    for (const frontend::Clause& clause : function.generator->clauses) {
      if (&clause != function.generator->clauses.data()) {
        scan(*clause.source);
      }
    }
    scan(*function.generator->element);
  } else if (function.lambda != nullptr) {
    scan(*function.lambda->body);
  } else if (function.decl->body != nullptr) {
    scan(*function.decl->body);
  }
  std::sort(node.callees.begin(), node.callees.end());
  node.callees.erase(std::unique(node.callees.begin(), node.callees.end()), node.callees.end());
}

// The source of a loop whose parts are seen where they stand: those of a generator at its call, those
// of map and filter at theirs.
bool CallGraph::IsMadeInPlace(const infer::Version& version, const Expr& source) const {
  const frontend::Resolution& resolution = machine_.program.resolution;
  if (source.kind == ExprKind::Comprehension) {
    return resolution.function_of_expr[source.id] == 0;
  }
  const auto* call = frontend::DynCast<frontend::CallExpr>(source);
  if (call == nullptr) {
    return false;
  }
  if (call->callee->kind == ExprKind::Name) {
    const frontend::Ref ref = resolution.names[call->callee->id];
    if (ref.kind == frontend::RefKind::Builtin) {
      const auto kind = static_cast<BuiltinKind>(ref.index);
      return kind == BuiltinKind::Range || kind == BuiltinKind::Map || kind == BuiltinKind::Filter;
    }
  }
  const infer::VersionId callee = machine_.inference.Callee(version, source);
  return callee != infer::kNoVersion &&
         resolution.functions[machine_.inference.Get(callee).function].yields;
}

void CallGraph::ScanExpr(const infer::Version& version, const Expr& e, Node& node) {
  const infer::Inference& inference = machine_.inference;
  const frontend::Resolution& resolution = machine_.program.resolution;
  const runtime::TypeTable& types = machine_.context.types;
  // A sequence that is a value, or a value that is not known, is pulled step by step, from any
  // number of generators that stand between.
  const auto consume = [&](const Expr& source) {
    const runtime::TypeId type = inference.ExprType(version, source);
    const TypeKind kind = types.Kind(type);
    if (kind == TypeKind::Seq || kind == TypeKind::Any) {
      node.calls_unknown = true;
      node.pulls |= !IsMadeInPlace(version, source);
    }
  };
  switch (e.kind) {
    case ExprKind::For:
      consume(*frontend::Cast<frontend::ForExpr>(e).source);
      return;
    case ExprKind::Comprehension:
      for (const frontend::Clause& clause :
           frontend::Cast<frontend::ComprehensionExpr>(e).clauses) {
        if (clause.is_for && resolution.function_of_expr[e.id] == 0) {
          consume(*clause.source);
        }
      }
      return;
    case ExprKind::Call:
      break;
    default:
      return;
  }
  const auto& call = frontend::Cast<frontend::CallExpr>(e);
  const frontend::Ref ref =
      call.callee->kind == ExprKind::Name ? resolution.names[call.callee->id] : frontend::Ref{};
  if (ref.kind == frontend::RefKind::Builtin) {
    const auto kind = static_cast<BuiltinKind>(ref.index);
    const frontend::Signature& signature = machine_.program.builtins[ref.index];
    node.info.calls_math |= kind >= BuiltinKind::Sin && kind <= BuiltinKind::Pow;
    if (kind == BuiltinKind::Map || kind == BuiltinKind::Filter) {
      const runtime::TypeId function = inference.ExprType(version, *call.args[0].value);
      const runtime::TypeId source = inference.ExprType(version, *call.args[1].value);
      const infer::VersionId stage = StageVersion(machine_, function, inference.ElementOf(source));
      if (stage != infer::kNoVersion) {
        node.callees.push_back(stage);
      } else {
        node.calls_unknown = true;
      }
      consume(*call.args[1].value);
    } else if (signature.consumed_argument >= 0 &&
               static_cast<size_t>(signature.consumed_argument) < call.args.size()) {
      consume(*call.args[static_cast<size_t>(signature.consumed_argument)].value);
    }
    return;
  }
  const auto is_extern = [&](frontend::FunctionId id) {
    return resolution.functions[id].kind == frontend::FunctionKind::Extern;
  };
  const infer::VersionId callee = inference.Callee(version, e);
  // A C function that is a value is called like any value.
  if (callee != infer::kNoVersion && !is_extern(inference.Get(callee).function)) {
    node.callees.push_back(callee);
    const infer::Version& called = inference.Get(callee);
    if (resolution.functions[called.function].yields) {
      node.generators.push_back(callee);
    }
    return;
  }
  node.calls_unknown |= ref.kind != frontend::RefKind::Function || !is_extern(ref.index);
}

void CallGraph::Solve() {
  // Strongly connected components after Tarjan (1972), without recursion. They come out with
  // callees first, so the longest way down from each is known when it is complete.
  struct Mark {
    uint32_t index = 0;  // 0: not visited
    uint32_t low = 0;
    bool is_open = false;
    bool is_recursive = false;
  };
  std::unordered_map<infer::VersionId, Mark> marks;
  std::vector<infer::VersionId> open;
  std::vector<infer::VersionId> sorted;
  uint32_t next_index = 1;
  struct Visit {
    infer::VersionId id;
    size_t callee;
  };
  for (const infer::VersionId root : order_) {
    if (marks[root].index != 0) {
      continue;
    }
    std::vector<Visit> path{{root, 0}};
    while (!path.empty()) {
      const infer::VersionId id = path.back().id;
      Mark& mark = marks[id];
      if (path.back().callee == 0 && mark.index == 0) {
        mark.index = mark.low = next_index++;
        mark.is_open = true;
        open.push_back(id);
      }
      const std::vector<infer::VersionId>& callees = nodes_.at(id).callees;
      if (path.back().callee < callees.size()) {
        const infer::VersionId callee = callees[path.back().callee++];
        Mark& other = marks[callee];
        if (other.index == 0) {
          path.push_back({callee, 0});
        } else if (other.is_open) {
          marks[id].low = std::min(marks[id].low, other.index);
          marks[id].is_recursive |= callee == id;
        }
        continue;
      }
      path.pop_back();
      if (!path.empty()) {
        Mark& caller = marks[path.back().id];
        caller.low = std::min(caller.low, marks[id].low);
      }
      if (marks[id].low == marks[id].index) {
        const bool alone = open.back() == id;
        for (;;) {
          const infer::VersionId member = open.back();
          open.pop_back();
          marks[member].is_open = false;
          marks[member].is_recursive |= !alone;
          sorted.push_back(member);
          if (member == id) {
            break;
          }
        }
      }
    }
  }
  // Callees first: how much deeper than its function the body of a loop may stand, one for each
  // generator that is suspended while it runs.
  const uint64_t limit = machine_.context.limits.depth;
  std::unordered_map<infer::VersionId, uint64_t> levels;
  for (const infer::VersionId id : sorted) {
    const Node& node = nodes_.at(id);
    uint64_t& own = levels[id];
    own = node.pulls ? limit : 0;
    for (const infer::VersionId generator : node.generators) {
      own += marks[generator].is_recursive ? limit : 1 + levels[generator];
    }
    own = std::min(own, limit);
  }
  // Callers first: how deep a version may stand, or that this is not known.
  std::unordered_map<infer::VersionId, uint64_t> depths;  // of calls of it
  std::unordered_map<infer::VersionId, bool> unbounded;
  std::reverse(sorted.begin(), sorted.end());
  for (const infer::VersionId id : sorted) {
    const Node& node = nodes_.at(id);
    unbounded[id] |= node.depths == Depths::Any || marks[id].is_recursive;
    depths[id] = std::max<uint64_t>(depths[id], node.depths == Depths::Shallow ? kShallowDepth : 1);
    for (const infer::VersionId callee : node.callees) {
      unbounded[callee] |= unbounded[id];
      depths[callee] = std::max(depths[callee], depths[id] + 1 + levels[id]);
    }
  }
  // Callees first: whether something below needs the depth.
  std::reverse(sorted.begin(), sorted.end());
  for (const infer::VersionId id : sorted) {
    Node& node = nodes_.at(id);
    node.is_recursive = marks[id].is_recursive;
    node.info.is_checked = unbounded[id] || depths[id] > limit;
    node.info.has_depth =
        node.info.is_checked || marks[id].is_recursive || node.calls_unknown ||
        !node.generators.empty();
    for (const infer::VersionId callee : node.callees) {
      node.info.has_depth |= nodes_.at(callee).info.has_depth;
      node.info.calls_math |= nodes_.at(callee).info.calls_math;
    }
  }
  order_ = std::move(sorted);
}

}  // namespace jit
