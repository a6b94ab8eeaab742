// The calls whose arguments are part of the node: every mix of kinds for one and
// two arguments, mixes of locals and floats for three to five, one int argument
// of any shape, and a loop over the kinds for the rest.

#include "interp/builder.h"
#include "interp/call_nodes.h"

namespace interp {
namespace {

using runtime::Object;

// Sets the instance of a call for the representation it yields.
template <template <typename> typename Function>
void SetCall(Node* node, Rep rep) {
  switch (rep) {
    case Rep::Unit:
      node->exec = Function<Status>::kRun;
      return;
    case Rep::Int:
      node->eval_int = Function<int64_t>::kRun;
      return;
    case Rep::Float:
      node->eval_float = Function<double>::kRun;
      return;
    case Rep::Bool:
      node->eval_bool = Function<bool>::kRun;
      return;
    case Rep::Ref:
      node->eval_ref = Function<Object*>::kRun;
      return;
    case Rep::Value:
      node->eval_value = Function<Value>::kRun;
      return;
  }
}

template <Arg... A>
struct With {
  template <typename T>
  struct Function {
    static constexpr T (*kRun)(const Node*, Word*) = &CallWith<T, A...>;
  };
};

// Chooses the kinds one by one.
template <int Remaining, Arg... Chosen>
bool Choose(Node* node, const std::vector<Arg>& kinds, Rep rep) {
  if constexpr (Remaining == 0) {
    SetCall<With<Chosen...>::template Function>(node, rep);
    return true;
  } else {
    constexpr bool kFew = sizeof...(Chosen) + Remaining <= 2;
    switch (kinds[sizeof...(Chosen)]) {
      case Arg::Local:
        return Choose<Remaining - 1, Chosen..., Arg::Local>(node, kinds, rep);
      case Arg::Float:
        return Choose<Remaining - 1, Chosen..., Arg::Float>(node, kinds, rep);
      case Arg::LocalRef:
        if constexpr (kFew) {
          return Choose<Remaining - 1, Chosen..., Arg::LocalRef>(node, kinds, rep);
        }
        return false;
      case Arg::Const:
        if constexpr (kFew) {
          return Choose<Remaining - 1, Chosen..., Arg::Const>(node, kinds, rep);
        }
        return false;
      case Arg::Int:
        if constexpr (kFew) {
          return Choose<Remaining - 1, Chosen..., Arg::Int>(node, kinds, rep);
        }
        return false;
      case Arg::Ref:
        if constexpr (kFew) {
          return Choose<Remaining - 1, Chosen..., Arg::Ref>(node, kinds, rep);
        }
        return false;
    }
    return false;
  }
}

template <int Shape>
struct WithShape {
  template <typename T>
  struct Function {
    static constexpr T (*kRun)(const Node*, Word*) = &CallShape<T, IntShape<Shape>>;
  };
};

template <int... I>
void SetShapeCall(Node* node, int shape, Rep rep, std::integer_sequence<int, I...>) {
  using Set = void (*)(Node*, Rep);
  static constexpr Set kTable[] = {&SetCall<WithShape<I>::template Function>...};
  kTable[shape](node, rep);
}

}  // namespace

bool Builder::SetFusedCall(Node* node, const std::vector<Arg>& kinds, Rep rep) {
  switch (kinds.size()) {
    case 1:
      return Choose<1>(node, kinds, rep);
    case 2:
      return Choose<2>(node, kinds, rep);
    case 3:
      return Choose<3>(node, kinds, rep);
    case 4:
      return Choose<4>(node, kinds, rep);
    case 5:
      return Choose<5>(node, kinds, rep);
    default:
      return false;
  }
}

void Builder::SetCallMany(Node* node, Rep rep) { LAB_SET_BY_REP(node, CallMany, rep); }

void Builder::SetShapeCallFor(Node* node, int shape, Rep rep) {
  SetShapeCall(node, shape, rep, std::make_integer_sequence<int, kIntShapes>{});
}

}  // namespace interp
