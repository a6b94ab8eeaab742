// Processes that work, crash and hang, and a small campaign.

#include "fuzz/campaign.h"

#include <csignal>
#include <ctime>

#include <unistd.h>

#include <gtest/gtest.h>

#include "fuzz/process_slot.h"

namespace fuzz {
namespace {

TEST(ProcessSlot, TellsWhatTheProcessSaid) {
  ProcessSlot slot;
  slot.Start([](SharedState& state) {
    state.SetLane("a");
    state.Tell("line");
  });
  EXPECT_TRUE(slot.Wait({}).is_success);
  EXPECT_EQ(std::string(slot.state().text, slot.state().text_bytes), "line\n");
}

TEST(ProcessSlot, TellsHowItDied) {
  ProcessSlot slot;
  slot.Start([](SharedState& state) {
    state.SetLane("jit-O2");
    EXPECT_EQ(write(STDERR_FILENO, "why\n", 4), 4);
    raise(SIGKILL);
  });
  const ProcessSlot::End end = slot.Wait({});
  EXPECT_FALSE(end.is_success);
  EXPECT_EQ(end.how, "signal 9");
  EXPECT_EQ(end.diagnostics, "why\n");
  EXPECT_STREQ(slot.state().lane, "jit-O2");
}

TEST(ProcessSlot, EndsOneThatHangs) {
  ProcessSlot slot;
  slot.Start([](SharedState&) {
    for (;;) {
      pause();
    }
  });
  EXPECT_EQ(slot.Wait({.processor_seconds = 60, .wall_seconds = 0.05}).how, "hang");
  // It can be used again.
  slot.Start([](SharedState&) {});
  EXPECT_TRUE(slot.Wait({}).is_success);
}

TEST(ProcessSlot, CountsProcessorTime) {
  ProcessSlot slot;
  slot.Start([](SharedState& state) {
    state.SetLane("busy");
    for (volatile bool goes_on = true; goes_on;) {
    }
  });
  EXPECT_EQ(slot.Wait({.processor_seconds = 0.02, .wall_seconds = 600}).how, "hang");
  EXPECT_STREQ(slot.state().lane, "busy");
  EXPECT_LT(slot.state().lane_begin_seconds, 0.02);
  // Waiting is no work.
  slot.Start([](SharedState&) { usleep(100'000); });
  EXPECT_TRUE(slot.Wait({.processor_seconds = 0.05, .wall_seconds = 600}).is_success);
}

TEST(ProcessSlot, ForgetsTheTimeOfProgramsThatAreDone) {
  ProcessSlot slot;
  slot.Start([](SharedState& state) {
    for (int i = 0; i < 8; ++i) {
      ++state.begun;
      timespec used{};
      do {
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
      } while (used.tv_sec == 0 && used.tv_nsec < (i + 1) * 20'000'000L);
      usleep(5'000);
    }
  });
  EXPECT_TRUE(slot.Wait({.processor_seconds = 0.1, .wall_seconds = 600}).is_success);
}

TEST(Campaign, RunsAsManyProgramsAsItWasTold) {
  CampaignOptions options;
  options.matrix = Matrix::Quick;
  options.count = 7;
  options.jobs = 2;
  options.programs_per_process = 3;
  const CampaignResult result = RunCampaign(options, [](const Figures&) {});
  EXPECT_EQ(result.figures.programs, 7U);
  EXPECT_EQ(result.figures.lanes, kSeesRaces ? 4U : 3U);
  EXPECT_TRUE(result.findings.empty());
  EXPECT_FALSE(result.figures.cells.empty());
  EXPECT_EQ(result.figures.next_seed, 7U);
  EXPECT_FALSE(result.figures.is_cut_short);
}

// With no time at all, every program is taken for one that hangs.
TEST(Campaign, SaysWhereToGoOnWhenThereAreEnoughFaults) {
  CampaignOptions options;
  options.matrix = Matrix::Quick;
  options.first_seed = 100;
  options.count = 9;
  options.programs_per_process = 4;
  options.hang = {.processor_seconds = 0, .wall_seconds = 0};
  options.most_findings = 2;
  const CampaignResult result = RunCampaign(options, [](const Figures&) {});
  ASSERT_EQ(result.findings.size(), 2U);
  EXPECT_EQ(result.findings[1].finding.what, "hang");
  EXPECT_EQ(result.figures.next_seed, result.findings[1].seed + 1);
  EXPECT_TRUE(result.figures.is_cut_short);
}

TEST(Campaign, SaysWhereToGoOnWhenTheTimeIsOver) {
  CampaignOptions options;
  options.matrix = Matrix::Quick;
  options.first_seed = 100;
  options.seconds = 1e-9;
  const CampaignResult result = RunCampaign(options, [](const Figures&) {});
  EXPECT_EQ(result.figures.next_seed, 100U);
  EXPECT_FALSE(result.figures.is_cut_short);
}

TEST(Campaign, EndsWhenItIsStopped) {
  CampaignOptions options;
  options.matrix = Matrix::Quick;
  options.first_seed = 100;
  options.count = 2000;
  options.programs_per_process = 5;
  int asked = 0;
  options.is_stopped = [&] { return ++asked > 40; };
  const Figures figures = RunCampaign(options, [](const Figures&) {}).figures;
  EXPECT_LT(figures.programs, 2000U);
  // The last may have been told and not yet followed by another.
  EXPECT_LE(figures.next_seed, 100 + figures.programs);
  EXPECT_GE(figures.next_seed + 1, 100 + figures.programs);
}

}  // namespace
}  // namespace fuzz
