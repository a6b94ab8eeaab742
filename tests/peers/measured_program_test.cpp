// The lines of the protocol, against scripts of the shell that keep to it and others that do not.

#include "peers/measured_program.h"

#include <gtest/gtest.h>

#include "tests/peers/real_machine.h"

namespace peers {
namespace {

class MeasuredProgramTest : public ::testing::Test {
 protected:
  // The program is a script; its first request is read after it has said ready.
  bool Start(const std::string& script) {
    return program_.Start({"/bin/sh", "-c", script, "sh"}, "b", {{"n", "10"}, {"s", "a b"}});
  }
  bool Run(uint32_t iterations, uint64_t calls) {
    batch_ = {};
    return program_.Run(iterations, calls, &batch_);
  }

  Machine machine_ = ThisMachine();
  std::vector<emit::Translation::Lines> lines_ = {{0, 0}, {5, 6}};
  MeasuredProgram program_{*FindPeer("gcc"), lines_, machine_, 0.5};
  measure::Batch batch_;
};

TEST_F(MeasuredProgramTest, AsksForSamplesAndTheAnswer) {
  ASSERT_TRUE(
      Start("echo ready; read -r a; test \"$a\" = 'run 1 1' && echo samples 0.5;"
            "read -r a; test \"$a\" = 'run 2 4' && echo samples 0.25 1e-3;"
            "read -r a; test \"$a\" = answer && printf 'answer\\tstr\\ta\\\\tb\\\\\\\\n\\t"
            "%s %s %s\\\\n\\n' \"$@\";"
            "read -r a; test \"$a\" = end"));
  ASSERT_TRUE(Run(3, 4)) << program_.problem();
  EXPECT_EQ(batch_.first, 0u);
  EXPECT_EQ(batch_.calls, 4u);
  EXPECT_EQ(batch_.seconds, (std::vector<double>{0.5, 0.25, 1e-3}));
  EXPECT_EQ(program_.calls(), 9u);
  FirstCall first;
  ASSERT_TRUE(program_.Answer(&first)) << program_.problem();
  EXPECT_EQ(first.tag, "str");
  EXPECT_EQ(first.value, "a\tb\\n");
  EXPECT_EQ(first.output, "b n=10 s=a b\n");
  measure::ProcessEnd end;
  EXPECT_TRUE(program_.End(&end)) << program_.problem();
}

TEST_F(MeasuredProgramTest, TellsErrorsOfTheProgram) {
  EXPECT_FALSE(Start("echo program.c:2: overflow: too large >&2; exit 1"));
  EXPECT_EQ(program_.problem(), "ended with overflow in line 5: too large");
}

TEST_F(MeasuredProgramTest, TellsErrorsBetweenCalls) {
  ASSERT_TRUE(
      Start("echo ready; read -r a; echo \"range: outside this peer's exact range\" >&2; "
            "exit 1"));
  EXPECT_FALSE(Run(1, 1));
  EXPECT_EQ(program_.problem(), "ended with range: outside this peer's exact range");
}

TEST_F(MeasuredProgramTest, TellsCrashes) {
  EXPECT_FALSE(Start("kill -SEGV $$"));
  EXPECT_EQ(program_.problem(), "ended early (Segmentation fault)");
}

TEST_F(MeasuredProgramTest, TellsWhatIsNotThere) {
  EXPECT_FALSE(program_.Start({"/nowhere/program"}, "b", {}));
  EXPECT_EQ(program_.problem(), "cannot be started: No such file or directory");
}

TEST_F(MeasuredProgramTest, GivesUpOnSilence) {
  EXPECT_FALSE(Start("exec sleep 100"));
  EXPECT_EQ(program_.problem(), "gave no answer for 0.5 s");
}

TEST_F(MeasuredProgramTest, TellsValuesThatChange) {
  ASSERT_TRUE(Start("echo ready; read -r a; printf 'differs\\t2\\n'; read -r a"));
  EXPECT_FALSE(Run(1, 1));
  EXPECT_EQ(program_.problem(), "gave another value later than at first: 2");
}

TEST_F(MeasuredProgramTest, RefusesOtherReplies) {
  for (const char* reply :
       {"samples", "samples 1 2", "samples x", "samples inf", "samplesx 1", "", "ready"}) {
    MeasuredProgram program(*FindPeer("gcc"), lines_, machine_, 5);
    ASSERT_TRUE(program.Start(
        {"/bin/sh", "-c", std::string("echo ready; read -r a; echo '") + reply + "'; read -r a"},
        "b", {}));
    measure::Batch batch;
    EXPECT_FALSE(program.Run(1, 1, &batch)) << reply;
    EXPECT_TRUE(program.problem().starts_with("gave an answer that makes no sense")) << reply;
  }
  EXPECT_FALSE(Start("echo hello; read -r a"));
  EXPECT_EQ(program_.problem(), "gave an answer that makes no sense: hello");
}

TEST_F(MeasuredProgramTest, MustEndWhenAsked) {
  ASSERT_TRUE(Start("echo ready; read -r a; exec sleep 100"));
  measure::ProcessEnd end;
  EXPECT_FALSE(program_.End(&end));
  EXPECT_EQ(program_.problem(), "did not end when it was asked to");
}

}  // namespace
}  // namespace peers
