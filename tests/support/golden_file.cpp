// Reads the directives line by line. A "#" inside a string starts no comment,
// unless the string is never closed, which is what some goldens are about.

#include "tests/support/golden_file.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace support {
namespace {

std::string_view Trim(std::string_view text) {
  size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) {
    return {};
  }
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

std::vector<std::string> Split(std::string_view text, std::string_view separators) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    size_t end = std::min(text.find_first_of(separators), text.size());
    if (std::string_view part = Trim(text.substr(0, end)); !part.empty()) {
      parts.emplace_back(part);
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

std::optional<int> ToInt(std::string_view text) {
  int value = 0;
  std::from_chars_result end = std::from_chars(text.data(), text.data() + text.size(), value);
  bool whole = end.ec == std::errc{} && end.ptr == text.data() + text.size();
  return whole ? std::optional(value) : std::nullopt;
}

std::string_view CommentOf(std::string_view line) {
  bool in_string = false;
  for (size_t i = 0; i < line.size(); ++i) {
    if (in_string && line[i] == '\\') {
      ++i;
    } else if (line[i] == '"') {
      in_string = !in_string;
    } else if (line[i] == '#' && !in_string) {
      return line.substr(i + 1);
    }
  }
  size_t directive = line.rfind("# diagnostic");
  return directive == std::string_view::npos ? std::string_view{} : line.substr(directive + 1);
}

// "word[7]" -> "word" and 7.
struct WithColumn {
  std::string word;
  std::optional<uint32_t> column;
};

WithColumn SplitColumn(std::string_view text) {
  size_t bracket = text.find('[');
  if (bracket == std::string_view::npos || !text.ends_with(']')) {
    return {std::string(text), std::nullopt};
  }
  std::optional<int> column = ToInt(text.substr(bracket + 1, text.size() - bracket - 2));
  if (!column) {
    return {std::string(text), std::nullopt};
  }
  return {std::string(text.substr(0, bracket)), static_cast<uint32_t>(*column)};
}

void ParseDirective(GoldenFile& golden, std::string_view comment, uint32_t line) {
  size_t colon = comment.find(':');
  if (colon == std::string_view::npos) {
    return;
  }
  WithColumn head = SplitColumn(Trim(comment.substr(0, colon)));
  std::string_view value = comment.substr(colon + 1);
  if (value.starts_with(' ')) {
    value.remove_prefix(1);
  }
  if (value.ends_with('\r')) {
    value.remove_suffix(1);
  }
  if (head.word == "expect") {
    golden.output.emplace_back(value);
  } else if (head.word == "diagnostic") {
    for (const std::string& part : Split(value, ",")) {
      WithColumn code = SplitColumn(part);
      golden.diagnostics.push_back({code.word, line, code.column});
    }
  } else if (head.word == "error") {
    size_t separator = value.find(": ");
    if (separator == std::string_view::npos || golden.error) {
      golden.problems.push_back("line " + std::to_string(line) +
                                ": one `# error: KIND: MESSAGE` is possible in a file");
      return;
    }
    golden.error = {std::string(value.substr(0, separator)),
                    std::string(value.substr(separator + 2)), line, head.column};
  } else if (head.word == "trace") {
    golden.trace = Split(value, ",");
  } else if (head.word == "args") {
    golden.args = Split(value, " ");
  } else if (head.word == "flags") {
    golden.flags = Split(value, " ");
  } else if (head.word == "exit") {
    golden.exit_status = ToInt(Trim(value));
    if (!golden.exit_status) {
      golden.problems.push_back("line " + std::to_string(line) + ": exit needs a number");
    }
  }
}

}  // namespace

std::string GoldenFile::OutputText() const {
  std::string text_out;
  for (const std::string& line : output) {
    text_out += line + "\n";
  }
  return text_out;
}

GoldenFile ParseGoldenFile(std::string path, std::string text) {
  GoldenFile golden;
  golden.path = std::move(path);
  golden.text = std::move(text);
  std::string_view rest = golden.text;
  for (uint32_t line = 1; !rest.empty(); ++line) {
    size_t end = std::min(rest.find('\n'), rest.size());
    ParseDirective(golden, CommentOf(rest.substr(0, end)), line);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return golden;
}

GoldenFile LoadGoldenFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    GoldenFile golden;
    golden.path = path;
    golden.problems.push_back("the file cannot be read");
    return golden;
  }
  return ParseGoldenFile(path, {std::istreambuf_iterator<char>(in), {}});
}

std::vector<std::string> FindGoldenFiles(const std::string& directory) {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
    if (entry.is_regular_file() && entry.path().extension() == ".gc") {
      paths.push_back(entry.path().generic_string());
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::string TestNameOf(std::string_view path, std::string_view root) {
  if (path.starts_with(root)) {
    path.remove_prefix(root.size());
  }
  if (path.ends_with(".gc")) {
    path.remove_suffix(3);
  }
  std::string name;
  for (char c : path) {
    bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (plain || !name.empty()) {
      name += plain ? c : '_';
    }
  }
  return name;
}

}  // namespace support
