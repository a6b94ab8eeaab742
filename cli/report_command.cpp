// `lab report`: a results file as one HTML page. The page is written beside its final name and
// renamed, so that nobody ever sees half of it. Tests: tests/cli/report_test.cpp.

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/complaint.h"
#include "cli/survey.h"
#include "measure/summary.h"
#include "report/html_report.h"

namespace cli {
namespace {

// "out/results.jsonl" gives "out/results.html".
std::string PageBeside(const std::string& results) {
  const size_t name = results.rfind('/') == std::string::npos ? 0 : results.rfind('/') + 1;
  const size_t dot = results.rfind('.');
  const bool has_extension = dot != std::string::npos && dot > name;
  return results.substr(0, has_extension ? dot : results.size()) + ".html";
}

bool WriteAll(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = write(descriptor, text.data(), text.size());
    if (count < 0 && errno != EINTR) {
      return false;
    }
    text.remove_prefix(count < 0 ? 0 : static_cast<size_t>(count));
  }
  return true;
}

// Replaces the file at `path` as a whole. Returns errno, 0 when all went well.
int ReplaceFile(const std::string& path, std::string_view text) {
  std::string temporary = path + ".XXXXXX";
  const int descriptor = mkostemp(temporary.data(), O_CLOEXEC);
  if (descriptor < 0) {
    return errno;
  }
  // mkostemp lets only the owner read; a page has the permissions that any new file has.
  const mode_t mask = umask(0);
  umask(mask);
  const bool is_written = WriteAll(descriptor, text) && fchmod(descriptor, 0666 & ~mask) == 0;
  int error = is_written ? 0 : errno;
  if (close(descriptor) != 0 && error == 0) {
    error = errno;
  }
  if (error == 0 && rename(temporary.c_str(), path.c_str()) != 0) {
    error = errno;
  }
  if (error != 0) {
    unlink(temporary.c_str());
  }
  return error;
}

// A pipe or a device is written to, and not replaced.
int WritePage(const std::string& path, std::string_view text) {
  struct stat about;
  if (stat(path.c_str(), &about) != 0 || S_ISREG(about.st_mode)) {
    return ReplaceFile(path, text);
  }
  const int descriptor = open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) {
    return errno;
  }
  const int error = WriteAll(descriptor, text) ? 0 : errno;
  return close(descriptor) != 0 && error == 0 ? errno : error;
}

}  // namespace

int RunReport(const ReportOptions& options, Env& env) {
  const frontend::Color color = ResolveColor(options.color, env);
  measure::Results results;
  int status = kOk;
  if (!ReadResultsFile(options.results, options.run, color, env, &results, &status)) {
    return status;
  }
  if (results.processes.empty()) {
    return Report(
        {kInputOutput, fmt::format("cannot use `{}`: no round of its run `{}` is complete",
                                   options.results, results.plan.run)},
        color, env);
  }
  const std::string page = report::HtmlReport(results, measure::Summarise(results));
  const std::string output = options.output.empty() ? PageBeside(options.results) : options.output;
  if (output == "-") {
    env.out.Write(page);  // a failure shows when Main flushes
    return kOk;
  }
  if (const int failure = WritePage(output, page); failure != 0) {
    return Report(
        {kInputOutput, fmt::format("cannot write `{}`: {}", output, std::strerror(failure))}, color,
        env);
  }
  WriteError(env, fmt::format("wrote {}\n", output));
  return kOk;
}

}  // namespace cli
