#pragma once
// Many programs, in processes of their own: one that crashes or hangs ends a batch, is told with
// its seed, and the rest goes on.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "fuzz/figures.h"
#include "fuzz/matrix.h"
#include "fuzz/process_slot.h"

namespace fuzz {

struct CampaignOptions {
  Matrix matrix = Matrix::Full;
  uint64_t first_seed = 0;
  uint64_t count = UINT64_MAX;
  double seconds = 0;  // 0: no limit but the count
  uint32_t jobs = 1;
  uint32_t programs_per_process = 100;
  HangLimit hang = {};
  uint64_t most_findings = 20;  // that many end it
  // Asked all the time; true ends it as when its time is over. Empty: never.
  std::function<bool()> is_stopped = {};
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

// What the matrix examines for a seed: its program, or a damaged text.
Generated InputOf(uint64_t seed, Matrix matrix);

struct ApartOptions {
  Matrix matrix = Matrix::Full;
  HangLimit hang = {};
  jit::PlantedFault fault = jit::PlantedFault::None;
};

struct ExaminedApart {
  std::optional<Finding> finding;
  double seconds = 0;  // processor time before the last lane that it came to
};

// Examines one program in a process of its own.
ExaminedApart ExamineApart(const Generated& generated, uint64_t seed, const ApartOptions& options);

}  // namespace fuzz
