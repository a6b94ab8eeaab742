#pragma once
// The records of a results file: one JSON object a line. Each names the version of the schema and
// the run it belongs to; records of a process also name the attempt (one invocation of `lab`), so
// that what an interrupted attempt left behind cannot mix with what was measured again.
// docs/results_format.md describes the fields.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "measure/results.h"

namespace measure {

// Who a record of a process belongs to.
struct RecordKey {
  std::string run;
  std::string attempt;
  uint32_t round = 0;
  uint32_t cell = 0;
};

// All end with a newline and contain no other.
std::string PlanRecord(const Plan& plan);
// A cell that is left out: every round of the run, earlier ones too, counts without it.
std::string LeftOutRecord(const std::string& run, const LeftOut& left_out);
std::string ProbeRecord(const std::string& run, const Probe& probe);
// A process is ready: startup_seconds and `before`.
std::string StartRecord(const RecordKey& key, const ProcessRun& process);
std::string BatchRecord(const RecordKey& key, const Batch& batch);
// A process has ended: everything else.
std::string EndRecord(const RecordKey& key, const ProcessRun& process);
// All processes of a round have ended. The round counts only then, and only when no record of it is
// damaged: otherwise it will be measured again.
std::string RoundRecord(const RecordKey& key);

// What stands in a file.
struct ReadResults {
  Results results;
  std::vector<std::string> runs;  // all in the file, in order
  uint32_t skipped_lines = 0;     // that are no complete records, as a kill may leave one behind
};

// The results of `run`, or of the last run when it is empty. False: *error says in a sentence why
// the text cannot be used.
bool ParseResults(std::string_view text, std::string_view run, ReadResults* read,
                  std::string* error);

}  // namespace measure
