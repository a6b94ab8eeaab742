// Values as text: what `print` and `str` show, and the quoted form that
// strings have inside lists. Both are Python's.

#include <charconv>

#include "frontend/check.h"
#include "runtime/builtins.h"
#include "runtime/error_texts.h"
#include "runtime/number_text.h"
#include "runtime/ops.h"
#include "runtime/poll.h"

namespace runtime {

namespace {

// Code points that Python escapes although they are no control characters:
// spaces other than ' ', separators, format characters, private use.
struct CodePoints {
  uint32_t first;
  uint32_t last;
};
constexpr CodePoints kNotPrintable[] = {
    {0x0000, 0x001f},   {0x007f, 0x00a0},    {0x00ad, 0x00ad},   {0x0600, 0x0605},
    {0x061c, 0x061c},   {0x06dd, 0x06dd},    {0x070f, 0x070f},   {0x0890, 0x0891},
    {0x08e2, 0x08e2},   {0x1680, 0x1680},    {0x180e, 0x180e},   {0x2000, 0x200f},
    {0x2028, 0x202f},   {0x205f, 0x206f},    {0x3000, 0x3000},   {0xd800, 0xf8ff},
    {0xfeff, 0xfeff},   {0xfff0, 0xfffb},    {0xfffe, 0xffff},   {0x110bd, 0x110bd},
    {0x110cd, 0x110cd}, {0x13430, 0x1343f},  {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a},
    {0xe0000, 0xe00ff}, {0xe01f0, 0x10ffff},
};

bool IsPrintable(uint32_t code_point) {
  for (const CodePoints& range : kNotPrintable) {
    if (code_point <= range.last) {
      return code_point < range.first;
    }
  }
  return true;
}

// The code point at the start of `text`, which is valid UTF-8, and its length.
uint32_t Decode(std::string_view text, size_t* size) {
  const auto byte = [text](size_t i) { return static_cast<unsigned char>(text[i]); };
  if (byte(0) < 0x80) {
    *size = 1;
    return byte(0);
  }
  *size = byte(0) >= 0xf0 ? 4 : byte(0) >= 0xe0 ? 3 : 2;
  uint32_t code_point = byte(0) & (0x7fU >> *size);
  for (size_t i = 1; i < *size; ++i) {
    code_point = code_point << 6 | (byte(i) & 0x3fU);
  }
  return code_point;
}

void AppendEscape(uint32_t code_point, std::string* out) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  const int digits = code_point <= 0xff ? 2 : code_point <= 0xffff ? 4 : 8;
  *out += digits == 2 ? "\\x" : digits == 4 ? "\\u" : "\\U";
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
    *out += kDigits[code_point >> shift & 0xf];
  }
}

// Text under construction is not on the heap, but a text that the heap could
// not hold is refused before it is complete.
bool CheckRoom(Context& context, const std::string& out) {
  const uint64_t room = context.heap.limit_bytes() - context.heap.counters().live_bytes;
  return out.size() <= room || context.FailMemory(out.size());
}

bool Quote(Context& context, std::string_view text, std::string* out) {
  const bool use_double =
      text.find('\'') != std::string_view::npos && text.find('"') == std::string_view::npos;
  const char quote = use_double ? '"' : '\'';
  *out += quote;
  for (size_t at = 0, count = 1; at < text.size(); ++count) {
    size_t size;
    const uint32_t code_point = Decode(text.substr(at), &size);
    if (code_point == static_cast<unsigned char>(quote) || code_point == '\\') {
      *out += '\\';
      *out += static_cast<char>(code_point);
    } else if (code_point == '\n') {
      *out += "\\n";
    } else if (code_point == '\r') {
      *out += "\\r";
    } else if (code_point == '\t') {
      *out += "\\t";
    } else if (IsPrintable(code_point)) {
      *out += text.substr(at, size);
    } else {
      AppendEscape(code_point, out);
    }
    at += size;
    if (count % kPollElements == 0 && (!Poll(context, 0) || !CheckRoom(context, *out))) {
      return false;
    }
  }
  *out += quote;
  return true;
}

