#pragma once
// Many programs, in processes of their own: one that crashes or hangs ends a batch, is told with
// its seed, and the rest goes on.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "fuzz/figures.h"
#include "fuzz/matrix.h"

namespace fuzz {

struct CampaignOptions {
  Matrix matrix = Matrix::Full;
  uint64_t first_seed = 0;
  uint64_t count = UINT64_MAX;
  double seconds = 0;  // 0: no limit but the count
  uint32_t jobs = 1;
  uint32_t programs_per_process = 100;
  double hang_seconds = 30;  // a program that takes longer hangs
  uint64_t most_findings = 20;
};

struct SeedFinding {
  uint64_t seed = 0;
  Finding finding;
};

struct CampaignResult {
  Figures figures;
  std::vector<SeedFinding> findings;
};

// `on_progress` is called a few times a second. The caller has one thread.
CampaignResult RunCampaign(const CampaignOptions& options,
                           const std::function<void(const Figures&)>& on_progress);

// The generated program of a seed.
Generated ProgramOf(uint64_t seed);

// Examines one program in a process of its own.
Examined ExamineApart(const Generated& generated, uint64_t seed, Matrix matrix,
                      double hang_seconds);

}  // namespace fuzz
