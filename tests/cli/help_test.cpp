// `lab help` and its shorthands.

#include "cli/topics.h"
#include "tests/cli/command_line.h"

namespace cli {
namespace {

std::string Help(const std::vector<std::string>& args) {
  const Result result = Lab(args);
  EXPECT_EQ(result.status, kOk);
  EXPECT_EQ(result.err, "");
  EXPECT_TRUE(result.out.ends_with("\n"));
  return result.out;
}

TEST(HelpTest, WelcomesWithThreeCommands) {
  const std::string text = Help({});
  EXPECT_TRUE(Contains(text, "lab -e "));
  EXPECT_TRUE(Contains(text, "lab run programs/great_circle.gc"));
  EXPECT_TRUE(Contains(text, "lab help language"));
}

TEST(HelpTest, WelcomesWithCommandsThatWork) {
  EXPECT_EQ(Lab({"-e", "sum(x * x for x in range(10))"}).out, "285\n");
}

TEST(HelpTest, ListsCommandsAndTopics) {
  const std::string text = Help({"help"});
  EXPECT_EQ(Help({"--help"}), text);
  EXPECT_EQ(Help({"-h"}), text);
  for (const Command& command : Commands()) {
    EXPECT_TRUE(Contains(text, std::string(command.summary)));
  }
  for (const Topic& topic : Topics()) {
    EXPECT_TRUE(Contains(text, std::string(topic.summary)));
  }
}

TEST(HelpTest, ExplainsEachCommandExamplesFirst) {
  for (const Command& command : Commands()) {
    const std::string name(command.name);
    const std::string text = Help({"help", name});
    EXPECT_LT(text.find("Examples"), text.find("--color=WHEN")) << name;
    EXPECT_TRUE(text.starts_with("lab " + name)) << name;
    EXPECT_EQ(Help({name, "--help"}), text);
    EXPECT_EQ(Help({name, "-h"}), text);
  }
}

TEST(HelpTest, NamesEveryEngineModeAndFlag) {
  const std::string text = Help({"help", "run"});
  for (const Configuration& row : Configurations()) {
    EXPECT_TRUE(Contains(text, " " + std::string(row.backend) + " ")) << row.name;
    EXPECT_TRUE(Contains(text, " " + std::string(row.mode) + " ")) << row.name;
  }
  for (const EngineFlag& flag : EngineFlags()) {
    EXPECT_TRUE(Contains(text, "  " + std::string(flag.name))) << flag.name;
  }
}

TEST(HelpTest, KeepsTo100Columns) {
  std::vector<std::string> topics = {"run", "dump", "report", "doctor", "help"};
  for (const Topic& topic : Topics()) {
    topics.emplace_back(topic.name);
  }
  for (const std::string& topic : topics) {
    const std::string text = Help({"help", topic});
    size_t begin = 0;
    for (size_t end; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1) {
      EXPECT_LE(end - begin, 100U) << text.substr(begin, end - begin);
    }
  }
}

// The code of the screen without the remarks beside it, which stand after three spaces or more.
std::string CodeOf(const std::string& screen) {
  std::string code;
  size_t begin = screen.find("  # A comment");
  const size_t end = screen.find("  pi e inf nan");
  while (begin < end) {
    std::string line = screen.substr(begin, screen.find('\n', begin) - begin);
    begin += line.size() + 1;
    line.erase(0, 2);
    const size_t first = line.find_first_not_of(' ');
    line = line.substr(0, first == std::string::npos ? first : line.find("   ", first));
    const bool lists_operators = line.starts_with("==");
    code += (lists_operators ? "" : line) + "\n";
  }
  return code;
}

TEST(HelpTest, ShowsALanguageThatRuns) {
  const std::string code = CodeOf(Help({"help", "language"}));
  EXPECT_TRUE(Contains(code, "def main"));
  const Result result = LabWithInput({"-", "20"}, code);
  EXPECT_EQ(result.status, kOk) << result.err << code;
  EXPECT_TRUE(result.out.ends_with("190\n")) << result.out;
}

TEST(HelpTest, ExplainsDiagnosticsByCode) {
  const std::string text = Help({"help", "E0107"});
  EXPECT_TRUE(Contains(text, "E0107"));
  EXPECT_EQ(Help({"help", "e0107"}), text);
}

TEST(HelpTest, KnowsTheExitStatuses) {
  const std::string text = Help({"help", "exit-codes"});
  for (const char* status : {"0", "1", "2", "3", "4", "5", "70", "124", "130", "141"}) {
    EXPECT_TRUE(Contains(text, std::string(" ") + status + "  ")) << status;
  }
}

TEST(HelpTest, TellsTheVersion) {
  const std::string text = Help({"--version"});
  EXPECT_TRUE(text.starts_with("lab 0.")) << text;
  EXPECT_EQ(Help({"run", "--version"}), text);
}

TEST(HelpTest, SuggestsTopics) {
  const Result result = Lab({"help", "langauge"});
  EXPECT_EQ(result.status, kUsage);
  EXPECT_TRUE(Contains(result.err, "unknown topic `langauge`"));
  EXPECT_TRUE(Contains(result.err, "did you mean `language`?"));
  EXPECT_EQ(Lab({"help", "E9999"}).status, kUsage);
}

}  // namespace
}  // namespace cli
