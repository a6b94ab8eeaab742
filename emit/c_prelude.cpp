// The prelude of C, cut into definitions at its empty lines. tests/emit/c_test.cpp.

#include "emit/c_prelude.h"

#include <algorithm>
#include <cctype>
#include <functional>

namespace emit {

extern const std::string_view kCPrelude;

namespace {

// A macro, function, type, enum or variable, with the comment above it. `names`: what it defines; a
// reference to a name that is called is one only with `(` behind it.
struct Definition {
  std::string_view text;
  std::vector<std::string_view> names;
  bool is_macro_with_arguments = false;
};

bool IsWordChar(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// Hands over each name in the text, but not those in literals and comments; and whether `(`
// follows.
void ForEachName(std::string_view text,
                 const std::function<void(std::string_view name, bool is_call)>& visit) {
  for (size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (c == '"' || c == '\'') {
      for (++i; i < text.size() && text[i] != c; ++i) {
        i += text[i] == '\\' ? 1 : 0;
      }
      ++i;
    } else if (c == '/' && i + 1 < text.size() && text[i + 1] == '/') {
      i = std::min(text.find('\n', i), text.size());
    } else if (IsWordChar(c)) {
      const size_t begin = i;
      while (i < text.size() && IsWordChar(text[i])) {
        ++i;
      }
      visit(text.substr(begin, i - begin), i < text.size() && text[i] == '(');
    } else {
      ++i;
    }
  }
}

// The last name in the text.
std::string_view LastName(std::string_view text) {
  std::string_view last;
  ForEachName(text, [&](std::string_view name, bool) { last = name; });
  return last;
}

// What a line that is not indented defines.
void AddNames(std::string_view line, Definition* definition) {
  constexpr std::string_view kDefine = "#define ";
  if (line.starts_with(kDefine)) {
    const size_t end = std::min(line.find_first_of("( ", kDefine.size()), line.size());
    definition->names.push_back(line.substr(kDefine.size(), end - kDefine.size()));
    definition->is_macro_with_arguments = end < line.size() && line[end] == '(';
    return;
  }
  const bool is_code = !line.empty() && (IsWordChar(line[0]) || line.starts_with("} ")) &&
                       !line.starts_with("__attribute__");
  if (!is_code) {
    return;
  }
  if (line.starts_with("enum")) {
    ForEachName(definition->text, [&](std::string_view name, bool) {
      if (name.size() > 1 && std::isupper(static_cast<unsigned char>(name[0])) != 0) {
        definition->names.push_back(name);
      }
    });
    return;
  }
  // The pointer in `static double (*volatile name)(...)`, or what stands before the parameters.
  const size_t pointer = line.find("(*");
  const size_t from = pointer != std::string_view::npos && line.starts_with("static double (*")
                          ? line.find(')')
                          : line.find_first_of("(=;[{", 1);
  const std::string_view name = LastName(line.substr(0, from));
  if (!name.empty()) {
    definition->names.push_back(name);
  }
}

std::vector<Definition> CutPrelude() {
  std::vector<Definition> definitions;
  const auto add = [&](std::string_view text) {
    Definition definition{.text = text, .names = {}};
    for (size_t at = 0; at < text.size();) {
      const size_t end = std::min(text.find('\n', at), text.size());
      AddNames(text.substr(at, end - at), &definition);
      at = end + 1;
    }
    if (!definition.names.empty()) {
      definitions.push_back(std::move(definition));
    }
  };
  std::string_view rest = kCPrelude;
  while (!rest.empty()) {
    const size_t end = std::min(rest.find("\n\n"), rest.size());
    std::string_view block = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 2, rest.size()));
    while (block.starts_with('\n')) {
      block.remove_prefix(1);
    }
    // Functions of one line each may stand together.
    while (block.starts_with("static inline") || block.starts_with("#define")) {
      const size_t line_end = block.find('\n');
      if (line_end == std::string_view::npos ||
          !(block[line_end - 1] == '}' || block.starts_with("#define")) ||
          block[line_end - 1] == '\\') {
        break;
      }
      add(block.substr(0, line_end));
      block.remove_prefix(line_end + 1);
    }
    add(block);
  }
  return definitions;
}

const std::vector<Definition>& Definitions() {
  static const std::vector<Definition> definitions = CutPrelude();
  return definitions;
}

// Functions of <math.h> that the prelude puts a check around.
bool IsMathName(std::string_view name) {
  constexpr std::string_view kNames[] = {"sqrt", "sin",  "cos",   "tan", "asin", "acos",
                                         "log",  "log2", "log10", "exp", "pow"};
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

}  // namespace

const std::unordered_set<std::string_view>& CPreludeNames() {
  static const std::unordered_set<std::string_view> all = [] {
    std::unordered_set<std::string_view> names;
    for (const Definition& definition : Definitions()) {
      names.insert(definition.names.begin(), definition.names.end());
    }
    return names;
  }();
  return all;
}

std::string CPreludeFor(std::string_view program, Overflow overflow) {
  const std::vector<Definition>& definitions = Definitions();
  std::vector<bool> is_needed(definitions.size(), false);
  std::vector<std::string_view> open{program};
  while (!open.empty()) {
    const std::string_view text = open.back();
    open.pop_back();
    ForEachName(text, [&](std::string_view name, bool is_call) {
      const bool is_left_to_c = overflow == Overflow::Native && IsMathName(name);
      if (is_left_to_c || !CPreludeNames().contains(name)) {
        return;
      }
      for (size_t i = 0; i < definitions.size(); ++i) {
        const Definition& definition = definitions[i];
        const bool is_it = !is_needed[i] && (is_call || !definition.is_macro_with_arguments) &&
                           std::find(definition.names.begin(), definition.names.end(), name) !=
                               definition.names.end();
        if (is_it) {
          is_needed[i] = true;
          open.push_back(definition.text);
        }
      }
    });
  }
  std::string text;
  std::string_view last;
  for (size_t i = 0; i < definitions.size(); ++i) {
    if (is_needed[i]) {
      // What stands together in the prelude stays together.
      const std::string_view own = definitions[i].text;
      const bool is_joined = !last.empty() && last.data() + last.size() + 1 == own.data();
      text += text.empty() ? "" : is_joined ? "\n" : "\n\n";
      text += own;
      last = own;
    }
  }
  return text.empty() ? text : text + "\n";
}

size_t CountCName(std::string_view text, std::string_view name) {
  size_t count = 0;
  ForEachName(text, [&](std::string_view other, bool) { count += other == name ? 1 : 0; });
  return count;
}

std::vector<std::string_view> CHeadersFor(std::string_view text) {
  struct Header {
    std::string_view name;
    std::vector<std::string_view> words;
  };
  static const std::vector<Header> headers = {
      {"inttypes.h", {"PRId64"}},
      {"math.h",
       {"M_PI", "M_E",  "INFINITY", "NAN", "isnan", "isinf", "isfinite", "signbit", "fabs",
        "sqrt", "sin",  "cos",      "tan", "asin",  "acos",  "atan",     "atan2",   "exp",
        "log",  "log2", "log10",    "pow", "fmod",  "floor", "copysign", "ldexp",   "frexp"}},
      {"stdarg.h", {"va_list"}},
      {"stdbool.h", {"bool", "true", "false"}},
      {"stdint.h", {"int64_t", "uint64_t", "int32_t", "uint32_t", "INT64_MAX", "INT64_MIN"}},
      {"stdio.h",
       {"printf", "fprintf", "sprintf", "snprintf", "putchar", "fputc", "fwrite", "fflush"}},
      {"stdlib.h",
       {"exit", "malloc", "calloc", "realloc", "free", "strtod", "strtoll", "atoi", "abs", "NULL"}},
      {"string.h",
       {"memcpy", "memset", "memcmp", "memchr", "strlen", "strcmp", "strncmp", "strchr", "strspn",
        "strcpy", "strpbrk"}},
      {"time.h", {"clock_gettime"}},
  };
  std::unordered_set<std::string_view> names;
  ForEachName(text, [&](std::string_view name, bool) { names.insert(name); });
  std::vector<std::string_view> found;
  for (const Header& header : headers) {
    const bool is_needed = std::any_of(header.words.begin(), header.words.end(),
                                       [&](std::string_view word) { return names.contains(word); });
    const bool is_within = header.name == "stdint.h" && names.contains("PRId64");
    if (is_needed && !is_within) {
      found.push_back(header.name);
    }
  }
  return found;
}

}  // namespace emit
