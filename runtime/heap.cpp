// Chunks, free lists and freeing. A chunk is 64 KiB, aligned to its size, and
// holds cells of one size; it starts with the address of its heap. Cells are
// handed to the free list a page at a time, so that a short program touches
// few pages. Under AddressSanitizer free cells are poisoned, so that using a
// freed object is reported although the memory is still ours.
//
// Freeing never recurses: dead objects that hold others wait in a list that is
// linked through their own headers. Tests: tests/runtime/heap_test.cpp.

#include "runtime/heap.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdlib>
#include <new>

#include "runtime/mutant.h"

namespace runtime {

namespace {

// Numbers of a language-defined growth rule (heap.h).
constexpr uint64_t kFirstListCapacity = 16;

constexpr uint64_t kPageBytes = 4096;
constexpr uint64_t kLargestRegionBytes = uint64_t{16} << 20;
constexpr uint64_t kPrefetchDistance = 8;
constexpr uint64_t kHugePageBytes = uint64_t{2} << 20;

// A dead object waits for its turn with the link in place of count and type.
// Only objects that hold others wait: a list among them holds objects, so its
// type is no longer needed.
static_assert(offsetof(Object, tag) == sizeof(Object*));

Object* NextPending(const Object* object) {
  Object* next;
  std::memcpy(&next, static_cast<const void*>(object), sizeof next);
  return next;
}

void AddPending(Object* object, Object** pending) {
  std::memcpy(static_cast<void*>(object), pending, sizeof *pending);
  *pending = object;
}

bool HoldsOthers(const Object* object) {
  return object->tag != Tag::Str && (object->tag != Tag::List || HoldsObjects(object->type));
}

}  // namespace

struct Heap::Chunk {
  Heap* heap;  // first: Heap::Of reads it
  uint64_t cell_bytes;
  uint64_t handed_out;  // bytes from `begin` that the free list has had
  uint64_t size;        // bytes from `begin` that exist
  Chunk* next;
  Chunk* previous;

