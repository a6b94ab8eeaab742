// Processes that work, crash and hang, and a small campaign.

#include "fuzz/campaign.h"

#include <csignal>

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
  EXPECT_TRUE(slot.Wait(60).is_success);
  EXPECT_EQ(std::string(slot.state().text, slot.state().text_bytes), "line\n");
}

TEST(ProcessSlot, TellsHowItDied) {
  ProcessSlot slot;
  slot.Start([](SharedState& state) {
    state.SetLane("jit-O2");
    EXPECT_EQ(write(STDERR_FILENO, "why\n", 4), 4);
    raise(SIGKILL);
  });
  const ProcessSlot::End end = slot.Wait(60);
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
  EXPECT_EQ(slot.Wait(0.05).how, "hang");
  // It can be used again.
  slot.Start([](SharedState&) {});
  EXPECT_TRUE(slot.Wait(60).is_success);
}

TEST(Campaign, RunsAsManyProgramsAsItWasTold) {
  CampaignOptions options;
  options.matrix = Matrix::Quick;
  options.count = 7;
  options.jobs = 2;
  options.programs_per_process = 3;
  const CampaignResult result = RunCampaign(options, [](const Figures&) {});
  EXPECT_EQ(result.figures.programs, 7U);
  EXPECT_EQ(result.figures.lanes, 3U);
  EXPECT_TRUE(result.findings.empty());
  EXPECT_FALSE(result.figures.cells.empty());
}

}  // namespace
}  // namespace fuzz
