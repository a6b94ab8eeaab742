// Tests: tests/peers/measured_program_test.cpp.

#include "peers/measured_program.h"

#include <cmath>
#include <cstring>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "peers/error_text.h"
#include "runtime/number_text.h"

namespace peers {
namespace {

using measure::ReadResult;
using measure::Stream;

constexpr size_t kMostErrorBytes = size_t{64} << 10;

// What stands behind `word` and `separator` in a reply that begins with them.
std::optional<std::string_view> Behind(std::string_view reply, std::string_view word,
                                       char separator) {
  if (!reply.starts_with(word) || reply.size() <= word.size() || reply[word.size()] != separator) {
    return std::nullopt;
  }
  return reply.substr(word.size() + 1);
}

std::string Unescaped(std::string_view text) {
  std::string plain;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      plain += text[i];
      continue;
    }
    const char c = text[++i];
    plain += c == 'n' ? '\n' : c == 't' ? '\t' : c;
  }
  return plain;
}

// The text up to `separator`, taken away together with it.
std::string_view TakeField(std::string_view* text, char separator) {
  const size_t end = std::min(text->find(separator), text->size());
  const std::string_view field = text->substr(0, end);
  text->remove_prefix(std::min(end + 1, text->size()));
  return field;
}

}  // namespace

MeasuredProgram::MeasuredProgram(const Peer& peer,
                                 const std::vector<emit::Translation::Lines>& lines,
                                 const Machine& machine, double answer_seconds)
    : peer_(peer), lines_(lines), machine_(machine), answer_seconds_(answer_seconds) {}

bool MeasuredProgram::Fail(std::string problem) {
  problem_ = std::move(problem);
  return false;
}

bool MeasuredProgram::FailProtocol(std::string_view reply) {
  child_->Kill();
  return Fail(fmt::format("gave an answer that makes no sense: {}", reply.substr(0, 200)));
}

bool MeasuredProgram::FailEarlyEnd() {
  const measure::ProcessEnd end = child_->Wait();
  const PeerError error = ReadError(peer_.target, errors_.Text(kMostErrorBytes), lines_);
  const uint32_t line = error.lines.first;
  if (!error.kind.empty()) {
    return Fail(fmt::format("ended with {}{}: {}", error.kind,
                            line == 0 ? std::string() : fmt::format(" in line {}", line),
                            error.message));
  }
  return Fail(fmt::format(
      "ended early ({}){}{}",
      end.signal != 0 ? strsignal(end.signal) : fmt::format("status {}", end.exit_status),
      error.message.empty() ? "" : ": ", error.message));
}

bool MeasuredProgram::Start(std::vector<std::string> command, std::string_view bench,
                            const std::vector<measure::Parameter>& parameters) {
  command.emplace_back(bench);
  for (const measure::Parameter& parameter : parameters) {
    command.push_back(parameter.name + "=" + parameter.value);
  }
  int error = 0;
  // A group of its own: Ctrl-C is for us, and we end our workers.
  child_ = machine_.start({.arguments = std::move(command),
                           .in = {Stream::Kind::Pipe},
                           .out = {Stream::Kind::Pipe},
                           .err = {Stream::Kind::Descriptor, errors_.descriptor()},
                           .group = measure::ProcessGroup::Own},
                          &error);
  if (child_ == nullptr) {
    return Fail(fmt::format("cannot be started: {}", std::strerror(error)));
  }
  std::string reply;
  return Ask({}, &reply) && (reply == "ready" || FailProtocol(reply));
}

bool MeasuredProgram::Ask(const std::string& request, std::string* reply) {
  if (!request.empty()) {
    child_->WriteLine(request);  // a program that has gone shows when the reply is read
  }
  switch (child_->ReadLine(answer_seconds_, reply)) {
    case ReadResult::Line:
      return true;
    case ReadResult::TimedOut:
      child_->Kill();
      return Fail(fmt::format("gave no answer for {:g} s", answer_seconds_));
    case ReadResult::Closed:
    case ReadResult::Failed:
      break;
  }
  return FailEarlyEnd();
}

bool MeasuredProgram::Sample(uint32_t iterations, uint64_t calls, measure::Batch* batch) {
  std::string reply;
  if (!Ask(fmt::format("run {} {}", iterations, calls), &reply)) {
    return false;
  }
  if (const auto value = Behind(reply, "differs", '\t')) {
    child_->Kill();
    return Fail(fmt::format("gave another value later than at first: {}", Unescaped(*value)));
  }
  auto samples = Behind(reply, "samples", ' ');
  uint32_t count = 0;
  for (; samples && !samples->empty(); ++count) {
    double seconds = 0;
    if (runtime::ParseFloat(TakeField(&*samples, ' '), &seconds) != runtime::ParseResult::Ok ||
        !std::isfinite(seconds)) {
      return FailProtocol(reply);
    }
    batch->seconds.push_back(std::max(seconds, 0.0));
  }
  samples_ += count;
  calls_ += count * calls;
  return count == iterations || FailProtocol(reply);
}

bool MeasuredProgram::Run(uint32_t iterations, uint64_t calls, measure::Batch* batch) {
  batch->first = samples_;
  batch->calls = calls;
  if (samples_ == 0 && iterations > 0) {  // the very first call is a sample of its own
    if (!Sample(1, 1, batch)) {
      return false;
    }
    --iterations;
  }
  return iterations == 0 || Sample(iterations, calls, batch);
}

bool MeasuredProgram::Answer(FirstCall* first) {
  std::string reply;
  if (!Ask("answer", &reply)) {
    return false;
  }
  auto fields = Behind(reply, "answer", '\t');
  if (!fields) {
    return FailProtocol(reply);
  }
  first->tag = TakeField(&*fields, '\t');
  first->value = Unescaped(TakeField(&*fields, '\t'));
  first->output = Unescaped(*fields);
  return true;
}

bool MeasuredProgram::End(measure::ProcessEnd* end) {
  child_->WriteLine("end");
  std::string reply;
  if (const ReadResult read = child_->ReadLine(answer_seconds_, &reply);
      read != ReadResult::Closed) {
    child_->Kill();
    return Fail("did not end when it was asked to");
  }
  *end = child_->Wait();
  return end->IsSuccess() || FailEarlyEnd();
}

}  // namespace peers
