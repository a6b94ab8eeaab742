#pragma once
// The command line of the driver.

#include <cstdint>
#include <string>
#include <vector>

#include "fuzz/campaign.h"

namespace fuzz {

struct DriverOptions {
  CampaignOptions campaign;
  std::string folder = "fuzz-findings";
  bool stops_at_fault = false;  // --until-fault: the first ends the campaign, told by its seed
  bool shows_program = false;  // --show: print the program of the seed and run nothing
  bool shows_help = false;
  std::string mistake;  // why the command line is refused; empty: it is right
};

// `arguments` without the program's name. `now_seconds` is the seed when none is given.
DriverOptions ParseOptions(const std::vector<std::string>& arguments, uint64_t now_seconds);

std::string HelpText();

}  // namespace fuzz
