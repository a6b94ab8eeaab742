#pragma once
// The lines that a lab and its workers exchange: one JSON object each way and request.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "measure/results.h"
#include "measure/worker.h"

namespace measure {

enum class RequestKind : uint8_t { Start, Run, Probe, Finish };

struct Request {
  RequestKind kind = RequestKind::Start;
  // Start
  ProgramText program = {};
  Cell cell = {};
  uint64_t max_memory_bytes = 0;
  std::vector<std::string> allowed_externs = {};
  double spawned_at_seconds = 0;  // on the steady clock, which all processes share
  // Run
  uint32_t iterations = 0;
  uint64_t calls = 1;
};

std::string RequestLine(const Request& request);
bool ParseRequest(std::string_view line, Request* request);

// A reply is a failure, or what the request's kind asks for.
std::string FailureLine(const WorkerFailure& failure);
std::string StartedLine(const ProcessRun& run);
std::string BatchLine(const Batch& batch);
std::string ProbedLine(const ProbeAnswer& answer);
std::string FinishedLine(const ProcessRun& run);

// False: *failure holds what the worker reported, or that the line makes no sense (status 70).
bool ParseStarted(std::string_view line, ProcessRun* run, WorkerFailure* failure);
bool ParseBatch(std::string_view line, Batch* batch, WorkerFailure* failure);
bool ParseProbed(std::string_view line, ProbeAnswer* answer, WorkerFailure* failure);
bool ParseFinished(std::string_view line, ProcessRun* run, WorkerFailure* failure);

}  // namespace measure
