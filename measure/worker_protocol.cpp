// Tests: tests/measure/worker_protocol_test.cpp.

#include "measure/worker_protocol.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "measure/process_json.h"

namespace measure {
namespace {

using Json = nlohmann::ordered_json;

// kBug of cli/exit_status.h: a worker that does not keep to the protocol is the lab's fault.
constexpr int kProtocolStatus = 70;

std::string Line(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

// Reads a reply with `read`, unless it is a failure or makes no sense.
template <typename F>
bool ParseReply(std::string_view line, WorkerFailure* failure, F read) {
  const Json json = Json::parse(line, nullptr, /*allow_exceptions=*/false);
  try {
    if (json.is_object() && json.contains("failure")) {
      *failure = {json.at("failure").at("status"), json.at("failure").at("text"),
                  FailureReach::Plan};
      return false;
    }
    read(json);
    return true;
  } catch (const Json::exception& error) {
    *failure = {kProtocolStatus, fmt::format("error: a measuring process gave an answer that "
                                             "makes no sense: {}\n",
                                             error.what())};
    return false;
  }
}

}  // namespace

std::string RequestLine(const Request& request) {
  switch (request.kind) {
    case RequestKind::Start: {
      Json parameters = Json::array();
      for (const Parameter& parameter : request.cell.parameters) {
        parameters.push_back({parameter.name, parameter.value});
      }
      return Line({{"request", "start"},
                   {"name", request.program.name},
                   {"text", request.program.text},
                   {"bench", request.cell.bench},
                   {"engine", request.cell.engine},
                   {"parameters", std::move(parameters)},
                   {"max_memory_bytes", request.max_memory_bytes},
                   {"allowed_externs", request.allowed_externs},
                   {"spawned_at_seconds", request.spawned_at_seconds}});
    }
    case RequestKind::Run:
      return Line(
          {{"request", "run"}, {"iterations", request.iterations}, {"calls", request.calls}});
    case RequestKind::Probe:
      return Line({{"request", "probe"}});
    case RequestKind::Finish:
      break;
  }
  return Line({{"request", "finish"}});
}

bool ParseRequest(std::string_view line, Request* request) {
  const Json json = Json::parse(line, nullptr, /*allow_exceptions=*/false);
  try {
    const std::string kind = json.at("request");
    if (kind == "start") {
      request->kind = RequestKind::Start;
      request->program = {json.at("name"), json.at("text")};
      request->cell = {json.at("name"), json.at("bench"), json.at("engine"), {}};
      for (const Json& parameter : json.at("parameters")) {
        request->cell.parameters.push_back({parameter.at(0), parameter.at(1)});
      }
      request->max_memory_bytes = json.at("max_memory_bytes");
      request->allowed_externs = json.at("allowed_externs").get<std::vector<std::string>>();
      request->spawned_at_seconds = json.at("spawned_at_seconds");
    } else if (kind == "run") {
      request->kind = RequestKind::Run;
      request->iterations = json.at("iterations");
      request->calls = json.at("calls");
    } else if (kind == "probe") {
      request->kind = RequestKind::Probe;
    } else if (kind == "finish") {
      request->kind = RequestKind::Finish;
    } else {
      return false;
    }
    return true;
  } catch (const Json::exception&) {
    return false;
  }
}

std::string FailureLine(const WorkerFailure& failure) {
  return Line({{"failure", {{"status", failure.status}, {"text", failure.text}}}});
}

std::string StartedLine(const ProcessRun& run) {
  return Line({{"startup_seconds", run.startup_seconds}, {"before", PhasesToJson(run.before)}});
}

std::string BatchLine(const Batch& batch) {
  return Line({{"first", batch.first}, {"calls", batch.calls}, {"seconds", batch.seconds}});
}

std::string ProbedLine(const ProbeAnswer& answer) {
  Json json = {{"call_seconds", answer.probe.call_seconds},
               {"doubts", DoubtsToJson(answer.probe.doubts)},
               {"value", answer.answer.value},
               {"output", answer.answer.output}};
  if (answer.growth) {
    json["growth"] = {answer.growth->whole_nodes, answer.growth->half_nodes};
  }
  return Line(json);
}

std::string FinishedLine(const ProcessRun& run) {
  Json json;
  FinishToJson(run, &json);
  return Line(json);
}

bool ParseStarted(std::string_view line, ProcessRun* run, WorkerFailure* failure) {
  return ParseReply(line, failure, [&](const Json& json) {
    run->startup_seconds = json.at("startup_seconds");
    run->before = PhasesFromJson(json.at("before"));
  });
}

bool ParseBatch(std::string_view line, Batch* batch, WorkerFailure* failure) {
  return ParseReply(line, failure, [&](const Json& json) {
    batch->first = json.at("first");
    batch->calls = json.at("calls");
    batch->seconds = json.at("seconds").get<std::vector<double>>();
  });
}

bool ParseProbed(std::string_view line, ProbeAnswer* answer, WorkerFailure* failure) {
  return ParseReply(line, failure, [&](const Json& json) {
    answer->probe.call_seconds = json.at("call_seconds");
    answer->probe.doubts = DoubtsFromJson(json.at("doubts"));
    answer->answer.value = json.at("value");
    answer->answer.output = json.at("output");
    if (json.contains("growth")) {
      answer->growth = Growth{json.at("growth").at(0), json.at("growth").at(1)};
    }
  });
}

bool ParseFinished(std::string_view line, ProcessRun* run, WorkerFailure* failure) {
  return ParseReply(line, failure, [&](const Json& json) { FinishFromJson(json, run); });
}

}  // namespace measure
