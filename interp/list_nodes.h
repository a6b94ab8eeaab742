#pragma once
// How an index operation has its list and its index: the templates behind
// xs[i], xs[i] = v and xs[i] op= v on lists of known element type.

#include "interp/machine.h"
#include "interp/shape_index.h"
#include "interp/shapes.h"
#include "runtime/mutant.h"
#include "runtime/ops.h"

namespace interp {

using runtime::List;
using runtime::Object;

// A list in a local. It stays there while the index is evaluated: operands that
// assign variables make the list a node instead.
struct LocalSource {
  static constexpr int kWords = 1;
  static constexpr int kSites = 0;
  template <int K>
  static List* Get(const Node*, const Operand* o, Word* f) {
    return f[o[0].i].list;
  }
  static void Done(List*) {}
};

// An owned list from any expression.
struct NodeSource {
  static constexpr int kWords = 1;
  static constexpr int kSites = 0;
  template <int K>
  static List* Get(const Node*, const Operand* o, Word* f) {
    return static_cast<List*>(o[0].node->eval_ref(o[0].node, f));
  }
  static void Done(List* list) { runtime::Release(list); }
};

inline void CheckIndex(const Node* n, int site, Word* f, int64_t* index, const List* list) {
  const int64_t written = *index;
  if (!runtime::IndexInRange(index, list->size)) [[unlikely]] {
    const int64_t shown = LAB_MUTANT(203, written, *index);
    runtime::FailIndex(n->sites->machine->context, shown, list->size, false);
    Raise(n, site, f);
  }
}

// `rows[i]`, both locals: borrowed, so the index that follows may run no code
// that could free the row.
struct ElementSource {
  static constexpr int kWords = 2;
  static constexpr int kSites = 1;
  template <int K>
  static List* Get(const Node* n, const Operand* o, Word* f) {
    const List* rows = f[o[0].i].list;
    int64_t index = f[o[1].i].i;
    CheckIndex(n, K, f, &index, rows);
    return static_cast<List*>(rows->objects()[index]);
  }
  static void Done(List*) {}
};

template <typename T>
T LoadElement(const List* list, int64_t index) {
  if constexpr (std::is_same_v<T, int64_t>) {
    return list->ints()[index];
  } else if constexpr (std::is_same_v<T, double>) {
    return list->floats()[index];
  } else if constexpr (std::is_same_v<T, bool>) {
    return list->bools()[index] != 0;
  } else {
    runtime::Object* element = list->objects()[index];
    return LAB_MUTANT(508, runtime::Retain(element), element);
  }
}

template <typename T>
void StoreElementAt(List* list, int64_t index, T value) {
  if constexpr (std::is_same_v<T, int64_t>) {
    list->ints()[index] = value;
  } else if constexpr (std::is_same_v<T, double>) {
    list->floats()[index] = value;
  } else if constexpr (std::is_same_v<T, bool>) {
    list->bools()[index] = value ? 1 : 0;
  } else {
    Object* old = list->objects()[index];
    list->objects()[index] = value;
    runtime::Release(old);
  }
}

// The index shapes that exist: a leaf, or a local plus or minus a local or a constant.
inline constexpr int kIndexShapes[] = {0, 1, 2, 3, 4, 12, 13};
inline constexpr int kIndexShapeCount = 7;
template <int I>
using IndexShape = IntShape<kIndexShapes[I]>;

template <typename T, typename Source, typename Index>
T ReadElement(const Node* n, Word* f) {
  const Operand* o = n->o();
  List* list = Source::template Get<1>(n, o, f);
  int64_t index = Index::template Run<1 + Source::kSites>(n, o + Source::kWords, f);
  CheckIndex(n, 0, f, &index, list);
  const T value = LoadElement<T>(list, index);
  Source::Done(list);
  return value;
}

// Operands: value, list, index. The value is evaluated first.
template <typename Source, typename Index, typename V>
Status WriteElement(const Node* n, Word* f) {
  using T = typename V::Type;
  const Operand* o = n->o();
  const T value = V::template Run<0>(n, o, f);
  List* list = Source::template Get<1>(n, o + V::kWords, f);
  int64_t index = Index::template Run<1 + Source::kSites>(n, o + V::kWords + Source::kWords, f);
  CheckIndex(n, 0, f, &index, list);
  StoreElementAt<T>(list, index, value);
  Source::Done(list);
  return Next(n, f);
}

}  // namespace interp
