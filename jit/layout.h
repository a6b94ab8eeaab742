#pragma once
// Where the fields of the runtime's objects stand, for code that reads and
// writes them itself. The objects inherit, so that offsetof is only a promise
// of this compiler: it is asked once, here.

#include <cstddef>
#include <cstdint>

#include "runtime/object.h"

namespace jit {

inline constexpr uint64_t kReferencesOffset = 0;  // u32
inline constexpr uint64_t kTypeOffset = 4;        // u32
inline constexpr uint64_t kTagOffset = 8;

inline constexpr uint64_t kListSizeOffset = 16;
inline constexpr uint64_t kListCapacityOffset = 24;
inline constexpr uint64_t kListDataOffset = 32;

inline constexpr uint64_t kStrSizeBytesOffset = 16;
inline constexpr uint64_t kStrCodePointsOffset = 24;
inline constexpr uint64_t kStrDataOffset = 32;

inline constexpr uint64_t kBufferTextOffset = 16;

// Captures and operands are Values that follow their object.
inline constexpr uint64_t kClosureCapturesOffset = sizeof(runtime::Closure);
inline constexpr uint64_t kSeqOperandsOffset = sizeof(runtime::Seq);

// No list or string is ever this long: what LLVM may assume of a size.
inline constexpr uint64_t kMaxSize = uint64_t{1} << 60;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Winvalid-offsetof"
static_assert(offsetof(runtime::Object, references) == kReferencesOffset);
static_assert(offsetof(runtime::Object, type) == kTypeOffset);
static_assert(offsetof(runtime::Object, tag) == kTagOffset);
static_assert(offsetof(runtime::List, size) == kListSizeOffset);
static_assert(offsetof(runtime::List, capacity) == kListCapacityOffset);
static_assert(offsetof(runtime::List, data) == kListDataOffset);
static_assert(offsetof(runtime::Str, size_bytes) == kStrSizeBytesOffset);
static_assert(offsetof(runtime::Str, code_points) == kStrCodePointsOffset);
static_assert(offsetof(runtime::Str, data) == kStrDataOffset);
static_assert(offsetof(runtime::Buffer, text) == kBufferTextOffset);
#pragma GCC diagnostic pop

}  // namespace jit
