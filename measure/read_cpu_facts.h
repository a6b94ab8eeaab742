#pragma once
// The part of ReadEnvironment() that describes the processor.

#include "measure/environment.h"

namespace measure {

CpuFacts ReadCpuFacts(const MachineFiles& files);
// `cpus` are those that matter.
FrequencyFacts ReadFrequencyFacts(const MachineFiles& files, const std::vector<int>& cpus);
PowerFacts ReadPowerFacts(const MachineFiles& files, const std::vector<int>& cpus);

}  // namespace measure
