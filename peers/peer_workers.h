#pragma once
// Workers of a plan whose cells are engines of the lab and peers: the former go to the lab's own.

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "measure/worker.h"
#include "peers/build.h"

namespace peers {

// A program as a peer runs it.
struct Prepared {
  Toolchain toolchain;
  std::unique_ptr<ScratchFolder> folder;
  Runnable runnable;
  std::vector<emit::Translation::Lines> lines;
  std::string problem;  // why it cannot be measured there; empty: it can
};

// The program with Ending::Measure, and with ints as the language has them: the lab's engines run
// it in the same plan, so that they are known to stay in 64 bits.
emit::Translation TranslateToMeasure(const measure::ProgramText& program, emit::Target target);

// A peer is looked for, and a program written and built for it, when the first worker starts that
// needs it; that serves all later ones. Executables are removed with the object.
class PeerWorkers final : public measure::Workers {
 public:
  using Translator =
      std::function<emit::Translation(const measure::ProgramText& program, emit::Target target)>;

  // `engines` makes the workers of all cells whose engine is no peer, and must outlive the object.
  // `answer_seconds`: how long a peer may take to answer. `translate` writes programs.
  PeerWorkers(measure::Workers& engines, Machine machine, double answer_seconds,
              Translator translate = TranslateToMeasure);
  ~PeerWorkers() override;

  std::unique_ptr<measure::Worker> Make(const measure::Plan& plan, uint32_t cell) override;

 private:
  class PeerWorker;
  class EngineWorker;
  using Work = std::string;  // program, bench and parameters, as a key

  const Prepared& Prepare(const Peer& peer, const measure::ProgramText& program);
  const Toolchain& ToolchainOf(const Peer& peer);

  measure::Workers& engines_;
  Machine machine_;
  double answer_seconds_;
  Translator translate_;
  std::map<const Peer*, Toolchain> toolchains_;
  std::map<std::pair<const Peer*, std::string>, Prepared> prepared_;  // by peer and program's name
  // What engines have counted, which is the same for a peer.
  std::map<Work, measure::Growth> growths_;
};

}  // namespace peers
