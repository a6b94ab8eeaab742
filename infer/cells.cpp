// Cells of the lattice: union-find over the element types of lists that are
// still open. No cell reaches itself, for a list can not hold itself; what
// would break that is Any.

#include "frontend/check.h"
#include "infer/lattice.h"

namespace infer {

using runtime::kAny;
using runtime::kBool;
using runtime::kFloat;
using runtime::kInt;
using runtime::kNever;
using runtime::kStr;
using runtime::Type;
using runtime::TypeKind;
using runtime::TypeTable;

namespace {

// The index of the cell that stands for all cells in a Shape.
constexpr uint32_t kAnyCell = UINT32_MAX;

}  // namespace

TypeId Lattice::NewOpenList() {
  const uint32_t cell = cell_count();
  cells_.emplace_back().parent = cell;
  cells_.back().list = types_.List(types_.Cell(cell));
  return cells_.back().list;
}

TypeId Lattice::OpenList(uint32_t cell) { return cells_[cell].list; }

uint32_t Lattice::Find(uint32_t cell) {
  if (cell == kAnyCell) {
    return cell;
  }
  while (cells_[cell].parent != cell) {
    cells_[cell].parent = cells_[cells_[cell].parent].parent;
    cell = cells_[cell].parent;
  }
  return cell;
}

TypeId Lattice::Element(TypeId type) {
  const TypeId element = types_.Element(type);
  if (!IsCell(element)) {
    return element;
  }
  Cell& cell = cells_[CellOf(element)];
  worklist_.Read(cell.readers);
  return cell.content;
}

bool Lattice::Reaches(TypeId type, uint32_t cell) {
  for (uint32_t depth = 0; depth <= TypeTable::kMaxDepth; ++depth) {
    if (!IsList(type)) {
      return false;
    }
    type = types_.Element(type);
    if (IsCell(type)) {
      const uint32_t inner = CellOf(type);
      if (inner == cell) {
        return true;
      }
      type = cells_[inner].content;
    }
  }
  return true;
}

void Lattice::SetContent(uint32_t cell, TypeId content) {
  cells_[cell].content = content;
  worklist_.Changed(cells_[cell].readers);
}

void Lattice::SetAny(uint32_t cell, CellCause::Kind kind) {
  const TypeId content = cells_[cell].content;
  if (content == kAny) {
    return;
  }
  CellCause& cause = cells_[cell].cause;
  cause.kind = kind;
  if (kind == CellCause::Kind::Escaped) {
    cause.second_span = site_;
  }
  SetContent(cell, kAny);
  Escape(content);
}

void Lattice::Pour(uint32_t cell, TypeId type) {
  const TypeKind kind = types_.Kind(type);
  const bool is_listable = kind == TypeKind::Int || kind == TypeKind::Float ||
                           kind == TypeKind::Bool || kind == TypeKind::Str ||
                           kind == TypeKind::List || kind == TypeKind::Any;
  if (!is_listable) {
    // Storing it fails, and the list stays what it is.
    Escape(type);
    return;
  }
  const TypeId content = cells_[cell].content;
  if (content == kAny || content == type) {
    Escape(content == kAny ? type : kNever);
    return;
  }
  if (Reaches(type, cell)) {
    SetAny(cell, CellCause::Kind::TooDeep);
    Escape(type);
    return;
  }
  CellCause& cause = cells_[cell].cause;
  if (content == kNever) {
    cause.first = type;
    cause.first_span = site_;
  }
  // Neither side reaches this cell, so joining them leaves it alone.
  const TypeId joined = Join(content, type);
  if (joined == content) {
    return;
  }
  if (joined == kAny) {
    cause.kind = CellCause::Kind::Mixed;
    cause.second = type;
    cause.second_span = site_;
  }
  SetContent(cell, joined);
}

void Lattice::Unify(uint32_t a, uint32_t b) {
  if (a == b) {
    return;
  }
  const TypeId first = cells_[a].content;
  const TypeId second = cells_[b].content;
  if (Reaches(first, b) || Reaches(second, a)) {
    SetAny(a, CellCause::Kind::TooDeep);
    SetAny(b, CellCause::Kind::TooDeep);
    return;
  }
  cells_[b].parent = a;
  const TypeId joined = Join(first, second);
  CellCause& cause = cells_[a].cause;
  const CellCause& other = cells_[b].cause;
  if (first == kNever || (second == kAny && first != kAny)) {
    cause = other;
  } else if (joined == kAny && first != kAny) {
    cause.kind = CellCause::Kind::Mixed;
    cause.second = other.first;
    cause.second_span = other.first_span;
  }
  cells_[a].content = joined;
  if (joined != first) {
    worklist_.Changed(cells_[a].readers);
  }
  Readers moved = std::move(cells_[b].readers);
  cells_[b].readers = {};
  if (joined != second) {
    worklist_.Changed(moved);
  }
  Readers& readers = cells_[a].readers;
  readers.versions.insert(readers.versions.end(), moved.versions.begin(), moved.versions.end());
  readers.first = moved.first < readers.first ? moved.first : readers.first;
}

void Lattice::Escape(TypeId type) {
  if (type == kAny || type == kNever) {
    return;
  }
  const size_t base = escaping_.size();
  escaping_.push_back(type);
  while (escaping_.size() > base) {
    const TypeId next = escaping_.back();
    escaping_.pop_back();
    const Type& it = types_.Get(next);
    if (it.kind == TypeKind::Cell) {
      Cell& cell = cells_[CellOf(next)];
      if (cell.content == kAny) {
        continue;
      }
      if (cell.content != kNever) {
        escaping_.push_back(cell.content);
      }
      cell.content = kAny;
      cell.cause.kind = CellCause::Kind::Escaped;
      cell.cause.second_span = site_;
      worklist_.Changed(cell.readers);
      continue;
    }
    if (it.kind == TypeKind::Function || it.kind == TypeKind::Lambda) {
      if (escaped_.size() <= it.index) {
        escaped_.resize(it.index + 1, 0);
      }
      if (escaped_[it.index] == 0) {
        escaped_[it.index] = 1;
        newly_escaped_.push_back(it.index);
      }
    }
    escaping_.insert(escaping_.end(), it.args.begin(), it.args.end());
  }
}

bool Lattice::HasCell(TypeId type) {
  if (has_cell_.size() <= type) {
    has_cell_.resize(type + 64, 0);
  }
  if (has_cell_[type] == 0) {
    const Type& it = types_.Get(type);
    bool has = it.kind == TypeKind::Cell;
    for (const TypeId arg : it.args) {
      has = HasCell(arg) || has;
    }
    has_cell_[type] = has ? 2 : 1;
  }
  return has_cell_[type] == 2;
}

TypeId Lattice::Map(TypeId type, TypeId (Lattice::*map_cell)(TypeId)) {
  if (!HasCell(type)) {
    return type;
  }
  const Type& it = types_.Get(type);
  if (it.kind == TypeKind::Cell) {
    return (this->*map_cell)(type);
  }
  if (it.kind == TypeKind::List) {
    return types_.List(Map(it.args[0], map_cell));
  }
  if (it.kind == TypeKind::Seq) {
    return types_.Seq(Map(it.args[0], map_cell));
  }
  LAB_CHECK(it.kind == TypeKind::Lambda);
  std::vector<TypeId> captures = it.args;
  for (TypeId& capture : captures) {
    capture = Map(capture, map_cell);
  }
  return types_.Lambda(it.index, captures);
}

TypeId Lattice::NormalCell(TypeId cell) { return types_.Cell(CellOf(cell)); }
TypeId Lattice::ShapeCell(TypeId) { return types_.Cell(kAnyCell); }

TypeId Lattice::FinalCell(TypeId cell) {
  const TypeId content = cells_[CellOf(cell)].content;
  return content == kNever ? kAny : Final(content);
}

TypeId Lattice::Normal(TypeId type) { return Map(type, &Lattice::NormalCell); }
TypeId Lattice::Shape(TypeId type) { return Map(type, &Lattice::ShapeCell); }
TypeId Lattice::Final(TypeId type) { return Map(type, &Lattice::FinalCell); }

const CellCause* Lattice::CauseOf(TypeId type) {
  if (!IsList(type) || !IsCell(types_.Element(type))) {
    return nullptr;
  }
  return &cells_[CellOf(types_.Element(type))].cause;
}

bool Lattice::IsTooDeep(uint32_t cell) {
  TypeId type = cells_[cell].content;
  for (uint32_t depth = 1; depth <= TypeTable::kMaxDepth; ++depth) {
    if (!IsList(type)) {
      return false;
    }
    type = types_.Element(type);
    if (IsCell(type)) {
      type = cells_[CellOf(type)].content;
    }
  }
  return true;
}

bool Lattice::CloseCells(uint32_t first) {
  bool has_closed = false;
  for (uint32_t cell = first; cell < cell_count(); ++cell) {
    if (cells_[cell].parent != cell) {
      continue;
    }
    if (cells_[cell].content == kNever) {
      SetAny(cell, CellCause::Kind::NeverFilled);
      has_closed = true;
    } else if (cells_[cell].content != kAny && IsTooDeep(cell)) {
      SetAny(cell, CellCause::Kind::TooDeep);
      has_closed = true;
    }
  }
  return has_closed;
}

}  // namespace infer