  std::byte* begin() { return reinterpret_cast<std::byte*>(this) + kObjectBytes; }
};

Heap::Heap(uint64_t limit_bytes) : limit_bytes_(limit_bytes) {
  static_assert(sizeof(Chunk) <= kObjectBytes);
  static_assert(sizeof(Str) == kObjectBytes && sizeof(List) <= kObjectBytes);
}

Heap::~Heap() {
  while (chunks_ != nullptr) {
    Chunk* chunk = chunks_;
    Unpoison(chunk->begin(), chunk->size);
    for (uint64_t at = 0; at < chunk->handed_out; at += chunk->cell_bytes) {
      auto* object = reinterpret_cast<Object*>(chunk->begin() + at);
      if (object->references != 0) {
        FreeBuffer(object);
      }
    }
    chunks_ = chunk->next;
    if (chunk->cell_bytes > kLargestClass * kObjectBytes) {
      std::free(chunk);
    }
  }
  for (std::byte* region : regions_) {
    std::free(region);
  }
}

bool Heap::Refuse(uint64_t bytes) {
  refused_bytes_ = bytes;
  return false;
}

// Objects ---------------------------------------------------------------------

std::byte* Heap::NewChunkPlace() {
  if (region_used_ == region_bytes_) {
    const uint64_t bytes = std::min(std::max(2 * region_bytes_, kChunkBytes), kLargestRegionBytes);
    const bool huge = bytes >= kHugePageBytes;
    auto* region =
        static_cast<std::byte*>(std::aligned_alloc(huge ? kHugePageBytes : kChunkBytes, bytes));
    if (region == nullptr) {
      return nullptr;
    }
    if (huge) {
      // A heap this large would miss the TLB at every step otherwise; a refusal does no harm.
      madvise(region, bytes, MADV_HUGEPAGE);
    }
    regions_.push_back(region);
    region_bytes_ = bytes;
    region_used_ = 0;
  }
  std::byte* place = regions_.back() + region_used_;
  region_used_ += kChunkBytes;
  return place;
}

Heap::Chunk* Heap::NewChunk(uint64_t cells) {
  const uint64_t cell_bytes = cells * kObjectBytes;
  std::byte* place;
  uint64_t size;
  if (cells > kLargestClass) {
    const uint64_t wanted = kObjectBytes + cell_bytes;
    const uint64_t rounded = (wanted + kChunkBytes - 1) & ~(kChunkBytes - 1);
    place = static_cast<std::byte*>(std::aligned_alloc(kChunkBytes, rounded));
    size = cell_bytes;
  } else {
    place = NewChunkPlace();
    size = (kChunkBytes - kObjectBytes) / cell_bytes * cell_bytes;
  }
  if (place == nullptr) {
    return nullptr;
  }
  auto* chunk = new (place) Chunk{this, cell_bytes, 0, size, chunks_, nullptr};
  if (chunks_ != nullptr) {
    chunks_->previous = chunk;
  }
  chunks_ = chunk;
  Poison(chunk->begin(), size);
  return chunk;
}

Heap::FreeCell* Heap::NewCells(uint64_t cells) {
  const bool alone = cells > kLargestClass;
  Chunk* chunk = alone ? nullptr : open_[cells - 1];
  if (chunk == nullptr || chunk->handed_out == chunk->size) {
    chunk = NewChunk(cells);
    if (chunk == nullptr) {
      return nullptr;
    }
    if (!alone) {
      open_[cells - 1] = chunk;
    }
  }
  // A page's worth; linked backwards so that addresses rise.
  const uint64_t bytes = chunk->cell_bytes;
  const uint64_t wanted = std::max<uint64_t>(1, kPageBytes / bytes) * bytes;
  const uint64_t end = std::min(chunk->size, chunk->handed_out + wanted);
  FreeCell* first = nullptr;
  for (uint64_t at = end; at > chunk->handed_out; at -= bytes) {
    auto* cell = reinterpret_cast<FreeCell*>(chunk->begin() + at - bytes);
    Unpoison(cell, bytes);
    cell->references = 0;
    cell->next = first;
    Poison(cell, bytes);
    first = cell;
  }
  chunk->handed_out = end;
  return first;
}

Object* Heap::NewObjectSlow(Tag tag, uint32_t type, uint64_t cells) {
  const uint64_t bytes = cells * kObjectBytes;
  if (!Fits(bytes)) {
    return nullptr;
  }
  const bool alone = cells > kLargestClass;
  FreeCell* cell = alone ? nullptr : free_[cells - 1];
  if (cell == nullptr) {
    cell = NewCells(cells);
    if (cell == nullptr) {
      Refuse(bytes);
      return nullptr;
    }
  }
  Unpoison(cell, bytes);
  if (!alone) {
    free_[cells - 1] = cell->next;
  }
  cell->references = 1;
  cell->type = type;
  cell->tag = tag;
  Count(bytes);
  ++counters_.live_objects;
  return cell;
}

Closure* Heap::NewClosure(uint32_t function, TypeId type, uint32_t count) {
  const uint64_t bytes = sizeof(Closure) + uint64_t{count} * sizeof(Value);
  const uint64_t cells = (bytes + kObjectBytes - 1) / kObjectBytes;
  auto* closure = static_cast<Closure*>(cells == 1 ? NewCell(Tag::Closure, type)
                                                   : NewObjectSlow(Tag::Closure, type, cells));
  if (closure != nullptr) {
    closure->function = function;
    closure->count = count;
    std::fill_n(closure->captures(), count, Value::None());
  }
  return closure;
}

Seq* Heap::NewSeq(SeqKind kind, TypeId type, uint32_t count) {
  const uint64_t bytes = sizeof(Seq) + uint64_t{count} * sizeof(Value);
  const uint64_t cells = (bytes + kObjectBytes - 1) / kObjectBytes;
  auto* seq = static_cast<Seq*>(cells == 1 ? NewCell(Tag::Seq, type)
                                           : NewObjectSlow(Tag::Seq, type, cells));
  if (seq != nullptr) {
    seq->kind = kind;
    seq->consumed = false;
    seq->function = 0;
    seq->count = count;
    std::fill_n(seq->operands(), count, Value::None());
  }
  return seq;
}

Buffer* Heap::NewBuffer() {
  Str* text = NewStr("", 0);
  if (text == nullptr) {
    return nullptr;
  }
  auto* buffer = static_cast<Buffer*>(NewCell(Tag::Buffer, 0));
  if (buffer == nullptr) {
    Release(text);
    return nullptr;
  }
  buffer->text = text;
  return buffer;
}

// Buffers ---------------------------------------------------------------------

void* Heap::Regrow(void* buffer, uint64_t old_bytes, uint64_t new_bytes) {
  if (!Fits(new_bytes - old_bytes)) {
    return nullptr;
  }
  void* grown = std::realloc(buffer, new_bytes);
  if (grown == nullptr) {
    Refuse(new_bytes - old_bytes);
    return nullptr;
  }
  counters_.live_bytes -= LAB_MUTANT(305, old_bytes, 0);
  Count(new_bytes);
  return grown;
}

// Object and buffer are checked against the limit together: half of them must
// not be counted.
Str* Heap::NewLongStr(uint64_t size_bytes, uint64_t code_points) {
  uint64_t total;
  if (__builtin_add_overflow(size_bytes, kObjectBytes, &total)) {
    total = UINT64_MAX;
  }
  Str* str = Fits(total) ? static_cast<Str*>(NewCell(Tag::Str, 0)) : nullptr;
  if (str == nullptr) {
    return nullptr;
  }
  str->size_bytes = size_bytes;
  str->code_points = code_points;
  str->data = str->inline_data;
  void* data = Regrow(nullptr, 0, size_bytes);
  if (data == nullptr) {
    Release(str);
    return nullptr;
  }
  str->data = static_cast<char*>(data);
  str->buffer_bytes = size_bytes;
  return str;
}

List* Heap::NewListWithRoom(TypeId element, uint64_t capacity) {
  uint64_t bytes;
  uint64_t total;
  if (__builtin_mul_overflow(capacity, ElementBytes(element), &bytes) ||
      __builtin_add_overflow(bytes, kObjectBytes, &total)) {
    bytes = total = UINT64_MAX;
  }
  List* list = Fits(total) ? NewList(element, 0) : nullptr;
  if (list == nullptr) {
    return nullptr;
  }
  list->data = Regrow(nullptr, 0, bytes);
  if (list->data == nullptr) {
    Release(list);
    return nullptr;
  }
  list->capacity = capacity;
  return list;
}

bool Heap::Grow(Str* str, uint64_t more_bytes) {
  uint64_t needed;
  if (__builtin_add_overflow(str->size_bytes, more_bytes, &needed)) {
    return Refuse(UINT64_MAX);
  }
  const uint64_t capacity = str->capacity_bytes();
  if (needed <= capacity) {
    return true;
  }
  const bool was_inline = str->is_inline();
  const uint64_t grown_bytes = std::max(needed, 2 * capacity);
  void* data = Regrow(was_inline ? nullptr : str->data, was_inline ? 0 : capacity, grown_bytes);
  if (data == nullptr) {
    return false;
  }
  if (was_inline) {
    std::memcpy(data, str->inline_data, str->size_bytes);
  }
  str->data = static_cast<char*>(data);
  str->buffer_bytes = grown_bytes;
  return true;
}

bool Heap::Grow(List* list, uint64_t more) {
  uint64_t needed;
  if (__builtin_add_overflow(list->size, more, &needed)) {
    return Refuse(UINT64_MAX);
  }
  if (needed <= list->capacity) {
    return true;
  }
  const uint64_t element_bytes = ElementBytes(list->type);
  const uint64_t capacity = std::max({needed, 2 * list->capacity, kFirstListCapacity});
  uint64_t bytes;
  if (__builtin_mul_overflow(capacity, element_bytes, &bytes)) {
    return Refuse(UINT64_MAX);
  }
  void* data = Regrow(list->data, list->capacity * element_bytes, bytes);
  if (data == nullptr) {
    return false;
  }
  list->data = data;
  list->capacity = capacity;
  return true;
}

bool Heap::Charge(uint64_t bytes) {
  if (!Fits(bytes)) {
    return false;
  }
  Count(bytes);
  return true;
}

void Heap::Discharge(uint64_t bytes) { counters_.live_bytes -= bytes; }

// Freeing -----------------------------------------------------------------------

void Heap::FreeBuffer(Object* object) {
  if (object->tag == Tag::Str) {
    auto* str = static_cast<Str*>(object);
    if (!str->is_inline()) {
      counters_.live_bytes -= str->buffer_bytes;
      std::free(str->data);
    }
  } else if (object->tag == Tag::List) {
    auto* list = static_cast<List*>(object);
    counters_.live_bytes -= LAB_MUTANT(306, list->capacity * ElementBytes(list->type), 0);
    std::free(list->data);
  }
}

void Heap::Free(Object* object) {
  auto* chunk = reinterpret_cast<Chunk*>(reinterpret_cast<uintptr_t>(object) & ~(kChunkBytes - 1));
  const uint64_t bytes = chunk->cell_bytes;
  counters_.live_bytes -= bytes;
  --counters_.live_objects;
  if (bytes > kLargestClass * kObjectBytes) [[unlikely]] {
    (chunk->previous != nullptr ? chunk->previous->next : chunks_) = chunk->next;
    if (chunk->next != nullptr) {
      chunk->next->previous = chunk->previous;
    }
    std::free(chunk);
    return;
  }
  auto* cell = static_cast<FreeCell*>(object);
  FreeCell** head = &free_[bytes / kObjectBytes - 1];
  cell->references = 0;
  cell->next = *head;
  *head = cell;
  Poison(cell, bytes);
}

void Heap::ReleaseParts(Object* object, Object** pending) {
  const auto release = [pending](Object* part) {
    if (--part->references != 0) {
      return;
    }
    if (HoldsOthers(part)) {
      AddPending(part, pending);
    } else {
      Heap& heap = Of(part);
      heap.FreeBuffer(part);
      heap.Free(part);
    }
  };
  const auto release_values = [&release](const Value* values, uint32_t count) {
    for (uint32_t i = 0; i < count; ++i) {
      if (values[i].is_object()) {
        release(values[i].object);
      }
    }
  };
  switch (object->tag) {
    case Tag::List: {
      auto* list = static_cast<List*>(object);
      Object** const parts = list->objects();
      for (uint64_t i = 0; i < list->size; ++i) {
        // The parts are scattered: ask for one that is a few turns away.
        __builtin_prefetch(parts[std::min(i + kPrefetchDistance, list->size - 1)], 1);
        release(parts[i]);
      }
      break;
    }
    case Tag::Closure: {
      auto* closure = static_cast<Closure*>(object);
      release_values(closure->captures(), LAB_MUTANT(307, closure->count, 0));
      break;
    }
    case Tag::Seq: {
      auto* seq = static_cast<Seq*>(object);
      release_values(seq->operands(), LAB_MUTANT(308, seq->count, 0));
      break;
    }
    case Tag::Buffer:
      release(static_cast<Buffer*>(object)->text);
      break;
    case Tag::Str:
    case Tag::None:
    case Tag::Bool:
    case Tag::Int:
    case Tag::Float:
    case Tag::Function:
    case Tag::Builtin:
      break;
  }
}

void Destroy(Object* object) noexcept {
  Heap& heap = Heap::Of(object);
  if (!HoldsOthers(object)) [[likely]] {
    heap.FreeBuffer(object);
    heap.Free(object);
    return;
  }
  Object* pending = nullptr;
  AddPending(object, &pending);
  while (pending != nullptr) {
    Object* dead = pending;
    pending = NextPending(dead);
    // The link stood where the type was; the lists that wait hold objects.
    dead->type = kStr;
    Heap::ReleaseParts(dead, &pending);
    heap.FreeBuffer(dead);
    heap.Free(dead);
  }
}

}  // namespace runtime
