// `lab time`: each run is a fresh process, so that what the system counts for it is the program's
// and the engine's alone. Of a single run the streams are its own; of several the output is kept,
// since no time is worth showing before the answers have been compared.
// Tests: tests/cli/time_test.cpp, tests/cli/time_process_test.cpp.

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <optional>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/complaint.h"
#include "cli/write_file.h"
#include "measure/memory_file.h"
#include "report/gnu_time.h"

namespace cli {

namespace {

std::string Joined(const std::vector<std::string>& words) {
  std::string text = "lab";
  for (const std::string& word : words) {
    text += " " + word;
  }
  return text;
}

// The end of a run of `lab` with these words. None: it could not be started, which has been said.
std::optional<measure::ProcessEnd> RunToEnd(const std::vector<std::string>& words,
                                            measure::Stream out, frontend::Color color, Env& env) {
  measure::Launch launch{.arguments = {measure::OwnExecutable()}, .out = out};
  launch.arguments.insert(launch.arguments.end(), words.begin(), words.end());
  int error = 0;
  const std::unique_ptr<measure::ChildProcess> child =
      env.start_process ? env.start_process(launch, &error) : measure::StartProcess(launch, &error);
  if (child == nullptr) {
    Report({kMissing, fmt::format("cannot start a process of `lab`: {}", std::strerror(error))},
           color, env);
    return std::nullopt;
  }
  const measure::LeaveInterruptsToChildren leave;
  return child->Wait();
}

// Where the report goes: standard error, or the file of -o.
class Destination {
 public:
  Destination(const TimeOptions& options, frontend::Color color, Env& env)
      : color_(color), env_(env) {
    if (!options.output.empty()) {
      file_.emplace(options.output,
                    options.append ? OpenedFile::Begin::AtEnd : OpenedFile::Begin::Anew);
    }
  }

  bool is_open() const { return !file_ || file_->is_open(); }
  // The status it leads to.
  int Write(std::string_view text) {
    if (!file_) {
      WriteError(env_, text);
      return kOk;
    }
    return file_->Write(text) ? kOk : Complain();
  }
  int Complain() const { return Report(file_->complaint(), color_, env_); }

 private:
  std::optional<OpenedFile> file_;
  frontend::Color color_;
  Env& env_;
};

std::string TextOf(const TimeOptions& options, const std::vector<report::TimedRun>& runs) {
  if (options.json) {
    return report::TimedRunsJson(runs);
  }
  const bool is_free = options.format.has_value() || options.is_portable;
  if (runs.size() > 1 && !is_free) {
    return report::SideBySideText(runs) +
           "\nOne run each. `lab compare` measures several and says how sure the ratios are.\n";
  }
  const std::string_view format = options.format        ? std::string_view(*options.format)
                                  : options.is_portable ? report::kPortableFormat
                                                        : report::kVerboseFormat;
  std::string text;
  for (const report::TimedRun& run : runs) {
    // POSIX leaves no room for more lines.
    if (!options.is_quiet && !options.is_portable) {
      text += report::BadEndText(run.end);
    }
    text += report::GnuTimeText(format, run);
  }
  return text;
}

bool WasInterrupted(const measure::ProcessEnd& end) { return end.ShellStatus() == 128 + SIGINT; }

// The first line in which two outputs differ.
Complaint Disagreement(const report::TimedRun& base, std::string_view base_text,
                       const report::TimedRun& other, std::string_view other_text) {
  Complaint complaint{kDisagreement, fmt::format("{} and {} do not give the same answer",
                                                 base.backend, other.backend)};
  if (base.end.ShellStatus() != other.end.ShellStatus()) {
    complaint.help.push_back(fmt::format("{} ended with status {}, {} with {}", base.backend,
                                         base.end.ShellStatus(), other.backend,
                                         other.end.ShellStatus()));
    return complaint;
  }
  const auto differs =
      std::mismatch(base_text.begin(), base_text.end(), other_text.begin(), other_text.end());
  const std::string_view same(base_text.begin(), differs.first);
  const auto line = std::count(same.begin(), same.end(), '\n') + 1;
  const size_t begin = same.rfind('\n') + 1;
  for (const auto& [run, text] : {std::pair(&base, base_text), std::pair(&other, other_text)}) {
    complaint.help.push_back(begin < text.size()
                                 ? fmt::format("line {} of {}: {}", line, run->backend,
                                               text.substr(begin, text.find('\n', begin) - begin))
                                 : fmt::format("{} has no line {}", run->backend, line));
  }
  return complaint;
}

int TimeOne(const TimeOptions& options, Destination& destination, frontend::Color color, Env& env) {
  const TimeOptions::Run& run = options.runs[0];
  const std::optional<measure::ProcessEnd> end = RunToEnd(run.command, {}, color, env);
  if (!end) {
    return kMissing;
  }
  const int written =
      destination.Write(TextOf(options, {{Joined(run.command), run.backend, *end}}));
  return end->IsSuccess() ? written : end->ShellStatus();
}

int TimeSeveral(const TimeOptions& options, Destination& destination, frontend::Color color,
                Env& env) {
  std::vector<report::TimedRun> runs;
  std::string base_text;
  for (const TimeOptions::Run& run : options.runs) {
    const measure::MemoryFile kept;
    const std::optional<measure::ProcessEnd> end =
        RunToEnd(run.command, {measure::Stream::Kind::Descriptor, kept.descriptor()}, color, env);
    if (!end) {
      return kMissing;
    }
    if (WasInterrupted(*end)) {
      return kInterrupted;
    }
    runs.push_back({Joined(run.command), run.backend, *end});
    std::string text = kept.Text(SIZE_MAX);
    if (runs.size() == 1) {
      base_text = std::move(text);
      env.out.Write(base_text);  // Main() reports a failure
      env.out.Flush();
    } else if (text != base_text || end->ShellStatus() != runs[0].end.ShellStatus()) {
      return Report(Disagreement(runs[0], base_text, runs.back(), text), color, env);
    }
  }
  const int written = destination.Write(TextOf(options, runs));
  return runs[0].end.IsSuccess() ? written : runs[0].end.ShellStatus();
}

}  // namespace

int RunTime(const TimeOptions& options, Env& env) {
  const frontend::Color color = ResolveColor(options.color, env);
  int status = kOk;
  std::vector<std::string> words;  // one of them is the program
  for (const TimeOptions::Run& run : options.runs) {
    words.insert(words.end(), run.command.begin(), run.command.end());
  }
  if (!AreApart(words, {options.output}, color, env, &status)) {
    return status;
  }
  Destination destination(options, color, env);
  if (!destination.is_open()) {
    return destination.Complain();
  }
  return options.runs.size() == 1 ? TimeOne(options, destination, color, env)
                                  : TimeSeveral(options, destination, color, env);
}

}  // namespace cli
