// The formats were compared with what GNU time 1.9 prints for the same command.
// Tests: tests/report/gnu_time_test.cpp.

#include "report/gnu_time.h"

#include <functional>
#include <vector>

#include <unistd.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "frontend/diagnostic.h"
#include "report/text_table.h"
#include "report/units.h"
#include "runtime/error_texts.h"

namespace report {

const std::string_view kVerboseFormat =
    "\tCommand being timed: \"%C\"\n"
    "\tUser time (seconds): %U\n"
    "\tSystem time (seconds): %S\n"
    "\tPercent of CPU this job got: %P\n"
    "\tElapsed (wall clock) time (h:mm:ss or m:ss): %E\n"
    "\tAverage shared text size (kbytes): %X\n"
    "\tAverage unshared data size (kbytes): %D\n"
    "\tAverage stack size (kbytes): %p\n"
    "\tAverage total size (kbytes): %K\n"
    "\tMaximum resident set size (kbytes): %M\n"
    "\tAverage resident set size (kbytes): %t\n"
    "\tMajor (requiring I/O) page faults: %F\n"
    "\tMinor (reclaiming a frame) page faults: %R\n"
    "\tVoluntary context switches: %w\n"
    "\tInvoluntary context switches: %c\n"
    "\tSwaps: %W\n"
    "\tFile system inputs: %I\n"
    "\tFile system outputs: %O\n"
    "\tSocket messages sent: %s\n"
    "\tSocket messages received: %r\n"
    "\tSignals delivered: %k\n"
    "\tPage size (bytes): %Z\n"
    "\tExit status: %x";

const std::string_view kPortableFormat =
    "real %e\n"
    "user %U\n"
    "sys %S";

namespace {

constexpr int64_t kMicros = 1'000'000;

int64_t MicrosOf(const timeval& time) { return time.tv_sec * kMicros + time.tv_usec; }
int64_t ElapsedMicros(const measure::ProcessEnd& end) {
  return static_cast<int64_t>(end.seconds * static_cast<double>(kMicros));
}
int64_t CpuMicros(const measure::ProcessEnd& end) {
  return MicrosOf(end.usage.ru_utime) + MicrosOf(end.usage.ru_stime);
}
double SecondsOf(int64_t micros) { return static_cast<double>(micros) / 1e6; }

std::string SecondsText(int64_t micros) {
  return fmt::format("{}.{:02}", micros / kMicros, micros % kMicros / 10'000);
}

std::string ClockText(int64_t micros) {
  const int64_t seconds = micros / kMicros;
  const int64_t minutes = seconds / 60;
  return minutes >= 60
             ? fmt::format("{}:{:02}:{:02}", minutes / 60, minutes % 60, seconds % 60)
             : fmt::format("{}:{:02}.{:02}", minutes, seconds % 60, micros % kMicros / 10'000);
}

std::string PercentText(const measure::ProcessEnd& end) {
  const int64_t elapsed = ElapsedMicros(end);
  return elapsed > 0 ? fmt::format("{}%", CpuMicros(end) * 100 / elapsed) : "?%";
}

// What `%code` stands for. Averages of sizes, swaps, messages and signals are fields of the system
// call that Linux leaves zero.
std::string FieldText(char code, const TimedRun& run) {
  const measure::ProcessEnd& end = run.end;
  const struct rusage& usage = end.usage;
  switch (code) {
    case '%':
      return "%";
    case 'C':
      return frontend::Printable(run.command);
    case 'D':
    case 'K':
    case 'X':
    case 'p':
    case 't':
      return "0";
    case 'E':
      return ClockText(ElapsedMicros(end));
    case 'F':
      return std::to_string(usage.ru_majflt);
    case 'I':
      return std::to_string(usage.ru_inblock);
    case 'M':
      return std::to_string(usage.ru_maxrss);
    case 'O':
      return std::to_string(usage.ru_oublock);
    case 'P':
      return PercentText(end);
    case 'R':
      return std::to_string(usage.ru_minflt);
    case 'S':
      return SecondsText(MicrosOf(usage.ru_stime));
    case 'U':
      return SecondsText(MicrosOf(usage.ru_utime));
    case 'W':
      return std::to_string(usage.ru_nswap);
    case 'Z':
      return std::to_string(sysconf(_SC_PAGESIZE));
    case 'c':
      return std::to_string(usage.ru_nivcsw);
    case 'e':
      return SecondsText(ElapsedMicros(end));
    case 'k':
      return std::to_string(usage.ru_nsignals);
    case 'r':
      return std::to_string(usage.ru_msgrcv);
    case 's':
      return std::to_string(usage.ru_msgsnd);
    case 'w':
      return std::to_string(usage.ru_nvcsw);
    case 'x':
      return std::to_string(end.exit_status);
    default:
      return std::string("?") + code;
  }
}

std::string EscapeText(char code) {
  switch (code) {
    case 'n':
      return "\n";
    case 't':
      return "\t";
    case '\\':
      return "\\";
    default:
      return std::string("?\\") + code;
  }
}

// A row of the table: what it is called, how a run's cell reads, and, for what is worth a ratio,
// its number.
struct Row {
  std::string_view name;
  std::function<std::string(const measure::ProcessEnd&)> text;
  std::function<double(const measure::ProcessEnd&)> ratio_of = {};
};

std::vector<Row> Rows() {
  using measure::ProcessEnd;
  constexpr double kKibPerMib = 1024;
  const auto seconds = [](double (*of)(const ProcessEnd&)) {
    return [of](const ProcessEnd& end) { return of(end) > 0 ? DurationText(of(end)) : "0"; };
  };
  const auto count = [](long rusage::*field) {
    return [field](const ProcessEnd& end) {
      return runtime::GroupedText(static_cast<uint64_t>(end.usage.*field));
    };
  };
  const auto elapsed = [](const ProcessEnd& end) { return end.seconds; };
  const auto user = [](const ProcessEnd& end) { return SecondsOf(MicrosOf(end.usage.ru_utime)); };
  const auto system = [](const ProcessEnd& end) { return SecondsOf(MicrosOf(end.usage.ru_stime)); };
  const auto resident = [](const ProcessEnd& end) {
    return static_cast<double>(end.usage.ru_maxrss);
  };
  return {
      {"Elapsed (wall clock) time", seconds(elapsed), elapsed},
      {"User time", seconds(user), user},
      {"System time", seconds(system)},
      {"Percent of CPU", PercentText},
      {"Maximum resident set size",
       [=](const ProcessEnd& end) { return fmt::format("{:.1f} MiB", resident(end) / kKibPerMib); },
       resident},
      {"Major page faults", count(&rusage::ru_majflt)},
      {"Minor page faults", count(&rusage::ru_minflt)},
      {"Voluntary context switches", count(&rusage::ru_nvcsw)},
      {"Involuntary context switches", count(&rusage::ru_nivcsw)},
      {"File system inputs", count(&rusage::ru_inblock)},
      {"File system outputs", count(&rusage::ru_oublock)},
      {"Exit status", [](const ProcessEnd& end) { return std::to_string(end.ShellStatus()); }},
  };
}

}  // namespace

std::string GnuTimeText(std::string_view format, const TimedRun& run) {
  std::string text;
  for (size_t i = 0; i < format.size(); ++i) {
    const char c = format[i];
    if (c != '%' && c != '\\') {
      text += c;
    } else if (i + 1 == format.size()) {
      text += c == '%' ? "?" : "?\\";
    } else {
      ++i;
      text += c == '%' ? FieldText(format[i], run) : EscapeText(format[i]);
    }
  }
  return text + '\n';
}

std::string BadEndText(const measure::ProcessEnd& end) {
  if (end.signal != 0) {
    return fmt::format("Command terminated by signal {}\n", end.signal);
  }
  return end.exit_status != 0
             ? fmt::format("Command exited with non-zero status {}\n", end.exit_status)
             : "";
}

std::string SideBySideText(std::span<const TimedRun> runs) {
  std::vector<Column> columns = {{""}};
  for (const TimedRun& run : runs) {
    columns.push_back({run.backend, Align::Right});
  }
  for (const TimedRun& run : runs.subspan(1)) {
    columns.push_back({fmt::format("{}/{}", run.backend, runs[0].backend), Align::Right});
  }
  TextTable table(std::move(columns));
  for (const Row& row : Rows()) {
    std::vector<std::string> cells = {std::string(row.name)};
    for (const TimedRun& run : runs) {
      cells.push_back(row.text(run.end));
    }
    for (const TimedRun& run : runs.subspan(1)) {
      const double base = row.ratio_of ? row.ratio_of(runs[0].end) : 0;
      cells.push_back(base > 0 ? RatioText(row.ratio_of(run.end) / base) : "");
    }
    table.AddRow(std::move(cells));
  }
  return table.Text();
}

std::string TimedRunsJson(std::span<const TimedRun> runs) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const TimedRun& run : runs) {
    const struct rusage& usage = run.end.usage;
    list.push_back({{"command", run.command},
                    {"backend", run.backend},
                    {"exit_status", run.end.exit_status},
                    {"signal", run.end.signal},
                    {"elapsed_seconds", run.end.seconds},
                    {"user_seconds", SecondsOf(MicrosOf(usage.ru_utime))},
                    {"system_seconds", SecondsOf(MicrosOf(usage.ru_stime))},
                    {"maximum_resident_kbytes", usage.ru_maxrss},
                    {"major_page_faults", usage.ru_majflt},
                    {"minor_page_faults", usage.ru_minflt},
                    {"voluntary_context_switches", usage.ru_nvcsw},
                    {"involuntary_context_switches", usage.ru_nivcsw},
                    {"file_system_inputs", usage.ru_inblock},
                    {"file_system_outputs", usage.ru_oublock}});
  }
  const nlohmann::ordered_json document = {{"lab_time", 1}, {"runs", std::move(list)}};
  // A command line may hold any bytes.
  return document.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

}  // namespace report
