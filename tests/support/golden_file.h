#pragma once
// Golden programs: .gc files that carry their expectations in comments, on the
// lines that cause them.
//
//   x + 1          # diagnostic: E0201          what the frontend reports here;
//   f(y, z)        # diagnostic: E0201[3], E0302    [column] and several are possible
//   print(1 + 1)   # expect: 2                  a line of output, in the order of the file
//   7 // 0         # error: ZeroDivision: ...   the error that ends the run, pointing here;
//   1 + 7 // 0     # error[5]: KIND: MESSAGE    [column] is possible
//   # trace: g, f, <top>                        functions of the traceback, innermost first
//   # args: 5000 n=3                            program arguments, flags of the lab,
//   # flags: --interp=boxed                     the exit status
//   # exit: 1
//
// A directive is the whole comment. Text after ": " is taken as it stands.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace support {

struct ExpectedDiagnostic {
  std::string code;
  uint32_t line = 0;
  std::optional<uint32_t> column;
};

struct ExpectedError {
  std::string kind;
  std::string message;
  uint32_t line = 0;
  std::optional<uint32_t> column;
};

struct GoldenFile {
  std::string path;
  std::string text;
  std::vector<ExpectedDiagnostic> diagnostics;
  std::vector<std::string> output;  // lines of standard output, all of them
  std::optional<ExpectedError> error;
  std::vector<std::string> trace;
  std::vector<std::string> args;
  std::vector<std::string> flags;
  std::optional<int> exit_status;
  std::vector<std::string> problems;  // directives that cannot be read

  // The expected standard output as one text.
  std::string OutputText() const;
};

GoldenFile ParseGoldenFile(std::string path, std::string text);

// Reads the file; a file that cannot be read has a problem.
GoldenFile LoadGoldenFile(const std::string& path);

// All .gc files below `directory`, sorted.
std::vector<std::string> FindGoldenFiles(const std::string& directory);

// "programs/great_circle.gc" -> "programs_great_circle": a name for a test.
std::string TestNameOf(std::string_view path, std::string_view root);

}  // namespace support
