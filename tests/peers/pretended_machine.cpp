// The test's side of Machine.

#include "tests/peers/pretended_machine.h"

#include <algorithm>
#include <cerrno>

#include <unistd.h>

#include <gtest/gtest.h>

namespace peers {
namespace {

class PretendedProcess final : public measure::ChildProcess {
 public:
  PretendedProcess(Doing doing, double* now) : doing_(std::move(doing)), now_(*now) {}

  int pid() const override { return 1; }
  bool WriteLine(std::string_view) override { return true; }
  void CloseInput() override {}
  measure::ReadResult ReadLine(double timeout_seconds, std::string* line) override {
    const size_t end = doing_.out.find('\n');
    if (end != std::string::npos) {
      *line = doing_.out.substr(0, end);
      doing_.out.erase(0, end + 1);
      return measure::ReadResult::Line;
    }
    if (doing_.hangs) {
      now_ += timeout_seconds;
      return measure::ReadResult::TimedOut;
    }
    *line = std::exchange(doing_.out, {});
    return measure::ReadResult::Closed;
  }
  measure::ProcessEnd Wait() override { return {.exit_status = doing_.exit_status}; }
  measure::ProcessEnd Kill() override { return {.signal = 9}; }

 private:
  Doing doing_;
  double& now_;
};

}  // namespace

void PretendedMachine::Add(const std::string& file,
                           std::function<Doing(const std::vector<std::string>&)> program) {
  programs_[file] = std::move(program);
}

void PretendedMachine::AddSaying(const std::string& file, const std::string& text) {
  Add(file, [text](const std::vector<std::string>&) { return Doing{.out = text}; });
}

Machine PretendedMachine::Get() {
  return {
      .path = path,
      .is_executable = [this](const std::string& file) { return programs_.contains(file); },
      .exists =
          [this](const std::string& file) {
            return std::find(files.begin(), files.end(), file) != files.end();
          },
      .link_target =
          [this](const std::string& file) {
            const auto link = links.find(file);
            return link == links.end() ? std::string() : link->second;
          },
      .first_line =
          [this](const std::string& file) {
            const auto line = first_lines.find(file);
            return line == first_lines.end() ? std::string() : line->second;
          },
      .start = [this](const measure::Launch& launch,
                      int* error) -> std::unique_ptr<measure::ChildProcess> {
        std::string words;
        for (const std::string& word : launch.arguments) {
          words += (words.empty() ? "" : " ") + word;
        }
        started.push_back(words);
        const auto program = programs_.find(launch.arguments[0]);
        if (program == programs_.end()) {
          *error = ENOENT;
          return nullptr;
        }
        Doing doing = program->second(launch.arguments);
        if (launch.err.kind == measure::Stream::Kind::Descriptor) {
          EXPECT_EQ(write(launch.err.descriptor, doing.err.data(), doing.err.size()),
                    static_cast<ssize_t>(doing.err.size()));
        }
        return std::make_unique<PretendedProcess>(std::move(doing), &now);
      },
      .clock = [this] { return now; },
      .temporary = ::testing::TempDir(),
  };
}

}  // namespace peers
