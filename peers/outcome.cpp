// Tests: tests/peers/outcome_test.cpp.

#include "peers/outcome.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "runtime/error.h"

namespace peers {
namespace {

using runtime::ErrorKind;

constexpr size_t kMostLines = 5;

// Such an end is about the run, not about the program.
bool IsLimit(std::string_view kind) {
  constexpr ErrorKind kLimits[] = {ErrorKind::Memory, ErrorKind::Output, ErrorKind::Time,
                                   ErrorKind::Interrupt, ErrorKind::Pipe};
  return std::any_of(std::begin(kLimits), std::end(kLimits),
                     [&](ErrorKind limit) { return kind == runtime::Name(limit); });
}

bool SameEnd(const Outcome& base, const Outcome& other) {
  if (base.error_kind != other.error_kind) {
    return false;
  }
  const uint32_t line = base.error_lines.first;
  return line == 0 || base.error_kind == runtime::Name(ErrorKind::Depth) ||
         (other.error_lines.first <= line && line <= other.error_lines.last);
}

std::string EndText(const Outcome& outcome) {
  if (outcome.kind == Outcome::Kind::Broken) {
    return outcome.note;
  }
  if (outcome.error_kind.empty()) {
    return "ends well";
  }
  const auto [first, last] = outcome.error_lines;
  return fmt::format("ends with {}{}", outcome.error_kind,
                     first == 0      ? std::string()
                     : first == last ? fmt::format(" in line {}", first)
                                     : fmt::format(" in lines {} to {}", first, last));
}

// The next line, taken away; with its line break, so that a missing one shows.
std::string_view TakeLine(std::string_view* text) {
  const size_t end = text->find('\n');
  const std::string_view line = text->substr(0, end == std::string_view::npos ? end : end + 1);
  text->remove_prefix(line.size());
  return line;
}

std::string Quoted(char sign, std::string_view line) {
  return line.empty()           ? fmt::format("{} (no such line)\n", sign)
         : line.ends_with('\n') ? fmt::format("{} {}", sign, line)
                                : fmt::format("{} {} (no line end)\n", sign, line);
}

}  // namespace

Outcome OutcomeOf(PeerRun run) {
  Outcome outcome;
  outcome.output = std::move(run.output);
  outcome.note = std::move(run.note);
  switch (run.end) {
    case RunEnd::Ok:
      break;
    case RunEnd::Error:
      outcome.error_kind = std::move(run.error.kind);
      outcome.error_lines = run.error.lines;
      break;
    case RunEnd::OutOfRange:
      outcome.kind = Outcome::Kind::NotComparable;
      outcome.note = run.error.message;
      break;
    case RunEnd::Stopped:
      outcome.kind = Outcome::Kind::NotComparable;
      break;
    case RunEnd::Refused:
      outcome.kind = Outcome::Kind::Refused;
      break;
    case RunEnd::Crash:
    case RunEnd::NotBuilt:
      outcome.kind = Outcome::Kind::Broken;
      break;
  }
  return outcome;
}

std::string_view Name(Verdict verdict) {
  switch (verdict) {
    case Verdict::Ok:
      return "ok";
    case Verdict::Differs:
      return "differs";
    case Verdict::NotComparable:
      return "not comparable";
    case Verdict::Missing:
      return "missing";
    case Verdict::Refused:
      return "refused";
  }
  return {};
}

Verdict Compare(const Outcome& base, const Outcome& other, measure::Tolerance tolerance) {
  switch (other.kind) {
    case Outcome::Kind::Missing:
      return Verdict::Missing;
    case Outcome::Kind::Refused:
      return Verdict::Refused;
    case Outcome::Kind::NotComparable:
      return Verdict::NotComparable;
    case Outcome::Kind::Broken:
    case Outcome::Kind::Complete:
      break;
  }
  if (base.kind != Outcome::Kind::Complete || IsLimit(base.error_kind) ||
      IsLimit(other.error_kind)) {
    return Verdict::NotComparable;
  }
  return other.kind == Outcome::Kind::Complete && SameEnd(base, other) &&
                 measure::SameText(tolerance, base.output, other.output)
             ? Verdict::Ok
             : Verdict::Differs;
}

std::string Difference(const Outcome& base, const Outcome& other, measure::Tolerance tolerance) {
  std::string text;
  std::string_view base_rest = base.output;
  std::string_view other_rest = other.output;
  size_t shown = 0;
  for (size_t line = 1; !base_rest.empty() || !other_rest.empty(); ++line) {
    const std::string_view base_line = TakeLine(&base_rest);
    const std::string_view other_line = TakeLine(&other_rest);
    if (measure::SameText(tolerance, base_line, other_line)) {
      continue;
    }
    if (++shown > kMostLines) {
      text += "... more lines differ\n";
      break;
    }
    text += fmt::format("line {}\n{}{}", line, Quoted('-', base_line), Quoted('+', other_line));
  }
  if (!SameEnd(base, other) || other.kind == Outcome::Kind::Broken) {
    text += fmt::format("- {}\n+ {}\n", EndText(base), EndText(other));
  }
  return text;
}

}  // namespace peers
