#pragma once
// A process of a program that was written with Ending::Measure, and the lines that are exchanged
// with it (docs/peers.md, "The protocol").

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "emit/emit.h"
#include "measure/child_process.h"
#include "measure/memory_file.h"
#include "measure/results.h"
#include "peers/machine.h"
#include "peers/peer.h"

namespace peers {

// What a program says of its first call.
struct FirstCall {
  std::string tag;     // "int", "float" ... "none"
  std::string value;   // as print shows it
  std::string output;  // whole
};

// Calls come in this order: Start, then one Run or more, with Answer among them, then End. Each
// returns false when it failed; problem() then says why, in a clause about the row: "ended with
// overflow in line 3: ...".
class MeasuredProgram {
 public:
  // All that is passed must outlive the object. `lines` is that of the translation.
  MeasuredProgram(const Peer& peer, const std::vector<emit::Translation::Lines>& lines,
                  const Machine& machine, double answer_seconds);

  // `command` starts the program; the bench and its parameters are added.
  bool Start(std::vector<std::string> command, std::string_view bench,
             const std::vector<measure::Parameter>& parameters);
  // As measure::Worker::Run.
  bool Run(uint32_t iterations, uint64_t calls, measure::Batch* batch);
  bool Answer(FirstCall* first);
  bool End(measure::ProcessEnd* end);

  int pid() const { return child_->pid(); }
  uint64_t calls() const { return calls_; }  // made so far
  const std::string& problem() const { return problem_; }

 private:
  bool Ask(const std::string& request, std::string* reply);
  bool Sample(uint32_t iterations, uint64_t calls, measure::Batch* batch);
  bool Fail(std::string problem);
  bool FailProtocol(std::string_view reply);
  bool FailEarlyEnd();

  const Peer& peer_;
  const std::vector<emit::Translation::Lines>& lines_;
  const Machine& machine_;
  double answer_seconds_;
  measure::MemoryFile errors_;
  std::unique_ptr<measure::ChildProcess> child_;
  uint32_t samples_ = 0;
  uint64_t calls_ = 0;
  std::string problem_;
};

}  // namespace peers
