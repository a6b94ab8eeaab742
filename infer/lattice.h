#pragma once
// The order of types while they are being inferred: Never < everything < Any.
//
// A list made by `[]`, by a comprehension or by list() has an element type that
// the rest of the program decides. It is a cell: its content starts at Never
// and grows with everything that is stored into the list, and two cells become
// one when their lists meet. A cell whose list reaches a place of type Any is
// Any itself (Escape), because code that is not known could store anything.
// Comprehensions have cells too: one that happens to be empty is as open as
// `[]`, and must behave the same whether or not its code was analysed.

#include <cstdint>
#include <span>
#include <vector>

#include "frontend/program.h"
#include "infer/worklist.h"
#include "runtime/type.h"

namespace infer {

// Why the content of a cell is Any.
struct CellCause {
  enum class Kind : uint8_t { None, NeverFilled, Mixed, Escaped, TooDeep };
  Kind kind = Kind::None;
  // Mixed: what met. `first` is kept from the first store on.
  TypeId first = runtime::kNever;
  TypeId second = runtime::kNever;
  frontend::Span first_span;
  frontend::Span second_span;  // Escaped: where
};

class Lattice {
 public:
  Lattice(runtime::TypeTable& types, Worklist& worklist) : types_(types), worklist_(worklist) {}
  Lattice(const Lattice&) = delete;
  Lattice& operator=(const Lattice&) = delete;

  // The expression being analysed: the place that causes name.
  void set_site(frontend::Span span) { site_ = span; }

  uint32_t cell_count() const { return static_cast<uint32_t>(cells_.size()); }
  // List[a new cell]; the same cell when given its index.
  TypeId NewOpenList();
  TypeId OpenList(uint32_t cell);
  // The constructors of TypeTable; what they cut for its depth escapes.
  TypeId List(TypeId element);
  TypeId Seq(TypeId element);
  TypeId Lambda(frontend::FunctionId function, std::span<const TypeId> captures);

  // The least type above both.
  TypeId Join(TypeId a, TypeId b);
  // As what a list holds `value`: lists whose elements are not known may be of different types,
  // which is seen only when the program runs.
  TypeId Storable(TypeId value);
  // A value of type `value` is stored into a list of type `list`.
  void Store(TypeId list, TypeId value);
  // A value of this type reaches code that is not known.
  void Escape(TypeId type);
  bool IsEscaped(frontend::FunctionId function) const {
    return function < escaped_.size() && escaped_[function] != 0;
  }
  // Functions whose values have escaped since the last call.
  std::vector<frontend::FunctionId> TakeEscaped() { return std::move(newly_escaped_); }

  // The element of a list or sequence as known now; reads its cell.
  TypeId Element(TypeId type);
  // See Inference::ElementOf.
  TypeId ElementOf(TypeId source);
  // See Inference::Accept.
  TypeId Accept(const frontend::TypeExpr* declared, TypeId argument);

  bool HasCell(TypeId type);
  // With each cell replaced by the one it was merged into: equal types have equal ids.
  TypeId Normal(TypeId type);
  // With all cells replaced by one and the same: what versions share their literals' cells.
  TypeId Shape(TypeId type);
  // With each cell replaced by its content.
  TypeId Final(TypeId type);
  // Why the elements of this list type, as it was before Final, are not settled; null: it is not
  // a list whose elements were inferred.
  const CellCause* CauseOf(TypeId type);

  // Makes cells from `first` on Any that nothing was stored into, or whose
  // nesting TypeTable can not represent. True when there was one.
  bool CloseCells(uint32_t first);

 private:
  struct Cell {
    uint32_t parent = 0;
    TypeId content = runtime::kNever;
    TypeId list = runtime::kNever;  // List[this cell]
    Readers readers;
    CellCause cause;
  };

  uint32_t Find(uint32_t cell);
  uint32_t CellOf(TypeId type) { return Find(types_.Get(type).index); }
  bool IsCell(TypeId type) const { return types_.Kind(type) == runtime::TypeKind::Cell; }
  bool IsList(TypeId type) const { return types_.Kind(type) == runtime::TypeKind::List; }
  TypeId JoinElements(TypeId a, TypeId b);
  void Pour(uint32_t cell, TypeId type);
  void Unify(uint32_t a, uint32_t b);
  void SetContent(uint32_t cell, TypeId content);
  void SetAny(uint32_t cell, CellCause::Kind kind);
  // True when the list type holds `cell`, or nests too deep to say.
  bool Reaches(TypeId type, uint32_t cell);
  bool IsTooDeep(uint32_t cell);
  bool Fits(TypeId declared, TypeId argument);
  TypeId Map(TypeId type, TypeId (Lattice::*map_cell)(TypeId cell));
  TypeId NormalCell(TypeId cell);
  TypeId ShapeCell(TypeId cell);
  TypeId FinalCell(TypeId cell);

  runtime::TypeTable& types_;
  Worklist& worklist_;
  frontend::Span site_;
  std::vector<Cell> cells_;
  std::vector<uint8_t> has_cell_;  // by TypeId: 0 not yet known, 1 no, 2 yes
  std::vector<uint8_t> escaped_;   // by FunctionId
  std::vector<frontend::FunctionId> newly_escaped_;
  std::vector<TypeId> escaping_;  // Escape()'s stack
  uint32_t join_depth_ = 0;
};

}  // namespace infer
