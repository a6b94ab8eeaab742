// Texts of a program, of its name and of the command line never reach the terminal as commands to
// it: whatever lab says of them is printable.

#include "tests/cli/command_line.h"

namespace cli {
namespace {

class HostileText : public FilesTest {};

// What terminals obey or what turns the direction of text.
constexpr const char* kVectors[] = {
    "\x1b[31m",
    "\x1b]0;title\x07",
    "\x08\x08",
    "\r",
    "\x7f",
    "\xc2\x9b"
    "31m",
    "\u202e",
    "\u2066",
    "\u200f",
};

// As an escape of a literal of the language.
std::string Escaped(const std::string& text) {
  std::string result;
  for (size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const size_t size = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : 3;
    uint32_t code = size == 1 ? byte : size == 2 ? byte & 0x1fU : byte & 0x0fU;
    for (size_t k = 1; k < size; ++k) {
      code = code << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3fU);
    }
    char hex[16];
    std::snprintf(hex, sizeof(hex), "\\u{%x}", code);
    result += hex;
    i += size;
  }
  return result;
}

void ExpectPrintable(const Result& result) {
  for (const char c : result.err) {
    const auto byte = static_cast<unsigned char>(c);
    EXPECT_TRUE(byte == '\n' || (byte >= 0x20 && byte != 0x7f)) << result.err;
  }
  for (const char* part : {"\xc2\x9b", "\u202e", "\u2066", "\u200f"}) {
    EXPECT_FALSE(Contains(result.err, part)) << result.err;
  }
  EXPECT_NE(result.status, kOk);
  EXPECT_NE(result.err, "");
}

TEST_F(HostileText, OfProgramsIsShownAsItIsWritten) {
  for (const char* vector : kVectors) {
    const std::string text = Escaped(vector);
    for (const std::string& program :
         {"error(\"" + text + "\")", "assert(false, \"" + text + "\")", "int(\"" + text + "\")",
          "float(\"" + text + "\")", "extern \"" + text + "\" def f(x: int) -> int; f(1)",
          "def f(x: int) = x; f(\"" + text + "\")", "\"" + text + "\" + 1", "[1][\"" + text + "\"]",
          "let x = " + std::string(vector) + "1", "\"" + text, "unknown(\"" + text + "\")"}) {
      for (const char* backend : {"--backend=interp", "--backend=jit"}) {
        ExpectPrintable(Lab({"run", backend, "-e", program}));
      }
    }
  }
}

TEST_F(HostileText, OfNamesAndCommandLinesIsShownAsItIsWritten) {
  for (const std::string vector : kVectors) {
    ExpectPrintable(Lab({Write("a" + vector + ".gc", "1 // 0\n")}));
    ExpectPrintable(Lab({"run", folder() + "/none" + vector + ".gc"}));
    ExpectPrintable(Lab({Write("main.gc", "def main(n: int) = n\n"), vector}));
    ExpectPrintable(Lab({vector}));
    ExpectPrintable(Lab({"run", "--backend=" + vector, "x.gc"}));
    ExpectPrintable(Lab({"run", "--" + vector, "x.gc"}));
    ExpectPrintable(Lab({"run", "--time-limit=" + vector, "x.gc"}));
    ExpectPrintable(Lab({"help", "x" + vector}));
    ExpectPrintable(Lab({"compare", "--bench=" + vector, Write("b.gc", "bench b(n = 1) = n\n")}));
    ExpectPrintable(Lab({"compare", "--from=" + folder() + "/none" + vector}));
    ExpectPrintable(Lab({"report", Write("r" + vector + ".jsonl", "{\"" + vector + "\n")}));
    ExpectPrintable(Lab({"timeit", "error(\"" + Escaped(vector) + "\")"}));
  }
}

}  // namespace
}  // namespace cli
