// `lab warmup`: the iterations of each process in order, as plots and tables. Tests:
// tests/cli/compare_test.cpp.

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/complaint.h"
#include "cli/make_plan.h"
#include "cli/survey.h"
#include "cli/write_file.h"
#include "report/plot_svg.h"
#include "report/plot_text.h"
#include "report/warmup_series.h"

namespace cli {
namespace {

bool MeasureSeries(const WarmupOptions& options, frontend::Color color, Env& env,
                   measure::Results* results, int* status) {
  measure::Plan plan;
  if (!MakePlan(options.measure, color, env, &plan, status)) {
    return false;
  }
  const SurveyFile file{options.output, "lab compare --resume " + options.output};
  return SurveyPlan(std::move(plan), options.measure.budget,
                    {options.measure.answer_seconds, options.measure.is_sandboxed}, file, color,
                    env, results, status);
}

bool IsUtf8(const Env& env) {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* value = env.variable ? env.variable(name) : nullptr;
    if (value != nullptr && *value != '\0') {
      std::string locale = value;
      std::transform(locale.begin(), locale.end(), locale.begin(),
                     [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
      return locale.find("utf-8") != std::string::npos || locale.find("utf8") != std::string::npos;
    }
  }
  return true;  // the tables are UTF-8 anyway
}

report::PlotStyle StyleOf(const Env& env) {
  report::PlotStyle style;
  style.charset = IsUtf8(env) ? report::Charset::Unicode : report::Charset::Ascii;
  const char* columns = env.variable ? env.variable("COLUMNS") : nullptr;
  if (columns != nullptr) {
    const int width = std::atoi(columns);
    style.width = width >= 40 ? static_cast<size_t>(std::min(width - 1, 160)) : style.width;
  }
  return style;
}

}  // namespace

int RunWarmup(const WarmupOptions& options, Env& env) {
  const frontend::Color color = ResolveColor(options.color, env);
  measure::Results results;
  int status = kOk;
  std::vector<std::string> read = options.measure.sources;
  read.push_back(options.from);
  if (!AreApart(read, {options.output, options.svg, options.html}, color, env, &status)) {
    return status;
  }
  if (options.from.empty()
          ? !MeasureSeries(options, color, env, &results, &status)
          : !ReadResultsOrImport(options.from, options.run, color, env, &results, &status)) {
    return status;
  }
  // Who knows where a series from elsewhere begins.
  const auto first = results.plan.environment == "{}" ? measure::FirstIteration::Alike
                                                      : measure::FirstIteration::Apart;
  const std::vector<report::WarmupSeries> all = report::SeriesOf(results, options.rule, first);
  std::vector<report::RunPlot> plots;
  for (const report::WarmupSeries& series : all) {
    plots.push_back(report::PlotOf(series));
  }
  if ((!options.svg.empty() &&
       !WriteFile(options.svg, report::PlotSvg(plots), color, env, &status)) ||
      (!options.html.empty() &&
       !WriteFile(options.html, report::PlotHtml("Warm-up", plots), color, env, &status))) {
    return status;
  }
  if (options.json) {
    env.out.Write(report::WarmupJson(all));
    return kOk;
  }
  for (size_t i = 0; i < all.size(); ++i) {
    if (options.plot == PlotChoice::All ||
        (options.plot == PlotChoice::First && all[i].process == 1)) {
      env.out.Write(report::PlotText(plots[i], StyleOf(env)) + "\n");
    }
  }
  env.out.Write(report::WarmupTable(all));
  return kOk;
}

}  // namespace cli
