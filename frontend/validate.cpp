// One pass over the whole file before anything is read from it, so that no
// later phase meets a broken byte. Eight plain bytes are passed at a time.

#include "frontend/validate.h"

#include <cstdint>
#include <cstring>
#include <string>

#include "frontend/utf8.h"

namespace frontend {
namespace {

constexpr uint64_t kOnes = 0x0101010101010101;
constexpr uint64_t kHighBits = 0x8080808080808080;

// Whether some byte of `word` is zero.
bool HasZero(uint64_t word) { return ((word - kOnes) & ~word & kHighBits) != 0; }

// No byte of the word is beyond ASCII, NUL or a carriage return.
bool IsPlain(uint64_t word) {
  return (word & kHighBits) == 0 && !HasZero(word) && !HasZero(word ^ (kOnes * '\r'));
}

Span ByteAt(size_t offset) {
  return {static_cast<uint32_t>(offset), static_cast<uint32_t>(offset + 1)};
}

std::string Hex(unsigned value, int digits) {
  std::string text;
  for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
    text += "0123456789abcdef"[(value >> shift) & 15];
  }
  return text;
}

}  // namespace

bool ValidateText(const SourceFile& source, DiagnosticSink& sink) {
  std::string_view text = source.text();
  bool saw_lone_return = false;
  for (size_t i = 0; i < text.size();) {
    if (text.size() - i >= 8) {
      uint64_t word;
      std::memcpy(&word, text.data() + i, 8);
      if (IsPlain(word)) {
        i += 8;
        continue;
      }
    }
    char c = text[i];
    if (c == '\0') {
      sink.Report({.kind = DiagnosticKind::NulByte,
                   .span = ByteAt(i),
                   .message = "The source holds a NUL byte at offset " + std::to_string(i) + ".",
                   .cause = "a text file has no NUL bytes; is this a binary file, or UTF-16?",
                   .fix = "save the file as UTF-8 text"});
      return false;
    }
    if (c == '\r' && (i + 1 == text.size() || text[i + 1] != '\n') && !saw_lone_return) {
      saw_lone_return = true;
      sink.Report({.kind = DiagnosticKind::LoneCarriageReturn,
                   .span = ByteAt(i),
                   .message = "A carriage return stands alone here.",
                   .cause = "some editors show it as a line break, others do not",
                   .fix = "end lines with a line feed, or with carriage return and line feed"});
    }
    CodePoint point = DecodeUtf8(text, i);
    if (point.length == 0) {
      auto byte = static_cast<unsigned char>(c);
      sink.Report({.kind = DiagnosticKind::InvalidUtf8,
                   .span = ByteAt(i),
                   .message = "Byte 0x" + Hex(byte, 2) + " at offset " + std::to_string(i) +
                              " is not UTF-8.",
                   .cause = "is the file in Latin-1 or another encoding, or binary?",
                   .fix = "save the file as UTF-8 text"});
      return false;
    }
    if (IsBidiControl(point.value) && !sink.full()) {
      sink.Report({.kind = DiagnosticKind::BidiControl,
                   .span = {static_cast<uint32_t>(i), static_cast<uint32_t>(i) + point.length},
                   .message = "The invisible character U+" +
                              Hex(static_cast<unsigned>(point.value), 4) +
                              " changes the order in which this text is shown.",
                   .cause = "with it a program can look like another one than it is",
                   .fix = "remove it; in a string write \\u{" +
                          Hex(static_cast<unsigned>(point.value), 4) + "}"});
    }
    i += point.length;
  }
  return true;
}

}  // namespace frontend
