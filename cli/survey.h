#pragma once
// Measuring a plan on behalf of a command: progress on a terminal, Ctrl-C, the results file, and
// the words when something goes wrong.

#include <string>

#include "cli/env.h"
#include "measure/campaign.h"
#include "measure/results.h"

namespace cli {

// Where samples go.
struct SurveyFile {
  std::string path;  // empty: nowhere, they are only kept in memory
  // How the user goes on after an interruption; shown when rounds are missing.
  std::string resume_command;
};

// The processes that measure.
struct WorkerRules {
  double answer_seconds;  // that one may take for a block of iterations
  bool is_sandboxed;      // those of the lab's own engines
};

// Probes the cells of a new plan, chooses sampling and rounds, and measures. The results hold what
// was read back from the records, so that what is shown now is what can be shown again from the
// file. False: `status` is set and the reason has been shown; what was measured is in the file.
bool SurveyPlan(measure::Plan plan, const measure::Budget& budget, const WorkerRules& rules,
                const SurveyFile& file, frontend::Color color, Env& env, measure::Results* results,
                int* status);

// Measures the rounds that `results` lacks, and completes it.
bool ResumeSurvey(const WorkerRules& rules, const SurveyFile& file, frontend::Color color, Env& env,
                  measure::Results* results, int* status);

// Reads a run of a results file (the last when `run` is empty). False: as above.
bool ReadResultsFile(const std::string& path, const std::string& run, frontend::Color color,
                     Env& env, measure::Results* results, int* status);

// The same for a file that may also come from another tool (report/import.h).
bool ReadResultsOrImport(const std::string& path, const std::string& run, frontend::Color color,
                         Env& env, measure::Results* results, int* status);

}  // namespace cli
