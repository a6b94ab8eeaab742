// Texts damaged at random: whatever comes out, the frontend ends in order. A text is accepted whole
// or refused with places inside it; what is accepted comes back from its own printing, and ends.

#include "fuzz/check_source.h"

#include <string>

#include <gtest/gtest.h>

#include "fuzz/choices.h"
#include "fuzz/damage.h"
#include "runtime/run.h"

namespace fuzz {
namespace {

TEST(CheckSource, HoldsForTheProgramsOfTheRepository) {
  for (const std::string& text : ProgramTexts()) {
    EXPECT_EQ(CheckSource(text).what, "") << text;
  }
}

TEST(CheckSource, TellsAProgramFromOthers) {
  const CheckedSource checked = CheckSource("\ufefflet x = 1 # one\r\nprint(x.str())");
  EXPECT_EQ(checked.what, "");
  EXPECT_NE(checked.program, nullptr);
  EXPECT_EQ(CheckSource("let x = ").program, nullptr);
}

TEST(CheckSource, HoldsForDamagedTexts) {
  const std::vector<std::string> texts = ProgramTexts();
  constexpr int kRounds = 3000;
  int accepted = 0;
  for (int round = 0; round < kRounds; ++round) {
    const std::vector<uint8_t> bytes = RandomBytes(static_cast<uint64_t>(round), 256);
    Choices choices(bytes);
    const std::string text = Damage(texts, choices);
    const CheckedSource checked = CheckSource(text);
    ASSERT_EQ(checked.what, "") << "round " << round << ":\n" << text << "\n" << checked.detail;
    accepted += checked.program != nullptr ? 1 : 0;
  }
  // Most small damages are noticed; many are not damages at all.
  EXPECT_GT(accepted, kRounds / 50);
}

TEST(RunBriefly, EndsWhatWouldNotEnd) {
  const CheckedSource checked = CheckSource("def main() { while true { } }");
  ASSERT_NE(checked.program, nullptr);
  runtime::OnLargeStack([&] { RunBriefly(*checked.program); });
}

}  // namespace
}  // namespace fuzz
