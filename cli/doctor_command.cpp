// `lab doctor`: what on this machine weakens a measurement, for people and as JSON.
// Tests: tests/cli/doctor_test.cpp; the checks themselves: tests/measure/doctor_test.cpp.

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "cli/commands.h"
#include "measure/doctor.h"

namespace cli {

namespace {

using measure::Finding;
using measure::Severity;

constexpr size_t kColumns = 100;
constexpr size_t kSeverityWidth = 9;
constexpr size_t kIndent = 4;  // of what stands below a finding's name
constexpr size_t kNameWidth = 22;

std::string_view ColorOf(Severity severity) {
  switch (severity) {
    case Severity::Ok:
      return "\033[32m";
    case Severity::Unknown:
      return "\033[2m";
    case Severity::Note:
      return "\033[1;36m";
    case Severity::Warning:
      return "\033[1;33m";
    case Severity::Serious:
      return "\033[1;31m";
  }
  return "";
}

// Breaks at spaces, so that lines end before kColumns; the first one starts at column `indent`.
std::string Wrapped(std::string_view text, size_t indent) {
  std::string result;
  size_t column = indent;
  while (!text.empty()) {
    const size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (column > indent && column + 1 + word.size() > kColumns) {
      result += "\n" + std::string(indent, ' ');
      column = indent;
    } else if (column > indent) {
      result += ' ';
      ++column;
    }
    result += word;
    column += word.size();
  }
  return result + "\n";
}

// One line or two on which machine this is.
std::string MachineText(const measure::Environment& environment) {
  std::vector<std::string> parts;
  if (environment.cpu.model) {
    parts.push_back(*environment.cpu.model);
  }
  if (const size_t cpus = environment.cpu.online.size(); cpus > 0) {
    parts.push_back(fmt::format("{} CPU{}", cpus, cpus == 1 ? "" : "s"));
  }
  if (environment.memory.total_bytes) {
    constexpr double kGiB = 1 << 30;
    parts.push_back(
        fmt::format("{:.1f} GiB", static_cast<double>(*environment.memory.total_bytes) / kGiB));
  }
  if (environment.system.kernel) {
    parts.push_back("Linux " + *environment.system.kernel);
  }
  if (environment.system.name) {
    parts.push_back(*environment.system.name);
  }
  if (environment.system.in_virtual_machine.value_or(false)) {
    parts.push_back("virtual machine");
  }
  if (environment.system.in_container) {
    parts.push_back("container");
  }
  std::string text;
  for (const std::string& part : parts) {
    text += (text.empty() ? "" : ", ") + part;
  }
  return text.empty() ? "a machine that tells nothing of itself\n"
                      : Wrapped(frontend::Printable(text), 0);
}

class DoctorText {
 public:
  explicit DoctorText(frontend::Color color) : color_(color) {}

  std::string Of(const measure::Environment& environment, const std::vector<Finding>& findings) {
    text_ = MachineText(environment) + "\n";
    for (const Finding& finding : findings) {
      if (finding.severity > Severity::Unknown) {
        AddInFull(finding);
      }
    }
    AddFine(findings);
    AddUnknown(findings);
    text_ += Wrapped(measure::Verdict(findings), 0);
    return std::move(text_);
  }

 private:
  // The word takes kSeverityWidth columns, whatever its colour.
  void AddSeverity(Severity severity) {
    const std::string_view name = measure::SeverityName(severity);
    const bool colored = color_ == frontend::Color::Yes;
    text_ += fmt::format("{}{}{}{}", colored ? ColorOf(severity) : "", name,
                         colored ? "\033[0m" : "", std::string(kSeverityWidth - name.size(), ' '));
  }

  void AddLine(std::string_view name, std::string_view words) {
    constexpr size_t kWidth = 8;
    if (!words.empty()) {
      text_ += fmt::format("{:{}}{:{}}{}", "", kIndent, name, kWidth,
                           Wrapped(frontend::Printable(words), kIndent + kWidth));
    }
  }

  void AddInFull(const Finding& finding) {
    AddSeverity(finding.severity);
    text_ += fmt::format("{}\n", finding.id);
    AddLine("seen", finding.seen);
    AddLine("effect", finding.source.empty()
                          ? finding.effect
                          : fmt::format("{} ({})", finding.effect, finding.source));
    AddLine("cure", finding.cure);
    text_ += "\n";
  }

  void AddFine(const std::vector<Finding>& findings) {
    const size_t begin = text_.size();
    for (const Finding& finding : findings) {
      if (finding.severity == Severity::Ok) {
        AddSeverity(Severity::Ok);
        text_ +=
            fmt::format("{:{}}{}", finding.id, kNameWidth,
                        Wrapped(frontend::Printable(finding.seen), kSeverityWidth + kNameWidth));
      }
    }
    text_ += text_.size() > begin ? "\n" : "";
  }

  // A virtual machine hides many things for the same reason: a line for each reason.
  void AddUnknown(const std::vector<Finding>& findings) {
    std::vector<std::pair<std::string, std::string>> reasons;  // with what they hide
    for (const Finding& finding : findings) {
      if (finding.severity == Severity::Unknown) {
        const auto same = std::find_if(reasons.begin(), reasons.end(), [&](const auto& reason) {
          return reason.first == finding.seen;
        });
        if (same == reasons.end()) {
          reasons.emplace_back(finding.seen, finding.id);
        } else {
          same->second += fmt::format(", {}", finding.id);
        }
      }
    }
    for (const auto& [reason, ids] : reasons) {
      AddSeverity(Severity::Unknown);
      text_ += Wrapped(fmt::format("{}: {}", ids, reason), kSeverityWidth);
    }
    text_ += reasons.empty() ? "" : "\n";
  }

  frontend::Color color_;
  std::string text_;
};

}  // namespace

int RunDoctor(const DoctorOptions& options, Env& env) {
  constexpr double kWatchSeconds = 0.5;
  const measure::MachineFiles files(env.root);
  // First, so that the frequencies are those of a machine at work.
  const measure::Activity activity = measure::WatchActivity(files, env.clock, kWatchSeconds);
  const measure::Environment environment = measure::ReadEnvironment(files, env.clock);
  const std::vector<Finding> findings = measure::Diagnose(environment, &activity);
  if (options.json) {
    env.out.Write(measure::DoctorJson(environment, activity, findings) + "\n");
  } else {
    const frontend::Color color = ResolveColor(options.color, env, Stream::Out);
    env.out.Write(DoctorText(color).Of(environment, findings));
  }
  return kOk;
}

}  // namespace cli
