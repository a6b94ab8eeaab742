// `lab compare`: measures benches on engines and prints what can be said, or prints it again from a
// results file. Tests: tests/cli/compare_test.cpp, tests/cli/compare_process_test.cpp.

#include <filesystem>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/make_plan.h"
#include "cli/survey.h"
#include "cli/write_file.h"
#include "measure/summary.h"
#include "report/comparison_text.h"
#include "report/summary_json.h"

namespace cli {
namespace {

// The results file that a measurement appends to; empty: none.
std::string OutputOf(const CompareOptions& options) {
  const bool measures = options.from.empty() && options.resume.empty();
  if (!measures || !options.save) {
    return {};
  }
  if (!options.output.empty()) {
    return options.output;
  }
  const std::string& first = options.measure.sources.front();
  const std::string stem = first == "-" ? "stdin" : std::filesystem::path(first).stem().string();
  return stem + ".results.jsonl";
}

bool KeepsItsFiles(const CompareOptions& options, frontend::Color color, Env& env, int* status) {
  std::vector<std::string> read = options.measure.sources;
  read.push_back(options.from);
  std::vector<std::string> made = {options.resume, OutputOf(options)};
  for (const CompareOptions::ExportFile& file : options.exports) {
    made.push_back(file.path);
  }
  return AreApart(read, made, color, env, status);
}

// False: `status` says how the command ends.
bool GetResults(const CompareOptions& options, frontend::Color color, Env& env,
                measure::Results* results, int* status) {
  if (!options.from.empty()) {
    return ReadResultsOrImport(options.from, options.run, color, env, results, status);
  }
  if (!options.resume.empty()) {
    const SurveyFile file{options.resume, "lab compare --resume " + options.resume};
    return ReadResultsFile(options.resume, options.run, color, env, results, status) &&
           ResumeSurvey({options.measure.answer_seconds, options.measure.is_sandboxed}, file, color,
                        env, results, status);
  }
  measure::Plan plan;
  if (!MakePlan(options.measure, color, env, &plan, status)) {
    return false;
  }
  plan.base_engine = options.base_engine;
  plan.base_bench = options.base_bench;
  SurveyFile file{.path = OutputOf(options), .resume_command = {}};
  if (!file.path.empty()) {
    file.resume_command = "lab compare --resume " + file.path;
  }
  if (!SurveyPlan(std::move(plan), options.measure.budget,
                  {options.measure.answer_seconds, options.measure.is_sandboxed}, file, color, env,
                  results, status)) {
    return false;
  }
  if (!file.path.empty()) {
    WriteError(env, fmt::format("results: {} (run {})\n", file.path, results->plan.run));
  }
  return true;
}

}  // namespace

int RunCompare(const CompareOptions& options, Env& env) {
  const frontend::Color color = ResolveColor(options.color, env);
  measure::Results results;
  int status = kOk;
  if (!KeepsItsFiles(options, color, env, &status) ||
      !GetResults(options, color, env, &results, &status)) {
    return status;
  }
  if (!options.base_engine.empty()) {
    results.plan.base_engine = options.base_engine;
  }
  if (!options.base_bench.empty()) {
    results.plan.base_bench = options.base_bench;
  }
  const measure::Summary summary = measure::Summarise(results);
  bool is_shown = false;
  for (const CompareOptions::ExportFile& file : options.exports) {
    if (!WriteFile(file.path, report::Export(file.format, results, summary), color, env, &status)) {
      return status;
    }
    is_shown |= file.path == "-";
  }
  if (options.json) {
    env.out.Write(report::SummaryJson(results, summary));
  } else if (!is_shown) {
    env.out.Write(report::ComparisonText(results, summary));
  }
  return kOk;
}

}  // namespace cli
