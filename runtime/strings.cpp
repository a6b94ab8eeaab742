// Strings: valid UTF-8, compared by code point, which is the order of their
// bytes. Tests: tests/runtime/strings_test.cpp.

#include <algorithm>
#include <cstring>

#include "runtime/error_texts.h"
#include "runtime/number_text.h"
#include "runtime/ops.h"
#include "runtime/poll.h"

namespace runtime {

namespace {

constexpr uint64_t kPollBytes = uint64_t{1} << 20;

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

Str* NewStrOrFail(Context& context, uint64_t size_bytes, uint64_t code_points) {
  Str* str = context.heap.NewStrOfSize(size_bytes, code_points);
  if (str == nullptr) {
    context.FailMemory();
  }
  return str;
}

uint64_t EndOfCodePoint(std::string_view text, uint64_t begin) {
  uint64_t end = begin + 1;
  while (end < text.size() && IsContinuation(text[end])) {
    ++end;
  }
  return end;
}

}  // namespace

Str* AppendStr(Context& context, Str* str, std::string_view text, uint64_t code_points) {
  if (str->references != 1) {
    Str* copy =
        NewStrOrFail(context, str->size_bytes + text.size(), str->code_points + code_points);
    if (copy != nullptr) {
      std::memcpy(copy->data, str->data, str->size_bytes);
      std::memcpy(copy->data + str->size_bytes, text.data(), text.size());
    }
    Release(str);
    return copy;
  }
  if (str->capacity_bytes() - str->size_bytes < text.size()) {
    // The text may be a part of the string itself, which moves.
    const auto offset =
        reinterpret_cast<uintptr_t>(text.data()) - reinterpret_cast<uintptr_t>(str->data);
    const bool is_own = offset < str->size_bytes;
    if (!context.heap.Grow(str, text.size())) [[unlikely]] {
      context.FailMemory();
      Release(str);
      return nullptr;
    }
    if (is_own) {
      text = {str->data + offset, text.size()};
    }
  }
  std::memcpy(str->data + str->size_bytes, text.data(), text.size());
  str->size_bytes += text.size();
  str->code_points += code_points;
  return str;
}

Str* AppendInt(Context& context, Str* str, int64_t value) {
  char digits[kNumberChars];
  const size_t size = WriteInt(value, digits);
  return AppendStr(context, str, {digits, size}, size);
}

bool WriteStr(Context& context, Buffer* buffer, std::string_view text, uint64_t code_points) {
  if (buffer->text->references != 1) {
    // text(b) has given it away: go on with a copy.
    Str* copy = context.heap.NewStr(buffer->text->view(), buffer->text->code_points);
    if (copy == nullptr) {
      return context.FailMemory();
    }
    Release(buffer->text);
    buffer->text = copy;
  }
  if (!context.heap.Grow(buffer->text, text.size())) {
    return context.FailMemory();
  }
  Str* str = buffer->text;
  std::memcpy(str->data + str->size_bytes, text.data(), text.size());
  str->size_bytes += text.size();
  str->code_points += code_points;
  return true;
}

bool WriteInt(Context& context, Buffer* buffer, int64_t value) {
  char digits[kNumberChars];
  const size_t size = WriteInt(value, digits);
  return WriteStr(context, buffer, {digits, size}, size);
}

Str* JoinStrs(Context& context, const Str* separator, const List* parts) {
  const uint64_t gaps = parts->size == 0 ? 0 : parts->size - 1;
  uint64_t size_bytes;
  if (__builtin_mul_overflow(separator->size_bytes, gaps, &size_bytes)) {
    context.FailMemory(UINT64_MAX);
    return nullptr;
  }
  uint64_t code_points = separator->code_points * gaps;
  const auto part = [&](uint64_t i) { return static_cast<const Str*>(parts->objects()[i]); };
  for (uint64_t i = 0; i < parts->size; ++i) {
    size_bytes += part(i)->size_bytes;
    code_points += part(i)->code_points;
  }
  Str* joined = NewStrOrFail(context, size_bytes, code_points);
  if (joined == nullptr) {
    return nullptr;
  }
  char* at = joined->data;
  for (uint64_t i = 0; i < parts->size; ++i) {
    if (i != 0) {
      at = std::copy_n(separator->data, separator->size_bytes, at);
    }
    at = std::copy_n(part(i)->data, part(i)->size_bytes, at);
    if ((i + 1) % kPollElements == 0 && context.interrupted()) {
      Release(joined);
      context.FailInterrupted();
      return nullptr;
    }
  }
  return joined;
}

Str* ConcatStr(Context& context, const Str* a, const Str* b) {
  Str* str = NewStrOrFail(context, a->size_bytes + b->size_bytes, a->code_points + b->code_points);
  if (str != nullptr) {
    std::memcpy(str->data, a->data, a->size_bytes);
    std::memcpy(str->data + a->size_bytes, b->data, b->size_bytes);
  }
  return str;
}

Str* RepeatStr(Context& context, const Str* str, int64_t count) {
  const uint64_t times = count < 0 ? 0 : static_cast<uint64_t>(count);
  uint64_t size;
  if (__builtin_mul_overflow(str->size_bytes, times, &size)) {
    context.FailMemory(UINT64_MAX);
    return nullptr;
  }
  Str* repeated = NewStrOrFail(context, size, str->code_points * times);
  if (repeated == nullptr) {
    return nullptr;
  }
  // What is there is copied again, at most kPollBytes at once.
  const uint64_t block = std::max(
      str->size_bytes, kPollBytes / std::max(str->size_bytes, uint64_t{1}) * str->size_bytes);
  for (uint64_t done = 0; done < size;) {
    const uint64_t step = done == 0 ? str->size_bytes : std::min({done, block, size - done});
    std::memcpy(repeated->data + done, done == 0 ? str->data : repeated->data, step);
    done += step;
    if (context.interrupted()) {
      context.FailInterrupted();
      Release(repeated);
      return nullptr;
    }
  }
  return repeated;
}

Str* StrAt(Context& context, const Str* str, int64_t index) {
  int64_t at = index;
  if (!IndexInRange(&at, str->code_points)) {
    FailIndex(context, index, str->code_points, true);
    return nullptr;
  }
  uint64_t offset = static_cast<uint64_t>(at);
  if (!str->is_ascii()) {
    uint64_t left = offset;
    offset = 0;
    for (uint64_t seen = 0; left > 0; --left) {
      offset = EndOfCodePoint(str->view(), offset);
      if (!Poll(context, ++seen)) {
        return nullptr;
      }
    }
  }
  return NextCodePoint(context, str, &offset);
}

Str* NextCodePoint(Context& context, const Str* str, uint64_t* offset) {
  const uint64_t end = EndOfCodePoint(str->view(), *offset);
  Str* one = NewStrOrFail(context, end - *offset, 1);
  if (one != nullptr) {
    std::memcpy(one->data, str->data + *offset, end - *offset);
    *offset = end;
  }
  return one;
}

int CompareStr(const Str* a, const Str* b) { return a->view().compare(b->view()); }

bool EqualStr(const Str* a, const Str* b) { return a->view() == b->view(); }

}  // namespace runtime
