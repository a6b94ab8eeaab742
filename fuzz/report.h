#pragma once
// From a finding to what a person works with: a small program in a file, and a text.

#include <string>

#include "fuzz/campaign.h"

namespace fuzz {

// How long candidates for a smaller program may take, when the first program has used `seconds` of
// processor time on the lanes before the one that shows the fault. No longer than needed: where the
// fault is a hang, each candidate that shows it takes all of that.
HangLimit LimitWhileShrinking(double seconds);

// Examines the program of a finding again, shrinks it for a minute at most, and writes it to the
// folder as a golden file. The text says what was found, and what became of the program.
std::string Report(const SeedFinding& found, const CampaignOptions& campaign,
                   const std::string& folder);

}  // namespace fuzz
