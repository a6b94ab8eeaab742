// Lists and literals of C. tests/emit/c_test.cpp.

#include "emit/c_text.h"

namespace emit {

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    text += text.empty() ? word : ", " + word;
  }
  return text;
}

std::string EscapedForC(std::string_view text, CText kind) {
  std::string escaped;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      escaped += '\\';
      escaped += c;
    } else if (c == '\n') {
      escaped += "\\n";
    } else if (c == '\t') {
      escaped += "\\t";
    } else if (c == '%' && kind == CText::Format) {
      escaped += "%%";
    } else if (c == '?' && escaped.ends_with('?')) {
      escaped += "\\?";  // no trigraph
    } else if (byte < 0x20 || byte == 0x7f) {
      const char octal[] = {'\\', static_cast<char>('0' + (byte >> 6)),
                            static_cast<char>('0' + (byte >> 3 & 7)),
                            static_cast<char>('0' + (byte & 7))};
      escaped.append(octal, sizeof octal);
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::string QuotedForC(std::string_view text) {
  return '"' + EscapedForC(text, CText::Plain) + '"';
}

}  // namespace emit