void AppendNumber(Value number, std::string* out) {
  char text[kNumberChars];
  out->append(text, number.tag == Tag::Int ? WriteInt(number.integer, text)
                                           : WriteFloat(number.real, text));
}

bool AppendRepr(Context& context, Value value, uint32_t levels, std::string* out);

// `levels` bounds the nesting that an open list may have reached behind the
// back of the lists around it.
bool AppendList(Context& context, const List* list, uint32_t levels, std::string* out) {
  if (levels == 0) {
    return context.Fail(NestedListText());
  }
  *out += '[';
  for (uint64_t i = 0; i < list->size; ++i) {
    if (i % kPollElements == 0 && (!Poll(context, 0) || !CheckRoom(context, *out))) {
      return false;
    }
    if (i != 0) {
      *out += ", ";
    }
    Value element = ElementAt(context, list, i);
    const bool ok = AppendRepr(context, element, levels - 1, out);
    Release(element);
    if (!ok) {
      return false;
    }
  }
  *out += ']';
  return true;
}

void AppendFunction(const Context& context, frontend::FunctionId id, std::string* out) {
  const frontend::Function& function = context.program.resolution.functions[id];
  if (function.decl == nullptr) {
    *out += function.name;  // "<lambda>"
  } else {
    *out += "<function ";
    *out += function.name;
    *out += '>';
  }
}

bool AppendRepr(Context& context, Value value, uint32_t levels, std::string* out) {
  switch (value.tag) {
    case Tag::None:
      *out += "none";
      return true;
    case Tag::Bool:
      *out += value.boolean ? "true" : "false";
      return true;
    case Tag::Int:
    case Tag::Float:
      AppendNumber(value, out);
      return true;
    case Tag::Function:
      AppendFunction(context, static_cast<frontend::FunctionId>(value.id), out);
      return true;
    case Tag::Builtin:
      *out += "<built-in ";
      *out += Name(static_cast<BuiltinKind>(value.id));
      *out += '>';
      return true;
    case Tag::Str:
      return Quote(context, value.str->view(), out);
    case Tag::List:
      return AppendList(context, value.list, levels, out);
    case Tag::Closure:
      AppendFunction(context, value.closure->function, out);
      return true;
    case Tag::Seq:
      *out += "<seq>";
      return true;
    case Tag::Buffer:
      *out += "<buffer>";
      return true;
  }
  LAB_CHECK(false);
  return false;
}

}  // namespace

bool Repr(Context& context, Value value, std::string* out) {
  return AppendRepr(context, value, TypeTable::kMaxDepth, out);
}

bool Format(Context& context, Value value, std::string* out) {
  if (value.tag == Tag::Str) {
    *out += value.str->view();
    return true;
  }
  return Repr(context, value, out);
}

Str* StrOfInt(Context& context, int64_t value) {
  static_assert(Str::kInlineBytes >= 20, "the digits of any int fit inline");
  Str* str = context.heap.NewStrOfSize(0, 0);
  if (str == nullptr) {
    context.FailMemory();
    return nullptr;
  }
  str->size_bytes = WriteInt(value, str->inline_data);
  str->code_points = str->size_bytes;
  return str;
}

Str* StrOf(Context& context, Value value) {
  if (value.tag == Tag::Str) {
    return Retain(value.str);
  }
  if (value.tag == Tag::Int) {
    return StrOfInt(context, value.integer);
  }
  Str* str;
  if (value.tag == Tag::Float) {
    char text[kNumberChars];
    const size_t size = WriteFloat(value.real, text);
    str = context.heap.NewStr({text, size}, size);
  } else {
    std::string text;
    if (!Format(context, value, &text)) {
      return nullptr;
    }
    uint64_t code_points = 0;
    for (const char c : text) {
      code_points += (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    }
    str = context.heap.NewStr(text, code_points);
  }
  if (str == nullptr) {
    context.FailMemory();
  }
  return str;
}

}  // namespace runtime
