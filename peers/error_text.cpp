// Messages of the prelude name their kind. Natural errors of a language are found in its table, by
// how the message begins. Tests: tests/peers/error_text_test.cpp.

#include "peers/error_text.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>
#include <span>

#include "peers/build.h"
#include "peers/text_lines.h"
#include "runtime/error.h"

namespace peers {
namespace {

using emit::Target;
using Lines = emit::Translation::Lines;

constexpr std::string_view kKinds[] = {
#define LAB_ERROR(name, text, exit_status) text,
#include "runtime/error_kinds.def"
#undef LAB_ERROR
    kRangeKind,
};

// A natural error: how the message begins or what it holds, and what it means.
struct Natural {
  std::string_view text;
  std::string_view kind;
};

// In order: the first that the message begins with.
constexpr Natural kPython[] = {
    {"ZeroDivisionError", "division by zero"},
    {"OverflowError", "overflow"},
    {"ValueError: math domain error", "domain"},
    {"ValueError: expected a", "domain"},  // since 3.14: "expected a nonnegative input, got -1.0"
    {"ValueError: cannot convert float NaN", "domain"},
    {"ValueError: max() ", "empty"},
    {"ValueError: min() ", "empty"},
    {"ValueError: arg is an empty sequence", "empty"},
    {"ValueError", "value"},
    {"IndexError: pop from empty list", "empty"},
    {"IndexError", "index"},
    {"TypeError", "type"},
    {"AttributeError", "type"},
    {"RecursionError", "depth limit"},
    {"AssertionError", "assert"},
    {"MemoryError", "memory limit"},
    {"UnboundLocalError", "unset"},
    {"NameError", "unset"},
    {"BrokenPipeError", "reader gone"},
    {"OSError", "output"},
    {"KeyboardInterrupt", "interrupted"},
};

constexpr Natural kLua[] = {
    {"stack overflow", "depth limit"},
    {"C stack overflow", "depth limit"},
    {"error in error handling", "depth limit"},
    {"not enough memory", "memory limit"},
    {"attempt to perform 'n//0'", "division by zero"},
    {"attempt to perform 'n%%0'", "division by zero"},
    {"attempt to perform 'n%0'", "division by zero"},
    {"attempt to divide by zero", "division by zero"},
    {"attempt to ", "type"},
    {"bad argument ", "type"},
};

constexpr Natural kJs[] = {
    {"RangeError: Maximum call stack", "depth limit"},
    {"RangeError: Invalid array length", "memory limit"},
    {"RangeError: Invalid string length", "memory limit"},
    {"RangeError: Array buffer allocation failed", "memory limit"},
    {"FATAL ERROR: ", "memory limit"},
    {"ReferenceError: Cannot access", "unset"},
    {"TypeError", "type"},
};

std::span<const Natural> NaturalErrors(Target target) {
  switch (target) {
    case Target::Python:
    case Target::Cython:
      return kPython;
    case Target::Lua:
    case Target::LuaJit:
      return kLua;
    case Target::Js:
      return kJs;
    case Target::C:
      break;
  }
  return {};
}

// "KIND: message" or "KIND" alone, at the beginning of `text`.
bool TakeKind(std::string_view text, PeerError* error) {
  for (const std::string_view kind : kKinds) {
    if (!text.starts_with(kind)) {
      continue;
    }
    const std::string_view rest = text.substr(kind.size());
    if (rest.empty() || rest.starts_with(": ") || rest == ":") {
      error->kind = kind;
      error->message = rest.substr(std::min<size_t>(2, rest.size()));
      return true;
    }
  }
  return false;
}

// The same behind any of the colons of a line: what a language puts before a message ends in one.
bool FindKind(std::string_view line, PeerError* error) {
  while (!TakeKind(line, error)) {
    const size_t colon = line.find(": ");
    if (colon == std::string_view::npos) {
      return false;
    }
    line.remove_prefix(colon + 2);
  }
  return true;
}

// The natural error that `message` is, whatever stands in front of it.
bool FindNatural(Target target, std::string_view message, PeerError* error) {
  for (const Natural& natural : NaturalErrors(target)) {
    const size_t at = message.find(natural.text);
    if (at == 0 || (at != std::string_view::npos && message.substr(0, at).ends_with(": "))) {
      error->kind = natural.kind;
      error->message = message.substr(at);
      return true;
    }
  }
  return false;
}

bool IsIndented(std::string_view line) { return line.front() == ' ' || line.front() == '\t'; }

// Of Python: the first line of the message stands at the margin, behind the last place.
std::optional<std::string_view> PythonMessage(const std::vector<std::string_view>& lines) {
  std::optional<std::string_view> message;
  for (const std::string_view line : lines) {
    if (line.starts_with("  File ")) {
      message.reset();
    } else if (!message && !line.empty() && !IsIndented(line)) {
      message = line;
    }
  }
  return message;
}

void FindMessage(Target target, const std::vector<std::string_view>& lines, PeerError* error) {
  std::vector<std::string_view> messages;
  if (target == Target::Python || target == Target::Cython) {
    if (const auto message = PythonMessage(lines)) {
      messages.push_back(*message);
    }
  } else {
    // Indented are tracebacks and lines of the program.
    std::copy_if(lines.begin(), lines.end(), std::back_inserter(messages),
                 [](std::string_view line) { return !line.empty() && !IsIndented(line); });
  }
  for (const std::string_view line : messages) {
    if (FindKind(line, error)) {
      return;
    }
  }
  for (const std::string_view line : messages) {
    if (FindNatural(target, line, error)) {
      return;
    }
  }
  if (!messages.empty()) {
    error->message = messages.front();
  }
}

// The lines of the file `name` that a text mentions, in its order: `name:12`, `name", line 12`.
std::vector<uint32_t> PlacesIn(std::string_view text, std::string_view name) {
  constexpr std::string_view kSeparators[] = {":", "\", line "};
  std::vector<uint32_t> places;
  for (size_t at = 0; (at = text.find(name, at)) != std::string_view::npos;) {
    at += name.size();
    for (const std::string_view separator : kSeparators) {
      if (!text.substr(at).starts_with(separator)) {
        continue;
      }
      const std::string_view digits = text.substr(at + separator.size());
      uint32_t line = 0;
      if (std::from_chars(digits.data(), digits.data() + digits.size(), line).ec == std::errc()) {
        places.push_back(line);
      }
    }
  }
  return places;
}

}  // namespace

PeerError ReadError(Target target, std::string_view text, const std::vector<Lines>& lines) {
  PeerError error;
  FindMessage(target, LinesOf(text), &error);
  // Nothing but the program writes the places of C.
  std::vector<uint32_t> places =
      PlacesIn(text, target == Target::C ? std::string(".c") : SourceName(target));
  if (target == Target::Python || target == Target::Cython) {
    std::reverse(places.begin(), places.end());  // the others begin with the innermost
  }
  if (target == Target::Lua || target == Target::LuaJit) {
    // On its way out of each coroutine a message gets one more place in front.
    const size_t in_message = PlacesIn(text.substr(0, text.find('\n')), SourceName(target)).size();
    std::reverse(places.begin(), places.begin() + static_cast<std::ptrdiff_t>(in_message));
  }
  for (const uint32_t place : places) {
    if (place >= 1 && place <= lines.size() && lines[place - 1].first != 0) {
      error.lines = lines[place - 1];
      break;
    }
  }
  return error;
}

}  // namespace peers
