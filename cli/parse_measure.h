#pragma once
// The flags that all commands which measure benches share.

#include <string>
#include <vector>

#include "cli/flags.h"
#include "cli/options.h"

namespace cli {

class MeasureFlags {
 public:
  // Declares the flags; `flags` must outlive the object.
  explicit MeasureFlags(Flags& flags);
  // After flags.Parse(): fills everything but `sources`. False: flags.complaint() is filled.
  bool Read(MeasureOptions* options);

 private:
  Flags& flags_;
  std::vector<std::string> backends_;
  std::vector<std::string> peers_;
  std::vector<std::string> benches_;
  std::vector<std::string> sets_;
  std::string processes_;
  std::string iterations_;
  std::string seconds_;
  std::string seed_;
  std::string answer_limit_;
  std::string max_memory_;
  std::string max_source_;
  bool no_sandbox_ = false;
};

}  // namespace cli
