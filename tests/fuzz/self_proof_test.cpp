// The fuzzer catches all that is planted, and says so when it does not.

#include "fuzz/self_proof.h"

#include <gtest/gtest.h>

namespace fuzz {
namespace {

TEST(SelfProof, CatchesEveryPlantedFault) {
  const SelfProof proof = ProveSelf(Matrix::Full);
  EXPECT_EQ(proof.complaints, std::vector<std::string>());
  EXPECT_EQ(proof.planted, kSeesRaces ? 9U : 8U);
  EXPECT_EQ(proof.caught, proof.planted);
  EXPECT_TRUE(Text(proof).starts_with("self-proof: "));
}

TEST(SelfProof, SaysThatItIsBlind) {
  const SelfProof proof =
      ProveSelf(Matrix::Quick,
                [](const Generated&, uint64_t, const ApartOptions&) { return ExaminedApart(); });
  EXPECT_EQ(proof.caught, 0U);
  EXPECT_EQ(proof.complaints.size(), proof.planted);
  EXPECT_EQ(proof.complaints[0], "wrong add: expected jit-O0: output, found nothing");
  EXPECT_NE(Text(proof).find("self-proof: leak: expected jit-O0: leak, found nothing\n"),
            std::string::npos);
}

// One that does not compare places.
TEST(SelfProof, SaysWhatItDoesNotSee) {
  const SelfProof proof =
      ProveSelf(Matrix::Quick, [](const Generated&, uint64_t, const ApartOptions& options) {
        ExaminedApart examined;
        switch (options.fault) {
          case jit::PlantedFault::None:
          case jit::PlantedFault::WrongPlace:
            break;
          case jit::PlantedFault::WrongAdd:
            examined.finding = {"jit-O0", "output", ""};
            break;
          case jit::PlantedFault::MissedPoll:
            examined.finding = {"jit-O0", "status 70", "another internal error"};
            break;
          case jit::PlantedFault::Leak:
            examined.finding = {"jit-O0", "leak", "1 objects, 8 bytes are left over"};
            break;
          case jit::PlantedFault::WritableCode:
            examined.finding = {"memory map", "writable and executable", ""};
            break;
          case jit::PlantedFault::Crash:
            examined.finding = {"jit-O0", "signal 4", ""};
            break;
          case jit::PlantedFault::Hang:
            examined.finding = {"jit-O0", "hang", ""};
            break;
          case jit::PlantedFault::Race:
            examined.finding = {"tiered-auto", "status 66", "data race"};
            break;
        }
        return examined;
      });
  EXPECT_EQ(proof.caught, proof.planted - 2);
  ASSERT_EQ(proof.complaints.size(), 2U);
  EXPECT_EQ(proof.complaints[0], "wrong line: expected jit-O0: traceback, found nothing");
  EXPECT_TRUE(proof.complaints[1].starts_with("missed poll: jit-O0: status 70 without a word of"));
}

// One that finds something in everything.
TEST(SelfProof, WantsNothingToBeFoundWhereNothingIsWrong) {
  const SelfProof proof =
      ProveSelf(Matrix::Quick, [](const Generated&, uint64_t, const ApartOptions&) {
        return ExaminedApart{.finding = Finding{"jit-O0", "output", "- 1\n+ 2"}};
      });
  EXPECT_EQ(proof.caught, 1U);
  EXPECT_EQ(proof.complaints[0], "none planted: found jit-O0: output\n- 1\n+ 2");
}

}  // namespace
}  // namespace fuzz
