// Damaged texts: the same for the same bytes, near to programs, and whole again as lines.

#include "fuzz/damage.h"

#include <set>
#include <string>

#include <gtest/gtest.h>

#include "fuzz/choices.h"

namespace fuzz {
namespace {

std::string Damaged(const std::vector<std::string>& texts, uint64_t seed) {
  const std::vector<uint8_t> bytes = RandomBytes(seed, 256);
  Choices choices(bytes);
  return Damage(texts, choices);
}

TEST(Damage, ReadsTheProgramsOfTheRepository) { EXPECT_GT(ProgramTexts().size(), 300U); }

TEST(Damage, ChangesATextALittle) {
  const std::vector<std::string> texts{std::string(500, 'a')};
  std::set<std::string> seen;
  int near = 0;
  for (uint64_t seed = 0; seed < 200; ++seed) {
    const std::string text = Damaged(texts, seed);
    EXPECT_EQ(text, Damaged(texts, seed));
    near += text.find(std::string(100, 'a')) != std::string::npos ? 1 : 0;
    seen.insert(text);
  }
  EXPECT_GT(near, 130);
  EXPECT_GT(seen.size(), 150U);
}

TEST(Damage, MakesAHeapOfNothing) {
  bool is_empty = true;
  for (uint64_t seed = 0; seed < 5; ++seed) {
    is_empty = is_empty && Damaged({}, seed).empty();
  }
  EXPECT_FALSE(is_empty);
}

TEST(LinesOf, PrintAsTheText) {
  const std::string text = "  let x = $1\n\n# end {\n}\n";
  EXPECT_EQ(Print(LinesOf(text)).text, text);
  EXPECT_EQ(LinesOf(text).parts.size(), 4U);
}

}  // namespace
}  // namespace fuzz
