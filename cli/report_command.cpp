// `lab report`: a results file as one HTML page. Tests: tests/cli/report_test.cpp.

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/complaint.h"
#include "cli/survey.h"
#include "cli/write_file.h"
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

}  // namespace

int RunReport(const ReportOptions& options, Env& env) {
  const frontend::Color color = ResolveColor(options.color, env);
  measure::Results results;
  int status = kOk;
  const std::string output = options.output.empty() ? PageBeside(options.results) : options.output;
  if (!AreApart({options.results}, {output}, color, env, &status) ||
      !ReadResultsFile(options.results, options.run, color, env, &results, &status)) {
    return status;
  }
  if (results.processes.empty()) {
    return Report(
        {kInputOutput, fmt::format("cannot use `{}`: no round of its run `{}` is complete",
                                   options.results, results.plan.run)},
        color, env);
  }
  const std::string page = report::HtmlReport(results, measure::Summarise(results));
  if (!WriteFile(output, page, color, env, &status)) {
    return status;
  }
  if (output != "-") {
    WriteError(env, fmt::format("wrote {}\n", output));
  }
  return kOk;
}

}  // namespace cli
