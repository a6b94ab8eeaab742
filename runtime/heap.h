#pragma once
// Allocation of the language's objects, with exact accounting. Sizes are
// defined by the language, not by malloc, so that counts and the memory limit
// are the same on every machine: every object counts kObjectBytes, plus the
// capacity of its buffer in bytes. (A closure or sequence with more values
// than fit counts a further kObjectBytes for each that its values need.)
// Growth doubles capacity from 16 elements (lists) or kInlineBytes (strings).
//
// Objects are cells of chunks that are aligned to their size, so that the heap
// of an object is found from its address alone. Making a small object takes
// the head of a free list; that path is inline.
//
// A run that ends with an error abandons its references; the heap's destructor
// frees everything that is left.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "runtime/object.h"
#include "runtime/type.h"
#include "runtime/value.h"

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#endif

namespace runtime {

inline constexpr uint64_t kObjectBytes = 64;

struct HeapCounters {
  uint64_t allocations = 0;      // objects and buffers ever made; a grown buffer counts again
  uint64_t allocated_bytes = 0;  // of those
  uint64_t live_bytes = 0;
  uint64_t peak_bytes = 0;
  uint64_t live_objects = 0;
};

// True when elements of this type are object pointers.
inline bool HoldsObjects(TypeId element) { return element == kStr || element > kAny; }
// Bytes of one element; 8 for a type that is not settled.
inline uint64_t ElementBytes(TypeId element) { return element == kBool ? 1 : 8; }

class Heap {
 public:
  explicit Heap(uint64_t limit_bytes);
  ~Heap();
  Heap(const Heap&) = delete;
  Heap& operator=(const Heap&) = delete;

  const HeapCounters& counters() const { return counters_; }
  uint64_t limit_bytes() const { return limit_bytes_; }
  // What the last refused request asked for.
  uint64_t refused_bytes() const { return refused_bytes_; }

  // All return null when the limit would be passed; the caller then fails with
  // ErrorKind::Memory (Context::FailMemory). Results are owned.
  Str* NewStr(std::string_view text, uint64_t code_points) {
    Str* str = NewStrOfSize(text.size(), code_points);
    if (str != nullptr) [[likely]] {
      std::memcpy(str->data, text.data(), text.size());
    }
    return str;
  }
  // The caller fills `data`.
  Str* NewStrOfSize(uint64_t size_bytes, uint64_t code_points) {
    if (size_bytes > Str::kInlineBytes) [[unlikely]] {
      return NewLongStr(size_bytes, code_points);
    }
    Str* str = static_cast<Str*>(NewCell(Tag::Str, 0));
    if (str != nullptr) [[likely]] {
      str->size_bytes = size_bytes;
      str->code_points = code_points;
      str->data = str->inline_data;
    }
    return str;
  }
  // Room is made only for a settled type: the size of the others' elements is not known.
  List* NewList(TypeId element, uint64_t capacity) {
    if (capacity != 0 && element != kAny) {
      return NewListWithRoom(element, capacity);
    }
    List* list = static_cast<List*>(NewCell(Tag::List, element));
    if (list != nullptr) [[likely]] {
      list->size = 0;
      list->capacity = 0;
      list->data = nullptr;
    }
    return list;
  }
  // Captures and operands are none until the caller fills them.
  Closure* NewClosure(uint32_t function, TypeId type, uint32_t count);
  Seq* NewSeq(SeqKind kind, TypeId type, uint32_t count);
  Buffer* NewBuffer();

  // Makes room for `more` further bytes or elements. False at the limit.
  bool Grow(Str* str, uint64_t more_bytes);
  bool Grow(List* list, uint64_t more);
  // Accounts for engine-side tables (memo). False at the limit.
  bool Charge(uint64_t bytes);
  void Discharge(uint64_t bytes);

  static Heap& Of(Object* object) {
    return **reinterpret_cast<Heap**>(reinterpret_cast<uintptr_t>(object) & ~(kChunkBytes - 1));
  }

 private:
  friend void Destroy(Object* object) noexcept;

  static constexpr uintptr_t kChunkBytes = 64 * 1024;
  static constexpr uint64_t kLargestClass = 16;  // in cells; a larger object has its own chunk

  // A free cell; references is 0, which is how the destructor tells it from a live one.
  struct FreeCell : Object {
    FreeCell* next;
  };
  struct Chunk;

  Object* NewCell(Tag tag, uint32_t type) {
    FreeCell* cell = free_[0];
    if (cell == nullptr || limit_bytes_ - counters_.live_bytes < kObjectBytes) [[unlikely]] {
      return NewObjectSlow(tag, type, 1);
    }
    Unpoison(cell, kObjectBytes);
    free_[0] = cell->next;
    cell->references = 1;
    cell->type = type;
    cell->tag = tag;
    Count(kObjectBytes);
    ++counters_.live_objects;
    return cell;
  }

  void Count(uint64_t bytes) {
    ++counters_.allocations;
    counters_.allocated_bytes += bytes;
    counters_.live_bytes += bytes;
    if (counters_.live_bytes > counters_.peak_bytes) {
      counters_.peak_bytes = counters_.live_bytes;
    }
  }

  static void Unpoison([[maybe_unused]] void* place, [[maybe_unused]] size_t bytes) {
#if defined(__SANITIZE_ADDRESS__)
    ASAN_UNPOISON_MEMORY_REGION(place, bytes);
#endif
  }
  static void Poison([[maybe_unused]] void* place, [[maybe_unused]] size_t bytes) {
#if defined(__SANITIZE_ADDRESS__)
    ASAN_POISON_MEMORY_REGION(place, bytes);
#endif
  }

  bool Refuse(uint64_t bytes);
  bool Fits(uint64_t bytes) {
    return bytes <= limit_bytes_ - counters_.live_bytes || Refuse(bytes);
  }
  Object* NewObjectSlow(Tag tag, uint32_t type, uint64_t cells);
  FreeCell* NewCells(uint64_t cells);
  Chunk* NewChunk(uint64_t cells);
  std::byte* NewChunkPlace();
  Str* NewLongStr(uint64_t size_bytes, uint64_t code_points);
  List* NewListWithRoom(TypeId element, uint64_t capacity);
  // Replaces a buffer (null, or of `old_bytes`) by a larger one; null at the limit.
  void* Regrow(void* buffer, uint64_t old_bytes, uint64_t new_bytes);
  void Free(Object* object);
  void FreeBuffer(Object* object);
  // Releases what `object` holds; those whose count reaches zero join `pending`.
  static void ReleaseParts(Object* object, Object** pending);

  // By cells - 1: the free list, and the chunk that still has cells to hand out.
  FreeCell* free_[kLargestClass] = {};
  Chunk* open_[kLargestClass] = {};
  HeapCounters counters_;
  uint64_t limit_bytes_;
  uint64_t refused_bytes_ = 0;
  Chunk* chunks_ = nullptr;
  // Chunks are cut from regions, each twice as large as the one before.
  std::vector<std::byte*> regions_;
  uint64_t region_bytes_ = 0;
  uint64_t region_used_ = 0;
};

}  // namespace runtime
